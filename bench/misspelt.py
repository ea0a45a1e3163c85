"""Distinct misspelt names: milliseconds each, beside rapidfuzz and an older commit.

`python -m bench.misspelt [--old PATH]`; BENCH_NAMES says how many (2000). Processor time
of one process that has matched some before. Both checkouts match against the same datasets: those
of this inventory, and 20,000 with names made from theirs (an older checkout matches a tenth of the
names of these). rapidfuzz only says which name of the inventory has the
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
#: Run by either checkout, with the datasets and names of this one.
_RUN = """
import dataclasses, json, pathlib, sys, time
sys.path.insert(0, ".")
try:
    from footprint.values.line import Line
except ImportError:
    from footprint.bom.model import Line
from footprint.engine.resolve import Unresolved, dataset_of
from footprint.inventory.build import ensure_compiled
from footprint.inventory.compiled import Entry
rows, names = json.load(sys.stdin)
datasets = {}
for row in rows:
    values = {key: row[key] for key in Entry.__dataclass_fields__ if key in row}
    datasets[row["id"]] = Entry(
        **{key: tuple(one) if isinstance(one, list) else one for key, one in values.items()}
    )
inventory = dataclasses.replace(ensure_compiled(pathlib.Path(sys.argv[1])), datasets=datasets)
def accepted(names):
    found = 0
    for name in names:
        try:
            dataset_of(Line(0, "-", name, 1.0, "kg"), inventory, "CN", "")
            found += 1
        except Unresolved:
            pass
    return found
accepted(names[:100])
start = time.process_time()
found = accepted(names[100:])
print(json.dumps([(time.process_time() - start) / len(names[100:]) * 1e3, found]))
"""
_NAMES = """
import dataclasses, json, pathlib, random, sys
from footprint.inventory.build import ensure_compiled
entries = [*ensure_compiled(pathlib.Path(sys.argv[1])).datasets.values()]
random = random.Random(7)
words = sorted({word for one in entries for word in one.name_en.replace(",", "").split()})
while len(entries) < int(sys.argv[3]):
    name = " ".join(random.sample(words, 3)) + f", {random.choice(words)}"
    made = dataclasses.replace(random.choice(entries), id=f"made-{len(entries)}", name_en=name)
    short = {"name_zh": made.name_zh[:4], "synonyms": made.synonyms[:1]}
    entries.append(dataclasses.replace(made, **short))
known = sorted({n for one in entries for n in (one.name_en, one.name_zh) if n})
right, found = {"", *known}, set()
while len(found) < int(sys.argv[2]) + 100:
    name = random.choice(known)
    at, letter = random.randrange(len(name)), random.choice("abcdefghijklmnopqrstuvwxyz")
    rest = random.choice((name[at:], name[at + 1 :]))
    found |= {name[:at] + random.choice((letter, "")) + rest} - right
found = sorted(found)
random.shuffle(found)
print(json.dumps([[dataclasses.asdict(one) for one in entries], known, found]))
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
    old = older_checkout(arguments)
    for size in (0, 20_000):
        rows, known, names = json.loads(_asked(ROOT, _NAMES, None, str(COUNT), str(size)))
        took: dict[str, float] = {}
        for name, root in {"new": ROOT, **({"old": old} if old else {})}.items():
            asked = names if name == "new" or not size else names[: 100 + COUNT // 10]
            took[name], found = json.loads(_asked(root, _RUN, [rows, asked]))
            print(f"  {name}: {len(asked) - 100} names, {found} led to a dataset", flush=True)
        peer = float(_asked(ROOT, _PEER, [known, names[100 : 100 + COUNT // 10]]))
        told = f"{took['new']:9.2f} ms each, {took['new'] / peer:.2f} of rapidfuzz"
        print(f"  {len(rows)} datasets: {told}{ratio(took, BAR)}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
