"""EcoSpold 1, read tolerantly: one or many data sets per file, schema errors aside.

Format: EcoSpold data exchange format (Frischknecht and others, ecoinvent report 1, 2007). Groups of
outputs: 0 reference product, 1 avoided, 2 allocated by-product, 3 waste to treatment, 4 to nature;
of inputs: 4 from nature, otherwise from the technosphere. Real exports break the schema (names that
are too long, "n.a." for a CAS number, missing years); nothing of that matters here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from footprint.faults import InputRefused, Where
from footprint.importers.figures import figure, optional_figure, year_of
from footprint.importers.measures import FileUnits
from footprint.importers.members import Member, Members
from footprint.importers.neutral import Elementary, Input, Key, Process, Product, Spread
from footprint.importers.report import Log
from footprint.importers.xmlfile import each_element, text_of


def read(members: Members, log: Log, units: FileUnits) -> Iterator[Process]:  # noqa: ARG001
    """The processes of all .xml and .spold files. A file that cannot be read is a problem."""
    for member in members.files:
        if member.suffix not in {".xml", ".spold"}:
            continue
        try:
            for dataset in each_element(member, "dataset"):
                yield _process(member, dataset, log)
        except InputRefused as refused:
            log.take(refused)


def _process(member: Member, dataset: Any, log: Log) -> Process:
    information = dataset.find("{*}metaInformation/{*}processInformation")
    reference = _find(information, "{*}referenceFunction")
    geography = _find(information, "{*}geography")
    kind = _find(information, "{*}dataSetInformation")
    name = reference.get("name", "") if reference is not None else ""
    location = geography.get("location", "") if geography is not None else ""
    native = dataset.get("number", "") or name
    where = Where(member.name, column=name[:80])
    products: dict[str, Product] = {}
    inputs: dict[str, Input] = {}
    elementary: dict[str, Elementary] = {}
    for position, exchange in enumerate(dataset.iterfind("{*}flowData/{*}exchange")):
        number = exchange.get("number", "") or f"#{position}"
        group, outgoing = _group(exchange)
        label = exchange.get("name", "")
        at = Where(where.file, column=f"{name[:80]}: {label[:80]}")
        amount = figure(exchange.get("meanValue"), log, at)
        if group == "4":
            elementary[f"{number}/{position}"] = _elementary(
                exchange, amount, incoming=not outgoing
            )
        elif outgoing and group in {"0", "2"}:
            products[number] = _product(exchange, f"{native}/{label}", amount, location)
        else:
            avoided = outgoing and group == "1"
            inputs[f"{number}/{position}"] = _input(exchange, -amount if avoided else amount)
    process = Process(
        file=member.name,
        native=native,
        name=name,
        location=location,
        year=_year(information),
        aggregated=kind is not None and kind.get("type") == "2",
        products=tuple(products.values()),
        inputs=tuple(inputs.values()),
        elementary=tuple(elementary.values()),
    )
    shares = _shares(dataset, products)
    return _with_shares(process, shares, inputs, elementary) if shares else process


def _find(element: Any, path: str) -> Any:
    return element.find(path) if element is not None else None


def _group(exchange: Any) -> tuple[str, bool]:
    outgoing = text_of(exchange, "{*}outputGroup")
    return (outgoing, True) if outgoing else (text_of(exchange, "{*}inputGroup"), False)


def _product(exchange: Any, native: str, amount: float, location: str) -> Product:
    name, unit = exchange.get("name", ""), exchange.get("unit", "")
    place = exchange.get("location") or location
    keys: tuple[Key, ...] = ((name, place, unit), (name, place), (name,))
    return Product(native, keys, name, amount, unit)


def _input(exchange: Any, amount: float) -> Input:
    name, unit = exchange.get("name", ""), exchange.get("unit", "")
    place = exchange.get("location", "")
    keys: tuple[Key, ...] = ((name, place, unit), (name, place)) if place else ((name,),)
    return Input(keys, name, amount, unit, spread=_spread(exchange))


def _elementary(exchange: Any, amount: float, *, incoming: bool) -> Elementary:
    return Elementary(
        flow="",
        name=exchange.get("name", ""),
        cas=exchange.get("CASNumber", ""),
        compartment=(exchange.get("category", ""), exchange.get("subCategory", "")),
        amount=amount,
        unit=exchange.get("unit", ""),
        incoming=incoming,
        spread=_spread(exchange),
    )


def _spread(exchange: Any) -> Spread:
    """Type 1 is lognormal, with the squared geometric standard deviation; 3 and 4 have bounds."""
    kind = exchange.get("uncertaintyType", "")
    if kind == "1":
        deviation = optional_figure(exchange.get("standardDeviation95"))
        return Spread(gsd2=deviation if deviation and deviation > 1.0 else None)
    if kind in {"3", "4"}:
        low, high = (optional_figure(exchange.get(key)) for key in ("minValue", "maxValue"))
        return Spread(minimum=low, maximum=high)
    return Spread()


def _year(information: Any) -> int | None:
    period = _find(information, "{*}timePeriod")
    names = ("endYear", "endYearMonth", "endDate", "startYear", "startYearMonth", "startDate")
    return year_of(*(text_of(period, f"{{*}}{name}")[:4] for name in names))


def _shares(dataset: Any, products: dict[str, Product]) -> dict[str, dict[str, float]]:
    """Shares by number of exchange and by product, from the `allocation` elements (in percent)."""
    shares: dict[str, dict[str, float]] = {}
    for allocation in dataset.iterfind("{*}flowData/{*}allocation"):
        product = products.get(allocation.get("referenceToCoProduct", ""))
        fraction = optional_figure(allocation.get("fraction"))
        if product is None or fraction is None:
            continue
        for reference in allocation.iterfind("{*}referenceToInputOutput"):
            for number in (reference.text or "").split():
                shares.setdefault(number, {})[product.native] = fraction / 100.0
    return shares


def _with_shares(
    process: Process,
    shares: dict[str, dict[str, float]],
    inputs: dict[str, Input],
    elementary: dict[str, Elementary],
) -> Process:
    def own(key: str) -> dict[str, float] | None:
        return shares.get(key.rpartition("/")[0])

    return replace(
        process,
        inputs=tuple(replace(given, shares=own(key)) for key, given in inputs.items()),
        elementary=tuple(replace(flow, shares=own(key)) for key, flow in elementary.items()),
    )
