"""Places and what belongs to what: which laws hold in a country, and where none is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from footprint.plain_yaml import load_plain_yaml
from footprint.rules.words import Bilingual


@dataclass(frozen=True, slots=True)
class UnionPlaces:
    """Names by code (ISO 3166), and the union that a place belongs to."""

    names: Mapping[str, Bilingual]
    union_of: Mapping[str, str]

    def regions(self, code: str) -> tuple[str, ...]:
        """The regions whose law holds at a place: its own, and its union's."""
        union = self.union_of.get(code)
        return (code,) if union is None else (code, union)

    def members(self, union: str) -> tuple[str, ...]:
        """What belongs to a union; nothing for a place that is none."""
        return tuple(code for code, of in self.union_of.items() if of == union)


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
    names |= {code: Bilingual(**name) for code, name in data["places"].items()}
    return UnionPlaces(MappingProxyType(names), MappingProxyType(union_of))
