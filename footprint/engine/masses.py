"""The mass of one unit of each assembly: given, or the sum of what it is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from footprint import units
from footprint.bom.tree import outer_first
from footprint.values.line import Line


def assembly_masses(
    lines: Sequence[Line], uses: Mapping[str, list[Line]], masses: Sequence[float | None]
) -> list[float | None]:
    """Per row, the mass of one of its unit in kg, or None if nothing says it.

    `masses` has those of the rows without parts; `uses` are the rows of each assembly. The sum
    counts what stays in the assembly (materials and packaging), net of losses.
    """
    parts: dict[str, list[int]] = {}
    rows: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if line.parent:
            parts.setdefault(line.parent, []).append(at)
        if line.id in uses:
            rows.setdefault(line.id, []).append(at)
    found = list(masses)
    for name in reversed(outer_first(dict(uses))):
        mass = _given(uses[name][0])
        if mass is None:
            mass = _sum([(lines[at], found[at]) for at in parts.get(name, ())])
        for at in rows[name]:
            found[at] = mass
    return found


def _given(line: Line) -> float | None:
    if line.unit_mass_kg is not None:
        return line.unit_mass_kg
    return units.factor(line.unit, "kg") if units.is_mass(line.unit) else None


def _sum(parts: Sequence[tuple[Line, float | None]]) -> float | None:
    total = 0.0
    for line, mass in parts:
        if line.stage in {"material", "packaging"}:
            if mass is None:
                return None
            total += line.quantity * mass
    return total
