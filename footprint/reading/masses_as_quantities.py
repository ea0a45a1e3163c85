"""Materials below a part, with their masses in it and no quantity, as IMDS lists them."""

from __future__ import annotations

from collections import defaultdict

from footprint.reading.builder import Builder
from footprint.reading.model import ReadLine

#: Masses of materials are rounded; that of a part is the sum of them.
_ROUNDED = 0.02


def masses_as_quantities(builder: Builder) -> None:
    """The mass of a row without a quantity is its quantity in the row above, where such masses make
    the mass of that row: nothing else of it is missing. What a material consists of counts with it.
    """
    if "unit_mass" not in builder.where or builder.reading.documented:
        return
    by_row = {line.row: line for line in builder.reading.lines}
    below: dict[int, list[ReadLine]] = defaultdict(list)
    for line in builder.reading.lines:
        if line.parent_row is not None:
            below[line.parent_row].append(line)
    for row, parts in below.items():
        whole = builder.stated_kg(by_row[row])
        if not whole or any(builder.text(part.row, "quantity").strip() for part in parts):
            continue
        masses = [builder.stated_kg(part) for part in parts]
        if all(masses) and abs(sum(masses) - whole) <= _ROUNDED * whole:
            _take(builder, parts, masses)
        elif not any(masses) and by_row[row].unit == "kg":
            _leave_composition_out(builder, by_row[row], parts)


def _take(builder: Builder, parts: list[ReadLine], masses: list[float]) -> None:
    for part, mass in zip(parts, masses, strict=True):
        part.quantity, part.unit = mass, "kg"
        builder.answered("quantity", part.row)
        builder.gather("=quantity", "mass_is_quantity", part.row)


def _leave_composition_out(builder: Builder, material: ReadLine, parts: list[ReadLine]) -> None:
    """Substances below a material whose mass is known, with shares of it and no more."""
    for part in parts:
        builder.leave_out(part.row, "composition")
    material.assembly = False
