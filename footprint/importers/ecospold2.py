"""EcoSpold 2, the layout of ecoinvent: one activity with its exchanges per file.

Format: ecoinvent Association, EcoSpold 2 data format documentation. Groups of outputs: 0 reference
product, 2 by-product, 3 material for treatment; of inputs: 4 from the environment, otherwise from
the technosphere. A treatment has a negative reference product, its users negative inputs.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from footprint.faults import InputRefused, Where
from footprint.importers.figures import figure, optional_figure, year_of
from footprint.importers.measures import FileUnits
from footprint.importers.members import Member, Members
from footprint.importers.neutral import Elementary, Input, Process, Product, Spread
from footprint.importers.report import Log
from footprint.importers.xmlfile import in_language, read_xml, text_of

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


def _process(member: Member, dataset: Any, log: Log) -> Process:
    description = dataset.find("{*}activityDescription")
    activity = description.find("{*}activity") if description is not None else None
    native = activity.get("id", "") if activity is not None else ""
    name = _name(activity, "{*}activityName")
    period = description.find("{*}timePeriod") if description is not None else None
    where = Where(member.name, column=name[:80])
    products: list[Product] = []
    inputs: list[Input] = []
    elementary: list[Elementary] = []
    for exchange in dataset.iterfind("{*}flowData/{*}intermediateExchange"):
        _intermediate(exchange, native, products, inputs, log, where)
    for exchange in dataset.iterfind("{*}flowData/{*}elementaryExchange"):
        elementary.append(_elementary(exchange, log, where))
    return Process(
        file=member.name,
        native=native,
        name=name,
        name_zh=in_language(activity, "{*}activityName", "zh") if activity is not None else "",
        location=text_of(description, "{*}geography/{*}shortname"),
        year=year_of(*(period.get(key) for key in ("endDate", "startDate")))
        if period is not None
        else None,
        aggregated=activity is not None and activity.get("type") == "2",
        products=tuple(products),
        inputs=tuple(inputs),
        elementary=tuple(elementary),
    )


def _intermediate(
    exchange: Any,
    activity: str,
    products: list[Product],
    inputs: list[Input],
    log: Log,
    where: Where,
) -> None:
    flow = exchange.get("intermediateExchangeId", "")
    name = _name(exchange, "{*}name")
    amount = figure(exchange.get("amount"), log, Where(where.file, column=name[:80]))
    unit = text_of(exchange, "{*}unitName")
    group = text_of(exchange, "{*}outputGroup")
    if group in {"0", "2"}:
        products.append(
            Product(
                native=f"{activity}/{flow}",
                keys=((activity, flow), (flow,)),
                name=name,
                name_zh=in_language(exchange, "{*}name", "zh"),
                amount=amount,
                unit=unit,
                mass_kg=_property(exchange, "wet mass"),
                price=_property(exchange, "price"),
            )
        )
        return
    link = exchange.get("activityLinkId")
    inputs.append(
        Input(
            keys=((link, flow),) if link else ((flow,),),
            name=name,
            # Material for treatment is an output: the same as a negative input.
            amount=-amount if group == "3" else amount,
            unit=unit,
            spread=_spread(exchange),
        )
    )


def _elementary(exchange: Any, log: Log, where: Where) -> Elementary:
    name = _name(exchange, "{*}name")
    return Elementary(
        flow=exchange.get("elementaryExchangeId", ""),
        name=name,
        cas=exchange.get("casNumber", ""),
        compartment=(
            text_of(exchange, "{*}compartment/{*}compartment"),
            text_of(exchange, "{*}compartment/{*}subcompartment"),
        ),
        amount=figure(exchange.get("amount"), log, Where(where.file, column=name[:80])),
        unit=text_of(exchange, "{*}unitName"),
        incoming=exchange.find("{*}inputGroup") is not None,
        spread=_spread(exchange),
    )


def _name(element: Any, path: str) -> str:
    if element is None:
        return ""
    return in_language(element, path, "en") or text_of(element, path)


def _property(exchange: Any, name: str) -> float | None:
    for found in exchange.iterfind("{*}property"):
        if text_of(found, "{*}name").casefold() == name:
            return optional_figure(found.get("amount"))
    return None


def _spread(exchange: Any) -> Spread:
    """Lognormal: the squared geometric standard deviation is exp(2 sigma)."""
    lognormal = exchange.find("{*}uncertainty/{*}lognormal")
    if lognormal is not None:
        variance = optional_figure(lognormal.get("varianceWithPedigreeUncertainty"))
        if variance is not None and 0.0 < variance < 25.0:
            return Spread(gsd2=math.exp(2.0 * math.sqrt(variance)))
    for kind in ("triangular", "uniform"):
        bounds = exchange.find(f"{{*}}uncertainty/{{*}}{kind}")
        if bounds is not None:
            low, high = (optional_figure(bounds.get(key)) for key in ("minValue", "maxValue"))
            return Spread(minimum=low, maximum=high)
    return Spread()
