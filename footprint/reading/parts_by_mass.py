"""Headings that say parts by mass, as recipes of rubber and plastics do."""

from __future__ import annotations

from footprint.late_pattern import late_pattern
from footprint.reading.vocabulary import fold, folded_words

#: Parts by mass: recipes of rubber and plastics are written for 100 of the polymer.
_PARTS = folded_words(
    "phr|pbw|parts by weight|parts by mass|weight parts|parts per hundred|重量份|质量份|重量部|"
    "質量部|gewichtsteile|massenteile|중량부|pce|parties en poids|partes por cem"
)
_BRACKETED = late_pattern(r"[(（\[]\s*([^)）\]]+?)\s*[)）\]]")


def are_parts(heading: str) -> bool:
    """Whether a heading says parts by mass: `phr`, `配合量(phr)`."""
    return fold(heading) in _PARTS or any(
        fold(inside) in _PARTS for inside in _BRACKETED.findall(heading)
    )
