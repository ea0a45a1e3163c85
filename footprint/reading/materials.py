"""Materials by the words of a list: family and density in kg/m3 with its range."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from footprint.late_pattern import late_pattern
from footprint.reading.vocabulary import fold, load, row_words, words_of

#: Families whose members are taken for one another in lists; a note that names another group than
#: the material column contradicts it.
_METALS = frozenset("steel aluminium copper brass bronze zinc magnesium titanium".split()) | {
    "stainless steel",
    "cast iron",
}
_PLASTICS = frozenset(
    "ABS PC/ABS PP PE HDPE LDPE PS PVC PET PC PMMA POM PA PBT PLA TPU PTFE".split()
) | {"PA GF", "PBT GF", "PP filled"}


@dataclass(frozen=True, slots=True)
class Material:
    """A family of materials: density in kg/m3 (low, typical, high) and the source of the range."""

    family: str
    low: float
    typical: float
    high: float
    source: str

    @property
    def group(self) -> str:
        """`metal`, `plastic`, or the family itself."""
        if self.family in _METALS:
            return "metal"
        return "plastic" if self.family in _PLASTICS else self.family


@cache
def _table() -> tuple[dict[str, Material], re.Pattern[str]]:
    data = load("materials")
    table: dict[str, Material] = {}
    for row in data["materials"]:
        source = data["sources"][row["source"]]
        material = Material(
            row["family"], float(row["low"]), float(row["typical"]), float(row["high"]), source
        )
        for word in words_of(row["words"]):
            table.setdefault(fold(word), material)
    ordered = sorted(table, key=lambda word: (-len(word), word))
    latin = "|".join(re.escape(word) for word in ordered if word.isascii())
    other = "|".join(re.escape(word) for word in ordered if not word.isascii())
    return table, re.compile(rf"(?<![a-z0-9])(?:{latin})(?![a-z0-9])|{other}")


@lru_cache(maxsize=8192)
def material_of(text: str) -> Material | None:
    """The material that a text names (the longest word wins), or None."""
    if not text:
        return None
    table, pattern = _table()
    folded = fold(text)
    if folded in table:
        return table[folded]
    found = pattern.findall(folded)
    return table[max(found, key=len)] if found else None


def is_default(text: str) -> bool:
    """Whether the cell holds what a CAD program writes where nobody chose a material."""
    return fold(text) in row_words("cad_default") or text.strip() in {"-", "--", "~", "?", "/"}


_MADE = late_pattern(
    r"(?:printed|print|printing|made|moulded|molded|cast|machined|gedruckt|aus|stampato|imprime|impreso|druk)\s*(?:in|of|from|with|w|en|aus|z|di)?\s+(?P<what>.+)"
)


def material_contradiction(material: str, description: str) -> tuple[str, str] | None:
    """The families that a material column and a description name where they cannot both be right:
    CAD programs fill in a default material, and the note says what was really used."""
    own = material_of(material)
    match = _MADE.search(fold(description)) if description else None
    told = (
        material_of(match["what"])
        if match
        else (material_of(description) if fold(description) in _table()[0] else None)
    )
    if own is None or told is None or own.group == told.group:
        return None
    return own.family, told.family
