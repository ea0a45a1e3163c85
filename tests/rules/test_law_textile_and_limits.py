"""The French textile score (scope, duties, display) and purchase limits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulekit import evidence, facts

from footprint.faults import InputRefused
from footprint.rules.modules.procurement import Limit, check_limit
from footprint.rules.modules.textile import (
    compare_climate,
    displayed,
    duties_on,
    in_scope,
    load_textile_law,
)
from footprint.values.decision import Citation

_TEXTILE = load_textile_law()
_DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("kind", "unmodelled", "reply"),
    [
        ("clothing", "0.2", "yes"),
        ("clothing", "0.20001", "no"),
        ("clothing", None, "unknown"),
        ("home-textile", "0", "no"),
        ("single-use", "0", "no"),
        ("electronic", "0", "no"),
        ("tent", "0", "unknown"),
    ],
)
def test_the_score_is_for_clothing_of_which_enough_is_modelled(
    kind: str, unmodelled: str | None, reply: str
) -> None:
    share = Decimal(unmodelled) if unmodelled else None
    assert in_scope(_TEXTILE, kind, share).reply == reply


def test_the_duties_begin_on_the_first_of_october_2025() -> None:
    (early,) = duties_on(_TEXTILE, date(2025, 9, 30))
    assert early.reply == "not_yet"
    duties = duties_on(_TEXTILE, date(2025, 10, 1))
    assert [duty.reply for duty in duties] == ["yes"] * 3
    assert all(duty.says_zh and duty.confidence == "M" for duty in duties)
    assert _TEXTILE.update.months == 12


def test_a_score_is_shown_in_points_and_per_100_g() -> None:
    shown = displayed(Decimal(1200), Decimal(160))
    assert shown.en == "1200 impact points, 750 per 100 g"
    assert shown.zh == "1200 影响点，每 100 g 750 点"


def test_only_the_climate_term_is_compared_and_no_score_is_made() -> None:
    found = compare_climate(_TEXTILE, Decimal(3), Decimal("2.5"), Decimal(7500))
    assert found.ratio == Decimal("1.2")
    # 0.2106 x 2.5 / 7500 of a European's year are 70.2 millionths.
    assert found.points == Decimal("70.2")
    assert "no carbon label" in found.says
    assert "并非碳标签" in found.says_zh


@pytest.mark.parametrize(
    "step",
    [
        lambda: displayed(Decimal(1), Decimal(0)),
        lambda: displayed(Decimal(-1), Decimal(1)),
        lambda: compare_climate(_TEXTILE, Decimal(1), Decimal(0), Decimal(1)),
    ],
)
def test_what_cannot_be_shown_or_compared_is_refused(step: Any) -> None:
    with pytest.raises(InputRefused, match="RUL-032"):
        step()


_LIMIT = Limit(
    value_kg=Decimal("1.9"),
    per_amount=Decimal(1),
    per_unit="piece",
    boundary="cradle-to-grave",
    since=date(2026, 1, 1),
    source=Citation("Tender 7", "annex 2", "https://example.com/tender"),
    gwp_set="AR6",
)


def test_a_product_keeps_a_limit_at_the_limit_and_not_above() -> None:
    assert check_limit(_LIMIT, facts(total=1.9), evidence({}), _DAY).verdict == "pass"
    above = check_limit(_LIMIT, facts(total=1.9000001), evidence({}), _DAY)
    assert above.verdict == "fail"
    assert above.trace.children[0].citations == (_LIMIT.source,)
    assert "above the limit of the purchase" in above.trace.children[0].says


@pytest.mark.parametrize(
    ("changes", "verdict"),
    [
        ({"at_least": True, "lacking": 0.03}, "pass"),
        ({"at_least": True, "lacking": 0.04}, "unknown"),
        ({"at_least": True}, "unknown"),
        ({"covered": 0.99}, "unknown"),
        ({"at_least": True, "total": 2.0}, "fail"),
    ],
)
def test_a_total_that_lacks_something_keeps_no_limit_for_sure(
    changes: dict[str, Any], verdict: str
) -> None:
    found = check_limit(_LIMIT, facts(**({"total": 1.0} | changes)), evidence({}), _DAY)
    assert found.verdict == verdict


def test_before_its_first_day_and_after_its_end_a_limit_is_not_judged() -> None:
    ended = replace(_LIMIT, until=date(2026, 7, 1))
    assert check_limit(ended, facts(), evidence({}), date(2025, 12, 31)).verdict == "unknown"
    assert check_limit(ended, facts(), evidence({}), date(2026, 6, 30)).verdict == "fail"
    assert check_limit(ended, facts(), evidence({}), date(2026, 7, 1)).verdict == "unknown"
    over = check_limit(ended, facts(), evidence({}), date(2026, 7, 1))
    assert over.trace.says == "this limit ended on 2026-07-01: ask for the one in force"
    assert "2026-07-01" in over.trace.says_zh
    assert over.changes == ()


@pytest.mark.parametrize(
    ("limit", "raw", "verdict"),
    [
        ({"boundary": "cradle-to-gate"}, {}, "unknown"),
        ({"gwp_set": None}, {}, "unknown"),
        ({"function": "boil"}, {}, "unknown"),
        ({"function": "boil"}, {"function": "boil"}, "pass"),
        ({"method": "ISO 14067"}, {"methods": ["PAS 2050"]}, "unknown"),
        ({"verified_by": ("accredited-body",)}, {}, "unknown"),
        (
            {"verified_by": ("accredited-body",)},
            {"verification": {"kind": "self", "date": "2026-01-01"}},
            "fail",
        ),
        ({"primary_share": Decimal("0.25")}, {}, "pass"),
        ({"primary_share": Decimal("0.26")}, {}, "fail"),
    ],
)
def test_a_limit_asks_for_what_it_names(
    limit: dict[str, Any], raw: dict[str, Any], verdict: str
) -> None:
    found = check_limit(replace(_LIMIT, **limit), facts(total=1.5), evidence(raw), _DAY)
    assert found.verdict == verdict


@pytest.mark.parametrize("change", [{"per_unit": "kilogram"}, {"gwp_set": "AR5"}])
def test_a_limit_per_another_unit_or_gwp_set_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(InputRefused, match="RUL-01"):
        check_limit(replace(_LIMIT, **change), facts(), evidence({}), _DAY)


def test_the_change_that_keeps_the_limit_is_told_with_the_rows_to_be_measured() -> None:
    asked = replace(_LIMIT, primary_share=Decimal("0.5"))
    found = check_limit(asked, facts(total=1.5), evidence({}), _DAY)
    (change,) = found.changes
    assert (change.kind, change.rows, change.alone) == ("primary-data", (3,), True)
    assert change.says == "Give primary data for row 3"
    more = check_limit(
        replace(_LIMIT, primary_share=Decimal("0.9")), facts(total=1.5), evidence({}), _DAY
    )
    assert more.changes[0].says == "Give primary data for rows 3, 9"


@given(st.decimals("0.1", "5", places=4))
def test_the_smallest_cut_keeps_the_limit_and_one_step_less_does_not(total: Decimal) -> None:
    measured = replace(facts(), total_kg=total, rows=())
    found = check_limit(_LIMIT, measured, evidence({}), _DAY)
    assert (found.verdict == "pass") == (total <= _LIMIT.value_kg)
    for change in found.changes:
        for less, verdict in ((Decimal(0), "pass"), (Decimal("0.001"), "fail")):
            cut = replace(measured, total_kg=total * (1 - Decimal(change.amount) + less))
            assert check_limit(_LIMIT, cut, evidence({}), _DAY).verdict == verdict
