"""What the tests of the rules share: the shipped rules, a footprint document, rich evidence."""

from __future__ import annotations

import copy
import json
from typing import Any

from footprint.rules import Evidence, Facts, facts_from_document, load_rules, read_evidence

RULES = load_rules()

DOCUMENT: dict[str, Any] = {
    "type": "footprint",
    "schema": "1",
    "product": {"name": "Kettle", "period_start": "2025-01-01", "period_end": "2025-12-31"},
    "declared_unit": {"amount": 1.0, "unit": "piece"},
    "boundary": "cradle-to-grave",
    "gwp_set": "AR6",
    "totals": {"excluding_biogenic_uptake_kg_co2e": 2.0},
    "coverage": {"mass": 1.0, "lines": 1.0},
}


def document(**changes: Any) -> dict[str, Any]:
    """The footprint document of a kettle of 2 kg CO2e, with `total`, `boundary`, `period_end`,
    `covered` (share of lines), `amount` or `unit` changed."""
    doc = copy.deepcopy(DOCUMENT)
    places: dict[str, tuple[str, str]] = {
        "total": ("totals", "excluding_biogenic_uptake_kg_co2e"),
        "period_end": ("product", "period_end"),
        "covered": ("coverage", "lines"),
        "amount": ("declared_unit", "amount"),
        "unit": ("declared_unit", "unit"),
    }
    for name, value in changes.items():
        if name in places:
            outer, inner = places[name]
            doc[outer][inner] = value
        else:
            doc[name] = value
    return doc


def facts(**changes: Any) -> Facts:
    return facts_from_document(document(**changes))


def evidence(raw: Any) -> Evidence:
    """Evidence from plain values, through a text as a supplier writes it (JSON is YAML too)."""
    return read_evidence(json.dumps(raw, default=str), "evidence.yaml")


#: What an entry of an evidence file cannot be without.
_NEEDED = {"value", "per", "tonnes", "scheme", "tier"}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every entry that can be left out of an evidence file."""
    found: list[tuple[Any, ...]] = []
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in _NEEDED:
                found.append((*path, key))
            found.extend(places(item, (*path, key)))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            found.extend(places(item, (*path, number)))
    return found


def without(raw: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """The evidence with the entry at `path` left out."""
    left = copy.deepcopy(raw)
    holder: Any = left
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return left
