"""Decisions as a whole: less evidence never helps, refusals name what is known, JSON returns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from evidence import some
from hypothesis import given, settings
from hypothesis import strategies as st
from rulekit import EVIDENCE, RULES, evidence, facts, places, without

from footprint.canonical import canonical_json
from footprint.documents.decision import decision_document, decision_from_document
from footprint.faults import InputRefused, Where
from footprint.rules import (
    Decision,
    decide,
    decide_all,
    explain,
    scheme_document,
    scheme_list,
    verdict_from_document,
)
from footprint.rules.expression import parse_expression
from footprint.rules.predicates import PREDICATES
from footprint.values.decision import Trace

_DAY = date(2026, 11, 20)
_TIERS = [(scheme.id, tier) for scheme in RULES.schemes.values() for tier in scheme.tiers]
_DAYS = st.sampled_from(
    [date(2018, 7, 31), date(2023, 8, 31), date(2023, 9, 1), date(2025, 8, 1), _DAY]
)


@settings(max_examples=300)
@given(
    st.data(),
    EVIDENCE,
    st.sampled_from(_TIERS),
    _DAYS,
    st.sampled_from(["cradle-to-gate", "cradle-to-grave"]),
)
def test_leaving_evidence_out_never_settles_or_turns_a_verdict(
    data: st.DataObject, raw: dict[str, Any], asked: Any, day: date, boundary: str
) -> None:
    scheme, tier = asked
    measured = facts(boundary=boundary)
    path = data.draw(st.sampled_from(places(raw)))
    full = decide(RULES, measured, evidence(raw), scheme, tier, day)
    fewer = decide(RULES, measured, evidence(without(raw, path)), scheme, tier, day)
    assert fewer.verdict in ("unknown", full.verdict), (path, explain(full), explain(fewer))


@settings(max_examples=25)
@given(EVIDENCE, _DAYS)
def test_a_published_decision_reads_back_as_the_same_decision(
    raw: dict[str, Any], day: date
) -> None:
    for decision in some(decide_all(RULES, facts(), evidence(raw), day)):
        published = decision_document(decision)
        canonical_json(published)
        assert decision_from_document(published) == decision
        assert verdict_from_document(published) == decision.verdict
        _every_node_speaks_both_languages(decision.trace)


def _every_node_speaks_both_languages(trace: Trace) -> None:
    assert trace.says
    assert trace.says_zh
    for child in trace.children:
        _every_node_speaks_both_languages(child)


@settings(max_examples=100)
@given(EVIDENCE, st.sampled_from(_TIERS), st.decimals("0.01", "5", places=4))
def test_a_lower_footprint_never_loses_a_comparison(
    raw: dict[str, Any], asked: Any, total: Decimal
) -> None:
    scheme, tier = asked
    higher = decide(RULES, replace(facts(), total_kg=total), evidence(raw), scheme, tier, _DAY)
    lower = decide(RULES, replace(facts(), total_kg=total / 2), evidence(raw), scheme, tier, _DAY)
    order = ("fail", "unknown", "pass")
    assert order.index(lower.verdict) >= order.index(higher.verdict)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=3))
def test_credits_never_make_a_product_pass_a_comparison(tonnes: list[int]) -> None:
    base: dict[str, Any] = {
        "function": "boil",
        "methods": ["TGO CFP guideline"],
        "tiers_held": [{"scheme": "th-tgo", "tier": "disclosure", "valid_until": _DAY}],
        "references": {
            "base_year": {
                "value": 2,
                "per": "1 piece",
                "function": "boil",
                "boundary": "cradle-to-grave",
                "method": "TGO CFP guideline",
                "gwp_set": "AR6",
                "date": "2024-12-31",
            },
            "announced_benchmark": "absent",
        },
    }
    bought = {**base, "units_sold": 1, "credits": [{"tonnes": t} for t in tonnes]}
    plain = decide(RULES, facts(), evidence(base), "th-tgo", "reduction", _DAY)
    assert decide(RULES, facts(), evidence(bought), "th-tgo", "reduction", _DAY) == plain
    assert plain.verdict == "fail"


@pytest.mark.parametrize("asked", _TIERS, ids=lambda asked: f"{asked[0]} {asked[1]}")
def test_without_evidence_nothing_passes(asked: Any) -> None:
    scheme, tier = asked
    decision = decide(RULES, facts(), evidence({}), scheme, tier, _DAY)
    assert decision.verdict != "pass"
    assert decision.missing


def test_the_same_question_has_the_same_answer_to_the_byte() -> None:
    def ask() -> bytes:
        found = decide(RULES, facts(), evidence({}), "th-tgo", "reduction", _DAY)
        return canonical_json(decision_document(found))

    assert ask() == ask()


def test_without_a_named_audience_each_is_answered() -> None:
    decision = decide(RULES, facts(), evidence({}), "nz-toitu", "neutral", _DAY, ["eu-2024-825"])
    assert [(m.audience, m.verdict) for m in decision.markets] == [
        ("consumer", "prohibited"),
        ("business", "not_covered"),
    ]


def test_all_markets_are_looked_at_unless_some_are_named() -> None:
    decision = decide(RULES, facts(), evidence({}), "nz-toitu", "neutral", _DAY)
    assert {market.market for market in decision.markets} == set(RULES.markets)
    assert decision.own_label
    without_laws = decide(RULES, facts(), evidence({}), "nz-toitu", "neutral", _DAY, None)
    assert without_laws == replace(decision, markets=(), own_label=(), verified_label=())


@pytest.mark.parametrize(
    ("scheme", "tier", "markets", "code", "known"),
    [
        ("nope", "disclosure", [], "RUL-020", "uk-carbon-trust"),
        ("nz-toitu", "disclosure", [], "RUL-021", "neutral"),
        ("nz-toitu", "neutral", ["atlantis"], "RUL-022", "eu-2024-825"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(
    scheme: str, tier: Any, markets: list[str], code: str, known: str
) -> None:
    with pytest.raises(InputRefused) as caught:
        decide(RULES, facts(), evidence({}), scheme, tier, _DAY, markets)
    (problem,) = caught.value.problems
    assert problem.code == code
    assert known in problem.hint


def test_a_day_with_a_time_is_refused() -> None:
    with pytest.raises(TypeError, match="without a time"):
        decide(RULES, facts(), evidence({}), "nz-toitu", "neutral", datetime(2026, 11, 20))  # noqa: DTZ001


def _decision() -> Decision:
    return decide(RULES, facts(), evidence({}), "uk-carbon-trust", "low-carbon", _DAY)


def test_a_decision_is_explained_in_english_and_chinese() -> None:
    english, chinese = explain(_decision()), explain(_decision(), "zh")
    assert "Carbon Trust" in english
    assert "Not supplied: " in english
    assert "source: " in english
    assert "unknown" in english
    assert "碳信托" in chinese
    assert "未提供: " in chinese
    assert "未知" in chinese
    with pytest.raises(ValueError, match="language"):
        explain(_decision(), "fr")  # type: ignore[arg-type]  # the point of the test


def test_a_decision_document_with_a_stray_key_is_refused() -> None:
    with pytest.raises(InputRefused, match="RUL-024"):
        decision_from_document({**decision_document(_decision()), "verdikt": "pass"})


def test_schemes_are_listed_with_their_dates() -> None:
    listed = {item["id"]: item for item in scheme_list(RULES)}
    assert listed["uk-carbon-trust"]["tiers"]["neutral"] == {
        "status": "ended",
        "from": "2012-01-01",
        "until_before": "2023-09-01",
    }
    assert listed["nz-toitu"]["tiers"]["neutral"]["until_before"] is None


@pytest.mark.parametrize("scheme", sorted(RULES.schemes))
def test_a_scheme_is_shown_with_every_rule_and_source(scheme: str) -> None:
    shown = scheme_document(RULES, scheme)
    canonical_json(shown)
    assert set(shown["tiers"]) == set(RULES.schemes[scheme].tiers)
    assert {p["name"] for p in shown["parameters"]} == set(RULES.schemes[scheme].parameters)
    names = frozenset(PREDICATES)
    for tier, rule in RULES.schemes[scheme].tiers.items():
        conditions = shown["tiers"][tier]["requires"]
        parsed = tuple(parse_expression(item, names, Where(scheme)) for item in conditions)
        assert parsed == rule.requires.children
    assert all(value["reference"] for p in shown["parameters"] for value in p["values"])
