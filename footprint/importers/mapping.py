"""What a user adds to a file by two tables of their own: suppliers, and allocations by process.

`suppliers.csv`: `flow`, `place` (of the using process; empty for all), `dataset` (an id of the
import, or `cut-off`), `density_kg_per_m3`, `heating_value_mj_per_kg`. The import writes it as a
template, with what is open. `allocations.csv`: `process` (name or identity), `allocation`, and for
`reference` the `product` that bears everything.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from footprint.faults import InputRefused, Problem, Where
from footprint.importers import faults
from footprint.importers.figures import optional_figure
from footprint.importers.measures import in_unit
from footprint.importers.report import OpenInput

CUT_OFF = "cut-off"
SUPPLIER_COLUMNS = (
    "flow",
    "place",
    "dataset",
    "density_kg_per_m3",
    "heating_value_mj_per_kg",
    "unit",
    "uses",
    "reason",
    "candidates",
)
ALLOCATION_COLUMNS = ("process", "allocation", "product")
MAX_BYTES = 50_000_000


@dataclass(frozen=True, slots=True)
class SupplierRow:
    """What is said of a flow: its dataset (or `cut-off`, or empty), density, heating value."""

    row: int
    flow: str
    place: str
    dataset: str
    density: float | None
    heating: float | None


@dataclass(slots=True)
class Suppliers:
    """The rows of a supplier file by flow, and which of them were used."""

    file: str = ""
    rows: dict[str, list[SupplierRow]] = field(default_factory=dict)
    used: set[int] = field(default_factory=set)

    def of(self, flow: str, place: str) -> SupplierRow | None:
        """The row of a flow for a place, or the one for all places."""
        rows = self.rows.get(flow.casefold(), ())
        for wanted in (place.casefold(), ""):
            for row in rows:
                if row.place.casefold() == wanted:
                    self.used.add(row.row)
                    return row
        return None

    def in_kg(self, flow: str, amount: float, unit: str) -> float | None:
        """A mass from a volume or an energy of a flow, if the file tells how; otherwise None."""
        for row in self.rows.get(flow.casefold(), ()):
            mass = _mass(amount, unit, row)
            if mass is not None:
                self.used.add(row.row)
                return mass
        return None


def bridged(amount: float, unit: str, target: str, row: SupplierRow) -> float | None:
    """`amount` in a target that measures something else, over mass: by density, heating value."""
    direct = in_unit(amount, unit, target)
    if direct is not None:
        return direct
    one = _mass(1.0, target, row)
    mass = _mass(amount, unit, row)
    return None if mass is None or not one else mass / one


def _mass(amount: float, unit: str, row: SupplierRow) -> float | None:
    mass = in_unit(amount, unit, "kg")
    if mass is not None:
        return mass
    volume = in_unit(amount, unit, "m3")
    if volume is not None:
        return None if row.density is None else volume * row.density
    energy = in_unit(amount, unit, "MJ")
    return None if energy is None or row.heating is None else energy / row.heating


def read_mapping(path: Path) -> Suppliers:
    """A supplier file. Raises `InputRefused` (IMP-029) with every row that does not fit."""
    found = Suppliers(path.name)
    problems: list[Problem] = []
    for where, cells in _rows(path, SUPPLIER_COLUMNS[:1], SUPPLIER_COLUMNS):
        numbers = [_number(cells, name, where, problems) for name in SUPPLIER_COLUMNS[3:5]]
        flow = cells["flow"]
        made = SupplierRow(where.row or 0, flow, cells["place"], cells["dataset"], *numbers)
        same = found.rows.setdefault(flow.casefold(), [])
        if any(other.place.casefold() == made.place.casefold() for other in same):
            message = f"{flow[:80]!r} at {made.place or 'all places'} stands twice"
            problems.append(faults.BAD_MAPPING.at(where, message))
        same.append(made)
    if problems:
        raise InputRefused(problems)
    return found


def read_allocations(path: Path, known: Iterable[str]) -> dict[str, tuple[str, str]]:
    """(allocation, product) by process, folded. Raises `InputRefused` (IMP-029)."""
    found: dict[str, tuple[str, str]] = {}
    problems = []
    for where, cells in _rows(path, ALLOCATION_COLUMNS[:2], ALLOCATION_COLUMNS):
        if cells["allocation"] not in set(known):
            message = f"{cells['allocation'][:40]!r} is none of {', '.join(known)}"
            problems.append(faults.BAD_MAPPING.at(where, message))
        found[cells["process"].casefold()] = (cells["allocation"], cells["product"])
    if problems:
        raise InputRefused(problems)
    return found


def write_suppliers(path: Path, inputs: Sequence[OpenInput]) -> None:
    """Write the template: one row for each flow and place that is open."""
    with path.open("x", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(SUPPLIER_COLUMNS)
        for entry in inputs:
            own = (entry.unit, str(entry.uses), entry.reason, " ".join(entry.candidates))
            writer.writerow((entry.flow, entry.place, "", "", "", *own))


def _number(
    cells: dict[str, str], name: str, where: Where, problems: list[Problem]
) -> float | None:
    if not cells[name]:
        return None
    number = optional_figure(cells[name])
    if number is None or not 0.0 < number < math.inf:
        message = f"{cells[name][:40]!r} is no number above zero"
        problems.append(faults.BAD_MAPPING.at(Where(where.file, where.row, name), message))
        return None
    return number


def _rows(
    path: Path, needed: Sequence[str], columns: Sequence[str]
) -> Iterable[tuple[Where, dict[str, str]]]:
    where = Where(path.name)
    try:
        data = path.read_bytes()[:MAX_BYTES]
        text = data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"the file cannot be read as UTF-8: {error}"
        raise faults.BAD_MAPPING.refuse(message, where) from None
    reader = csv.DictReader(io.StringIO(text, newline=""))
    header = [name.strip().casefold() for name in reader.fieldnames or ()]
    missing = [name for name in needed if name not in header]
    unknown = [name for name in header if name not in columns]
    if missing or unknown:
        message = f"columns missing: {missing or 'none'}; unknown: {unknown or 'none'}"
        raise faults.BAD_MAPPING.refuse(message, where, f"Columns: {', '.join(columns)}")
    reader.fieldnames = header
    for record in reader:
        cells = {name: (record.get(name) or "").strip() for name in columns}
        if any(cells.values()):
            yield Where(path.name, reader.line_num), cells
