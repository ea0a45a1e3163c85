"""Values of an openLCA process: parameters, uncertainty, allocation, kinds of flows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from footprint.faults import Where
from footprint.importers import spreads
from footprint.importers.figures import optional_figure
from footprint.importers.flows import recognised_flow
from footprint.importers.gas_names import may_be_gas
from footprint.importers.jsonfile import inner, word_under
from footprint.importers.neutral import Elementary, Spread
from footprint.importers.report import Log

#: Fields of a process in either schema that are read, or that hold no exchange.
KNOWN = frozenset(
    (
        *("@context", "@type", "@id", "name", "description", "version", "lastChange", "category"),
        *("processType", "infrastructureProcess", "isInfrastructureProcess", "location", "tags"),
        *("processDocumentation", "exchanges", "parameters", "allocationFactors", "library"),
        *("defaultAllocationMethod", "dqSystem", "dqEntry", "exchangeDqSystem", "currency"),
        *("socialDqSystem", "socialAspects", "lastInternalId", "categoryPath", "otherProperties"),
        *("quantitativeReference", "externalResource", "defaultFlowProperty"),
    )
)


def holds(value: Any) -> bool:
    """Whether an unknown field may hold exchanges: objects, or a list of them."""
    return isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(item, dict) for item in value)
    )


def stored_parameters(items: list[dict[str, Any]]) -> Iterator[tuple[str, Any, str]]:
    """(name, stored value, formula) of parameters; that of an input parameter is its value."""
    for item in items:
        is_input = flag(item, "isInputParameter", "inputParameter")
        yield (
            word_under(item, "name"),
            item.get("value"),
            "" if is_input else word_under(item, "formula"),
        )


def flag(exchange: dict[str, Any], *names: str) -> bool:
    return any(exchange.get(name) is True for name in names)


def internal_id(exchange: dict[str, Any]) -> str:
    return str(exchange.get("internalId") or exchange.get("@id") or "")


def stated_spread(exchange: dict[str, Any], amount: float, log: Log, where: Where) -> Spread:
    """olca-schema, Uncertainty: geometric mean and geometric standard deviation; mean and standard
    deviation; minimum, mode and maximum."""
    given = inner(exchange, "uncertainty")
    if not given:
        return Spread()
    kind = word_under(given, "distributionType").removesuffix("_DISTRIBUTION")
    names = ("geomMean", "geomSd", "mean", "sd", "minimum", "mode", "maximum")
    stated = {name: optional_figure(given.get(name)) for name in names}
    if kind in {"LOG_NORMAL", ""} and stated["geomSd"] is not None:
        deviation, median = stated["geomSd"], stated["geomMean"]
        if deviation in {0.0, 1.0}:  # real packages write either where nothing is known
            return Spread()
        median = None if median is None else math.copysign(median, amount)
        return spreads.lognormal(amount, deviation**2, log, where, median)
    if kind == "NORMAL":
        return spreads.normal_spread(amount, stated["sd"], log, where, stated["mean"])
    bounds = stated["minimum"], stated["maximum"]
    if kind == "TRIANGLE":
        return spreads.with_mode("triangular", amount, bounds, stated["mode"], log, where)
    if kind == "UNIFORM":
        return spreads.uniform(amount, *bounds, log, where)
    if kind in {"", "NONE"}:
        return spreads.undefined(amount, *bounds)
    return spreads.other(kind, log, where)


def allocation_of(
    value: dict[str, Any], native: str
) -> tuple[dict[str, float], dict[str, dict[str, float]]]:
    """Shares by flow of the product, and by exchange for causal allocation.

    Taken are the factors of the process's default method, or of the only method that has factors.
    """
    given = value.get("allocationFactors")
    factors = [f for f in given if isinstance(f, dict)] if isinstance(given, list) else []
    methods = {word_under(factor, "allocationType") for factor in factors}
    method = word_under(value, "defaultAllocationMethod")
    if method not in methods:
        method = next(iter(methods)) if len(methods) == 1 else ""
    shares: dict[str, float] = {}
    causal: dict[str, dict[str, float]] = {}
    for factor in factors:
        amount = optional_figure(factor.get("value"))
        product = word_under(inner(factor, "product"), "@id")
        if word_under(factor, "allocationType") != method or amount is None or not product:
            continue
        exchange = inner(factor, "exchange")
        if exchange:
            causal.setdefault(internal_id(exchange), {})[f"{native}/{product}"] = amount
        else:
            shares[product] = amount
    return shares, causal


def kind_of_flow(exchange: dict[str, Any], reference: dict[str, Any], flow: dict[str, Any]) -> str:
    """The type of a flow. Packages that leave the flow out may also leave out its type: then
    what it is used as decides, and its name if that is the name of a gas."""
    given = word_under(flow, "flowType") or word_under(reference, "flowType")
    if given:
        return given
    category = word_under(reference, "category").casefold()
    if category.startswith("elementary flows"):
        return "ELEMENTARY_FLOW"
    if category.startswith("technosphere flows") or "defaultProvider" in exchange:
        return "PRODUCT_FLOW"
    if flag(exchange, "isQuantitativeReference", "quantitativeReference"):
        return "PRODUCT_FLOW"
    name, incoming = word_under(reference, "name"), flag(exchange, "isInput", "input")
    known = recognised_flow(Elementary("", name, (), 1.0, "")).verdict in {"counted", "assumed"}
    if known or may_be_gas(name, "", incoming=incoming):
        return "ELEMENTARY_FLOW"
    return "PRODUCT_FLOW" if incoming else "WASTE_FLOW"
