"""What `footprint calculate` writes in forms that buyers ask for beside PACT."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from footprint.cli.output import BomFormat, print_problems


def catena_x_bytes(pact: Mapping[str, Any], form: BomFormat) -> bytes:
    """A PACT document as Catena-X. Raises `InputRefused` (EXC codes); remarks are printed."""
    from footprint.exchange.catena_x_write import CatenaVersion, catena_x_document
    from footprint.exchange.checks import check_exchanged, is_exchange_fault
    from footprint.exchange.exact_json import exact_bytes
    from footprint.faults import InputRefused

    version: CatenaVersion = "9.0.0" if form is BomFormat.CATENA_X else "7.0.0"
    content = exact_bytes(catena_x_document(pact, version))
    found = check_exchanged(content, f"Catena-X {version}")
    faults = [one for one in found if is_exchange_fault(one)]
    if faults:
        raise InputRefused(faults)
    print_problems(found)
    return content
