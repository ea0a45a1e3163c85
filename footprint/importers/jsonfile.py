"""JSON of strangers: UTF-8, of bounded depth; NaN, which real packages hold, is read as nothing."""

from __future__ import annotations

import json
from typing import Any

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.member import ImportMember


def read_object(member: ImportMember) -> dict[str, Any]:
    """The object in a file. Raises `InputRefused` (IMP-001, IMP-002, IMP-005)."""
    where = Where(member.name)
    try:
        text = member.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise faults.ENCODING.refuse(f"the file is not UTF-8: {error}", where) from None
    try:
        value = json.loads(text, parse_constant=lambda _: None)
    except (ValueError, RecursionError) as error:
        raise faults.UNREADABLE.refuse(f"this is not sound JSON: {error}", where) from None
    if not isinstance(value, dict):
        raise faults.UNREADABLE.refuse("this is not a JSON object", where)
    return value


def inner(value: Any, *path: str) -> dict[str, Any]:
    """The object at a path of keys; empty if something on the way is missing or is no object."""
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def word_under(value: Any, key: str) -> str:
    """The text under a key, blanks joined; empty if there is none or it is no text.

    JSON may hold halves of characters, which no text may; they become question marks.
    """
    found = value.get(key) if isinstance(value, dict) else None
    if not isinstance(found, str):
        return ""
    return " ".join(found.encode("utf-8", "replace").decode("utf-8").split())
