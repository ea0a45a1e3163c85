"""The QR code as runs of dark modules, so that it is crisp at any size and needs no second file."""

from __future__ import annotations

from functools import lru_cache

from label_templates.drawing.masks import best_code
from label_templates.drawing.shapes import Code

#: Quiet zone around the code, in modules: ISO/IEC 18004 asks for four.
QUIET = 4


def qr_code(url: str, x: float = 0.0, y: float = 0.0, side: float = 0.0) -> Code:
    """The code with its upper left corner at (x, y), its quiet zone within `side`; without a
    side, a module is one unit.

    Error correction level Q (a quarter may be lost), so that a scratched label still reads.
    """
    runs, modules = _runs(url)
    return Code(runs, x, y, round(side / modules, 5) if side else 1.0, modules)


@lru_cache(maxsize=256)
def _runs(url: str) -> tuple[tuple[tuple[int, int, int], ...], int]:
    """Runs (column, row, length), and the side with its quiet zone, in modules. Kept for the other
    forms of the same certificate: a code takes 2 ms, a label without it 2 ms."""
    matrix = best_code(url, "q").matrix
    runs = []
    for y, row in enumerate(matrix):
        x = 0
        while x < len(row):
            run = x
            while run < len(row) and row[run]:
                run += 1
            if run > x:
                runs.append((x + QUIET, y + QUIET, run - x))
            x = run + 1
    return tuple(runs), len(matrix) + 2 * QUIET
