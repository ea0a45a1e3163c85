"""Mass of one from what the file gives: kg/m, g/m2, volume, sides, section of a wire."""

from __future__ import annotations

import math
import re

from footprint.late_pattern import late_pattern
from footprint.reading import units
from footprint.reading.amounts import Amount, amount_of
from footprint.reading.builder import Builder
from footprint.reading.conductors import section_mm2
from footprint.reading.materials import Material, is_default, material_of
from footprint.reading.model import ReadLine
from footprint.reading.units import AREA, LENGTH, MASS, VOLUME, per_of
from footprint.reading.units_above import length_unit_above

#: Lengths without a unit: CAD programs write millimetres, and a part longer than this in metres is
#: longer than a lorry.
LONGEST_M = 20.0
#: Copper at 20 C (CRC Handbook of Chemistry and Physics), kg/m3.
COPPER = 8930.0
_FORMAT = late_pattern(
    r"(?P<a>\d[\d.,]*)\s*(?:mm|cm)?\s*[x×*]\s*(?P<b>\d[\d.,]*)\s*(?P<unit>mm|cm|m|in)?", re.I
)
#: A short word in brackets at the end of a heading, as units stand.
_UNIT_SHAPED = late_pattern(r"[(（\[]\s*[^\W\d_]{1,5}\s*[)）\]]\s*$")
_DENSITY = {"g/cm3": 1000.0, "kg/m3": 1.0}
Given = dict[str, Amount]


def computed(builder: Builder, line: ReadLine, given: Given) -> None:
    """Fill `unit_mass_kg` by the first way that the cells of the line allow."""
    for way in (_by_length, _by_area, _by_volume, _by_sheet, _by_conductor):
        if way(builder, line, given):
            return


def _length_unit(builder: Builder, line: ReadLine) -> str | None:
    """The unit of lengths that the row, or whoever asks, names."""
    told = units.unit_of(line.texts.get("length_unit", "")) or builder.options.length_unit
    return told or length_unit_above(builder)


def _length_m(builder: Builder, line: ReadLine, given: Given, means: str) -> float | None:
    found = given.get(means)
    if found is None or found.value is None or found.value <= 0 or found.problem:
        return None
    unit = found.unit or builder.meanings.unit(means) or _length_unit(builder, line)
    if unit is None:
        if _in_odd_unit(builder, means) or found.value < 1 or found.value / 1000.0 > LONGEST_M:
            builder.gather("length_unit", "length_unit_missing", line.row)
            return None
        builder.gather("=length_unit", "length_unit_mm", line.row)
        unit = "mm"
    return units.in_base(found.value, unit) if unit in LENGTH else None


def _in_odd_unit(builder: Builder, means: str) -> bool:
    """Whether the heading has a unit that is not known: `厚度(丝)` is not in millimetres."""
    header = next((one.header for one in builder.meanings.columns if one.means == means), "")
    return bool(_UNIT_SHAPED.search(header))


def _spread(given: Given, means: str, of: str) -> Amount | None:
    """The mass of a metre or a square metre: in a column of its own, or in one of weights whose
    cell says so (`320 g/m2`)."""
    weight = given.get("unit_mass")
    per = per_of(weight.per or "") if weight is not None else None
    return given.get(means) or (weight if per is not None and per.of == of else None)


def _by_length(builder: Builder, line: ReadLine, given: Given) -> bool:
    """Wire, tube, tape: kg per metre x length x number."""
    found = _spread(given, "linear_mass", "m")
    per = per_of(found.per or builder.meanings.unit("linear_mass") or "") if found else None
    if found is None or found.value is None or per is None or per.of != "m":
        return False
    metres = _length_m(builder, line, given, "length")
    linear = found.value * per.kg
    if line.unit in LENGTH:
        line.unit_mass_kg = linear * units.in_base(1.0, line.unit)
        formula = f"{linear:g} kg/m"
    elif metres is not None:
        line.unit_mass_kg, formula = linear * metres, f"{metres:g} m x {linear:g} kg/m"
    else:
        return False
    line.mass_basis, line.mass_formula = "computed", formula
    return True


def _format_m(builder: Builder, line: ReadLine) -> tuple[float | None, float | None]:
    """Two sides that stand in one cell: `210 x 148` below `Format (mm)`, `21 x 14.8 cm`."""
    match = _FORMAT.fullmatch(line.texts.get("dimensions", "").strip())
    unit = match and (units.unit_of(match["unit"] or "") or builder.meanings.unit("dimensions"))
    if not match or unit not in LENGTH:
        return None, None
    sides = [amount_of(match[side], builder.mark, lone_point=True).value for side in ("a", "b")]
    one, two = (None if side is None else units.in_base(side, unit) for side in sides)
    return one, two


def _area_m2(builder: Builder, given: Given) -> float | None:
    """The area of one piece, where a column gives it with its unit."""
    found = given.get("area")
    if found is None or not found.value or found.value < 0 or found.problem:
        return None
    unit = found.unit or builder.meanings.unit("area")
    return units.in_base(found.value, unit) if unit in AREA else None


def _areal(builder: Builder, given: Given) -> float | None:
    found = _spread(given, "areal_mass", "m2")
    if found is None or found.value is None or found.value <= 0:
        return None
    unit = found.per or builder.meanings.unit("areal_mass") or "g/m2"
    per = per_of(unit)
    if per is None and unit in MASS:
        return units.in_base(found.value, unit)
    return found.value * per.kg if per is not None and per.of == "m2" else None


