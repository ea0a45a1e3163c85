"""JSON of others, read strictly: only numbers of JSON, and no name twice in one object."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, NoReturn


def read_sound(data: bytes, parse_float: Callable[[str], Any] = float) -> Any:
    """A JSON document; `parse_float` makes the numbers with a point or an exponent.

    Raises `ValueError` for what is no sound JSON (NaN, a name that stands twice), and
    `RecursionError` for what is nested too deeply.
    """
    return json.loads(
        data, parse_float=parse_float, parse_constant=no_constant, object_pairs_hook=_no_repeats
    )


def no_constant(name: str) -> NoReturn:
    """Refuses NaN and infinities, which Python's reader lets pass. Raises `ValueError`."""
    raise ValueError(f"{name} is not a JSON number")


def _no_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"{twice!r} stands twice in one object")
    return values
