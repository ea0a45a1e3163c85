"""Product facts are read by the file's decimal mark, and need a unit where one is meant."""

from __future__ import annotations

from typing import Any

import pytest
from bom_files import csv_file, xlsx_file
from hypothesis import given
from hypothesis import strategies as st

from footprint.bom.read import read_bom_bytes
from footprint.faults import InputRefused, Problem
from footprint.values.product import DeclaredUnit, Product


def table(*facts: str, quantity: str = "1", separator: str = ";", **more: Any) -> Product:
    head = "".join(f"# {fact}\n" for fact in ("name: a", *facts))
    text = f"{head}name;quantity;unit\nx;{quantity};kg\n".replace(";", separator)
    return read_bom_bytes(text.encode(), "a.csv", **more).product


def problems(*facts: str, **more: Any) -> list[Problem]:
    with pytest.raises(InputRefused) as refused:
        table(*facts, **more)
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("quantity", "fact", "amount"),
    [
        ("0,75", "declared_unit: 1,000 kg", 1.0),
        ("0,75", "declared_unit: 1.000 kg", 1000.0),
        ("0.75", "declared_unit: 1,000 kg", 1000.0),
        ("0.75", "declared_unit: 1.000 kg", 1.0),
        ("1.234,5", "声明单位: 2,500 千克", 2.5),
        ("1", "declared_unit: 2,5 kg", 2.5),
        ("1", "declared_unit: 1'000,5 kg", 1000.5),
        ("1", "declared_unit: 1 000 kg", 1000.0),
        ("1", "declared_unit: 1e3 kg", 1000.0),
    ],
)
def test_the_file_shows_how_its_facts_are_read(quantity: str, fact: str, amount: float) -> None:
    assert table(fact, quantity=quantity).declared_unit == DeclaredUnit(amount, "kilogram")


def test_facts_vote_for_the_lines_too() -> None:
    text = "# name: a\n# mass: 237,5 g\nname;quantity;unit\nx;1,234;kg\n"
    bom = read_bom_bytes(text.encode(), "a.csv")
    assert (bom.lines[0].quantity, bom.product.mass_kg) == (1.234, 0.2375)


@pytest.mark.parametrize(
    ("fact", "name", "value"),
    [
        ("mass: 1,250 kg", "mass_kg", 1.25),
        ("exempted_emissions_percent: 2,125", "exempted_emissions_percent", 2.125),
        ("fossil_carbon_content: 0,012 kg", "fossil_carbon_content", 0.012),
        ("biogenic_carbon_content: 1,500 g", "biogenic_carbon_content", 0.0015),
        ("recycled_carbon_content: 1.500 g", "recycled_carbon_content", 1.5),
    ],
)
def test_all_facts_with_numbers_follow_the_mark(fact: str, name: str, value: float) -> None:
    assert getattr(table(fact, quantity="0,5"), name) == value


@pytest.mark.parametrize(
    "fact", ["declared_unit: 1,000 kg", "mass: 1.250 kg", "exempted_emissions_percent: 1.125"]
)
def test_what_can_be_read_in_two_ways_is_refused(fact: str) -> None:
    (problem,) = problems(fact)
    assert (problem.code, problem.where.row) == ("BOM-008", 2)


def test_a_table_that_shows_both_marks_settles_nothing() -> None:
    text = "# name: a\n# mass: 1,250 kg\nname;quantity;unit\nx;0,5;kg\ny;0.5;kg\n"
    with pytest.raises(InputRefused, match="BOM-008"):
        read_bom_bytes(text.encode(), "a.csv")


def test_numbers_of_a_worksheet_need_no_mark() -> None:
    rows = [("name", "quantity", "unit"), ("x", "0,5", "kg")]
    facts: Any = [("name", "a"), ("exempted_emissions_percent", 1.125), ("mass", "1,250 kg")]
    product = read_bom_bytes(xlsx_file(rows, facts), "a.xlsx").product
    assert (product.exempted_emissions_percent, product.mass_kg) == (1.125, 1.25)


