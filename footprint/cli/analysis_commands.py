"""`footprint scenario` and `compare-methods`: what if, and by other methods."""

from __future__ import annotations

from pathlib import Path

import typer

from footprint.cli.bom_commands import BOM_ARGUMENT, ELECTRICITY_OPTION, GWP_OPTION, Basis
from footprint.cli.explaining import GAPS_OPTION, LANG_OPTION, explain
from footprint.cli.inventories import INVENTORY_OPTION, ONLY_OPTION, open_inventory
from footprint.cli.output import CACHE_OPTION, Format, Lang, print_json, speak, speak_json


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command(epilog="Example: footprint explain examples/power-bank.csv --by upstream")(explain)
    app.command(
        epilog="Example: footprint scenario examples/power-bank.csv --changes changes.yaml"
    )(scenario)
    app.command(
        "compare-methods", epilog="Example: footprint compare-methods examples/biscuits.csv"
    )(compare_methods)


def scenario(
    bom: Path = BOM_ARGUMENT,
    changes: Path = typer.Option(..., "--changes", help="YAML file of scenarios."),
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the result."),
    lang: Lang = LANG_OPTION,
    gwp: str = GWP_OPTION,
    electricity: Basis = ELECTRICITY_OPTION,
    allow_gaps: bool = GAPS_OPTION,
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """Change suppliers, grids, recycled shares or amounts, and see the difference by row."""
    speak(lang)
    speak_json(form is Format.JSON)
    from footprint.analysis.changes import read_changes
    from footprint.analysis.document import scenario_document
    from footprint.analysis.scenario import scenario as calculate_scenario
    from footprint.bom.read import read_bom

    wanted = read_changes(_read(changes), changes.name)
    read = read_bom(bom)
    inventory = open_inventory(cache, imported, only_imported=only_imported, beside=bom)
    outcomes = [
        calculate_scenario(
            read, one, inventory, gwp, allow_gaps=allow_gaps, electricity=electricity.value
        )
        for one in wanted
    ]
    if form is Format.JSON:
        print_json({"scenarios": [scenario_document(outcome) for outcome in outcomes]})
        return
    from footprint.cli.analysis_text import scenario_text

    typer.echo("\n\n".join(scenario_text(outcome, lang.value) for outcome in outcomes))


def compare_methods(
    bom: Path = BOM_ARGUMENT,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the result."),
    lang: Lang = LANG_OPTION,
    gwp: str = typer.Option("AR6", "--gwp-set", "--gwp", help="GWP set of the reference."),
    electricity: Basis = ELECTRICITY_OPTION,
    allow_gaps: bool = GAPS_OPTION,
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    cache: Path = CACHE_OPTION,
) -> None:
    """One product under AR6, AR5 and AR4, biogenic CO2 in or out, each difference explained."""
    speak(lang)
    speak_json(form is Format.JSON)
    from footprint.analysis.document import methods_document
    from footprint.analysis.methods import compare_methods as compare
    from footprint.bom.read import read_bom

    read = read_bom(bom)
    inventory = open_inventory(cache, imported, only_imported=only_imported, beside=bom)
    found = compare(read, inventory, gwp, allow_gaps=allow_gaps, electricity=electricity.value)
    if form is Format.JSON:
        print_json(methods_document(found))
        return
    from footprint.cli.analysis_text import methods_text

    typer.echo(methods_text(found, lang.value))


def _read(path: Path) -> bytes:
    from footprint.analysis import faults
    from footprint.bounded import read_bounded
    from footprint.faults import Where
    from footprint.plain_yaml import MAX_CHARACTERS

    try:
        return read_bounded(path, 4 * MAX_CHARACTERS)
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
        raise faults.BAD_CHANGES.refuse(message, Where(str(path))) from None
