"""One name, one thing: no class and no public function is defined twice, but for listed roles."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("footprint", "api", "label_templates", "lci_data")

#: Names that mean one role, played by one module each. Commands and routes are no part of this
#: list: nobody imports them, they bear the word that is typed, or the operation of the document.
ROLES = {
    "register": "each module of commands adds its own to the application",
    "read": "each layout of inventory files has one reader",
    "main": "what `python -m` or a console script starts",
    "perform": "what a process of its own does with its request",
    "upgrade": "a migration forwards",
    "downgrade": "a migration backwards",
    "say": "a predicate bears the name that rule files use; at a terminal it is a message",
}


def _handlers() -> set[str]:
    """Functions that a route or a command names, and nobody else calls."""
    found = set()
    for path in (ROOT / "api").rglob("*.py"):
        for stated in ast.parse(path.read_text("utf-8")).body:
            if isinstance(stated, ast.FunctionDef | ast.AsyncFunctionDef):
                decorators = [ast.unparse(decorator) for decorator in stated.decorator_list]
                if any(re.match(r"\w*(router|pages|public)\.\w+\(", text) for text in decorators):
                    found.add(f"{path.stem}.{stated.name}")
    for path in (ROOT / "footprint" / "cli").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Call):
                adds = getattr(node.func.func, "attr", "") in {"command", "callback"}
                found |= {f"cli.{a.id}" for a in node.args if adds and isinstance(a, ast.Name)}
    return found


def _defined(path: Path, handlers: set[str]) -> Iterator[tuple[str, str]]:
    """Every class, and every public function that is no handler: kind and name."""
    owner = "cli" if path.is_relative_to(ROOT / "footprint" / "cli") else path.stem
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.ClassDef):
            yield "class", node.name
        elif (
            isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and not node.name.startswith("_")
            and f"{owner}.{node.name}" not in handlers
        ):
            yield "function", node.name


def _places() -> dict[tuple[str, str], list[str]]:
    places = defaultdict(list)
    handlers = _handlers()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for kind, name in _defined(path, handlers):
                places[kind, name].append(str(path.relative_to(ROOT)))
    return places


def test_no_class_and_no_public_function_is_defined_twice() -> None:
    places = _places()
    assert len(places) > 2000
    twice = {name: where for (_, name), where in places.items() if len(where) > 1}
    assert {name: where for name, where in twice.items() if name not in ROLES} == {}
    assert sorted(ROLES) == sorted(twice), "a role that one module plays is no exception"
