"""What a document of exchange states, held against the certificate's text value by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from footprint.faults import Where
from footprint.supplier.certificate import supplier_from_certificate
from footprint.supplier.fields import Fields
from footprint.values.supplier import SupplierPcf

#: Forms that hold floats, and numbers that were divided by an amount, are off by less than this.
_FLOAT = 1e-9
_NUMBERS = ("mass_kg", "primary_data_share", "outbound_logistics")


def stated_differences(view: Mapping[str, Any], stated: SupplierPcf, file: str) -> tuple[str, ...]:
    """What a document and the certificate both state, and state differently.

    Raises `InputRefused` (SUP codes) for a certificate that cannot be compared.
    """
    signed = supplier_from_certificate(Fields(view, Where(file)), file, "")
    return tuple(_differences(signed, stated, view))


def _differences(
    signed: SupplierPcf, stated: SupplierPcf, view: Mapping[str, Any]
) -> Iterator[str]:
    """What both state and state differently."""
    if stated.unit != signed.unit:
        yield "declared unit"
    whole = sum(abs(value) for value in signed.parts.values())
    split = not set(_SPLIT) <= set(stated.untold)
    if abs(_total(stated) - _total(signed)) > _FLOAT * whole:
        yield "total"
    for name in _PARTS if split else ():
        if name not in stated.untold and name in signed.parts:
            there = _part(stated, name)
            if abs(there - _part(signed, name)) > _FLOAT * whole:
                yield name
    for name in _NUMBERS:
        if _number_differs(name, getattr(stated, name), getattr(signed, name)):
            yield name
    if stated.company and stated.company != view.get("company"):
        yield "company"
    if stated.product and stated.product != view.get("product_name"):
        yield "product"


_PARTS = ("fossil", "biogenic_non_co2", "land_use_change", "aircraft")
_SPLIT = ("biogenic_non_co2", "land_use_change", "land_management", "biogenic_uptake")
_EXCLUDING = ("fossil", "biogenic_non_co2", "land_use_change", "land_management")


def _total(pcf: SupplierPcf) -> float:
    """The total excluding uptake per one unit, with what is not credited."""
    return sum(pcf.parts.get(name, 0.0) for name in _EXCLUDING) + pcf.not_credited


def _part(pcf: SupplierPcf, name: str) -> float:
    return pcf.parts.get(name, 0.0)


def _number_differs(name: str, one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return False
    if name == "outbound_logistics" and not (one and other):  # zero where it is not told
        return False
    return abs(one - other) > _FLOAT * abs(other)
