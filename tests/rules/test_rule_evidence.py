"""Evidence files and footprint documents: strict at the border, exact inside."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rulekit import RULES, document, facts

from footprint.canonical import content_hash
from footprint.faults import InputRefused
from footprint.rules import Evidence, decide, facts_from_document, read_evidence
from footprint.rules.evidence import ABSENT, Reference
from footprint.rules.words import percent_beside, significant

_DAY = date(2026, 11, 20)


def _codes(text: str) -> set[str]:
    with pytest.raises(InputRefused) as caught:
        read_evidence(text, "e.yaml")
    return {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize("text", ["", "# nothing\n", "{}"])
def test_empty_evidence_is_legal(text: str) -> None:
    assert read_evidence(text) == Evidence()


def test_an_unknown_key_is_refused_and_named() -> None:
    with pytest.raises(InputRefused, match=r"RUL-011.*'sales_chanel'"):
        read_evidence("sales_chanel: b2c", "e.yaml")


def test_an_unknown_key_deep_inside_is_named_with_its_path() -> None:
    with pytest.raises(InputRefused, match=r"references\.previous\.vale"):
        read_evidence("references: {previous: {value: 1, per: 1 piece, vale: 2}}", "e.yaml")


def test_an_unknown_reference_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputRefused, match=r"RUL-011.*'base_yaer'") as caught:
        read_evidence("references: {base_yaer: absent}", "e.yaml")
    assert "base_year" in caught.value.problems[0].hint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sales_channel: both", "RUL-012"),
        ("units_sold: many", "RUL-012"),
        ("units_sold: true", "RUL-012"),
        ("units_sold: -1", "RUL-012"),
        ("units_sold: 0", "RUL-012"),
        ("units_sold: 010", "RUL-010"),
        ("units_sold: 1:30", "RUL-010"),
        ("renewal: 1", "RUL-012"),
        ("methods: ISO 14067", "RUL-012"),
        ("verification: {date: 2026-13-01}", "RUL-010"),
        ("verification: {date: 20261120}", "RUL-012"),
        ("verification: {date: 2026-11-20T10:00:00Z}", "RUL-012"),
        ("references: {previous: {value: 0, per: 1 piece}}", "RUL-012"),
        ("references: {previous: {value: 1}}", "RUL-012"),
        ("references: {previous: {value: 1, per: 1 bushel}}", "RUL-012"),
        ("credits: [{tonnes: 1e400}]", "RUL-012"),
        ("credits: [{tonnes: .nan}]", "RUL-010"),
        ("plans: {strategy: {url: javascript:alert(1)}}", "RUL-012"),
        ("- a list", "RUL-010"),
        ("renewal: true\nrenewal: false", "RUL-010"),
        ("a: &a [1]\nb: *a", "RUL-010"),
        ("!!python/object/apply:os.system [id]", "RUL-010"),
        ("[" * 5000, "RUL-010"),
        ("x" * 500_000, "RUL-010"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(text: str, code: str) -> None:
    assert code in _codes(text)


def test_all_problems_are_told_at_once() -> None:
    assert _codes("foo: 1\nunits_sold: many") == {"RUL-011", "RUL-012"}


def test_absent_and_not_supplied_are_different() -> None:
    read = read_evidence("pcr: absent\nreferences: {base_year: absent}")
    assert read.pcr is ABSENT
    assert read.references["base_year"] is ABSENT
    assert "previous" not in read.references


def test_a_number_keeps_every_digit_that_was_written() -> None:
    read = read_evidence("references: {previous: {value: 0.1000000000000000055, per: 1 piece}}")
    reference = read.references["previous"]
    assert isinstance(reference, Reference)
    assert reference.value_kg == Decimal("0.1000000000000000055")


@pytest.mark.parametrize("per", ["1 kilogram", "2 piece"])
def test_a_reference_per_another_unit_is_refused(per: str) -> None:
    read = read_evidence(f"references: {{previous: {{value: 1, per: {per}}}}}")
    with pytest.raises(InputRefused, match="RUL-013"):
        decide(RULES, facts(), read, "th-tgo", "reduction", _DAY)


def test_a_reference_under_another_gwp_set_is_refused() -> None:
    read = read_evidence("references: {previous: {value: 1, per: 1 piece, gwp_set: AR5}}")
    with pytest.raises(InputRefused, match="RUL-014"):
        decide(RULES, facts(), read, "th-tgo", "reduction", _DAY)


def test_the_facts_are_exact_and_name_the_document() -> None:
    doc = document(total=0.1)
    read = facts_from_document(doc)
    assert read.total_kg == Decimal("0.1")
    assert read.per == "1 piece"
    assert read.period_end == date(2025, 12, 31)
    assert read.document_hash == content_hash(doc)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": "decision"},
        {"schema": "2"},
        {"boundary": "gate-to-gate"},
        {"total": "much"},
        {"total": float("nan")},
        {"total": True},
        {"amount": 0},
        {"period_end": "soon"},
        {"coverage": {}},
        {"product": None},
    ],
)
def test_an_unusable_footprint_document_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InputRefused, match="RUL-023"):
        facts_from_document(document(**changes))


@given(st.decimals("-0.5", "0.9", places=9), st.sampled_from(["0", "0.02", "0.033"]), st.booleans())
def test_a_percentage_never_reads_on_the_other_side_of_its_limit(
    share: Decimal, bound: str, strict: bool
) -> None:
    shown = Decimal(percent_beside(share, Decimal(bound), strict=strict).removesuffix(" %")) / 100
    limit = Decimal(bound)
    assert shown <= share
    assert bool(shown) == bool(share)
    assert (shown > limit if strict else shown >= limit) == (
        share > limit if strict else share >= limit
    )


def test_shown_numbers_have_three_significant_digits() -> None:
    assert significant(Decimal("1234.5")) == "1230"
    assert significant(Decimal("0.00012345")) == "0.000123"
    assert significant(Decimal("0")) == "0"
    assert significant(Decimal("2.0")) == "2"
