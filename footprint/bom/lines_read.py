"""The lines of a reading as lines of a bill of materials: one product, units of the registry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from footprint import units
from footprint.bom import faults
from footprint.bom.cells import LineCells
from footprint.bom.tree import with_unique_assemblies
from footprint.faults import Problem, Where
from footprint.reading import units as written
from footprint.reading.model import Reading, ReadLine
from footprint.values.line import Line, TransportLeg
from footprint.values.product import DeclaredUnit

#: Whoever has as many mends the first ones and tries again; a file of a million bad rows would
#: otherwise make an answer of 500 MB.
MAX_PROBLEMS = 1_000
#: What counts as pieces in a calculation; the reading says what one of them is not known to be.
_PIECES = frozenset(("set", "roll", "sheet", "box", "pair", "pinch"))
_SAID = frozenset(("spec", "description", "footprint", "finish"))
_BASES = (("m", written.LENGTH), ("m2", written.AREA), ("m3", written.VOLUME))


def lines_of(reading: Reading) -> tuple[list[Line], list[Problem], list[Problem]]:
    """Lines per declared unit, what refuses them, and what was noticed."""
    problems: list[Problem] = []
    noted: list[Problem] = []
    routes: dict[str, tuple[TransportLeg, ...]] = {}
    lines: list[Line] = []
    kept: list[ReadLine] = []
    cells = LineCells(reading.file, 0, {}, reading.mark, reading.lone_point,
                      problems, routes, reading.documented, noted)  # fmt: skip
    for line in reading.lines:
        if len(problems) > MAX_PROBLEMS:
            break
        cells.row, cells.texts = line.row, _texts(line)
        made = cells.line(line, *_in_registry(line, reading))
        if made is not None:
            lines.append(made)
            kept.append(line)
    return _with_parents(lines, kept), problems, noted


def _texts(line: ReadLine) -> dict[str, str]:
    """Cells by column, with what a line says of itself in several columns put together."""
    if not line.section and _SAID.isdisjoint(line.texts):
        return line.texts
    found = dict(line.texts)
    if not _SAID.isdisjoint(found):
        found["specification"] = line.specification
    if line.section:
        found["section"] = line.section
        found.setdefault("category", line.section)
    return found


def _in_registry(line: ReadLine, reading: Reading) -> tuple[float, str, float | None]:
    """Quantity and unit as the calculation knows them; the quantity per declared unit."""
    quantity, unit, mass = line.quantity, line.unit, line.unit_mass_kg
    if mass is not None and line.pieces_per_unit != 1.0:
        mass *= line.pieces_per_unit
    if quantity is not None and reading.base is not None and line.parent_row is None:
        quantity /= reading.base[0]
    if unit == "%":
        quantity, unit = (None if quantity is None else quantity / 100.0), "kg"
    elif unit in _PIECES:
        unit = "piece"
    elif unit is not None:
        quantity, unit, mass = _converted(quantity, unit, mass, line.unit_text)
    # Below zero only where the reading has refused the row: it is never counted.
    return max(quantity or 0.0, 0.0), unit or "", mass


def _converted(
    quantity: float | None, unit: str, mass: float | None, text: str
) -> tuple[float | None, str, float | None]:
    """A unit that the registry has stays as it is; spoons, inches and yards become m, m2 or m3."""
    for name in (text, unit):
        if known := _registered(name, unit):
            return quantity, known, mass
    for base, table in _BASES:
        if unit in table:
            scaled = None if quantity is None else quantity * table[unit]
            return scaled, base, None if mass is None else mass / table[unit]
    return quantity, unit, mass


@lru_cache(maxsize=4096)
def _registered(name: str, unit: str) -> str | None:
    """The registry's name of a unit where `name` is one of its names and means this `unit`."""
    if not name or written.unit_of(name) != unit:
        return None
    try:
        return units.normal_unit(name)
    except units.UnitError:
        return None


def _with_parents(lines: list[Line], kept: Sequence[ReadLine]) -> list[Line]:
    """Lines of a table by levels are linked by ids; a column of parents names them already."""
    if not any(one.parent_row is not None for one in kept):
        return lines
    if any(line.parent for line in lines):
        return lines
    at = {one.row: position for position, one in enumerate(kept)}
    return with_unique_assemblies(
        lines, [at.get(one.parent_row) if one.parent_row is not None else None for one in kept]
    )


def zero_quantities(lines: Sequence[Line], filename: str) -> Iterator[Problem]:
    """A line of nothing is said."""
    for line in lines:
        if line.quantity == 0:
            where = Where(filename, line.row, "quantity")
            yield faults.ZERO_QUANTITY.at(where, f"{line.name!r} contributes nothing")


def example_lines(lines: Sequence[Line], filename: str) -> Iterator[Problem]:
    """Lines that a starter workbook came with, told by their remark, are said once."""
    noted = [line for line in lines if line.note]
    if not noted:
        return
    from footprint.starter.model import LANGUAGES, starter_words  # noqa: PLC0415 - seldom needed

    remarks = {starter_words(language).example_note for language in LANGUAGES}
    rows = [line.row for line in noted if line.note in remarks]
    if rows:
        listed = ", ".join(str(row) for row in rows[:20]) + (", ..." if len(rows) > 20 else "")
        yield faults.EXAMPLE.at(
            Where(filename, rows[0], "note"),
            f"{len(rows)} of {len(lines)} lines are still the example of the starter workbook "
            f"(rows {listed})",
            "Replace or delete them, with the product's facts; a line that is yours has no such "
            "remark.",
        )


def declared_unit_of(reading: Reading) -> DeclaredUnit | None:
    """What the result is per, where the table says it: a recipe in percent or by mass is per kg."""
    if any(line.unit == "%" for line in reading.lines):
        return DeclaredUnit(1.0, "kilogram")
    if reading.base is not None and reading.base[1] in written.MASS:
        return DeclaredUnit(written.in_base(1.0, reading.base[1]), "kilogram")
    return None
