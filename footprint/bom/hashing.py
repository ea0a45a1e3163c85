"""The hash of a bill: equal for bills that say the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
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
_SAID = tuple((f.name, f.default) for f in fields(Line) if f.name not in _PLACE)
_NAMES, _DEFAULTS = zip(*_SAID, strict=True)
_values = attrgetter(*_NAMES)


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
        key: value for key, value in asdict(product).items() if value not in (None, "", ())
    }
    if product.energy_certificates:
        facts["energy_certificates"] = [
            [one["serial"], one["kwh"]] for one in facts["energy_certificates"]
        ]
    if product.subject == "product":  # as it was before there were others
        del facts["subject"]
    for key in ("period_start", "period_end"):
        if key in facts:
            facts[key] = facts[key].isoformat()
    document: dict[str, Any] = {"product": facts, "lines": [_said(line) for line in lines]}
    if suppliers:
        document["suppliers"] = sorted([one.file, one.hash] for one in suppliers)
    if allocation is not None:
        document["site"] = allocation.hash
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return bytes_hash(text.encode())


def _said(line: Line) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: value
        for name, value, default in zip(_NAMES, _values(line), _DEFAULTS, strict=True)
        if value != default
    }
    if line.transport:
        said["transport"] = [[leg.mode, leg.distance_km] for leg in line.transport]
    if line.contract:
        said["contract"] = [[supply.dataset, supply.share] for supply in line.contract]
    return said
