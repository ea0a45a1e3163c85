"""Laws as they are asked: one question, one answer, the day before and the day."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from evidence import some
from openpyxl import load_workbook
from rulekit import RULES, evidence, facts

from footprint.faults import InputRefused
from footprint.plain_yaml import load_plain_yaml
from footprint.report.cbam_workbook import cbam_workbook
from footprint.rules.journey.question import JourneyQuestion
from footprint.rules.journey.reply import journey_reply
from footprint.rules.modules.battery_reply import battery_reply
from footprint.rules.modules.cbam_reply import cbam_reply
from footprint.rules.modules.questions import (
    BatteryQuestion,
    CbamQuestion,
    LimitQuestion,
    TextileQuestion,
    question_of,
    read_question,
)
from footprint.rules.modules.replies import limit_reply, textile_reply
from footprint.rules.modules.reply_text import KEYS_ZH, reply_lines

DAY = date(2026, 11, 20)
REPOSITORY = Path(__file__).parents[2]
BATTERY = """
kind: ev
stages_kg: {material: 3500, production: 900, distribution: 40, end_of_life: 60, use: 9999}
energy_per_cycle_kwh: 60
cycles: 1500
declaration: {manufacturer: Example Cells, model: X1}
"""


def battery(day: date = DAY, **changes: Any) -> dict[str, Any]:
    asked = read_question(BATTERY, BatteryQuestion, "battery.yaml")
    return battery_reply(asked.model_copy(update=changes), day)


def test_a_battery_is_told_its_number_per_kwh_without_the_use_phase() -> None:
    # (3500 + 900 + 40 + 60) kg / (60 x 1500) kWh = 0.05 kg CO2e per kWh
    reply = battery()
    assert reply["declared"]["kg_co2e_per_kwh"] == "0.05"
    assert reply["declared"]["by_stage"]["production"] == "0.01"
    assert reply["category"] == "ev"
    assert set(reply["declaration"]["lacks"]) == {"plant", "conformity_number", "study"}
    passport = reply["passport"]
    assert passport["carbon_footprint_kg_co2e_per_kwh"] == "0.05"
    assert passport["battery_model"] == "X1"
    assert passport["public_study"] is None


def test_each_duty_is_not_yet_the_day_before_and_open_on_the_day() -> None:
    for duty, day in (
        ("declaration", date(2025, 2, 18)),
        ("class", date(2026, 8, 18)),
        ("maximum", date(2028, 2, 18)),
    ):
        before = battery(date.fromordinal(day.toordinal() - 1))["duties"][duty]
        assert f"not due before {day}" in before["says"]
        # What nobody has looked up for half a year by then may have been put off since.
        fresh = day.year < 2027
        assert before["reply"] == ("not_yet" if fresh else "unknown")
        assert before["since"] == (day.isoformat() if fresh else None)
        assert battery(day)["duties"][duty]["reply"] == "unknown"  # no act was found


def test_a_battery_outside_article_7_has_no_duties() -> None:
    reply = battery(kind="other")
    assert reply["covered"]["reply"] == "no"
    assert reply["duties"] == {}
    assert "passport" not in reply


def test_half_of_what_the_number_needs_is_refused() -> None:
    with pytest.raises(InputRefused, match="RUL-030"):
        battery(cycles=None)


def goods(day: date = DAY, **changes: Any) -> dict[str, Any]:
    return cbam_reply(goods_asked(**changes), day)


def goods_asked(**changes: Any) -> CbamQuestion:
    members = {
        "cn": "7208 10 00",
        "origin": "CN",
        "tonnes_in_year": 51,
        "activity_level": 1000,
        "direct_t": 1800,
        "precursors": [{"cn": "7203 10 00", "amount": 300, "direct": "0.8"}],
        "default": {"value": "2.1", "year": 2026, "source": "Regulation (EU) 2025/2621"},
    }
    return question_of({**members, **changes}, CbamQuestion)


def test_goods_are_told_their_embedded_emissions_and_that_these_are_no_footprint() -> None:
    reply = goods()
    # (1800 + 300 x 0.8) / 1000
    assert reply["actual"] == {"direct_t_co2e": "2.04", "indirect_t_co2e": None, "per": "t"}
    assert reply["default"]["with_mark_up"] == "2.31"  # 10 % in 2026
    assert "no product carbon footprint" in reply["not_a_footprint"]


@pytest.mark.parametrize("left_out", ["activity_level", "direct_t"])
def test_actual_values_are_not_told_from_one_half_of_them(left_out: str) -> None:
    with pytest.raises(InputRefused, match="activity_level and direct_t together"):
        cbam_reply(goods_asked(**{left_out: None}), DAY)
    assert "actual" not in goods(activity_level=None, direct_t=None)


@pytest.mark.parametrize(("tonnes", "reply"), [(50, "no"), ("50.1", "yes")])
def test_the_threshold_of_fifty_tonnes(tonnes: Any, reply: str) -> None:
    assert goods(tonnes_in_year=tonnes)["threshold"]["reply"] == reply


def test_the_definitive_rules_begin_with_2026() -> None:
    assert goods(date(2025, 12, 31))["applies"]["reply"] == "not_yet"
    assert goods(date(2026, 1, 1))["applies"]["reply"] == "yes"


def test_goods_out_of_scope_get_no_emissions() -> None:
    reply = goods(cn="8517 12 00")
    assert reply["scope"]["reply"] == "no"
    assert "actual" not in reply


def test_the_workbook_holds_what_was_answered_and_is_the_same_again() -> None:
    asked = goods_asked(operator="=cmd()", plant="Works 1", year=2026)
    reply = cbam_reply(asked, DAY)
    book = load_workbook(io.BytesIO(cbam_workbook(asked, reply)))
    assert book.sheetnames == ["Goods", "Emissions", "Precursors", "Sources"]
    cells = {row[0].value: row[1].value for row in book["Emissions"].iter_rows(min_row=2)}
    assert cells["Specific direct embedded emissions"] == "2.04"
    named = {row[0].value: row[1].value for row in book["Goods"].iter_rows(min_row=2)}
    assert named["Plant"] == "Works 1"
    assert not str(named["Operator"]).startswith("=")
    assert cbam_workbook(asked, reply) == cbam_workbook(asked, reply)


def textile(day: date = DAY, **changes: Any) -> dict[str, Any]:
    members = {"kind": "clothing", "unmodelled_mass": "0.2", "points": 1200, "mass_g": 180}
    return textile_reply(question_of({**members, **changes}, TextileQuestion), day)


def test_a_garment_is_told_scope_duties_and_how_its_score_is_shown() -> None:
    reply = textile()
    assert reply["scope"]["reply"] == "yes"
    assert reply["shown"] == "1200 impact points, 667 per 100 g"
    assert textile(unmodelled_mass="0.2001")["scope"]["reply"] == "no"
    assert textile(date(2025, 9, 30))["duties"][0]["reply"] == "not_yet"
    assert textile(date(2025, 10, 1))["duties"][0]["reply"] == "yes"


def test_the_climate_term_needs_all_three_figures() -> None:
    with pytest.raises(InputRefused, match="RUL-032"):
        textile(footprint_kg=5)
    climate = textile(footprint_kg=6, score_kg=5, normalisation_kg=7000)["climate"]
    assert climate["ratio"] == "1.2"


LIMIT = {
    "value": "2.0",
    "per": "1 piece",
    "boundary": "cradle-to-grave",
    "since": "2025-01-01",
    "until": "2027-01-01",
    "title": "Purchasing rule 7",
    "gwp_set": "AR6",
}


@pytest.mark.parametrize(("total", "keeps"), [("2.0", "yes"), ("2.000001", "no")])
def test_a_purchase_limit_is_kept_or_not(total: str, keeps: str) -> None:
    asked = question_of(LIMIT, LimitQuestion)
    reply = limit_reply(asked, facts(total=total), evidence({}), DAY)
    assert reply["keeps"] == keeps
    assert reply["limit_kg_co2e"] == "2"
    assert bool(reply["changes"]) == (keeps == "no")


def test_what_a_value_is_per_is_said_of_an_event_as_a_whole() -> None:
    asked = question_of({**LIMIT, "boundary": "event"}, LimitQuestion)
    told = limit_reply(asked, facts(boundary="event"), evidence({}), DAY)
    assert (told["per"], told["per_zh"]) == ("whole event", "活动全部")
    told = limit_reply(question_of(LIMIT, LimitQuestion), facts(), evidence({}), DAY)
    assert (told["per"], told["per_zh"]) == ("1 piece", "1 件")


def test_a_limit_is_unknown_the_day_before_it_begins_and_without_a_gwp_set() -> None:
    asked = question_of(LIMIT, LimitQuestion)
    measured = facts(total="1.0", period_end="2024-06-30")
    for day, keeps in ((date(2024, 12, 31), "unknown"), (date(2025, 1, 1), "yes")):
        assert limit_reply(asked, measured, evidence({}), day)["keeps"] == keeps
    bare = question_of({**LIMIT, "gwp_set": None}, LimitQuestion)
    assert limit_reply(bare, facts(), evidence({}), DAY)["keeps"] == "unknown"


def test_a_limit_that_has_ended_is_kept_by_nothing() -> None:
    asked = question_of({**LIMIT, "until": "2026-01-01"}, LimitQuestion)
    for day, keeps in ((date(2025, 12, 31), "no"), (date(2026, 1, 1), "unknown")):
        measured = facts(total="9.0", period_end="2024-06-30")
        reply = limit_reply(asked, measured, evidence({}), day)
        assert reply["keeps"] == keeps
    (reason,) = reply["reasons"]
    assert "ended on 2026-01-01" in reason["says"]
    assert "2026-01-01" in reason["says_zh"]


@pytest.mark.parametrize("left", ["material", "production", "distribution", "end_of_life"])
def test_a_stage_of_a_battery_that_nothing_is_said_of_is_no_zero(left: str) -> None:
    stages = {"material": 3500, "production": 900, "distribution": 40, "end_of_life": 60}
    rest = {name: kg for name, kg in stages.items() if name != left}
    members = {"kind": "ev", "energy_per_cycle_kwh": 50, "cycles": 1800}
    with pytest.raises(InputRefused, match=r"RUL-030.*Stages are missing"):
        battery_reply(question_of({**members, "stages_kg": rest}, BatteryQuestion), DAY)
    none = question_of({**members, "stages_kg": {**rest, left: 0}}, BatteryQuestion)
    assert battery_reply(none, DAY)


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (LimitQuestion, {**LIMIT, "until": LIMIT["since"]}),
        (LimitQuestion, {**LIMIT, "until": "2000-01-01"}),
        (BatteryQuestion, {"kind": "toy"}),
        (BatteryQuestion, {"kind": "ev", "colour": "red"}),
        (CbamQuestion, {"cn": "7208", "direct_t": -1}),
        (TextileQuestion, {}),
        (LimitQuestion, {**LIMIT, "per": "1 box"}),
    ],
)
def test_a_question_that_cannot_be_used_is_refused_with_its_keys(kind: Any, members: Any) -> None:
    with pytest.raises(InputRefused, match="RUL-033") as caught:
        question_of(members, kind, "question.yaml")
    for name in some(kind.model_fields):
        assert name in caught.value.problems[0].hint


def test_answers_are_printed_in_both_languages() -> None:
    english, chinese = ("\n".join(reply_lines(battery(), zh)) for zh in (False, True))
    assert "covered by Article 7" in english
    assert "第七条涵盖" in chinese
    assert "says_zh" not in english + chinese


GOODS = {
    "cn": "72081000",
    "origin": "China",
    "tonnes_in_year": 60,
    "activity_level": 1000,
    "direct_t": 1800,
    "default": {"value": "2.1", "year": 2026, "source": "Annex I"},
}
SHIRT = {"kind": "clothing", "unmodelled_mass": "0.01", "points": 800, "mass_g": 150}


def _every_reply() -> list[dict[str, Any]]:
    way = load_plain_yaml((REPOSITORY / "examples" / "works.journey.yaml").read_text("utf-8"))
    limit = {"value": 1, "per": "1 piece", "boundary": "cradle-to-grave", "since": "2026-01-01"}
    asked = question_of(limit | {"title": "Rules"}, LimitQuestion)
    compared = SHIRT | {"footprint_kg": 5, "score_kg": 6, "normalisation_kg": 7500}
    return [
        battery(),
        cbam_reply(question_of(GOODS, CbamQuestion), DAY),
        textile_reply(question_of(compared, TextileQuestion), DAY),
        limit_reply(asked, facts(), evidence({}), DAY),
        journey_reply(question_of(way, JourneyQuestion), DAY, RULES),
    ]


def test_every_member_of_a_printed_reply_is_called_by_its_chinese_name() -> None:
    for reply in some(_every_reply()):
        for line in some(list(reply_lines(reply, chinese=True))):
            name, colon, value = line.strip().removeprefix("- ").partition("：")
            plain = line.strip().startswith("- ") and not colon
            assert plain or name in KEYS_ZH.values(), line
            assert value not in {"True", "False", "yes", "no", "unknown", "None"}, line
        for line in some(list(reply_lines(reply, chinese=False))):
            assert not any("\u4e00" <= char <= "\u9fff" for char in line), line


def test_an_empty_list_is_printed_as_nothing_to_tell() -> None:
    assert list(reply_lines({"changes": []}, chinese=False)) == ["changes: -"]
    assert list(reply_lines({"changes": []}, chinese=True)) == ["最小改变：-"]


def test_what_a_limit_lacks_is_named_as_in_its_own_file() -> None:
    reply = _every_reply()[3]
    assert reply["missing"] == ["limit.gwp_set"]
    assert "references" not in str(reply["reasons"])


def test_no_words_of_a_library_are_in_what_a_wrong_question_is_told() -> None:
    wrong = {"kind": 7, "stages_kg": [], "cycles": -1, "capacity_kwh": "x", "nonsense": 1}
    with pytest.raises(InputRefused) as caught:
        question_of(wrong, BatteryQuestion, "battery.yaml")
    said = {one.where.column: one.message for one in caught.value.problems}
    assert said == {
        "kind": "one of these is needed: 'ev', 'lmt', 'industrial' or 'other'.",
        "capacity_kwh": "a plain number is needed, with a point for decimals.",
        "stages_kg": "keys with values are needed (key: value).",
        "cycles": "a number above 0 is needed.",
        "nonsense": "this key is not known here.",
    }
    with pytest.raises(InputRefused) as empty:
        question_of({}, CbamQuestion)
    assert empty.value.problems[0].message == "this key is missing."


@pytest.mark.parametrize(
    ("members", "reply", "owes"),
    [
        ({"kind": "clothing", "unmodelled_mass": "0.01"}, "yes", True),
        ({"kind": " Clothing", "unmodelled_mass": "0.01"}, "yes", True),
        ({"kind": "T-Shirt", "unmodelled_mass": "0.01"}, "yes", True),
        ({"kind": "Ｔ恤", "unmodelled_mass": "0.01"}, "yes", True),
        ({"kind": "家用纺织品"}, "no", False),
        ({"kind": "Home textiles"}, "no", False),
        ({"kind": "clothing", "unmodelled_mass": "0.5"}, "no", False),
        ({"kind": "home-textile"}, "no", False),
        ({"kind": "spaceship"}, "unknown", True),
    ],
)
def test_what_is_left_out_of_the_textile_law_owes_it_nothing(
    members: dict[str, Any], reply: str, owes: bool
) -> None:
    said = textile_reply(question_of(members, TextileQuestion), DAY)
    assert said["scope"]["reply"] == reply
    assert bool(said["duties"]) == owes


def test_a_kind_that_is_not_understood_is_told_the_known_ones() -> None:
    scope = textile_reply(question_of({"kind": "Zelt"}, TextileQuestion), DAY)["scope"]
    assert scope["says"] == (
        "nothing is known of 'Zelt'; known are clothing, home-textile, single-use, electronic"
    )
    assert scope["says_zh"].startswith("“Zelt”情况不明；已知：服装、家用纺织品")


def test_a_limit_names_its_unit_in_chinese() -> None:
    assert "每：1 件" in list(reply_lines(_every_reply()[3], chinese=True))


def test_an_answer_is_unknown_where_its_fact_may_have_changed_since_it_was_looked_up() -> None:
    # The facts were looked up on 2026-11-21: 180 days after is 2027-05-20.
    last = goods(date(2027, 5, 20), tonnes_in_year=50)
    assert (last["stale_facts"], last["threshold"]["reply"]) == (0, "no")
    after = goods(date(2027, 5, 21), tonnes_in_year=50)
    assert after["stale_facts"] == after["facts"]
    for told in (after["applies"], after["scope"], after["threshold"]):
        assert (told["reply"], told["since"]) == ("unknown", None)
    assert after["threshold"]["says"] == (
        "not known for 2027-05-21: the law was last looked up on 2026-11-21 and may have changed. "
        "By what it was then: not above 50 t in the year"
    )
    assert after["threshold"]["says_zh"] == (
        "2027-05-21 的情况尚不清楚：该法最近一次查阅于 2026-11-21，此后可能已变更。"
        "按当时规定：当年未超过 50 t"
    )


def test_whether_duties_on_a_score_hold_is_unknown_where_the_scope_is() -> None:
    asked = question_of({"kind": "tent", "unmodelled_mass": 0}, TextileQuestion)
    told = textile_reply(asked, date(2025, 10, 1))
    assert told["scope"]["reply"] == "unknown"
    assert [one["reply"] for one in told["duties"]] == ["unknown"] * 3
    (early,) = textile_reply(asked, date(2025, 9, 30))["duties"]
    assert early["reply"] == "not_yet"
