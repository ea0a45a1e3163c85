"""`python -m bench`: run every benchmark of this folder that has a `main`, one after the other."""

from __future__ import annotations

import importlib
import pkgutil
import sys
import warnings
from pathlib import Path


def main() -> None:
    """Run all benchmarks, or the ones named on the command line."""
    warnings.simplefilter("ignore")  # bw2calc recommends another solver at each import
    if sys.argv[1:2] == ["soak"]:  # it has options of its own, and its parts take an hour
        importlib.import_module("bench.soak").main(sys.argv[2:])
        return
    wanted = set(sys.argv[1:])
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if module.name.startswith(("_", "soak")) or (wanted and module.name not in wanted):
            continue
        loaded = importlib.import_module(f"bench.{module.name}")
        if hasattr(loaded, "main"):
            print(f"\n== {module.name}: {(loaded.__doc__ or '').splitlines()[0]}", flush=True)
            loaded.main()


if __name__ == "__main__":
    main()
