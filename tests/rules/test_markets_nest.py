"""Unions and members, changes that are known, labels of our own, places without a known law."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from evidence import some
from rulekit import RULES, evidence, facts

from footprint.country_names import country_code, country_names
from footprint.documents.decision import decision_document, decision_from_document
from footprint.faults import InputRefused
from footprint.locations import COUNTRIES
from footprint.plain_yaml import load_plain_yaml
from footprint.rules import Decision, decide, explain, markets_at_a_glance
from footprint.rules.places import union_places
from footprint.values.decision import MarketDecision

BEFORE, THE_DAY = date(2026, 9, 26), date(2026, 9, 27)


def neutral(day: date, *markets: str, **raw: Any) -> Decision:
    return decide(RULES, facts(), evidence(raw), "nz-toitu", "neutral", day, markets)


def to_consumers(decision: Decision, market: str) -> MarketDecision:
    (found,) = [
        one for one in decision.markets if (one.market, one.audience) == (market, "consumer")
    ]
    return found


def test_the_union_has_27_members() -> None:
    members = union_places().members("EU")
    assert len(members) == len(set(members)) == 27
    assert "FR" in members
    assert "GB" not in members


@pytest.mark.parametrize("code", sorted(union_places().members("EU")))
def test_what_the_union_prohibits_is_prohibited_in_every_member(code: str) -> None:
    assert to_consumers(neutral(THE_DAY, code), code).verdict == "prohibited"
    assert to_consumers(neutral(BEFORE, code), code).verdict != "prohibited"


def test_the_day_before_a_known_change_says_from_tomorrow() -> None:
    found = to_consumers(neutral(BEFORE, "eu-2024-825"), "eu-2024-825")
    assert (found.verdict, found.becomes, found.changes_on) == (
        "not_covered",
        "prohibited",
        THE_DAY,
    )
    assert "From tomorrow (2026-09-27) prohibited" in found.says
    assert "自明日（2026-09-27）起禁止" in found.says_zh
    earlier = to_consumers(neutral(date(2026, 9, 25), "eu-2024-825"), "eu-2024-825")
    assert "From 2026-09-27 prohibited" in earlier.says
    assert to_consumers(neutral(THE_DAY, "eu-2024-825"), "eu-2024-825").becomes is None


@pytest.mark.parametrize("code", ["KR", "TH", "TW", "HK", "AU", "NZ"])
def test_a_place_without_a_known_law_is_not_known(code: str) -> None:
    found = to_consumers(neutral(THE_DAY, code), code)
    assert found.says.startswith("Not known: ")
    assert found.says_zh.startswith("尚不清楚")
    assert (found.verdict, found.confidence) == ("unknown", "M")
    assert "Looked for on 2026-11-29: law on environmental claims" in found.says
    assert "查找了产品环境声明的法律" in found.says_zh
    assert len(found.citations) == 2
    assert all(one.url.startswith("https://") for one in some(found.citations))
    assert found.permitted_wording == ()


@pytest.mark.parametrize("code", ["CA", "CH"])
def test_a_place_where_nobody_looked_says_no_more(code: str) -> None:
    found = to_consumers(neutral(THE_DAY, code), code)
    assert (found.verdict, found.confidence, found.citations) == ("unknown", "L", ())
    assert "Looked for" not in found.says


@pytest.mark.parametrize(
    ("market", "day", "english", "chinese"),
    [
        ("iso-14026", date(2000, 1, 1), "This voluntary standard", "该自愿性标准"),
        ("jp-cfp-display", date(2025, 2, 3), "This guide", "该指南"),
        ("us-ftc-260", date(2012, 10, 10), "This guide", "该指南"),
        ("eu-2024-825", BEFORE, "This law", "该法"),
    ],
)
def test_what_is_no_law_is_not_called_one(
    market: str, day: date, english: str, chinese: str
) -> None:
    found = to_consumers(neutral(day, market), market)
    assert found.verdict == "not_covered"
    assert english in found.says
    assert chinese in found.says_zh
    stale = to_consumers(neutral(date(2031, 1, 1), market), market)
    word = english.removeprefix("This ")
    assert f"the {word} was last looked up on" in stale.says


def test_a_members_own_law_that_nobody_looked_at_is_no_permission() -> None:
    said = decide(RULES, facts(), evidence({}), "th-tgo", "disclosure", THE_DAY, ["DE"])
    (business,) = [one for one in said.markets if one.audience == "business"]
    assert business.verdict == "unknown"
    assert "National law of Germany was not looked at" in business.says


def test_a_place_that_does_not_exist_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputRefused, match="RUL-022"):
        neutral(THE_DAY, "XX")


@pytest.mark.parametrize(
    ("asked", "code", "name"),
    [
        ("BR", "BR", "Brazil"),
        ("brazil", "BR", "Brazil"),
        ("巴西", "BR", "Brazil"),
        ("MO", "MO", "Macao"),
        ("Macau", "MO", "Macao"),
        ("no", "NO", "Norway"),
        ("Côte d'Ivoire", "CI", "Côte d’Ivoire"),
        ("Cote d Ivoire", "CI", "Côte d’Ivoire"),
    ],
)
def test_a_country_without_a_known_law_is_not_known_by_code_and_by_name(
    asked: str, code: str, name: str
) -> None:
    for one in some(neutral(THE_DAY, asked).markets):
        assert (one.market, one.place, one.verdict) == (code, name, "unknown")
        assert f"no rule of {name} on such claims" in one.says
        assert "Nothing was looked for there yet" in one.says
        assert "尚未查找当地法律" in one.says_zh


@pytest.mark.parametrize("asked", ["Germany", "德国", "ｄｅ", "germany ", "Deutschland"])
def test_a_member_is_known_by_its_names(asked: str) -> None:
    if asked == "Deutschland":
        with pytest.raises(InputRefused, match="no law that is known here, and no country"):
            neutral(THE_DAY, asked)
        return
    assert neutral(THE_DAY, asked).markets == neutral(THE_DAY, "DE").markets


def test_every_country_is_answered_and_a_place_only_once() -> None:
    codes = sorted(COUNTRIES)
    assert [one.market for one in neutral(THE_DAY, *codes, audience="consumer").markets] == codes
    twice = neutral(THE_DAY, "DE", "Germany", "德国", audience="consumer")
    assert [one.market for one in twice.markets] == ["DE"]


def test_nothing_that_names_no_place_is_a_country() -> None:
    for text in ("", " ", "XX", "Atlantis", "EUR", "1", "Brazilia", "RER", "GLO"):
        assert union_places().code(text) == ""
    names = [name for code in sorted(COUNTRIES) for name in country_names(code)]
    assert len(names) == len(set(names)) == 2 * len(COUNTRIES)
    for code in some(sorted(COUNTRIES)):
        assert {country_code(name) for name in country_names(code)} == {code}


@pytest.mark.parametrize("code", ["DE", "FR", "US-CA"])
def test_what_a_member_is_answered_by_is_not_listed_as_unknown(code: str) -> None:
    union = union_places().union_of[code]
    said = markets_at_a_glance(neutral(THE_DAY, code))
    (line,) = [one for one in said if one.startswith("Not known, for no law")]
    assert union_places().names[union].en not in line
    assert "Canada" in line


def test_a_self_declared_label_is_no_certification_scheme_from_the_day_on() -> None:
    (before,) = neutral(BEFORE).own_label
    (then,) = neutral(THE_DAY).own_label
    assert (before.verdict, before.becomes, before.changes_on) == (
        "not_covered",
        "prohibited",
        THE_DAY,
    )
    assert (then.verdict, then.becomes) == ("prohibited", None)
    assert "no certification scheme" in then.says
    assert neutral(THE_DAY, "gb-dmcc").own_label == ()
    assert neutral(THE_DAY, "DE").own_label == (then,)
    assert neutral(THE_DAY, then.market).own_label == (then,)


def test_a_label_with_a_statement_needs_a_certification_scheme_from_its_day_on() -> None:
    (before,) = neutral(BEFORE, "DE").verified_label
    assert (before.verdict, before.becomes, before.changes_on) == (
        "not_covered",
        "conditional",
        THE_DAY,
    )
    (then,) = neutral(THE_DAY, "DE").verified_label
    assert (then.market, then.audience, then.verdict) == ("eu-2024-825", "consumer", "conditional")
    assert neutral(THE_DAY, "gb-dmcc").verified_label == ()


def test_weak_facts_are_marked_wherever_the_answers_are_printed() -> None:
    decision = neutral(THE_DAY)
    weak = [one.market for one in decision.markets if one.confidence == "L"]
    assert weak
    text = explain(decision)
    for market in some(weak):
        assert any(
            line.strip().startswith(f"{market},") and "[unconfirmed]" in line
            for line in text.splitlines()
        )
    assert any("[unconfirmed]" in line for line in markets_at_a_glance(decision))
    assert any("［未经确认］" in line for line in markets_at_a_glance(decision, "zh"))


def test_lines_at_a_glance_name_changes_members_and_what_is_not_known() -> None:
    lines = "\n".join(markets_at_a_glance(neutral(BEFORE)))
    assert "From tomorrow (2026-09-27) prohibited: European Union, all 27 members" in lines
    assert "The label of a self-declared certificate, European Union, all 27 members" in lines
    assert "Not known, for no law of theirs is recorded or was asked for: Korea" in lines
    zh = "\n".join(markets_at_a_glance(neutral(BEFORE), "zh"))
    assert "自明日（2026-09-27）起禁止：欧盟全部 27 国" in zh


def test_documents_leave_out_what_a_market_does_not_say() -> None:
    before, then = (decision_document(neutral(day)) for day in (BEFORE, THE_DAY))
    answers = {(one["market"], one["audience"]): one for one in before["markets"]}
    assert answers["eu-2024-825", "consumer"]["changes_on"] == "2026-09-27"
    assert "changes_on" not in answers["gb-dmcc", "consumer"]
    nested = {(one["market"], one["audience"]): one for one in then["markets"]}
    assert nested["fr-d229-106", "consumer"]["because_of"] == "eu-2024-825"
    for document, day in ((before, BEFORE), (then, THE_DAY)):
        assert decision_from_document(document) == neutral(day)


def test_a_place_that_stays_unknown_announces_no_change() -> None:
    event = replace(facts(), boundary="event")
    asked = {"audience": "consumer"}
    said = decide(RULES, event, evidence(asked), "iso-14068-1", "neutral", BEFORE, ["DE"])
    (german,) = said.markets
    assert (german.verdict, german.becomes, german.changes_on) == ("unknown", None, None)
    assert not any(
        "From tomorrow" in line and "Germany" in line for line in markets_at_a_glance(said)
    )
    product = decide(RULES, facts(), evidence(asked), "nz-toitu", "neutral", BEFORE, ["DE"])
    assert product.markets[0].becomes == "prohibited"


def test_what_is_to_be_confirmed_is_told_in_one_language() -> None:
    decision = decide(RULES, facts(), evidence({}), "us-verus", "neutral", THE_DAY)
    assert decision.confirm_first
    english, chinese = explain(decision), explain(decision, "zh")
    assert "  - The certification is offered\n" in english
    assert "  - 认证受理\n" in chinese
    assert "/ 认证受理" not in english + chinese


def test_words_for_an_event_speak_of_the_whole_and_not_of_a_piece() -> None:
    event = replace(facts(), boundary="event")
    (told,) = decide(RULES, event, evidence({}), "cn-event-neutral", "neutral", THE_DAY).own_label
    assert told.permitted_wording == (
        "Carbon footprint: 2 kg CO2e for the whole event, of the event as it states its boundary.",
        "碳足迹：活动全部 2 kg CO2e，按该活动所述边界。",
    )
    organisation = replace(facts(), boundary="organisation")
    (told,) = decide(RULES, organisation, evidence({}), "iso-14068-1", "neutral", THE_DAY).own_label
    assert "2 kg CO2e for the whole organisation, of" in told.permitted_wording[0]


def test_the_least_cut_of_an_event_is_one_of_the_whole() -> None:
    examples = Path(__file__).parents[2] / "examples"
    raw = load_plain_yaml((examples / "summit.evidence.yaml").read_text("utf-8"))
    companies = ("Example Association for Quality",)
    # 32 t of credits are retired for it.
    event = replace(
        facts(total=32500),
        boundary="event",
        companies=companies,
        period_start=date(2026, 10, 22),
        period_end=date(2026, 10, 23),
    )
    said = decide(RULES, event, evidence(raw), "cn-event-neutral", "neutral", date(2026, 11, 20))
    (cut,) = [one for one in said.changes if one.kind == "reduce"]
    assert cut.says == "Emit 1.6 % less (520 kg CO2e for the whole event)"
    assert cut.says_zh == "排放降低 1.6 %（活动全部 520 kg CO2e）"
