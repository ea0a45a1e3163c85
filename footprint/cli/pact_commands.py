"""`footprint pact check`: a strict check of PACT v3 documents, our own or anybody's."""

from __future__ import annotations

from pathlib import Path

import typer

from footprint.cli.input_files import read_file
from footprint.cli.output import (
    LANG_OPTION,
    Format,
    Lang,
    speak,
    speak_json,
    tell_findings,
)

FILES = typer.Argument(help="JSON files with PACT v3 documents.", show_default=False)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    pact = typer.Typer(help="PACT v3 documents.", no_args_is_help=True)
    pact.command(epilog="Example: footprint pact check supplier.json")(check)
    app.add_typer(pact, name="pact")


def check(
    files: list[Path] = FILES,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the findings."),
    lang: Lang = LANG_OPTION,
) -> None:
    """Check documents strictly: form, sums, presence, sets, dates, identifiers.

    Status 1 if something is wrong. Remarks (PAC-108) are allowed, and will raise a question.
    """
    from footprint.pact.check import check_pact, is_fault

    speak(lang)
    speak_json(form is Format.JSON)
    found = [problem for file in files for problem in check_pact(read_file(file), file.name)]
    tell_findings(found, is_fault, form)
