"""What of a number itself keeps labels away: gaps, rough figures, figures that lack something."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from footprint.engine import faults
from footprint.engine.completeness import SCREENING_SHARE
from footprint.inventory.compiled import CompiledInventory
from footprint.report.figures import percent
from footprint.rules.evidence import CUT_OFF_SHARE
from footprint.supplier.faults import LEAST
from footprint.values.decision import Decision

#: What decisions miss of a number that no label is given for, and that nothing is compared by.
_NO_LABEL = frozenset(("footprint.coverage.lines", "footprint.completeness"))
#: What is told of a line whose figure lacks something.
_LACK_SOMETHING = frozenset((faults.ONLY_MATERIAL.code, LEAST.code))
_NOT_COMPARED = "footprint.completeness.lacks"


@dataclass(frozen=True, slots=True)
class HeldBack:
    """Why the number itself keeps labels away: lines that are `left` out, what stands for these
    rows: estimates by material, models that are too rough for too much of the mass, or both
    (`rough`: which words say so, "" for neither), and the share of the mass that is in no line
    (`unlisted`, "" where that is no hindrance). Tiers that compare are kept away by the share of
    the number that stands on figures that lack something (`lacking`, "" where that is little,
    "untold" where an older result does not say)."""

    left: int
    rough: str
    rows: tuple[str, ...]
    unlisted: str = ""
    lacking: str = ""
    lacking_rows: tuple[str, ...] = ()


def held_back(
    decisions: Sequence[Decision],
    left: int,
    document: Mapping[str, Any],
    inventory: CompiledInventory,
) -> HeldBack | None:
    """Why labels are out of reach of a footprint, whose document is given; None where none is."""
    missing = {name for one in decisions for name in one.missing}
    whole, parts = document["completeness"], document["contributions"]
    no_label = not missing.isdisjoint(_NO_LABEL)
    # Told before anybody has looked up what to compare with: it would be looked up in vain.
    compares = any(one.tier != "disclosure" for one in decisions)
    in_vain = compares and whole.get("lacking_share", 0.0) > CUT_OFF_SHARE
    if not no_label and not in_vain and _NOT_COMPARED not in missing:
        return None
    too_much = float(whole["screening_mass_share"]) > SCREENING_SHARE
    found = [one for one in parts if _rough(one, inventory)]
    rough = "tiers_rough" if too_much else ""
    if whole["screening_lines"]:
        estimated = all(one["matched_by"] == "screening" for one in found)
        rough = "tiers_screening" if estimated else "tiers_mixed"
    unlisted = float(whole.get("unlisted_mass_share", 0.0))
    return HeldBack(
        left,
        rough,
        _names(found),
        percent(unlisted).text if unlisted > SCREENING_SHARE else "",
        "" if no_label else _share(whole),
        () if no_label else _lacking(document, inventory),
    )


def _share(whole: Mapping[str, Any]) -> str:
    """How much lacks something; results of before it was told do not say."""
    return percent(float(whole["lacking_share"])).text if "lacking_share" in whole else "untold"


def _names(items: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one["name"] for one in items))


def _rough(item: Mapping[str, Any], inventory: CompiledInventory) -> bool:
    """Whether a contribution rests on an estimate by material, or on a model that lacks so many
    steps that it counts as one."""
    entry = inventory.datasets.get(item["dataset"])
    return item["matched_by"] == "screening" or (entry is not None and entry.screening)


def _lacking(document: Mapping[str, Any], inventory: CompiledInventory) -> tuple[str, ...]:
    """The lines whose figure lacks making, steps or inputs, or whose supplier says so of his."""
    told = {one["row"] for one in document["warnings"] if one["code"] in _LACK_SOMETHING}
    found = []
    for one in document["contributions"]:
        entry = inventory.datasets.get(one["dataset"])
        if one["row"] in told or (entry is not None and (entry.lacks_en or entry.cut)):
            found.append(one)
    return _names(found)
