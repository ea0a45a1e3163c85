"""How a person names a column: by its heading, or by its place: `#3` or `#C`."""

from __future__ import annotations

from collections.abc import Mapping

from footprint.late_pattern import late_pattern
from footprint.reading.vocabulary import fold

_PLACE = late_pattern(r"#\s*(?:(?P<number>[1-9]\d{0,3})|(?P<letters>[A-Za-z]{1,3}))")


def place_of(text: str) -> int | None:
    """The column, from 1, that `#3` or `#C` names; None for any other text."""
    match = _PLACE.fullmatch(text.strip())
    if match is None:
        return None
    if match["number"]:
        return int(match["number"])
    place = 0
    for letter in match["letters"].upper():
        place = place * 26 + ord(letter) - ord("A") + 1
    return place


def columns_named(text: str, headings: Mapping[int, str]) -> list[int]:
    """The columns (from 1) that a text names; several where they have the same heading."""
    wanted = fold(text)
    found = [at for at, heading in headings.items() if fold(heading) == wanted]
    if found:
        return found
    place = place_of(text)
    return [place] if place is not None and place in headings else []


def told_apart(headings: Mapping[int, str]) -> dict[int, str]:
    """Headings as a person can name them: those that stand twice with their place, `Weight #3`."""
    texts = [fold(text) for text in headings.values()]
    return {
        at: f"{text} (#{at})" if texts.count(fold(text)) > 1 else text
        for at, text in headings.items()
    }
