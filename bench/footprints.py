"""One product and many, against the naive way: one bw2calc LCA a product, same datapackages."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from footprint.bom.read import read_bom
from footprint.engine.calculate import calculate
from footprint.inventory.build import ensure_compiled

ROOT = Path(__file__).parents[1]
BOM = ROOT / "examples" / "power-bank.csv"


def seconds(action: Callable[[], object], repeats: int) -> float:
    """The least time of one call, in seconds: what the machine can do when it is left alone."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return min(times)


def main() -> None:
    """Print seconds per product and the ratio."""
    sys.path.insert(0, str(ROOT / "tests" / "engine"))
    import plain_brightway as plain

    inventory = ensure_compiled(ROOT / ".cache" / "footprint")
    bom = read_bom(BOM)
    ours = seconds(lambda: calculate(bom, inventory), 50)
    amounts = plain.amounts_of(bom, inventory)
    naive = seconds(lambda: plain.score(inventory, amounts, "AR6-fossil"), 5)
    print(f"footprint of {len(bom.lines)} lines, {len(inventory.datasets)} datasets")
    print(f"  ours, all parts of the split   {ours * 1e3:9.3f} ms")
    print(f"  one bw2calc LCA, one part      {naive * 1e3:9.3f} ms   ratio {naive / ours:.0f}")


if __name__ == "__main__":
    main()
