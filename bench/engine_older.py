"""The engine beside that of an older checkout, for `python -m bench engine --old PATH`.

Both run in processes of their own, in turn, over the same product of datasets that both know;
what is printed is processor time, the least of several rounds, and its ratio.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from bench.older import compiled_python, ratio

ROOT = Path(__file__).parents[1]
LINES, ROUNDS = 40, 6
#: Run by either checkout: the ids that it counts in kg; then what one product takes.
_KNOWN = """
import json, pathlib
from footprint.inventory.build import ensure_compiled
known = ensure_compiled(pathlib.Path(".cache/footprint")).datasets.values()
print(json.dumps(sorted(one.id for one in known if one.unit == "kg")))
"""
_PRODUCT = """
import pathlib, sys, time
from footprint.bom.read import read_bom
from footprint.engine.calculate import calculate
from footprint.inventory.build import ensure_compiled
inventory, table = ensure_compiled(pathlib.Path(".cache/footprint")), pathlib.Path(sys.argv[1])
bom, took = read_bom(table), {}
actions = {"calculate": lambda: calculate(bom, inventory), "read": lambda: read_bom(table)}
for name, action in actions.items():
    took[name] = 1e9
    for _ in range(30):
        start = time.process_time()
        for _ in range(10):
            action()
        took[name] = min(took[name], (time.process_time() - start) / 10 * 1e3)
import json
print(json.dumps(took))
"""


def compare(older: Path) -> None:
    """Print one product and the start of commands, and their ratios to the older checkout's."""
    roots = {"old": older, "new": ROOT}
    known = [set(json.loads(_python(root, _KNOWN))) for root in roots.values()]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "bench.csv"
        table.write_text(_table(sorted(set.intersection(*known))), "utf-8")
        print(f"Beside {older}: processor time, ms, the least of {ROUNDS} rounds")
        took: dict[str, dict[str, float]] = {}
        for at in range(ROUNDS):
            for name, root in roots.items():
                found = json.loads(_python(root, _PRODUCT, str(table)))
                report = Path(folder) / f"{name}-{at}.pdf"
                for command, words in {
                    "--help": ["--help"],
                    "calculate": ["calculate", str(table)],
                    "calculate --format pdf": [
                        *("calculate", str(table), "--format", "pdf", "--out", str(report)),
                    ],
                }.items():
                    found[f"footprint {command}"] = _command(root, words)
                for what, spent in found.items():
                    kept = took.setdefault(what, {})
                    if at or what in {"calculate", "read"}:  # the first start compiles modules
                        kept[name] = min(kept.get(name, spent), spent)
    bars = {"calculate": 0.5, "read": 1.0, "footprint calculate": 0.6}
    bars["footprint calculate --format pdf"] = 1 / 3
    for what, both in took.items():
        print(f"  {what:<44}{both['new']:11.4g}" + ratio(both, bars.get(what)), flush=True)


def _table(known: list[str]) -> str:
    random = np.random.default_rng(1)
    chosen = random.choice(len(known), LINES, replace=False).tolist()
    amounts = random.uniform(0.001, 0.5, LINES).tolist()
    rows = "".join(
        f"L{at},Part {at},{amount:.4f},kg,{known[number]},material\n"
        for at, (number, amount) in enumerate(zip(chosen, amounts, strict=True))
    )
    facts = "# name: Bench\n# declared unit: 1 piece\n# country: CN\n# period: 2025\n"
    return f"{facts}id,name,quantity,unit,dataset,stage\n{rows}"


def _python(root: Path, code: str, *arguments: str) -> str:
    command = [str(root / ".venv" / "bin" / "python"), "-W", "ignore", "-c", code, *arguments]
    return _run(root, command)


def _command(root: Path, words: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _run(root, [str(root / ".venv" / "bin" / "footprint"), *words])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime) * 1e3


def _run(root: Path, command: list[str]) -> str:
    settings = {"FOOTPRINT_CACHE": str(root / ".cache" / "footprint")}
    done = subprocess.run(
        command,
        cwd=root,
        env=compiled_python(settings),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command[:2])}: {done.stderr[-2000:]}")
    return done.stdout
