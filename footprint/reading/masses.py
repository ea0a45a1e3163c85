"""The mass of each line: stated, or computed from what the file gives, with the formula shown."""

from __future__ import annotations

import re

from footprint.reading import units
from footprint.reading.amounts import Amount
from footprint.reading.builder import Builder
from footprint.reading.mass_notes import noted_as_of_lines
from footprint.reading.mass_of_what import SMALL, Bearer, bearers
from footprint.reading.mass_ways import computed
from footprint.reading.materials import material_contradiction
from footprint.reading.model import ReadLine
from footprint.reading.units import AREA, LENGTH, MASS, VOLUME, per_of
from footprint.reading.units_above import mass_unit_above
from footprint.reading.vocabulary import fold

#: Two stated masses of one line that differ by more than this contradict each other.
SAME = 0.02
#: Assemblies are weighed and rounded apart from their parts, with glue and paint.
ASSEMBLED = 0.05


class Masses:
    """Works out masses line by line; what is missing is asked once for all lines."""

    def __init__(self, builder: Builder) -> None:
        self.builder = builder
        self.reading = builder.reading
        self.unit_mass_unit = (
            builder.meanings.unit("unit_mass") or builder.options.mass_unit or None
        )
        self.unit_above = mass_unit_above(builder)
        self.is_line_mass = _column_is_of_lines(builder)
        self.bearers = {} if self.is_line_mass else bearers(builder)
        self.open = {row for row, one in self.bearers.items() if one is Bearer.OPEN}

    def work_out(self) -> None:
        """Fill `unit_mass_kg` and `mass_kg` of every line that the file says enough about."""
        for line in self.reading.lines:
            given = self.builder.measures.get(line.row, {})
            self._line(line, given)
            if given and not self.reading.documented:
                self._open_losses(line, given)

    def _line(self, line: ReadLine, given: dict[str, Amount]) -> None:
        contradicted = "material" in line.texts and self._contradicted(line)
        stated = self._stated(line, given) if given and not contradicted else None
        if line.unit in MASS:
            if line.quantity is not None:
                line.mass_kg, line.mass_basis = units.in_base(line.quantity, line.unit), "stated"
                self._other_mass(line, stated)
            if self.reading.documented:
                line.unit_mass_kg = stated
            return
        if line.unit == "%":
            return  # a share has no mass before the mass of the product is known
        if stated is None and line.unit in units.WEIGHTLESS:
            return  # nothing is lacking: power of a plant adds nothing to what the lines weigh
        if stated is not None:
            line.unit_mass_kg, line.mass_basis = stated, "stated"
            self._whole(line)
            if line.unit == "pair":
                self.builder.gather("=unit_mass", "mass_of_pair", line.row)
            self._check_line_mass(line, given)
            self._scrap(line, given, stated)
            return
        if not line.assembly and not contradicted:
            computed(self.builder, line, given)
            self._whole(line)
        if line.mass_kg is None and line.mass_range_kg is None and not line.assembly:
            self._ask(line, contradicted=contradicted)

    def _ask(self, line: ReadLine, *, contradicted: bool) -> None:
        if line.row in self.open:
            self.builder.gather("unit_mass", "mass_of_unit_or_line", line.row, blocking=True)
            return
        kind = "unit_mass_conflict" if contradicted else "unit_mass_missing"
        self.builder.gather("unit_mass", kind, line.row)

    def _other_mass(self, line: ReadLine, stated: float | None) -> None:
        """A mass beside a quantity that is one: it is not used, and said where it is another."""
        mass, one = line.mass_kg or 0.0, units.in_base(1.0, line.unit or "kg")
        alike = stated is None or any(
            abs(stated - same) <= SAME * same for same in (mass, one, mass / (line.quantity or 1.0))
        )
        if not alike and not self.reading.documented:
            self.builder.gather("=unit_mass", "mass_beside_mass", line.row)

    def _scrap(self, line: ReadLine, given: dict[str, Amount], net: float) -> None:
        """A column of scrap in grams beside the net mass of one: the share of what goes in."""
        found = given.get("scrap_mass")
        if found is None or not found.value or line.loss is not None:
            return
        unit = found.unit or self.builder.meanings.unit("scrap_mass")
        if found.problem or found.value < 0 or unit not in MASS or net <= 0 or self.is_line_mass:
            return  # asked with those of lines without a mass
        scrap = units.in_base(found.value, unit or "kg")
        line.loss = round(scrap / (net + scrap), 12)
        self.builder.gather("=loss", "scrap_mass_share", line.row)

    def _open_losses(self, line: ReadLine, given: dict[str, Amount]) -> None:
        """What a list says of cut-away material where nothing can be made of it."""
        scrap, gross = given.get("scrap_mass"), given.get("gross_mass")
        runner = given.get("runner_mass")
        if runner is not None and runner.value and line.loss is None:
            self.builder.gather("loss", "runner_mass_beside", line.row)
        if scrap is not None and scrap.value and line.loss is None:
            self.builder.gather("loss", "scrap_mass_open", line.row, blocking=True)
        elif gross is not None and gross.value and line.loss is None and line.unit_mass_kg:
            self.builder.gather("loss", "gross_mass_beside", line.row)

    def _whole(self, line: ReadLine) -> None:
        if line.quantity is not None and line.unit_mass_kg is not None:
            line.mass_kg = line.quantity * line.pieces_per_unit * line.unit_mass_kg

    def _contradicted(self, line: ReadLine) -> bool:
        texts = line.texts
        note = " ".join(filter(None, (texts.get("description"), texts.get("note"))))
        found = material_contradiction(texts.get("material", ""), note)
        if found:
            self.builder.gather("material", "material_conflict", line.row)
        return found is not None

    def _stated(self, line: ReadLine, given: dict[str, Amount]) -> float | None:
        """kg of one unit of the line, as the columns state it."""
        found = given.get("unit_mass", Amount(problem="missing"))
        of_lines = self.is_line_mass
        if found.value is None and found.problem == "missing":
            found, of_lines = given.get("line_mass", found), True
            heading = self.builder.meanings.unit("line_mass")
        else:
            heading = self.unit_mass_unit
        heading = heading or units.unit_of(line.texts.get("mass_unit", "")) or self.unit_above
        kg = self._kg(line, found, heading)
        if kg is None:
            return None
        if "mass_per" in self.builder.where:
            pieces = self.builder.amount(line.row, "mass_per").value
            if not pieces or pieces < 0:
                self.builder.gather("unit_mass", "mass_per_missing", line.row, blocking=True)
                return None
            kg /= pieces
        small = line.unit in SMALL and line.pieces_per_unit == 1.0
        if small and not of_lines and not self.reading.documented:
            self.builder.gather("unit_mass", "mass_small_length", line.row, blocking=True)
            return None
        bearer = self.bearers.get(line.row)
        if line.row in self.open:
            return None
        if bearer is not None and not of_lines:
            of_lines = bearer is Bearer.LINE
            self.builder.gather("=unit_mass", f"mass_of_{bearer.value}_shown", line.row)
        if of_lines:
            if not line.quantity or line.variants:
                return None
            return kg / line.quantity / line.pieces_per_unit
        return kg

    def _kg(self, line: ReadLine, found: Amount, heading: str | None) -> float | None:
        if found.problem in {"missing", "open"} or (found.value is None and found.problem == ""):
            return None
        strict = self.reading.documented
        if found.value is None or found.problem == "unit":
            self.builder.gather("unit_mass", f"mass_{found.problem}", line.row, blocking=strict)
            return None
        if found.value < 0 or (found.value == 0 and strict):
            self.builder.gather("unit_mass", "mass_negative", line.row, blocking=True)
            return None
        if found.value == 0:
            return None
        per = per_of(found.per or heading or "") if (found.per or not found.unit) else None
        if per is not None:
            return _of_one_unit(found.value * per.kg, per.of, line.unit)
        unit = found.unit or heading
        if unit is None or unit not in MASS:
            kind = "mass_unit_missing" if unit is None else "mass_unit"
            self.builder.gather("mass_unit", kind, line.row, blocking=True)
            return None
        return units.in_base(found.value, unit)

    def _check_line_mass(self, line: ReadLine, given: dict[str, Amount]) -> None:
        """A column of line masses beside one of unit masses has to agree with it."""
        total = given.get("line_mass")
        if total is None or total.value in (None, 0.0) or line.mass_kg is None or self.is_line_mass:
            return
        unit = total.unit or self.builder.meanings.unit("line_mass")
        if unit not in MASS or given.get("unit_mass", Amount()).value is None:
            return
        stated = units.in_base(total.value or 0.0, unit or "kg")
        ordered = self.builder.amount(line.row, "total_quantity").value
        if (
            ordered
            and line.quantity
            and abs(stated * line.quantity / ordered - line.mass_kg) <= (SAME * line.mass_kg)
        ):
            return
        if abs(stated - line.mass_kg) > SAME * max(stated, line.mass_kg):
            self.builder.gather("unit_mass", "mass_disagrees", line.row)
            line.unit_mass_kg = line.mass_kg = None


