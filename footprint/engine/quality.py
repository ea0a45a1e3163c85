"""Data quality: primary data share and ratings, weighted by contribution (PACT v3, 4.2).

The rating tables of the PACT methodology are not public in machine-readable form; the scales here
are our own, stated in docs/decisions/0004-data-quality-ratings.md, from 1 (best) to 5.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from functools import lru_cache

from footprint.bom.model import Product
from footprint.engine.items import Item
from footprint.engine.result import Quality
from footprint.inventory.locations import REGIONS, is_within


def quality_of(items: Sequence[Item], burdens: Sequence[float], product: Product) -> Quality:
    """Ratings of a result. `burdens` are kg CO2e per item; their absolute values are the weights.

    A result of zero has no weights: all its lines then count the same.
    """
    weights = [abs(burden) for burden in burdens]
    if math.fsum(weights) == 0.0:
        weights = [1.0] * len(items)
    total = math.fsum(weights)

    def mean(ratings: Sequence[float]) -> float:
        if not items:
            return 5.0
        return math.fsum(map(operator.mul, weights, ratings)) / total

    return Quality(
        primary_data_share=mean([_primary_share(item) for item in items]) if items else 0.0,
        technological=mean([technological(item) for item in items]),
        geographical=mean([geographical(item, product.country) for item in items]),
        temporal=mean([temporal(item, product) for item in items]),
    )


def _primary_share(item: Item) -> float:
    """Percent, PACT v3 4.2.2: primary only where both the activity and its factor are measured.

    Of what this engine reads that is a measured emission, whose factor is physics; a supplier's
    footprint counts with his own share, or not at all if he states none.
    """
    if item.supplier is not None:
        return item.supplier.primary_data_share or 0.0
    return 100.0 if item.line.data_type == "primary" and item.substance is not None else 0.0


def _supplied(item: Item, at: int) -> float | None:
    """The supplier's own rating; the worst if he states none. None for a dataset."""
    if item.supplier is None:
        return None
    return item.supplier.ratings[at] if item.supplier.ratings else 5.0


def technological(item: Item) -> float:
    """The dataset's own rating; one found by words counts one worse, and one that has only the
    material of a part two."""
    if item.entry is None:
        return 5 if item.screening is not None else _supplied(item, 0) or 1
    return min(5, item.entry.technological + _WORSE.get(item.matched_by, 0))


#: How much worse a rating is for how the dataset was found.
_WORSE = {"name": 1, "part": 1, "material": 2}


def geographical(item: Item, country: str) -> float:
    """How far the dataset is from where the line is made (`distance_rating`).

    The line's location counts; without one, the country where the product is made. A part model
    is rated as the farthest of what it is made of.
    """
    if item.entry is None:
        return 5 if item.screening is not None else _supplied(item, 1) or 1
    place = item.line.location or country
    return max(distance_rating(place, at) for at in item.entry.places or (item.entry.location,))


@lru_cache(maxsize=4096)
def distance_rating(place: str, location: str) -> int:
    """1 the place itself or its country, 3 a region or the world, 4 another country, 5 unknown."""
    if place and (is_within(place, location) or is_within(location, place)):
        return 1
    if location in REGIONS:
        return 3
    return 4 if place else 5


def temporal(item: Item, product: Product) -> float:
    """1 within 2 years of the reference period's end, 2 in 4, 3 in 7, 4 in 10, otherwise 5."""
    if item.entry is None:
        return 5 if item.screening is not None else _supplied(item, 2) or 1
    if product.period_end is None:
        return 5
    years = abs(product.period_end.year - item.entry.year)
    return _BY_YEARS[years] if years < len(_BY_YEARS) else 5


#: Rating by the years between the dataset and the end of the reference period.
_BY_YEARS = (1, 1, 1, 2, 2, 3, 3, 3, 4, 4, 4)
