"""Lines above a table that say for how many it is: `Cantidad por 100 unidades`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from footprint.late_pattern import late_pattern
from footprint.reading.headings import read_heading
from footprint.reading.per_many import container_in, many_in
from footprint.reading.units import unit_of

#: What a list is of where it is for a batch: `Rezeptur Ansatz 500 l`, `Batch of 50 kg`.
_BATCH = late_pattern(
    r"(?:^|[\s(（,;-])(?:ansatz|ansatzgröße|charge|chargengröße|batch(?:\s+size)?|lote|lotto|partia|"
    r"partie|basis|basismenge|grundmenge|批量|配料量|基准|バッチ|배치)\s*(?:of|von|de|di|:|：|=)?\s*(?P<amount>[1-9]\d*)(?:[.,]0+)?\s*"
    r"(?:kg|t|l|ltr|litres?|liters?|m3|m³|公斤|千克|吨|升)\b",
    re.IGNORECASE,
)
_COUNTED = late_pattern(r"(?<![\d.,])(?P<amount>[1-9]\d{0,5})\s*(?P<word>[^\s\d.,;:()（）/-]+)")
_NUMBER = late_pattern(r"(?<![\d.,])[1-9]\d{0,5}(?![\d.,])")
#: So many pieces in a title are no set of knives: the list may be for all of them.
_LARGE = 100
_EDGES = " .,:：;；-–—()（）[]"
#: What the figures of a list are: with a number of products behind it, they are for so many.
_FIGURES = frozenset(("quantity", "unit", "unit_mass", "line_mass", "total_quantity", "base_unit"))


@dataclass(frozen=True, slots=True)
class ManyAbove:
    """For how many products a line above a table is; `rest`: what else it says; `sure`: whether it
    says so of the figures, and not of the list; `pieces`: whether it counts pieces, and not ports
    of an adapter or bottles of a rack."""

    amount: int
    rest: str
    sure: bool
    pieces: bool


def many_above(text: str) -> ManyAbove | None:
    """For how many products a line above a table says that the list or its figures are."""
    if match := _BATCH.search(text):
        return ManyAbove(int(match["amount"]), "", sure=False, pieces=False)
    counted = [int(match["amount"]) for match in _COUNTED.finditer(text) if _pieces(match["word"])]
    many = many_in(text)
    if many is None or many.unit != "piece":
        large = max(counted, default=0)
        if container_in(text):  # `per pallet (960 bottles)`
            large = max(map(int, _NUMBER.findall(text)), default=0)
        return ManyAbove(large, text, sure=False, pieces=True) if large >= _LARGE else None
    rest = many.rest.strip(_EDGES)
    sure = bool(rest) and not _FIGURES.isdisjoint(read_heading(rest).means[:1])
    return ManyAbove(int(many.amount), rest, sure, bool(counted))


def _pieces(word: str) -> bool:
    """Whether a word counts pieces: `pcs`, or `個` in a language that parts no words."""
    joined = not word.isascii() and unit_of(word[0]) == "piece"
    return joined or unit_of(word) == "piece"
