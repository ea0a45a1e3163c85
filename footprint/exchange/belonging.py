"""Whether a file belongs to a certificate: by the hash that was signed, or by what it states.

The signature binds the certificate's text, and by hash the public part of the footprint document
and the decision. Documents of exchange are made from the same footprint and bound by none: each
value that they share with the certificate must be the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from footprint.canonical_fast import fast_hash
from footprint.certificates.build import public_part
from footprint.exchange import faults
from footprint.exchange.exact_json import read_exactly
from footprint.exchange.read import is_xml_or_zip, read_supplier_document
from footprint.faults import InputRefused, Where
from footprint.supplier.certificate import supplier_from_certificate
from footprint.supplier.fields import Fields
from footprint.values.supplier import SupplierPcf

#: Forms that hold floats, and numbers that were divided by an amount, are off by less than this.
_FLOAT = 1e-9
_NUMBERS = ("mass_kg", "primary_data_share", "outbound_logistics")


@dataclass(frozen=True, slots=True)
class Belonging:
    """What is found of one file: `signed` bound by a hash, `agrees` in all that both state,
    `other` not the one, `unasked` to be asked otherwise. `differs` names what is different."""

    file: str
    outcome: Literal["signed", "agrees", "other", "unasked"]
    says: str
    differs: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The finding as `--format json` prints it."""
        code = faults.NOT_SIGNED.code if self.outcome == "other" else ""
        return {
            "file": self.file,
            "outcome": self.outcome,
            "code": code,
            "says": self.says,
            "differs": list(self.differs),
        }


def belonging(view: Mapping[str, Any], data: bytes, file: str) -> Belonging:
    """Whether a file belongs to the certificate whose verified text is `view`. Never raises."""
    document = None if is_xml_or_zip(data) else _json(data)
    if isinstance(document, dict):
        text = document.get("certificate", document)
        if isinstance(text, dict) and text.get("type") == "certificate":
            return _text(view, text, file)
        kind = document.get("type")
        if kind == "footprint":
            return _hashed(view, "footprint_hash", public_part(document), file)
        if kind == "decision":
            return _hashed(view, "decision_hash", document, file)
    try:
        stated = read_supplier_document(data, file, Where(file))
    except InputRefused as refused:
        first = refused.problems[0]
        return Belonging(file, "other", f"it cannot be read: {first.code} {first.message}")
    return _stated(view, stated, file)


def _json(data: bytes) -> Any:
    """The document as our hashes read it; None for what is no sound JSON."""
    try:
        read_exactly(data)
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _text(view: Mapping[str, Any], text: Mapping[str, Any], file: str) -> Belonging:
    names = sorted(name for name in {*view, *text} if view.get(name) != text.get(name))
    if not names:
        return Belonging(file, "signed", "it is the text that was signed")
    return Belonging(file, "other", f"it differs in {', '.join(names)}", tuple(names))


def _hashed(view: Mapping[str, Any], name: str, document: Any, file: str) -> Belonging:
    try:
        found = fast_hash(document)
    except (ValueError, TypeError):
        found = ""
    if found == view.get(name):
        part = "its public part" if name == "footprint_hash" else "it"
        return Belonging(file, "signed", f"{part} has the hash that was signed")
    return Belonging(file, "other", f"its hash is not the {name} that was signed", (name,))


def _stated(view: Mapping[str, Any], stated: SupplierPcf, file: str) -> Belonging:
    try:
        signed = supplier_from_certificate(Fields(view, Where(file)), file, "")
    except InputRefused as refused:
        says = f"the certificate cannot be compared: {refused.problems[0].message}"
        return Belonging(file, "other", says)
    names = tuple(_differences(signed, stated, view))
    if names:
        return Belonging(file, "other", f"it differs in {', '.join(names)}", names)
    says = "all that it shares with the certificate is the same; no signed hash binds this file"
    return Belonging(file, "agrees", says)


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
        one, other = getattr(stated, name), getattr(signed, name)
        if one and other and abs(one - other) > _FLOAT * abs(other):
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
