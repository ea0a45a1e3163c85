"""Site data: what a plant used in a year, shared out to its products.

Order of PACT v3, 3.3.1.3, and ISO 14067: avoid sharing by subdivision (what is metered for one
product goes to it), then share the rest by a physical relation, then by revenue; the choice and its
reason are part of the result.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, localcontext

from footprint import units
from footprint.canonical import bytes_hash
from footprint.faults import Problem, Where
from footprint.locations import is_location
from footprint.sidecar import read_sidecar
from footprint.site import faults
from footprint.site.file import FlowEntry, OutputEntry, SiteFile, parse_site
from footprint.values.allocation import Allocation
from footprint.values.contract import parse_contract
from footprint.values.line import Line, Supply
from footprint.values.product import DeclaredUnit
from footprint.values.stages import stage_of


def read_site(
    data: bytes, file: str, declared_unit: DeclaredUnit
) -> tuple[list[Line], Allocation, list[Problem]]:
    """The lines that site data add to a bill of materials, per declared unit, and how they came.

    The lines have no row: the reader numbers them behind those of the table. Problems (BOM-028) are
    returned with the lines that could be made; a file that is no site data raises `InputRefused`.
    """
    where = Where(file)
    site = parse_site(read_sidecar(data, faults.BAD_SITE, where), where)
    keys = _keys(site, where)
    shares = _shares(keys)
    this = next((one for one in site.outputs if one.product == site.this_product), None)
    if this is None:
        message = f"this_product {site.this_product!r} is not among the outputs"
        raise faults.BAD_SITE.refuse(message, where)
    made = _declared_units(this, declared_unit, where)
    share = shares[this.product]
    lines = []
    problems: list[Problem] = []
    for number, flow in enumerate(site.flows, start=1):
        amount = _own_part(flow, site, share, problems, where) / made
        lines.append(_line(flow, amount, number, where, problems))
    allocation = Allocation(
        method=site.allocation.method,
        reason=site.allocation.reason,
        year=site.year,
        product=site.this_product,
        share=float(share),
        outputs=len(site.outputs),
        metered=tuple(flow.name for flow in site.flows if flow.only or flow.metered),
        price_ratio=_price_ratio(site.outputs),
        file=file,
        hash=bytes_hash(data),
    )
    return lines, allocation, problems


def _keys(site: SiteFile, where: Where) -> dict[str, Decimal]:
    """What the outputs are weighed by: kg, revenue or pieces, per year."""
    names = [output.product for output in site.outputs]
    if len(set(names)) < len(names):
        raise faults.BAD_SITE.refuse("two outputs have one name", where)
    keys = {}
    for output in site.outputs:
        match site.allocation.method:
            case "physical":
                key = _mass(output)
                lacks = "a mass (of one unit)"
            case "economic":
                key, lacks = output.revenue, "a revenue (of the year)"
            case _:
                key = output.amount if units.convertible(output.unit, "piece") else None
                lacks = "an amount in pieces"
        if key is None:
            hint = f"Give it, or choose another method than {site.allocation.method}."
            raise faults.BAD_SITE.refuse(f"output {output.product!r} lacks {lacks}", where, hint)
        keys[output.product] = key
    return keys


def _mass(output: OutputEntry) -> Decimal | None:
    """kg of the output in the year."""
    if units.is_mass(output.unit):
        return output.amount * _factor(output.unit, "kg")
    if output.mass is None:
        return None
    amount, unit = output.mass
    return output.amount * amount * _factor(unit, "kg") if units.is_mass(unit) else None


def _shares(keys: dict[str, Decimal]) -> dict[str, Decimal]:
    with localcontext(prec=40):
        whole = sum(keys.values())
        return {name: key / whole for name, key in keys.items()}


def _factor(unit: str, target: str) -> Decimal:
    return Decimal(repr(units.convert(1.0, unit, target)))


def _declared_units(output: OutputEntry, declared: DeclaredUnit, where: Where) -> Decimal:
    """How many declared units the site made in the year."""
    if units.convertible(output.unit, declared.unit):
        made = output.amount * _factor(output.unit, declared.unit)
    elif units.is_mass(declared.unit) and (mass := _mass(output)) is not None:
        made = mass * _factor("kg", declared.unit)
    else:
        message = f"output {output.product!r} is in {output.unit}, the result per {declared.unit}"
        raise faults.BAD_SITE.refuse(message, where, "Give the output in the declared unit.")
    return made / Decimal(repr(declared.amount))


def _own_part(
    flow: FlowEntry, site: SiteFile, share: Decimal, problems: list[Problem], where: Where
) -> Decimal:
    """What of a flow belongs to this product: what is metered for it, and its share of the rest."""
    names = {output.product for output in site.outputs}
    metered = {flow.only: Decimal(1)} if flow.only else flow.metered
    strangers = ", ".join(sorted(set(metered) - names))
    if strangers:
        problems.append(_problem(flow, f"no output is called {strangers}", where))
    rest = 1 - sum(metered.values(), Decimal(0))
    if rest < 0:
        problems.append(_problem(flow, "the metered shares are more than 100 %", where))
    with localcontext(prec=40):
        return flow.quantity * (metered.get(site.this_product, Decimal(0)) + rest * share)


def _line(
    flow: FlowEntry, amount: Decimal, number: int, where: Where, problems: list[Problem]
) -> Line:
    stage = stage_of(flow.stage)
    unit = flow.unit
    contract: tuple[Supply, ...] = ()
    if stage is None:
        problems.append(_problem(flow, f"{flow.stage!r} is not a stage", where))
    if flow.location and not is_location(flow.location):
        problems.append(_problem(flow, f"{flow.location!r} is not a location code", where))
    try:
        unit = units.normal_unit(flow.unit)
        contract = parse_contract(flow.contract)
    except ValueError as error:
        problems.append(_problem(flow, str(error), where))
    return Line(
        row=0,
        id=f"site-{number}",
        name=flow.name,
        quantity=float(amount),
        unit=unit,
        dataset=flow.dataset,
        location=flow.location,
        stage=stage or "production",
        data_type="primary",
        note=flow.note,
        contract=contract,
        file=where.file,
    )


def _problem(flow: FlowEntry, message: str, where: Where) -> Problem:
    return faults.BAD_SITE.at(Where(where.file, column=flow.name), message)


def _price_ratio(outputs: Sequence[OutputEntry]) -> float | None:
    prices = []
    for output in outputs:
        mass = _mass(output)
        if not mass or not output.revenue:
            return None
        prices.append(output.revenue / mass)
    return float(max(prices) / min(prices))
