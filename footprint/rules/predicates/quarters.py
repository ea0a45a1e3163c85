"""Values that are announced every quarter: which one counts on a day."""

from __future__ import annotations

from datetime import date

from footprint.rules.evidence import Reference
from footprint.rules.predicates.finding import Context


def is_of_quarter_before(reference: Reference, context: Context) -> bool:
    """Whether the value is of the calendar quarter before the decision's, or of its own."""
    day = reference.date
    return day is not None and _quarter(context.as_of) - _quarter(day) <= 1


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3
