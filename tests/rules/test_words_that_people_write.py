"""Words that people write are understood, or asked about; never turned down unread."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from rulekit import RULES, evidence, facts

from footprint.rules import Decision, decide, explain
from footprint.rules.fields import Per
from footprint.rules.synonyms import accepts, same_word

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("given", "accepted", "answer"),
    [
        ("NF EN ISO 14067:2018", "ISO 14067", True),
        ("DIN EN ISO 14067", "ISO 14067", True),
        ("iso14067", "ISO 14067", True),
        ("ISO 14067:2018", "ISO 14067:2013", False),
        ("ISO/TS 14067:2013", "ISO 14067", False),
        ("GB/T 24067-2024", "GB/T 24067", True),
        ("ＧＢ／Ｔ　24067", "GB/T 24067", True),
        ("PAS 2060", "PAS 2050", False),
        ("our own method", "ISO 14067", None),
    ],
)
def test_standards(given: str, accepted: str, answer: bool | None) -> None:
    assert accepts("standards", given, (accepted,)) is answer


@pytest.mark.parametrize(
    ("given", "accepted", "answer"),
    [
        ("纺织品", "textile", True),
        ("Textiles", "textile", True),
        ("水泥", "cement", True),
        ("轮胎", "tyre", True),
        ("水泥", "textile", False),
        ("flying carpet", "textile", None),
        ("rapeseed biodiesel from Germany", "rapeseed biodiesel from Germany", True),
    ],
)
def test_categories(given: str, accepted: str, answer: bool | None) -> None:
    assert accepts("categories", given, (accepted,)) is answer


def test_programmes() -> None:
    assert same_word("programmes", "Verra VCS", "VCS")
    assert same_word("programmes", "黄金标准", "Gold Standard")
    assert not same_word("programmes", "Verra VCS", "Gold Standard")


def national(category: str) -> Decision:
    raw: dict[str, Any] = {"product_category": category, "methods": ["GB/T 24067-2024"]}
    return decide(RULES, facts(), evidence(raw), "cn-national", "disclosure", date(2025, 7, 8))


def test_a_chinese_category_is_in_scope_and_another_is_not() -> None:
    assert "category '纺织品' is covered" in explain(national("纺织品"))
    assert national("家具").verdict == "fail"


def test_a_word_that_nobody_knows_is_unknown_and_names_what_is_accepted() -> None:
    decision = national("flying carpet")
    assert decision.verdict == "unknown"
    text = explain(decision)
    assert "'flying carpet' is not understood; accepted: lithium battery" in text
    assert "未能识别“flying carpet”" in explain(decision, "zh")


def test_a_method_that_nobody_knows_is_unknown_and_another_known_one_fails() -> None:
    for method, verdict in (("our own method", "unknown"), ("PAS 2060", "fail")):
        given = evidence({"methods": [method], "pcr": "absent"})
        found = decide(RULES, facts(), given, "iso-14067", "disclosure", DAY)
        assert found.verdict == verdict


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1 piece", "1 piece"),
        ("1 件", "1 piece"),
        ("1 万度", "10000 kilowatt hour"),
        ("100 度", "100 kilowatt hour"),
        ("1 MJ", "1 megajoule"),
        ("1 百万大卡", "1163 kilowatt hour"),
        ("1.5 吨", "1500 kilogram"),
        ("1 m3", "1 cubic meter"),
    ],
)
def test_what_a_value_of_the_evidence_is_per_may_be_written_as_people_do(
    written: str, kept: str
) -> None:
    assert TypeAdapter(Per).validate_python(written) == kept


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("1 tce", "standard coal may be the energy itself"),
        ("1 吨标准煤", "standard coal may be the energy itself"),
        ("1 标方", "write an amount and a unit"),
        ("1 bushel", "write an amount and a unit"),
        ("0 万度", "write an amount and a unit"),
        ("万度", "write an amount and a unit"),
    ],
)
def test_what_is_no_unit_or_may_be_two_is_refused(written: str, says: str) -> None:
    with pytest.raises(ValidationError, match=says):
        TypeAdapter(Per).validate_python(written)
