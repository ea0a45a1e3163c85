"""`footprint exchange check`: a strict check of documents in forms beside PACT."""

from __future__ import annotations

from pathlib import Path

import typer

from footprint.cli.input_files import read_file
from footprint.cli.output import (
    Format,
    Lang,
    speak,
    speak_json,
    tell_findings,
)

FILES = typer.Argument(help="Files of suppliers, or ones to hand over.", show_default=False)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    exchange = typer.Typer(
        help="Documents in the forms that buyers ask for beside PACT.", no_args_is_help=True
    )
    exchange.callback()(_group)
    exchange.command(epilog="Example: footprint exchange check supplier.json")(check)
    app.add_typer(exchange, name="exchange")


def _group() -> None:
    """Keeps `check` a command of its own while it is the only one."""


def check(
    files: list[Path] = FILES,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the findings."),
    lang: Lang = typer.Option(Lang.EN, "--lang", help="Language of the sentences: en or zh."),
) -> None:
    """Check Catena-X documents strictly: form, sums, parts, places, periods, the rulebook.

    Status 1 if something is wrong. Remarks (EXC-104) are allowed, and will raise a question.
    """
    from footprint.exchange.checks import check_exchanged, is_exchange_fault

    speak(lang)
    speak_json(form is Format.JSON)
    found = [problem for file in files for problem in check_exchanged(read_file(file), file.name)]
    tell_findings(found, is_exchange_fault, form)
