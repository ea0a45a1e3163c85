"""Tests whose assertions stand only in loops that may run no time: such a test cannot fail.

Found by syntax alone. A loop surely runs if it goes over what is written out and not empty, over
a constant of a module written so, over `range(5)`, or over `some(...)`, which fails when empty.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

#: Calls that give as many items as they are given.
_AS_MANY = {"enumerate", "sorted", "list", "tuple", "reversed", "set", "zip", "product"}
_VIEWS = {"items", "values", "keys", "splitlines"}


def silent_tests(path: Path) -> Iterator[str]:
    """`name:line` of each test in a module that may run no assertion."""
    tree = ast.parse(path.read_text("utf-8"))
    known = _constants(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            local = known | _constants(node)
            found = list(_assertions(node.body, True, local))
            if found and not any(found):
                yield f"{node.name}:{node.lineno}"


def _constants(tree: ast.AST) -> set[str]:
    """Names that are given a value that is written out and not empty, and never another."""
    values: dict[str, list[ast.expr]] = {}
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    values.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and isinstance(node.target, ast.Name):
            values.setdefault(node.target.id, []).append(node.value or ast.Constant(None))
    found: set[str] = set()
    for name, given in values.items():
        if all(_surely_some(value, found) for value in given):
            found.add(name)
    return found


def _assertions(body: list[ast.stmt], sure: bool, known: set[str]) -> Iterator[bool]:
    """For each assertion whether it surely is reached. What a branch asserts counts as reached."""
    for node in body:
        if isinstance(node, ast.Assert):
            yield sure and not _all_of_nothing(node.test, known)
        if isinstance(node, ast.With) and any(_is_raises(item.context_expr) for item in node.items):
            yield sure
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        runs = sure and not isinstance(node, ast.While)
        if isinstance(node, ast.For):
            runs = sure and _surely_some(node.iter, known)
        yield from _assertions(getattr(node, "body", []), runs, known)
        for part in ("orelse", "finalbody"):
            yield from _assertions(getattr(node, part, []), sure, known)
        for handler in getattr(node, "handlers", []):
            yield from _assertions(handler.body, sure, known)


def _is_raises(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in {"raises", "warns"})
    )


def _all_of_nothing(test: ast.expr, known: set[str]) -> bool:
    """Whether this is `all(... for ... in ...)` over what may be empty."""
    if not (isinstance(test, ast.Call) and isinstance(test.func, ast.Name)):
        return False
    if test.func.id != "all" or not isinstance(test.args[0], ast.GeneratorExp):
        return False
    return not all(_surely_some(part.iter, known) for part in test.args[0].generators)


def _surely_some(node: ast.expr, known: set[str]) -> bool:
    if isinstance(node, ast.List | ast.Tuple | ast.Set):
        return any(
            _surely_some(item.value, known) if isinstance(item, ast.Starred) else True
            for item in node.elts
        )
    if isinstance(node, ast.Dict):
        return bool(node.keys)
    if isinstance(node, ast.Constant):
        return bool(node.value)
    if isinstance(node, ast.Name):
        # A constant of another module is written in capitals; it has a test where it stands.
        return node.id in known or node.id.isupper()
    if isinstance(node, ast.Attribute):
        return node.attr.isupper()
    if isinstance(node, ast.BinOp):
        return _surely_some(node.left, known) or _surely_some(node.right, known)
    if isinstance(node, ast.Call):
        return _call_gives_some(node, known)
    return False


def _call_gives_some(node: ast.Call, known: set[str]) -> bool:
    if isinstance(node.func, ast.Attribute) and node.func.attr in _VIEWS:
        return _surely_some(node.func.value, known)
    if not isinstance(node.func, ast.Name):
        return False
    if node.func.id == "some":
        return True
    if node.func.id == "range":
        return all(isinstance(one, ast.Constant) for one in node.args)
    given = [one for one in node.args if not isinstance(one, ast.Starred)]
    return (
        node.func.id in _AS_MANY and bool(given) and all(_surely_some(one, known) for one in given)
    )
