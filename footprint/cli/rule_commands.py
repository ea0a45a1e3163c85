"""`footprint rules`: for people who write rule files."""

from __future__ import annotations

from pathlib import Path

import typer

from footprint.cli.label_commands import FORMAT_OPTION, read_evidence_text
from footprint.cli.output import Format, print_json, say, speak_json


def register(rules: typer.Typer) -> None:
    """Add the commands to the group."""
    rules.command("test", epilog="Example: footprint rules test my-scheme.yaml")(run_rule_cases)


def run_rule_cases(
    file: Path = typer.Argument(help="A scheme, a market or a law as YAML.", show_default=False),
    cases: Path | None = typer.Option(
        None, "--cases", help="Its cases (default: NAME.cases.yaml beside it).", show_default=False
    ),
    form: Format = FORMAT_OPTION,
) -> None:
    """Run the cases of a rule file: a day, what is given, and the answer expected."""
    speak_json(form is Format.JSON)
    from footprint.rules.case_file import run_cases

    beside = cases or file.with_suffix(".cases.yaml")
    results = run_cases(
        file.name, read_evidence_text(file), beside.name, read_evidence_text(beside)
    )
    failed = [one for one in results if one.wrong]
    if form is Format.JSON:
        rows = [{"name": one.name, "wrong": list(one.wrong)} for one in results]
        print_json({"cases": len(results), "failed": len(failed), "results": rows})
    else:
        for one in results:
            typer.echo(f"{'✗' if one.wrong else '✓'} {one.name}")
            for wrong in one.wrong:
                typer.echo(f"    {wrong}")
        say(f"{len(results) - len(failed)} of {len(results)} cases are as expected.")
    if failed:
        raise typer.Exit(1)
