"""The fonts that are embedded, their metrics, and which characters they can show.

All of them come with packages, under the SIL Open Font License 1.1: Noto Sans CJK
(`noto-cjk-sans-otc`) in one face for each of Japanese, Korean, simplified and traditional Chinese,
Noto Sans (`fontpkg-noto-sans`) for Latin, Greek and Cyrillic, Noto Sans Thai
(`fontpkg-noto-sans-thai`). Noto Sans CJK has one weight only, so weight is made with size, colour
and outline in every language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from pathlib import Path

import fontpkg_noto_sans
import fontpkg_noto_sans_thai
from noto_cjk_sans_otc import FONT_PATH

from label_templates.type.opentype import Face, read_face

FAMILY = "Noto Sans CJK SC"
LATIN_FAMILY = "Noto Sans"
THAI_FAMILY = "Noto Sans Thai"
#: Bundled with typst: the last resort, for signs and scripts that the others lack.
FALLBACK_FAMILY = "DejaVu Sans Mono"
#: Every character of the fallback font is this wide, in em.
_FALLBACK_ADVANCE = 0.602

_COLLECTION = Path(str(FONT_PATH))
_LATIN_FILES = Path(fontpkg_noto_sans.ROOT) / "files"
_THAI_FILES = Path(fontpkg_noto_sans_thai.ROOT) / "files"
FONT_FOLDERS = (_COLLECTION.parent, _LATIN_FILES, _THAI_FILES)
#: File of each family, and its place in a collection.
_FACES: dict[str, tuple[Path, int | None]] = {
    "Noto Sans CJK JP": (_COLLECTION, 0),
    "Noto Sans CJK KR": (_COLLECTION, 1),
    FAMILY: (_COLLECTION, 2),
    "Noto Sans CJK TC": (_COLLECTION, 3),
    LATIN_FAMILY: (_LATIN_FILES / "NotoSans[wdth,wght].ttf", None),
    THAI_FAMILY: (_THAI_FILES / "NotoSansThai[wdth,wght].ttf", None),
}
#: The face that has the letter forms of each language's readers. In the others Latin letters come
#: from Noto Sans: the CJK faces lack some, and set curly quotes as wide as an ideograph.
_CJK_FACES = {
    "zh": FAMILY,
    "zh-Hant": "Noto Sans CJK TC",
    "ja": "Noto Sans CJK JP",
    "ko": "Noto Sans CJK KR",
}
#: Names the exact fonts in the renderer's id: another release may have other shapes.
FONT_ID = ", ".join(
    f"{package} {version(package)}"
    for package in ("noto-cjk-sans-otc", "fontpkg-noto-sans", "fontpkg-noto-sans-thai")
)
#: The CJK faces have no subscript digits: they are printed as plain digits (CO₂ reads CO2).
_STAND_INS = {0x2080 + digit: str(digit) for digit in range(10)}


@dataclass(frozen=True, slots=True)
class FontMetrics:
    """Advance widths in em of the characters of several faces; the first that has one counts."""

    faces: tuple[Face, ...]
    _known: dict[str, float] = field(default_factory=dict)

    def width(self, text: str, size: float) -> float:
        """Width of `text` set in one line at `size`, in the unit of `size`, without kerning.

        A character that the faces lack counts as one of the fallback font.
        """
        known = self._known
        total = 0.0
        for character in text:
            width = known.get(character)
            if width is None:
                found = self.find(character)
                width = known[character] = _FALLBACK_ADVANCE if found is None else found
            total += width
        return total * size

    def find(self, character: str) -> float | None:
        """The advance of a character in em, or None if no face has it."""
        widths = (face.width(ord(character)) for face in self.faces)
        return next((width for width in widths if width is not None), None)


def families(language: str) -> tuple[str, ...]:
    """The font families of a language, the first one first: each lends what those before lack."""
    cjk = _CJK_FACES.get(language)
    if cjk is None:
        return LATIN_FAMILY, THAI_FAMILY, FAMILY, FALLBACK_FAMILY
    return cjk, LATIN_FAMILY, THAI_FAMILY, FALLBACK_FAMILY


def printable(text: str) -> str:
    """`text` as it is printed with the embedded fonts."""
    return text if text.isascii() else text.translate(_STAND_INS)


def missing_characters(texts: Iterable[str]) -> str:
    """The characters of `texts` that no embedded font shows, each once, in code order."""
    used = set(printable("".join(set().union(*texts))))
    return "".join(sorted(c for c in used if metrics().find(c) is None))


@cache
def metrics(language: str = "zh") -> FontMetrics:
    """The metrics of the families of a language; read once, a few milliseconds."""
    return FontMetrics(tuple(_face(name) for name in families(language) if name in _FACES))


@cache
def _face(family: str) -> Face:
    return read_face(*_FACES[family])
