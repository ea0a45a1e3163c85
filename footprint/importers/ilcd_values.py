"""Shares and uncertainty of an exchange of an ILCD package."""

from __future__ import annotations

from typing import Any

from footprint.faults import Where
from footprint.importers import spreads
from footprint.importers.figures import optional_figure
from footprint.importers.neutral import Spread
from footprint.importers.report import Log
from footprint.importers.xmlfile import element_text


def causal_shares(exchange: Any) -> dict[str, float] | None:
    """Which part of an exchange each co-product bears, by the number of the co-product."""
    shares = {}
    for found in exchange.iterfind("{*}allocations/{*}allocation"):
        percent = optional_figure(found.get("allocatedFraction"))
        if percent is not None:
            shares[found.get("internalReferenceToCoProduct", "")] = percent / 100.0
    return shares or None


def ilcd_spread(exchange: Any, amount: float, log: Log, where: Where) -> Spread:
    """`relativeStandardDeviation95In` is the squared geometric standard deviation (log-normal) or
    twice the standard deviation (normal); the amount of a triangle is its mean."""
    kind = element_text(exchange, "{*}uncertaintyDistributionType").casefold()
    deviation, low, high = (
        optional_figure(element_text(exchange, f"{{*}}{name}"))
        for name in ("relativeStandardDeviation95In", "minimumAmount", "maximumAmount")
    )
    if kind in {"log-normal", "lognormal"}:
        return spreads.lognormal(amount, deviation, log, where)
    if kind == "normal":
        return spreads.normal_spread(amount, deviation and deviation / 2.0, log, where)
    if kind == "triangular":
        return spreads.triangular_by_mean(amount, (low, high), log, where)
    if kind == "uniform":
        return spreads.uniform(amount, low, high, log, where)
    if kind in {"", "undefined"}:
        return spreads.undefined(amount, low, high)
    return spreads.other(kind, log, where)
