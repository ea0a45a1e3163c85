"""The place that a cell names: a country, a part of one, or an address that ends in them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from footprint.country_names import country_named
from footprint.late_pattern import late_pattern
from footprint.locations import is_within
from footprint.matching.lexicon import is_chinese, lexicon
from footprint.matching.places import places

#: What may follow a place in a Chinese address: a town, a district, a street.
_TOWN = late_pattern(r"[\u4e00-\u9fff]{1,12}")
_PART_OF_ADDRESS = late_pattern(r"[,，;；、/()（）]+")
#: With such a word before it a name is that of another place: New Jersey, Gulf of Mexico. Names of
#: several words (Northern Ireland, South Korea) are looked for first.
_ANOTHER = frozenset(("new", "of"))
#: Countries of ISO 3166 that addresses write within another one (`Hong Kong, China`).
_WRITTEN_WITHIN = {
    **dict.fromkeys(("HK", "MO", "TW"), "CN"),
    **dict.fromkeys(("AS", "GU", "MP", "PR", "VI"), "US"),
}


def place_named(text: str) -> str:
    """The code of a place that a cell names (`China`, `广东`), or ""; of an address that ends in
    one (`Ningbo, Zhejiang, China`) or in Chinese begins with one (`浙江宁波`), the narrowest.

    What two places are called (`Georgia`) is none, unless the address says which (`Georgia, USA`).
    """
    parts = [one.strip() for one in _PART_OF_ADDRESS.split(text) if one.strip()]
    whole = _called(text)
    found = [whole] if whole else [codes for part in parts for codes in _codes_in(part)]
    known = [codes for codes in found if codes]
    # `Plate, China Grey`: only where the last word, or the first one, is a place.
    if not known or not (found[-1] or found[0]):
        return ""
    possible = {
        code
        for code in frozenset().union(*known)
        if all(any(_within(code, other) for other in codes) for codes in known)
    }
    return possible.pop() if len(possible) == 1 else ""


def _within(code: str, area: str) -> bool:
    return is_within(code, area) or _WRITTEN_WITHIN.get(code) == area


def _called(name: str) -> frozenset[str]:
    """The places that are called so."""
    found = (places().codes.get(lexicon().plain(name).strip(), ""), country_named(name))
    return frozenset(filter(None, found))


def _codes_in(part: str) -> Iterator[frozenset[str]]:
    """The places that the words of a part of an address name, longest names first; empty for a
    word that names none, and for a name that another word makes that of another place."""
    words = part.split()
    at = 0
    while at < len(words):
        ends = range(len(words), at, -1)
        end = next((end for end in ends if _called(" ".join(words[at:end]))), at + 1)
        codes = _called(" ".join(words[at:end])) or _in_chinese(words[at])
        other = at > 0 and words[at - 1].casefold() in _ANOTHER
        yield frozenset() if other else codes
        at = end


@cache
def _longest_first() -> tuple[tuple[str, str], ...]:
    """Names of places with their codes, in the order in which an address is read."""
    return tuple(sorted(places().codes.items(), key=lambda one: -len(one[0])))


def _in_chinese(text: str) -> frozenset[str]:
    """The place that a Chinese address begins with: the narrowest, before the town."""
    if not is_chinese(text[0]):
        return frozenset()
    code, left = "", text
    while found := next(((n, c) for n, c in _longest_first() if left.startswith(n)), None):
        name, inner = found
        if code and not _within(inner, code):
            return frozenset()
        code, left = inner, left[len(name) :]
    return frozenset((code,)) if code and (not left or _TOWN.fullmatch(left)) else frozenset()
