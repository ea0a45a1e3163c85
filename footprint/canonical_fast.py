"""The bytes of `footprint.canonical.canonical_json`, many times as fast, for large batches.

The rfc8785 library is written in Python. The standard library's encoder, written in C, gives the
same bytes wherever the two agree on names and numbers. Numbers that they write differently are
written anew, and names that sort differently send the whole value to the library.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from decimal import Decimal
from functools import cache
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from footprint.canonical import bytes_hash, canonical_json
from footprint.late_pattern import late_pattern

#: Beyond it RFC 8785 refuses an integer: a reader with double precision would lose digits.
_EXACT = 2**53 - 1
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)
#: A member or an item that is a number and is written differently: whole, with an exponent, or
#: very long. It may also stand inside a text. Sets of characters in front, and digits that are
#: never given back, make the search five times as fast as the alternatives themselves would.
_UNLIKE = late_pattern(
    r"[:\[,]([-0-9][0-9]*+(?:\.0(?=[,\]}])|(?:\.[0-9]++)?e[+-][0-9]+|(?<=[0-9]{16})(?=[,\]}])))"
)
_ESCAPE = late_pattern(r"\\.")
#: Stands between values that are written in one go; in texts the quotes would be escaped.
_BETWEEN = "\x7f"
_BETWEEN_WRITTEN = b',"\x7f",'
#: Types whose values are plain already; `isinstance` with a union takes ten times as long.
_PLAIN_TYPES = frozenset((str, int, float, bool, type(None)))


class _UnlikeError(ValueError):
    """The two encoders would write this value differently."""


def fast_hash(value: Any) -> str:
    """`footprint.canonical.content_hash`, as fast as `canonical_bytes`."""
    return bytes_hash(canonical_bytes(value))


def canonical_bytes(value: Any) -> bytes:
    """`value` as RFC 8785 JSON. Raises `rfc8785.CanonicalizationError` as the library does.

    Names have to be texts.
    """
    if not isinstance(value, dict | list | tuple):
        return canonical_json(value)
    try:
        written = _ENCODER.encode(value)
        if _beyond_16_bits(written):
            _need_plain_names(value)
        return _with_numbers(written).encode("utf-8")
    except (_UnlikeError, UnicodeEncodeError, ValueError, TypeError):
        return canonical_json(value)


def canonical_each(values: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """`canonical_bytes` of each of many objects, which are written in one go: to begin anew for
    each took a third of the time. Raises as `canonical_bytes` does."""
    apart = [part for value in values for part in (_BETWEEN, value)]
    written = canonical_bytes(apart[1:])[1:-1].split(_BETWEEN_WRITTEN)
    if len(written) == len(values):
        return written
    return [canonical_bytes(dict(value)) for value in values]  # a text in them is the same


def _beyond_16_bits(text: str) -> bool:
    """Whether names may sort differently: by units of UTF-16 in RFC 8785, by characters here."""
    return len(text.encode("utf-16-le")) != 2 * len(text)


def _need_plain_names(value: Any) -> None:
    """Raise where a name could sort differently."""
    if isinstance(value, dict):
        if not all(name.isascii() for name in value):
            raise _UnlikeError
        for item in value.values():
            _need_plain_names(item)
    elif isinstance(value, list | tuple):
        for item in value:
            _need_plain_names(item)


def _with_numbers(written: str) -> str:
    """`written` with the numbers as RFC 8785 writes them."""
    bare = _ESCAPE.sub("__", written) if "\\" in written else written
    parts, quotes, counted, copied = [], 0, 0, 0
    for found in _UNLIKE.finditer(bare):
        start, end = found.span(1)
        quotes += bare.count('"', counted, start)
        counted = start
        if quotes % 2 == 0:  # else it stands inside a text
            parts += [written[copied:start], _number(written[start:end])]
            copied = end
    return "".join((*parts, written[copied:])) if parts else written


def _number(text: str) -> str:
    """Python writes 1.0, 1e-05 and 1e+16; RFC 8785 writes 1, 0.00001 and 10000000000000000. Both
    take the fewest digits that read back as the same number."""
    digits, _, exponent = text.partition("e")
    if not exponent:
        if text.endswith(".0"):
            return "0" if text == "-0.0" else text[:-2]
        if abs(int(text)) > _EXACT:
            raise _UnlikeError
        return text
    power = int(exponent)
    if -7 < power < 21:
        return f"{Decimal(text):f}"
    return f"{digits}e{power:+d}"


def plain_document(record: Any) -> dict[str, Any]:
    """A frozen dataclass of texts, numbers, dates, tuples and other such records as plain JSON
    values. `dataclasses.asdict` copies every text deeply; this takes a fifth of its time."""
    return {
        name: value if type(value := getattr(record, name)) in _PLAIN_TYPES else _plain(value)
        for name in _names(record.__class__)
    }


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else plain_document(value)


def canonical_records(records: Sequence[Any]) -> list[str]:
    """`canonical_bytes` of `plain_document` of each of many records of one kind, as texts, column
    by column: most columns say the same in each record, and are written once.

    Raises ValueError and its kinds for what only the slower way can write, or refuse.
    """
    if not records:
        return []
    rows: list[list[str]] = []
    same = "{"
    for name in sorted(_names(records[0].__class__)):
        same += f'{"" if same == "{" else ","}"{name}":'
        values = list(map(attrgetter(name), records))
        if values.count(values[0]) == len(values):
            same += _written(values[0])
            continue
        rows += [[same] * len(values), list(map(_written, values))]
        same = ""
    rows.append([f"{same}}}"] * len(records))
    return list(map("".join, zip(*rows, strict=True)))


def _written(value: Any) -> str:
    """One value as RFC 8785 JSON. Raises ValueError for a number that needs the slower way."""
    kind = type(value)
    if kind is str:
        return encode_basestring(value)
    if kind is float:
        text = repr(value)
        if "n" in text:  # nan or inf
            raise _UnlikeError
        return _number(text) if "e" in text or text.endswith(".0") else text
    if value is None or kind is bool:
        return "null" if value is None else "true" if value else "false"
    if kind is int:
        return _number(str(value))
    return canonical_bytes([_plain(value)])[1:-1].decode()


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))
