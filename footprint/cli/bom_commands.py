"""`footprint calculate` and `check`: a bill of materials in, a footprint or findings out."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from footprint.cli.output import (
    CACHE_OPTION,
    BomFormat,
    Format,
    print_json,
    print_problems,
    say,
    speak_json,
)

if TYPE_CHECKING:
    from footprint.bom.model import Bom
    from footprint.engine.result import Footprint

BOM_ARGUMENT = typer.Argument(help="Bill of materials: a CSV or XLSX file.", show_default=False)
GWP_OPTION = typer.Option("AR6", "--gwp", help="GWP set: AR6, AR5 or AR4.")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(epilog="Example: footprint calculate examples/biscuits.csv")(calculate)
    app.command(epilog="Example: footprint check examples/biscuits.csv")(check)


def calculate(
    bom: Path = BOM_ARGUMENT,
    form: BomFormat = typer.Option(BomFormat.TABLE, "--format", help="How to print the result."),
    gwp: str = GWP_OPTION,
    allow_gaps: bool = typer.Option(
        False, "--allow-gaps", help="Leave out lines without a dataset; the coverage says so."
    ),
    created: datetime | None = typer.Option(
        None, "--created", help="Creation time of a PACT document (default: now)."
    ),
    cache: Path = CACHE_OPTION,
) -> None:
    """Calculate the cradle-to-gate footprint of a product."""
    speak_json(form is not BomFormat.TABLE)
    _, result = footprint_of(bom, cache, gwp, allow_gaps)
    if form is BomFormat.JSON:
        from footprint.engine.document import footprint_document

        print_json(footprint_document(result))
    elif form is BomFormat.PACT:
        from footprint.pact.document import pact_document

        moment = created or datetime.now(UTC).replace(microsecond=0)
        print_json(pact_document(result, moment.replace(tzinfo=moment.tzinfo or UTC)))
    else:
        from footprint.cli.tables import footprint_table

        typer.echo(footprint_table(result))
    if form is not BomFormat.JSON:
        print_problems(result.warnings)


def check(
    bom: Path = BOM_ARGUMENT,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the findings."),
    cache: Path = CACHE_OPTION,
) -> None:
    """Check a bill of materials: everything that is wrong, and everything worth knowing."""
    speak_json(form is Format.JSON)
    read, result = footprint_of(bom, cache, "AR6", allow_gaps=False)
    if form is Format.JSON:
        print_json({"problems": [], "warnings": [w.as_json() for w in result.warnings]})
        return
    print_problems(result.warnings)
    lines, notes = len(read.lines), len(result.warnings)
    say(f"{read.file}: {lines} lines can be calculated; {notes} warnings.")


def footprint_of(
    path: Path, cache: Path, gwp_set: str = "AR6", allow_gaps: bool = False
) -> tuple[Bom, Footprint]:
    """Read and calculate a file, compiling the inventory first if need be."""
    from footprint.bom.read import read_bom
    from footprint.engine.calculate import calculate as calculate_footprint
    from footprint.inventory.build import ensure_compiled

    bom = read_bom(path)
    inventory = ensure_compiled(cache, say)
    return bom, calculate_footprint(bom, inventory, gwp_set, allow_gaps=allow_gaps)
