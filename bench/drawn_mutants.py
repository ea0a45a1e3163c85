"""Mutants that nobody chose: one comparison or one row of a table, drawn by a seed from a room.

`python -m bench.mutations` tries bugs that a person wrote down. Here chance writes them: a room's
comparisons (`<` for `<=`, `is` for `is not`, `in` for `not in`) and the rows of its tables (left
out, or with the value of another row), and the tests of the room have to notice.

    python -m bench.drawn_mutants [--room rules] [--count 25] [--seed 1]

Mutants that change nothing anybody could see are listed in `EQUAL` with the reason; another one is
drawn for each.
"""

from __future__ import annotations

import argparse
import ast
import compileall
import copy
import multiprocessing
import os
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bench.drawn_mutants_map import EQUAL, ROOMS, tests_for

ROOT = Path(__file__).parents[1]
BAR = 0.95
TIMEOUT = 900
#: Loaded once, before the processes of the mutants part: they take longer than the tests.
HEAVY = (
    *("pytest", "numpy", "pydantic", "yaml", "rfc8785", "jinja2", "cryptography"),
    *("sqlalchemy", "fastapi", "httpx", "pyhanko", "pypdf", "joserfc", "typst", "pint"),
)
_FLIPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}


@dataclass(frozen=True)
class Drawn:
    """A mutant: the file, the line, what stands there; `write` makes the whole text with the bug in
    it, which takes longer than to find it: few of those found are drawn."""

    file: str
    line: int
    says: str
    write: Callable[[], str]

    @property
    def name(self) -> str:
        return f"{self.file}: {self.says}"


def candidates(file: str, source: str) -> Iterator[Drawn]:
    """Every comparison and every row of a table of a module, each with its bug."""
    tree = ast.parse(source)
    for at, node in enumerate(ast.walk(tree)):
        if isinstance(node, ast.Compare):
            for place, op in enumerate(node.ops):
                other = copy.deepcopy(node)
                other.ops[place] = _FLIPPED[type(op)]()
                says = f"{ast.unparse(node)} -> {ast.unparse(other)}"
                yield Drawn(file, node.lineno, says, partial(_compared, tree, at, place))
    for index, statement in enumerate(tree.body):
        value = statement.value if isinstance(statement, ast.Assign | ast.AnnAssign) else None
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
            continue  # what a package shows is no law
        if isinstance(value, ast.Call) and value.args:  # MappingProxyType({...}), frozenset((...))
            value = value.args[0]
        for row, says, put in _rows(value):
            yield Drawn(file, row.lineno, says, partial(_tabled, tree, index, put))


def _compared(tree: ast.Module, at: int, place: int) -> str:
    changed = copy.deepcopy(tree)
    other = next(each for n, each in enumerate(ast.walk(changed)) if n == at)
    assert isinstance(other, ast.Compare)
    other.ops[place] = _FLIPPED[type(other.ops[place])]()
    return ast.unparse(changed)


def _tabled(tree: ast.Module, index: int, put: Callable[[Any], None]) -> str:
    changed = copy.deepcopy(tree)
    table = changed.body[index]
    assert isinstance(table, ast.Assign | ast.AnnAssign)
    inner = table.value
    put(inner.args[0] if isinstance(inner, ast.Call) else inner)
    return ast.unparse(changed)


def _rows(value: ast.expr | None) -> Iterator[tuple[ast.expr, str, Callable[[Any], None]]]:
    if isinstance(value, ast.Dict) and len(value.values) > 1:
        for at, (key, said) in enumerate(zip(value.keys, value.values, strict=True)):
            other = value.values[(at + 1) % len(value.values)]
            if key is not None and ast.dump(said) != ast.dump(other):
                says = f"row {ast.unparse(key)} has the value of the next row"
                yield key, says, _Put(at, other)
    if isinstance(value, ast.Tuple | ast.List | ast.Set) and len(value.elts) > 1:
        for at, said in enumerate(value.elts):
            yield said, f"without the row {ast.unparse(said)[:60]}", _Leave(at)


@dataclass(frozen=True)
class _Put:
    at: int
    value: ast.expr

    def __call__(self, table: ast.Dict) -> None:
        table.values[self.at] = self.value


@dataclass(frozen=True)
class _Leave:
    at: int

    def __call__(self, table: ast.Tuple) -> None:
        del table.elts[self.at]


def drawn(room: str, count: int, seed: int) -> list[Drawn]:
    """`count` mutants of a room, in the order in which the seed gives them."""
    found: list[Drawn] = []
    for prefix in ROOMS[room].folders:
        for path in sorted((ROOT / prefix).rglob("*.py")):
            file = str(path.relative_to(ROOT))
            if path.name not in {"faults.py", "codes.py"} and "migrations" not in path.parts:
                found += candidates(file, path.read_text("utf-8"))
    found = [mutant for mutant in found if mutant.name not in EQUAL]
    order = random.Random(f"{room} {seed}")  # noqa: S311  a draw, no secret
    return order.sample(found, min(count, len(found)))


