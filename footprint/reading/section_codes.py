"""Sections of bills of quantities, whose rows have a code, words and no figure: `01.02 Walls`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from footprint.late_pattern import late_pattern
from footprint.reading.builder import Builder
from footprint.reading.grid import cell_at, text_of

#: Columns that may hold the codes of sections and of what is in them.
_CODED = ("id", "line_no", "unknown", "other")
#: Columns of figures and units: a section has none of these.
_COUNTED = frozenset(
    """
    quantity total_quantity unit unit_mass line_mass length width thickness volume area price
    variant_quantity designators
    """.split()
)
_CODE = late_pattern(r"[A-Z0-9]{1,8}(?:\.[A-Z0-9]{1,8})*\.?", re.I)
#: Levels that a section does not use: `06.CO.1.0.0`.
_UNUSED = late_pattern(r"(?:\.0+)+$")


def coded_sections(builder: Builder) -> frozenset[int]:
    """Rows that only name what the rows below are about: their code begins the codes below, and
    they have neither quantity nor unit nor price, which lists of works always have."""
    if "unit" not in builder.where or "quantity" not in builder.where or _has_tree(builder):
        return frozenset()
    column = _codes_at(builder)
    empty = [row for row in builder.table.body if column and _is_words(builder, row)]
    return frozenset(row for row in empty if _is_above(builder, row, column))


def _has_tree(builder: Builder) -> bool:
    """Whether a column has the tree of assemblies; a row without a quantity is one of them."""
    return "level" in builder.where or "parent" in builder.where or builder.reading.documented


def _codes_at(builder: Builder) -> int:
    """The column of codes with points between their levels, or 0."""
    rows = builder.table.sheet.rows
    for column in builder.meanings.columns:
        if column.means not in _CODED:
            continue
        texts = [text_of(cell_at(rows[row - 1], column.index)) for row in builder.table.body]
        codes = [text for text in texts if text]
        dotted = sum("." in code for code in codes)
        if codes and all(map(_CODE.fullmatch, codes)) and dotted >= 0.5 * len(codes):
            return column.index
    return 0


def _is_words(builder: Builder, row: int) -> bool:
    cells = builder.table.sheet.rows[row - 1]
    counted = (one.index for one in builder.meanings.columns if one.means in _COUNTED)
    return not any(text_of(cell_at(cells, at)) for at in counted)


def _is_above(builder: Builder, row: int, column: int) -> bool:
    """Whether the code of a row begins that of a row below it."""
    rows = builder.table.sheet.rows
    own = _UNUSED.sub("", text_of(cell_at(rows[row - 1], column)).rstrip("."))
    return bool(own) and _begins(own, [text_of(cell_at(one, column)) for one in rows[row:]])


def _begins(own: str, below: Sequence[str]) -> bool:
    return any(code.startswith(f"{own}.") for code in below)
