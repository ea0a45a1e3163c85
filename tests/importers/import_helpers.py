"""Importing in one line, and the intensities of what came in by plain linear algebra."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from footprint.importers.allocation import ProductSplit
from footprint.importers.report import ImportRefused, ImportReport
from footprint.importers.run import Imported, ImportOptions, import_inventory
from footprint.inventory.model import CATEGORIES, EXCLUDING_BIOGENIC, Inventory


def take(path: Path, allocation: str = "refuse", **more: Any) -> Imported:
    """Import a file under the name `x`."""
    return import_inventory(path, ImportOptions("x", allocation=ProductSplit(allocation), **more))


def refused(path: Path, allocation: str = "refuse", **more: Any) -> ImportReport:
    """The report of an import that must be refused."""
    with pytest.raises(ImportRefused) as caught:
        take(path, allocation, **more)
    assert caught.value.problems
    assert caught.value.report.status == "refused"
    return caught.value.report


def codes(report: ImportReport) -> set[str]:
    """The codes of all problems."""
    return {problem.code for problem in report.problems}


def noticed(report: ImportReport) -> dict[str, int]:
    """How often each code of a notice occurs."""
    found: dict[str, int] = {}
    for notice in report.notices:
        found[notice.problem.code] = found.get(notice.problem.code, 0) + notice.count
    return found


def solved(inventory: Inventory, parts: set[str] | None = None) -> dict[str, float]:
    """kg CO2e (AR6) per unit of each dataset, by a dense solution; `parts` of the split count, by
    default those of the total without biogenic CO2."""
    parts = parts or {CATEGORIES[at] for at in EXCLUDING_BIOGENIC}
    names = sorted(inventory.datasets)
    matrix = np.eye(len(names))
    burden = np.zeros(len(names))
    for column, name in enumerate(names):
        for exchange in inventory.datasets[name].exchanges:
            if exchange.kind == "technosphere":
                matrix[names.index(exchange.input), column] -= exchange.amount
            elif inventory.flows[exchange.input].category in parts:
                burden[column] += exchange.amount * inventory.gwp["AR6"][exchange.input]
    return dict(zip(names, np.linalg.solve(matrix.T, burden).tolist(), strict=True))


def of(values: dict[str, float], word: str) -> float:
    """The value of the only dataset whose id has this word."""
    found = [value for name, value in values.items() if word in name]
    assert len(found) == 1, f"{word}: {sorted(values)}"
    return found[0]
