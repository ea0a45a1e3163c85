"""Contracts, recycled shares, and the facts that a PACT document asks for."""

from __future__ import annotations

import pytest
from bom_files import csv_file

from footprint.bom.read import read_bom_bytes
from footprint.faults import InputRefused
from footprint.values.contract import parse_contract
from footprint.values.line import Supply

HEADER = "name,quantity,unit,stage,contract,recycled_content,recycled_dataset,supplier_pcf"


def codes(*lines: str) -> list[tuple[str, str | None]]:
    with pytest.raises(InputRefused) as refused:
        read_bom_bytes(csv_file(*lines, header=HEADER), "a.csv")
    return [(problem.code, problem.where.column) for problem in refused.value.problems]


@pytest.mark.parametrize(
    ("text", "supplies"),
    [
        ("wind", (Supply("wind", 1.0),)),
        ("wind 60 %; grid-cn 40%", (Supply("wind", 0.6), Supply("grid-cn", 0.4))),
        ("wind：33.3％；grid 66.7％", (Supply("wind", 0.333), Supply("grid", 0.667))),
        ("wind 62,5 %; grid 37,5 %", (Supply("wind", 0.625), Supply("grid", 0.375))),
        ("", ()),
    ],
)
def test_a_contract_is_read(text: str, supplies: tuple[Supply, ...]) -> None:
    assert parse_contract(text) == supplies


@pytest.mark.parametrize(
    "text",
    [
        "wind 60 %",
        "wind 60 %; grid 41 %",
        "wind 60; grid 40",
        "wind 100 %; grid 0 %",
        "wind; grid",
        "60 %",
        "wind 33.3 %; grid 66.6 %",
    ],
)
def test_a_contract_that_leaves_something_open_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"percentage|%"):
        parse_contract(text)
    assert codes(f"Power,1,kWh,production,{text},,,") == [("BOM-027", "contract")]


@pytest.mark.parametrize(("text", "share"), [("30 %", 0.3), ("0.3", 0.3), ("0", 0.0), ("1", 1.0)])
def test_a_recycled_share_is_read(text: str, share: float) -> None:
    bom = read_bom_bytes(csv_file(f"Steel,1,kg,,,{text},scrap,", header=HEADER), "a.csv")
    assert bom.lines[0].recycled_content == share
    assert bom.lines[0].recycled_dataset == "scrap"


@pytest.mark.parametrize("text", ["30", "-1 %", "101 %"])
def test_a_recycled_share_beyond_the_whole_is_refused(text: str) -> None:
    assert codes(f"Steel,1,kg,,,{text},scrap,") == [("BOM-026", "recycled_content")]


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Steel,1,kg,,,,scrap,", "recycled_dataset"),
        ("CH4,1,kg,direct_emission,wind,,,", "contract"),
        ("CH4,1,kg,direct_emission,,10 %,,", "recycled_content"),
        ("Power,1,kWh,production,wind,10 %,scrap,", "recycled_content"),
    ],
)
def test_columns_that_would_go_unheard_are_refused(line: str, column: str) -> None:
    assert codes(line) == [("BOM-030", column)]


def test_a_document_that_was_not_supplied_is_refused_with_its_cell() -> None:
    assert codes("Motor,1,piece,,,,,motor.json") == [("BOM-029", "supplier_pcf")]


def test_the_facts_for_a_pact_document_are_read_in_both_languages() -> None:
    facts = (
        "# name: a\n# exempted emissions: 2.5 %\n# 豁免排放说明: 办公用品\n"
        "# fossil_carbon_content: 12 g\n# 生物碳含量: 0.5 kg\n"
    )
    product = read_bom_bytes(csv_file("a,,S,1,kg,,,,,,", facts=facts), "a.csv").product
    assert product.exempted_emissions_percent == 2.5
    assert product.exempted_emissions_description == "办公用品"
    assert (product.fossil_carbon_content, product.biogenic_carbon_content) == (0.012, 0.5)


@pytest.mark.parametrize("fact", ["exempted_emissions_percent: 101", "fossil_carbon_content: much"])
def test_a_fact_that_cannot_be_is_refused(fact: str) -> None:
    with pytest.raises(InputRefused, match="BOM-019"):
        read_bom_bytes(csv_file("a,,S,1,kg,,,,,,", facts=f"# name: a\n# {fact}\n"), "a.csv")


def test_a_column_that_is_left_empty_changes_no_hash() -> None:
    plain = read_bom_bytes(csv_file("Steel,1,kg", header="name,quantity,unit"), "a.csv")
    wide = read_bom_bytes(csv_file("Steel,1,kg,,,,,", header=HEADER), "a.csv")
    full = read_bom_bytes(csv_file("Steel,1,kg,,,5 %,scrap,", header=HEADER), "a.csv")
    assert plain.hash == wide.hash != full.hash
    with_note = csv_file("Steel,1,kg,x", header="name,quantity,unit,note")
    assert read_bom_bytes(with_note, "a.csv").hash != plain.hash
