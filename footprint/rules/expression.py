"""The tree of conditions in a rule file: combinators, tests and predicates as frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from footprint.faults import Problem, Where
from footprint.rules import faults
from footprint.rules.evidence import ReferenceName


@dataclass(frozen=True, slots=True)
class Leaf:
    """A predicate, with the parameter that holds its dated arguments."""

    predicate: str
    parameter: str


@dataclass(frozen=True, slots=True)
class IsAbsent:
    """Holds where the reference is known not to exist; unknown where it was not supplied."""

    reference: ReferenceName


@dataclass(frozen=True, slots=True)
class IsRenewal:
    """Holds where the application renews a certificate."""


@dataclass(frozen=True, slots=True)
class AllOf:
    children: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    children: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class NOf:
    needed: int
    children: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: Expression


@dataclass(frozen=True, slots=True)
class When:
    condition: Expression
    consequence: Expression


Expression = Leaf | IsAbsent | IsRenewal | AllOf | AnyOf | NOf | Not | When


class BadExpressionError(Exception):
    """A condition that cannot be read; `problem` says which and why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def parse_expression(raw: Any, predicates: frozenset[str], where: Where) -> Expression:
    """The condition that `raw` (from YAML) writes. Raises BadExpressionError (RUL-002, RUL-003)."""
    if not isinstance(raw, dict) or len(raw) != 1:
        raise _shape(where, "a condition is one key with its value, such as `below: parameter`")
    ((word, value),) = raw.items()
    if word in ("all", "any"):
        children = _children(value, predicates, where, word)
        return AllOf(children) if word == "all" else AnyOf(children)
    if word == "not":
        return Not(parse_expression(value, predicates, where))
    if word == "when":
        _keys(value, {"if", "then"}, where, word)
        return When(
            parse_expression(value["if"], predicates, where),
            parse_expression(value["then"], predicates, where),
        )
    if word == "n_of":
        return _n_of(value, predicates, where)
    if word in ("absent", "renewal"):
        return _test(word, value, where)
    if word not in predicates:
        known = ", ".join(sorted(predicates | {"all", "any", "not", "when", "n_of", "absent"}))
        raise BadExpressionError(
            faults.UNKNOWN_PREDICATE.at(where, f"unknown predicate '{word}'", f"Known: {known}.")
        )
    if not isinstance(value, str):
        raise _shape(where, f"'{word}' names the parameter that holds its dated arguments")
    return Leaf(word, value)


def written_condition(expression: Expression) -> dict[str, Any]:
    """The condition as a rule file writes it: the inverse of `parse_expression`."""
    match expression:
        case Leaf(predicate, parameter):
            return {predicate: parameter}
        case IsAbsent(reference):
            return {"absent": reference}
        case IsRenewal():
            return {"renewal": True}
        case AllOf(children):
            return {"all": [written_condition(child) for child in children]}
        case AnyOf(children):
            return {"any": [written_condition(child) for child in children]}
        case NOf(needed, children):
            return {
                "n_of": {"at_least": needed, "of": [written_condition(child) for child in children]}
            }
        case Not(child):
            return {"not": written_condition(child)}
        case When(condition, consequence):
            return {
                "when": {"if": written_condition(condition), "then": written_condition(consequence)}
            }


def leaves(expression: Expression) -> tuple[Leaf, ...]:
    """Every predicate in the tree, from left to right."""
    match expression:
        case Leaf():
            return (expression,)
        case AllOf(children) | AnyOf(children) | NOf(_, children):
            return tuple(leaf for child in children for leaf in leaves(child))
        case Not(child):
            return leaves(child)
        case When(condition, consequence):
            return leaves(condition) + leaves(consequence)
        case _:
            return ()


def _children(
    value: Any, predicates: frozenset[str], where: Where, word: str
) -> tuple[Expression, ...]:
    if not isinstance(value, list) or not value:
        raise _shape(where, f"'{word}' needs a list of conditions")
    return tuple(parse_expression(child, predicates, where) for child in value)


def _n_of(value: Any, predicates: frozenset[str], where: Where) -> NOf:
    _keys(value, {"at_least", "of"}, where, "n_of")
    children = _children(value["of"], predicates, where, "n_of")
    needed = value["at_least"]
    if isinstance(needed, bool) or not isinstance(needed, int) or not 1 <= needed <= len(children):
        raise _shape(where, f"'at_least' is a whole number from 1 to {len(children)}")
    return NOf(needed, children)


def _test(word: str, value: Any, where: Where) -> IsAbsent | IsRenewal:
    if word == "renewal":
        if value is not True:
            raise _shape(where, "write `renewal: true`")
        return IsRenewal()
    if value not in get_args(ReferenceName):
        raise _shape(where, f"unknown reference '{value}'")
    return IsAbsent(value)


def _keys(value: Any, wanted: set[str], where: Where, word: str) -> None:
    if not isinstance(value, dict) or set(value) != wanted:
        raise _shape(where, f"'{word}' needs exactly the keys {', '.join(sorted(wanted))}")


def _shape(where: Where, message: str) -> BadExpressionError:
    return BadExpressionError(faults.RULE_FILE_SHAPE.at(where, message))
