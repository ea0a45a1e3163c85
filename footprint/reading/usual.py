"""Rows of the documented form that need no judgement: nearly all of them, told by a few look-ups.

What is told here is what `lines` would tell by asking everything that a row may be (a test reads
tables both ways); a row of which a single answer is not plain goes that longer way.
"""

from __future__ import annotations

from functools import lru_cache

from footprint.reading.builder import Builder
from footprint.reading.footers import may_begin
from footprint.reading.grid import Row
from footprint.reading.model import ReadLine
from footprint.reading.numbers import SIMPLE
from footprint.reading.rows import total_word
from footprint.reading.units import COUNTS, unit_of

#: Columns by which a row may be no line of the product, or have its quantity elsewhere.
_JUDGED = frozenset(
    """
    head head_name fitted dnp excluded spare status designators footprint structure alternative
    applies_to variant_quantity quantity_per unit_quantity assemblies
    """.split()
)
#: So many letters tell nearly all texts from words for totals: `Pa` is how `page total` begins.
_BEGINS = 4
_NEEDED = frozenset(("name", "quantity", "unit"))


class UsualRows:
    """Reads the rows of one table that are plainly lines."""

    def __init__(self, builder: Builder, header: frozenset[str]) -> None:
        where = builder.where
        self._builder, self._header = builder, header
        self._fits = (
            builder.reading.documented
            and where.keys() >= _NEEDED
            and _JUDGED.isdisjoint(where)
            and not (builder.meanings.head or builder.options.rows or builder.table.sheet.marks)
        )
        if self._fits:
            self._at = tuple(where[means] - 1 for means in ("name", "quantity", "unit"))
            self._width = max(self._at) + 1
        #: The first letters of texts that begin with no word for totals.
        self._harmless: set[str] = set()

    def line(self, row: int, cells: Row, texts: list[str]) -> ReadLine | None:
        """The line of a row, or None where it has to be looked at more closely."""
        builder = self._builder
        if not self._fits or len(texts) < self._width or builder.head or builder.skip_section:
            return None
        at_name, at_quantity, at_unit = self._at
        name, cell, unit = texts[at_name], cells[at_quantity], _usual_unit(texts[at_unit])
        if not name or unit is None or not isinstance(cell, str) or len(cell) > 15:
            return None
        quantity = float(cell) if SIMPLE.fullmatch(cell) else 0.0
        if quantity <= 0.0 or self._may_be_more(texts, name):
            return None
        said = {
            means: text
            for means, at in builder.text_columns
            if at < len(texts) and (text := texts[at])
        }
        if "note" in said:
            return None
        return ReadLine(
            row, name, quantity, unit, said, unit_text=texts[at_unit], section=builder.section
        )

    def _may_be_more(self, texts: list[str], name: str) -> bool:
        """Whether a row may be a rule, headings again, a total, a footer or a spare part."""
        first = texts[0]
        if not (first and first[0].isalnum() and self._header.isdisjoint(texts)):
            return True
        for text in texts:
            if (begins := text[:_BEGINS]) not in self._harmless:
                if not (begins and may_begin(begins, "total")):
                    self._harmless.add(begins)
                elif total_word(text):
                    return True
        return may_begin(first[:2], "footer") or may_begin(name[:2], "spare")


@lru_cache(maxsize=4096)
def _usual_unit(text: str) -> str | None:
    """Our word for a unit, where a quantity of it stays as it is; else None."""
    word = unit_of(text)
    if word in {"percent", "box", "roll"} or (word in COUNTS and word not in {"piece", "pair"}):
        return None
    return word
