"""What `footprint calculate` writes in forms that buyers ask for beside PACT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import typer

from footprint.cli.input_files import read_file
from footprint.cli.output import BomFormat, print_problems

#: Kinds of files that belong to a footprint, by their endings; of others nothing is claimed.
_KINDS = {
    ".pdf": "application/pdf",
    ".json": "application/json",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".jwt": "application/vc+jwt",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_ANY_KIND = "application/octet-stream"


def exchanged_bytes(pact: Mapping[str, Any], form: BomFormat, attach: Sequence[Path]) -> bytes:
    """A PACT document in another form, with files attached to a package.

    Raises `InputRefused` (EXC codes, BOM-001); remarks are printed.
    """
    from footprint.exchange.checks import check_exchanged, is_exchange_fault
    from footprint.exchange.exact_json import exact_bytes
    from footprint.faults import InputRefused

    if attach and form is not BomFormat.AASX:
        raise typer.BadParameter(f"--attach puts files into a package; --format {form} is none")
    content = (
        _package(pact, attach) if form is BomFormat.AASX else exact_bytes(_document(pact, form))
    )
    found = check_exchanged(content, form.value)
    faults = [one for one in found if is_exchange_fault(one)]
    if faults:
        raise InputRefused(faults)
    print_problems(found)
    return content


def _package(pact: Mapping[str, Any], attach: Sequence[Path]) -> bytes:
    from footprint.exchange.aas_write import PACT_FILE, aas_package

    names = [PACT_FILE, *(path.name for path in attach)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise typer.BadParameter(f"two attached files have the name {twice}")
    files = [
        (path.name, _KINDS.get(path.suffix.lower(), _ANY_KIND), read_file(path)) for path in attach
    ]
    return aas_package(pact, files)


def _document(pact: Mapping[str, Any], form: BomFormat) -> dict[str, Any]:
    if form is BomFormat.OPENEPD:
        from footprint.exchange.open_epd_write import open_epd_document

        return open_epd_document(pact)
    if form is BomFormat.UNTP:
        from footprint.exchange.untp_write import untp_document

        return untp_document(pact)
    from footprint.exchange.catena_x_write import catena_x_document

    return catena_x_document(pact, "9.0.0" if form is BomFormat.CATENA_X else "7.0.0")
