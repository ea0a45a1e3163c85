"""A supplier's document in place of a dataset: its unit, its mass, its validity, its notes."""

from __future__ import annotations

import math
from collections.abc import Iterator

from footprint import units
from footprint.engine import faults
from footprint.engine.resolve import Unresolved, mass_per_unit
from footprint.faults import Problem, Where
from footprint.supplier import faults as codes
from footprint.values.line import Line
from footprint.values.product import Product
from footprint.values.supplier import SupplierPcf

_COMPLETE = "Ask the supplier for a complete one."


def supplier_units(line: Line, pcf: SupplierPcf, where: Where) -> float:
    """How many of the document's declared unit one of the line's unit is.

    By the units themselves, or by mass: the line's own, and productMassPerDeclaredUnit (PACT v3).
    Raises `Unresolved` (BOM-012) if neither says it.
    """
    if units.convertible(line.unit, pcf.unit):
        return units.factor(line.unit, pcf.unit)
    mass = mass_per_unit(line, None)
    if mass is not None and units.is_mass(pcf.unit):
        return mass * units.factor("kg", pcf.unit)
    if mass is not None and pcf.mass_kg:
        return mass / pcf.mass_kg
    message = f"{line.unit!r} is not convertible to the {pcf.unit!r} of {pcf.file}"
    hint = "Give the mass of one unit in column unit_mass, or the quantity in that unit."
    if pcf.question:
        hint = pcf.question
    raise Unresolved(faults.NOT_CONVERTIBLE.at(where, message, hint))


def supplier_mass(line: Line, pcf: SupplierPcf) -> float | None:
    """Mass in kg of one of the line's unit: its own, or as the document says; None if unknown."""
    mass = mass_per_unit(line, None)
    if mass is None and pcf.mass_kg and units.convertible(line.unit, pcf.unit):
        return pcf.mass_kg * units.factor(line.unit, pcf.unit)
    return mass


def supplier_notes(
    line: Line, pcf: SupplierPcf, product: Product, where: Where
) -> Iterator[Problem]:
    """What a reader should know of the document (SUP codes).

    Raises `Unresolved` (SUP-005) if it was no longer valid at the end of the product's reference
    period: PACT v3, 3.2.3, valid three years at the most after its own reference period.
    """
    name = f"{pcf.file} ({pcf.company}: {pcf.product})"
    if pcf.valid_until is None or product.period_end is None:
        lacks = "the document states no end" if product.period_end else "the product has no period"
        hint = "Add a row: # reference_period: 2025" if product.period_end is None else ""
        yield codes.VALIDITY_UNKNOWN.at(where, f"{name}: {lacks}", hint)
    elif pcf.valid_until < product.period_end:
        message = (
            f"{name} was valid until {pcf.valid_until}; the reference period ends on "
            f"{product.period_end}"
        )
        raise Unresolved(codes.EXPIRED.at(where, message, "Ask the supplier for a newer one."))
    if pcf.deprecated:
        hint = "Ask the supplier for the one that replaces it."
        yield codes.DEPRECATED.at(where, f"{name} has the status Deprecated", hint)
    if pcf.note:
        hint = "Ask the supplier for a corrected document."
        yield codes.STATED_TOTAL.at(where, f"{name}: {pcf.note}", hint)
    if pcf.not_credited:
        message = f"{name}: {pcf.not_credited:g} kg CO2e per {pcf.unit} are left out of the result"
        yield codes.NOT_CREDITED.at(where, message, "The result is higher by that much.")
    if pcf.kind == "certificate":
        hint = "Run: footprint verify FILE --keys KEYS"
        yield codes.NOT_VERIFIED.at(where, f"{name}: read, not verified", hint)
    if pcf.outbound_logistics and not line.transport:
        message = f"{name}: {pcf.outbound_logistics:g} kg CO2e per {pcf.unit} for delivery"
        yield codes.DELIVERY.at(where, message, "Give the transport to you in column transport.")
    yield from _lacking(pcf, name, where)


def _lacking(pcf: SupplierPcf, name: str, where: Where) -> Iterator[Problem]:
    """What the document says that it does not hold."""
    if pcf.coverage < 1.0:
        # Rounded down: 99.6 % is not all of it.
        share = f"{math.floor(round(pcf.coverage * 100.0, 6))}%"
        message = f"{name} covers {share} of its mass"
        yield faults.GAP.at(where, message, _COMPLETE)
    for one in pcf.lacks:
        yield codes.LEAST.at(where, f"{name} is at least what it says: it lacks {one}", _COMPLETE)
    if pcf.exempted_percent:
        message = f"{name} is without {pcf.exempted_percent:g} % of its emissions (exempted)"
        yield codes.LEAST.at(where, message, _COMPLETE)
