"""What `footprint calculate` writes in forms that buyers ask for beside PACT."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import typer

from footprint.cli.input_files import read_file
from footprint.cli.output import BomFormat, print_problems

if TYPE_CHECKING:
    from footprint.exchange.forms import ExchangeForm

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
    from footprint.exchange.forms import exchanged_form

    if attach and form is not BomFormat.AASX:
        raise typer.BadParameter(f"--attach puts files into a package; --format {form} is none")
    content, found = exchanged_form(pact, cast("ExchangeForm", form.value), _attached(attach))
    print_problems(found)
    return content


def _attached(attach: Sequence[Path]) -> list[tuple[str, str, bytes]]:
    names = ["pact.json", *(path.name for path in attach)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise typer.BadParameter(f"two attached files have the name {twice}")
    return [
        (path.name, _KINDS.get(path.suffix.lower(), _ANY_KIND), read_file(path)) for path in attach
    ]
