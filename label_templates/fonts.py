"""The one font that is embedded, its metrics, and which characters it can show.

Noto Sans CJK (SIL Open Font License 1.1) comes with the package `noto-cjk-sans-otc`. Text is
measured from the font's own tables (OpenType `cmap` format 12, `hhea`, `hmtx`); the three tables
take few lines to read, so no font library is needed. Only the regular weight exists: weight is
made with size and colour.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from noto_cjk_sans_otc import FONT_PATH

FAMILY = "Noto Sans CJK SC"
FONT_FILE = Path(str(FONT_PATH))
#: Names the exact font in the renderer's id: another release may have other shapes.
FONT_ID = f"noto-cjk-sans-otc {version('noto-cjk-sans-otc')}"
#: Bundled with typst: shows letters that the first lacks, such as Polish and Turkish ones.
FALLBACK_FAMILY = "DejaVu Sans Mono"
#: Every character of the fallback font is this wide, in em.
_FALLBACK_ADVANCE = 0.602
#: Place of the simplified Chinese face in the collection.
_FACE = 2
#: The font has no subscript digits: they are printed as plain digits (CO₂ reads CO2).
_STAND_INS = {0x2080 + digit: str(digit) for digit in range(10)}


@dataclass(frozen=True, slots=True)
class Metrics:
    """Advance widths in units of the em, by character code, and the em's size in those units."""

    units_per_em: int
    advances: dict[int, int]

    def width(self, text: str, size: float) -> float:
        """Width of `text` set in one line at `size`, in the unit of `size`, without kerning.

        A character that the font lacks counts as one of the fallback font.
        """
        other = _FALLBACK_ADVANCE * self.units_per_em
        total = sum(self.advances.get(ord(c), other) for c in text)
        return total * size / self.units_per_em


def printable(text: str) -> str:
    """`text` as it is printed with the embedded font."""
    return text.translate(_STAND_INS)


def missing_characters(texts: Iterable[str]) -> str:
    """The characters of `texts` that cannot be printed, each once, in code order."""
    used = {c for text in texts for c in printable(text)}
    return "".join(sorted(c for c in used if ord(c) not in metrics().advances))


@cache
def metrics() -> Metrics:
    """The metrics of the simplified Chinese face; read once, some 30 ms."""
    with FONT_FILE.open("rb") as file:
        data = file.read()
    (face,) = struct.unpack_from(">I", data, 12 + 4 * _FACE)
    (count,) = struct.unpack_from(">H", data, face + 4)
    tables = {
        data[entry : entry + 4]: struct.unpack_from(">I", data, entry + 8)[0]
        for entry in range(face + 12, face + 12 + 16 * count, 16)
    }
    (units_per_em,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
    (long_metrics,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
    # An entry is (advance, bearing); glyphs beyond the last entry share its advance.
    widths = struct.unpack_from(f">{2 * long_metrics}H", data, tables[b"hmtx"])[::2]
    advances = {
        code: widths[min(glyph, long_metrics - 1)] for code, glyph in _glyphs(data, tables[b"cmap"])
    }
    return Metrics(units_per_em, advances)


def _glyphs(data: bytes, cmap: int) -> Iterable[tuple[int, int]]:
    """(character code, glyph) pairs of the `cmap` subtable for all of Unicode."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    for entry in range(cmap + 4, cmap + 4 + 8 * count, 8):
        platform, encoding, offset = struct.unpack_from(">HHI", data, entry)
        if (platform, encoding) == (3, 10):
            break
    else:
        raise ValueError(f"{FONT_FILE} has no Unicode character map")
    (groups,) = struct.unpack_from(">I", data, cmap + offset + 12)
    for first, last, glyph in struct.iter_unpack(
        ">III", data[cmap + offset + 16 : cmap + offset + 16 + 12 * groups]
    ):
        for code in range(first, last + 1):
            yield code, glyph + code - first
