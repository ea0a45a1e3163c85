"""Reading 100,000 lines that name their datasets: processor time against the reader of before.

    python -m bench reading_time            needs the history of this repository (git)

Before any form of list was read, one header and ten columns were (`BEFORE`). Both readers read the
same bytes, each in a process of its own, in turn; the fastest run of each counts, as the others
were disturbed. Three files: lines that are alike, lines that all differ, and all columns in use.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: The last state with the old reader.
BEFORE = "7460e1d"
LINES = 100_000
TURNS = 5
#: The bar: reading takes at most so many times as long as before.
MOST = 2.0

_HEAD = "# name: Big\n# declared_unit: 1 piece\n"
_READ = """
import sys, time
from pathlib import Path
from footprint.bom.read import read_bom_bytes
data = Path(sys.argv[1]).read_bytes()
read_bom_bytes(data[: data.index(b"\\n", 400) + 1], "a.csv")
start = time.process_time()
bom = read_bom_bytes(data, "a.csv")
print(
    time.process_time() - start,
    len(bom.lines),
    sum(line.quantity for line in bom.lines),
    hash(tuple((line.id, line.name, line.unit, line.dataset, line.loss) for line in bom.lines)),
)
"""


def tables() -> dict[str, bytes]:
    """The files by what is special about them."""
    short = "id,name,quantity,unit,dataset\n"
    alike = "".join(f"r{n},Steel,0.001,kg,steel-rebar-cn\n" for n in range(LINES))
    differ = "".join(f"r{n},Bracket {n},{n % 977 + 0.5},kg,steel-rebar-cn\n" for n in range(LINES))
    columns = "id,parent,name,quantity,unit,dataset,location,stage,loss,transport,note\n"
    wide = "".join(
        f"r{n},,Part no {n},{n % 977 + 0.25},kg,steel-rebar-cn,CN,material,{n % 9} %,road 300 km,\n"
        for n in range(LINES)
    )
    files = {"alike": short + alike, "all differ": short + differ, "all columns": columns + wide}
    return {name: (_HEAD + text).encode() for name, text in files.items()}


def _run(tree: Path, file: Path) -> tuple[float, str]:
    """Seconds of processor time of one reading, and what was read."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _READ, str(file)],
        cwd=tree, env={"PYTHONPATH": str(tree), "PYTHONHASHSEED": "1"},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    seconds, said = done.stdout.split(maxsplit=1)
    return float(seconds), said


def ratios(before: Path, folder: Path) -> dict[str, tuple[float, float]]:
    """Seconds of before and of now, by file. Raises `ValueError` if they do not read the same."""
    found = {}
    for name, data in tables().items():
        file = folder / "a.csv"
        file.write_bytes(data)
        old, new = [], []
        for _ in range(TURNS):
            old.append(_run(before, file))
            new.append(_run(ROOT, file))
        if {said for _, said in old} != {said for _, said in new}:
            raise ValueError(f"{name}: {old[0][1]} before, {new[0][1]} now")
        found[name] = (min(old)[0], min(new)[0])
    return found


def main() -> None:
    """Print seconds and ratio of each file."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        packed = subprocess.run(
            ["git", "archive", BEFORE, "footprint", "lci_data"],  # noqa: S607  whichever is there
            cwd=ROOT, capture_output=True, check=False,
        )  # fmt: skip
        if packed.returncode:
            print(f"  the history of this repository is needed: {packed.stderr.decode().strip()}")
            return
        with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
            archive.extractall(folder / "before", filter="data")
        print(
            f"  {'file of 100,000 lines':<22} {'before s':>8} {'now s':>8} {'ratio':>6}  bar {MOST}"
        )
        for name, (old, new) in ratios(folder / "before", folder).items():
            print(f"  {name:<22} {old:>8.2f} {new:>8.2f} {new / old:>6.2f}")


if __name__ == "__main__":
    main()
