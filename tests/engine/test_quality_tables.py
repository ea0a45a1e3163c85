"""Ratings by the tables of PACT v3 (4.2.3), cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_boms import INVENTORY, bom, codes, footprint, row

from footprint.engine.calculate import calculate
from footprint.engine.geography import SUBDIVIDED, geographical_rating, stands_in
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.locations import COUNTRIES, REGIONS
from footprint.values.result import Footprint


@pytest.mark.parametrize(
    ("place", "location", "rating"),
    [
        ("US-TX", "US-TX", 1), ("CN-GD", "CN-GD", 1), ("IN-MH", "IN-MH", 1),
        ("DE", "DE", 1), ("DE-BW", "DE", 1), ("DE", "DE-BW", 1), ("TH", "TH", 1),
        ("US-TX", "US", 2), ("CN", "CN", 2), ("BR-SP", "BR", 2), ("RU", "RU", 2),
        ("DE", "RER", 3), ("FR-IDF", "RER", 3), ("CA-QC", "RNA", 3), ("US", "RNA", 3),
        ("CN", "GLO", 4), ("US-TX", "RoW", 4), ("", "GLO", 4),
        ("CN", "RER", 5), ("MX", "RNA", 5), ("CN", "GB", 5), ("US-TX", "US-CA", 5),
        ("CN", "CN-GD", 5), ("HK", "CN", 5), ("", "CN", 5), ("", "RER", 5),
    ],
)  # fmt: skip
def test_geography(place: str, location: str, rating: int) -> None:
    assert geographical_rating(place, location) == rating


_PLACES = st.sampled_from(sorted(COUNTRIES)).flatmap(lambda c: st.sampled_from((c, f"{c}-01")))


@given(_PLACES, st.one_of(_PLACES, st.sampled_from(sorted(REGIONS))))
def test_only_what_holds_the_place_is_better_than_another_place(place: str, location: str) -> None:
    rating = geographical_rating(place, location)
    same_country = location.partition("-")[0] == place.partition("-")[0]
    if rating <= 2:
        assert same_country
        assert rating == 1 or place.partition("-")[0] in SUBDIVIDED
    assert stands_in(place, location) == (rating == 5)


def _with(**changes: Any) -> CompiledInventory:
    entry: Entry = INVENTORY.datasets["steel"]
    return replace(
        INVENTORY, datasets=dict(INVENTORY.datasets) | {"steel": replace(entry, **changes)}
    )


def _rated(inventory: CompiledInventory, period: str = "2025", **cells: Any) -> Footprint:
    facts = f"country: CN|reference_period: {period}"
    return calculate(bom(row(**{"dataset": "steel"} | cells), facts=facts), inventory)


@pytest.mark.parametrize(("own", "rating"), [(1, 3), (2, 3), (3, 4), (4, 4), (5, 5)])
def test_three_is_the_best_that_a_secondary_dataset_gets(own: int, rating: int) -> None:
    assert _rated(_with(technological=own)).quality.technological == rating
    primary = _rated(_with(technological=own), data_type="primary").quality
    assert (primary.technological, primary.primary_data_share) == (rating, 0.0)


@pytest.mark.parametrize(
    ("days", "rating"),
    [(0, 1), (366, 1), (367, 2), (731, 2), (732, 3), (1096, 3), (1097, 4), (1461, 4), (1462, 5)],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_time_by_days_between_the_ends(days: int, rating: int, sign: int) -> None:
    end = date(2020, 12, 31) + timedelta(days=days * sign)
    period = f"{end.replace(day=1)}/{end}"
    assert _rated(_with(year=2020), period).quality.temporal == rating


def test_without_a_period_time_is_unknown() -> None:
    assert footprint(row(dataset="steel")).quality.temporal == 5


def test_a_measured_emission_is_best_and_an_unmarked_one_is_not() -> None:
    gas = {"dataset": "co2-fossil", "stage": "direct_emission"}
    measured = _rated(INVENTORY, data_type="primary", **gas).quality
    assert (measured.technological, measured.geographical, measured.temporal) == (1, 1, 1)
    assert measured.primary_data_share == 100
    unmarked = _rated(INVENTORY, **gas).quality
    assert (unmarked.technological, unmarked.geographical, unmarked.temporal) == (3, 5, 5)
    assert unmarked.primary_data_share == 0


def test_one_line_of_average_grid_power() -> None:
    found = _rated(INVENTORY, dataset="power-cn", unit="kWh").quality
    assert (found.technological, found.geographical, found.temporal) == (3, 2, 1)


@given(st.lists(st.floats(1e-9, 1e9), min_size=1, max_size=6))
def test_a_mean_never_leaves_the_scale(amounts: list[float]) -> None:
    rows = [row(quantity=kg, dataset="old") for kg in amounts]
    found = footprint(*rows, facts="country: CN").quality
    assert (found.technological, found.geographical, found.temporal) == (3, 5, 5)


def test_a_region_that_does_not_hold_the_place_is_named() -> None:
    for location, named in (("RER", True), ("RNA", True), ("GLO", False), ("CN", False)):
        assert ("ENG-013" in codes(_rated(_with(location=location)))) == named
