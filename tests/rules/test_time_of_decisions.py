"""Days beyond what was looked up settle nothing; terms end with what they rest on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from evidence import some
from rulekit import RULES, credit, evidence, facts

from footprint.documents.decision import decision_document, decision_from_document
from footprint.rules import Decision, decide, explain
from footprint.rules.expression import leaves
from footprint.rules.freshness import MAX_AGE_DAYS

BASE = {
    "per": "1 piece",
    "function": "boil",
    "boundary": "cradle-to-grave",
    "method": "ISO 14067",
    "gwp_set": "AR6",
    "date": "2024-12-31",
}


def thai(day: date, held_until: str = "2040-12-31", total: str = "2.0") -> Decision:
    raw = {
        "function": "boil",
        "methods": ["ISO 14067"],
        "sales_channel": "b2c",
        "verification": {"by": "A", "kind": "registered-verifier", "date": "2026-06-01"},
        "tiers_held": [{"scheme": "th-tgo", "tier": "disclosure", "valid_until": held_until}],
        "references": {"base_year": {"value": "2.5", **BASE}},
    }
    return decide(RULES, facts(total=total), evidence(raw), "th-tgo", "reduction", day)


def last_fresh_day() -> date:
    """The last day on which every fact of the Thai reduction label is fresh."""
    scheme = RULES.schemes["th-tgo"]
    rule = scheme.tiers["reduction"]
    names = {rule.in_force, *(leaf.parameter for leaf in leaves(rule.requires))}
    oldest = min(scheme.parameters[name].last_confirmed_on for name in names)
    return oldest + timedelta(days=MAX_AGE_DAYS)


def test_a_decision_for_a_day_beyond_the_freshness_of_its_facts_is_unknown() -> None:
    day = last_fresh_day()
    assert thai(day).verdict == "pass"
    late = thai(day + timedelta(days=1))
    assert late.verdict == "unknown"
    assert late.claim is None
    text = explain(late)
    assert f"facts about this tier were last looked up more than {MAX_AGE_DAYS} days" in text
    assert "it may have changed" in text
    assert "此后可能已变更" in explain(late, "zh")


def test_a_fail_on_a_rule_that_may_have_changed_is_unknown_too() -> None:
    day = last_fresh_day()
    assert thai(day, total="2.6").verdict == "fail"
    assert thai(day + timedelta(days=1), total="2.6").verdict == "unknown"


def test_what_has_ended_stays_ended() -> None:
    late = decide(
        RULES, facts(), evidence({}), "pas-2060", "neutral", last_fresh_day() + timedelta(days=999)
    )
    assert late.verdict == "fail"


def test_markets_answer_unknown_for_a_day_beyond_what_was_looked_up() -> None:
    law = RULES.markets["eu-2024-825"]
    oldest = min(each.last_confirmed_on for each in law.parameters.values())
    day = oldest + timedelta(days=MAX_AGE_DAYS)
    verdicts = {
        when: next(
            one
            for one in thai(when).markets
            if (one.market, one.audience) == ("eu-2024-825", "consumer")
        )
        for when in (day, day + timedelta(days=1))
    }
    assert verdicts[day].verdict == "conditional"
    late = verdicts[day + timedelta(days=1)]
    assert (late.verdict, late.permitted_wording) == ("unknown", ())
    assert "last looked up on" in late.says
    (label,) = thai(day + timedelta(days=1)).own_label
    assert label.verdict == "unknown"


def test_a_term_ends_with_the_tier_that_it_rests_on() -> None:
    decision = thai(date(2026, 11, 20), held_until="2027-03-31")
    assert decision.ends is not None
    assert decision.ends.day == date(2027, 3, 31)
    assert "disclosure" in decision.ends.says
    document = decision_document(decision)
    assert document["ends"]["day"] == "2027-03-31"
    assert decision_from_document(document) == decision
    assert "ends" not in decision_document(thai(date(2026, 11, 20), total="2.6"))
    assert "Holds at most until: 2027-03-31" in explain(decision)


def toitu(verified: str, **block: Any) -> Decision:
    raw = {
        "methods": ["ISO 14067"],
        "plans": {"reduction_plan": {"date": "2026-01-01"}},
        "units_sold": 1000,
        "credits": [credit(2, programme="VCS", **block)],
        "verification": {"by": "Somebody", "kind": "third-party", "date": verified},
    }
    return decide(RULES, facts(), evidence(raw), "nz-toitu", "neutral", date(2026, 11, 20))


def test_a_term_ends_when_the_verification_has_to_be_renewed() -> None:
    decision = toitu("2026-06-01")
    assert decision.verdict == "pass", decision.missing
    assert decision.ends is not None
    assert (decision.ends.day, decision.ends.says) == (
        date(2027, 6, 1),
        "the verification has to be renewed",
    )


def test_a_term_ends_the_day_before_a_tier_is_known_to_end() -> None:
    raw = {
        "methods": ["PAS 2060"],
        "units_sold": 1000,
        "credits": [credit(2, programme="VCS", issuance="ex-post", retired_on="2025-09-30")],
        "plans": {
            name: {"date": "2025-01-01"}
            for name in (
                "commitment",
                "timescale",
                "targets",
                "reduction_means",
                "offset_strategy",
                "credit_criteria_evidence",
                "neutrality_declaration",
            )
        },
    }
    found = facts(period_end="2025-08-31")
    decision = decide(RULES, found, evidence(raw), "pas-2060", "neutral", date(2025, 10, 1))
    assert decision.verdict == "pass", decision.missing
    assert decision.ends is not None
    assert decision.ends.day == date(2025, 11, 29)


@pytest.mark.parametrize("day", [date(2026, 11, 20), date(2027, 5, 1)])
def test_no_term_ends_before_the_day_of_the_decision(day: date) -> None:
    for held in some(("2027-05-01", "2027-12-31")):
        decision = thai(day, held_until=held)
        assert decision.verdict == "pass"
        assert decision.ends is not None
        assert decision.ends.day >= day
