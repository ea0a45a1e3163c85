"""How long a result may be used: PACT v3, section 3.2.3."""

from __future__ import annotations

from datetime import date

#: Section 3.2.3: valid for three years after the end of the reference period at the most.
VALID_YEARS = 3


def three_years_after(end: date) -> date:
    """The last day on which a result for a period that ended on `end` is valid (PACT v3, 3.2.3).

    A period that ends on 29 February is valid to 28 February.
    """
    day = 28 if (end.month, end.day) == (2, 29) else end.day
    return date(min(end.year + VALID_YEARS, date.max.year), end.month, day)
