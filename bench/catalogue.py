"""A catalogue from file to results, against reading and writing alone and a loop of `calculate`.

Processor seconds of one process in one run. FOOTPRINT_BENCH_PRODUCTS sets the largest catalogue.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from bench.catalogue_data import LINES, write_catalogue
from footprint.catalogue.keys import Keys
from footprint.catalogue.one import one_product
from footprint.catalogue.question import CatalogueQuestion
from footprint.catalogue.run import run_catalogue
from footprint.inventory.build import ensure_compiled

ROOT = Path(__file__).parents[1]
CACHE = ROOT / ".cache" / "footprint"
PRODUCTS = int(os.environ.get("FOOTPRINT_BENCH_PRODUCTS", "100000"))
SAMPLE = 200


def seconds(action: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    action()
    return time.process_time() - start


def measure(products: int, folder: Path) -> None:
    """Print one size: the run, reading and writing alone, and a loop over a sample."""
    inventory = ensure_compiled(CACHE)
    path, results = folder / f"c{products}.parquet", folder / f"r{products}.parquet"
    # By a process of its own: the memory that is told is that of the run.
    writing = multiprocessing.get_context("spawn").Process(target=_write, args=(path, products))
    writing.start()
    writing.join()
    question = CatalogueQuestion(path, results, partial(ensure_compiled, CACHE))
    run = seconds(lambda: run_catalogue(question, 1, lambda *_: None))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20

    def read_and_write() -> None:
        reader = pq.ParquetFile(path)
        for group in range(reader.num_row_groups):
            reader.read_row_group(group, use_threads=False)
        pq.write_table(pq.read_table(results, use_threads=False), folder / "again.parquet")

    plain = seconds(read_and_write)
    sound = set(pq.read_table(results, columns=["product"]).column(0).to_pylist()[:SAMPLE])
    head = pq.ParquetFile(path).read_row_group(0).slice(0, SAMPLE * LINES)
    rows: dict[str, list[dict[str, object]]] = {}
    for at, row in enumerate(head.to_pylist()):
        if row["product"] in sound:
            rows.setdefault(row["product"], []).append(row | {"row": at + 2})

    def loop() -> list[dict[str, object]]:
        return [one_product(name, own, keys) for name, own in rows.items()]

    keys = Keys(inventory, "AR6")
    loop()
    each = seconds(loop) / len(rows)
    print(
        f"  {products:>9,} x {LINES}: {run:7.2f} s, {run / plain:5.1f} times reading and writing, "
        f"{each * products / run:5.0f} times faster than calculate in a loop, {peak:.2f} GiB",
        flush=True,
    )
    found = {row["product"]: row for row in pq.read_table(results).to_pylist()[:SAMPLE]}
    name = "excluding_biogenic_uptake_kg_co2e"
    apart = max(abs(found[one["product"]][name] / one[name] - 1.0) for one in loop())
    print(f"            apart from calculate by {apart:.0e} at most")
    one, two = (_wall(question, processes) for processes in (1, 2))
    print(f"            two processes take {two / one:.2f} of the time of one, on a quiet machine")


def _write(path: Path, products: int) -> None:
    write_catalogue(path, ensure_compiled(CACHE), products)


def _quiet(*_: int) -> None:
    """Tells nothing of what is done."""


def _wall(question: CatalogueQuestion, processes: int) -> float:
    """Seconds that a run takes which begins anew, as a command does."""
    run = multiprocessing.get_context("spawn").Process(
        target=run_catalogue, args=(question, processes, _quiet)
    )
    start = time.perf_counter()
    run.start()
    run.join()
    return time.perf_counter() - start


def since(products: int, folder: Path) -> None:
    """Print what a run since another one takes: nothing changed, and all lines of one part did."""
    inventory = partial(ensure_compiled, CACHE)
    path, old = folder / f"c{products}.parquet", folder / "old.parquet"

    def run(results: Path, **more: Any) -> float:
        question = CatalogueQuestion(path, results, inventory, **more)
        return seconds(lambda: run_catalogue(question, 1, lambda *_: None))

    file = pq.ParquetFile(path)
    groups = [file.read_row_group(at) for at in range(file.num_row_groups)]
    path = _written(groups, path.with_name("changing.parquet"))
    whole = run(folder / "whole.parquet")
    remembering = run(old, remember=True)
    same = run(folder / "since.parquet", since=old)
    at = groups[0].schema.get_field_index("quantity")
    groups[0] = groups[0].set_column(at, "quantity", pc.add(groups[0].column(at), 1.0))
    _written(groups, path)
    one = run(folder / "one.parquet", since=old)
    print(
        f"            with the inventory read: {whole:.2f} s, {remembering:.2f} s remembering; "
        f"since: {same:.2f} s unchanged, {one:.2f} s with one of {len(groups)} parts changed",
        flush=True,
    )


def _written(groups: Sequence[pa.Table], path: Path) -> Path:
    """A file with these row groups."""
    with pq.ParquetWriter(path, groups[0].schema) as writer:
        for group in groups:
            writer.write_table(group)
    return path


def main() -> None:
    """Print sizes by tens, up to the largest."""
    pa.set_cpu_count(1)
    with tempfile.TemporaryDirectory() as folder:
        size = 10_000
        while size <= PRODUCTS:
            measure(size, Path(folder))
            since(size, Path(folder))
            size *= 10


if __name__ == "__main__":
    main()
