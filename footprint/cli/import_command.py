"""`footprint data import` and `data template`: bring in an inventory that the user owns."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from footprint.cli.inventories import IMPORTS
from footprint.cli.output import Format, print_json, program, say, speak_json, typed

if TYPE_CHECKING:
    from footprint.importers.install import Installed

FORMAT_OPTION = typer.Option(Format.TABLE, "--format", help="How to print the report.")
#: Notices of one code that are shown; the JSON has all of them.
_SHOWN = 5


class LayoutChoice(StrEnum):
    """The layouts of `--layout`: those of `footprint.importers.layouts.FileLayout`, and `auto`."""

    AUTO = "auto"
    ECOSPOLD2 = "ecospold2"
    ECOSPOLD1 = "ecospold1"
    OPENLCA = "openlca"
    SIMAPRO = "simapro"
    ILCD = "ilcd"
    BRIGHTWAY_EXCEL = "brightway-excel"
    BRIGHTWAY_PROJECT = "brightway-project"
    TEMPLATE = "template"


class AllocationChoice(StrEnum):
    """The choices of `--allocation`; the same as `footprint.importers.allocation.Allocation`."""

    REFUSE = "refuse"
    AS_GIVEN = "as-given"
    MASS = "mass"
    ECONOMIC = "economic"
    REFERENCE = "reference"


def register(data: typer.Typer) -> None:
    """Add the commands to the group."""
    epilog = "Example: footprint data import uslci.zip --name uslci --allocation mass"
    data.command("import", epilog=epilog)(import_file)
    data.command("template", epilog="Example: footprint data template mine.xlsx")(template)


def import_file(
    file: Path = typer.Argument(help="A file, folder or zip.", show_default=False),
    name: str = typer.Option(..., "--name", help="Short name; prefixes every id of the import."),
    layout: LayoutChoice = typer.Option(LayoutChoice.AUTO, "--layout", help="Layout of the file."),
    allocation: AllocationChoice = typer.Option(
        AllocationChoice.REFUSE, "--allocation", help="How to split processes of several products."
    ),
    allocations: Path | None = typer.Option(
        None, "--allocations", help="CSV: process, allocation, product; for single processes."
    ),
    confirm: list[str] = typer.Option(
        [], "--confirm", help="Reference product that may keep less than 10 % of its process."
    ),
    suppliers: Path | None = typer.Option(
        None,
        "--suppliers",
        help="CSV: flow, place, dataset, density, heating value. Written if it is not there.",
    ),
    cut_off: bool = typer.Option(
        False, "--cut-off-unlinked", help="Leave out inputs that have no supplier in the file."
    ),
    leave_out: bool = typer.Option(
        False, "--leave-out", help="Leave out processes that make nothing or cannot be split."
    ),
    out: Path | None = typer.Option(
        None, "--out", help="Folder of the compiled inventory (default: private data folder)."
    ),
    replace: bool = typer.Option(False, "--replace", help="Replace an import of this name."),
    form: Format = FORMAT_OPTION,
) -> None:
    """Import an inventory you own, and compile it beside ours."""
    speak_json(form is Format.JSON)
    from footprint.importers.allocation import ProductSplit
    from footprint.importers.install import ImportRejected, install
    from footprint.importers.layouts import FileLayout
    from footprint.importers.run import ImportOptions, check_name

    check_name(name)
    kind = None if layout is LayoutChoice.AUTO else FileLayout(layout.value)
    how = ProductSplit(allocation.value)
    tables = tuple(confirm), suppliers, allocations
    options = ImportOptions(name, kind, how, cut_off, leave_out, *tables)
    try:
        done = install(file, options, out or IMPORTS / name, replace=replace)
    except ImportRejected as refused:
        if form is Format.JSON:
            print_json(refused.report | {"problems": [p.as_json() for p in refused.problems]})
            raise typer.Exit(1) from None
        if refused.report["totals"]["processes"]:  # else no file was read, and it is all zeros
            _write_template(suppliers, refused.report)
            say("\n".join(_lines(refused.report)))
        raise
    _write_template(suppliers, done.report)
    _show(done, out or IMPORTS / name, form)
    say(f"Use it with: {program()} calculate BOM --inventory {typed(out) if out else name}")


def _show(done: Installed, folder: Path, form: Format) -> None:
    kept = {"hash": done.inventory.hash, "folder": str(folder)}
    if form is Format.JSON:
        print_json(done.report | {"inventory": kept})
        return
    typer.echo("\n".join(_lines(done.report)))
    typer.echo(f"\nInventory {kept['hash']}\n{kept['folder']}")


def _write_template(path: Path | None, report: dict[str, Any]) -> None:
    """Write the supplier file with what is open, if it was named and is not there yet."""
    if path is None or path.exists():
        return
    from footprint.importers.mapping import write_suppliers
    from footprint.importers.report import OpenInput

    entries = [OpenInput(**entry) for entry in report["open_inputs"]]
    write_suppliers(path, entries)
    say(f"Wrote {path}: {len(entries)} inputs to be linked. Fill in column dataset, import again.")


def _lines(report: dict[str, Any]) -> Iterator[str]:
    totals, coverage = report["totals"], report["coverage"]
    yield f"{report['name']}: {report['layout']}, {report['status'].replace('_', ' ')}"
    yield (
        f"Processes: {totals['processes']:,} read, {totals['left_out']:,} left out; "
        f"{totals['datasets']:,} datasets (allocation: {report['allocation']})"
    )
    yield (
        f"Inputs: {totals['linked']:,} linked ({totals['converted']:,} in another unit), "
        f"{totals['unlinked']:,} unlinked, {totals['cut_off']:,} cut off, "
        f"{totals['ambiguous']:,} without a choice, {totals['zero']:,} zero"
    )
    if totals["unread"]:
        yield f"Not read, and may carry a burden: {totals['unread']:,} parts"
    yield (
        f"Elementary flows: {totals['gases']:,} greenhouse gases, {totals['unmapped']:,} that may "
        f"be and are not counted, {totals['other']:,} others"
    )
    parts = [f"{share:.1%} of the {what}" for what, share in coverage.items() if share is not None]
    yield "Coverage: " + ", ".join(parts)
    shown: dict[str, int] = {}
    for notice in report["notices"]:
        count = shown[notice["code"]] = shown.get(notice["code"], 0) + 1
        if count <= _SHOWN:
            yield f"{notice['code']} ({notice['count']:,} x): {notice['message']}"
    for code, count in shown.items():
        if count > _SHOWN:
            yield f"{code}: {count - _SHOWN:,} more (--format json gives all)"


def template(
    file: Path = typer.Argument(help="A new .xlsx file, or a folder for CSV.", show_default=False),
) -> None:
    """Write our own template with two example datasets, to fill in and import."""
    speak_json(False)
    from footprint.importers.template_write import write_example

    write_example(file)
    typer.echo(str(file))
