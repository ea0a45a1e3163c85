"""EcoSpold 2, the layout of ecoinvent: one activity with its exchanges per file.

Format: ecoinvent Association, EcoSpold 2 data format documentation. Groups of outputs: 0 reference
product, 2 by-product, 3 material for treatment; of inputs: 4 from the environment, otherwise from
the technosphere. A treatment has a negative reference product, its users negative inputs. A
by-product that is classified as waste is no product: it goes to its treatment.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from footprint.faults import InputRefused, Where
from footprint.importers import faults, spreads
from footprint.importers.figures import figure, optional_figure, year_of
from footprint.importers.measures import FileUnits
from footprint.importers.member import ImportMember
from footprint.importers.members import Members
from footprint.importers.neutral import Elementary, Input, Process, ProcessProduct, Spread
from footprint.importers.report import Log
from footprint.importers.xmlfile import element_text, read_xml, text_in_language, unknown_children

_FLOW_DATA = {"intermediateExchange", "elementaryExchange", "parameter", "impactIndicator"}
_ACTIVITY = ("{*}activityDataset", "{*}childActivityDataset")


def read(members: Members, log: Log, units: FileUnits) -> Iterator[Process]:  # noqa: ARG001
    """The processes of all .spold and .xml files. A file that cannot be read is a problem."""
    for member in members.files:
        if member.suffix not in {".spold", ".xml"}:
            continue
        try:
            root = read_xml(member)
        except InputRefused as refused:
            log.take(refused)
            continue
        for path in _ACTIVITY:
            for dataset in root.iterfind(path):
                yield _process(member, dataset, log)


def _process(member: ImportMember, dataset: Any, log: Log) -> Process:
    description = dataset.find("{*}activityDescription")
    activity = description.find("{*}activity") if description is not None else None
    native = activity.get("id", "") if activity is not None else ""
    name = _name(activity, "{*}activityName")
    period = description.find("{*}timePeriod") if description is not None else None
    where = Where(member.name, column=name[:80])
    products: list[ProcessProduct] = []
    inputs: list[Input] = []
    elementary: list[Elementary] = []
    for exchange in dataset.iterfind("{*}flowData/{*}intermediateExchange"):
        _intermediate(exchange, native, products, inputs, log, where)
    for exchange in dataset.iterfind("{*}flowData/{*}elementaryExchange"):
        flow = _elementary(exchange, log, where)
        if flow is not None:
            elementary.append(flow)
    return Process(
        file=member.name,
        native=native,
        name=name,
        name_zh=text_in_language(activity, "{*}activityName", "zh") if activity is not None else "",
        location=element_text(description, "{*}geography/{*}shortname"),
        year=year_of(*(period.get(key) for key in ("endDate", "startDate")))
        if period is not None
        else None,
        aggregated=activity is not None and activity.get("type") == "2",
        products=tuple(products),
        inputs=tuple(inputs),
        elementary=tuple(elementary),
        unread=unknown_children(dataset, "{*}flowData", _FLOW_DATA, log, where),
    )


_OUTPUTS = frozenset("0234")
_INPUTS = frozenset("12345")


def _group(exchange: Any, log: Log, where: Where) -> tuple[str, bool] | None:
    """(group, whether it is an output); None and a problem (IMP-026) if there is none we know."""
    outgoing = exchange.find("{*}outputGroup") is not None
    group = element_text(exchange, "{*}outputGroup" if outgoing else "{*}inputGroup")
    if group in (_OUTPUTS if outgoing else _INPUTS):
        return group, outgoing
    message = f"the {'output' if outgoing else 'input'} group {group!r} is missing or unknown"
    log.refuse(faults.NO_DIRECTION, where, message)
    return None


def _intermediate(
    exchange: Any,
    activity: str,
    products: list[ProcessProduct],
    inputs: list[Input],
    log: Log,
    where: Where,
) -> None:
    flow = exchange.get("intermediateExchangeId", "")
    name = _name(exchange, "{*}name")
    at = Where(where.file, column=f"{where.column}: {name[:80]}")
    found = _group(exchange, log, at)
    amount = figure(exchange.get("amount"), log, at)
    unit = element_text(exchange, "{*}unitName")
    if found is None:
        return
    group, outgoing = found
    waste = outgoing and (group == "3" or (group == "2" and _is_waste(exchange)))
    if outgoing and not waste:
        products.append(
            ProcessProduct(
                native=f"{activity}/{flow}",
                keys=((activity, flow), (flow,)),
                name=name,
                name_zh=text_in_language(exchange, "{*}name", "zh"),
                amount=amount,
                unit=unit,
                mass_kg=_property(exchange, "wet mass"),
                price=_property(exchange, "price"),
                reference=group == "0",
            )
        )
        return
    link = exchange.get("activityLinkId")
    inputs.append(
        Input(
            keys=((link, flow),) if link else ((flow,),),
            name=name,
            amount=amount,
            unit=unit,
            spread=_spread(exchange, amount, log, at),
            waste=waste,
        )
    )


def _is_waste(exchange: Any) -> bool:
    """Whether a by-product is classified as waste: allocatable products and recyclables are not."""
    for found in exchange.iterfind("{*}classification"):
        system = element_text(found, "{*}classificationSystem").casefold()
        if system.startswith("by-product"):
            return element_text(found, "{*}classificationValue").casefold() == "waste"
    return False


def _elementary(exchange: Any, log: Log, where: Where) -> Elementary | None:
    name = _name(exchange, "{*}name")
    at = Where(where.file, column=f"{where.column}: {name[:80]}")
    found = _group(exchange, log, at)
    amount = figure(exchange.get("amount"), log, at)
    if found is None:
        return None
    return Elementary(
        flow=exchange.get("elementaryExchangeId", ""),
        name=name,
        cas=exchange.get("casNumber", ""),
        compartment=(
            element_text(exchange, "{*}compartment/{*}compartment"),
            element_text(exchange, "{*}compartment/{*}subcompartment"),
        ),
        amount=amount,
        unit=element_text(exchange, "{*}unitName"),
        incoming=not found[1],
        spread=_spread(exchange, amount, log, at),
    )


def _name(element: Any, path: str) -> str:
    if element is None:
        return ""
    return text_in_language(element, path, "en") or element_text(element, path)


def _property(exchange: Any, name: str) -> float | None:
    for found in exchange.iterfind("{*}property"):
        if element_text(found, "{*}name").casefold() == name:
            return optional_figure(found.get("amount"))
    return None


_KINDS = ("lognormal", "normal", "triangular", "uniform", "beta", "gamma", "binomial", "undefined")


def _spread(exchange: Any, amount: float, log: Log, where: Where) -> Spread:
    """The format's TUncertainty: `meanValue` of a lognormal is its median, variances are those with
    the pedigree; `beta` is a beta-PERT around `mostFrequentValue`."""
    uncertainty = exchange.find("{*}uncertainty")
    if uncertainty is None:
        return Spread()
    kind = next((name for name in _KINDS if uncertainty.find(f"{{*}}{name}") is not None), "")
    stated = uncertainty.find(f"{{*}}{kind}") if kind else uncertainty
    mean, low, high, mode, frequent = (
        optional_figure(stated.get(key))
        for key in ("meanValue", "minValue", "maxValue", "mostLikelyValue", "mostFrequentValue")
    )
    variance = optional_figure(stated.get("varianceWithPedigreeUncertainty"))
    if variance is None:
        variance = optional_figure(stated.get("variance"))
    deviation = None if variance is None or not 0.0 <= variance < 25.0 else math.sqrt(variance)
    if kind == "lognormal":
        gsd2 = None if deviation is None else math.exp(2.0 * deviation)
        median = None if mean is None else math.copysign(mean, amount)
        return spreads.lognormal(amount, gsd2, log, where, median)
    if kind == "normal":
        deviation = None if variance is None or variance < 0.0 else math.sqrt(variance)
        return spreads.normal_spread(amount, deviation, log, where, mean)
    if kind == "triangular":
        return spreads.with_mode(kind, amount, (low, high), mode, log, where)
    if kind == "beta":
        return spreads.with_mode("beta-pert", amount, (low, high), frequent, log, where)
    if kind == "uniform":
        return spreads.uniform(amount, low, high, log, where)
    if kind == "undefined":
        return spreads.undefined(amount, low, high)
    return spreads.other(kind or "unknown", log, where)
