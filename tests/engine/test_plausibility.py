"""What `footprint check` finds in a table that is formally right."""

from __future__ import annotations

from typing import Any

import pytest
from toy_boms import INVENTORY, bom, row

from footprint.engine.calculate import calculate
from footprint.engine.plausible import findings

SITE = {
    "year": 2025,
    "flows": [{"name": "Power", "quantity": 5, "unit": "kWh", "dataset": "power-cn"}],
    "outputs": [
        {"product": "A", "amount": 100, "unit": "piece", "mass": "1 kg", "revenue": 900},
        {"product": "B", "amount": 100, "unit": "piece", "mass": "1 kg", "revenue": 100},
    ],
    "this_product": "A",
    "allocation": {"method": "physical", "reason": "one line"},
}


def found(*rows: str, **more: Any) -> list[tuple[str, int | None, str | None]]:
    read = bom(*rows, **more)
    result = calculate(read, INVENTORY, allow_gaps=True)
    return [(p.code, p.where.row, p.where.column) for p in findings(read, INVENTORY, result)]


GOOD = (
    row("Case", quantity=30, unit="g", dataset="steel"),
    row("Board", quantity=10, unit="g", dataset="old"),
    row("Power", quantity=0.1, unit="kWh", dataset="power-cn", stage="production"),
)


def test_a_sound_table_has_nothing_to_find() -> None:
    assert found(*GOOD, facts="mass: 40 g") == []
    assert found(*GOOD) == []


def test_a_charger_of_40_g_with_parts_of_3_kg_is_found_and_the_line_named() -> None:
    heavy = row("Copper", quantity=3, dataset="paint")
    assert found(heavy, *GOOD, facts="mass: 40 g") == [
        ("LNT-001", None, None),
        ("LNT-008", 4, "quantity"),
        ("LNT-004", 4, "quantity"),
    ]


def test_a_product_much_heavier_than_its_parts_is_found() -> None:
    assert found(*GOOD, facts="mass: 40 kg") == [("LNT-001", None, None)]


@pytest.mark.parametrize(("unit", "expected"), [("kWh", []), ("MWh", [("LNT-002", 5, "quantity")])])
def test_kilowatt_hours_typed_as_megawatt_hours_are_found(unit: str, expected: Any) -> None:
    power = row("Power", quantity=0.05, unit=unit, dataset="power-cn", stage="production")
    lines = (row("Case", quantity=40, unit="g", dataset="steel"), power)
    assert [f for f in found(*lines, facts="mass: 40 g") if f[0] == "LNT-002"] == expected


def test_a_leg_around_the_world_is_found() -> None:
    far = row(dataset="steel", transport="road 300000 m; sea 20001 km")
    assert ("LNT-003", 3, "transport") in found(far)
    assert found(row(dataset="steel", transport="sea 20000")) == []


def test_a_line_that_is_nearly_everything_is_told_for_information() -> None:
    lines = (row(quantity=10, dataset="steel"), row(quantity=0.1, dataset="old"))
    assert found(*lines) == [("LNT-004", 3, "quantity")]
    assert found(row(dataset="steel")) == []  # a product of one material is what it is


def test_the_same_line_twice_is_found_and_the_same_part_in_two_assemblies_is_not() -> None:
    assert found(row(dataset="steel"), row(dataset="steel", id="b")) == [("LNT-005", 4, None)]
    parts = [row(dataset="steel", parent=name) for name in "AB"]
    assert found(*parts, *(row(name, id=name, unit="piece") for name in "AB")) == []


def test_packaging_heavier_than_the_product_is_found() -> None:
    box = row("Carton", quantity=5, dataset="wood", stage="packaging")
    assert found(row(quantity=1, dataset="steel"), box, facts="mass: 1 kg") == [
        ("LNT-006", None, None)
    ]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"unit": "g", "unit_mass": "0.5 kg", "dataset": "steel"}, True),
        ({"unit": "g", "unit_mass": "1 g", "dataset": "steel"}, False),
        ({"unit": "piece", "unit_mass": "4 kg", "dataset": "screw"}, True),
        ({"unit": "piece", "unit_mass": "5 g", "dataset": "screw"}, False),
        ({"unit": "piece", "unit_mass": "5 g", "dataset": "steel"}, False),
    ],
)
def test_a_mass_of_one_unit_that_contradicts_is_found(
    cells: dict[str, Any], expected: bool
) -> None:
    assert ("LNT-007" in [code for code, _, _ in found(row(**cells))]) is expected


def test_site_data_that_clash_with_the_table_are_found() -> None:
    steel = row(dataset="steel")
    power = row("Power", unit="kWh", dataset="power-cn", stage="production")
    facts = "reference_period: 2023"
    assert [code for code, _, _ in found(steel, power, facts=facts, site=SITE)] == [
        "LNT-009", "LNT-010", "LNT-011",
    ]  # fmt: skip
    economic = SITE | {"allocation": {"method": "economic", "reason": "prices differ"}}
    light = row(quantity=0.05, dataset="steel")
    assert found(light, facts="reference_period: 2025", site=economic) == []