def _of_one_unit(kg: float, of: str, unit: str | None) -> float | None:
    """kg of one unit of a line, from kg per piece, metre, square or cubic metre."""
    if of in {"piece", unit}:
        return kg
    table = {"m": LENGTH, "m2": AREA, "m3": VOLUME}.get(of, {})
    return kg * table[unit] if unit in table else None


def check_assemblies(builder: Builder) -> None:
    """An assembly that states its mass has to weigh what its parts weigh, where all of them are
    known: else a part is missing below it, which would be lost with the assembly's mass."""
    lines = builder.reading.lines
    below: dict[int, list[ReadLine]] = {}
    for line in lines:
        if line.parent_row is not None:
            below.setdefault(line.parent_row, []).append(line)
    for line in lines:
        parts = below.get(line.row, ())
        masses = [
            part.unit_mass_kg * (part.quantity or 0.0) * part.pieces_per_unit
            if part.assembly and part.unit_mass_kg is not None
            else part.mass_kg
            for part in parts
        ]
        known = [mass for mass in masses if mass is not None]
        if line.unit_mass_kg is None or not parts or len(known) < len(parts):
            continue
        if abs(sum(known) - line.unit_mass_kg) > ASSEMBLED * max(sum(known), line.unit_mass_kg):
            builder.gather("unit_mass", "assembly_mass", line.row)


