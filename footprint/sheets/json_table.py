"""A bill of materials as JSON: an object with `product` (facts) and `lines` (objects), as sheets.

The members of a line are the columns of a table, under the same names. They are row 1, so that the
first line is row 2, as in a file.
"""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn

from footprint.faults import Where
from footprint.printable import unprintable_in
from footprint.sheets import faults
from footprint.sheets.model import Book, CellTraits, Sheet, Value

#: What the object may hold.
MEMBERS = ("product", "lines")


def is_json(data: bytes) -> bool:
    """Whether a file is a JSON object: no table begins with a brace."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read_json(data: bytes, where: Where) -> Book:
    """The sheets of a JSON file. Raises `InputRefused` (BOM-001, BOM-003) for what is none."""
    document = _parsed(data, where)
    unknown = [name for name in document if name not in MEMBERS]
    lines, product = document.get("lines", []), document.get("product", {})
    if unknown or not isinstance(product, dict) or not isinstance(lines, list):
        raise _broken(where, "an object `product` and a list `lines` are needed, and nothing else")
    if not all(isinstance(line, dict) for line in lines):
        raise _broken(where, "each entry of `lines` has to be an object")
    if not lines:
        raise faults.EMPTY.refuse("there are no lines", where)
    # A dictionary and not a set: the columns stand in the order in which they first appear.
    columns = list(dict.fromkeys(name for line in lines for name in line))
    rows: list[tuple[Value, ...]] = [tuple(columns)]
    marks: dict[tuple[int, int], CellTraits] = {}
    for number, line in enumerate(lines, start=2):
        row: list[Value] = []
        for column, name in enumerate(columns, start=1):
            value = _cell(line.get(name), Where(where.file, number, name))
            if isinstance(value, str) and value.startswith("="):
                marks[number, column], value = CellTraits(formula=value), None
            row.append(value)
        rows.append(tuple(row))
    facts: list[tuple[Value, ...]] = [
        (name, _fact(value, Where(where.file, None, name))) for name, value in product.items()
    ]
    return Book("json", (Sheet("lines", rows, marks), Sheet("product", facts)))


def _parsed(data: bytes, where: Where) -> dict[str, Any]:
    try:
        document = json.loads(
            data.decode("utf-8-sig"), object_pairs_hook=_once, parse_constant=_no_number
        )
    except RecursionError:
        raise _broken(where, "it is nested too deeply") from None
    except ValueError as error:
        raise _broken(where, f"this is not sound JSON: {error}") from None
    if not isinstance(document, dict):
        raise _broken(where, "it is no object")
    found = unprintable_in(document)
    if found:
        place, character = found
        raise faults.ENCODING.refuse(f"{place} holds the control character {character}", where)
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Of two members of one name JSON readers take the last one, silently."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a member stands twice in an object")
    return found


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _cell(value: Any, where: Where) -> Value:
    if value is None:
        return None
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _broken(where, "a line holds texts and numbers only")
    return _number(value, where)


def _fact(value: Any, where: Where) -> str:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "|".join(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _broken(where, "a product fact is a text, a number or a list of texts")
    return repr(value) if math.isfinite(_number(value, where)) else ""


def _number(value: int | float, where: Where) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _broken(where, "the number is too large")
    return number


def _broken(where: Where, message: str) -> Exception:
    return faults.UNREADABLE.refuse(message, where)
