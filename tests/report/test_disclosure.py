"""Exports for corporate disclosure: exact sums, never across boundaries or GWP sets."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import pytest
from evidence import some
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from footprint.faults import Contradiction, InputRefused
from footprint.report.disclosure import SoldProduct, disclosure
from footprint.report.disclosure_question import DisclosureQuestion
from footprint.report.disclosure_workbook import disclosure_workbook
from footprint.rules.modules.questions import read_question

AMOUNTS = st.integers(0, 10**6)


def named(name: str) -> dict[str, Any]:
    return {"name": name, "name_zh": "支架", "period_start": None, "period_end": None}


def document(total: float = 1.5, **changes: Any) -> dict[str, Any]:
    return {
        "product": named("Bracket"),
        "declared_unit": {"amount": 1, "unit": "piece"},
        "boundary": "cradle-to-gate",
        "gwp_set": "AR6",
        "gwp_sets_used": ["AR6", "AR5"],
        "completeness": {"word": "complete"},
        "totals": {"excluding_biogenic_uptake_kg_co2e": total},
    } | changes


def sold(of: dict[str, Any], units: int, bought: int | None = None) -> SoldProduct:
    return SoldProduct(of, Decimal(units), None if bought is None else Decimal(bought))


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=6))
def test_the_sum_is_exact_and_in_no_order(rows: list[tuple[int, int]]) -> None:
    products = [
        sold(document(total / 1000, product=named(f"Bracket {place}")), units)
        for place, (total, units) in enumerate(rows)
    ]
    made = disclosure(products, "Works")["sold"]
    expected = sum((Decimal(total) * units / 1000 for total, units in rows), Decimal(0))
    assert [Decimal(one["kg_co2e"]) for one in made] == [expected]
    assert disclosure(products[::-1], "Works")["sold"] == made


def test_boundaries_and_gwp_sets_stand_apart() -> None:
    made = disclosure(
        [
            sold(document(), 10),
            sold(document(gwp_set="AR5"), 20),
            sold(document(boundary="cradle-to-grave"), 40),
        ],
        "Works",
    )
    found = {(one["boundary"], one["gwp_set"]): one["kg_co2e"] for one in made["sold"]}
    assert found == {
        ("cradle-to-gate", "AR6"): "15",
        ("cradle-to-gate", "AR5"): "30",
        ("cradle-to-grave", "AR6"): "60",
    }


def test_category_1_ends_at_the_gate() -> None:
    made = disclosure(
        [sold(document(), 10, 4), sold(document(boundary="cradle-to-grave"), 10, 4)], "W", "Motors"
    )
    gate, grave = made["products"]
    assert gate["category_1_kg_co2e"] == "6"
    assert (grave["category_1_kg_co2e"], bool(grave["says"] and grave["says_zh"])) == (None, True)
    assert [(one["products"], one["kg_co2e"]) for one in made["category_1"]] == [(1, "6")]


def test_at_least_spreads_to_the_sum() -> None:
    lower = document(completeness={"word": "at least"})
    made = disclosure([sold(document(), 1), sold(lower, 1)], "Works")
    assert made["sold"][0]["completeness"] == "at least"
    assert disclosure([sold(document(), 1)], "Works")["sold"][0]["completeness"] == "complete"


def test_an_event_is_no_product() -> None:
    with pytest.raises(InputRefused) as caught:
        disclosure([sold(document(subject={"kind": "event"}), 1)], "Works")
    assert caught.value.problems[0].code == "RPT-003"


def test_no_more_is_bought_than_sold() -> None:
    with pytest.raises(Contradiction):
        sold(document(), 1, 2)
    text = "company: x\nproducts: [{file: a.csv, sold: 1, bought: 2}]"
    with pytest.raises(InputRefused) as caught:
        read_question(text, DisclosureQuestion, "sales.yaml")
    assert caught.value.problems[0].code == "RUL-033"


def test_the_workbook_holds_the_same_figures_and_the_same_bytes() -> None:
    export = disclosure([sold(document(), 10, 4)], "Works", "Motors")
    content = disclosure_workbook(export)
    assert content == disclosure_workbook(export)
    book = load_workbook(io.BytesIO(content))
    assert len(book.sheetnames) == 3
    rows = list(book.worksheets[0].values)
    line = dict(zip(rows[0], rows[1], strict=True))
    for name in some(("boundary", "gwp_set", "sold_kg_co2e", "category_1_kg_co2e")):
        assert line[name] == export["products"][0][name]


def test_the_same_footprint_twice_is_refused_for_its_units_would_count_twice() -> None:
    other = document(product=named("Other bracket"))
    with pytest.raises(InputRefused, match=r"RPT-004.*Products 1 and 3 .*Bracket") as caught:
        disclosure([sold(document(), 10), sold(other, 1), sold(document(), 10)], "Works")
    assert "all units" in caught.value.problems[0].hint
    made = disclosure([sold(document(), 20), sold(other, 1)], "Works")
    assert [one["kg_co2e"] for one in made["sold"]] == ["31.5"]
