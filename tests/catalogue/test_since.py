"""A run since another one: only what changed is calculated, to the bytes of a whole run."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from catalogue_tables import STAGES, rows_of, table_of
from hypothesis import given, settings
from hypothesis import strategies as st

from footprint.canonical import bytes_hash
from footprint.catalogue.decisions import SchemesAsked
from footprint.catalogue.part import run_part
from footprint.catalogue.question import CatalogueQuestion
from footprint.catalogue.run import run_catalogue
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory

FILES = (
    ".parquet",
    ".refused.parquet",
    ".manifest.json",
    ".memory.parquet",
    ".cells.parquet",
)
Rows = list[dict[str, Any]]


def write(rows: Rows, path: Path, group: int = 61) -> Path:
    pq.write_table(table_of(rows), path, row_group_size=group)
    return path


def run(products: Path, results: Path, inventory: CompiledInventory, **more: Any) -> dict[str, Any]:
    question = CatalogueQuestion(products, results, lambda: inventory, **more)
    return run_catalogue(question, 1, lambda *_: None)


def same(one: Path, other: Path) -> None:
    for suffix in FILES:
        assert one.with_suffix(suffix).read_bytes() == other.with_suffix(suffix).read_bytes(), (
            suffix
        )


def other_data(inventory: CompiledInventory, ids: list[str], by: float = 2.0) -> CompiledInventory:
    """An inventory in which some datasets have other intensities, years and names."""
    tables = {name: np.array(table) for name, table in inventory.tables.items()}
    datasets = dict(inventory.datasets)
    for at, one in enumerate(ids):
        entry = datasets[one]
        if at % 3 == 0:
            for table in tables.values():
                table[:, entry.column] *= by
        else:
            more = {"year": entry.year - 9} if at % 3 == 1 else {"name_en": f"{entry.name_en} II"}
            datasets[one] = replace(entry, **more)
    digest = bytes_hash(repr((ids, by)).encode())
    return replace(inventory, tables=tables, datasets=datasets, hash=digest)


@pytest.fixture
def calculated(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The lines of each part that were calculated."""
    found: list[int] = []
    real = run_part

    def counted(table: pa.Table, *more: Any) -> Any:
        found.append(table.num_rows)
        return real(table, *more)

    monkeypatch.setattr("footprint.catalogue.again.run_part", counted)
    return found


def _edited(rows: Rows, random: Random) -> Rows:
    """Lines changed, taken out, put in and moved; products gone, new and of another name."""
    found = deepcopy(rows)
    edits: list[Callable[[Rows], None]] = [
        lambda some: random.choice(some).update(quantity=random.uniform(0.1, 2.0)),
        lambda some: random.choice(some).update(stage=random.choice(STAGES)),
        lambda some: random.choice(some).update(line=random.choice(("", "L0", "other"))),
        lambda some: random.choice(some).update(name="Steeel shet", dataset=""),
        lambda some: random.choice(some).update(unit_mass=random.choice((None, 0.5))),
        lambda some: some.__delitem__(random.randrange(len(some))),
        lambda some: some.insert(random.randrange(len(some)), deepcopy(random.choice(some))),
        lambda some: some.extend(deepcopy(some[:3])),
        lambda some: some.__delitem__(slice(0, random.randrange(1, 8))),
        lambda some: some.insert(0, random.choice(some) | {"product": "new"}),
    ]
    for _ in range(random.randrange(4)):
        random.choice(edits)(found)
    return found


@given(seed=st.integers(0, 10_000))
@settings(max_examples=25)
def test_any_change_gives_the_bytes_of_a_whole_run(
    seed: int, inventory: CompiledInventory, tmp_path_factory: pytest.TempPathFactory
) -> None:
    random, folder = Random(seed), tmp_path_factory.mktemp("since")  # noqa: S311  # of a test
    rows = rows_of(inventory, 40, seed, dirty=0.1)
    run(write(rows, folder / "c.parquet"), folder / "old.parquet", inventory, remember=True)
    ids = random.sample(sorted(inventory.datasets), random.choice((0, 1, 5, 200)))
    new = other_data(inventory, ids) if ids else inventory
    group = random.choice((61, 61, 40))
    changed = write(_edited(rows, random), folder / "c.parquet", group)
    since = folder / "old.parquet"
    run(changed, folder / "since.parquet", new, since=since)
    run(changed, folder / "whole.parquet", new, remember=True)
    same(folder / "since.parquet", folder / "whole.parquet")


