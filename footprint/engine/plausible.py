"""What is formally right and probably wrong: units mixed up, lines doubled, masses that cannot be.

`footprint check` prints these findings beside the warnings of the calculation. They are judgements:
each limit is our own, stated here and in docs/bom.md, and none changes the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from footprint import units
from footprint.bom.tree import amounts, uses_of
from footprint.engine import faults
from footprint.engine.items import Item, Items, resolve_items
from footprint.engine.resolve import mass_per_unit
from footprint.faults import Problem, Where
from footprint.inventory.compiled import CompiledInventory
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.result import Footprint

#: The parts may weigh so many times the product, or the other way round, before it is reported.
MASS_TIMES = 3.0
#: kWh per kg of product in one line. Moulding takes about 1, machining and weaving about 10.
KWH_PER_KG = 100.0
#: Half of the Earth's circumference; longer sea routes exist, and are worth a second look.
LEG_KM = 20_000.0
DOMINANT_SHARE = 0.9
#: A mass of one unit may differ from the dataset's by this factor.
UNIT_MASS_TIMES = 100.0
#: Revenue per kg, highest over lowest, above which sharing by mass is worth a second look.
PRICE_TIMES = 5.0


def findings(bom: Bom, inventory: CompiledInventory, footprint: Footprint) -> tuple[Problem, ...]:
    """What is implausible in a bill of materials and its footprint (LNT codes)."""
    found = resolve_items(bom, inventory)
    return (
        *_masses(bom, found),
        *_energy(bom, found),
        *_legs(bom),
        *_dominant(bom, footprint),
        *_duplicates(bom),
        *_unit_masses(bom, found),
        *_site(bom, found),
    )


def _masses(bom: Bom, found: Items) -> Iterator[Problem]:
    product, where = bom.product.mass_kg, Where(bom.file)
    if not product:
        return
    parts = found.material_net_kg
    if parts and not found.mass_unknown and not 1 / MASS_TIMES <= parts / product <= MASS_TIMES:
        message = f"the parts weigh {parts:.4g} kg, the product {product:.4g} kg"
        hint = f"A factor of {max(parts / product, product / parts):.3g}: g or kg, 1 or 1000?"
        yield faults.MASS_FACTOR.at(where, message, hint)
    if found.packaging_net_kg > product:
        message = f"{found.packaging_net_kg:.4g} kg of packaging around {product:.4g} kg"
        hint = "Divide a shipping carton by the pieces in it."
        yield faults.PACKAGING.at(where, message, hint)
    entries = {item.line.row: item.entry for item in found.items}
    containers = uses_of(bom.lines)
    net = amounts(bom.lines, with_losses=False)
    for line, amount in zip(found.bom_lines, net, strict=True):
        mass = mass_per_unit(line, entries.get(line.row))
        if line.stage != "material" or line.id in containers or mass is None:
            continue
        if amount * mass > product * MASS_TIMES:
            message = f"{line.name!r} weighs {amount * mass:.4g} kg, the product {product:.4g} kg"
            hint = f"{amount * mass / product:.3g} times: check quantity, unit and unit_mass."
            yield faults.HEAVY_LINE.at(bom.where(line, "quantity"), message, hint)


def _energy(bom: Bom, found: Items) -> Iterator[Problem]:
    mass = bom.product.mass_kg or found.material_net_kg
    if not mass:
        return
    for item in found.items:
        energy = _kwh(item)
        if energy is not None and energy / mass > KWH_PER_KG:
            message = f"{item.line.name!r}: {energy / mass:,.0f} kWh per kg of product"
            hint = f"More than {KWH_PER_KG:g} is rare: kWh typed as MWh, or a month as a piece?"
            yield faults.ENERGY.at(bom.where(item.line, "quantity"), message, hint)


def _kwh(item: Item) -> float | None:
    """Energy of an item of the maker's own production, or None."""
    if item.stage != "production" or not units.convertible(item.line.unit, "kWh"):
        return None
    if not units.convertible(item.unit, "kWh"):
        return None
    return item.amount * units.factor(item.unit, "kWh")


def _legs(bom: Bom) -> Iterator[Problem]:
    for line in bom.lines:
        for leg in line.transport:
            if leg.distance_km > LEG_KM:
                message = f"{leg.mode} {leg.distance_km:,.0f} km"
                hint = "Kilometres, not metres; one leg, not a year's sum."
                yield faults.DISTANCE.at(bom.where(line, "transport"), message, hint)


def _dominant(bom: Bom, footprint: Footprint) -> Iterator[Problem]:
    lines = {line.row: line for line in bom.lines}
    for item in footprint.contributions if len(footprint.contributions) > 1 else ():
        if item.share > DOMINANT_SHARE:
            message = f"{item.name!r} is {item.share:.1%} of the footprint"
            hint = "For information: nearly everything rests on this figure and its dataset."
            yield faults.DOMINANT.at(bom.where(lines[item.row], "quantity"), message, hint)


def _duplicates(bom: Bom) -> Iterator[Problem]:
    containers = uses_of(bom.lines)
    seen: dict[Line, Line] = {}
    for line in bom.lines:
        if line.id in containers:
            continue
        first = seen.setdefault(replace(line, row=0, id="", note=""), line)
        if first is not line:
            message = f"{line.name!r} is the same as in row {first.row}"
            hint = "Remove one, or say in which assembly or place each is."
            yield faults.DUPLICATE.at(bom.where(line), message, hint)


def _unit_masses(bom: Bom, found: Items) -> Iterator[Problem]:
    entries = {item.line.row: item.entry for item in found.items if item.entry is not None}
    for line in bom.lines:
        if line.unit_mass_kg is None:
            continue
        where = bom.where(line, "unit_mass")
        if units.is_mass(line.unit):
            right = units.factor(line.unit, "kg")
            if abs(line.unit_mass_kg - right) > 0.001 * right:
                message = f"one {line.unit} is {right:g} kg, not {line.unit_mass_kg:g} kg"
                yield faults.UNIT_MASS.at(
                    where, message, "Leave unit_mass empty for units of mass."
                )
            continue
        own = mass_per_unit(replace(line, unit_mass_kg=None), entries.get(line.row))
        if own is None:
            continue
        times = max(line.unit_mass_kg / own, own / line.unit_mass_kg)
        if times >= UNIT_MASS_TIMES:
            message = f"{line.unit_mass_kg:g} kg per {line.unit}; the dataset has {own:g} kg"
            yield faults.UNIT_MASS.at(where, message, f"A factor of {times:.3g}: g or kg?")


def _site(bom: Bom, found: Items) -> Iterator[Problem]:
    site, product = bom.allocation, bom.product
    if site is None:
        return
    for line in found.bom_lines:
        if not line.file and line.stage == "production" and units.convertible(line.unit, "kWh"):
            message = f"{line.name!r} is energy, and {site.file} has the energy of the site too"
            yield faults.SITE_TWICE.at(bom.where(line), message, "Keep one of the two.")
            break
    start, end = product.period_start, product.period_end
    if start and end and not start.year <= site.year <= end.year:
        message = f"the site data are of {site.year}, the period is {start} to {end}"
        yield faults.SITE_YEAR.at(Where(site.file, column="year"), message)
    if site.method == "physical" and site.price_ratio and site.price_ratio > PRICE_TIMES:
        message = f"revenue per kg differs by a factor of {site.price_ratio:.3g}"
        hint = "Consider sharing by revenue (PACT v3, 3.3.1.3; the limit is to be confirmed)."
        yield faults.PRICES.at(Where(site.file, column="allocation"), message, hint)
