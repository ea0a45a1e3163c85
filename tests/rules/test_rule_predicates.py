"""Each predicate at its edges: the last day, the exact number, the missing half."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from rulekit import credit, evidence, facts

from footprint.rules.predicates import PREDICATES
from footprint.rules.predicates.finding import Context, Finding, add_months
from footprint.rules.synonyms import accepts

_DAY = date(2026, 6, 30)
_PAPER = {"date": "2025-06-30", "url": "https://example.com/a"}
_SOLD = {"units_sold": 1000}
_KG2 = {
    "value": 2,
    "per": "1 piece",
    "function": "boil",
    "boundary": "cradle-to-grave",
    "gwp_set": "AR6",
    "date": "2024-12-31",
}
_CHECK = {"kind": "third-party", "date": "2025-12-31"}


def _credit(**changes: Any) -> dict[str, Any]:
    named = {"programme": "VCS", "issuance": "ex-post", "retired_on": "2026-06-30"}
    return {**_SOLD, "credits": [credit(**{**named, **changes})]}


def _held(until: str | None) -> dict[str, Any]:
    held = {"scheme": "s", "tier": "disclosure"}
    return {"tiers_held": [{**held, "valid_until": until} if until else held]}


def _previous(**changes: Any) -> dict[str, Any]:
    return {"function": "boil", "references": {"previous": {**_KG2, **changes}}}


_COVER = {"ratio": 1, "issuance": "ex-post", "retire_within_months": 6}
_KINDS = {"any": ["VCS"], "closed": True, "vintage_after": 2019, "deny": ["Bad"]}
_BELOW = {"ref": "previous", "by": 0, "same": ["function", "boundary"]}
_SCALE = {"en": "scale", "zh": "尺度"}
_CLASSES: dict[str, Any] = {
    "scale": _SCALE,
    "per": "2 piece",
    "classes": [
        {"name": "A", "up_to": "3.999"},
        {"name": "B", "up_to": 4},
        {"name": "C", "up_to": 6},
    ],
}
_EDGES: list[tuple[str, dict[str, Any], dict[str, Any], str]] = [
    ("plan", {"needs": ["a"]}, {"plans": {"a": {"date": "2026-06-30"}}}, "pass"),
    ("plan", {"needs": ["a"]}, {"plans": {"a": {"date": "2026-07-01"}}}, "fail"),
    ("plan", {"needs": ["a"]}, {"plans": {"a": {}}}, "unknown"),
    ("plan", {"needs": ["a"]}, {"plans": {"a": "absent"}}, "fail"),
    ("plan", {"needs": ["a", "b"]}, {"plans": {"b": "absent"}}, "fail"),
    ("plan", {"needs": ["a"], "public": True}, {"plans": {"a": {"date": "2026-01-01"}}}, "unknown"),
    ("publish", {"fields": ["a"], "every_months": 12}, {"publications": {"a": _PAPER}}, "pass"),
    ("publish", {"fields": ["a"], "every_months": 11}, {"publications": {"a": _PAPER}}, "fail"),
    ("offset_cover", _COVER, _credit(), "pass"),
    ("offset_cover", _COVER, _credit(tonnes="1.999999999", serial=None), "fail"),
    ("offset_cover", _COVER, _credit(issuance="ex-ante"), "fail"),
    ("offset_cover", _COVER, _credit(issuance=None), "unknown"),
    ("offset_cover", _COVER, _credit(retired_on=None), "unknown"),
    ("offset_cover", _COVER, _credit(retired_on="2026-07-01"), "fail"),
    ("offset_cover", {"ratio": 1, "retire_within_months": 5}, _credit(), "fail"),
    ("offset_cover", {"ratio": "1.1"}, _credit(), "fail"),
    ("offset_cover", _COVER, _credit(serial=None), "unknown"),
    ("offset_cover", _COVER, _credit(registry=None), "unknown"),
    ("offset_cover", _COVER, _credit(vintage=None), "unknown"),
    ("offset_cover", _COVER, _credit(vintage=2026), "pass"),
    ("offset_cover", _COVER, _credit(vintage=2027), "fail"),
    ("offset_cover", _COVER, _credit(beneficiary=None), "unknown"),
    ("offset_cover", _COVER, _credit(beneficiary=" KETTLE-works. "), "pass"),
    ("offset_cover", _COVER, _credit(beneficiary="Ｋｅｔｔｌｅ　Works"), "pass"),
    ("offset_cover", _COVER, _credit(beneficiary="水壶厂"), "pass"),
    ("offset_cover", _COVER, _credit(beneficiary="urn:example:company:kettle-works"), "pass"),
    ("offset_cover", _COVER, _credit(beneficiary="Kettle Works Ltd"), "fail"),
    ("offset_cover", _COVER, _credit(beneficiary="..."), "fail"),
    ("offset_cover", {"ratio": 1}, {"credits": []}, "unknown"),
    ("credits", _KINDS, _credit(), "pass"),
    ("credits", _KINDS, _credit(vintage=2019), "fail"),
    ("credits", _KINDS, _credit(vintage=None), "unknown"),
    ("credits", _KINDS, _credit(programme="vcs"), "pass"),
    ("credits", _KINDS, _credit(programme="Gold Standard"), "fail"),
    ("credits", _KINDS, _credit(programme="Other"), "unknown"),
    ("credits", {**_KINDS, "closed": False}, _credit(programme="Other"), "unknown"),
    ("credits", {**_KINDS, "closed": False}, _credit(programme="Bad"), "fail"),
    ("credits", _KINDS, {"credits": []}, "fail"),
    ("subject", {"needs_tier": "disclosure"}, _held("2026-06-30"), "pass"),
    ("subject", {"needs_tier": "disclosure"}, _held("2026-06-29"), "fail"),
    ("subject", {"needs_tier": "disclosure"}, _held(None), "unknown"),
    ("subject", {"needs_tier": "disclosure"}, {"tiers_held": []}, "fail"),
    ("subject", {"needs_tier": "reduction"}, _held("2026-06-30"), "fail"),
    ("subject", {"categories": ["cement"]}, {"product_category": "Cement"}, "pass"),
    ("subject", {"categories": ["cement"]}, {"product_category": "kettle"}, "fail"),
    ("subject", {"categories": ["cement"]}, {}, "unknown"),
    ("data_age", {"max_months": 6}, {}, "pass"),
    ("data_age", {"max_months": 5}, {}, "fail"),
    ("verified", {"any": ["third-party"], "every_months": 6}, {"verification": _CHECK}, "pass"),
    ("verified", {"any": ["third-party"], "every_months": 5}, {"verification": _CHECK}, "fail"),
    ("verified", {"any": ["self"]}, {"verification": _CHECK}, "fail"),
    ("verified", {"any": ["self"]}, {"verification": {"kind": "self"}}, "unknown"),
    ("verified", {"any": ["self"]}, {"verification": {"date": "2026-07-01"}}, "fail"),
    ("verified", {"any": ["self"]}, {"verification": {"date": "2025-12-30"}}, "fail"),
    (
        "verified",
        {"any": ["third-party"], "level": "reasonable"},
        {"verification": {**_CHECK, "level": "limited"}},
        "fail",
    ),
    (
        "verified",
        {"any": ["third-party"], "level": "reasonable"},
        {"verification": {**_CHECK, "level": "reasonable"}},
        "pass",
    ),
    ("verified", {"any": ["third-party"], "level": "limited"}, {"verification": _CHECK}, "unknown"),
    ("method", {"any": ["ISO14067"], "pcr": "required"}, {"methods": ["ISO 14067"]}, "unknown"),
    ("method", {"any": ["ISO14067"], "pcr": "required"}, {"pcr": "absent"}, "fail"),
    (
        "method",
        {"any": ["ISO14067"], "pcr": "where_listed"},
        {"methods": ["iso 14067:2018"], "pcr": "absent"},
        "pass",
    ),
    ("method", {"any": ["ISO14067"], "pcr": "not_asked"}, {"methods": []}, "fail"),
    ("boundary", {"b2c": ["cradle-to-gate"], "b2b": ["cradle-to-gate"]}, {}, "fail"),
    ("boundary", {"b2c": ["cradle-to-grave"], "b2b": ["cradle-to-gate"]}, {}, "unknown"),
    ("boundary", {"b2c": ["cradle-to-grave"], "b2b": ["cradle-to-grave"]}, {}, "pass"),
    ("boundary", {"b2c": ["cradle-to-grave"]}, {"sales_channel": "b2b"}, "unknown"),
    ("below", _BELOW, _previous(), "pass"),
    ("below", {**_BELOW, "strict": True}, _previous(), "fail"),
    ("below", {**_BELOW, "strict": True}, _previous(value="2.0000000001"), "pass"),
    ("below", {**_BELOW, "strict": True}, _previous(value="2.000000000001"), "fail"),
    ("below", _BELOW, _previous(boundary=None), "unknown"),
    ("below", _BELOW, _previous(function="toast"), "unknown"),
    ("below", _BELOW, {"references": {"previous": "absent"}}, "fail"),
    ("below", {**_BELOW, "within_months": 24}, _previous(date="2023-12-31"), "pass"),
    ("below", {**_BELOW, "within_months": 24}, _previous(date="2023-12-30"), "fail"),
    ("below", {**_BELOW, "within_months": 24}, _previous(date="2025-12-31"), "pass"),
    ("below", {**_BELOW, "within_months": 24}, _previous(date="2026-01-01"), "unknown"),
    ("below", {**_BELOW, "within_months": 24}, _previous(date=None), "unknown"),
    ("below", _BELOW, _previous(date=None), "unknown"),
    ("below", _BELOW, _previous(gwp_set=None), "unknown"),
    ("below", {**_BELOW, "metrics": ["absolute"]}, {**_SOLD, **_previous()}, "unknown"),
    (
        "below",
        {**_BELOW, "metrics": ["intensity", "absolute"]},
        {**_SOLD, **_previous(units_sold=1000)},
        "pass",
    ),
    (
        "below",
        {**_BELOW, "metrics": ["intensity", "absolute"]},
        {**_SOLD, **_previous(units_sold=999)},
        "fail",
    ),
    ("ratchet", {"ref": "previous", "never": "up"}, _previous(earlier_value=2), "pass"),
    ("ratchet", {"ref": "previous", "never": "up"}, _previous(earlier_value="1.9"), "fail"),
    ("ratchet", {"ref": "previous", "never": "up"}, _previous(earlier_value="absent"), "pass"),
    ("ratchet", {"ref": "previous", "never": "up"}, _previous(), "unknown"),
    ("comparable", {"to": "previous", "same": ["function"]}, _previous(function=" BOIL "), "pass"),
    ("comparable", {"to": "previous", "same": ["function"]}, _previous(date="2026-01-01"), "fail"),
    ("comparable", {"to": "previous", "same": ["region"]}, _previous(region="GB"), "unknown"),
    ("comparable", {"to": "previous", "same": ["pcr"]}, _previous(pcr="k"), "unknown"),
    (
        "comparable",
        {"to": "previous", "same": ["method"]},
        {**_previous(method="ISO 14067"), "methods": ["ISO 14067:2018"]},
        "pass",
    ),
    (
        "comparable",
        {"to": "previous", "same": ["method"]},
        {**_previous(method="ISO 14067:2013"), "methods": ["ISO 14067:2018"]},
        "fail",
    ),
    (
        "in_force",
        {"status": "unknown", "because": {"en": "nothing was found", "zh": "未查到"}},
        {},
        "unknown",
    ),
    ("boundary", {"named": "farm to shop"}, {"named_boundary": "Farm to shop"}, "pass"),
    ("boundary", {"named": "farm to shop"}, {"named_boundary": "farm to customer"}, "fail"),
    ("boundary", {"named": "farm to shop"}, {"named_boundary": "gate"}, "unknown"),
    ("boundary", {"named": "farm to shop"}, {}, "unknown"),
    ("unit", {"kinds": ["functional"]}, {"unit_kind": "functional"}, "pass"),
    ("unit", {"kinds": ["functional"]}, {"unit_kind": "declared"}, "fail"),
    ("unit", {"kinds": ["functional"]}, {}, "unknown"),
    ("unit", {"shown_per": ["10 piece"]}, {}, "pass"),
    ("unit", {"shown_per": ["0.1 kilogram"]}, {}, "unknown"),
    ("unit", {"shown_per": ["0.1 liter"]}, {}, "fail"),
    ("unit", {"shown_per": ["0.1 liter", "1 piece"]}, {}, "pass"),
    ("unit", {"kinds": ["declared"], "shown_per": ["0.1 liter"]}, {}, "fail"),
    ("class_of", {**_CLASSES, "at_least": "A"}, {}, "fail"),
    ("class_of", {**_CLASSES, "at_least": "B"}, {}, "pass"),
    ("class_of", {**_CLASSES, "at_least": "C"}, {}, "pass"),
    ("class_of", {**_CLASSES, "at_least": "A", "classes": _CLASSES["classes"][:1]}, {}, "fail"),
    ("class_of", {**_CLASSES, "at_least": "C", "per": "1 kilogram"}, {}, "unknown"),
    ("class_of", {"scale": _SCALE, "at_least": "A", "classes": "unknown"}, {}, "unknown"),
    ("primary_data", {"at_least": "0.25"}, {}, "pass"),
    ("primary_data", {"at_least": "0.2500001"}, {}, "fail"),
    ("below", {**_BELOW, "quantile": "0.1"}, _previous(quantile="0.1"), "pass"),
    ("below", {**_BELOW, "quantile": "0.1"}, _previous(quantile="0.2"), "unknown"),
    ("below", {**_BELOW, "quantile": "0.1"}, _previous(), "unknown"),
    ("offset_cover", {"ratio": 1, "every_months": 3}, _credit(), "pass"),
    ("offset_cover", {"ratio": 1, "every_months": 3}, _credit(retired_on="2026-03-30"), "pass"),
    ("offset_cover", {"ratio": 1, "every_months": 3}, _credit(retired_on="2026-03-29"), "fail"),
    ("offset_cover", {"ratio": 1, "every_months": 3}, _credit(retired_on=None), "unknown"),
    ("credits", {"any": [], "closed": False, "deny": ["Bad"]}, _credit(programme="Bad"), "fail"),
    ("credits", {"any": [], "closed": False, "deny": ["Bad"]}, _credit(), "unknown"),
    ("comparable", {"to": "previous", "same": ["product_code"]}, _previous(), "unknown"),
]


@pytest.mark.parametrize(("predicate", "asked", "raw", "verdict"), _EDGES)
def test_a_predicate_answers_at_its_edges(
    predicate: str, asked: dict[str, Any], raw: dict[str, Any], verdict: str
) -> None:
    kind = PREDICATES[predicate]
    context = Context(facts(), evidence(raw), "s", _DAY)
    finding = kind.check(kind.arguments.model_validate(asked), context)
    assert finding.verdict == verdict, finding
    assert finding.says.en
    assert finding.says.zh
    assert not finding.missing or verdict == "unknown"


def _finding(predicate: str, asked: dict[str, Any], raw: dict[str, Any], **changes: Any) -> Finding:
    kind = PREDICATES[predicate]
    context = Context(facts(**changes), evidence(raw), "s", _DAY)
    return kind.check(kind.arguments.model_validate(asked), context)


@pytest.mark.parametrize(
    ("predicate", "asked", "raw"),
    [
        ("data_age", {"max_months": 6}, {}),
        ("verified", {"any": ["third-party"]}, {"verification": _CHECK}),
        ("below", _BELOW, _previous()),
        ("offset_cover", _COVER, _credit()),
    ],
)
def test_without_a_period_it_is_unknown_what_came_before_and_after(
    predicate: str, asked: dict[str, Any], raw: dict[str, Any]
) -> None:
    finding = _finding(predicate, asked, raw, period_end=None)
    assert finding.verdict == "unknown"
    assert finding.missing == ("footprint.product.period_end",)


def test_without_a_company_it_is_unknown_for_whom_credits_were_retired() -> None:
    product = {"name": "Kettle", "company": "", "period_end": "2025-12-31"}
    finding = _finding("offset_cover", _COVER, _credit(), product=product)
    assert finding.missing == ("footprint.product.company",)


@pytest.mark.parametrize("total", [0, -1])
@pytest.mark.parametrize(
    ("predicate", "asked", "raw"),
    [
        ("below", _BELOW, _previous()),
        ("class_of", {**_CLASSES, "at_least": "A"}, {}),
        ("offset_cover", {"ratio": 1}, _credit()),
    ],
)
def test_a_footprint_that_is_not_above_zero_is_not_compared_or_covered(
    predicate: str, asked: dict[str, Any], raw: dict[str, Any], total: int
) -> None:
    assert _finding(predicate, asked, raw, total=total).verdict == "unknown"


@pytest.mark.parametrize(
    ("predicate", "asked", "raw"),
    [
        ("below", _BELOW, _previous()),
        ("class_of", {**_CLASSES, "at_least": "B"}, {}),
        ("offset_cover", {"ratio": 1}, _credit()),
    ],
)
def test_the_last_digits_of_a_float_decide_nothing(
    predicate: str, asked: dict[str, Any], raw: dict[str, Any]
) -> None:
    assert _finding(predicate, asked, raw, total=2.0000000000000004).verdict == "pass"
    assert _finding(predicate, asked, raw, total=2.0000000001).verdict == "fail"


def test_a_need_that_is_met_is_not_printed_above_what_is_there() -> None:
    finding = _finding("offset_cover", {"ratio": 1}, _credit(), total=2.0000000000000004)
    assert finding.says.en == "2 t CO2e retired; 2 t CO2e needed"


@pytest.mark.parametrize(
    ("total", "by", "strict", "words"),
    [
        (1.9600000000000002, "0.02", False, "2.00 % below the previous footprint; at least"),
        (1.9599999999999997, "0.02", False, "2.00 % below the previous footprint; at least"),
        (1.9600000001, "0.02", False, "1.99 % below the previous footprint; at least"),
        (1.9999999999999998, 0, True, "equal to the previous footprint; it must be lower"),
        (2.0000000000000004, 0, False, "equal to the previous footprint; it must not"),
        (1.9999998, 0, False, "0.00001 % below the previous footprint; it must not"),
        (1.99999, 0, False, "0.0005 % below the previous footprint; it must not"),
        (1.9600000000000002, 0, False, "2.00 % below the previous footprint; it must not"),
    ],
)
def test_a_share_on_the_limit_is_printed_as_the_limit(
    total: float, by: Any, strict: bool, words: str
) -> None:
    finding = _finding("below", {**_BELOW, "by": by, "strict": strict}, _previous(), total=total)
    assert words in finding.says.en
    assert finding.verdict == ("fail" if strict or "1.99" in words else "pass")


def test_every_predicate_that_judges_is_tried_here() -> None:
    informing = {"validity", "identifier", "display", "say", "remark"}
    assert {name for name, *_ in _EDGES} == set(PREDICATES) - informing


def test_without_a_primary_data_share_it_is_unknown() -> None:
    kind = PREDICATES["primary_data"]
    context = Context(facts(quality={}), evidence({}), "s", _DAY)
    finding = kind.check(kind.arguments.model_validate({"at_least": "0.1"}), context)
    assert finding.missing == ("footprint.quality.primary_data_share",)


def test_a_number_per_piece_is_shown_per_mass_where_the_mass_is_known() -> None:
    kind = PREDICATES["unit"]
    context = Context(facts(mass=0.5), evidence({}), "s", _DAY)
    finding = kind.check(kind.arguments.model_validate({"shown_per": ["0.1 kilogram"]}), context)
    assert finding.says.en == "0.4 kg CO2e per 0.1 kilogram"
    assert finding.says.zh == "每 0.1 千克 0.4 kg CO2e"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"pattern": "^JR-[0-9]+$"}, "such as ^JR-[0-9]+$"),
        ({"pattern": "^JR-[0-9]+$", "example": "JR-1"}, "such as JR-1"),
        ({}, "the operator gives a number"),
    ],
)
def test_an_identifier_tells_what_a_number_looks_like(asked: dict[str, str], words: str) -> None:
    kind = PREDICATES["identifier"]
    finding = kind.check(
        kind.arguments.model_validate(asked), Context(facts(), evidence({}), "s", _DAY)
    )
    assert finding.verdict == "pass"
    assert words in finding.says.en


def test_months_end_where_the_month_ends() -> None:
    assert add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert add_months(date(2024, 12, 31), 2) == date(2025, 2, 28)
    assert add_months(date(2024, 5, 15), 12) == date(2025, 5, 15)


def test_a_standard_is_known_in_any_spelling_and_by_its_edition() -> None:
    assert accepts("standards", "ISO 14067:2018", ("ISO14067",)) is True
    assert accepts("standards", "GB/T 24067-2024", ("GB/T 24067",)) is True
    assert accepts("standards", "ISO 14067", ("ISO 14067:2018",)) is not True
    assert accepts("standards", "ISO 140671", ("ISO 14067",)) is not True
    assert accepts("standards", "ISO 14068:2023", ("ISO 14067",)) is not True


@pytest.mark.parametrize(
    ("kind", "english", "chinese"),
    [
        ("functional", "functional", "功能单位"),
        ("declared", "declared", "声明单位"),
        ("smallest-sales-unit", "smallest-sales-unit", "最小销售单位"),
    ],
)
def test_what_a_number_is_per_is_said_in_both_languages(
    kind: str, english: str, chinese: str
) -> None:
    says = _finding("unit", {"kinds": [kind]}, {"unit_kind": kind}).says
    assert (says.en, says.zh) == (f"per {english} unit", f"按{chinese}计")
