"""Columns of ids that name no part: of the organisation, of the record, of the whole list."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser
from footprint.reading.column_numbers import are_codes
from footprint.reading.vocabulary import fold

#: Numbers of the rows of a data base (RFC 9562), or how they begin.
_GIVEN = late_pattern(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){0,3}(?:-?[0-9a-f]{12})?", re.I)


def said_of_all(chooser: Chooser) -> None:
    """`Organization ID` that is the same in every row, and numbers that a data base gave, name no
    part where `Number` does."""
    _ids_of_records(chooser)
    numbers = [at for at in chooser.with_meaning("unknown") if _is_number(chooser, at)]
    for means in ("id", "name") if numbers else ():
        for at in chooser.with_meaning(means):
            values = chooser.values(at)
            alike = len(values) > 2 and len(set(values)) == 1
            if (alike or all(map(_GIVEN.fullmatch, values))) and not chooser.by_user(at):
                chooser.means[at] = "other"
    if numbers and not chooser.with_meaning("id"):
        chooser.means[numbers[0]] = "id"


def _ids_of_records(chooser: Chooser) -> None:
    """`id` beside `product_id/id` numbers the lines of an export of Odoo, and no parts."""
    named = {fold(one.text) for one in chooser.headings.values()}
    for at in chooser.with_meaning("id") if "product id/id" in named else ():
        if fold(chooser.headings[at].text) == "id" and not chooser.by_user(at):
            chooser.means[at] = "other"


def ids_of_all(chooser: Chooser) -> None:
    """A code that all rows share is the id of no part where another column could be it."""
    for at in chooser.with_meaning("id") if not chooser.documented else ():
        values = chooser.values(at)
        alike = len(values) > 2 and len(set(values)) == 1 and chooser.fill(at) > 0.9
        others = [*chooser.with_meaning("id"), *chooser.with_meaning("material")]
        if alike and len(others) > 1 and not chooser.by_user(at):
            chooser.means[at] = "other"


def _is_number(chooser: Chooser, at: int) -> bool:
    if fold(chooser.headings[at].text) not in {"number", "nummer", "numero"}:
        return False
    values = chooser.values(at)  # the first may be the product, by its name
    return are_codes(values) or are_codes(values[1:])
