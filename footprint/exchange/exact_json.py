"""JSON with exact decimals: numbers are written and read digit by digit, never as floats."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from footprint.sound_json import read_sound
from footprint.supplier.numbers import decimal_text


def exact_bytes(document: Any) -> bytes:
    """A document as readable JSON in UTF-8; a `Decimal` becomes a number with all its digits."""
    return ("".join(_written(document, "")) + "\n").encode()


def read_exactly(data: bytes) -> Any:
    """A JSON document whose numbers are ints and `Decimal`s.

    Raises `ValueError` for what is no sound JSON (a name that stands twice is none), and
    `RecursionError` for what is nested too deeply.
    """
    try:
        return read_sound(data, Decimal)
    except ArithmeticError:
        raise ValueError("a number is too long") from None


def _written(value: Any, indent: str) -> Iterator[str]:
    inner = indent + "  "
    if isinstance(value, Decimal):
        yield decimal_text(value)
    elif isinstance(value, Mapping) and value:
        yield "{"
        for at, (name, item) in enumerate(value.items()):
            yield f"{',' if at else ''}\n{inner}{json.dumps(name, ensure_ascii=False)}: "
            yield from _written(item, inner)
        yield f"\n{indent}}}"
    elif isinstance(value, list) and value:
        yield "["
        for at, item in enumerate(value):
            yield f"{',' if at else ''}\n{inner}"
            yield from _written(item, inner)
        yield f"\n{indent}]"
    else:
        yield json.dumps(value, ensure_ascii=False)
