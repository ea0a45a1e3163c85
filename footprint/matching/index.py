"""The inventory arranged for look-ups: families of datasets, their names, and where words occur.

A family is one product in one unit, in several places: a name that one place's dataset has is a
name of all of them, so that a synonym missing in one country does not decide between countries.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from footprint.inventory.compiled import Entry, fold_name
from footprint.late_pattern import late_pattern
from footprint.matching.facts import purpose_of
from footprint.matching.lexicon import Kind, Lexicon, is_chinese, lexicon
from footprint.matching.places import places
from footprint.matching.text import Piece, normal, pieces

#: What a piece weighs within a dataset's own name, by kind.
NAME_WEIGHT: dict[Kind, float] = {
    "core": 1.0,
    "code": 1.0,
    "part_number": 1.0,
    "process": 1.0,
    "generic": 0.5,
    "colour": 0.5,
    "form": 0.3,
    "stop": 0.05,
}
#: What follows the first comma of a name, or stands in brackets, narrows it, and users leave it
#: out: all of it together weighs at most this share of what comes before, however long it is.
_AFTER_COMMA = 0.35
#: A name that says only a shape (carton, casting) is never more than this share of a good name.
_SHAPE_ONLY = 0.85
_SEGMENTS = late_pattern(r"\s*[,，;；、()（）\[\]/]\s*")


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of a family as written, its features with their shares of it (sum up to 1), its
    language (`zh` if it has an ideograph, otherwise `en`), and the features alone."""

    text: str
    features: tuple[tuple[str, float], ...]
    language: str
    known: frozenset[str]


@dataclass(frozen=True, slots=True)
class Family:
    """One product in one unit: its datasets by place, all its names, and the number of the purpose
    that a line has to name for it (0 = none)."""

    members: tuple[Entry, ...]
    aliases: tuple[Alias, ...]
    names: frozenset[str]
    purpose: int = 0


class Posting(NamedTuple):
    """The families in which a feature occurs, by place, and the most that it weighs in a name of
    each."""

    families: NDArray[np.intp]
    weights: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Index:
    """Families; the families of a name (`fold_name`) and those in which a feature occurs, by place
    in `families`; and the English words by first letter."""

    families: tuple[Family, ...]
    names: dict[str, tuple[int, ...]]
    postings: dict[str, Posting]
    words: dict[str, tuple[str, ...]]


def build_index(entries: Iterable[Entry]) -> Index:
    """Index the datasets; about 50 us per name. Part models are not among them: their names differ
    by sizes, which are found by `footprint.parts`."""
    words = lexicon()
    grouped: dict[tuple[str, str], list[Entry]] = {}
    goods = (entry for entry in entries if entry.kind != "part")
    for entry in sorted(goods, key=lambda entry: entry.id):
        grouped.setdefault((_without_place(entry.name_en), entry.unit), []).append(entry)
    parsed: dict[str, Alias | None] = {}
    families = tuple(_family(members, words, parsed) for members in grouped.values())
    postings: dict[str, tuple[list[int], list[float]]] = {}
    names: dict[str, list[int]] = {}
    for at, family in enumerate(families):
        for name in family.names:
            names.setdefault(name, []).append(at)
        for feature, weight in _most(family.aliases).items():
            ats, weights = postings.setdefault(feature, ([], []))
            ats.append(at)
            weights.append(weight)
    by_letter: dict[str, list[str]] = {}
    for feature in sorted(postings):
        if len(feature) >= 4 and feature.isalpha() and not is_chinese(feature[0]):
            by_letter.setdefault(feature[0], []).append(feature)
    return Index(
        families,
        {name: tuple(found) for name, found in names.items()},
        {
            feature: Posting(np.array(ats, np.intp), np.array(weights))
            for feature, (ats, weights) in postings.items()
        },
        {letter: tuple(found) for letter, found in by_letter.items()},
    )


def _most(aliases: Iterable[Alias]) -> dict[str, float]:
    """The most that each feature weighs in one of these names."""
    most: dict[str, float] = {}
    for alias in aliases:
        own: dict[str, float] = {}
        for feature, weight in alias.features:
            own[feature] = own.get(feature, 0.0) + weight
        for feature, weight in own.items():
            if weight > most.get(feature, 0.0):
                most[feature] = weight
    most.pop("", None)
    return most


def _without_place(name: str) -> str:
    """A name's key without the place at its end: what the datasets of a family share."""
    text, _ = places().take(lexicon().plain(name))
    return fold_name(text)


def _family(members: list[Entry], words: Lexicon, parsed: dict[str, Alias | None]) -> Family:
    texts: dict[str, None] = {}
    for entry in members:
        for name in (entry.name_en, entry.name_zh):
            texts[name] = None
        texts.update(dict.fromkeys(entry.synonyms))
    aliases: dict[str, Alias] = {}
    for text in texts:
        if text not in parsed:
            parsed[text] = _alias(text, words)
        alias = parsed[text]
        if alias is not None:
            aliases.setdefault(alias.text, alias)
    names = frozenset(map(fold_name, (*texts, *aliases)))
    return Family(tuple(members), tuple(aliases.values()), names, purpose_of(members[0].name_en))


def _alias(text: str, words: Lexicon) -> Alias | None:
    """A name without its place; None if nothing but the place is left."""
    first: list[Piece] = []
    rest: list[Piece] = []
    kept = []
    for segment in _SEGMENTS.split(text):
        plain, place = places().take(words.plain(segment))
        found = pieces(normal(plain, words))
        if found:
            kept.append(plain.strip() if place else segment)
            (rest if first else first).extend(found)
    before, after = sum(map(_weight, first)), sum(map(_weight, rest))
    if not before:
        return None
    factor = min(1.0, _AFTER_COMMA * before / after) if after else 1.0
    whole = before + after * factor
    if all(piece.kind in {"form", "process", "stop"} for piece in first):
        whole /= _SHAPE_ONLY
    weighed = [(piece.feature, _weight(piece) / whole) for piece in first]
    weighed += [(piece.feature, _weight(piece) * factor / whole) for piece in rest]
    name = ", ".join(kept)
    known = frozenset(feature for feature, _ in weighed)
    return Alias(name, tuple(weighed), "zh" if any(map(is_chinese, name)) else "en", known)


def _weight(piece: Piece) -> float:
    return NAME_WEIGHT[piece.kind] * piece.share
