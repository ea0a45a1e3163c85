"""What is no co-product: water, air, energy, emissions and waste do not share a burden by mass.

55,750 kg of turbined river water beside 1 kg of aluminium would take all of the aluminium's burden.
Words: `coproducts.yaml`; what the file itself says of a product (`never`) counts first.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from footprint.importers.flows import recognised_flow
from footprint.importers.measures import in_unit
from footprint.importers.neutral import Elementary, ProcessProduct
from footprint.shipped_yaml import shipped_yaml

WASTE = "waste"


def no_coproduct(product: ProcessProduct, unit: str) -> str:
    """Why a product beside the reference product is no co-product: water, air, energy, emission,
    waste or what the file says; empty if it is one. `unit` is its unit in the inventory."""
    if product.never:
        return product.never
    if in_unit(1.0, unit, "MJ") is not None:
        return "energy"
    found = _by_name(product.name) or _by_name(product.name_zh)
    if found:
        return found
    named = Elementary("", product.name, ("air",), 1.0, "kg")
    return "emission" if recognised_flow(named).verdict in {"counted", "assumed"} else ""


def _by_name(name: str) -> str:
    text = " ".join(name.casefold().split())
    words = re.findall(r"[^\W\d_]+", text)
    first = re.split(r"[,(（;\[|]", text, maxsplit=1)[0].strip()
    for kind, table in _tables().items():
        heads = table.get("heads", ())
        if any(first == head or first.endswith(f" {head}") for head in heads):
            return str(kind)
        if set(words) & set(table.get("words", ())):
            return str(kind)
        if text.endswith(tuple(table.get("endings", ()))):
            return str(kind)
        if any(part in text for part in table.get("parts", ())):
            return str(kind)
    return ""


@cache
def _tables() -> dict[str, dict[str, Any]]:
    tables: dict[str, dict[str, Any]] = shipped_yaml("footprint.importers", "coproducts.yaml")
    return tables
