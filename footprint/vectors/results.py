"""What a vector may expect, by the names that its YAML uses."""

from __future__ import annotations

import math
from collections import defaultdict

from footprint.values.result import Footprint

PARTS = (
    "fossil",
    "biogenic_uptake",
    "biogenic_emission",
    "biogenic_non_co2",
    "land_use_change",
    "land_management",
    "aircraft",
    "packaging",
    "outbound_logistics",
)


def numbers_of(result: Footprint) -> dict[str, float]:
    """kg CO2e by name (`total`, `fossil`, `stage use`, `line A1`), and coverage as shares."""
    split = result.split.as_dict()
    by_line: dict[str, list[float]] = defaultdict(list)
    for item in result.contributions:
        by_line[item.line].append(item.kg_co2e)
    more = {}
    if result.electricity is not None:
        more["location-based"] = result.electricity.location_based_kg_co2e
        more["market-based"] = result.electricity.market_based_kg_co2e
    if result.recycled_content is not None:
        more["recycled content"] = result.recycled_content.share
    if result.allocation is not None:
        more["allocated share"] = result.allocation.share
    return more | {
        "total": result.split.excluding_biogenic_uptake,
        "total with biogenic CO2": result.split.including_biogenic_uptake,
        **{name.replace("_", " "): split[name] for name in PARTS},
        **{f"stage {name.replace('_', ' ')}": value for name, value in result.stages.items()},
        **{f"line {name}": math.fsum(values) for name, values in by_line.items()},
        "mass coverage": result.coverage.mass,
        "primary data share": result.quality.primary_data_share,
    }


def texts_of(result: Footprint) -> dict[str, str]:
    """What a result says in words."""
    return {
        "boundary": result.boundary,
        "GWP sets used": ", ".join(result.gwp_sets_used),
        "warnings": ", ".join(sorted({warning.code for warning in result.warnings})),
    }
