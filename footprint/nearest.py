"""The known name that a name is most probably a misspelling of."""

from __future__ import annotations

from collections.abc import Iterable

#: Names less alike than this are no misspelling of one another.
ALIKE = 0.5


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that `name` stands for; None when none is near. Case does not matter.

    Swapped, doubled and left-out letters count (Damerau-Levenshtein), and so does the beginning of
    a longer name, as `gwp` is of `gwp_set`.
    """
    from rapidfuzz import process  # noqa: PLC0415 - most starts need none of it
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    names = sorted(known)
    folded = name.lower()
    longer = [one for one in names if len(name) > 1 and one.lower().startswith(folded)]
    if longer:
        return longer[0]
    found = process.extractOne(
        folded,
        names,
        scorer=DamerauLevenshtein.normalized_similarity,
        processor=str.lower,
        score_cutoff=ALIKE,
    )
    return None if found is None else str(found[0])
