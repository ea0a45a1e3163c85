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
from functools import lru_cache

from footprint.engine.geography import geographical_rating
from footprint.engine.item import Item, ScreeningFigure
from footprint.engine.traits import UNKNOWN
from footprint.inventory.compiled import Entry
from footprint.values.product import Product
from footprint.values.result import Quality
from footprint.values.supplier import SupplierPcf

_TRAITS, _YEAR = operator.attrgetter("traits"), operator.attrgetter("origin.year")
_TECHNOLOGICAL = operator.attrgetter("technological")
_GEOGRAPHICAL = operator.attrgetter("geographical")
#: Days between the ends of both periods, and the rating up to there: one to four years, each with
#: the leap days that it can have.
_BY_DAYS = ((366, 1), (731, 2), (1096, 3), (1461, 4))


def quality_of(items: Sequence[Item], burdens: Sequence[float], product: Product) -> Quality:
    """Ratings of a result. `burdens` are kg CO2e per item; their absolute values are the weights.

    A result of zero has no weights: all its lines then count the same.
    """
    if not items:
        return Quality(0.0, float(UNKNOWN), float(UNKNOWN), float(UNKNOWN))
    weights = list(map(abs, burdens))
    total = math.fsum(weights)
    if total == 0.0:
        weights = [1.0] * len(items)
        total = math.fsum(weights)

    def mean(ratings: Sequence[float]) -> float:
        found = math.fsum(map(operator.mul, weights, ratings)) / total
        # A mean lies between what it is a mean of; rounding put one at 5.000000000000001.
        some = set(ratings)
        return min(max(found, min(some)), max(some))

    end = product.period_end
    traits = list(map(_TRAITS, items))
    if None not in traits:  # datasets alone: nothing of them is primary
        years = list(map(_YEAR, items))
        by_year = {year: temporal_rating(year, end) for year in set(years)}
        return Quality(
            0.0,
            mean(list(map(_TECHNOLOGICAL, traits))),
            mean(list(map(_GEOGRAPHICAL, traits))),
            mean([by_year[year] for year in years]),
        )
    rated = [_rated(item, product) for item in items]
    return Quality(*map(mean, zip(*rated, strict=True)))


def _rated(item: Item, product: Product) -> tuple[float, float, float, float]:
    """Primary share (percent) and the ratings of one item."""
    if not isinstance(item.origin, Entry) or item.traits is None:
        return _without_dataset(item, product.country)
    temporal = temporal_rating(item.origin.year, product.period_end)
    return 0.0, item.traits.technological, item.traits.geographical, temporal


def _without_dataset(item: Item, country: str) -> tuple[float, float, float, float]:
    """Primary share (percent) and ratings of what no dataset stands for.

    PACT v3 4.2.2: primary only where both the activity and its factor are measured. Of what this
    engine reads that is a measured emission, whose factor is physics; a supplier's footprint counts
    with his own share, or not at all if he states none, and with his own ratings, or as unknown. An
    emission that was measured at the site is of this process, place and time.
    """
    if isinstance(item.origin, SupplierPcf):
        ratings = item.origin.ratings or (UNKNOWN, UNKNOWN, UNKNOWN)
        return (item.origin.primary_data_share or 0.0, *ratings)
    if isinstance(item.origin, ScreeningFigure):
        return 0.0, UNKNOWN, UNKNOWN, UNKNOWN
    if item.line.data_type == "primary":
        return 100.0, 1, 1, 1
    return 0.0, 3, geographical_rating(country, item.line.location), UNKNOWN


@lru_cache(maxsize=4096)
def temporal_rating(year: int, period_end: date | None) -> float:
    """By the days between the ends of the dataset's period and of the product's (`_BY_DAYS`).

    Datasets state a year: it ends on 31 December.
    """
    if period_end is None:
        return UNKNOWN
    days = abs((period_end - date(year, 12, 31)).days)
    return next((rating for limit, rating in _BY_DAYS if days <= limit), UNKNOWN)
