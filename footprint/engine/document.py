"""A footprint as JSON: the published form, from which certificates and decisions are made."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from footprint.engine.result import Footprint


def footprint_document(footprint: Footprint) -> dict[str, Any]:
    """The published JSON of a footprint (schema 1). Numbers are unrounded; see docs/result.md."""
    product = asdict(footprint.product)
    product.pop("declared_unit")
    for key in ("period_start", "period_end"):
        product[key] = product[key].isoformat() if product[key] else None
    return {
        "type": "footprint",
        "schema": "1",
        "product": _lists(product),
        "declared_unit": asdict(footprint.declared_unit),
        "boundary": footprint.boundary,
        "gwp_set": footprint.gwp_set,
        "gwp_sets_used": list(footprint.gwp_sets_used),
        "totals": {
            "excluding_biogenic_uptake_kg_co2e": footprint.split.excluding_biogenic_uptake,
            "including_biogenic_uptake_kg_co2e": footprint.split.including_biogenic_uptake,
        },
        "split": footprint.split.as_dict(),
        "stages": dict(footprint.stages),
        "contributions": [
            {key: value for key, value in asdict(item).items() if key != "split"}
            for item in footprint.contributions
        ],
        "coverage": asdict(footprint.coverage),
        "quality": asdict(footprint.quality),
        "provenance": asdict(footprint.provenance),
        "sources": [asdict(source) for source in footprint.sources],
        "warnings": [problem.as_json() for problem in footprint.warnings],
    }


def _lists(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in values.items()
    }
