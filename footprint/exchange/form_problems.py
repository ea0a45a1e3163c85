"""What a model finds wrong in a document, in the words of this field."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from footprint.exchange.faults import FORM
from footprint.faults import Problem, Where


def form_problem(item: Any, file: str) -> Problem:
    """One of the errors that a model of ours found in a document (EXC-101)."""
    where = Where(file, column="".join(_path(item["loc"])).removeprefix("."))
    if item["type"] == "missing":
        return FORM.at(where, "is missing; the model requires it")
    if item["type"] in {"too_short", "too_long"}:
        return FORM.at(where, f"holds {len(item['input'])} objects, where one belongs")
    says = item["msg"].removeprefix("Value error, ")
    if item["type"] in _WORDS:
        says = _WORDS[item["type"]].format(**item.get("ctx", {}))
    value = item["input"]
    shown = f"{value:f}" if isinstance(value, Decimal) else repr(value)[:60]
    return FORM.at(where, f"{shown}: {says}")


#: In the words of this field what pydantic says in those of Python.
_WORDS = {
    "bool_type": "is neither true nor false",
    "dict_type": "is no object",
    "extra_forbidden": "is a name that does not exist there",
    "greater_than": "must be above {gt}",
    "greater_than_equal": "must not be below {ge}",
    "less_than_equal": "must not be above {le}",
    "list_type": "is no list",
    "literal_error": "is none of {expected}",
    "int_type": "is no whole number",
    "is_instance_of": "is no number",
    "model_type": "is no object",
    "string_pattern_mismatch": "does not have the form of an id",
    "string_too_short": "is empty",
    "string_type": "is no text",
}


def _path(steps: tuple[str | int, ...]) -> Iterator[str]:
    for step in steps:
        yield f"[{step}]" if isinstance(step, int) else f".{step}"
