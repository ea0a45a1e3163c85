"""A catalogue says of each product what `calculate` says, to 1e-12; nothing is dropped."""

from __future__ import annotations

import math
from random import Random
from typing import Any

import pyarrow as pa
import pytest
from catalogue_tables import WRONG, rows_of, table_of
from evidence import some

from footprint.catalogue import part as module
from footprint.catalogue.columns import RESULTS
from footprint.catalogue.keys import Keys
from footprint.catalogue.one import one_product
from footprint.catalogue.part import PartResults, run_part
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory


def each_alone(
    rows: list[dict[str, Any]], inventory: CompiledInventory, gwp_set: str
) -> tuple[list[dict[str, Any]], dict[str, set[tuple[int, str, str]]]]:
    """The results and refusals of a catalogue, one product after the other."""
    by_product: dict[str, list[dict[str, Any]]] = {}
    for at, row in enumerate(rows):
        given = {name: value for name, value in row.items() if value not in (None, "")}
        by_product.setdefault(row["product"], []).append({"name": "", **given, "row": at + 2})
    keys = Keys(inventory, gwp_set)
    results, refused = [], {}
    for name, own in by_product.items():
        try:
            results.append(one_product(name, own, keys))
        except (InputRefused, KeyError) as error:
            problems = getattr(error, "problems", ())
            refused[name] = {(p.where.row or 0, p.where.column or "", p.code) for p in problems}
    return results, refused


def assert_alike(part: PartResults, expected: list[dict[str, Any]]) -> None:
    found = {row["product"]: row for row in part.results.to_pylist()}
    assert found.keys() == {row["product"] for row in expected}
    for one in expected:
        other = found[one["product"]]
        scale = sum(abs(one[name]) for name in ("fossil", "biogenic_uptake", "biogenic_emission"))
        for name in RESULTS.names:
            value, got = one[name], other[name]
            if isinstance(value, int | float) and isinstance(got, float):
                close = math.isclose(value, got, rel_tol=1e-12, abs_tol=1e-13 * scale)
                assert close, (one["product"], name, value, got)
            elif not name.startswith("worst"):
                assert value == got, (one["product"], name, value, got)


@pytest.mark.parametrize("gwp_set", ["AR6", "AR5"])
@pytest.mark.parametrize("seed", range(4))
def test_every_product_is_what_calculate_says(
    inventory: CompiledInventory, seed: int, gwp_set: str
) -> None:
    rows = rows_of(inventory, 120, seed)
    part = run_part(table_of(rows), 2, Keys(inventory, gwp_set))
    expected, refused = each_alone(rows, inventory, gwp_set)
    assert_alike(part, expected)
    assert set(part.refused.column("product").to_pylist()) == refused.keys()


