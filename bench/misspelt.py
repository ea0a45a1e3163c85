"""Distinct misspelt names: milliseconds each, beside rapidfuzz and an older commit.

`python -m bench.misspelt [--old PATH]`; BENCH_NAMES says how many (2000). Processor time
of one process that has matched some before. rapidfuzz only says which name of the inventory has the
most letters in common: nothing of units, places, stages, or when to say no.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from bench.older import compiled_python, older_checkout, ratio

ROOT = Path(__file__).parents[1]
COUNT = int(os.environ.get("BENCH_NAMES", "2000"))
BAR = 1 / 8
#: Run by either checkout, with the names of this one.
_RUN = """
import json, pathlib, sys, time
sys.path.insert(0, ".")
try:
    from footprint.values.line import Line
except ImportError:
    from footprint.bom.model import Line
from footprint.engine.resolve import Unresolved, dataset_of
from footprint.inventory.build import ensure_compiled
inventory = ensure_compiled(pathlib.Path(sys.argv[1]))
def accepted(names):
    found = 0
    for name in names:
        try:
            dataset_of(Line(0, "-", name, 1.0, "kg"), inventory, "CN", "")
            found += 1
        except Unresolved:
            pass
    return found
names = json.load(sys.stdin)
accepted(names[:100])
start = time.process_time()
found = accepted(names[100:])
print(json.dumps([(time.process_time() - start) / len(names[100:]) * 1e3, found]))
"""
_NAMES = """
import json, pathlib, random, sys
from footprint.inventory.build import ensure_compiled
inventory = ensure_compiled(pathlib.Path(sys.argv[1]))
names = (n for e in inventory.datasets.values() for n in (e.name_en, e.name_zh) if n)
known = dict.fromkeys(sorted(names))
every, random, found = [*known], random.Random(7), set()
while len(found) < int(sys.argv[2]) + 100:
    name = random.choice(every)
    at, letter = random.randrange(len(name)), random.choice("abcdefghijklmnopqrstuvwxyz")
    rest = random.choice((name[at:], name[at + 1 :]))
    wrong = name[:at] + random.choice((letter, "")) + rest
    found |= {wrong} - known.keys() - {""}
found = sorted(found)
random.shuffle(found)
print(json.dumps([[*known], found]))
"""
_PEER = """
import json, sys, time
from rapidfuzz import process
known, names = json.load(sys.stdin)
start = time.process_time()
for name in names:
    process.extractOne(name, known)
print((time.process_time() - start) / len(names) * 1e3)
"""


def _asked(root: Path, code: str, given: object, *more: str) -> str:
    python = root / ".venv" / "bin" / "python"
    done = subprocess.run(
        [str(python), "-W", "ignore", "-c", code, str(root / ".cache" / "footprint"), *more],
        cwd=root,
        env=compiled_python({}),
        input=json.dumps(given),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout


def main(arguments: Sequence[str] = ()) -> None:
    """Print milliseconds for each name, and ratios."""
    known, names = json.loads(_asked(ROOT, _NAMES, None, str(COUNT)))
    took: dict[str, float] = {}
    old = older_checkout(arguments)
    for name, root in {"new": ROOT, **({"old": old} if old else {})}.items():
        took[name], found = json.loads(_asked(root, _RUN, names))
        print(f"  {name}: {len(names) - 100} names, {found} led to a dataset", flush=True)
    peer = float(_asked(ROOT, _PEER, [known, names[100:]]))
    print(f"  {took['new']:9.2f} ms each, {took['new'] / peer:.2f} of rapidfuzz{ratio(took, BAR)}")


if __name__ == "__main__":
    main(sys.argv[1:])
