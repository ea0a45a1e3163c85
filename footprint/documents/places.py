"""Where in a document an error lies, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from pydantic_core import ErrorDetails

from footprint.late_pattern import late_pattern

#: How the library writes a day that is a key.
_DAY_KEY = late_pattern(r"datetime\.date\((\d+), (\d+), (\d+)\)")


def error_path(error: ErrorDetails) -> str:
    """Where in the file an error lies, as a path of keys: `references.base_year.value`. What the
    library puts between them, names of its own types, is left out."""
    return ".".join(_key(part) for part in error["loc"] if not _is_type(str(part)))


def _is_type(part: str) -> bool:
    return part.startswith("function-") or ("[" in part and part != "[key]")


def _key(part: int | str) -> str:
    day = _DAY_KEY.fullmatch(str(part))
    return str(part) if day is None else str(date(*map(int, day.groups())))


def error_words(error: ErrorDetails) -> str:
    """What the error says, in words for whoever wrote the file and not in the library's own."""
    said = _SAID.get(error["type"])
    if said is not None:
        return said(error.get("ctx", {}))
    return error["msg"].removeprefix("Value error, ")


def _expected(facts: Mapping[str, Any]) -> str:
    return f"one of these is needed: {facts['expected']}"


def _always(words: str) -> Callable[[Mapping[str, Any]], str]:
    return lambda _facts: words


_LIST = _always("a list is needed")
_KEYS = _always("keys with values are needed (key: value)")
_WHOLE = _always("a whole number is needed")
_NUMBER = _always("a plain number is needed")
_TRUTH = _always("true or false is needed")
_DAY = _always("a date is written YYYY-MM-DD")
#: By the library's name of the kind of error.
_SAID: Mapping[str, Callable[[Mapping[str, Any]], str]] = MappingProxyType(
    {
        "missing": _always("this key is missing"),
        "extra_forbidden": _always("this key is not known here"),
        "literal_error": _expected,
        "enum": _expected,
        "string_type": _always("text is needed"),
        "string_too_short": _always("text is needed, and it is empty"),
        "string_too_long": lambda facts: f"at most {facts['max_length']} characters are needed",
        "string_pattern_mismatch": lambda facts: f"it has not the form {facts['pattern']}",
        "int_type": _WHOLE,
        "int_parsing": _WHOLE,
        "int_from_float": _WHOLE,
        "float_type": _NUMBER,
        "decimal_type": _NUMBER,
        "decimal_parsing": _NUMBER,
        "bool_type": _TRUTH,
        "bool_parsing": _TRUTH,
        "date_type": _DAY,
        "date_parsing": _DAY,
        "date_from_datetime_parsing": _DAY,
        "dict_type": _KEYS,
        "mapping_type": _KEYS,
        "model_type": _KEYS,
        "model_attributes_type": _KEYS,
        "list_type": _LIST,
        "tuple_type": _LIST,
        "too_short": lambda facts: f"a list of at least {facts['min_length']} is needed",
        "too_long": lambda facts: f"a list of at most {facts['max_length']} is needed",
        "greater_than": lambda facts: f"a number above {facts['gt']} is needed",
        "greater_than_equal": lambda facts: f"a number of at least {facts['ge']} is needed",
        "less_than": lambda facts: f"a number below {facts['lt']} is needed",
        "less_than_equal": lambda facts: f"a number of at most {facts['le']} is needed",
    }
)
