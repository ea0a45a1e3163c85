"""Stores under stress: kill -9, disks that fill, copies that cannot be written."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: One full disk for two kills and one read-only copy for four: 200, 100 and 50.
_SHARES = {"kills": 1.0, "full disks": 0.5, "read-only copies": 0.25}

#: Cases of a whole soak (`python -m bench soak`).
COUNT = 100


def kills(count: int, seed: int) -> int:
    """Kill a busy installation so often; 1 if anything was lost, half done or broken, else 0."""
    _find_kits()
    from kill_kit import run as run_kills
    from served import settings_for

    with tempfile.TemporaryDirectory() as folder:
        try:
            run_kills(settings_for(Path(folder)), count, seed)
        except AssertionError as damage:
            print(f"  {damage}", file=sys.stderr)
            return 1
    return 0


def full_disks(count: int, seed: int) -> int:
    """Issue so often while a disk fills, the store's or another; how many runs went wrong."""
    _find_kits()
    from store_kit import full_disk_run

    return _runs(full_disk_run, count, seed)


def read_only_copies(count: int, seed: int) -> int:
    """Keeper's commands on so many copies that cannot be written; how many copies went wrong."""
    _find_kits()
    from store_kit import read_only_run

    return _runs(read_only_run, count, seed)


def run(count: int, seed: int) -> int:
    """`count` kills, half as many full disks, a quarter as many read-only copies; the failures."""
    failures = 0
    for name, soak in zip(_SHARES, (kills, full_disks, read_only_copies), strict=True):
        times, start = round(count * _SHARES[name]), time.perf_counter()
        failed = soak(times, seed)
        failures += failed
        took = time.perf_counter() - start
        print(f"  {name:<18} {times:4} in {took:5.0f} s: {failed} failures", flush=True)
    return failures


def _runs(one: Callable[..., list[str]], count: int, seed: int) -> int:
    from store_kit import can_mount, hold, template

    if not can_mount():
        raise PermissionError("these runs mount small file systems: run them as root")
    failures = 0
    with tempfile.TemporaryDirectory() as base:
        start = template(Path(base))
        hold(start)
        for number in range(count):
            pick = random.Random(seed * 100_003 + number)  # noqa: S311 - no secret
            with tempfile.TemporaryDirectory() as folder:
                wrong = one(start, Path(folder), pick)
            failures += bool(wrong)
            for what in wrong:
                print(f"  run {number}: {what}", file=sys.stderr, flush=True)
    return failures


def _find_kits() -> None:
    kits = str(ROOT / "tests" / "api")
    if kits not in sys.path:
        sys.path.insert(0, kits)
    os.environ.setdefault("FOOTPRINT_CACHE", str(ROOT / ".cache" / "footprint"))


def main() -> None:
    """A short soak; `FOOTPRINT_SOAK=200` makes it the long one."""
    run(int(os.environ.get("FOOTPRINT_SOAK", "8")), seed=7)


if __name__ == "__main__":
    main()
