"""The bill of materials: a product, the lines it is made of, and what belongs to them."""

from __future__ import annotations

from dataclasses import dataclass

from footprint.faults import Problem, Where
from footprint.values.allocation import Allocation
from footprint.values.line import Line
from footprint.values.product import Product
from footprint.values.supplier import SupplierPcf


@dataclass(frozen=True, slots=True)
class Bom:
    """A whole bill of materials: product, lines in file order, the file's name and its hash.

    `hash` covers what was read (product facts, lines, suppliers' documents, site data), not the
    bytes of the file: the same table as CSV and as XLSX has one hash. `warnings` are what was
    noticed and not refused. `uncounted` names rows that may belong to the product and are no lines,
    such as one whose quantity is below zero: a total without them is "at least".
    `suppliers` holds the documents that lines name in `supplier_pcf`.
    """

    product: Product
    lines: tuple[Line, ...]
    file: str
    hash: str
    warnings: tuple[Problem, ...] = ()
    suppliers: tuple[SupplierPcf, ...] = ()
    allocation: Allocation | None = None
    uncounted: tuple[Problem, ...] = ()

    def where(self, line: Line, column: str | None = None) -> Where:
        """The place of a line: file, row and column; for site data the flow instead of the row."""
        if line.file:
            return Where(line.file, column=line.id)
        return Where(self.file, line.row, column)
