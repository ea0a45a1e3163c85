"""Beside the verdict: all markets at a glance, probabilities, baselines, the trace by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

import pytest
from evidence import some
from hypothesis import given, settings
from rulekit import EVIDENCE, RULES, credit, evidence, facts

from footprint.documents.decision import decision_document
from footprint.faults import InputRefused
from footprint.rules import (
    Decision,
    decide,
    decide_all,
    explain,
    markets_at_a_glance,
    reevaluated,
    verdict_from_document,
)
from footprint.values.claim import Claim
from footprint.values.decision import Change, TermEnd, Trace, Verdict

_DAY = date(2026, 11, 20)
_BASE = {
    "value": 2,
    "per": "1 piece",
    "function": "boil",
    "boundary": "cradle-to-grave",
    "gwp_set": "AR6",
    "date": "2024-12-31",
}


def _toitu(**more: Any) -> Decision:
    raw = {
        "methods": ["ISO 14067"],
        "units_sold": 1000,
        "credits": [credit()],
        "plans": {"reduction_plan": {"date": "2026-01-01"}},
        "verification": {"kind": "third-party", "date": "2026-06-01"},
        **more,
    }
    return decide(RULES, facts(), evidence(raw), "nz-toitu", "neutral", _DAY)


def test_a_glance_says_where_the_words_may_be_shown_and_where_not_and_why() -> None:
    lines = markets_at_a_glance(_toitu())
    assert "May be shown under conditions: United Kingdom (to consumers);" in lines[0]
    prohibited, nested = [line for line in lines if line.startswith("May not be shown")]
    assert prohibited.startswith(
        "May not be shown: European Union, all 27 members (to consumers), because: A claim"
    )
    assert nested.startswith(
        "May not be shown: France (to consumers), because: Prohibited because it is prohibited in "
    )
    assert any(
        line.startswith("No rule speaks about it: European Union, all 27 members (to business")
        for line in lines
    )
    chinese = markets_at_a_glance(_toitu(), "zh")
    assert any(
        line.startswith("不得使用：欧盟全部 27 国（面向消费者）。原因：禁止") for line in chinese
    )
    assert any("加利福尼亚州（面向消费者与企业）" in line for line in chinese)
    assert prohibited in explain(_toitu())


def test_what_is_not_earned_may_be_shown_nowhere() -> None:
    lines = markets_at_a_glance(_toitu(credits=[]))
    assert lines[0].startswith("The tier is not earned, so its words may be shown nowhere")
    assert markets_at_a_glance(_toitu(credits=[]), "zh")[0].startswith("尚未取得该等级")


def test_every_market_is_answered_at_a_glance() -> None:
    everything = "\n".join(markets_at_a_glance(_toitu()))
    assert all(market.place.en in everything for market in some(RULES.markets.values()))


def test_a_prohibition_leaves_the_measured_number_to_be_said() -> None:
    text = explain(_toitu(audience="consumer"))
    assert "may say: Carbon footprint: 2 kg CO2e per 1 piece, from cradle to grave." in text


def _thai(**more: Any) -> Decision:
    raw = {
        "function": "boil",
        "methods": ["TGO CFP guideline"],
        "references": {"base_year": {**_BASE, "method": "TGO CFP guideline"}},
        **more,
    }
    return decide(RULES, facts(total=1.95), evidence(raw), "th-tgo", "reduction", _DAY)


_PROBABILITY = {"reference": "base_year", "at_least": "0.02", "probability": "0.934", "draws": 1000}


def test_a_probability_is_told_beside_the_letter_and_changes_no_verdict() -> None:
    plain, told = _thai(), _thai(probability_of_reduction=[_PROBABILITY])
    (statistic,) = told.statistics
    assert statistic.says == (
        "The reduction against the base year is at least 2 % with a probability of 93.4 %, "
        "1000 paired draws"
    )
    assert statistic.says_zh == "相对基准年至少降低 2 % 的概率为 93.4 %，1000 次配对抽样"
    assert replace(told, statistics=()) == plain
    assert statistic.says in explain(told)
    assert statistic.says_zh in explain(told, "zh")


def test_an_explanation_has_each_sentence_in_its_language_only() -> None:
    claim = Claim((), (), "", "", "", "", "", "the claim of it", "所作声明")
    change = Change("rule", "reduce", "0.1", "emit a tenth less", "少排放十分之一")
    decision = replace(
        _thai(probability_of_reduction=[_PROBABILITY]),
        claim=claim, changes=(change,), ends=TermEnd(date(2027, 1, 1), "a limit ends", "限值到期"),
    )  # fmt: skip
    (statistic,) = decision.statistics
    market = next(one for one in decision.markets if one.verdict != "not_covered")
    said = [
        (decision.scheme_name, decision.scheme_name_zh), ("· reduction ·", "· 减碳 ·"),
        ("the claim of it", "所作声明"), ("emit a tenth less", "少排放十分之一"),
        ("a limit ends", "限值到期"), (statistic.says, statistic.says_zh),
        (decision.trace.children[0].says, decision.trace.children[0].says_zh),
        (market.says, market.says_zh),
    ]  # fmt: skip
    texts = explain(decision), explain(decision, "zh")
    for pair in some(said):
        assert [[one in text for one in pair] for text in texts] == [[True, False], [False, True]]


@pytest.mark.parametrize(("confidence", "marked"), [("L", True), ("M", False), ("H", False)])
def test_an_unconfirmed_fact_is_marked_where_it_decides(confidence: Any, marked: bool) -> None:
    node = Trace("r", "pass", "a fact", "一个事实", confidence)
    decision = replace(_thai(), trace=replace(_thai().trace, children=(node,)), markets=())
    assert ("a fact [unconfirmed]" in explain(decision)) is marked
    assert ("一个事实 [未经确认]" in explain(decision, "zh")) is marked


@pytest.mark.parametrize("other", [{"reference": "previous"}, {"at_least": "0.03"}])
def test_a_probability_of_another_question_is_not_told(other: dict[str, str]) -> None:
    assert _thai(probability_of_reduction=[{**_PROBABILITY, **other}]).statistics == ()


@pytest.mark.parametrize(
    ("reference", "refused"),
    [
        ({"chosen": "worst-year"}, True),
        ({"chosen": "fixed-year"}, False),
        ({"date": "2022-12-31", "history": {2021: 1.8, 2022: 2, 2023: 1.9}}, True),
        ({"date": "2022-12-31", "history": {2022: 2, 2023: 1.9}}, False),
        ({"date": "2022-12-31", "history": {2021: 2.1, 2022: 2}}, False),
        ({"date": "2022-12-31", "chosen": "mean-of-years", "history": {2021: 2, 2022: 2}}, False),
        ({"date": None, "history": {2021: 1.8, 2022: 2}}, False),
    ],
)
def test_a_baseline_of_the_worst_year_is_refused(reference: dict[str, Any], refused: bool) -> None:
    def ask() -> Decision:
        return _thai(references={"base_year": {**_BASE, **reference}})

    if refused:
        with pytest.raises(InputRefused, match=r"RUL-015 .*references\.base_year"):
            ask()
    else:
        assert ask().scheme == "th-tgo"


@settings(max_examples=20)
@given(EVIDENCE)
def test_the_trace_alone_gives_the_same_verdict(raw: dict[str, Any]) -> None:
    for decision in some(decide_all(RULES, facts(), evidence(raw), _DAY)):
        assert reevaluated(decision.trace) == decision.verdict
        assert verdict_from_document(decision_document(decision)) == decision.verdict


def _leaf(verdict: Verdict) -> Trace:
    return Trace("below: a", verdict, "a")


@pytest.mark.parametrize(
    ("rule", "children", "verdict"),
    [
        ("any", ("fail", "pass"), "pass"),
        ("any", (), "fail"),
        ("all", (), "pass"),
        ("not", ("fail",), "pass"),
        ("when", ("fail", "unknown"), "pass"),
        ("when", ("pass", "unknown"), "unknown"),
        ("n_of: 2", ("pass", "fail", "pass"), "pass"),
        ("n_of: 2", ("pass", "fail", "unknown"), "unknown"),
        ("some-scheme: neutral", ("pass", "unknown"), "unknown"),
    ],
)
def test_every_combinator_is_computed_again_whatever_the_node_claims(
    rule: str, children: tuple[Verdict, ...], verdict: Verdict
) -> None:
    lie: Verdict = "fail" if verdict == "pass" else "pass"
    node = Trace(rule, lie, "x", children=tuple(_leaf(child) for child in children))
    assert reevaluated(node) == verdict


def test_a_verdict_that_its_reasons_do_not_carry_is_found_out() -> None:
    published = decision_document(_toitu(credits=[]))
    published["verdict"] = "pass"
    published["trace"]["verdict"] = "pass"
    assert verdict_from_document(published) == "fail"


def test_everything_is_decided_in_under_a_second() -> None:
    rich = evidence(
        {
            "units_sold": 1000,
            "credits": [credit(1, programme="VCS")],
            "function": "boil",
            "references": dict.fromkeys(("previous", "base_year", "category_mean_6y"), _BASE),
        }
    )
    start = perf_counter()
    decisions = decide_all(RULES, facts(), rich, _DAY)
    assert perf_counter() - start < 1.0
    assert {(d.scheme, d.tier) for d in decisions} == {
        (scheme.id, tier) for scheme in RULES.schemes.values() for tier in scheme.tiers
    }
    for decision in decisions:
        assert {market.market for market in decision.markets} == set(RULES.markets)


def test_an_end_that_is_not_confirmed_turns_nobody_down_and_awards_nobody() -> None:
    unconfirmed = [
        (scheme.id, tier)
        for scheme in RULES.schemes.values()
        for tier, rule in scheme.tiers.items()
        if scheme.parameters[rule.in_force].values[-1].confidence == "L"
    ]
    for scheme_id, tier in some(unconfirmed):
        decision = decide(RULES, facts(), evidence({}), scheme_id, tier, _DAY)
        assert decision.trace.children[0].verdict == "unknown"
