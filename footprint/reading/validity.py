"""Lines that were valid for a time: until a date that the list itself shows to be past."""

from __future__ import annotations

import re
from datetime import date, timedelta

from footprint.late_pattern import late_pattern
from footprint.reading.builder import Builder
from footprint.reading.grid import cell_at, text_of

#: ERP systems write "for ever" as a date in the far future.
_FOR_EVER = 2090
_NUMBERS = late_pattern(r"(\d{1,4})[./\-年月\s]+(\d{1,2})[./\-月\s]+(\d{1,4})")
_NAMED = late_pattern(r"(\d{1,2})[\-\s.]+([A-Za-z]{3})[a-z]*[\-\s.,]+(\d{4}|\d{2})")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DAY_0 = date(1899, 12, 30)


def dates_of(cell: object) -> list[date]:
    """The days that a cell may mean: two where day and month could be either."""
    if isinstance(cell, date):
        return [date(cell.year, cell.month, cell.day)]
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 20000 < cell < 80000:
        return [_DAY_0 + timedelta(days=int(cell))]
    text = text_of(cell)
    if re.fullmatch(r"(?:19|20|99)\d{6}", text):
        return _made([(int(text[:4]), int(text[4:6]), int(text[6:]))])
    if match := _NAMED.match(text):
        month = match[2].casefold()
        at = _MONTHS.index(month) + 1 if month in _MONTHS else 0
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        return _made([(year, at, int(match[1]))])
    if match := _NUMBERS.match(text):
        first, second, third = (int(match[at]) for at in (1, 2, 3))
        if first > 31:
            return _made([(first, second, third)])
        year = third + (2000 if third < 100 else 0)
        return _made([(year, second, first), (year, first, second)])
    return []


def _made(parts: list[tuple[int, int, int]]) -> list[date]:
    found = []
    for year, month, day in parts:
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return found


def set_ended_aside(builder: Builder) -> None:
    """Leave out lines that ended before the list was written, or before every line without an end
    began. The others that end are asked about, unless all lines end on one day, as a revision
    does."""
    if "valid_to" not in builder.where:
        return
    lines = builder.reading.lines
    ends = {line.row: _days(builder, line.row, "valid_to") for line in lines}
    ends = {row: days for row, days in ends.items() if days and max(days).year < _FOR_EVER}
    if not ends or (len(ends) == len(lines) and len({max(one) for one in ends.values()}) == 1):
        return
    begun = [
        min(days)
        for line in lines
        if line.row not in ends and (days := _days(builder, line.row, "valid_from"))
    ]
    written = dates_of(builder.facts.values.get("date"))
    if len(begun) == len(lines) - len(ends) > 0:
        written.append(min(begun))
    parents = {line.parent_row for line in lines}
    for row, days in ends.items():
        if written and max(days) < max(written) and row not in parents:
            builder.leave_out(row, "expired")
            builder.gather("row", "expired", row)
        else:
            builder.gather("row", "valid_until", row, blocking=True)


def _days(builder: Builder, row: int, means: str) -> list[date]:
    return dates_of(cell_at(builder.table.sheet.rows[row - 1], builder.where.get(means, 0)))
