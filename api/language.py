"""Which language to answer in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

#: The languages of messages. Labels and certificates may speak more (`label_templates`).
Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
#: Regions that read traditional Chinese, where that is among the languages to choose from.
_TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def preferred(asked: str | None, accept_language: str | None) -> Language:
    """`asked` (the query) when it is a language of messages, or Chinese in another script, else the
    best of Accept-Language, else English. Weights are those of RFC 9110, section 12.5.4; a broken
    weight counts as none."""
    wanted = "zh" if asked is not None and asked.lower().startswith("zh-") else asked
    chosen = best_of(LANGUAGES, wanted, accept_language)
    return "zh" if chosen == "zh" else "en"


def best_of(known: Sequence[str], asked: str | None, accept_language: str | None) -> str:
    """`asked` when it is one of `known`, else the best of Accept-Language, else the first one."""
    if asked in known and asked is not None:
        return asked
    best, highest = known[0], 0.0
    for entry in (accept_language or "").split(","):
        tag, _, parameters = entry.strip().partition(";")
        found, weight = nearest_language(known, tag), _weight(parameters)
        if found is not None and weight > highest:
            best, highest = found, weight
    return best


def nearest_language(known: Sequence[str], wanted: str | None) -> str | None:
    """The language of `known` that speaks to readers of the language tag `wanted`."""
    folded, tag = {name.lower(): name for name in known}, (wanted or "").lower()
    if tag.startswith(_TRADITIONAL) and "zh-hant" in folded:
        return folded["zh-hant"]
    return folded.get(tag) or folded.get(tag.split("-", maxsplit=1)[0])


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value) if name.strip() == "q" else 0.0
    except ValueError:
        return 0.0
