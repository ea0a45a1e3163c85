"""The English sentences that the code says of bills of materials, as templates, from its source.

An f-string `f"{text!r} is not a number"` is the template `{} is not a number`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

#: Which arguments of a call are sentences, by the name of what is called.
_SENTENCES = {
    "at": (1, 2),
    "refuse": (0, 2),
    "_add": (2, 3),
    "_problem": (1,),
    "refusal": (2,),
    "_wrong": (0, 2),
    "refuse_rows": (3,),
    "BadParameter": (0,),
    "ValueError": (0,),
    "UnitError": (0,),
}


def templates_in(path: Path) -> Iterator[tuple[int, str]]:
    """(line, template) of every sentence in a module."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        named: dict[str, list[ast.expr]] = {}
        for node in ast.walk(function):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                named.setdefault(node.targets[0].id, []).append(node.value)
        for node in ast.walk(function):
            if isinstance(node, ast.Call):
                for place in _SENTENCES.get(_name(node.func), ()):
                    if place < len(node.args):
                        for template in _templates(node.args[place], named):
                            yield node.lineno, template


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _templates(node: ast.expr, named: dict[str, list[ast.expr]]) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    elif isinstance(node, ast.Name):
        for value in named.get(node.id, ()):
            if not isinstance(value, ast.Name):
                yield from _templates(value, named)
    elif isinstance(node, ast.IfExp):
        yield from _templates(node.body, named)
        yield from _templates(node.orelse, named)


def skeleton(template: str) -> str:
    """A template without the names of its places."""
    return re.sub(r"\{[^{}]*\}", "{}", template)
