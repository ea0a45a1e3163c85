"""Substitutes in the list: rows of which only one goes into the product."""

from __future__ import annotations

from collections import Counter

from footprint.late_pattern import late_pattern
from footprint.reading.builder import Builder
from footprint.reading.column_kinds import REQUIRED
from footprint.reading.vocabulary import fold, row_words

_NUMBERED = late_pattern(r"(?:alt|alternative|option|opt|choice)\.? ?\d*")
#: Groups of alternatives have short names (`G1`, `10`); part numbers of substitutes are longer.
_LONGEST_GROUP = 6
#: Headings above the number of the part that the row takes the place of.
_TAKES_PLACE = frozenset(
    fold(word)
    for word in (
        "substitute for|alternate for|alternative for|alternative to|replaces|replacement for|"
        "substitute of|被替代料|替代对象|主料|ersatz für|ersetzt|alternative zu|remplace|"
        "sostituisce|sustituye a|代替元|대체대상"
    ).split("|")
)


def ask_alternatives(builder: Builder) -> None:
    """Ask about every row that its column calls a substitute: in words, by the part of another row,
    or by a group that it shares with another row."""
    for line in builder.reading.lines if "structure" in builder.where else ():
        if fold(line.texts.get("structure", "")) in row_words("structure_alternative"):
            builder.gather("row", "alternative_part", line.row, blocking=True)
    if "alternative" not in builder.where:
        return
    heading = next(one.header for one in builder.reading.columns if one.means == "alternative")
    of_others = fold(heading) in _TAKES_PLACE
    if fold(heading).strip("? ") in REQUIRED:
        _ask_options(builder)
        return
    told = {line.row: fold(line.texts.get("alternative", "")) for line in builder.reading.lines}
    groups = Counter(text for text in told.values() if 0 < len(text) <= _LONGEST_GROUP)
    for row, text in told.items():
        if not text or text in row_words("falsy"):
            continue
        if of_others or _is_substitute(builder, text, groups[text]):
            builder.gather("row", "alternative_part", row, blocking=True)


def _ask_options(builder: Builder) -> None:
    """Below `Required?` all that is not required is asked about."""
    for line in builder.reading.lines:
        text = fold(line.texts.get("alternative", ""))
        if text in row_words("falsy") or text in row_words("alternative") or "option" in text:
            builder.gather("row", "optional_part", line.row, blocking=True)


def _is_substitute(builder: Builder, text: str, shared_by: int) -> bool:
    return (
        shared_by > 1
        or text in row_words("truthy")
        or text in builder.ids
        or _NUMBERED.fullmatch(text) is not None
        or any(word in text for word in row_words("alternative"))
    )
