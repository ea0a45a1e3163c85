"""Labels in groups: only what a maker can still reach is called one step away."""

from __future__ import annotations

from datetime import date

import pytest
from evidence import some
from rulekit import RULES, facts

from api.console.held_view import held_back
from api.console.tiers_view import OUT_OF_REACH, Group, TierView, tier_groups
from footprint.inventory.compiled import CompiledInventory
from footprint.rules import decide_all, read_evidence
from footprint.rules.scheme_register import offer_on

DAY = date(2026, 11, 20)
DECISIONS = decide_all(RULES, facts(), read_evidence("", "evidence"), DAY)
GROUPED = dict(tier_groups(DECISIONS, RULES, "en"))


def _group_of(scheme: str, tier: str) -> tuple[Group, TierView]:
    found = [
        (group, one)
        for group, tiers in GROUPED.items()
        for one in tiers
        if (one.scheme, one.tier) == (scheme, tier)
    ]
    assert len(found) == 1
    return found[0]


def test_nothing_that_is_not_offered_for_sure_is_within_reach() -> None:
    offered: dict[tuple[str, str], str] = {
        (one.scheme, one.tier): offer_on(
            RULES.schemes[one.scheme].parameters[
                RULES.schemes[one.scheme].tiers[one.tier].in_force
            ],
            DAY,
        )
        for one in DECISIONS
    }
    near = {
        (one.scheme, one.tier) for group in ("earned", "step", "later") for one in GROUPED[group]
    }
    assert {offered[one] for one in some(near)} == {"offered"}
    assert {offered[one.scheme, one.tier] for one in GROUPED["unsure"]} == {"unknown"}


@pytest.mark.parametrize(
    ("scheme", "tier", "group"),
    [
        ("ca-carboncounted", "disclosure", "unsure"),
        ("tw-moenv", "reduction", "unsure"),
        ("uk-carbon-trust", "neutral", "over"),
        ("pas-2060", "neutral", "over"),
        ("cn-event-neutral", "neutral", "over"),
        ("iso-14067", "disclosure", "step"),
        ("iso-14068-1", "neutral", "later"),
    ],
)
def test_each_tier_is_where_it_belongs(scheme: str, tier: str, group: Group) -> None:
    assert _group_of(scheme, tier)[0] == group


def test_what_is_out_of_reach_says_why_first() -> None:
    why = _group_of("ca-carboncounted", "disclosure")[1].why
    assert why.startswith("The label is offered: not known for 2026-11-20, because after 2007")
    chinese = dict(tier_groups(DECISIONS, RULES, "zh"))["unsure"]
    said = next(one.why for one in chinese if one.scheme == "ca-carboncounted")
    assert said.startswith("标签受理：2026-11-20 的情况尚不清楚（2007 年以后未查到任何信息")
    assert frozenset(("unsure", "over")) == OUT_OF_REACH


def test_what_is_lacking_is_counted_as_the_page_of_evidence_counts_it() -> None:
    assert _group_of("iso-14067", "disclosure")[1].lacks == 3


@pytest.mark.parametrize(
    ("share", "lines", "left", "said"),
    [
        (0.08, 0, 1, (1, "tiers_rough")),
        (0.01, 0, 1, (1, "")),
        (0.08, 0, 0, (0, "tiers_rough")),
        (0.01, 1, 0, (0, "tiers_screening")),
    ],
)
def test_what_keeps_labels_away_names_lines_and_rough_figures(
    share: float, lines: int, left: int, said: tuple[int, str], inventory: CompiledInventory
) -> None:
    held = decide_all(RULES, facts(covered=0.9), read_evidence("", "evidence"), DAY)
    rough = {"name": "喇叭", "dataset": "class:steel", "matched_by": "screening"}
    sure = {"name": "上盖", "dataset": "abs-resin-rna", "matched_by": "name"}
    document = {
        "completeness": {"screening_mass_share": share, "screening_lines": lines},
        "contributions": [rough, sure],
    }
    found = held_back(held, left, document, inventory)
    assert found is not None
    assert (found.left, found.rough) == said
    assert found.rows == ("喇叭",)
    assert held_back(DECISIONS, 0, document, inventory) is None