def _child(folder: str, tests: list[str], cache: str, result: str) -> None:
    """Run in a process of its own, which has the heavy libraries and nothing of this project."""
    import pytest  # loaded before

    os.environ |= {"FOOTPRINT_CACHE": cache, "PYTHONDONTWRITEBYTECODE": "1"}
    os.environ["PYTHONPATH"] = os.pathsep.join((folder, str(ROOT)))
    sys.path[:0] = [folder]
    os.chdir(folder)
    with Path(result).open("w") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
        # Nobody reads why a test failed: its assertions need not be rewritten, which takes seconds.
        options = ["-x", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider"]
        options += ["--assert=plain"]
        # A database server shows no bug that the other store does not, and takes twice as long.
        options += ["-m", "not postgres"]
        options += ["--rootdir", folder, "-c", f"{folder}/pyproject.toml", "--hypothesis-seed=0"]
        code = pytest.main([*options, *(f"{folder}/{test}" for test in tests)])
    os._exit(int(code))


def run_tests(folder: Path, tests: list[str], cache: Path) -> str:
    """The first failure, `time` if they took too long, or an empty text if all passed."""
    result = folder / "result.txt"
    context = multiprocessing.get_context("fork")
    process = context.Process(target=_child, args=(str(folder), tests, str(cache), str(result)))
    process.start()
    process.join(TIMEOUT)
    if process.is_alive():
        process.kill()
        return "time"
    if process.exitcode == 0:
        return ""
    failed = [
        line for line in result.read_text("utf-8").splitlines() if line[:6] in {"FAILED", "ERROR "}
    ]
    if not failed:  # pytest itself did not start, or died
        raise RuntimeError(result.read_text("utf-8")[-2000:])
    return failed[0].split("::")[-1][:70]


def snapshot(folder: Path) -> None:
    """The project as it is now."""
    ignored = shutil.ignore_patterns("__pycache__", ".hypothesis")
    names = ("footprint", "api", "label_templates", "lci_data", "tests", "examples", "bench")
    for name in (*names, "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, folder)
    # Once for all mutants, which write none: a file with a bug in it is newer than what is kept.
    for name in ("footprint", "api", "label_templates", "lci_data", "tests", "bench"):
        compileall.compile_dir(folder / name, quiet=2)


def try_room(room: str, count: int, seed: int, cache: Path, *, trusted: bool) -> tuple[int, int]:
    """How many mutants of a room were caught, and of how many."""
    caught = 0
    chosen = drawn(room, count, seed)
    with tempfile.TemporaryDirectory(prefix="drawn-") as name:
        folder = Path(name)
        snapshot(folder)
        needed = sorted({test for mutant in chosen for test in tests_for(mutant.file)})
        failed = "" if trusted else run_tests(folder, needed, cache)  # each file of tests once
        if failed:
            raise RuntimeError(f"the tests fail without any bug: {failed}")
        for number, mutant in enumerate(chosen, start=1):
            start = time.perf_counter()
            path = folder / mutant.file
            sound = path.read_text("utf-8")
            path.write_text(mutant.write(), "utf-8")
            by = run_tests(folder, tests_for(mutant.file), cache)
            path.write_text(sound, "utf-8")
            caught += bool(by)
            seconds = time.perf_counter() - start
            word = "caught  " if by else "SURVIVED"
            print(f"{room} {number:2} {word} {seconds:4.0f} s  {mutant.file}:{mutant.line}  "
                  f"{mutant.says}  [{by}]", flush=True)  # fmt: skip
    print(f"{room}: {caught} of {len(chosen)} drawn mutants caught (bar {BAR:.0%})", flush=True)
    return caught, len(chosen)


def run() -> int:
    """Try the mutants of the rooms; exit status 0 if each room reaches the bar."""
    parser = argparse.ArgumentParser(description="Mutants drawn by chance, and who catches them.")
    parser.add_argument("--room", choices=sorted(ROOMS), action="append")
    parser.add_argument("--count", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--list", action="store_true", help="Only say which ones are drawn.")
    parser.add_argument("--trusted", action="store_true", help="The tests pass without a bug.")
    asked = parser.parse_args()
    rooms = asked.room or sorted(ROOMS)
    if asked.list:
        for room in rooms:
            for mutant in drawn(room, asked.count, asked.seed):
                print(f"{room}  {mutant.file}:{mutant.line}  {mutant.says}")
        return 0
    for library in HEAVY:
        __import__(library)
    cache = Path(os.environ.get("FOOTPRINT_CACHE", ROOT / ".cache" / "footprint"))
    results = [
        try_room(room, asked.count, asked.seed, cache, trusted=asked.trusted) for room in rooms
    ]
    return 0 if all(caught >= BAR * count for caught, count in results) else 1


if __name__ == "__main__":
    sys.exit(run())
