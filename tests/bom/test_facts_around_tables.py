"""What stands above a table as a fact is used as the documented facts are, or it is told."""

from __future__ import annotations

from datetime import date

import pytest

from footprint.bom.read import read_bom_bytes
from footprint.cli.reading_text import FACTS_ZH
from footprint.reading.vocabulary import load
from footprint.values.bom import Bom
from footprint.values.product import DeclaredUnit

#: A list as programs export it, and one with the headings of the documented form.
EXPORT = "Item,Description,Qty,Unit\n1,ABS resin,0.5,kg\n"
DOCUMENTED = "名称,数量,单位,阶段\nABS,0.5,kg,材料\n"


def read(above: str, table: str) -> Bom:
    return read_bom_bytes(f"{above}\n{table}".encode(), "list.csv")


def told(bom: Bom) -> list[str]:
    return [one.message for one in bom.warnings if one.message.startswith("what stands above")]


@pytest.mark.parametrize("table", [EXPORT, DOCUMENTED])
@pytest.mark.parametrize(
    "above",
    [
        "Product,Lamp\nCountry,DE\nReference period,2024\nDeclared unit,2 pieces\n"
        "Net weight,3 kg\n",
        "产品名称,Lamp\n生产地,德国\n核算期间,2024年\n声明单位,2 件\n净重,3 kg\n",
        "Product: Lamp\nLand: DE\nReference period: 2024\nDeclared unit: 2 pieces\n"
        "Net weight: 3 kg\n",
    ],
)
def test_country_period_and_declared_unit_count_as_they_are_shown(above: str, table: str) -> None:
    bom = read(above, table)
    made = bom.product
    assert (made.name, made.country) == ("Lamp", "DE")
    assert (made.period_start, made.period_end) == (date(2024, 1, 1), date(2024, 12, 31))
    assert made.declared_unit == DeclaredUnit(2.0, "piece")
    assert made.mass_kg == pytest.approx(3.0)
    assert not told(bom)


@pytest.mark.parametrize("table", [EXPORT, DOCUMENTED])
def test_what_cannot_be_read_is_told_and_not_guessed(table: str) -> None:
    bom = read("Product,Lamp\nCountry,Ruritania\nReference period,last year\n", table)
    assert (bom.product.country, bom.product.period_start) == ("", None)
    assert told(bom) == ["what stands above the table was not used: Ruritania; last year"]


@pytest.mark.parametrize("table", [EXPORT, DOCUMENTED])
def test_what_no_fact_takes_is_told_of_every_form(table: str) -> None:
    bom = read("Product,Lamp\nYear,2025\n", table)
    assert told(bom) == ["what stands above the table was not used: Year 2025"]


def test_a_documented_fact_stands_above_one_that_is_only_written_there() -> None:
    bom = read("# country: CN\nProduct,Lamp\nCountry,DE\n", EXPORT)
    assert bom.product.country == "CN"


def test_every_fact_has_a_name_in_chinese() -> None:
    apart = {"mass", "base_quantity", "lot_size", "required_quantity", "yield", "order_quantity"}
    assert set(load("facts")) - apart <= set(FACTS_ZH)
