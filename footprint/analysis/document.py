"""Explanations, scenarios and methods as JSON documents; burdens in kg CO2e, unrounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # a document of rows needs no solver: scipy takes half a second to import
    from footprint.analysis.contributions import RowShare, StageShare
    from footprint.analysis.methods import MethodResult, Methods
    from footprint.analysis.sankey import Sankey
    from footprint.analysis.scenario import ScenarioOutcome
    from footprint.analysis.upstream import Upstream
    from footprint.values.result import Footprint

SCHEMA = "1"


def _head(kind: str, footprint: Footprint) -> dict[str, Any]:
    """What every document says of the result that it explains."""
    return {
        "type": kind,
        "schema": SCHEMA,
        "product": footprint.product.name,
        "declared_unit": asdict(footprint.declared_unit),
        "boundary": footprint.boundary,
        "gwp_set": footprint.gwp_set,
        "total_kg_co2e": footprint.total,
        "outbound_logistics_kg_co2e": footprint.split.outbound_logistics,
        "coverage": asdict(footprint.coverage),
        "completeness": _completeness(footprint),
        "provenance": asdict(footprint.provenance),
    }


def _completeness(footprint: Footprint) -> dict[str, Any]:
    """Whether the total is complete or "at least", and what it lacks."""
    return {"word": footprint.completeness.word, "lacks": list(footprint.completeness.lacks)}


def lines_document(
    footprint: Footprint, rows: Sequence[RowShare], cut_off: float
) -> dict[str, Any]:
    """The tree of rows, in the order in which it is read; `depth` 0 is the top."""
    head = _head("explanation", footprint)
    return {**head, "by": "line", "cut_off": cut_off, "rows": [asdict(row) for row in rows]}


def stages_document(footprint: Footprint, stages: Sequence[StageShare]) -> dict[str, Any]:
    """The total by stage."""
    head = _head("explanation", footprint)
    return {**head, "by": "stage", "stages": [asdict(stage) for stage in stages]}


def upstream_document(footprint: Footprint, found: Upstream) -> dict[str, Any]:
    """The total by emitting dataset; emitters, lines and remainder add up to it."""
    return {**_head("explanation", footprint), "by": "upstream", **asdict(found)}


def sankey_document(footprint: Footprint, found: Sankey) -> dict[str, Any]:
    """Nodes and links of a Sankey diagram."""
    return {**_head("sankey", footprint), **asdict(found)}


def scenario_document(outcome: ScenarioOutcome) -> dict[str, Any]:
    """A scenario: both totals, their difference, and the difference by row."""
    return {
        "type": "scenario",
        "schema": SCHEMA,
        "name": outcome.name,
        "name_zh": outcome.name_zh,
        "changes": [change.model_dump(exclude_none=True) for change in outcome.changes],
        "biogenic_included": outcome.biogenic_included,
        "before_kg_co2e": outcome.before_kg_co2e,
        "after_kg_co2e": outcome.after_kg_co2e,
        "difference_kg_co2e": outcome.difference_kg_co2e,
        "before": _side(outcome.before),
        "after": _side(outcome.after),
        "rows": [
            asdict(row) | {"difference_kg_co2e": row.difference_kg_co2e} for row in outcome.rows
        ],
    }


def _side(footprint: Footprint) -> dict[str, Any]:
    return {
        "gwp_set": footprint.gwp_set,
        "boundary": footprint.boundary,
        "split": footprint.split.as_dict(),
        "coverage": asdict(footprint.coverage),
        "completeness": _completeness(footprint),
        "provenance": asdict(footprint.provenance),
    }


def methods_document(found: Methods) -> dict[str, Any]:
    """Every rule set beside the reference, each difference explained."""
    head = _head("methods", found.reference)
    return {**head, "methods": [_method(method) for method in found.methods]}


def _method(method: MethodResult) -> dict[str, Any]:
    return asdict(method) | {
        "gases": [
            asdict(gas) | {"difference_kg_co2e": gas.difference_kg_co2e} for gas in method.gases
        ],
        "unsplit_kg_co2e": dict(method.unsplit_kg_co2e),
        "refused": [problem.as_json() for problem in method.refused],
    }
