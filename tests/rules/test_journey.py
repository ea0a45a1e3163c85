"""The five-step chain: what may follow what, a label last, progress on the path."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st

from footprint.faults import InputRefused
from footprint.plain_yaml import load_plain_yaml
from footprint.rules import load_rules
from footprint.rules.journey.chain import STEPS, Chain, TakenStep
from footprint.rules.journey.progress import share_due
from footprint.rules.journey.question import JourneyQuestion, TargetEntry
from footprint.rules.journey.reply import journey_reply
from footprint.rules.modules.questions import question_of, read_question
from footprint.values.decision import TIERS

EXAMPLE = (Path(__file__).parents[2] / "examples" / "works.journey.yaml").read_text("utf-8")
DAY = date(2026, 11, 20)
NEW_YEAR = date(2026, 1, 1)


def reply(day: date = DAY, **changes: Any) -> dict[str, Any]:
    question = question_of(load_plain_yaml(EXAMPLE) | changes, JourneyQuestion)
    return journey_reply(question, day, load_rules())


def steps(*names: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for at, name in enumerate(names):
        step, _, more = name.partition(":")
        one: dict[str, Any] = {"step": step, "day": f"2026-0{at + 1}-01"}
        if step == "offset":
            one["tonnes"] = 5000
        elif more:
            one["tier"] = more
        found.append(one)
    return found


def refused(found: dict[str, Any]) -> list[str]:
    return [one["step"] for one in found["steps"] if one["reply"] == "no"]


def test_the_example_goes_its_way() -> None:
    found = reply()
    assert (found["reply"], found["at"], refused(found)) == ("yes", "disclose", [])
    # The round is closed: what follows is the next one.
    assert found["next"] == ["quantify", "disclose"]


def test_an_offset_waits_for_a_recorded_reduction_where_the_rule_wants_it() -> None:
    way = steps("quantify", "plan", "offset")
    found = reply(steps=way)
    assert refused(found) == ["offset"]
    assert found["steps"][2]["says"] == "before it comes: reduce"
    assert found["steps"][2]["says_zh"] == "此前须先完成：实施减排"
    assert reply(steps=way, scheme="us-carbonfree")["reply"] == "yes"
    # Nobody's rule: the order of the chain holds.
    assert refused(reply(steps=way, scheme=None)) == ["offset"]


@pytest.mark.parametrize(("year", "taken"), [(2025, True), (2026, True), (2027, False)])
def test_a_footprint_is_known_on_the_days_of_its_own_year_and_after(year: int, taken: bool) -> None:
    found = reply(steps=steps("quantify"), years=[{"year": year, "kg": "1000"}], target=None)
    assert refused(found) == ([] if taken else ["quantify"])


def test_a_reduction_is_recorded_only_with_a_measure_that_saves() -> None:
    way = steps("quantify", "plan", "reduce", "offset")
    nothing = [{"name": "Talk", "lever": "management", "day": "2024-01-01", "saved_kg": 0}]
    assert refused(reply(steps=way, measures=nothing)) == ["reduce", "offset"]
    late = [{"name": "Lids", "lever": "technology", "day": "2026-03-02", "saved_kg": 1}]
    assert refused(reply(steps=way, measures=late)) == ["reduce", "offset"]
    late[0]["day"] = "2026-03-01"
    assert refused(reply(steps=way, measures=late)) == []


@pytest.mark.parametrize(
    ("way", "wrong"),
    [
        (("quantify", "disclose:disclosure"), []),
        (("quantify", "disclose:reduction"), ["disclose"]),
        (("quantify", "plan", "reduce", "disclose:reduction"), []),
        (("quantify", "plan", "reduce", "disclose:neutral"), ["disclose"]),
        (("quantify", "plan", "reduce", "offset", "disclose:neutral"), []),
        (("plan",), ["plan"]),
        (("disclose",), ["disclose"]),
        (("quantify", "plan", "disclose", "reduce"), ["reduce"]),
        (("quantify", "disclose", "quantify", "disclose:disclosure"), []),
    ],
)
def test_the_label_comes_last(way: tuple[str, ...], wrong: list[str]) -> None:
    assert refused(reply(steps=steps(*way))) == wrong


def test_a_gram_more_than_the_credits_is_refused() -> None:
    way = steps("quantify", "plan", "reduce", "offset")
    way[-1]["tonnes"] = "4042.748"
    assert refused(reply(steps=way)) == []
    way[-1]["tonnes"] = "4042.747"
    assert refused(reply(steps=way)) == ["offset"]


def test_steps_of_tomorrow_and_backwards_are_refused() -> None:
    way = steps("quantify")
    assert refused(reply(date(2025, 12, 31), steps=way)) == ["quantify"]
    assert refused(reply(NEW_YEAR, steps=way)) == []
    back = [*steps("quantify"), {"step": "plan", "day": "2025-12-31"}]
    assert refused(reply(steps=back)) == ["plan"]


TAKEN = st.lists(
    st.tuples(st.sampled_from(STEPS), st.sampled_from([None, *TIERS])), min_size=1, max_size=12
)


@given(TAKEN, st.booleans())
def test_no_order_of_steps_shows_a_neutral_label_without_its_reduction_and_offset(
    wanted: list[tuple[Any, Any]], reduce_first: bool
) -> None:
    chain = Chain(reduce_first)
    for at, (step, tier) in enumerate(wanted):
        one = TakenStep(step, NEW_YEAR + timedelta(at), tier if step == "disclose" else None)
        if chain.objection(one) is None:
            chain = chain.take(one)
        else:
            with pytest.raises(ValueError, match=r"."):
                chain.take(one)
    for at, one in enumerate(chain.taken):
        before = [earlier.step for earlier in chain.taken[:at]]
        if one.step == "offset" and reduce_first:
            assert "reduce" in before
        if one.tier == "neutral":
            assert "offset" in before
        if one.step != "quantify":
            assert "quantify" in before
    assert set(chain.next_steps) <= set(STEPS)


def test_progress_is_beside_the_path() -> None:
    rows = {row["year"]: row for row in reply()["progress"]}
    # The goal of 2024 is half of the 10 % of 2025.
    assert rows[2024]["goal_kg"] == "4294000"
    assert (rows[2024]["on_path"], rows[2024]["percent_below_base"]) == ("no", "4.64")
    assert (rows[2025]["on_path"], rows[2025]["goal_kg"]) == ("yes", "4068000")
    assert "97 %" in rows[2025]["says"]
    assert "goal_kg" not in rows[2023]


def test_years_of_another_boundary_are_not_compared() -> None:
    years = load_plain_yaml(EXAMPLE)["years"]
    years[2]["gwp_set"] = "AR5"
    assert reply(years=years)["progress"][2]["on_path"] == "unknown"


def test_levers_add_up_and_all_three_are_shown() -> None:
    levers = reply()["levers"]
    assert list(levers) == ["management", "structure", "technology"]
    assert levers["structure"]["saved_kg"] == "300600"
    assert reply(measures=[])["levers"]["management"]["saved_kg"] == "0"


@given(st.integers(2020, 2040), st.decimals(0, 1, places=4))
def test_the_path_is_straight_and_ends_at_the_target(year: int, share: Decimal) -> None:
    target = TargetEntry(base_year=2020, target_year=2030, reduction=share)
    due = share_due(target, year)
    assert due == share * min(year - 2020, 10) / 10
    for earlier in some(range(2020, year + 1)):
        assert share_due(target, earlier) <= due


@pytest.mark.parametrize(
    "text",
    [
        "subject: x\nsteps: [{step: offset, day: 2026-01-01}]",
        "subject: x\nsteps: [{step: plan, day: 2026-01-01, tonnes: 3}]",
        "subject: x\nsteps: [{step: jump, day: 2026-01-01}]",
        "subject: x\nmeasures: [{name: a, lever: luck, day: 2026-01-01, saved_kg: 1}]",
        "subject: x\ntarget: {base_year: 2030, target_year: 2030, reduction: 0.1}",
        "subject: x\ntarget: {base_year: 2020, target_year: 2030, reduction: 1.1}",
        "subject: x\nyears: [{year: 2025, kg: 1}, {year: 2025, kg: 2}]",
    ],
)
def test_what_contradicts_itself_is_refused(text: str) -> None:
    with pytest.raises(InputRefused) as caught:
        read_question(text, JourneyQuestion, "way.yaml")
    assert {one.code for one in caught.value.problems} == {"RUL-033"}


def test_an_unknown_scheme_is_named() -> None:
    with pytest.raises(InputRefused) as caught:
        reply(scheme="no-such")
    assert caught.value.problems[0].code == "RUL-020"


@pytest.mark.parametrize(("draws", "said"), [(475, ", 475 draws)"), (None, "was not stated)")])
def test_a_year_says_of_how_many_draws_its_probability_is(draws: int | None, said: str) -> None:
    years = [dict(one) for one in load_plain_yaml(EXAMPLE)["years"]]
    years[-1] |= {"probability": "0.97", "draws": draws}
    assert reply(years=years)["progress"][-1]["says"].endswith(said)


def test_a_probability_of_one_draw_is_refused() -> None:
    years = [dict(one) for one in load_plain_yaml(EXAMPLE)["years"]]
    years[-1] |= {"probability": 1, "draws": 1}
    with pytest.raises(InputRefused, match=r"too few draws \(1\)"):
        reply(years=years)
