"""Data quality by the tables of PACT v3: primary data share and ratings, weighted by contribution.

Source: WBCSD, PACT Methodology V3, sections 4.2.2 and 4.2.3, as its How-to guide v3.0 (2026-02-02)
explains them. Which of our data gets which rating: docs/decisions/0004-data-quality-ratings.md. The
pedigree of an exchange (`footprint.uncertainty.pedigree`) is another scale for another purpose.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Sequence
from datetime import date

from footprint.engine.geography import geographical_rating
from footprint.engine.item import ScreeningFigure
from footprint.engine.items import Item
from footprint.inventory.compiled import Substance
from footprint.values.product import Product
from footprint.values.result import Quality
from footprint.values.supplier import SupplierPcf

#: What nothing is known of (How-to guide: unknown counts as the worst).
UNKNOWN = 5
#: Rating of a secondary dataset by how well it represents the technology of its name (the scale of
#: docs/inventory.md): 3, an average of the same technology, is the best such a dataset can get; a
#: stand-in of the family is a proxy; a literature estimate is one too.
_SECONDARY = {1: 3, 2: 3, 3: 4, 4: 4, 5: UNKNOWN}
#: Days between the ends of both periods, and the rating up to there: one to four years, each with
#: the leap days that it can have.
_BY_DAYS = ((366, 1), (731, 2), (1096, 3), (1461, 4))


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
            return float(UNKNOWN)
        found = math.fsum(map(operator.mul, weights, ratings)) / total
        # A mean lies between what it is a mean of; rounding put one at 5.000000000000001.
        return min(max(found, min(ratings)), max(ratings))

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
    if isinstance(item.origin, SupplierPcf):
        return item.origin.primary_data_share or 0.0
    measured = item.line.data_type == "primary" and isinstance(item.origin, Substance)
    return 100.0 if measured else 0.0


def _without_dataset(item: Item, at: int, estimated: int) -> float:
    """The rating of what no dataset stands for: a supplier's own, or that of a direct emission.

    An emission that was measured at the site is of this process, place and time. One that was not
    gets `estimated`. A supplier who states no ratings counts as unknown.
    """
    if isinstance(item.origin, ScreeningFigure):
        return UNKNOWN
    if isinstance(item.origin, SupplierPcf):
        return item.origin.ratings[at] if item.origin.ratings else UNKNOWN
    return 1 if item.line.data_type == "primary" else estimated


def technological(item: Item) -> float:
    """1 and 2 need primary data; 3 an average of the same technology; 4 a proxy; 5 unknown.

    A dataset that was found by words is not confirmed by the maker: one worse, our own rule; one
    that has only the material of a part two.
    """
    if item.entry is None:
        return _without_dataset(item, 0, estimated=3)
    rating = dataset_technology(item.entry.technological)
    return min(UNKNOWN, rating + _WORSE.get(item.matched_by, 0))


#: How much worse a rating is for how the dataset was found.
_WORSE = {"name": 1, "part": 1, "material": 2}


def dataset_technology(rating: int) -> int:
    """The technological rating that a secondary dataset of the inventory can get at best."""
    return _SECONDARY[rating]


def geographical(item: Item, country: str) -> float:
    """See `geographical_rating`. The line's location counts, else where the product is made; a
    part model is rated as the farthest of what it is made of."""
    if item.entry is None:
        return _without_dataset(item, 1, geographical_rating(country, item.line.location))
    places = item.entry.places or (item.entry.location,)
    return max(geographical_rating(place_of(item, country), at) for at in places)


def place_of(item: Item, country: str) -> str:
    """Where the line is made: its own location, or the country of the product."""
    return item.line.location or country


def temporal(item: Item, product: Product) -> float:
    """By the days between the ends of the dataset's period and of the product's (`_BY_DAYS`).

    Datasets state a year: it ends on 31 December.
    """
    if item.entry is None:
        return _without_dataset(item, 2, estimated=UNKNOWN)
    if product.period_end is None:
        return UNKNOWN
    days = abs((product.period_end - date(item.entry.year, 12, 31)).days)
    return next((rating for limit, rating in _BY_DAYS if days <= limit), UNKNOWN)
