"""What a result says of an organisation or an event beyond its total: scopes, activities, power."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from footprint import units
from footprint.engine.item import Item, Items
from footprint.values.groups import ACTIVITIES, SCOPES, scope_order
from footprint.values.power import power_source
from footprint.values.product import Product
from footprint.values.result import CleanPower, GroupShare, SubjectAccount


def subject_account(
    product: Product, found: Items, totals: Sequence[float]
) -> SubjectAccount | None:
    """The account of a subject other than a product; None for a product.

    totals : kg CO2e of each of `found.items`, excluding biogenic uptake
    """
    if product.subject == "product":
        return None
    return SubjectAccount(
        product.subject,
        product.subject_boundary,
        _groups(product, found.items, totals),
        _clean_power(product, found),
    )


def _groups(
    product: Product, items: Sequence[Item], totals: Sequence[float]
) -> tuple[GroupShare, ...]:
    """Every scope of an organisation, also one without lines: nothing was entered there. Of
    categories of scope 3, and of activities, those that have lines."""
    by_group: dict[str, list[float]] = {}
    for item, total in zip(items, totals, strict=True):
        by_group.setdefault(item.line.group, []).append(total)
    whole = math.fsum(totals)
    if product.subject == "event":
        order = [name for name in ACTIVITIES if name in by_group]
    else:
        # The whole of scope 3 holds its categories.
        for name in [name for name in by_group if name.startswith("scope-3.")]:
            by_group.setdefault("scope-3", []).extend(by_group[name])
        order = sorted({*SCOPES, *by_group}, key=scope_order)
    return tuple(
        GroupShare(name, kg, kg / whole if whole else 0.0)
        for name in order
        for kg in [math.fsum(by_group.get(name, ()))]
    )


def _clean_power(product: Product, found: Items) -> CleanPower:
    every = [*found.items, *found.other_basis]
    kwh = math.fsum(_kwh(item for item in every if item.basis != "market"))
    market = [item for item in every if item.basis == "market"]
    contract = math.fsum(_kwh(item for item in market if power_source(item.name) == "clean"))
    bought = math.fsum(one.kwh for one in product.energy_certificates)
    used = min(bought, max(0.0, kwh - contract))
    share = min(1.0, (contract + used) / kwh) if kwh > 0 else None
    return CleanPower(kwh, contract, used, bought - used, share)


def _kwh(items: Iterator[Item]) -> Iterator[float]:
    for item in items:
        if power_source(item.name) is not None and units.convertible(item.unit, "kWh"):
            yield units.convert(item.amount, item.unit, "kWh")
