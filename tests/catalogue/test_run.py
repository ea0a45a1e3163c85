"""A catalogue from files to files: the same bytes by one process or two, whole or after a kill."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import forked
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from catalogue_tables import rows_of, table_of

from bench.catalogue_kills import kill_runs
from footprint.catalogue.question import CatalogueQuestion
from footprint.catalogue.run import run_catalogue
from footprint.catalogue.source import catalogue_parts, read_part
from footprint.faults import InputRefused
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory

GROUP = 37
FILES = (".parquet", ".refused.parquet", ".manifest.json")


def run(products: Path, results: Path, cache: Path, processes: int = 1) -> dict[str, Any]:
    question = CatalogueQuestion(products, results, partial(ensure_compiled, cache))
    return run_catalogue(question, processes, lambda *_: None)


@pytest.fixture(scope="module")
def products(inventory: CompiledInventory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("catalogue")
    table = table_of(rows_of(inventory, 200, 7, dirty=0.1))
    path = folder / "products.parquet"
    pq.write_table(table, path, row_group_size=GROUP)
    return path


def test_parts_hold_every_line_once_and_whole_products(products: Path) -> None:
    parts = catalogue_parts(products, products.name)
    tables = [read_part(part) for part in parts]
    whole = pq.read_table(products)
    assert len(parts) > 10
    together = pa.concat_tables(tables).unify_dictionaries()
    assert together.column("product").to_pylist() == whole.column("product").to_pylist()
    assert together.column("quantity").equals(whole.column("quantity"))
    names = [name for table in tables for name in set(table.column("product").to_pylist())]
    assert len(names) == len(set(names)) == 200
    rows = [part.first_row for part in parts]
    assert rows == [2 + sum(one.lines for one in parts[:at]) for at in range(len(parts))]
    assert [part.lines for part in parts] == [table.num_rows for table in tables]


def test_a_product_longer_than_a_row_group_is_one_part(tmp_path: Path) -> None:
    table = pa.table({"product": ["A"] + ["B"] * 10 + ["C"], "quantity": [1.0] * 12})
    pq.write_table(table, tmp_path / "t.parquet", row_group_size=3)
    parts = catalogue_parts(tmp_path / "t.parquet", "t")
    found = [set(read_part(part).column("product").to_pylist()) for part in parts]
    assert found == [{"A", "B"}, {"C"}]


def test_one_process_or_two_give_the_same_bytes(
    products: Path, cache: Path, tmp_path: Path
) -> None:
    one = run(products, tmp_path / "one.parquet", cache)
    two = run(products, tmp_path / "two.parquet", cache, processes=2)
    assert one == two
    for suffix in FILES:
        assert (tmp_path / f"one{suffix}").read_bytes() == (tmp_path / f"two{suffix}").read_bytes()
    assert one["products"] + one["refused"] == 200
    assert json.loads((tmp_path / "one.manifest.json").read_text()) == one
    assert not list(tmp_path.glob("*.parts"))


def test_draws_are_in_the_results_and_the_manifest(
    products: Path, cache: Path, tmp_path: Path
) -> None:
    inventory = partial(ensure_compiled, cache)
    question = CatalogueQuestion(products, tmp_path / "r.parquet", inventory, draws=100, seed=4)
    made = run_catalogue(question, 2, lambda *_: None)
    assert (made["draws"], made["seed"]) == (100, 4)
    low, high, total = (
        pq.read_table(tmp_path / "r.parquet").column(name).to_numpy()
        for name in ("low_kg_co2e", "high_kg_co2e", "excluding_biogenic_uptake_kg_co2e")
    )
    assert ((low <= total) & (total <= high)).all()
    assert (low < high).any()


def test_csv_and_parquet_say_the_same(
    inventory: CompiledInventory, cache: Path, tmp_path: Path
) -> None:
    rows = rows_of(inventory, 40, 8)
    pq.write_table(table_of(rows), tmp_path / "p.parquet")
    with (tmp_path / "c.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    run(tmp_path / "p.parquet", tmp_path / "rp.parquet", cache)
    run(tmp_path / "c.csv", tmp_path / "rc.parquet", cache)
    one, other = pq.read_table(tmp_path / "rp.parquet"), pq.read_table(tmp_path / "rc.parquet")
    assert one.drop(["file"]).equals(other.drop(["file"]))


def test_a_product_in_two_files_is_refused(
    inventory: CompiledInventory, cache: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a", "b"):
        pq.write_table(
            table_of(rows_of(inventory, 2 + (name == "b"), 1)), folder / f"{name}.parquet"
        )
    manifest = run(folder, tmp_path / "r.parquet", cache)
    refused = pq.read_table(tmp_path / "r.refused.parquet").to_pylist()
    assert {(row["product"], row["code"]) for row in refused} >= {("P0", "CAT-002")}
    assert manifest["products"] <= 1


@pytest.mark.parametrize(
    ("header", "code"),
    [("product,name,unit", "CAT-001"), ("product,name,quantity,unit,colour", "CAT-001")],
)
def test_columns_that_nothing_reads_are_refused(
    cache: Path, tmp_path: Path, header: str, code: str
) -> None:
    (tmp_path / "t.csv").write_text(header + "\n" + "x," * header.count(",") + "x\n")
    with pytest.raises(InputRefused) as refused:
        run(tmp_path / "t.csv", tmp_path / "r.parquet", cache)
    assert refused.value.problems[0].code == code


@pytest.mark.parametrize("name", ["nothing.parquet", "t.txt", "broken.parquet"])
def test_what_is_no_catalogue_is_refused(cache: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "t.txt").write_text("x")
    (tmp_path / "broken.parquet").write_text("PAR1")
    with pytest.raises(InputRefused) as refused:
        run(tmp_path / name, tmp_path / "r.parquet", cache)
    assert refused.value.problems[0].code == "CAT-004"


def test_parts_of_another_question_are_refused(products: Path, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "r.parts").mkdir()
    (tmp_path / "r.parts" / "question.json").write_text("{}")
    with pytest.raises(InputRefused) as refused:
        run(products, tmp_path / "r.parquet", cache)
    assert refused.value.problems[0].code == "CAT-005"


def test_a_killed_run_goes_on_and_gives_the_same_bytes(
    products: Path, cache: Path, tmp_path: Path
) -> None:
    run(products, tmp_path / "whole.parquet", cache)
    results, random = tmp_path / "r.parquet", Random(5)  # noqa: S311  # of a test
    command = ["catalogue", "run", str(products), "-o", str(results), "--processes", "1"]
    parts = results.with_suffix(".parts")
    killed = 0
    for _ in range(2):
        wanted = len(list(parts.glob("*.results.arrow"))) + random.randint(1, 3)
        process = forked.started(command, os.environ | {"FOOTPRINT_CACHE": str(cache)})
        while process.is_alive():
            if len(list(parts.glob("*.results.arrow"))) >= wanted:
                process.kill()
                killed += 1
                break
            time.sleep(0.002)
        process.join()
    assert killed == 2
    run(products, results, cache)
    for suffix in FILES:
        whole, again = tmp_path / f"whole{suffix}", tmp_path / f"r{suffix}"
        assert whole.read_bytes() == again.read_bytes()


def test_runs_killed_at_random_moments_go_on_to_the_same_bytes(tmp_path: Path) -> None:
    met = kill_runs(tmp_path, 6, seed=3, products=600)
    assert sum(met.values()) == 6


def test_what_a_killed_end_left_is_no_part_of_the_next_question(
    products: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(path: Path) -> None:
        (path / "question.json").unlink()
        raise KeyboardInterrupt  # the parts themselves are left

    results, other = tmp_path / "r.parquet", tmp_path / "other.parquet"
    pq.write_table(pq.read_table(products).slice(0, 300), other, row_group_size=GROUP)
    monkeypatch.setattr("footprint.catalogue.unfinished.shutil.rmtree", _once(killed))
    with pytest.raises(KeyboardInterrupt):
        run(products, results, cache)
    run(other, results, cache)
    run(other, tmp_path / "whole.parquet", cache)
    for suffix in FILES:
        whole, again = tmp_path / f"whole{suffix}", tmp_path / f"r{suffix}"
        assert whole.read_bytes() == again.read_bytes()


def _once(first: Any) -> Any:
    """`shutil.rmtree`, which does something else the first time that there is something."""
    real, left = shutil.rmtree, [first]

    def rmtree(path: Path, **more: Any) -> None:
        if left and path.exists():
            left.pop()(path)
        real(path, **more)

    return rmtree


def test_workers_of_a_killed_run_end_with_it(products: Path, cache: Path, tmp_path: Path) -> None:
    results = tmp_path / "r.parquet"
    code = "from footprint.cli.main import main; main()"
    command = [sys.executable, "-c", code, "catalogue", "run", str(products), "-o", str(results)]
    process = subprocess.Popen(
        [*command, "--processes", "2"],
        env=os.environ | {"FOOTPRINT_CACHE": str(cache)},
        stdout=subprocess.PIPE,
    )
    parts = results.with_suffix(".parts")
    while process.poll() is None and not list(parts.glob("*.results.arrow")):
        time.sleep(0.01)
    assert process.poll() is None
    process.kill()
    process.communicate(timeout=20)  # whoever lives holds its end of the pipe
