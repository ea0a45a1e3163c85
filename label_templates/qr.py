"""The QR code as one SVG path, so that it is crisp at any size and needs no second file."""

from __future__ import annotations

from functools import lru_cache

import segno

#: Quiet zone around the code, in modules: ISO/IEC 18004 asks for four.
QUIET = 4


@lru_cache(maxsize=256)
def qr_path(url: str) -> tuple[str, int]:
    """SVG path data of the dark modules, one unit a module, and the side with its quiet zone.

    Error correction level Q (a quarter may be lost), so that a scratched label still reads. Kept
    for the other forms of the same certificate: a code takes 5 ms, a label without it 2 ms.
    """
    code = segno.make_qr(url, error="q", boost_error=False)
    path = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            run = x
            while run < len(row) and row[run]:
                run += 1
            if run > x:
                path.append(f"M{x + QUIET} {y + QUIET}h{run - x}v1h-{run - x}z")
            x = run + 1
    return "".join(path), len(code.matrix) + 2 * QUIET


def qr_svg(url: str) -> str:
    """The code alone as an SVG document."""
    path, side = qr_path(url)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{path}" fill="#000"/></svg>'
    )