def test_only_what_changed_is_calculated(
    inventory: CompiledInventory, tmp_path: Path, calculated: list[int]
) -> None:
    rows = [row for row in rows_of(inventory, 200, 4) if row["dataset"] and row["line"]]
    run(write(rows, tmp_path / "c.parquet"), tmp_path / "old.parquet", inventory, remember=True)
    assert sum(calculated) == len(rows)
    calculated.clear()
    since = {"since": tmp_path / "old.parquet"}
    run(tmp_path / "c.parquet", tmp_path / "same.parquet", inventory, **since)
    assert calculated == []
    same(tmp_path / "same.parquet", tmp_path / "old.parquet")
    refused = pq.read_table(tmp_path / "old.refused.parquet").column("product").to_pylist()
    rows[0]["quantity"] = 17.0
    run(write(rows, tmp_path / "c.parquet"), tmp_path / "one.parquet", inventory, **since)
    own = {*refused, rows[0]["product"]}
    assert 0 < sum(calculated) <= sum(row["product"] in own for row in rows)
    calculated.clear()
    memory = pq.read_table(tmp_path / "old.memory.parquet").to_pylist()
    alone = {one["product"] for one in memory if one["alone"]}
    one = next(row["dataset"] for row in rows if row["product"] not in {*alone, *refused})
    new = other_data(inventory, [one], 3.0)
    run(tmp_path / "c.parquet", tmp_path / "d.parquet", new, **since)
    users = {row["product"] for row in rows if row["dataset"] == one}
    anew = alone | users | {*refused, rows[0]["product"]}
    assert sum(calculated) == sum(row["product"] in anew for row in rows) < len(rows)


def test_another_question_is_calculated_anew(
    inventory: CompiledInventory, tmp_path: Path, calculated: list[int]
) -> None:
    rows = rows_of(inventory, 20, 4)
    products = write(rows, tmp_path / "c.parquet")
    run(products, tmp_path / "old.parquet", inventory, remember=True)
    calculated.clear()
    since = tmp_path / "old.parquet"
    run(products, tmp_path / "five.parquet", inventory, gwp_set="AR5", since=since)
    assert sum(calculated) == len(rows)
    run(products, tmp_path / "whole.parquet", inventory, gwp_set="AR5", remember=True)
    same(tmp_path / "five.parquet", tmp_path / "whole.parquet")


@pytest.mark.parametrize("name", ["day", "rule"])
def test_another_rule_or_day_is_decided_anew(
    inventory: CompiledInventory, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    products = write(rows_of(inventory, 12, 4), tmp_path / "c.parquet")
    asked = SchemesAsked(("th-tgo",), "{}", date(2026, 11, 20))
    run(products, tmp_path / "old.parquet", inventory, asked=asked, remember=True)
    if name == "rule":
        book = asked.rules
        other = replace(book, hash="sha256:" + "1" * 64)
        monkeypatch.setattr("footprint.catalogue.decisions.load_rules", lambda: other)
    else:
        asked = replace(asked, as_of=date(2020, 1, 1))
    since, whole = tmp_path / "since.parquet", tmp_path / "whole.parquet"
    made = run(products, since, inventory, asked=asked, since=tmp_path / "old.parquet")
    assert (made["as_of"], made["rules"]) == (asked.as_of.isoformat(), asked.rules.hash)
    run(products, whole, inventory, asked=asked, remember=True)
    same(since, whole)


def test_what_remembers_nothing_or_was_touched_is_refused(
    inventory: CompiledInventory, tmp_path: Path
) -> None:
    products = write(rows_of(inventory, 5, 4), tmp_path / "c.parquet")
    run(products, tmp_path / "plain.parquet", inventory)
    run(products, tmp_path / "old.parquet", inventory, remember=True)
    changed = tmp_path / "changed.parquet"
    for suffix in FILES:
        data = (tmp_path / f"old{suffix}").read_bytes()
        changed.with_suffix(suffix).write_bytes(data)
    table = pq.read_table(changed)
    pq.write_table(table.slice(1), changed)
    for since, results in (
        ("plain", "r"),
        ("nothing", "r"),
        ("changed", "r"),
        ("old", "old"),
    ):
        old = tmp_path / f"{since}.parquet"
        with pytest.raises(InputRefused) as refused:
            run(products, tmp_path / f"{results}.parquet", inventory, since=old)
        assert refused.value.problems[0].code == "CAT-007"
