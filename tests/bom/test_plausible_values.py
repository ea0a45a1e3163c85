"""What no product can be is asked for again: a ship in one piece, data before 1990 or to come."""

from __future__ import annotations

from datetime import date

import pytest

from footprint.bom.choices import read_choices
from footprint.bom.plausible import refuse_period_ahead
from footprint.bom.read import read_bom_bytes
from footprint.faults import InputRefused
from footprint.rules import read_evidence
from footprint.rules.later import refuse_later

TODAY = date(2026, 11, 20)
HEAD = "name,quantity,unit,weight ({unit}),dataset\n"


def table(weight: str, unit: str = "kg", facts: str = "", count: str = "pcs") -> bytes:
    row = f"Plate,1,{count},{weight},steel-carbon-average-cn\n"
    return f"# name: Stand\n{facts}{HEAD.format(unit=unit)}{row}".encode()


def codes(data: bytes) -> list[tuple[str, int | None, str | None]]:
    """What is refused: code, row and column; nothing where it is taken."""
    try:
        read_bom_bytes(data, "stand.csv")
    except InputRefused as refused:
        return [(one.code, one.where.row, one.where.column) for one in refused.problems]
    return []


@pytest.mark.parametrize(
    ("weight", "unit", "wanted"),
    [
        ("999", "t", []),
        ("1000", "t", [("BOM-052", 3, "unit_mass")]),
        ("1000000", "kg", [("BOM-052", 3, "unit_mass")]),
        ("85", "g", []),
    ],
)
def test_one_piece_of_a_thousand_tonnes_is_asked_for_again(
    weight: str, unit: str, wanted: list[tuple[str, int, str]]
) -> None:
    assert codes(table(weight, unit)) == wanted


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ("# mass: 1000 t\n", ["BOM-052"]),
        ("# mass: 1000 t\n# declared_unit: 2 piece\n", []),
        ("# mass: 999 t\n", []),
        ("# reference_period: 1989\n", ["BOM-019"]),
        ("# reference_period: 1989-12-31/1990-12-30\n", ["BOM-019"]),
        ("# reference_period: 1990\n", []),
    ],
)
def test_facts_of_the_product_are_plausible(facts: str, wanted: list[str]) -> None:
    assert [code for code, *_ in codes(table("1", facts=facts))] == wanted


def test_a_choice_holds_no_such_mass() -> None:
    row = "matches:\n- {name: Plate, unit: piece, by: Li, day: 2026-11-01, mass_kg: %s}\n"
    assert read_choices((row % "999999").encode(), "matches.yaml")[0].mass_kg == 999_999
    with pytest.raises(InputRefused, match="a thousand tonnes"):
        read_choices((row % "1000000").encode(), "matches.yaml")


@pytest.mark.parametrize(("year", "refused"), [("2026", False), ("2027", True), ("2025", False)])
def test_a_period_that_has_not_begun_is_refused(year: str, *, refused: bool) -> None:
    product = read_bom_bytes(table("1", facts=f"# reference_period: {year}\n"), "a.csv").product
    if not refused:
        refuse_period_ahead(product, TODAY, "a.csv")
        return
    with pytest.raises(InputRefused) as told:
        refuse_period_ahead(product, TODAY, "a.csv")
    assert [one.code for one in told.value.problems] == ["BOM-051"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("verification: {by: X, date: 2026-11-21}", "verification.date"),
        ("plans: {reduction_plan: {date: 2026-11-21}}", "plans.reduction_plan.date"),
        ("publications: {ghg_report: {date: 2027-01-01}}", "publications.ghg_report.date"),
        ("references: {base_year: {value: 1, per: 1 piece, date: 2027-01-01}}",
         "references.base_year.date"),
    ],
)  # fmt: skip
def test_evidence_of_a_day_to_come_is_refused(text: str, place: str) -> None:
    with pytest.raises(InputRefused) as told:
        refuse_later(read_evidence(text), TODAY)
    (problem,) = told.value.problems
    assert (problem.code, problem.where.column) == ("RUL-012", place)


@pytest.mark.parametrize(
    "text",
    [
        "verification: {by: X, date: 2026-11-20}",
        "references: {base_year: {value: 1, per: 1 piece, date: 2026-12-31}}",
        "tiers_held: [{scheme: th-tgo, tier: disclosure, number: X, valid_until: 2029-12-31}]",
    ],
)
def test_evidence_of_today_and_terms_that_run_are_taken(text: str) -> None:
    evidence = read_evidence(text)
    refuse_later(evidence, TODAY)
    assert evidence != read_evidence("")
