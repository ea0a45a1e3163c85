"""Columns of `mrp.bom` of OpenERP that name the list above a row, by its name or its id."""

from __future__ import annotations

from footprint.reading.chooser import Chooser
from footprint.reading.vocabulary import fold

#: What the column of the list above is called, on the screen and in exports that can be imported.
_ABOVE = frozenset(
    ("parent bom", "bom id", "bom id/id", "bom id/.id", "bom id/name", "parent bom/id",
     "parent bom/external id", "parent bom/name")
)  # fmt: skip


def is_list_above(heading: str) -> bool:
    """Whether a heading is that of the list that a row belongs to."""
    return fold(heading) in _ABOVE


def lists_above(chooser: Chooser) -> None:
    """A column of lists above is one of parents where some rows name none, and all that are named
    are rows of the table."""
    for at, heading in chooser.headings.items():
        if not is_list_above(heading.text) or chooser.by_user(at):
            continue
        named = set(chooser.values(at))
        rows = {
            one for column in chooser.headings if column != at for one in chooser.values(column)
        }
        if named and named <= rows and chooser.fill(at) < 1.0:
            chooser.means[at] = "parent"
