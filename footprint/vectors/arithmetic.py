"""Formulas as they stand in a vector, such as `3 * (0.2 + 0.5 * 0.9)`: numbers and + - * / only."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable

_OPERATIONS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def value_of(formula: str | float) -> float:
    """The number that a formula gives. Raises `ValueError` for anything but arithmetic."""
    if isinstance(formula, int | float) and not isinstance(formula, bool):
        return float(formula)
    if len(str(formula)) > 500:
        raise ValueError("the formula is too long")
    try:
        tree = ast.parse(str(formula).strip(), mode="eval")
    except SyntaxError as error:
        raise ValueError(f"{formula!r} is not arithmetic") from error
    return _value(tree.body, str(formula))


def _value(node: ast.expr, formula: str) -> float:
    if isinstance(node, ast.Constant) and type(node.value) in {int, float}:
        return float(node.value)  # type: ignore[arg-type]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand, formula)
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATIONS:
        left, right = _value(node.left, formula), _value(node.right, formula)
        return _OPERATIONS[type(node.op)](left, right)
    raise ValueError(f"{formula!r} is not arithmetic")


def measure_of(text: str) -> tuple[float, str]:
    """A formula and a unit, such as `0.5 kWh` or `300 / 400 kg`."""
    formula, _, unit = text.strip().rpartition(" ")
    return value_of(formula), unit
