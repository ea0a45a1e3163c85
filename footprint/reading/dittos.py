"""Signs that say that a cell is the same as the one above."""

from __future__ import annotations

#: The same as above: `"` is a unit (inch) behind a number only.
_DITTO = frozenset(('"', "''", "″", "”", "〃", "ditto", "do.", "dto.", "dito", "idem", "同上"))


def without_dittos(texts: list[str], above: list[str]) -> list[str]:
    """The cells with the words of the row above where a sign says that they are the same."""
    if _DITTO.isdisjoint(texts):
        return texts
    return [
        above[at] if text in _DITTO and at < len(above) and not above[at][:1].isdigit() else text
        for at, text in enumerate(texts)
    ]