def test_most_products_go_the_fast_way(
    inventory: CompiledInventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def counted(*given: Any) -> dict[str, Any]:
        calls.append(given)
        return one_product(*given)

    monkeypatch.setattr(module, "one_product", counted)
    run_part(table_of(rows_of(inventory, 300, 5)), 2, Keys(inventory, "AR6"))
    assert 0 < len(calls) < 100


@pytest.mark.parametrize("seed", range(3))
def test_dirty_products_are_refused_and_stop_no_other(
    inventory: CompiledInventory, seed: int
) -> None:
    rows = rows_of(inventory, 150, seed + 50, dirty=0.4)
    part = run_part(table_of(rows), 2, Keys(inventory, "AR6"))
    done = set(part.results.column("product").to_pylist())
    refused = set(part.refused.column("product").to_pylist())
    assert done | refused == {row["product"] for row in rows}
    assert not done & refused
    assert len(refused) > 20
    sound = [row for row in rows if row["product"] in done]
    expected, none = each_alone(sound, inventory, "AR6")
    assert not none
    by_product = {row["product"]: row for row in expected}
    for row in part.results.to_pylist():
        total = by_product[row["product"]]["excluding_biogenic_uptake_kg_co2e"]
        assert row["excluding_biogenic_uptake_kg_co2e"] == pytest.approx(total, rel=1e-12)


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_a_mistake_is_refused_with_code_row_and_column(
    inventory: CompiledInventory, wrong: dict[str, Any]
) -> None:
    good = {"name": "Steel", "quantity": 1.0, "unit": "kg", "dataset": "steel-hot-rolled-cn"}
    if good["dataset"] not in inventory.datasets:
        good["dataset"] = next(e.id for e in inventory.datasets.values() if e.unit == "kg")
    rows: list[dict[str, Any]] = [
        {"product": "A", "line": "1", "parent": "", "transport": "", **good},
        {"product": "B", "line": "1", "parent": "", "transport": "", **good},
        {"product": "B", "line": "2", "parent": "", "transport": "", **good, **wrong},
    ]
    part = run_part(table_of(rows), 2, Keys(inventory, "AR6"))
    assert part.results.column("product").to_pylist() == ["A"]
    for problem in part.refused.to_pylist():
        assert (problem["product"], problem["row"]) == ("B", 4)
        assert problem["code"]
        assert problem["column"] in {*wrong, "name", "unit", "dataset", "transport"}


def test_a_name_tells_the_stage_of_a_line_without_one(inventory: CompiledInventory) -> None:
    entry = next(e for e in inventory.datasets.values() if e.unit == "kg" and "ldpe" in e.id)
    rows: list[dict[str, Any]] = [
        {"product": product, "name": name, "quantity": 1.0, "unit": "kg", "dataset": entry.id}
        for product, name in (("A", "packaging bag"), ("B", "cover"))
    ]
    part = run_part(table_of(rows), 2, Keys(inventory, "AR6"))
    expected, _ = each_alone(rows, inventory, "AR6")
    assert [row["packaging"] > 0 for row in expected] == [True, False]
    assert_alike(part, expected)


@pytest.mark.parametrize("lengths", [[1, 2, 3], [40] * 3, [5, 70, 1, 2, 130]], ids=str)
def test_the_worst_lines_are_those_that_add_most(
    inventory: CompiledInventory, lengths: list[int]
) -> None:
    entry = next(e for e in inventory.datasets.values() if e.unit == "kg")
    random = Random(sum(lengths))  # noqa: S311  # of a test
    rows: list[dict[str, Any]] = [
        {"product": str(at), "line": f"L{line}", "name": "N", "quantity": random.random()}
        | {"unit": "kg", "dataset": entry.id, "stage": "material"}
        for at, count in enumerate(lengths)
        for line in range(count)
    ]
    part = run_part(table_of(rows), 2, Keys(inventory, "AR6"))
    for result in some(part.results.to_pylist()):
        own = [row for row in rows if row["product"] == result["product"]]
        best = [row["line"] for row in sorted(own, key=lambda row: -row["quantity"])[:3]]
        assert [result[f"worst_{at}"] for at in (1, 2, 3)] == [*best, None, None][:3]


def test_keys_of_an_earlier_part_are_not_resolved_again(
    inventory: CompiledInventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = Keys(inventory, "AR6")
    table = table_of(rows_of(inventory, 60, 12))
    first = run_part(table, 2, keys)
    monkeypatch.setattr(keys, "_resolve", lambda _: pytest.fail("resolved twice"))
    assert run_part(table, 2, keys).results.equals(first.results)


def test_scattered_lines_are_refused(inventory: CompiledInventory) -> None:
    rows = rows_of(inventory, 3, 1)
    part = run_part(table_of([*rows, rows[0]]), 2, Keys(inventory, "AR6"))
    assert "CAT-002" in part.refused.column("code").to_pylist()
    assert "P0" not in part.results.column("product").to_pylist()


def test_coded_columns_give_the_same(inventory: CompiledInventory) -> None:
    table = table_of(rows_of(inventory, 40, 9))
    arrays = [
        column.dictionary_encode() if pa.types.is_string(column.type) else column
        for column in table.columns
    ]
    coded = pa.Table.from_arrays(arrays, names=table.column_names)
    one = run_part(table, 2, Keys(inventory, "AR6"))
    other = run_part(coded, 2, Keys(inventory, "AR6"))
    assert one.results.equals(other.results)
    assert one.refused.equals(other.refused)
