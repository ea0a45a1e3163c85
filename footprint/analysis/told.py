"""A supplier's number in a scenario: what would stand for a line if he told it so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from footprint import units
from footprint.analysis import faults
from footprint.analysis.changes import SupplierNumber
from footprint.faults import Where
from footprint.supplier.read import read_supplier
from footprint.supplier.typed import TypedNumber, typed_document
from footprint.values.line import Line
from footprint.values.product import DECLARED_UNITS, DeclaredUnitName
from footprint.values.supplier import SupplierPcf


def unit_told(line: Line) -> DeclaredUnitName | None:
    """What a supplier's number for a line is per: the declared unit that the line's becomes."""
    return next((one for one in DECLARED_UNITS if units.convertible(line.unit, one)), None)


def told_number(change: SupplierNumber, lines: Sequence[Line], number: int) -> SupplierPcf:
    """The document that says the number; `number` is that of the change.

    Raises `InputRefused` (ANA-006) for lines that are counted in several units.
    """
    found = {line.unit for line in lines}
    unit = unit_told(lines[0])
    if len(found) != 1 or unit is None:
        message = f"change 'supplier': the lines are counted in {', '.join(sorted(found))}"
        raise faults.CANNOT_CHANGE.refuse(message, Where())
    per_one = Decimal(repr(change.kg)) / Decimal(repr(units.factor(lines[0].unit, unit)))
    name = f"told-{number}.json"
    typed = TypedNumber(
        change.company or "-", lines[0].name, unit, f"{per_one:f}", None, "A scenario"
    )
    return read_supplier(typed_document(typed), name, Where(name))


def with_told(line: Line, told: SupplierPcf) -> Line:
    """The line with the supplier's number instead of what stood for it."""
    return replace(
        line,
        dataset="",
        supplier_pcf=told.file,
        contract=(),
        recycled_content=None,
        recycled_dataset="",
        chosen_by="",
    )
