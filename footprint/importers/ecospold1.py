"""EcoSpold 1, read tolerantly: one or many data sets per file, schema errors aside.

Format: EcoSpold data exchange format (Frischknecht and others, ecoinvent report 1, 2007). Groups of
outputs: 0 reference product, 1 avoided, 2 allocated by-product, 3 waste to treatment, 4 to nature;
of inputs: 1 materials, 2 energy, 3 services, 4 from nature, 5 from the technosphere. A product is
known by name, location, unit and whether it is infrastructure. Real exports break the schema (names
that are too long, "n.a." for a CAS number, missing years); nothing of that matters here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from footprint.faults import InputRefused, Where
from footprint.importers import faults, spreads
from footprint.importers.figures import figure, optional_figure, year_of
from footprint.importers.measures import FileUnits
from footprint.importers.member import ImportMember
from footprint.importers.members import Members
from footprint.importers.neutral import Elementary, Input, Key, Process, ProcessProduct, Spread
from footprint.importers.report import Log
from footprint.importers.xmlfile import each_element, element_text, unknown_children


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


_OUTPUTS = frozenset("01234")
_INPUTS = frozenset("12345")


def _process(member: ImportMember, dataset: Any, log: Log) -> Process:
    information = dataset.find("{*}metaInformation/{*}processInformation")
    reference = _find(information, "{*}referenceFunction")
    geography = _find(information, "{*}geography")
    kind = _find(information, "{*}dataSetInformation")
    name = reference.get("name", "") if reference is not None else ""
    location = geography.get("location", "") if geography is not None else ""
    native = dataset.get("number", "") or name
    infrastructure = reference.get("infrastructureProcess", "") if reference is not None else ""
    products: dict[str, ProcessProduct] = {}
    inputs: dict[str, Input] = {}
    elementary: dict[str, Elementary] = {}
    for position, exchange in enumerate(dataset.iterfind("{*}flowData/{*}exchange")):
        number = exchange.get("number", "") or f"#{position}"
        label = exchange.get("name", "")
        at = Where(member.name, column=f"{name[:80]}: {label[:80]}")
        group, outgoing = _group(exchange)
        if group not in (_OUTPUTS if outgoing else _INPUTS):
            what = f"the {'output' if outgoing else 'input'} group {group!r} is unknown"
            message = what if group else "the exchange has neither an input nor an output group"
            log.refuse(faults.NO_DIRECTION, at, message)
            continue
        amount = figure(exchange.get("meanValue"), log, at)
        spread = _spread(exchange, amount, log, at)
        if group == "4":
            elementary[f"{number}/{position}"] = _elementary(
                exchange, amount, spread, incoming=not outgoing
            )
        elif outgoing and group in {"0", "2"}:
            flag = exchange.get("infrastructureProcess") or infrastructure
            made = _product(exchange, f"{native}/{label}", amount, location, flag)
            made = replace(made, reference=group == "0")
            key, made = _beside_twin(products, made, f"{number}/{position}", number, log, at)
            products[key] = made
        else:
            sign = -1.0 if outgoing and group == "1" else 1.0
            given = _input(exchange, amount * sign, spread.scaled(sign))
            inputs[f"{number}/{position}"] = replace(given, waste=outgoing and group == "3")
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
        unread=unknown_children(
            dataset, "{*}flowData", {"exchange", "allocation"}, log, Where(member.name, None, name)
        ),
    )
    shares = _shares(dataset, products)
    return _with_shares(process, shares, inputs, elementary) if shares else process


def _beside_twin(
    products: dict[str, ProcessProduct],
    made: ProcessProduct,
    other: str,
    number: str,
    log: Log,
    where: Where,
) -> tuple[str, ProcessProduct]:
    """Where a product is kept, and as what. Public files write one product twice under one number:
    its amounts add up. Two products of one number are two."""
    twin = products.get(number)
    if twin is None:
        return number, made
    if (twin.keys, twin.unit) != (made.keys, made.unit):
        return other, made
    message = f"the product {made.name[:80]!r} stands twice in its process: the amounts are added"
    log.note(faults.NOT_UNDERSTOOD, where, message)
    total, reference = twin.amount + made.amount, twin.reference or made.reference
    return number, replace(twin, amount=total, reference=reference)


def _find(element: Any, path: str) -> Any:
    return element.find(path) if element is not None else None


def _group(exchange: Any) -> tuple[str, bool]:
    outgoing = element_text(exchange, "{*}outputGroup")
    return (outgoing, True) if outgoing else (element_text(exchange, "{*}inputGroup"), False)


def _product(
    exchange: Any, native: str, amount: float, location: str, infrastructure: str
) -> ProcessProduct:
    name, unit = exchange.get("name", ""), exchange.get("unit", "")
    place = exchange.get("location") or location
    keys: list[Key] = []
    for flag in (_flag(infrastructure),) if infrastructure else _FLAGS:
        keys += [(name, place, unit, flag), (name, place, flag), (name, flag)]
    keys += [(name, place, unit), (name, place), (name,)]
    return ProcessProduct(native, tuple(keys), name, amount, unit)


#: The words for infrastructure and for what is none; no unit or place is called like this.
_FLAGS = ("infrastructure=true", "infrastructure=false")


def _flag(text: str) -> str:
    return _FLAGS[0] if text.strip().casefold() in {"true", "1", "yes"} else _FLAGS[1]


def _input(exchange: Any, amount: float, spread: Spread) -> Input:
    name, unit = exchange.get("name", ""), exchange.get("unit", "")
    place, stated = exchange.get("location", ""), exchange.get("infrastructureProcess", "")
    flag = (_flag(stated),) if stated else ()
    keys: tuple[Key, ...] = ((name, *flag),)
    if place:
        keys = ((name, place, unit, *flag), (name, place, *flag))
    return Input(keys, name, amount, unit, spread=spread)


def _elementary(exchange: Any, amount: float, spread: Spread, *, incoming: bool) -> Elementary:
    return Elementary(
        flow="",
        name=exchange.get("name", ""),
        cas=exchange.get("CASNumber", ""),
        compartment=(exchange.get("category", ""), exchange.get("subCategory", "")),
        amount=amount,
        unit=exchange.get("unit", ""),
        incoming=incoming,
        spread=spread,
    )


def _spread(exchange: Any, amount: float, log: Log, where: Where) -> Spread:
    """Fields 3707 to 3709 and 3795 to 3797 of the format: `standardDeviation95` is the squared
    geometric standard deviation (type 1, the default) or twice the standard deviation (type 2), and
    `meanValue` of a triangle (type 3) its mean."""
    kind = exchange.get("uncertaintyType", "")
    deviation, low, high, mode = (
        optional_figure(exchange.get(key))
        for key in ("standardDeviation95", "minValue", "maxValue", "mostLikelyValue")
    )
    if kind == "1" or (kind == "" and deviation is not None and deviation > 1.0):
        if deviation in {0.0, 1.0}:  # real exports write either where nothing is known
            return spreads.undefined(amount, low, high)
        return spreads.lognormal(amount, deviation, log, where)
    if kind == "2":
        return spreads.normal_spread(amount, deviation and deviation / 2.0, log, where)
    if kind == "3" and mode is not None:
        return spreads.with_mode("triangular", amount, (low, high), mode, log, where)
    if kind == "3":
        return spreads.triangular_by_mean(amount, (low, high), log, where)
    if kind == "4":
        return spreads.uniform(amount, low, high, log, where)
    if kind not in {"", "0"}:
        return spreads.other(f"EcoSpold {kind}", log, where)
    if deviation not in {None, 0.0, 1.0}:
        return spreads.other("not stated", log, where)
    return spreads.undefined(amount, low, high)


def _year(information: Any) -> int | None:
    period = _find(information, "{*}timePeriod")
    names = ("endYear", "endYearMonth", "endDate", "startYear", "startYearMonth", "startDate")
    return year_of(*(element_text(period, f"{{*}}{name}")[:4] for name in names))


def _shares(dataset: Any, products: dict[str, ProcessProduct]) -> dict[str, dict[str, float]]:
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
