"""English words that a misspelt or shortened word may stand for, by the rapidfuzz library."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

#: How sure a correction is: one mistake, two mistakes in a long word, a word cut short.
ONE_MISTAKE, TWO_MISTAKES, CUT_SHORT = 0.9, 0.8, 0.8
_SHORTEST = 5
_LONG = 9
_SHORTEST_CUT = 4


def corrections(
    word: str, known: Sequence[str], never_typos: frozenset[str]
) -> list[tuple[str, float]]:
    """Known words that `word` may stand for, each with a factor below 1.

    `known` are words with the same first letter: people rarely get that one wrong. In words of up
    to five letters a wrong letter usually makes another word (grass, glass), so only a missing, a
    doubled or two swapped letters count. Words of `never_typos` are right as they are.
    """
    if word in never_typos or not word.isalpha():
        return []
    found: dict[str, float] = {}
    if len(word) >= _SHORTEST:
        allowed = 2 if len(word) >= _LONG else 1
        close = process.extract(
            word, known, scorer=OSA.distance, score_cutoff=allowed, limit=None, processor=None
        )
        for other, mistakes, _ in close:
            replaced = len(other) == len(word) and sorted(other) != sorted(word)
            if mistakes and not (replaced and len(word) <= _SHORTEST):
                found[other] = ONE_MISTAKE if mistakes == 1 else TWO_MISTAKES
    if len(word) >= _SHORTEST_CUT:
        for other in known:
            if len(other) >= len(word) + 2 and other.startswith(word):
                found.setdefault(other, CUT_SHORT)
    return sorted(found.items())