@pytest.mark.parametrize(
    ("sidecar", "mass"),
    [
        ("mass: 1.250 kg\nexempted_emissions_percent: 1.5", 1250.0),
        ("mass: 1.250 kg\nfossil_carbon_content: 0.5 g", 1.25),
        ("mass: 1,250 kg\nfossil_carbon_content: 0,5 g", 1.25),
    ],
)
def test_a_file_beside_the_table_has_a_hand_of_its_own(sidecar: str, mass: float) -> None:
    product = table(quantity="0,5", sidecar=sidecar.encode())
    assert product.mass_kg == mass


@pytest.mark.parametrize("number", ["0.35", "85", "0,35", "1e3", "8.5"])
@pytest.mark.parametrize(
    "key", ["mass", "declared_unit", "fossil_carbon_content", "biogenic_carbon_content"]
)
def test_a_bare_number_is_one_clear_error(key: str, number: str) -> None:
    (problem,) = problems(f"{key}: {number}")
    assert problem.code == "BOM-019"
    assert f"{number!r} has no unit" in problem.message


@pytest.mark.parametrize("number", [0.35, 85.0])
def test_a_bare_number_in_a_worksheet_too(number: float) -> None:
    rows = [("name", "quantity", "unit"), ("x", "1", "kg")]
    facts: Any = [("name", "a"), ("mass", number)]
    with pytest.raises(InputRefused, match=r"BOM-019.*has no unit"):
        read_bom_bytes(xlsx_file(rows, facts), "a.xlsx")


def test_no_carbon_is_a_statement_without_a_unit() -> None:
    assert table("fossil_carbon_content: 0").fossil_carbon_content == 0.0


@pytest.mark.parametrize(
    ("fact", "says"),
    [("mass: 0 kg", "not above zero"), ("mass: -3 kg", "below zero"), ("mass: 1 kWh", "kWh"),
     ("declared_unit: 1 kwp", "kwp"), ("mass: heavy", "not an amount and a unit")],
)  # fmt: skip
def test_other_mistakes_keep_their_own_words(fact: str, says: str) -> None:
    (problem,) = problems(fact)
    assert problem.code == "BOM-019"
    assert says in problem.message


@given(st.decimals("0.001", "999999.999", places=3), st.sampled_from(".,"))
def test_any_amount_is_read_as_its_hand_wrote_it(amount: Any, mark: str) -> None:
    text = f"{amount:.3f}".replace(".", mark)
    product = table(f"mass: {text} kg", quantity=f"0{mark}5")
    assert product.mass_kg == float(amount)


@pytest.mark.parametrize("cell", ["85", "0.35", 85.0])
def test_a_mass_of_one_unit_needs_a_unit(cell: Any) -> None:
    rows = [("name", "quantity", "unit", "unit_mass"), ("Screw", 1.0, "piece", cell)]
    with pytest.raises(InputRefused, match=r"BOM-012.*has no unit"):
        read_bom_bytes(xlsx_file(rows), "a.xlsx")


@pytest.mark.parametrize(
    ("header", "kg"),
    [
        ("unit mass (g)", 0.085),
        ("Unit Weight [kg]", 85.0),
        ("单重（克）", 0.085),
        ("单重(kg)", 85.0),
    ],
)
def test_the_header_may_name_the_unit(header: str, kg: float) -> None:
    data = csv_file("Screw,1,piece,85", header=f"name,quantity,unit,{header}")
    assert read_bom_bytes(data, "a.csv").lines[0].unit_mass_kg == kg


def test_brackets_that_hold_no_unit_of_mass_name_none() -> None:
    data = csv_file("Screw,1,piece,85", header="name,quantity,unit,unit mass (net)")
    with pytest.raises(InputRefused, match="BOM-012"):
        read_bom_bytes(data, "a.csv")


def test_classifications_are_codes_or_urns() -> None:
    product = table("classifications: cpc: 46410; CAS:7439-89-6|urn:x-own:a:b")
    assert product.classifications == ("CPC:46410", "CAS:7439-89-6", "urn:x-own:a:b")
    (problem,) = problems("产品分类代码: 46410")
    assert problem.code == "BOM-019"
