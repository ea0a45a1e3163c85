"""Lists that hold the same parts twice: one by one, then grouped or summed up."""

from __future__ import annotations

from footprint.late_pattern import late_pattern
from footprint.reading.builder import Builder
from footprint.reading.model import ReadLine
from footprint.reading.vocabulary import fold, row_words

_SPLIT = late_pattern(r"[,;，；、\s]+")


def leave_out_repeats(builder: Builder) -> None:
    """Leave out what a list says a second time; what it may say a second time is asked."""
    _leave_out_summary(builder)
    _leave_out_singles(builder)


def _leave_out_summary(builder: Builder) -> None:
    """Below a title such as `Recapitulation of: ...` (CATIA) the parts above are summed up."""
    words = tuple(row_words("summary"))
    titles = [
        one.row
        for one in builder.reading.skipped
        if one.reason in {"section", "note", "footer"} and fold(one.text).startswith(words)
    ]
    lines = builder.reading.lines
    above = {_code(line) for line in lines if titles and line.row < titles[0]}
    below = [line for line in lines if titles and line.row > titles[0]]
    if not above or not below:
        return
    rows = [line.row for line in below]
    if {_code(line) for line in below} <= above:
        for row in rows:
            builder.leave_out(row, "listed_twice")
    else:
        builder.reading.ask("row", "listed_in_part", rows, blocking=True)


def _code(line: ReadLine) -> str:
    return line.texts.get("id") or line.name


def _leave_out_singles(builder: Builder) -> None:
    """Where headings come again and the parts above them are all among those below (KiCad writes
    `Individual Components`, then `Collated Components`), only the last list counts."""
    starts = sorted(one.row for one in builder.reading.skipped if one.reason == "repeated_header")
    if not starts or "designators" not in builder.where:
        return
    last = [line for line in builder.reading.lines if line.row > starts[-1]]
    first = [line for line in builder.reading.lines if line.row < starts[-1]]
    below = set().union(*map(_parts, last))
    above = set().union(*map(_parts, first))
    if not above or not all(map(_parts, first)) or above.isdisjoint(below):
        return
    rows = [line.row for line in first if not below.isdisjoint(_parts(line))]
    if above <= below:
        for row in rows:
            builder.leave_out(row, "listed_twice")
        builder.reading.say("row", "listed_twice", rows)
    else:
        builder.reading.ask("row", "listed_in_part", rows, blocking=True)


def _parts(line: ReadLine) -> set[str]:
    return {part for part in _SPLIT.split(line.texts.get("designators", "")) if part}
