"""Places in names, and how near a dataset's place is to a line's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from footprint.locations import REGIONS, is_within
from footprint.matching.lexicon import Spellings, lexicon

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
def places() -> Places:
    """The places that ship with the program, read once."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("footprint.matching") / "places.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, loader)  # noqa: S506  # both loaders are safe ones
    codes = {
        lexicon().plain(name.strip()): code
        for code, names in data["names"].items()
        for name in names.split("|")
    }
    regions = {region: frozenset(words.split()) for region, words in data["regions"].items()}
    return Places(codes, Spellings(codes), regions)


def place_named(text: str) -> str:
    """The code of a place that a cell names (`China`, `广东`), or ""; of an address that ends in
    one (`Ningbo, Zhejiang, China`) or in Chinese begins with one (`浙江宁波`), the narrowest."""
    return places().codes.get(lexicon().plain(text).strip()) or _address(text)


#: What may follow a place in a Chinese address: a town, a district, a street.
_TOWN = re.compile(r"[\u4e00-\u9fff]{1,12}")
_PART_OF_ADDRESS = re.compile(r"[,，;；、/()（）\s]+")


def _address(text: str) -> str:
    parts = [one for one in _PART_OF_ADDRESS.split(text) if one]
    found = [_beginning(one) for one in parts]
    known = [code for code in found if code]
    # `Plate, China Grey`: only where the last part (or, in Chinese, the first) is a place.
    if not known or not (found[-1] or found[0]):
        return ""
    narrowest = max(known, key=len)
    return narrowest if all(is_within(narrowest, code) for code in known) else ""


@cache
def _longest_first() -> tuple[tuple[str, str], ...]:
    """Names of places with their codes, in the order in which an address is read."""
    return tuple(sorted(places().codes.items(), key=lambda one: -len(one[0])))


def _beginning(part: str) -> str:
    """The place that a part of an address is, or in Chinese begins with."""
    plain = lexicon().plain(part).strip()
    if plain in places().codes:
        return places().codes[plain]
    code, left = "", part
    while found := next(((n, c) for n, c in _longest_first() if left.startswith(n)), None):
        name, inner = found
        if code and not is_within(inner, code):
            return ""
        code, left = inner, left[len(name) :]
    return code if not left or _TOWN.fullmatch(left) else ""


@cache
def place_names(language: str) -> dict[str, str]:
    """What places are called, by code: `en`, or `zh` where a Chinese name is known."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = (files("footprint.matching") / "places.yaml").read_text("utf-8")
    data: dict[str, Any] = yaml.load(text, loader)  # noqa: S506  # both loaders are safe ones
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


def fallback(place: str, location: str) -> str:
    """What to say when a dataset is not of the place asked for; empty if it is."""
    if not place or is_within(place, location) or is_within(location, place):
        return ""
    return f"not of {place}: {location} stands in"
