"""Method rules as named checks: what passes, what warns, what fails, and what never can."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st
from test_supplier_footprints import pact
from toy_boms import footprint, row

from footprint.documents.footprint import footprint_document
from footprint.method.checks import method_checks
from footprint.method.findings import FINDINGS
from footprint.method.rules import RULES
from footprint.values.result import Footprint

FACTS = "mass: 1 kg|country: CN|reference_period: 2025"
STEEL = row(dataset="steel")


def outcome(result: Footprint, name: str) -> str:
    return next(check.outcome for check in method_checks(result) if check.id == name)


def of(*rows: str, facts: str = FACTS, **more: Any) -> Footprint:
    return footprint(*rows, facts=facts, **more)


CONTRACT = row("P", unit="kWh", dataset="power-cn", stage="production", contract="power-de")
GRAVE = (
    row("Out", unit="tkm", dataset="freight-rail-gb", stage="distribution"),
    row("Use", unit="kWh", dataset="power-de", stage="use"),
    row("End", dataset="old", stage="end_of_life"),
)
CASES: list[tuple[str, str, Footprint]] = [
    ("PACT-R01", "pass", of(STEEL)),
    ("PACT-R01", "fail", of(STEEL, *GRAVE)),
    ("PACT-R03", "not-applicable", of(STEEL)),
    ("PACT-R03", "pass", of(STEEL, GRAVE[0])),
    ("PACT-R04", "not-applicable", of(STEEL)),
    ("PACT-R04", "pass", of(row(dataset="steel", transport="air 5"))),
    ("PACT-R06", "pass", of(STEEL)),
    ("PACT-R06", "warn", of(row(dataset="old"))),
    ("PACT-R06", "fail", replace(of(STEEL), gwp_set="AR5", gwp_sets_used=("AR5",))),
    ("PACT-R08", "pass", of(STEEL)),
    ("PACT-R08", "fail", of(STEEL, facts="country: CN")),
    ("PACT-R08", "pass", of(STEEL, facts="declared_unit: 1 kg")),
    ("PACT-R08", "warn", of(STEEL, facts="declared_unit: 5 kg")),
    ("PACT-R10", "pass", of(STEEL)),
    ("PACT-R10", "fail", of(STEEL, facts="mass: 1 kg")),
    ("PACT-R12", "pass", of(STEEL)),
    ("PACT-R12", "warn", of(STEEL, facts="mass: 1 kg")),
    ("PACT-R15", "warn", of(STEEL)),
    ("PACT-R15", "pass", of(STEEL, facts="exempted_emissions_percent: 0")),
    ("PACT-R16", "pass", of(STEEL, facts="exempted_emissions_percent: 5")),
    ("PACT-R16", "warn", of(STEEL, facts="exempted_emissions_percent: 5.1")),
    ("PACT-R17", "pass", of(STEEL, facts="exempted_emissions_percent: 3")),
    ("PACT-R17", "warn", of(STEEL, facts="exempted_emissions_percent: 3.1")),
    ("PACT-R17", "not-applicable", of(STEEL)),
    ("PACT-R18", "fail", of(STEEL, facts="exempted_emissions_percent: 1")),
    ("PACT-R18", "pass",
     of(STEEL, facts="exempted_emissions_percent: 1|exempted_emissions_description: ink")),
    ("PACT-R18", "not-applicable", of(STEEL, facts="exempted_emissions_percent: 0")),
    ("PACT-R22", "not-applicable", of(STEEL)),
    ("PACT-R22", "warn", of(row(dataset="steel", recycled_content=1, recycled_dataset="old"))),
    ("PACT-R24", "not-applicable", of(STEEL)),
    ("PACT-R24", "warn", of(CONTRACT, electricity="market")),
    ("PACT-R25", "pass", of(row(dataset="wood"))),
    ("PACT-R25", "fail", replace(of(STEEL), contributions=())),
    ("PACT-R26", "not-applicable", of(STEEL)),
    ("PACT-R26", "warn", of(row(dataset="wood"))),
    ("PACT-R26", "pass", of(row(dataset="wood"), facts="biogenic_carbon_content: 0.4909091 kg")),
    ("PACT-R26", "warn", of(row(dataset="wood"), facts="biogenic_carbon_content: 0.4 kg")),
    ("PACT-R30", "pass", of(STEEL)),
    ("PACT-R30", "warn", of(row(dataset="old"))),
    ("PACT-R31", "not-applicable", of(STEEL)),
    ("PACT-R31", "warn", of(STEEL, facts="reference_period: 2027")),
    ("PACT-R38", "not-applicable", of(STEEL)),
    ("PACT-R38", "pass", of(row(supplier_pcf="c"), documents={"c": pact(primaryDataShare=...)})),
    ("PACT-R40", "pass", of(STEEL)),
    ("PACT-R41", "pass", of(STEEL)),
    ("PACT-R42", "not-applicable", of(STEEL)),
    ("PACT-R42", "pass", of(row(supplier_pcf="c"), documents={"c": pact()})),
    ("PACT-R46", "pass", of(STEEL, GRAVE[0])),
    ("PACT-R46", "fail", replace(of(STEEL), stages={"material": 1.0})),
    ("ISO14067-unit", "warn", of(STEEL, *GRAVE)),
    ("ISO14067-cut-off", "warn", of(STEEL)),
    ("ISO14067-cut-off", "pass", of(STEEL, facts="exempted_emissions_percent: 0")),
    ("ISO14067-electricity", "warn", of(CONTRACT)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "expected", "result"), CASES, ids=[f"{name} {expected}" for name, expected, _ in CASES]
)
def test_each_rule_has_its_outcome(name: str, expected: str, result: Footprint) -> None:
    assert outcome(result, name) == expected


def test_every_rule_is_found_and_every_finding_has_a_rule() -> None:
    assert list(FINDINGS) == list(RULES)
    for rule in RULES.values():
        assert rule.says.endswith(".")
        assert rule.says_zh.endswith("。")
        assert rule.source


def test_an_unconfirmed_rule_never_fails() -> None:
    results = [result for _, _, result in CASES]
    for result in some(results):
        for check in some(method_checks(result)):
            assert not (check.confidence == "unconfirmed" and check.outcome == "fail")


def test_the_document_publishes_the_checks_in_both_languages() -> None:
    checks = footprint_document(of(STEEL))["checks"]
    assert [check["id"] for check in checks] == list(RULES)
    assert set(checks[0]) == {"id", "outcome", "says", "says_zh", "source", "confidence"}
    valid = next(check for check in checks if check["id"] == "PACT-R10")
    assert "2028-12-31" in valid["says"]
    assert "2028-12-31" in valid["says_zh"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["steel", "wood", "old", "panel"]), st.floats(1e-6, 1e6),
            st.sampled_from(["material", "packaging", "waste", "distribution"]),
        ),
        min_size=1, max_size=8,
    )
)  # fmt: skip
def test_our_own_gate_opens_for_every_result_of_the_engine(
    lines: list[tuple[str, float, str]],
) -> None:
    rows = [row(dataset=name, quantity=amount, stage=stage) for name, amount, stage in lines]
    result = of(*rows)
    for name in ("PACT-R25", "PACT-R46", "PACT-R37", "PACT-R39"):
        assert outcome(result, name) == "pass"
