"""Which of the two languages to answer in."""

from __future__ import annotations

from typing import Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


def preferred(asked: str | None, accept_language: str | None) -> Language:
    """`asked` (the query) when it is a language we have, else the best of Accept-Language, else
    English. Weights are those of RFC 9110, section 12.5.4; a broken weight counts as none."""
    for known in LANGUAGES:
        if asked == known:
            return known
    best: Language = "en"
    highest = 0.0
    for entry in (accept_language or "").split(","):
        tag, _, parameters = entry.strip().partition(";")
        language = tag.split("-")[0].lower()
        weight = _weight(parameters)
        for known in LANGUAGES:
            if language == known and weight > highest:
                best, highest = known, weight
    return best


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
