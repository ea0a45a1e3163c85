"""Progress on the path to a target, year by year, and what the measures of each lever save."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_FLOOR, Decimal, localcontext
from itertools import pairwise
from types import MappingProxyType
from typing import Any, Literal

from footprint.rules.journey.question import JourneyQuestion, Lever, TargetEntry, YearEntry
from footprint.rules.words import EXACT, Bilingual, exact_text

LEVERS: Mapping[Lever, Bilingual] = MappingProxyType(
    {
        "management": Bilingual("management", "管理降碳"),
        "structure": Bilingual("structure", "结构降碳"),
        "technology": Bilingual("technology", "技术降碳"),
    }
)
_CENT = Decimal("0.01")


def share_due(target: TargetEntry, year: int) -> Decimal:
    """The share below the base year that the path asks for in a year: straight between its goals,
    nothing before the base year, the target's from its year on."""
    goals = [(target.base_year, Decimal(0)), *((goal.year, goal.reduction) for goal in target.path)]
    goals.append((target.target_year, target.reduction))
    if year <= target.base_year:
        return Decimal(0)
    for (start, low), (end, high) in pairwise(goals):
        if year <= end:
            with localcontext(EXACT):
                return low + (high - low) * (year - start) / (end - start)
    return target.reduction


def progress(question: JourneyQuestion) -> Iterator[dict[str, Any]]:
    """Each year beside its goal. Where the base year's footprint is missing, or is of another
    boundary or GWP set, nothing is said of the path."""
    target = question.target
    base = _base(question)
    for one in question.years:
        row: dict[str, Any] = {"year": one.year, "kg": exact_text(one.kg)}
        if target is None or base is None or one.year <= target.base_year or not base.kg:
            yield row
            continue
        with localcontext(EXACT):
            due = base.kg * (1 - share_due(target, one.year))
            below = ((base.kg - one.kg) / base.kg * 100).quantize(_CENT, rounding=ROUND_FLOOR)
            goal = due.quantize(_CENT, rounding=ROUND_FLOOR)
        reply = _reply(one, base, due)
        yield row | {
            "goal_kg": exact_text(goal),
            "percent_below_base": exact_text(below),
            "on_path": reply,
            **_says(one, base, reply),
        }


def _base(question: JourneyQuestion) -> YearEntry | None:
    target = question.target
    if target is None:
        return None
    return next((one for one in question.years if one.year == target.base_year), None)


def _reply(one: YearEntry, base: YearEntry, due: Decimal) -> Literal["yes", "no", "unknown"]:
    if (one.boundary, one.gwp_set) != (base.boundary, base.gwp_set):
        return "unknown"
    return "yes" if one.kg <= due else "no"


def _says(one: YearEntry, base: YearEntry, reply: str) -> dict[str, str]:
    if reply == "unknown":
        return {
            "says": "boundary or GWP set is not that of the base year, so they are not compared",
            "says_zh": "边界或 GWP 集与基准年不同，不作比较",
        }
    if one.probability is None:
        return {
            "says": "how sure the difference is was not stated",
            "says_zh": "未说明差异的可信程度",
        }
    shown = exact_text(one.probability * 100)
    draws = f", {one.draws} draws" if one.draws else "; of how many draws was not stated"
    draws_zh = f"，{one.draws} 次抽样" if one.draws else "；未说明抽样次数"
    return {
        "says": f"below {base.year} with a probability of {shown} % (paired{draws})",
        "says_zh": f"低于 {base.year} 年的概率为 {shown} %（配对比较{draws_zh}）",
    }


def by_lever(question: JourneyQuestion) -> dict[str, Any]:
    """What the measures of each lever save, kg CO2e a year, as stated; every lever is shown."""
    return {
        lever: {
            "name": words.en,
            "name_zh": words.zh,
            "measures": sum(one.lever == lever for one in question.measures),
            "saved_kg": exact_text(
                sum((one.saved_kg for one in question.measures if one.lever == lever), Decimal(0))
            ),
        }
        for lever, words in LEVERS.items()
    }
