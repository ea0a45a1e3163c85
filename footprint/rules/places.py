"""Places and what belongs to what: which laws hold in a country, and where none is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from footprint.country_names import country_code, country_names, folded_place
from footprint.plain_yaml import load_plain_yaml
from footprint.rules.words import Bilingual
from footprint.values.decision import Citation, Confidence


@dataclass(frozen=True, slots=True)
class LookedFor:
    """What was looked for in a place whose law is not recorded, on which day, and what was found:
    too little to judge by."""

    says: Bilingual
    day: str
    confidence: Confidence
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class UnionPlaces:
    """Names by code (ISO 3166) of the places that are looked at, the union that a place belongs to,
    and what was looked for in those whose law is not recorded."""

    names: Mapping[str, Bilingual]
    union_of: Mapping[str, str]
    looked_for: Mapping[str, LookedFor]

    def code(self, text: str) -> str:
        """The code of a place that a text names or gives the code of: one that is looked at, or any
        country of ISO 3166; "" for what is none."""
        code = text.strip().upper()
        if code in self.names:
            return code
        folded = folded_place(text)
        named = (one for one, name in self.names.items() if folded in _folded(name))
        return next(named, "") or country_code(text)

    def called(self, code: str) -> Bilingual:
        """What a place is called that `code` gives."""
        return self.names[code] if code in self.names else Bilingual(*country_names(code))

    def regions(self, code: str) -> tuple[str, ...]:
        """The regions whose law holds at a place: its own, and its union's."""
        union = self.union_of.get(code)
        return (code,) if union is None else (code, union)

    def members(self, union: str) -> tuple[str, ...]:
        """What belongs to a union; nothing for a place that is none."""
        return tuple(code for code, of in self.union_of.items() if of == union)


def _folded(name: Bilingual) -> tuple[str, str]:
    return folded_place(name.en), folded_place(name.zh)


@cache
def union_places() -> UnionPlaces:
    """The places that ship with this version."""
    text = (resources.files("footprint.rules") / "data" / "places.yaml").read_text("utf-8")
    data = load_plain_yaml(text)
    names: dict[str, Bilingual] = {}
    union_of: dict[str, str] = {}
    for union, entry in data["unions"].items():
        names[union] = Bilingual(**entry["name"])
        for code, name in entry["members"].items():
            names[code] = Bilingual(**name)
            union_of[code] = union
    looked_for: dict[str, LookedFor] = {}
    for code, place in data["places"].items():
        names[code] = Bilingual(place["en"], place["zh"])
        if "looked_for" in place:
            looked_for[code] = _looked_for(place["looked_for"])
    return UnionPlaces(
        MappingProxyType(names), MappingProxyType(union_of), MappingProxyType(looked_for)
    )


def _looked_for(entry: Mapping[str, Any]) -> LookedFor:
    cited = tuple(
        Citation(each["title"], each["article"], each["href"]) for each in entry["reference"]
    )
    says = Bilingual(entry["en"], entry["zh"])
    return LookedFor(says, str(entry["day"]), entry["confidence"], cited)
