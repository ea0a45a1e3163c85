"""Electricity of the reference period: what a line that was matched by its name stands for.

An id in a bill of materials keeps its year: whoever wrote it chose it. Words choose a product and a
place; the year is then that of the product's reference period, or the nearest one there is.
"""

from __future__ import annotations

from footprint.engine.resolve import Match
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.years import base_of, years_of
from footprint.values.product import Product


def reference_year(product: Product) -> int | None:
    """The calendar year in which the middle of the reference period lies; None without a period."""
    if product.period_end is None:
        return None
    if product.period_start is None:
        return product.period_end.year
    return (product.period_start + (product.period_end - product.period_start) / 2).year


def in_period(match: Match, product: Product, inventory: CompiledInventory) -> Match:
    """The match with the dataset of the reference period's year, where there is one for each year.

    The nearest year stands in for one that is missing, the earlier of two; `Match.reason` says
    which year it is, and `engine.warnings` that it is another one.
    """
    year = reference_year(product)
    if year is None or match.matched_by != "name" or base_of(match.entry, inventory.datasets):
        return match  # a name that says its year has chosen it
    known = years_of(match.entry, inventory.datasets)
    if len(known) == 1:
        return match
    nearest = min(known, key=lambda one: (abs(one - year), one))
    reason = f"{match.reason}; of {nearest}, for the reference period {year}"
    return match._replace(entry=known[nearest], reason=reason)
