"""From a raw file to a number: how many cells or picks a person still has to give, file by file.

    python -m bench.front_door [FOLDER]     default: the raw exports in examples/

Counted are the questions that stop a calculation (one for each row, one for each of the whole file)
and the lines that find no dataset or part model without a question.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Sequence
from pathlib import Path

from footprint.bom.read import BomRefused, read_bom_bytes
from footprint.engine.items import resolve_items
from footprint.faults import InputRefused
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom

ROOT = Path(__file__).parents[1]
SUFFIXES = frozenset((".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods"))
EXPORTS = ("fan-erp.xlsx", "lamp-cad.csv", "oat-bar-recipe.csv")


def still_to_give(path: Path, inventory: CompiledInventory) -> tuple[int, int]:
    """Questions that stop a calculation, and lines without a dataset."""
    try:
        return 0, _without_dataset(read_bom_bytes(path.read_bytes(), path.name), inventory)
    except BomRefused as refused:
        partial = refused.partial
        lines = 0 if partial is None else _without_dataset(partial, inventory)
        return len(refused.problems), lines
    except InputRefused as refused:
        return len(refused.problems), 0


def _without_dataset(bom: Bom, inventory: CompiledInventory) -> int:
    problems = resolve_items(bom, inventory).unresolved
    return len({problem.where.row for problem in problems})


def main(arguments: Sequence[str] = ()) -> None:
    """Print a row for each file, and the median."""
    inventory = ensure_compiled(ROOT / ".cache" / "footprint")
    folder = Path(arguments[0]) if arguments else ROOT / "examples"
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    files = found if arguments else [folder / name for name in EXPORTS]
    counts = []
    print(f"  {'file':<44} {'questions':>9} {'lines':>6}")
    for path in files:
        questions, lines = still_to_give(path, inventory)
        counts.append(questions + lines)
        print(f"  {path.name:<44} {questions:>9} {lines:>6}")
    print(f"  median of what is still to give: {statistics.median(counts):g}")


if __name__ == "__main__":
    main(sys.argv[1:])
