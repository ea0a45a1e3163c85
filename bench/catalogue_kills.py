"""Kill -9 of catalogue runs, 50 times at random moments: each goes on to the same bytes.

`python -m bench.catalogue_kills [KILLS] [--seed 1] [--products 2000]`. Every other run works with
two processes, of which the first alone is killed. A third of the kills fall anywhere in the time
that a whole run takes, the others as some random number of parts, or all, are done. Half of the
runs are killed once more as they go on.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path
from random import Random

import pyarrow.parquet as pq

sys.path.append(str(Path(__file__).parents[1] / "tests"))

import forked

from bench.catalogue_data import LINES, write_catalogue
from footprint.inventory.build import ensure_compiled

ROOT = Path(__file__).parents[1]
CACHE = Path(os.environ.get("FOOTPRINT_CACHE", ROOT / ".cache" / "footprint"))
MADE = (".parquet", ".refused.parquet", ".manifest.json")
#: Products of a part: as many parts as let a kill fall between any two of them.
_PART = 50


def kill_runs(folder: Path, kills: int, seed: int, products: int) -> dict[str, int]:
    """Kill runs over a catalogue in `folder`; how many kills fell where.

    `starting`: before there were parts; `calculating`: some were done; `ending`: all were, or the
    run had just ended. Raises AssertionError when results are other bytes.
    """
    pick = Random(seed)  # noqa: S311 - no secret
    table = folder / "products.parquet"
    _write(table, products)
    whole = folder / "whole.parquet"
    start = time.monotonic()
    assert _ended(_run(table, whole, 1)) in {0, 1}, "a whole run failed"
    lasts = time.monotonic() - start
    parts = pq.ParquetFile(table).num_row_groups
    met: Counter[str] = Counter()
    for at in range(kills):
        results = folder / f"r{at}.parquet"
        processes = 1 + at % 2
        for _ in range(1 + (pick.random() < 0.5)):
            if met.total() < kills:
                run = _run(table, results, processes)
                if met.total() % 3 == 0:
                    _kill(run, pick.uniform(0.0, lasts))
                else:
                    _kill_at(run, results, pick.randint(1, parts), pick.uniform(0.0, 0.05))
                met[_state(results, parts)] += 1
        assert _ended(_run(table, results, processes)) in {0, 1}, "a run did not go on"
        for suffix in MADE:
            made = results.with_suffix(suffix)
            assert made.read_bytes() == whole.with_suffix(suffix).read_bytes(), f"other {suffix}"
            made.unlink()
        left = list(folder.glob(f"r{at}.*"))
        assert not left, f"left behind: {left}"
        if met.total() == kills:
            break
    return dict(sorted(met.items()))


def _write(table: Path, products: int) -> None:
    """A catalogue with parts of `_PART` products."""
    write_catalogue(table, ensure_compiled(CACHE), products)
    made = pq.read_table(table)
    pq.write_table(made, table, row_group_size=_PART * LINES)


def _run(table: Path, results: Path, processes: int) -> BaseProcess:
    command = ["catalogue", "run", str(table), "-o", str(results), "--processes", str(processes)]
    return forked.started(command, os.environ | {"FOOTPRINT_CACHE": str(CACHE)})


def _ended(process: BaseProcess) -> int | None:
    process.join()
    return process.exitcode


def _kill(process: BaseProcess, pause: float) -> None:
    process.join(pause)
    process.kill()
    process.join()


def _kill_at(process: BaseProcess, results: Path, parts: int, pause: float) -> None:
    """Kill a run some time after so many parts are done."""
    while process.is_alive() and _done(results) < parts:
        time.sleep(0.001)
    _kill(process, pause)


def _done(results: Path) -> int:
    return len(list(results.with_suffix(".parts").glob("*.results.arrow")))


def _state(results: Path, parts: int) -> str:
    """How far a killed run was."""
    done = _done(results)
    if done == parts or results.exists():
        return "ending"
    return "calculating" if done else "starting"


def main(arguments: Sequence[str] = ()) -> None:
    """Print how many kills fell where; stops at the first damage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("kills", type=int, nargs="?", default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--products", type=int, default=2000)
    given = parser.parse_args(list(arguments))
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        met = kill_runs(Path(folder), given.kills, given.seed, given.products)
    where = ", ".join(f"{count} {word}" for word, count in met.items())
    print(
        f"  {sum(met.values())} kills in {time.perf_counter() - start:.0f} s ({where}): "
        "each run went on to the same bytes",
        flush=True,
    )


if __name__ == "__main__":
    main(sys.argv[1:])