def check_totals(builder: Builder) -> None:
    """A row of totals that states another mass than the lines make is said: a line is missing, or
    counted twice, or a mass is not what it was taken for."""
    reading = builder.reading
    if reading.total_mass_kg is None or len(builder.totals) != 1 or "level" in builder.where:
        return
    _, cells = builder.totals[0]
    made = reading.total_mass_kg * (reading.base[0] if reading.base else 1.0)
    rows = builder.measures.values()
    for means in ("unit_mass", "line_mass"):
        found = cells.get(means, Amount())
        unit = found.unit or builder.meanings.unit(means) or builder.options.mass_unit
        if not found.value or unit not in MASS:
            continue
        stated = units.in_base(found.value, unit or "kg")
        plain = sum(units.in_base(row[means].value or 0.0, unit or "kg") for row in rows
                    if means in row)  # fmt: skip
        if all(abs(stated - one) > SAME * stated for one in (made, plain)):
            row = [builder.totals[0][0]]
            reading.ask("mass", "mass_total", row, stated=f"{stated:.4g}", sum=f"{made:.4g}")


def _computed_says_lines(builder: Builder) -> bool:
    """Whether the stated masses are length x kg/m x quantity in most rows that can show it."""
    unit, heading = builder.meanings.unit("unit_mass"), builder.meanings.unit("linear_mass")
    per, side = per_of(heading or ""), builder.meanings.unit("length")
    if unit not in MASS or per is None or per.of != "m" or side not in units.LENGTH:
        return False
    votes = []
    for line in builder.reading.lines:
        given = builder.measures.get(line.row, {})
        stated, length, linear = (
            given.get(means, Amount()).value for means in ("unit_mass", "length", "linear_mass")
        )
        if stated and length and linear and line.quantity and line.quantity != 1:
            one = units.in_base(length, side or "m") * linear * per.kg
            ratio = units.in_base(stated, unit or "kg") / one
            votes.append(abs(ratio - line.quantity) <= SAME * line.quantity)
    return bool(votes) and sum(votes) > 0.5 * len(votes)


def _column_is_of_lines(builder: Builder) -> bool:
    """Whether a lone column of masses holds those of whole lines: the total row adds it up as it
    stands, and not multiplied by the quantities."""
    column = next((one for one in builder.meanings.columns if one.means == "unit_mass"), None)
    if column is None or builder.meanings.index("line_mass") or builder.meanings.index("level"):
        return False
    if _computed_says_lines(builder) or noted_as_of_lines(builder):
        return True
    pairs = [
        (line.quantity or 0.0, found.value)
        for line in builder.reading.lines
        if (found := builder.measures.get(line.row, {}).get("unit_mass"))
        and found.value is not None
    ]
    if (
        len(pairs) < 2
        or len(pairs) < len(builder.reading.lines)
        or all(quantity == 1 for quantity, _ in pairs)
    ):
        return False
    plain, times = sum(mass for _, mass in pairs), sum(quantity * mass for quantity, mass in pairs)
    for _, cells in builder.totals:
        total = cells.get("unit_mass")
        if total is not None and total.value:
            near = abs(total.value - plain) <= 0.005 * plain
            if near and abs(total.value - times) > 0.005 * times:
                return True
    return bool(re.search(r"total|gesamt|合计|总", fold(column.header)))
