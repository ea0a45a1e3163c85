"""Whether a mass beside a quantity that counts no pieces is that of one unit or of the line:
`60 g` beside 0.05 l is that of the line, for 60 g/l is no liquid."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from footprint.reading import units
from footprint.reading.builder import Builder
from footprint.reading.column_masses import says_of_one
from footprint.reading.materials import material_of
from footprint.reading.model import ReadLine
from footprint.reading.units import AREA, LENGTH, VOLUME

#: Nobody weighs a millimetre: beside such a unit a mass is that of a metre or of the line.
SMALL = frozenset(("mm", "cm"))
#: kg/m3 of what is bought by the litre: from petrol and light foams of soap to brine and paint.
_LIQUID = 600.0, 2000.0
#: kg/m3 of what is bought by the cubic metre: from dry softwood to concrete and stone.
_BULK = 350.0, 2700.0
_BY_THE_CUBE = frozenset(("m3", "ft3"))
#: How far a density of a list may lie outside the range of the material's handbook.
_SPREAD = 1.25


class Bearer(Enum):
    """What a stated mass is the mass of."""

    UNIT = "unit"
    LINE = "line"
    OPEN = "open"


def bearers(builder: Builder) -> dict[int, Bearer]:
    """What the masses of a column are of, for the rows where one unit and the line differ and no
    heading, total or answer says which. What volumes show holds for the column: for the metres and
    square metres in it, and against pieces where it shows masses of lines."""
    column = next((one for one in builder.meanings.columns if one.means == "unit_mass"), None)
    if column is None or builder.reading.documented or _is_told(builder):
        return {}
    of_one = says_of_one(column.header)
    differ = (one for one in builder.reading.lines if one.quantity != 1 or _many_in_one(one) > 2)
    lines = [line for line in differ if line.quantity and builder.stated_kg(line)]
    liquid = [line for line in lines if line.unit in VOLUME and line.quantity != 1]
    plausible = {line.row: _by_density(builder, line) for line in liquid}
    agreed = _agreed([one for one in plausible.values() if len(one) == 1])
    if of_one:  # `unit weight 60 g` beside 0.05 l contradicts itself
        dozens = [one.row for one in lines if _many_in_one(one) > 2]
        found = {row: Bearer.UNIT for row, one in plausible.items() if Bearer.UNIT in one}
        return dict.fromkeys((*plausible, *dozens), Bearer.OPEN) | found
    found = {
        row: agreed if len(one) > 1 else one[0] if one else Bearer.OPEN
        for row, one in plausible.items()
    }
    return found | _others(lines, found, agreed)


def _others(
    lines: Iterable[ReadLine], found: dict[int, Bearer], agreed: Bearer
) -> dict[int, Bearer]:
    """The rows whose own figures cannot show it: lengths, areas, dozens, and pieces beside liquids
    whose masses are those of lines."""
    more: dict[int, Bearer] = {}
    for line in lines:
        spread = (line.unit in LENGTH or line.unit in AREA) and line.quantity != 1
        if line.row in found or line.pieces_per_unit != 1.0 or line.unit in SMALL:
            continue
        if spread:
            more[line.row] = agreed
        elif _many_in_one(line) > 2:
            more[line.row] = Bearer.OPEN  # of one, of a dozen, or of all
        elif agreed is Bearer.LINE and line.quantity != 1:
            more[line.row] = Bearer.OPEN
    return more


def _agreed(shown: list[tuple[Bearer, ...]]) -> Bearer:
    return shown[0][0] if len(set(shown)) == 1 else Bearer.OPEN


def _is_told(builder: Builder) -> bool:
    """Whether an answer, or a second column of masses or numbers, says what the masses are of."""
    if {"line_mass", "mass_per", "unit_quantity"} & builder.where.keys():
        return True
    return any(means == "unit_mass" for means, _ in builder.options.columns.values())


def _by_density(builder: Builder, line: ReadLine) -> tuple[Bearer, ...]:
    """What a mass beside a volume may be of: with what it is a density of such things."""
    kg, unit = builder.stated_kg(line), line.unit or "l"
    low, high = _BULK if unit in _BY_THE_CUBE else _LIQUID
    material = material_of(" ".join(filter(None, (line.texts.get("material"), line.name))))
    if material is not None:
        low, high = material.low / _SPREAD, material.high * _SPREAD
    of_unit = kg / units.in_base(1.0, unit)
    ways = {Bearer.UNIT: of_unit, Bearer.LINE: of_unit / (line.quantity or 1.0)}
    return tuple(bearer for bearer, density in ways.items() if low <= density <= high)


def _many_in_one(line: ReadLine) -> float:
    """How many pieces one unit of a row is, as the row writes it: 12 for a dozen."""
    return units.COUNTS.get(units.unit_of(line.unit_text) or "", 1.0)
