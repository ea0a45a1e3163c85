"""Places in names, and how near a dataset's place is to a line's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from footprint.locations import REGIONS, is_within
from footprint.matching.lexicon import Spellings, lexicon
from footprint.shipped_yaml import shipped_yaml

#: Nearness of a dataset, from the best: the place itself; the country around it or a part of it;
#: a region that it belongs to; the world; another region; another country.
HERE, COUNTRY, OWN_REGION, WORLD, OTHER_REGION, ELSEWHERE = range(6)
_WORLD_WIDE = frozenset(("GLO", "RoW"))


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places, their codes, and the countries of the regions."""

    codes: dict[str, str]
    spellings: Spellings
    regions: dict[str, frozenset[str]]

    def take(self, text: str) -> tuple[str, str]:
        """Text without the names of places, and the code of the first one ("" if none).

        `text` is plain (`Lexicon.plain`). English names are looked for before Chinese ones.
        """
        found: list[str] = []

        def taken(name: str) -> str:
            found.append(name)
            return " "

        text = self.spellings.sub(taken, text)
        return text, self.codes[found[0]] if found else ""


@cache
def _table() -> dict[str, Any]:
    data: dict[str, Any] = shipped_yaml("footprint.matching", "places.yaml")
    return data


@cache
def places() -> Places:
    """The places that ship with the program, read once."""
    data = _table()
    codes = {
        lexicon().plain(name.strip()): code
        for code, names in data["names"].items()
        for name in names.split("|")
    }
    regions = {region: frozenset(words.split()) for region, words in data["regions"].items()}
    return Places(codes, Spellings(codes), regions)


@cache
def place_names(language: str) -> dict[str, str]:
    """What places are called, by code: `en`, or `zh` where a Chinese name is known."""
    data = _table()
    found = {}
    for code, names in data["names"].items():
        known = [name.strip() for name in names.split("|")]
        chinese = [name for name in known if any("\u4e00" <= one <= "\u9fff" for one in name)]
        found[code] = (chinese or known)[0] if language == "zh" else known[0]
    return found


@lru_cache(maxsize=65_536)
def distance(place: str, location: str) -> int:
    """How near a dataset at `location` is to `place` ("" = unknown), from `HERE` to `ELSEWHERE`."""
    if place and place == location:
        return HERE
    if place and (is_within(place, location) or is_within(location, place)):
        return COUNTRY
    if location in _WORLD_WIDE:
        return WORLD
    if location in REGIONS:
        own = place.split("-", maxsplit=1)[0] in places().regions.get(location, ())
        return OWN_REGION if own else OTHER_REGION
    return ELSEWHERE


@lru_cache(maxsize=65_536)
def fallback(place: str, location: str) -> str:
    """What to say when a dataset is not of the place asked for; empty if it is."""
    if not place or is_within(place, location) or is_within(location, place):
        return ""
    return f"not of {place}: {location} stands in"
