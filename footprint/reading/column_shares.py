"""Columns of shares: of a whole, of the masses beside them, or of nothing that is known."""

from __future__ import annotations

import re

from footprint.reading.chooser import Chooser
from footprint.reading.grid import cell_at, text_of
from footprint.reading.rests import leaves_rest
from footprint.reading.units import MASS, unit_of


def adds_to_whole(chooser: Chooser, at: int) -> bool:
    """Whether a column holds parts of 100 %, as numbers or as a worksheet shows them."""
    sheet = chooser.table.sheet
    marks = (sheet.marks.get((row, at)) for row in chooser.table.body[:20])
    if any(mark is not None and "%" in mark.number_format for mark in marks):
        return True
    if leaves_rest(chooser.values(at)):
        return True
    texts = [value.replace(",", ".").rstrip(" %％") for value in chooser.values(at)]
    numbers = [float(text) for text in texts if re.fullmatch(r"\d+(\.\d+)?", text)]
    # A row of totals may stand among the rows.
    return bool(numbers) and any(abs(sum(numbers) - whole) < 1 for whole in (100, 200))


def holds_shares(chooser: Chooser, at: int) -> bool:
    """Whether a column of shares has numbers; beside masses, whether they are most of its cells."""
    return chooser.numeric(at) > (0.5 if chooser.with_meaning("unit_mass") else 0.0)


def alike_beside_masses(chooser: Chooser, at: int) -> bool:
    """Whether a share is the same in every row beside masses: it is none of a whole."""
    values = chooser.values(at)
    return len(values) > 1 and len(set(values)) == 1 and bool(chooser.with_meaning("unit_mass"))


def shares_of_masses(chooser: Chooser) -> int:
    """The column of masses that a column of shares says again, or 0."""
    masses, shares = chooser.with_meaning("unit_mass"), chooser.with_meaning("share")
    if len(masses) != 1 or len(shares) != 1 or chooser.by_user(masses[0]):
        return 0
    rows = [
        (_leading(chooser, row, masses[0]), _leading(chooser, row, shares[0]))
        for row in range(len(chooser.sample))
    ]
    known = [(mass, share) for mass, share in rows if mass and share]
    if len(known) < 2 or len(known) < len(rows):
        return 0
    whole = sum(mass for mass, _ in known), sum(share for _, share in known)
    alike = all(abs(mass / whole[0] - share / whole[1]) <= 0.01 for mass, share in known)
    return masses[0] if alike else 0


def masses_with_units(chooser: Chooser) -> int:
    """The column of masses whose units stand in the column of units (`Weight, Unit`), or 0."""
    masses, units = chooser.with_meaning("unit_mass"), chooser.with_meaning("unit")
    if len(masses) != 1 or len(units) != 1:
        return 0
    own = chooser.headings[masses[0]].unit
    if own and {unit_of(one) for one in chooser.values(units[0])} != {own}:
        return 0
    found = [unit_of(one) for one in chooser.values(units[0])]
    of_mass = bool(found) and all(one in MASS for one in found)
    return masses[0] if of_mass and not chooser.by_user(masses[0]) else 0


def _leading(chooser: Chooser, row: int, at: int) -> float:
    """The number that a cell begins with; 0 where it begins with none."""
    match = re.match(r"\d+(?:[.,]\d+)?", text_of(cell_at(chooser.sample[row], at)).strip())
    return float(match[0].replace(",", ".")) if match else 0.0
