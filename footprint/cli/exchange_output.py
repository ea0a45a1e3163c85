"""What `footprint calculate` writes in forms that buyers ask for beside PACT."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from footprint.cli.output import BomFormat, print_problems


def exchanged_bytes(pact: Mapping[str, Any], form: BomFormat) -> bytes:
    """A PACT document in another form. Raises `InputRefused` (EXC codes); remarks are printed."""
    from footprint.exchange.checks import check_exchanged, is_exchange_fault
    from footprint.exchange.exact_json import exact_bytes
    from footprint.faults import InputRefused

    content = exact_bytes(_document(pact, form))
    found = check_exchanged(content, form.value)
    faults = [one for one in found if is_exchange_fault(one)]
    if faults:
        raise InputRefused(faults)
    print_problems(found)
    return content


def _document(pact: Mapping[str, Any], form: BomFormat) -> dict[str, Any]:
    if form is BomFormat.OPENEPD:
        from footprint.exchange.open_epd_write import open_epd_document

        return open_epd_document(pact)
    from footprint.exchange.catena_x_write import catena_x_document

    return catena_x_document(pact, "9.0.0" if form is BomFormat.CATENA_X else "7.0.0")
