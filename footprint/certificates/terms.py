"""The term of a certificate: whole months, the last day included; and its surveillance."""

from __future__ import annotations

import calendar
from datetime import date, timedelta


def last_day(first: date, months: int) -> date:
    """The last day of a term of `months` calendar months that begins on `first`.

    A term of 12 months from 20 November ends on 19 November. Where the month has no such day
    (31 January and one month), it ends on the month's last day.
    """
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    if first.day > length:
        return date(year, month + 1, length)
    return date(year, month + 1, first.day) - timedelta(days=1)


#: How often the holder of a certificate is to be looked at again. No scheme's rules that are known
#: here state an interval, so this is our own default, and every answer that shows a date says so.
SURVEILLANCE_MONTHS = 12


def next_surveillance(last: date, months: int, valid_until: date) -> date | None:
    """The day by which the next surveillance is due, `months` after the last one (or the issue).

    None when the term ends before: then the renewal takes its place.
    """
    due = last_day(last, months) + timedelta(days=1)
    return due if due <= valid_until else None
