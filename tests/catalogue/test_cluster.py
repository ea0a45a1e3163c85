"""A catalogue on the workers of a real Dask cluster: a scheduler and workers, each a process."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from catalogue_tables import rows_of, table_of

from footprint.catalogue.question import CatalogueQuestion
from footprint.catalogue.run import run_catalogue
from footprint.catalogue.shipment import part_shipment, versions_here
from footprint.catalogue.source import catalogue_parts
from footprint.faults import InputRefused
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import CompiledInventory

cluster = pytest.importorskip("footprint.cli.cluster", reason="the extra cluster is not installed")

FILES = (".parquet", ".refused.parquet", ".manifest.json")
#: Seconds for a scheduler or a worker to start on a busy machine.
START = 120


class Cluster:
    """A scheduler and its workers, which have no disk in common with the run but by accident."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []
        log = self._start("scheduler", "scheduler", "--port", "0", "--no-dashboard")
        self.address = self._said(log, r"Scheduler at:\s+(tcp://\S+)")

    def worker(self) -> subprocess.Popen[bytes]:
        """Start a worker with one thread, and wait until it is known."""
        name = f"worker-{len(self.processes)}"
        place = self.folder / name
        place.mkdir()
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", place)
        log = self._start(name, "worker", self.address, *map(str, options))
        self._said(log, r"Registered to:\s+(tcp://\S+)")
        return self.processes[-1]

    def end(self) -> None:
        for one in reversed(self.processes):
            one.kill()
            one.wait()

    def _start(self, name: str, what: str, *options: str) -> Path:
        log = self.folder / f"{name}.log"
        with log.open("wb") as file:
            self.processes.append(
                subprocess.Popen(
                    [
                        sys.executable,
                        "-W",
                        "ignore",
                        "-m",
                        f"distributed.cli.dask_{what}",
                        *options,
                    ],
                    stdout=file,
                    stderr=subprocess.STDOUT,
                    env=os.environ | {"DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "60s"},
                )
            )
        return log

    def _said(self, log: Path, pattern: str) -> str:
        until = time.monotonic() + START
        while time.monotonic() < until:
            if found := re.search(pattern, log.read_text("utf-8")):
                return found[1]
            time.sleep(0.1)
        raise AssertionError(log.read_text("utf-8"))


@pytest.fixture(scope="module")
def products(inventory: CompiledInventory, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("catalogue") / "products.parquet"
    table = table_of(rows_of(inventory, 200, 7, dirty=0.1))
    pq.write_table(table, path, row_group_size=37)
    return path


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(tmp_path_factory.mktemp("cluster"))
    try:
        made.worker()
        made.worker()
        yield made
    finally:
        made.end()


def _question(products: Path, results: Path, cache: Path, draws: int | None) -> CatalogueQuestion:
    return CatalogueQuestion(products, results, partial(ensure_compiled, cache), draws=draws)


def _run(
    question: CatalogueQuestion,
    address: str = "",
    progress: Callable[[int, int, int], None] = lambda *_: None,
) -> list[bytes]:
    workers: Any = partial(cluster.OnCluster, address) if address else None
    run_catalogue(question, 1, progress, workers)
    return [question.results.with_suffix(one).read_bytes() for one in FILES]


@pytest.mark.parametrize("draws", [None, 100])
def test_two_workers_give_the_bytes_of_one_machine(
    served: Cluster, products: Path, tmp_path: Path, cache: Path, draws: int | None
) -> None:
    here = _run(_question(products, tmp_path / "here.parquet", cache, draws))
    there = _run(_question(products, tmp_path / "there.parquet", cache, draws), served.address)
    assert there[0] == here[0]
    assert there[1] == here[1]
    assert [line for line in there[2].splitlines() if b"there" not in line] == [
        line for line in here[2].splitlines() if b"here" not in line
    ]
    # The inventory came once to each, and nothing of it stays.
    assert not list(served.folder.glob("worker-*/**/manifest.json"))


def test_a_worker_that_is_killed_is_replaced_by_another(
    served: Cluster, products: Path, tmp_path: Path, cache: Path
) -> None:
    here = _run(_question(products, tmp_path / "here.parquet", cache, None))
    more = served.worker()
    killed: list[int] = []

    def kill(_before: int, done: int, whole: int) -> None:
        if not killed and done < whole:
            killed.append(more.pid)
            os.kill(more.pid, signal.SIGKILL)

    question = _question(products, tmp_path / "there.parquet", cache, None)
    assert _run(question, served.address, kill)[:2] == here[:2]
    assert killed


def test_where_no_scheduler_answers_it_says_so(
    products: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 1)
    with pytest.raises(InputRefused) as refused:
        _run(_question(products, tmp_path / "r.parquet", cache, None), "tcp://127.0.0.1:9")
    (problem,) = refused.value.problems
    assert problem.code == "CAT-006"
    assert problem.where.file == "tcp://127.0.0.1:9"
    assert "no scheduler answers" in problem.message
    assert "dask scheduler" in problem.hint


def test_a_scheduler_without_workers_is_said(
    products: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 2)
    alone = Cluster(tmp_path)
    try:
        with pytest.raises(InputRefused, match=r"CAT-006.*has no worker"):
            _run(_question(products, tmp_path / "r.parquet", cache, None), alone.address)
    finally:
        alone.end()


def test_workers_with_other_versions_are_not_used(
    served: Cluster, products: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = versions_here() | {"numpy": "1.0"}
    monkeypatch.setattr("footprint.catalogue.shipment.versions_here", lambda: other)
    with pytest.raises(InputRefused, match=r"CAT-006.*other versions"):
        _run(_question(products, tmp_path / "r.parquet", cache, None), served.address)


def test_documents_that_a_part_names_go_with_it(
    products: Path, tmp_path: Path, cache: Path
) -> None:
    lines = [
        {"product": "A", "name": "Plate", "quantity": 1.0, "unit": "kg", "supplier_pcf": named}
        for named in (" plate.json", "plate.json", "gone.json", "../secret.json", "")
    ]
    pq.write_table(table_of(lines), tmp_path / "products.parquet")
    for name in ("plate.json", "other.json"):
        (tmp_path / name).write_bytes(name.encode())
    question = _question(tmp_path / "products.parquet", tmp_path / "r.parquet", cache, None)
    (part,) = catalogue_parts(question.products, question.products.name)
    sent = part_shipment(question, part)
    assert sent.documents == {"plate.json": b"plate.json"}
    assert (sent.first_row, sent.file) == (2, "products.parquet")
