"""Arithmetic on named parameters: the only formulas of other people that are ever evaluated.

Numbers, parameter names, + - * / ^ (also **), parentheses, and the functions of `_FUNCTIONS`, whose
arguments stand between semicolons or commas and may compare (1 if true, 0 if not). No other
function, no attribute, no string: there is no way from here to a file or to the interpreter.
Numbers are floats, so a power overflows at once instead of growing.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Mapping

from footprint.late_pattern import late_pattern

MAX_LENGTH = 2_000
MAX_DEPTH = 60
#: Beyond this a life-cycle inventory has no meaning.
MAX_MAGNITUDE = 1e100
_TOKEN = late_pattern(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[^\W\d]\w*)|"
    r"(?P<op>\*\*|<=|>=|<>|!=|==|[-+*/^()<>=;,]))"
)
#: What tools call alike: value of the arguments, and how many there must be (None: any number).
_FUNCTIONS: dict[str, tuple[Callable[..., float], int | None]] = {
    **dict.fromkeys(("if", "iff", "iif"), (lambda test, yes, no: yes if test else no, 3)),
    "min": (lambda *given: min(given), None),
    "max": (lambda *given: max(given), None),
    "abs": (abs, 1),
    "sqrt": (math.sqrt, 1),
    "exp": (math.exp, 1),
    "ln": (math.log, 1),
}
_COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    **dict.fromkeys(("=", "=="), operator.eq),
    **dict.fromkeys(("<>", "!="), operator.ne),
}


class FormulaError(ValueError):
    """The text is not plain arithmetic on known parameters. The message says why."""


class Parameters:
    """Parameters by name, without case; a value is a number or a formula on other parameters.

    A scope stands inside another: a name is looked for in its own scope first, and the formula of a
    parameter is evaluated in the scope that it belongs to.
    """

    def __init__(
        self, values: Mapping[str, float | str] | None = None, outer: Parameters | None = None
    ) -> None:
        self._values = {name.casefold(): value for name, value in (values or {}).items()}
        self._outer = outer
        self._open: set[str] = set()

    def below(self, values: Mapping[str, float | str]) -> Parameters:
        """A scope of `values` inside this one."""
        return Parameters(values, self)

    def value(self, name: str) -> float:
        """The value of a parameter. Raises `FormulaError` if it is unknown or refers to itself."""
        key = name.casefold()
        if key not in self._values:
            if self._outer is None:
                raise FormulaError(f"there is no parameter {name!r}")
            return self._outer.value(name)
        value = self._values[key]
        if isinstance(value, float):
            return value
        if key in self._open or len(self._open) >= MAX_DEPTH:
            raise FormulaError(f"parameter {name!r} refers to itself")
        self._open.add(key)
        try:
            self._values[key] = number = formula_value(value, self)
        except RecursionError:
            raise FormulaError(f"parameter {name!r} rests on too many others") from None
        finally:
            self._open.discard(key)
        return number


def formula_value(text: str, parameters: Parameters | None = None) -> float:
    """The value of a formula. Raises `FormulaError` if it is anything but plain arithmetic."""
    if len(text) > MAX_LENGTH:
        raise FormulaError(f"the formula has {len(text):,} characters; the limit is {MAX_LENGTH:,}")
    parser = _Parser(_tokens(text), parameters or Parameters())
    value = parser.sum(0)
    if parser.peek() != "":
        raise FormulaError(f"{parser.peek()!r} was not expected in {text[:80]!r}")
    return value


def _tokens(text: str) -> list[tuple[str, str]]:
    tokens = []
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            raise FormulaError(f"{text[at : at + 20].strip()!r} is no arithmetic")
        tokens.append((str(match.lastgroup), match.group(str(match.lastgroup))))
        at = match.end()
    return tokens


class _Parser:
    """Recursive descent; powers bind tighter than signs and group to the right."""

    def __init__(self, tokens: list[tuple[str, str]], parameters: Parameters) -> None:
        self.tokens = tokens
        self.parameters = parameters
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def sum(self, depth: int) -> float:
        value = self.product(depth)
        while self.peek() in {"+", "-"}:
            sign = 1.0 if self._take() == "+" else -1.0
            value = _checked(value + sign * self.product(depth))
        return value

    def product(self, depth: int) -> float:
        value = self.signed(depth)
        while self.peek() in {"*", "/"}:
            if self._take() == "*":
                value = _checked(value * self.signed(depth))
            else:
                divisor = self.signed(depth)
                if divisor == 0.0:
                    raise FormulaError("division by zero")
                value = _checked(value / divisor)
        return value

    def signed(self, depth: int) -> float:
        if depth > MAX_DEPTH:
            raise FormulaError(f"the formula is nested deeper than {MAX_DEPTH}")
        if self.peek() in {"+", "-"}:
            sign = 1.0 if self._take() == "+" else -1.0
            return sign * self.signed(depth + 1)
        return self.power(depth)

    def power(self, depth: int) -> float:
        base = self.atom(depth)
        if self.peek() not in {"^", "**"}:
            return base
        self._take()
        exponent = self.signed(depth + 1)
        try:
            return _checked(math.pow(base, exponent))
        except (OverflowError, ValueError):
            raise FormulaError(f"{base:g} to the power {exponent:g} has no value") from None

    def atom(self, depth: int) -> float:
        if self.at >= len(self.tokens):
            raise FormulaError("the formula ends too early")
        kind, text = self.tokens[self.at]
        self.at += 1
        if kind == "number":
            return _checked(float(text))
        if kind == "name":
            if self.peek() == "(":
                return self._function(text, depth)
            return self.parameters.value(text)
        if text != "(":
            raise FormulaError(f"{text!r} was not expected")
        value = self.sum(depth + 1)
        if self.peek() != ")":
            raise FormulaError("a parenthesis is not closed")
        self.at += 1
        return value

    def _function(self, name: str, depth: int) -> float:
        function, wanted = _FUNCTIONS.get(name.casefold(), (None, None))
        if function is None:
            raise FormulaError(f"functions such as {name!r} are not evaluated")
        given: list[float] = []
        while self._take() in {"(", ";", ","}:
            given.append(self._argument(depth + 1))
            if self.peek() not in {";", ",", ")"}:
                raise FormulaError("a parenthesis is not closed")
        if wanted is not None and len(given) != wanted:
            raise FormulaError(f"{name!r} takes {wanted} arguments, not {len(given)}")
        try:
            return _checked(float(function(*given)))
        except (OverflowError, ValueError):
            raise FormulaError(f"{name!r} of {given[0]:g} has no value") from None

    def _argument(self, depth: int) -> float:
        value = self.sum(depth)
        if self.peek() not in _COMPARISONS:
            return value
        compared = _COMPARISONS[self._take()]
        return float(compared(value, self.sum(depth)))

    def _take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1][1]


def _checked(value: float) -> float:
    if not abs(value) <= MAX_MAGNITUDE:
        raise FormulaError("the value is too large, or not a number")
    return value
