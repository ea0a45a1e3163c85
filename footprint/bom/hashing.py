"""The hash of a bill: equal for bills that say the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import fields
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from footprint.canonical import bytes_hash
from footprint.values.line import Line
from footprint.values.product import Product
from footprint.values.supplier import SupplierPcf

if TYPE_CHECKING:
    from footprint.values.allocation import Allocation

#: Where a line stands is no part of what it says, nor is what was chosen for others.
_PLACE = frozenset(("row", "file", "near_choice"))
#: In the order of the JSON, whose keys are sorted.
_SAID = sorted(
    (f.name, f.default, attrgetter(f.name)) for f in fields(Line) if f.name not in _PLACE
)
#: How columns of several values are written.
_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "transport": lambda legs: [[leg.mode, leg.distance_km] for leg in legs],
    "contract": lambda supplies: [[supply.dataset, supply.share] for supply in supplies],
}
_FACTS = sorted(f.name for f in fields(Product))


def bom_hash(
    product: Product,
    lines: Sequence[Line],
    suppliers: Sequence[SupplierPcf] = (),
    allocation: Allocation | None = None,
) -> str:
    """Content hash of what was read: product facts and lines without their row numbers, suppliers'
    documents and site data. What is not given is left out, so a new column changes no old hash.

    SHA-256 of the JSON with sorted keys and without blanks. Not RFC 8785 as everywhere else: that
    is written in Python and took 3 s for 100,000 lines, and this JSON is never published.
    """
    facts: dict[str, Any] = {
        name: value for name in _FACTS if (value := getattr(product, name)) not in (None, "", ())
    }
    unit = product.declared_unit
    facts["declared_unit"] = {"amount": unit.amount, "unit": unit.unit}
    if product.energy_certificates:
        facts["energy_certificates"] = [
            [one.serial, one.kwh] for one in product.energy_certificates
        ]
    if product.subject == "product":  # as it was before there were others
        del facts["subject"]
    for key in ("period_start", "period_end"):
        if key in facts:
            facts[key] = facts[key].isoformat()
    document: dict[str, Any] = {"lines": _said(lines), "product": facts}
    if allocation is not None:
        document["site"] = allocation.hash
    if suppliers:
        document["suppliers"] = sorted([one.file, one.hash] for one in suppliers)
    # Every object is made with its keys in order: sorting them again took a fifth of the time.
    text = json.dumps(document, separators=(",", ":"), allow_nan=False)
    return bytes_hash(text.encode())


def _said(lines: Sequence[Line]) -> list[dict[str, Any]]:
    """What each line says, column by column: most columns say nothing in any line."""
    every: list[dict[str, Any]] = [{} for _ in lines]
    for name, default, value_of in _SAID:
        values = list(map(value_of, lines))
        if values.count(default) == len(values):
            continue
        written = _WRITTEN.get(name)
        for said, value in zip(every, values, strict=True):
            if value != default:
                said[name] = value if written is None else written(value)
    return every
