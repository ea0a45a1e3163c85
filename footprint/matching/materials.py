"""Designations of materials as drawings write them, and the class of material a line falls into."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from footprint.matching.kinds import MatchKind, kind_of_query
from footprint.matching.lexicon import lexicon
from footprint.matching.query import Query
from footprint.shipped_yaml import shipped_yaml


@dataclass(frozen=True, slots=True)
class MaterialClass:
    """A class of materials. `datasets` are patterns of ids whose spread gives its figure; `parent`
    is the wider class that counts where there are too few of them ("" = none); `why` says why
    these datasets stand for it."""

    id: str
    parent: str
    name_en: str
    name_zh: str
    datasets: tuple[str, ...]
    why: str
    words: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Materials:
    """Designations with what they mean, coats that are no materials, and classes by id."""

    designations: tuple[tuple[re.Pattern[str], str], ...]
    coats: re.Pattern[str]
    classes: dict[str, MaterialClass]

    def plain(self, text: str) -> str:
        """A material as the inventory's names call it: designations by their words, no coats."""
        plain = self.coats.sub(" ", lexicon().plain(text))
        for designation, meant in self.designations:
            plain = designation.sub(meant, plain)
        return plain

    def found(self, text: str) -> MaterialClass | None:
        """The first class whose words a text holds, coats left aside; None if there is none."""
        return _found(text)


@lru_cache(maxsize=8192)
def _found(text: str) -> MaterialClass | None:
    """`Materials.found`, remembered: the names of datasets are asked for again and again."""
    known = materials()
    plain = known.coats.sub(" ", lexicon().plain(text))
    return next((c for c in known.classes.values() if c.words and c.words.search(plain)), None)


@cache
def materials() -> Materials:
    """The designations and classes that ship with the program, read once."""
    data: dict[str, Any] = shipped_yaml("footprint.matching", "materials.yaml")
    return Materials(
        tuple((re.compile(pattern, re.ASCII), meant) for pattern, meant in data["designations"]),
        re.compile("".join(data["coats"].split("\n")).replace(" |", "|"), re.ASCII),
        {
            name: MaterialClass(
                name,
                row["parent"],
                row["en"],
                row["zh"],
                tuple(row["datasets"].split()),
                row["why"],
                re.compile(row["words"], re.ASCII) if row["words"] else None,
            )
            for name, row in data["classes"].items()
        },
    )


#: Kinds of metal parts, and what their names can say that they are made of: a wood screw is not.
_METALS = frozenset(("steel", "copper", "metal"))
_OF_FASTENERS = frozenset(
    ("steel-stainless", "steel", "aluminium", "copper", "zinc", "metal", "plastic")
)


def material_class_of(query: Query) -> MaterialClass | None:
    """The class of material that a line falls into, or None.

    What the part is (a cable, a circuit board) decides where its kind is of several materials; else
    the material column, then the name and the other columns, and last the kind's usual material.
    """
    known = materials()
    kind = kind_of_query(query)
    if kind is not None and kind.own:
        return known.classes[kind.material_class]
    if query.made_of:
        found = known.found(query.made_of)
        if found is not None:
            return _sterner(found, kind)
    metal = kind is not None and kind.material_class in _METALS
    for text in (query.name, query.category, query.specification):
        found = known.found(text) if text else None
        if found is not None and not (metal and found.id not in _OF_FASTENERS):
            return _sterner(found, kind)
    return known.classes[kind.material_class] if kind is not None else None


def _sterner(found: MaterialClass, kind: MatchKind | None) -> MaterialClass:
    """A word for a textile fibre is a textile in a thread or webbing, whatever plastic it is."""
    if kind is not None and kind.material_class == "textile":
        return materials().classes[kind.material_class]
    return found
