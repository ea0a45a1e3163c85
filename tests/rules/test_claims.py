"""What an earned tier claims in figures, and when the probability decides beside the letter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from evidence import some
from hypothesis import given
from rulekit import EVIDENCE, RULES, credit, evidence, facts

from footprint.documents.decision import decision_document, decision_from_document
from footprint.faults import InputRefused
from footprint.rules import Decision, decide, decide_all
from footprint.rules.draws import least_draws
from footprint.rules.markets import answer_for
from footprint.rules.predicates.finding import Context

DAY = date(2026, 11, 20)


def mean(value: str = "2.28", **changes: Any) -> dict[str, Any]:
    return {
        "value": value,
        "per": "1 piece",
        "function": "boil",
        "boundary": "cradle-to-grave",
        "earlier_value": "absent",
        "gwp_set": "AR6",
        "date": "2026-09-30",
        **changes,
    }


def korea(total: str = "2.0", reference: dict[str, Any] | None = None, **more: Any) -> Decision:
    held = [{"scheme": "kr-keiti", "tier": "disclosure", "valid_until": "2027-12-31"}]
    raw = {
        "function": "boil",
        "renewal": False,
        "verification": {"by": "KEITI", "kind": "scheme-operator", "date": "2026-10-01"},
        "tiers_held": held,
        "references": {"category_mean_6y": reference or mean()},
        **more,
    }
    return decide(RULES, facts(total=total), evidence(raw), "kr-keiti", "low-carbon", DAY)


def test_a_comparison_says_by_how_much_against_what_since_when_and_from_where() -> None:
    claim = korea(reference=mean(source="KEITI, list of 2025")).claim
    assert claim is not None
    (one,) = claim.comparisons
    # (2.28 - 2) / 2.28 = 12.2807 %
    assert (one.lower_by, one.at_least, one.value, one.per) == ("0.1228", "0", "2.28", "1 piece")
    assert (one.reference, one.day, one.group) == ("category_mean_6y", "2026-09-30", "boil")
    assert one.source == "KEITI, list of 2025"
    assert claim.says == (
        "12.28 % below the six-year category mean (2.28 kg CO2e per 1 piece, 2026-09-30, source: "
        "KEITI, list of 2025); how sure is not stated; the single values decided."
    )
    assert "比同类产品六年均值低 12.28 %" in claim.says_zh
    assert (claim.credits, claim.tonnes) == ((), "")


def test_a_source_that_is_not_stated_is_said() -> None:
    claim = korea().claim
    assert claim is not None
    assert "source not stated" in claim.says
    assert "未说明来源" in claim.says_zh


def test_a_tier_that_is_not_earned_claims_nothing_and_neither_does_a_disclosure() -> None:
    assert korea("3.0").verdict == "fail"
    assert korea("3.0").claim is None
    document = decision_document(korea("3.0"))
    assert "claim" not in document


def test_a_footprint_on_the_mean_is_not_said_to_be_below_it() -> None:
    claim = korea("2.28").claim
    assert claim is not None
    assert claim.says.startswith("not above the six-year category mean")


@pytest.mark.parametrize(
    ("chance", "margin"), [("0.9499", "within-uncertainty"), ("0.95", "supported")]
)
def test_the_probability_tells_whether_the_margin_is_more_than_chance(
    chance: str, margin: str
) -> None:
    stated = {"reference": "category_mean_6y", "at_least": 0, "probability": chance, "draws": 2000}
    decision = korea(probability_of_reduction=[stated])
    assert decision.verdict == "pass"  # the letter of the scheme decides
    assert decision.claim is not None
    (one,) = decision.claim.comparisons
    assert (one.margin, one.decided_by, one.probability, one.draws) == (
        margin,
        "letter",
        chance,
        2000,
    )
    assert ("within uncertainty" in one.says) == (margin == "within-uncertainty")
    assert ("处于不确定度范围内" in one.says_zh) == (margin == "within-uncertainty")


@pytest.mark.parametrize(
    ("high", "margin"), [("2.28", "supported"), ("2.2801", "within-uncertainty")]
)
def test_an_interval_that_reaches_the_comparator_does_not_support_the_margin(
    high: str, margin: str
) -> None:
    claim = korea(interval={"low": "1.7", "high": high}).claim
    assert claim is not None
    assert claim.comparisons[0].margin == margin


@pytest.mark.parametrize(
    ("low", "high", "share", "margin"),
    [
        ("1.7", "2.2", "0.95", "supported"),
        ("1.7", "2.2", "0.9499", "within-uncertainty"),
        ("1.7", "2.2", "0.01", "within-uncertainty"),
        ("2.0", "2.0", "0.95", "supported"),
        ("0.1", "0.2", "0.95", "within-uncertainty"),
        ("2.1", "2.2", "0.95", "within-uncertainty"),
    ],
)
def test_an_interval_supports_where_it_holds_the_footprint_often_enough(
    low: str, high: str, share: str, margin: str
) -> None:
    claim = korea(interval={"low": low, "high": high, "share": share}).claim
    assert claim is not None
    assert claim.comparisons[0].margin == margin


@pytest.mark.parametrize(("chance", "verdict"), [("0.9499", "fail"), ("0.95", "pass")])
def test_where_the_user_chooses_it_the_probability_decides_and_the_claim_says_so(
    chance: str, verdict: str
) -> None:
    stated = {"reference": "category_mean_6y", "at_least": 0, "probability": chance, "draws": 475}
    decision = korea(probability_of_reduction=[stated], decided_by="probability")
    assert decision.verdict == verdict
    if decision.claim is not None:
        assert decision.claim.comparisons[0].decided_by == "probability"
        assert "the paired probability decided" in decision.claim.says


def test_a_choice_without_a_stated_probability_is_unknown() -> None:
    decision = korea(decided_by="probability")
    assert decision.verdict == "unknown"
    assert "probability_of_reduction" in decision.missing


def test_a_probability_of_unsaid_draws_decides_nothing_and_supports_nothing() -> None:
    stated = {"reference": "category_mean_6y", "at_least": 0, "probability": "0.999"}
    chosen = korea(probability_of_reduction=[stated], decided_by="probability")
    assert chosen.verdict == "unknown"
    assert "probability_of_reduction.draws" in chosen.missing
    claim = korea(probability_of_reduction=[stated]).claim
    assert claim is not None
    assert claim.comparisons[0].margin == "not-stated"
    ranged = korea(probability_of_reduction=[stated], interval={"low": "1.7", "high": "2.2"}).claim
    assert ranged is not None
    assert ranged.comparisons[0].margin == "supported"


@pytest.mark.parametrize(
    ("draws", "limit", "enough"),
    [
        (1, None, False),
        (474, None, False),
        (475, None, True),
        (474, "0.8", False),
        (475, "0.8", True),
        (2474, "0.99", False),
        (2475, "0.99", True),
    ],
)
def test_few_draws_are_refused_with_their_standard_error(
    draws: int, limit: str | None, enough: bool
) -> None:
    stated = {"reference": "category_mean_6y", "at_least": 0, "probability": "1", "draws": draws}
    asked: dict[str, Any] = {"probability_of_reduction": [stated], "decided_by": "probability"}
    if limit is not None:
        asked["least_probability"] = limit
    if enough:
        assert korea(**asked).verdict == "pass"
        return
    with pytest.raises(InputRefused, match=r"RUL-012") as caught:
        korea(**asked)
    assert f"too few draws ({draws})" in caught.value.problems[0].hint


@pytest.mark.parametrize("limit", ["0.5", "0.8", "0.95", "0.99", "0.999"])
def test_the_error_at_the_limit_is_a_fifth_of_what_it_leaves_to_chance(limit: str) -> None:
    share = Fraction(limit)
    draws = least_draws(Decimal(limit))
    assert share * (1 - share) / draws <= ((1 - share) / 5) ** 2
    fewer = share * (1 - share) / (draws - 1) > ((1 - share) / 5) ** 2
    assert fewer == (limit in {"0.95", "0.99", "0.999"})


def test_the_probability_never_grants_what_the_letter_refuses() -> None:
    stated = {"reference": "category_mean_6y", "at_least": 0, "probability": "0.999", "draws": 475}
    chosen = korea("2.3", probability_of_reduction=[stated], decided_by="probability")
    assert chosen.verdict == "fail"


def test_another_least_probability_may_be_chosen_but_none_below_one_half() -> None:
    stated = {"reference": "category_mean_6y", "at_least": 0, "probability": "0.8", "draws": 475}
    options: dict[str, Any] = {
        "probability_of_reduction": [stated],
        "decided_by": "probability",
    }
    assert korea(**options, least_probability="0.8").verdict == "pass"
    with pytest.raises(InputRefused, match="RUL-012"):
        korea(**options, least_probability="0.4")


def neutral(blocks: list[dict[str, Any]]) -> Decision:
    raw = {
        "methods": ["PAS 2060"],
        "units_sold": 1000,
        "credits": blocks,
        "plans": {
            name: {"date": "2025-01-01", "url": "https://example.com/a"}
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
        "publications": {"annual_report": {"date": "2025-06-01"}},
        "verification": {"by": "Somebody", "kind": "third-party", "date": "2025-06-01"},
    }
    found = facts(period_end="2025-08-31", total="2.0")
    return decide(RULES, found, evidence(raw), "pas-2060", "neutral", date(2025, 10, 1))


def test_an_offset_names_programme_registry_serials_vintages_tonnes_units_and_period() -> None:
    block = credit(2, programme="VCS", issuance="ex-post", retired_on="2025-06-30", vintage=2022)
    decision = neutral([block])
    assert decision.verdict == "pass", decision.missing
    claim = decision.claim
    assert claim is not None
    (one,) = claim.credits
    assert (one.programme, one.registry, one.serial) == ("VCS", "Verra", "VCS-1 1-2")
    assert (one.vintage, one.tonnes, one.retired_on) == ("2022", "2", "2025-06-30")
    assert (claim.tonnes, claim.needed, claim.units) == ("2", "2", "1000")
    assert (claim.period_start, claim.period_end) == ("2025-01-01", "2025-08-31")
    assert "the footprint itself is not zero" in claim.says
    assert "足迹本身并不为零" in claim.says_zh


def test_markets_permit_words_about_the_claim_and_no_more() -> None:
    decision = korea()
    words = {
        one.market: one.permitted_wording for one in decision.markets if one.audience == "consumer"
    }
    said = "12.28 % below the six-year category mean (2.28 kg CO2e, 2026-09-30"
    assert any(said in wording for wording in words["gb-dmcc"])
    assert not any("below" in wording for wording in words["iso-14026"])
    assert not any("{" in wording for found in words.values() for wording in found)
    stated = {"reference": "category_mean_6y", "at_least": 0, "probability": "0.6"}
    doubtful = korea(probability_of_reduction=[stated])
    (eu,) = [
        one for one in doubtful.markets if (one.market, one.audience) == ("eu-2024-825", "consumer")
    ]
    assert any("within uncertainty" in wording for wording in eu.permitted_wording)


@given(EVIDENCE)
def test_every_claim_stands_on_an_earned_tier_and_goes_round_as_json(raw: dict[str, Any]) -> None:
    given_evidence = evidence(raw)
    for decision in some(decide_all(RULES, facts(), given_evidence, DAY, ["gb-dmcc"])):
        document = decision_document(decision)
        assert ("claim" in document) == (decision.claim is not None)
        if decision.claim is not None:
            assert decision.verdict == "pass"
            assert decision_from_document(document).claim == decision.claim
            for one in decision.claim.comparisons:
                assert Decimal(one.lower_by) >= Decimal(one.at_least)


@pytest.mark.parametrize(
    ("whole", "english", "chinese"),
    [
        ({}, "Carbon footprint: 2 kg", "碳足迹：每 1 件 2 kg"),
        ({"word": "complete", "lacks": []}, "Carbon footprint: 2 kg", "碳足迹：每 1 件 2 kg"),
        (
            {"word": "at least", "lacks": ["part_steps"]},
            "Carbon footprint: at least 2 kg",
            "碳足迹：每 1 件至少 2 kg",
        ),
    ],
)
def test_permitted_words_say_at_least_where_the_total_lacks_something(
    whole: dict[str, Any], english: str, chinese: str
) -> None:
    context = Context(facts(completeness=whole), evidence({}), "s", DAY)
    tier = RULES.schemes["uk-carbon-trust"].tiers["disclosure"]
    found = [
        answer_for(RULES.markets[name], tier, "business", context, None).permitted_wording
        for name in ("cn-claims", "us-ca-ab-1305", "gb-dmcc")
    ]
    words = [said for one in found for said in one if "kg CO2e" in said]
    assert words
    assert all(said.startswith((english, chinese)) for said in words), words


@pytest.mark.parametrize(
    ("boundary", "english", "chinese"),
    [
        ("cradle-to-gate", "from cradle to gate", "从摇篮到大门"),
        ("cradle-to-grave", "from cradle to grave", "从摇篮到坟墓"),
    ],
)
def test_permitted_words_say_what_the_number_is_of(
    boundary: str, english: str, chinese: str
) -> None:
    market = RULES.markets["cn-claims"]
    context = Context(facts(boundary=boundary), evidence({}), "s", DAY)
    tier = next(
        tier
        for scheme in RULES.schemes.values()
        for tier in scheme.tiers.values()
        if tier.rests_on == "measurement"
    )
    words = answer_for(market, tier, "business", context, None).permitted_wording
    assert any(english in said for said in words), words
    assert any(chinese in said for said in words), words
