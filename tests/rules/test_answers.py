"""A tier's questions and a supplier's answers: what is asked, and what the evidence then says."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from evidence import some

from footprint.rules import decide_all, load_rules, read_evidence
from footprint.rules.answers import (
    answered,
    asks_of,
    evidence_in,
    evidence_text,
    is_question,
    lacking,
    not_yet,
    question_key,
    said_in,
)
from footprint.rules.evidence import ABSENT, Facts

DAY = date(2026, 11, 20)
FACTS = Facts(
    total_kg=Decimal("1.93"), unit_amount=Decimal(1), unit="piece", boundary="cradle-to-gate",
    gwp_set="AR6", period_start=date(2025, 1, 1), period_end=date(2025, 12, 31),
    coverage_lines=Decimal(1), document_hash="sha256:" + "1" * 64,
)  # fmt: skip


def test_every_question_of_every_tier_has_a_form_and_a_rule_that_asks() -> None:
    rules = load_rules()
    seen = set()
    for decision in some(decide_all(rules, FACTS, read_evidence(""), DAY)):
        asks = asks_of(decision, rules.scheme(decision.scheme))
        assert {one.key for one in asks} == {
            key for missing in decision.missing if (key := question_key(missing))
        }
        for ask in asks:
            assert is_question(ask.key)
            assert ask.says
            assert ask.says_zh
            seen.add(ask.form)
    assert {"choice", "list", "verification", "document", "reference", "credits"} <= seen


def test_answers_read_back_as_the_evidence_that_they_say() -> None:
    said = answered({}, "sales_channel", {"value": "b2b"})
    said = answered(said, "methods", {"value": "ISO 14067, PAS 2050， TGO"})
    said = answered(said, "renewal", {"value": "no"})
    said = lacking(lacking(said, "pcr"), "plans.commitment")
    said = answered(said, "references.previous", {"value": "1.50", "per": "1 piece"})
    said = answered(said, "credits", {"tonnes": "12", "vintage": "2024"})
    said = answered(said, "credits", {"tonnes": "0.5"})
    read = read_evidence(evidence_text(said))
    assert (read.sales_channel, read.renewal, read.pcr) == ("b2b", False, ABSENT)
    assert read.methods == ("ISO 14067", "PAS 2050", "TGO")
    assert read.plans["commitment"] is ABSENT
    assert str(read.references["previous"].value_kg) == "1.50"  # type: ignore[union-attr]
    assert [one.tonnes for one in read.credits or ()] == [Decimal(12), Decimal("0.5")]
    assert evidence_in(evidence_text(said)) == said
    assert {key for key, _ in said_in(said)} >= {"plans.commitment", "references.previous"}


def test_unknown_stays_unknown_and_none_is_known() -> None:
    said = answered({}, "plans.commitment", {"date": "2026-03-01"})
    assert not_yet(said, "plans.commitment") == {}
    assert evidence_text({}) == ""
    assert read_evidence(evidence_text(lacking({}, "credits"))).credits == ()
    assert read_evidence("").credits is None


@pytest.mark.parametrize("key", ["", "footprint.quality", "plans", "plans.a.b", "credits.x", "no"])
def test_what_no_form_answers_is_no_question(key: str) -> None:
    assert not is_question(key)
