"""What holds of a dataset wherever it stands for a line: its ratings, its remarks, its sources.

None of it depends on amounts, so it is found once for a dataset, a place and a way of matching, and
kept with the inventory (`footprint.engine.known`).
"""

from __future__ import annotations

from typing import NamedTuple

from footprint.engine import faults
from footprint.engine.geography import geographical_rating, stands_in
from footprint.engine.resolve import UNCONFIRMED
from footprint.inventory.compiled import Entry
from footprint.values.result import MatchedBy

#: What nothing is known of (How-to guide: unknown counts as the worst).
UNKNOWN = 5
#: Rating of a secondary dataset by how well it represents the technology of its name (the scale of
#: docs/inventory.md): 3, an average of the same technology, is the best such a dataset can get; a
#: stand-in of the family is a proxy; a literature estimate is one too.
_SECONDARY = {1: 3, 2: 3, 3: 4, 4: 4, 5: UNKNOWN}
#: How much worse a rating is for how the dataset was found.
_WORSE = {"name": 1, "part": 1, "material": 2}


class PlacelessWarning(NamedTuple):
    """A warning without its place: code, message and hint."""

    code: str
    message: str
    hint: str = ""


class Traits(NamedTuple):
    """Ratings of PACT v3 (1 best, 5 worst), the remarks on a dataset, and the ids of its sources.

    The temporal rating is missing: it depends on the product's period.
    """

    technological: int
    geographical: int
    remarks: tuple[PlacelessWarning, ...]
    sources: tuple[str, ...]


def dataset_technology(rating: int) -> int:
    """The technological rating that a secondary dataset of the inventory can get at best."""
    return _SECONDARY[rating]


def traits_of(entry: Entry, matched_by: MatchedBy, place: str) -> Traits:
    """The traits of a dataset that stands for a line made at `place` (ISO code, "" = unknown).

    Technology: a dataset that was found by words is not confirmed by the maker, one worse (our own
    rule); one that has only the material of a part two. Geography: a part model is rated as the
    farthest of what it is made of.
    """
    technological = dataset_technology(entry.technological) + _WORSE.get(matched_by, 0)
    places = entry.places or (entry.location,)
    return Traits(
        min(UNKNOWN, technological),
        max(geographical_rating(place, at) for at in places),
        () if matched_by == "transport-mode" else tuple(_remarks(entry, matched_by, place, places)),
        (entry.source, *entry.uses),
    )


def _remarks(
    entry: Entry, matched_by: MatchedBy, place: str, places: tuple[str, ...]
) -> list[PlacelessWarning]:
    found = []
    if matched_by not in UNCONFIRMED and any(stands_in(place, at) for at in places):
        message = f"{entry.id} ({', '.join(places)}) stands in for {place}"
        found.append(PlacelessWarning(faults.OTHER_COUNTRY.code, message))
    if entry.cut:
        message = (
            f"{entry.id} lacks inputs that were cut off at its import: a lower value "
            f"({entry.completeness:.1%} of what stands behind it is there)"
        )
        hint = f"Which ones: footprint data show {entry.id}"
        found.append(PlacelessWarning(faults.CUT_OFF_DATASET.code, message, hint))
    if entry.lacks_en:
        message = f"{entry.id} is at least: it lacks {', '.join(entry.lacks_en)}"
        fault = faults.SCREENING_PART if entry.screening else faults.LOWER_BOUND
        hint = f"Its recipe: footprint data show {entry.id}"
        found.append(PlacelessWarning(fault.code, message, hint))
    return found
