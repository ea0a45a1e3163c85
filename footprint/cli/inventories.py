"""Which inventories a command calculates with: the shipped one, imported ones, or both."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
import typer

from footprint.cli.output import say

if TYPE_CHECKING:
    from footprint.inventory.compiled import CompiledInventory

#: Where imports are kept unless a folder is named.
IMPORTS = Path(platformdirs.user_data_dir("footprint", appauthor=False)) / "inventories"

INVENTORY_OPTION = typer.Option(
    [],
    "--inventory",
    help="Use an imported inventory too: its name, or its folder. May be given several times.",
    show_default=False,
)
ONLY_OPTION = typer.Option(
    False, "--only-imported", help="Use the inventories of --inventory instead of ours."
)


def open_inventory(
    cache: Path,
    imported: Sequence[Path] = (),
    *,
    only_imported: bool = False,
    beside: Path | None = None,
) -> CompiledInventory:
    """The shipped inventory united with imported ones, compiling the shipped one if need be.

    `beside`: a bill of materials; the own processes in its `NAME.processes.yaml` are part of the
    inventory, if there is such a file. Raises `InputRefused` (INV-012, INV-014, BRW codes).
    """
    if only_imported and not imported:
        raise typer.BadParameter("--only-imported needs at least one --inventory")
    from footprint.inventory.build import ensure_compiled
    from footprint.inventory.compiled import load_compiled
    from footprint.inventory.union import unite

    shipped = [] if only_imported else [ensure_compiled(cache, say)]
    found = unite([*shipped, *(load_compiled(_folder(given)) for given in imported)])
    return found if beside is None else _with_own_processes(found, beside, cache)


def one_with_processes(*boms: Path) -> Path | None:
    """The bill of materials whose own processes hold for all of these; None if none has any.

    Raises `InputRefused` (BRW-001) if two of them have different ones: an id could mean two things.
    """
    from footprint.bom.beside import bytes_beside
    from footprint.brightway.faults import BAD_PROCESSES
    from footprint.faults import Where

    found = {bom: bytes_beside(bom, ".processes.yaml") for bom in boms}
    given = [bom for bom, data in found.items() if data is not None]
    if len({found[bom] for bom in given}) > 1:
        message = "the lists have different own processes"
        hint = "Put the processes of all of them into one file, and beside each list a copy."
        raise BAD_PROCESSES.refuse(message, Where(given[-1].name), hint)
    return given[0] if given else None


def _with_own_processes(inventory: CompiledInventory, bom: Path, cache: Path) -> CompiledInventory:
    from footprint.bom.beside import bytes_beside

    data = bytes_beside(bom, ".processes.yaml")
    if data is None:
        return inventory
    from footprint.brightway.foreground import with_processes

    return with_processes(inventory, data, bom.with_suffix(".processes.yaml").name, cache)


def _folder(given: Path) -> Path:
    """A folder as given, or the folder of the import with this name."""
    named = IMPORTS / given
    return named if len(given.parts) == 1 and not given.is_dir() else given
