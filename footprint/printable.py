"""Characters that no text of a file or request may hold, and how they are shown in a message.

Control characters move a terminal's cursor or end a text early, NUL cannot be kept by every
database, and a lone surrogate is half a character that UTF-8 cannot write. Blanks that divide
lines and columns (tab, line feed, carriage return) are no such characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from footprint.late_pattern import late_pattern

_REFUSED = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff"
_UNPRINTABLE = late_pattern(f"[{_REFUSED}]")
#: On a terminal also what turns the direction of the text that follows.
_UNSHOWN = late_pattern(f"[{_REFUSED}\u202a-\u202e\u2066-\u2069]|\r(?!\n)")


def unprintable(text: str) -> str:
    """The first character of `text` that is refused, as `U+001B`; empty when there is none."""
    if text.isprintable():  # none of them is; a search took three times as long
        return ""
    found = _UNPRINTABLE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def unprintable_in(value: Any, path: str = "") -> tuple[str, str] | None:
    """Where in a value of JSON or YAML a refused character stands, and which one; None for nowhere.

    Names of members count as texts. Raises RecursionError for what is nested too deeply.
    """
    found = _refused_in(value)
    if found is None:
        return None
    character, steps = found
    return ".".join(step for step in (path, *reversed(steps)) if step), character


def _refused_in(value: Any) -> tuple[str, list[str]] | None:
    """The first refused character in a value, and the steps that lead to it, the last one first.
    Steps are made on the way back: making them for each of a million members took seconds."""
    if isinstance(value, str):
        character = unprintable(value)
        return (character, []) if character else None
    if isinstance(value, Mapping):
        for key, one in value.items():
            found = _refused_in(str(key)) or _refused_in(one)
            if found is not None:
                found[1].append(shown(str(key)))
                return found
    elif isinstance(value, list | tuple):
        for number, one in enumerate(value):
            found = _refused_in(one)
            if found is not None:
                found[1].append(str(number))
                return found
    return None


def shown(text: str) -> str:
    """`text` for a terminal or a message: what would act on it is written as an escape."""
    return _UNSHOWN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
