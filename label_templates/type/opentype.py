"""Reads from an OpenType font which characters it has and how wide each of them is.

Three tables say it: `cmap` (formats 4 and 12), `hhea` and `hmtx`. They take few lines to read, so
no font library is needed. Of a variable font these are the widths of its default instance.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path

#: Where the character maps for all of Unicode, and for its first plane, say they are.
_ALL_OF_UNICODE, _FIRST_PLANE = (3, 10), (3, 1)


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font file. `firsts`, `lasts` and `glyphs` are runs of characters, in order."""

    firsts: tuple[int, ...]
    lasts: tuple[int, ...]
    glyphs: tuple[int, ...]
    widths: tuple[float, ...]

    def width(self, code: int) -> float | None:
        """The advance of a character in em, or None if the face lacks it."""
        run = bisect_right(self.firsts, code) - 1
        if run < 0 or code > self.lasts[run]:
            return None
        glyph = self.glyphs[run] + code - self.firsts[run]
        # An entry is (advance, bearing); glyphs beyond the last entry share its advance.
        return self.widths[min(glyph, len(self.widths) - 1)]


def read_face(path: Path, place: int | None = None) -> Face:
    """The face of a font file, or the face at `place` of a collection. Takes a few milliseconds.

    Raises ValueError for a font without a Unicode character map.
    """
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        start = 0
        if place is not None:
            (start,) = struct.unpack_from(">I", data, 12 + 4 * place)
        (count,) = struct.unpack_from(">H", data, start + 4)
        tables = {
            data[entry : entry + 4]: struct.unpack_from(">I", data, entry + 8)[0]
            for entry in range(start + 12, start + 12 + 16 * count, 16)
        }
        (units_per_em,) = struct.unpack_from(">H", data, tables[b"head"] + 18)
        (long_metrics,) = struct.unpack_from(">H", data, tables[b"hhea"] + 34)
        advances = struct.unpack_from(f">{2 * long_metrics}H", data, tables[b"hmtx"])[::2]
        runs = sorted(_runs(data, tables[b"cmap"], path))
    firsts, lasts, glyphs = zip(*runs, strict=True)
    return Face(firsts, lasts, glyphs, tuple(advance / units_per_em for advance in advances))


def _runs(data: mmap, cmap: int, path: Path) -> Iterable[tuple[int, int, int]]:
    """(first character, last character, glyph of the first) of the fullest Unicode map."""
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    entries = (struct.unpack_from(">HHI", data, cmap + 4 + 8 * place) for place in range(count))
    maps = {(platform, encoding): cmap + offset for platform, encoding, offset in entries}
    if _ALL_OF_UNICODE in maps:
        return _format_12(data, maps[_ALL_OF_UNICODE])
    if _FIRST_PLANE in maps:
        return _format_4(data, maps[_FIRST_PLANE])
    raise ValueError(f"{path} has no Unicode character map")


def _format_12(data: mmap, table: int) -> Iterable[tuple[int, int, int]]:
    (groups,) = struct.unpack_from(">I", data, table + 12)
    return struct.iter_unpack(">III", data[table + 16 : table + 16 + 12 * groups])


def _format_4(data: mmap, table: int) -> Iterable[tuple[int, int, int]]:
    """Segments with a constant difference, or with an array of glyphs of their own."""
    (twice,) = struct.unpack_from(">H", data, table + 6)
    form = f">{twice // 2}H"
    lasts = struct.unpack_from(form, data, table + 14)
    firsts = struct.unpack_from(form, data, table + 16 + twice)
    deltas = struct.unpack_from(form, data, table + 16 + 2 * twice)
    offsets_at = table + 16 + 3 * twice
    offsets = struct.unpack_from(form, data, offsets_at)
    for place, (first, last, delta, offset) in enumerate(
        zip(firsts, lasts, deltas, offsets, strict=True)
    ):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                at = offsets_at + 2 * place + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", data, at)
            glyph = (glyph + delta) & 0xFFFF if glyph or not offset else 0
            if glyph:
                yield code, code, glyph
