"""The smallest change: applying it mends what fails, and one step less does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rulekit import EVIDENCE, RULES, credit, evidence, facts

from footprint.rules import Decision, Evidence, Facts, decide, explain
from footprint.rules.changes import STEPS, TONNE_STEP
from footprint.rules.evidence import Credit, FootprintRow
from footprint.rules.measuring import fewest_rows
from footprint.values.decision import Change, Trace

_DAY = date(2026, 11, 20)
_TIERS = [(scheme.id, tier) for scheme in RULES.schemes.values() for tier in scheme.tiers]
_STEP = Decimal(1) / STEPS
_THAI: dict[str, Any] = {
    "function": "boil",
    "methods": ["TGO CFP guideline"],
    "sales_channel": "b2c",
    "verification": {"by": "Somebody", "kind": "registered-verifier", "date": "2026-06-01"},
    "tiers_held": [{"scheme": "th-tgo", "tier": "disclosure", "valid_until": "2027-01-01"}],
    "references": {
        "base_year": {
            "value": "1.98",
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


def _applied(
    change: Change, measured: Facts, given_evidence: Evidence, less: Decimal = Decimal(0)
) -> tuple[Facts, Evidence]:
    """The footprint and the evidence after a change of its amount, less so much of it."""
    amount = Decimal(change.amount) - less
    if change.kind == "retire":
        if not amount:  # one step less of a single step retires nothing
            return measured, given_evidence
        count = amount.to_integral_value(ROUND_CEILING)
        names = (f"VCS-9 1-{count}", "Verra", "Kettle Works")
        block = Credit(amount, "VCS", 2026, "ex-post", _DAY, *names)
        blocks = (*(given_evidence.credits or ()), block)
        return measured, replace(given_evidence, credits=blocks)
    kg = measured.total_kg
    if change.rows:
        (kg,) = [row.kg for row in measured.rows if row.row == change.rows[0]]
    return replace(measured, total_kg=measured.total_kg - kg * amount), given_evidence


def _verdict_of(rule: str, trace: Trace) -> str:
    return next(node.verdict for node in _nodes(trace) if node.rule == rule)


def _nodes(trace: Trace) -> Iterator[Trace]:
    yield trace
    for child in trace.children:
        yield from _nodes(child)


def test_applying_the_smallest_change_mends_and_one_step_less_does_not() -> None:
    seen: list[Change] = []

    @settings(max_examples=250)
    @given(EVIDENCE, st.sampled_from(_TIERS), st.decimals("0.5", "4", places=5))
    def every_change_mends(raw: dict[str, Any], asked: Any, total: Decimal) -> None:
        scheme, tier = asked
        measured, given_evidence = replace(facts(), total_kg=total), evidence(raw)
        decision = decide(RULES, measured, given_evidence, scheme, tier, _DAY)
        for change in decision.changes:
            seen.append(change)
            assert change.kind in ("reduce", "retire")
            step = TONNE_STEP if change.kind == "retire" else _STEP
            for less, mended in ((Decimal(0), True), (step, False)):
                after = decide(
                    RULES, *_applied(change, measured, given_evidence, less), scheme, tier, _DAY
                )
                found = after.verdict if change.alone else _verdict_of(change.rule, after.trace)
                assert (found == "pass") == mended, (change, less, explain(after))

    every_change_mends()
    assert seen, "most decisions have no change; here is one that has"


def _decision(raw: dict[str, Any]) -> Decision:
    return decide(RULES, facts(), evidence(raw), "th-tgo", "reduction", _DAY)


def test_a_cut_of_the_whole_and_of_the_largest_row_are_told() -> None:
    whole, row = _decision(_THAI).changes
    # 1.98 x 0.98 = 1.9404 is asked for; 2 less 3 % is 1.94.
    assert (whole.amount, whole.alone, whole.rows) == ("0.03", True, ())
    assert whole.says == "Emit 3 % less (0.06 kg CO2e per 1 piece)"
    assert whole.says_zh == "排放降低 3 %（每 1 件 0.06 kg CO2e）"
    # 1.2 kg of steel on row 3: 5 % of it are 0.06 kg.
    assert (row.amount, row.rows, row.alone) == ("0.05", (3,), True)
    assert row.says == "Emit 5 % less on row 3 (Steel)"


def test_the_explanation_tells_the_changes_in_both_languages() -> None:
    decision = _decision(_THAI)
    assert "Smallest changes:\n  - Emit 3 % less (0.06 kg CO2e per 1 piece) [lifts the tier]" in (
        explain(decision)
    )
    assert "最小改变:\n  - 排放降低 3 %（每 1 件 0.06 kg CO2e） [即可取得该等级]" in explain(
        decision, "zh"
    )


def test_a_change_that_does_not_lift_the_tier_says_what_it_mends() -> None:
    without_tier = {key: value for key, value in _THAI.items() if key != "tiers_held"}
    decision = _decision(without_tier)
    # Two routes of the tier compare with the base year.
    assert {change.alone for change in decision.changes} == {False}
    assert any("mends only: Reduction against" in change.says for change in decision.changes)
    assert all("仅满足：" in change.says_zh for change in decision.changes)


def test_credits_that_are_lacking_are_told_in_tenths_of_a_tonne() -> None:
    raw = {
        "methods": ["ISO 14067"],
        "units_sold": 12345,
        "credits": [credit(12)],
        "plans": {"reduction_plan": {"date": "2026-01-01"}},
        "verification": {"kind": "third-party", "date": "2026-06-01"},
    }
    decision = decide(RULES, facts(), evidence(raw), "nz-toitu", "neutral", _DAY)
    (retire,) = [change for change in decision.changes if change.kind == "retire"]
    # 24.69 t are needed, 12 t are there.
    assert (retire.amount, retire.alone) == ("12.7", True)
    assert retire.says == "Retire 12.7 t CO2e more"
    assert any(change.kind == "reduce" and change.alone for change in decision.changes)


def test_a_tier_that_is_no_longer_offered_is_reached_by_no_change() -> None:
    decision = decide(RULES, facts(), evidence({}), "uk-carbon-trust", "neutral", _DAY)
    assert decision.verdict == "fail"
    assert decision.changes == ()


@pytest.mark.parametrize("raw", [{}, {"references": {"base_year": "absent"}}])
def test_what_is_not_known_is_no_change(raw: dict[str, Any]) -> None:
    assert _decision(raw).changes == ()


_ROWS = st.lists(
    st.builds(
        FootprintRow,
        st.integers(1, 99),
        st.just("x"),
        st.decimals("0", "9", places=2),
        st.sampled_from([Decimal(0), Decimal("0.4"), Decimal(1)]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row.row,
)


@given(_ROWS, st.decimals("0.01", "1", places=2))
def test_the_rows_to_be_measured_are_enough_and_no_fewer_would_be(
    rows: list[FootprintRow], at_least: Decimal
) -> None:
    whole = sum((row.kg for row in rows), Decimal(0))
    if not whole:
        return
    have = sum((row.kg * row.primary for row in rows), Decimal(0)) / whole
    chosen = fewest_rows(tuple(rows), have, at_least)
    rest = {row.row: row.kg * (1 - row.primary) for row in rows}
    kgs = sorted(rest.values(), reverse=True)
    lifted = have + sum((rest[row] for row in chosen), Decimal(0)) / whole
    if have >= at_least:
        assert chosen == ()
    elif chosen:
        assert lifted >= at_least - Decimal("1e-20")
        best_of_fewer = have + sum(kgs[: len(chosen) - 1], Decimal(0)) / whole
        assert best_of_fewer < at_least
    assert list(chosen) == sorted(chosen)
