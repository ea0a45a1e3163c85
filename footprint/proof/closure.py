"""What a module of the package rests on: every module that it imports, wherever the import stands,
the data files that these read, and the libraries that they use.

The modules are read, not run: an import inside a function counts like any other.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources.abc import Traversable
from typing import NamedTuple

from footprint.late_pattern import late_pattern

PACKAGE = "footprint"
_DATA = (".yaml", ".json", ".txt", ".csv")
#: Data with a hash of their own, which change by date: the book of rules.
_APART = ("rules/data/schemes/", "rules/data/markets/")
_FROM = late_pattern(r"^ *from ([a-zA-Z]\w*(?:\.\w+)*) import (?:\(([^)]*)\)|([^\n(]+))", re.M)
_IMPORT = late_pattern(r"^ *import ([a-zA-Z][\w., ]*)", re.M)
#: What opens files of a room: `shipped_yaml("footprint.matching", "words.yaml")`, and
#: `files("footprint") / "units.json"`.
_READS = late_pattern(rf"""\b(?:files|shipped_yaml)\(\s*"({PACKAGE}(?:\.\w+)*)"[,)]""")


class Closure(NamedTuple):
    """Files by their paths within the package, sorted; and top-level names of libraries."""

    modules: tuple[str, ...]
    data: tuple[str, ...]
    libraries: tuple[str, ...]

    @property
    def files(self) -> tuple[str, ...]:
        """All files, sorted."""
        return tuple(sorted((*self.modules, *self.data)))


class _Needs(NamedTuple):
    """What the text of a module names: imports, and rooms whose data files it opens."""

    imports: frozenset[str]
    rooms: frozenset[str]


def closure_of(package: Traversable, module: str) -> Closure:
    """The closure of `module` (such as `study`) in the package whose folder is `package`."""
    waiting = [f"{PACKAGE}.{module}"]
    seen, found = set[str](), set[str]()
    libraries: set[str] = set()
    rooms: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        path = _path_of(package, name)
        if path is None:
            continue
        found.add(path)
        needs = _needs_of((package / path).read_bytes())
        rooms |= needs.rooms
        for wanted in needs.imports:
            if wanted.split(".")[0] == PACKAGE:
                waiting += _with_parents(wanted)
            else:
                libraries.add(wanted.split(".")[0])
        waiting += _with_parents(name)
    own = libraries - set(sys.stdlib_module_names)
    data = (path for room in sorted(rooms) for path in _data_of(package, room))
    return Closure(tuple(sorted(found)), tuple(sorted(set(data))), tuple(sorted(own)))


def _with_parents(name: str) -> list[str]:
    """A dotted name and the packages around it, which are run before it."""
    parts = name.split(".")
    return [".".join(parts[:end]) for end in range(1, len(parts) + 1)]


def _path_of(package: Traversable, name: str) -> str | None:
    """The file of a module within the package; None for a name inside a module."""
    path = "/".join(name.split(".")[1:])
    candidates = (f"{path}.py", f"{path}/__init__.py") if path else ("__init__.py",)
    return next((each for each in candidates if (package / each).is_file()), None)


def _data_of(package: Traversable, room: str) -> Iterator[str]:
    """The data files of a room; of the package itself only those that lie in no room."""
    path = "/".join(room.split(".")[1:])
    folder = package / path if path else package
    yield from _data_in(folder, f"{path}/" if path else "", deep=bool(path))


def _data_in(folder: Traversable, path: str, *, deep: bool) -> Iterator[str]:
    for entry in folder.iterdir():
        if entry.is_dir():
            if deep and entry.name != "__pycache__":
                yield from _data_in(entry, f"{path}{entry.name}/", deep=True)
        elif entry.name.endswith(_DATA) and not path.startswith(_APART):
            yield f"{path}{entry.name}"


@lru_cache(maxsize=1024)
def _needs_of(source: bytes) -> _Needs:
    """By the form of import lines, as the formatter writes them: a syntax tree of all modules would
    take seconds of every start. A test compares this with what a reader of syntax trees finds."""
    text = source.decode("utf-8")
    imports: set[str] = set()
    for module, many, few in _FROM.findall(text):
        names = re.sub(r"#.*", "", many or few).split(",")
        imports |= {f"{module}.{name.split()[0]}" for name in names if name.split()}
    for names in _IMPORT.findall(text):
        imports |= {name.split()[0] for name in names.split(",")}
    return _Needs(frozenset(imports), frozenset(_READS.findall(text)))
