"""What was refused, with product, row, column and code."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from footprint.catalogue.advice import advised
from footprint.catalogue.cells import Ints
from footprint.catalogue.columns import REFUSED
from footprint.faults import Problem


@dataclass(slots=True)
class Refusals:
    """Problems of one part, collected in any order; `table` has them by row.

    rows : the row of the file in which each line stands, by its position
    """

    rows: Ints
    file: str
    found: list[dict[str, Any]] = field(default_factory=list)

    def add(self, product: str, at: int, problem: Problem) -> None:
        """A problem of the line at position `at` of the part."""
        self.add_of_row(product, int(self.rows[at]), problem)

    def add_of_row(self, product: str, row: int, problem: Problem) -> None:
        """A problem of the line in a row of the file."""
        problem = advised(problem)
        self.found.append(
            {
                "product": product,
                "file": self.file,
                "row": row,
                "column": problem.where.column or "",
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint,
            }
        )

    def table(self) -> pa.Table:
        """All of them, by row, column and code; each once."""
        ordered = sorted(self.found, key=lambda one: (one["row"], one["column"], one["code"]))
        seen = {tuple(one.values()): one for one in ordered}
        return pa.Table.from_pylist(list(seen.values()), REFUSED)
