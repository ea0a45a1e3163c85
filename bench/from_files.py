"""From files to registered certificates: at once, one file at a time, and by an older commit.

`python -m bench.from_files [--old PATH]`; FOOTPRINT_CERTIFICATES says how many (1000). Processor
time of one process with SQLite in a folder; the older checkout takes one file at a time, and one
batch of orders, as it can.
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
COUNT = int(os.environ.get("FOOTPRINT_CERTIFICATES", "1000"))
#: Run by either checkout: how many files, and whether at once.
_RUN = """
import json, os, pathlib, sys, tempfile
root = pathlib.Path.cwd()
sys.path[:0] = [str(root), str(root / "tests" / "api"), str(root / "tests")]
import yaml
from served import BOM, EVIDENCE, settings_for
try:
    from api.opening import opened
    from footprint.study import Inputs
except ImportError:
    from api.services.service import opened
    from footprint.recompute.inputs import Inputs
from api.services.access import LOCAL
from api.services.issuer import Order
count, at_once = int(sys.argv[1]), sys.argv[2] == "at once"
evidence = yaml.safe_dump(EVIDENCE)
def now():
    took = os.times()
    return took.user + took.system
def issued(service, files):
    if at_once:
        made = service.footprints.calculate_all(LOCAL, files)
    else:
        made = [service.footprints.calculate(LOCAL, one) for one in files]
    between = now()
    orders = [Order(one.id, "th-tgo", "disclosure", evidence) for one in made]
    result = service.batches.issue(LOCAL, orders)
    assert len(result.numbers) == len(files), result.refused[:1]
    return between
def named(at):
    return BOM.replace("Wall bracket", f"Wall bracket {at}").encode()
with tempfile.TemporaryDirectory() as folder, opened(settings_for(pathlib.Path(folder))) as service:
    issued(service, [Inputs("first.csv", BOM.encode())])
    files = [Inputs(f"{at}.csv", named(at)) for at in range(count)]
    start = now()
    between = issued(service, files)
    print(json.dumps([between - start, now() - between]))
"""


def main(arguments: Sequence[str] = ()) -> None:
    """Print milliseconds of processor time for each certificate, and for 30,000."""
    old = older_checkout(arguments)
    took: dict[str, float] = {}
    runs = [("at once", ROOT, "at once"), ("one by one", ROOT, "one by one")]
    for name, root, how in [*runs, *([("old", old, "one by one")] if old else [])]:
        settings = {"FOOTPRINT_CACHE": str(root / ".cache" / "footprint")}
        python = root / ".venv" / "bin" / "python"
        command = [str(python), "-W", "ignore", "-c", _RUN, str(COUNT), how]
        done = subprocess.run(
            command,
            cwd=root,
            env=compiled_python(settings),
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        files, issue = (seconds / COUNT for seconds in json.loads(done.stdout))
        took[name] = files + issue
        print(
            f"  {name:<10} {COUNT} files: {files * 1e3:5.2f} ms to a stored footprint, "
            f"{issue * 1e3:5.2f} ms to a certificate; 30,000: {30_000 * (files + issue):4.0f} s",
            flush=True,
        )
    if old:
        seconds = {"new": 30_000 * took["at once"], "old": 30_000 * took["old"]}
        print(f"  at once, of the old: {ratio(seconds, 0.5)}")


if __name__ == "__main__":
    main(sys.argv[1:])