def _by_area(builder: Builder, line: ReadLine, given: Given) -> bool:
    """Paper, board, fabric: area x g/m2."""
    areal = _areal(builder, given)
    if areal is None:
        return False
    length, width = (
        _length_m(builder, line, given, "length"),
        _length_m(builder, line, given, "width"),
    )
    if length is None and width is None:
        length, width = _format_m(builder, line)
    if line.unit in AREA:
        line.unit_mass_kg = areal * units.in_base(1.0, line.unit)
        formula = f"{areal * 1000:g} g/m2"
    elif line.unit in LENGTH and width is not None:
        line.unit_mass_kg = areal * width * units.in_base(1.0, line.unit)
        formula = f"{width:g} m x {areal * 1000:g} g/m2"
    elif line.unit == "piece" and length is not None and width is not None:
        line.unit_mass_kg = areal * length * width
        formula = f"{length:g} m x {width:g} m x {areal * 1000:g} g/m2"
    elif line.unit == "piece" and (area := _area_m2(builder, given)) is not None:
        line.unit_mass_kg = areal * area
        formula = f"{area:g} m2 x {areal * 1000:g} g/m2"
    else:
        return False
    line.mass_basis, line.mass_formula = "computed", formula
    return True


def _density(
    builder: Builder, line: ReadLine, given: Given
) -> tuple[float, Material | None] | None:
    found = given.get("density")
    unit = builder.meanings.unit("density")
    if found is not None and found.value and found.value > 0:
        factor = _DENSITY.get(unit or "", 1000.0 if found.value < 25 else 1.0)
        return found.value * factor, None
    text = line.texts.get("material", "")
    material = material_of(text) if text and not is_default(text) else None
    return (material.typical, material) if material else None


def _by_volume(builder: Builder, line: ReadLine, given: Given) -> bool:
    """A solid: its volume x density of the file, or of its material."""
    volume = given.get("volume")
    density = _density(builder, line, given)
    if density is None:
        return False
    if line.unit in VOLUME and density[1] is None:
        line.unit_mass_kg = units.in_base(1.0, line.unit) * density[0]
    elif volume is not None and volume.value and line.unit == "piece":
        unit = volume.unit or builder.meanings.unit("volume")
        if unit not in VOLUME:
            return False
        line.unit_mass_kg = units.in_base(volume.value, unit or "m3") * density[0]
    else:
        return False
    line.mass_formula = f"volume x {density[0]:g} kg/m3"
    _from(builder, line, density[1])
    return True


def _by_sheet(builder: Builder, line: ReadLine, given: Given) -> bool:
    """A cut of board, sheet or plate: length x width x thickness x density."""
    sides = [_length_m(builder, line, given, means) for means in ("length", "width", "thickness")]
    density, area = _density(builder, line, given), _area_m2(builder, given)
    if density is None:
        return False
    if line.unit in AREA and sides[2] is not None:
        line.unit_mass_kg = units.in_base(1.0, line.unit) * sides[2] * density[0]
        line.mass_formula = f"{sides[2]:g} m x {density[0]:g} kg/m3"
    elif line.unit == "piece" and sides[2] is not None and area is not None:
        line.unit_mass_kg = area * sides[2] * density[0]
        line.mass_formula = f"{area:g} m2 x {sides[2]:g} m x {density[0]:g} kg/m3"
    elif line.unit == "piece" and all(side is not None for side in sides):
        line.unit_mass_kg = math.prod(side or 0.0 for side in sides) * density[0]
        line.mass_formula = " x ".join(f"{side:g} m" for side in sides) + f" x {density[0]:g} kg/m3"
    else:
        return False
    _from(builder, line, density[1])
    return True


def _from(builder: Builder, line: ReadLine, material: Material | None) -> None:
    """A density of a handbook is a range, and is asked."""
    line.mass_basis = "computed" if material is None else "handbook"
    if material is None or line.unit_mass_kg is None:
        return
    share = material.low / material.typical, material.high / material.typical
    if line.quantity is not None:
        whole = line.quantity * line.unit_mass_kg
        line.mass_range_kg = (whole * share[0], whole * share[1])
    builder.gather("density", "density_handbook", line.row)


def _by_conductor(builder: Builder, line: ReadLine, given: Given) -> bool:
    """A wire of known section: the mass of its copper, a lower bound; insulation is asked."""
    text = " ".join(
        filter(None, (line.texts.get(key) for key in ("cross_section", "spec", "description")))
    )
    material = material_of(
        " ".join(filter(None, (line.texts.get("material"), line.texts.get("spec"), line.name)))
    )
    area = section_mm2(text)
    metres = _length_m(builder, line, given, "length") if line.unit == "piece" else None
    if line.unit in LENGTH:
        metres = units.in_base(1.0, line.unit)
    if area is None or metres is None or material is None or material.family != "copper":
        return False
    line.unit_mass_kg = area * 1e-6 * COPPER * metres
    line.mass_basis, line.mass_formula = (
        "at least",
        f"{area:.3g} mm2 copper x {metres:g} m x {COPPER:g} kg/m3",
    )
    builder.gather("unit_mass", "insulation_unknown", line.row)
    return True
