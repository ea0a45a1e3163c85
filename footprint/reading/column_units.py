"""Columns of numbers whose heading is a unit and no more: `pcs`, `Grams`."""

from __future__ import annotations

from collections.abc import Sequence

from footprint.reading.chooser import Chooser
from footprint.reading.grid import cell_at, text_of
from footprint.reading.numbers import SIMPLE
from footprint.reading.units import dimension, in_base, unit_of

_MEASURED = frozenset(("mass", "length", "area", "volume"))
#: Figures rounded in two units differ by no more.
_SAME = 0.03


def bare_units(chooser: Chooser) -> None:
    """`pcs` or `kg` alone above numbers is the quantity, where nothing else is. Two such columns
    are told apart by what they count: pieces are the quantity, and the other one stays open."""
    taken = ("quantity", "total_quantity", "designators", "variant_quantity", "share")
    if any(map(chooser.with_meaning, taken)):
        return
    bare = {
        at: unit
        for at in chooser.with_meaning("unknown")
        if (unit := unit_of(chooser.headings[at].text)) and chooser.numeric(at) >= 0.8
    }
    counts = [at for at, unit in bare.items() if dimension(unit) == "count"]
    for at in counts or list(bare):
        if len(counts or bare) == 1:
            chooser.means[at], chooser.units[at] = "quantity", bare[at]


def unit_above(chooser: Chooser, at: int) -> str | None:
    """The unit that a heading is."""
    return unit_of(chooser.headings[at].text)


def same_in_other_units(chooser: Chooser, columns: Sequence[int]) -> int:
    """The first of columns that say the same, each in its unit (`Grams`, `Ounces`), or 0."""
    units = [unit_above(chooser, at) for at in columns]
    kinds = {dimension(unit) if unit else "" for unit in units}
    if len(columns) < 2 or len(kinds) > 1 or not kinds <= _MEASURED:
        return 0
    compared = 0
    for row in chooser.sample:
        texts = [text_of(cell_at(row, at)) for at in columns]
        if not all(map(SIMPLE.fullmatch, texts)):
            continue
        amounts = [
            in_base(float(text), unit or "") for text, unit in zip(texts, units, strict=True)
        ]
        if max(amounts) - min(amounts) > _SAME * max(amounts):
            return 0
        compared += 1
    return columns[0] if compared > 1 else 0
