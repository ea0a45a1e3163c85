"""Electricity of the right year: words follow the reference period, ids keep their year."""

from __future__ import annotations

from datetime import date

import pytest

from footprint.bom.read import read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.engine.years import reference_year
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.years import base_of, years_of
from footprint.matching.match import matcher_of
from footprint.matching.query import Query
from footprint.values.product import Product
from footprint.values.result import Footprint


def result(
    inventory: CompiledInventory, period: str, country: str = "CN", line: str = "Electricity,1,kWh,"
) -> Footprint:
    facts = f"# name: P\n# declared_unit: 1 piece\n# mass: 1 kg\n# country: {country}\n"
    facts += f"# reference_period: {period}\n" if period else ""
    table = f"name,quantity,unit,dataset,stage\n{line},production\n"
    return calculate(read_bom_bytes((facts + table).encode(), "power.csv"), inventory)


def dataset(footprint: Footprint) -> str:
    return footprint.contributions[0].dataset


def codes(footprint: Footprint) -> list[str]:
    return [warning.code for warning in footprint.warnings]


@pytest.mark.parametrize(
    ("country", "period", "expected"),
    [
        ("CN", "2019", "electricity-grid-cn-2019"),
        ("CN", "2023", "electricity-grid-cn"),
        ("CN", "2024", "electricity-grid-cn-2024"),
        ("CN", "2025", "electricity-grid-cn-2025"),
        ("VN", "2020", "electricity-grid-vn-2020"),
        ("DE", "2021", "electricity-grid-de-2021"),
        ("CN", "2024-04-01/2025-03-31", "electricity-grid-cn-2024"),
        ("CN", "", "electricity-grid-cn"),
    ],
)
def test_a_line_matched_by_its_name_follows_the_reference_period(
    inventory: CompiledInventory, country: str, period: str, expected: str
) -> None:
    found = result(inventory, period, country)
    assert dataset(found) == expected
    assert "ENG-022" not in codes(found)
    if period:
        says = next(w.message for w in found.warnings if w.code == "ENG-009")
        year = inventory.entry(expected).year
        assert f"of {year}, for the reference period {year}" in says


@pytest.mark.parametrize(
    ("country", "period", "expected"),
    [
        ("CN", "2027", "electricity-grid-cn-2025"),
        ("CN", "2012", "electricity-grid-cn-2019"),
        ("VN", "2026", "electricity-grid-vn-2024"),
    ],
)
def test_a_year_that_is_missing_is_stood_in_for_with_a_warning(
    inventory: CompiledInventory, country: str, period: str, expected: str
) -> None:
    found = result(inventory, period, country)
    assert dataset(found) == expected
    warning = next(w for w in found.warnings if w.code == "ENG-022")
    assert f"there is none for {period}" in warning.message
    assert expected in warning.message


@pytest.mark.parametrize("name", ["electricity-grid-cn", "electricity-grid-cn-2021"])
def test_an_id_keeps_its_year(inventory: CompiledInventory, name: str) -> None:
    found = result(inventory, "2025", line=f"Electricity,1,kWh,{name}")
    assert dataset(found) == name
    assert not {"ENG-009", "ENG-022"} & set(codes(found))


def test_a_name_that_says_its_year_keeps_it(inventory: CompiledInventory) -> None:
    name = '"Electricity, low voltage, grid mix, China, 2021"'
    found = result(inventory, "2025", line=f"{name},1,kWh,")
    assert dataset(found) == "electricity-grid-cn-2021"


def test_other_lines_do_not_follow_the_period(inventory: CompiledInventory) -> None:
    for period in ("2019", "2025"):
        assert dataset(result(inventory, period, line="紫铜,1,kg,")) == dataset(
            result(inventory, "", line="紫铜,1,kg,")
        )


def test_words_lead_to_one_dataset_whatever_years_there_are(inventory: CompiledInventory) -> None:
    found = matcher_of(inventory).match(Query("外购电力", country="CN"), lambda e: e.unit == "kWh")
    assert found.accepted is not None
    assert found.accepted.entry.id == "electricity-grid-cn"
    assert not any(base_of(c.entry, inventory.datasets) for c in found.candidates)


def test_the_years_of_a_market_are_alike_but_for_the_year(inventory: CompiledInventory) -> None:
    bases = [e for e in inventory.datasets.values() if len(years_of(e, inventory.datasets)) > 1]
    assert len(bases) >= 60
    for base in bases:
        for year, entry in years_of(base, inventory.datasets).items():
            assert (entry.year, entry.unit, entry.location) == (year, "kWh", base.location)
    assert sorted(years_of(inventory.entry("electricity-grid-cn"), inventory.datasets)) == [
        *range(2019, 2026)
    ]


def test_the_chinese_grid_falls_from_year_to_year(inventory: CompiledInventory) -> None:
    """And that of 2024 lies within 5 % of the official factor of 2024, 0.5777 kg/kWh."""
    years = years_of(inventory.entry("electricity-grid-cn"), inventory.datasets)
    values = [inventory.intensity(years[year].id)["fossil"] for year in sorted(years)]
    assert values == sorted(values, reverse=True)
    assert inventory.intensity("electricity-grid-cn-2024")["fossil"] == pytest.approx(
        0.5777, rel=0.05
    )


def test_a_year_by_its_published_intensity_has_the_losses_of_the_market(
    inventory: CompiledInventory,
) -> None:
    """Viet Nam 2020: Ember's figure per kWh generated, divided by what arrives of one (0.9204)."""
    document = inventory.document()["datasets"]["electricity-grid-vn-2020"]
    (exchange,) = document["exchanges"]
    assert exchange["amount"] == pytest.approx(exchange["published_amount"] / 0.9204, rel=1e-12)


@pytest.mark.parametrize(
    ("start", "end", "year"),
    [
        (None, None, None),
        (None, date(2024, 12, 31), 2024),
        (date(2024, 1, 1), date(2024, 12, 31), 2024),
        (date(2023, 7, 1), date(2024, 6, 30), 2023),
        (date(2023, 8, 1), date(2024, 7, 31), 2024),
        (date(2021, 1, 1), date(2023, 12, 31), 2022),
    ],
)
def test_the_year_of_a_period_is_that_of_its_middle(
    start: date | None, end: date | None, year: int | None
) -> None:
    assert reference_year(Product("P", period_start=start, period_end=end)) == year


def test_a_grid_can_still_be_swapped_for_that_of_a_country(inventory: CompiledInventory) -> None:
    """Other years are no second market of a place."""
    from footprint.analysis.apply import _Grids

    base = result(inventory, "2024")
    assert _Grids(base, inventory).market("CN") == "electricity-grid-cn"
    with pytest.raises(InputRefused):
        _Grids(base, inventory).market("AQ")
