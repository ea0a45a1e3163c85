"""`footprint data export`: the inventory, and a product, as a project of Brightway."""

from __future__ import annotations

from pathlib import Path

import typer

from footprint.cli.bom_commands import GWP_OPTION, calculated_file
from footprint.cli.inventories import INVENTORY_OPTION, ONLY_OPTION, open_inventory
from footprint.cli.output import CACHE_OPTION, Format, print_json, say, speak_json


def register(data: typer.Typer) -> None:
    """Add the command to the group."""
    epilog = "Example: footprint data export --brightway my-project --product bom.csv"
    data.command("export", epilog=epilog)(export)


def export(
    project: str = typer.Option(..., "--brightway", help="Name of the Brightway project."),
    product: Path | None = typer.Option(
        None, "--product", help="A bill of materials, to be written as an activity of its own."
    ),
    directory: Path | None = typer.Option(
        None,
        "--dir",
        help="Folder of Brightway projects (default: Brightway's own, where Activity Browser "
        "looks).",
    ),
    backup: Path | None = typer.Option(
        None, "--backup", help="Write a bw2data backup (.tar.gz) instead of a project."
    ),
    replace: bool = typer.Option(False, "--replace", help="Replace what has this name."),
    gwp: str = GWP_OPTION,
    imported: list[Path] = INVENTORY_OPTION,
    only_imported: bool = ONLY_OPTION,
    form: Format = typer.Option(Format.TABLE, "--format", help="How to print the result."),
    cache: Path = CACHE_OPTION,
) -> None:
    """Write activities, exchanges with uncertainty, and GWP methods (AR4 to AR6) for Brightway."""
    if directory is not None and backup is not None:
        raise typer.BadParameter("give --dir or --backup, not both")
    speak_json(form is Format.JSON)
    from footprint.brightway.export import export_project

    footprint = None
    if product is not None:
        _, footprint = calculated_file(
            product, cache, gwp, imported=imported, only_imported=only_imported
        )
    inventory = open_inventory(cache, imported, only_imported=only_imported, beside=product)
    made = export_project(
        inventory, footprint, project, directory=directory, backup=backup, replace=replace
    )
    place = str(made.backup or made.directory)
    if form is Format.JSON:
        counts = {"activities": made.activities, "methods": made.methods}
        print_json({"project": project, "path": place, **counts})
        return
    typer.echo(f"{made.activities} activities, {made.methods} methods\n{place}")
    if made.backup:
        say(f'Open it with: bw2io.restore_project_directory("{made.backup}")')
    else:
        say(f'Open it with: bw2data.projects.set_current("{project}"), or in Activity Browser.')
