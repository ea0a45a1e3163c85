"""Long runs of chance against everything that takes input: `python -m bench soak`.

Each module `bench/soak_*.py` with a function `run(count, seed)`, which returns the number of
failures, is run. `--count-scale 0.01` makes all of them shorter, names choose some of them.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

#: Cases of a part that states no `COUNT` of its own; the bar that the project sets itself.
COUNT = 5_000
SEED = 20261129


def parts() -> Iterator[tuple[str, Callable[[int, int], int], int]]:
    """Name, `run` and number of cases of every part."""
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name.startswith("soak_"):
            part = importlib.import_module(f"bench.{module.name}")
            run = getattr(part, "run", None)
            if run is not None:
                yield module.name.removeprefix("soak_"), run, getattr(part, "COUNT", COUNT)


def main(arguments: list[str] | None = None) -> None:
    """Run the parts and print a table; ends with status 1 when anything failed."""
    parser = argparse.ArgumentParser(prog="python -m bench soak", description=__doc__)
    parser.add_argument("--count-scale", type=float, default=1.0, help="share of the cases")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("parts", nargs="*", help="parts to run; all without")
    given = parser.parse_args(arguments or [])
    rows = []
    for name, run, cases in parts():
        if given.parts and name not in given.parts:
            continue
        count = max(1, round(cases * given.count_scale))
        start = time.perf_counter()
        failures = run(count, given.seed)
        rows.append((name, count, failures, time.perf_counter() - start))
    print(f"\n  {'part':<12} {'cases':>7} {'failures':>9} {'seconds':>8}")
    for name, cases, failures, seconds in rows:
        print(f"  {name:<12} {cases:>7} {failures:>9} {seconds:>8.0f}")
    if any(failures for _, _, failures, _ in rows):
        sys.exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
