"""A certificate of this program as a supplier's footprint: the bundle, or its view alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from footprint.supplier.faults import NOT_GATE
from footprint.supplier.fields import Balance, Fields, percentage, ratings
from footprint.values.lacks import LACKS
from footprint.values.product import DECLARED_UNITS
from footprint.values.supplier import SupplierPcf

_EXCLUDING = ("fossil", "biogenic_non_co2", "land_use_change", "land_management")
_PARTS = (*_EXCLUDING, "biogenic_uptake", "biogenic_emission", "aircraft")

_TOLD = ("biogenic_uptake", "biogenic_non_co2", "land_use_change", "land_management", "aircraft")


def supplier_from_certificate(
    view: Fields, file: str, digest: str, accept: bool = False
) -> SupplierPcf:
    """The footprint that a certificate view states.

    The signature is not checked: that needs the issuer's keys (`footprint verify`), and the result
    says so. `accept`: take the stated total where the parts do not make it. Raises `InputRefused`
    (SUP-003, SUP-004, SUP-010).
    """
    view = replace(view, name=file)
    if view.text("boundary") != "cradle-to-gate":
        hint = "His use and end-of-life stages would be counted again in yours."
        message = f"{file}: the boundary is {view.text('boundary') or 'not stated'}"
        raise NOT_GATE.refuse(message, view.where, hint)
    amount = view.needed("declared_amount")
    if amount <= 0:
        view.refuse("declared_amount", "is not above zero")
    unit = view.text("declared_unit")
    if unit not in DECLARED_UNITS:
        view.refuse("declared_unit", f"is unknown: {unit!r}")
    stated = {part.text("name"): part.needed("kg_co2e") for part in _list(view, "split")}
    balance = _balance(view, stated, accept, file)
    mass = view.number("product_mass_kg") if view.text("product_mass_kg") else None
    coverage = view.number("coverage_mass")
    sets = _sets(view)
    return SupplierPcf(
        file=file,
        hash=digest,
        kind="certificate",
        id=view.text("number"),
        company=view.text("company") or view.text("issuer_name"),
        product=view.text("product_name"),
        unit=unit,
        mass_kg=None if mass is None else float(mass / amount),
        parts={name: float(value / amount) for name, value in balance.parts.items()},
        gwp_sets=sets,
        valid_until=_day(view, "valid_until"),
        primary_data_share=percentage(view, "primary_data_share"),
        ratings=ratings(view, "quality_technological", "quality_geographical", "quality_temporal"),
        not_credited=float(balance.credited / amount),
        outbound_logistics=float(stated.get("outbound_logistics", Decimal(0)) / amount),
        coverage=1.0 if coverage is None else float(min(max(coverage, Decimal(0)), Decimal(1))),
        # A zero beside CO2e that was published as one number is not "none".
        untold=tuple(name for name in _TOLD if not stated.get(name) and len(sets) > 1),
        lacks=_lacks(view),
        note=balance.note,
    )


def _balance(view: Fields, stated: dict[str, Decimal], accept: bool, file: str) -> Balance:
    """The parts, made to add up to the total; net land removals stay out of them.

    Raises `InputRefused`: SUP-003 for a part of the wrong sign, or for more aircraft emissions than
    there are emissions; SUP-004.
    """
    for name in (*_PARTS, "outbound_logistics"):
        value = stated.get(name, Decimal(0))
        wrong = value > 0 if name == "biogenic_uptake" else value < 0
        if wrong and name != "land_management":
            side = "above" if value > 0 else "below"
            view.refuse(f"split.{name}", f"is {value:f}; it must not be {side} zero")
    parts = {name: stated.get(name, Decimal(0)) for name in _PARTS}
    removed = min(parts["land_management"], Decimal(0))
    parts["land_management"] -= removed
    balance = Balance(view, parts, removed, accept, file)
    balance.settle(view.needed("total_kg_co2e"), "fossil", *_EXCLUDING)
    balance.part_of_total("aircraft", "split.aircraft", *_EXCLUDING)
    return balance


def _list(view: Fields, name: str) -> list[Fields]:
    values: Any = view.values.get(name)
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        view.refuse(name, "is not a list of parts")
    return [
        Fields(value, view.where, f"{name}[{at}].", view.name) for at, value in enumerate(values)
    ]


def _sets(view: Fields) -> tuple[str, ...]:
    values = view.values.get("gwp_sets_used")
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        view.refuse("gwp_sets_used", "is not a list of GWP sets")
    return tuple(values)


def _lacks(view: Fields) -> tuple[str, ...]:
    """What the certificate says that its total lacks, in words; those of before do not say."""
    values: Any = view.values.get("lacks", [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        view.refuse("lacks", "is not a list of codes")
    codes: list[str] = values
    return tuple(LACKS.get(code, code) for code in codes)


def _day(view: Fields, name: str) -> date | None:
    text = view.text(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        view.refuse(name, f"is not a day: {text[:40]!r}")
