"""Which of the eight masks of ISO/IEC 18004 suits a QR code, told a whole code at a time.

segno tells it module by module, which took 4 of the 5 ms of a code. Here a code is one long number,
a bit a module, and a comparison of all modules with their neighbours one operation. The points are
segno's (ISO/IEC 18004:2015, 7.8.3.1), so that the codes are the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import segno
from segno import consts

#: Light modules between two rows: more than a pattern is long, so that none reaches over.
_GAP = 8
#: Modules of a side from which on a code names its version (7).
_WITH_VERSION = 45
_DIGITS = bytes.maketrans(b"\0\1", b"01")
#: What stands in each code of a version alike.
_FIXED = frozenset(
    (
        consts.TYPE_FINDER_PATTERN_DARK,
        consts.TYPE_FINDER_PATTERN_LIGHT,
        consts.TYPE_SEPARATOR,
        consts.TYPE_ALIGNMENT_PATTERN_DARK,
        consts.TYPE_ALIGNMENT_PATTERN_LIGHT,
        consts.TYPE_TIMING_DARK,
        consts.TYPE_TIMING_LIGHT,
    )
)


@dataclass(frozen=True, slots=True)
class _Plan:
    """A code of a version: how many modules a side has, all its modules, those that are compared,
    and each mask; the last two by rows and by columns."""

    side: int
    every: int
    compared: tuple[int, int]
    masks: tuple[tuple[int, int], ...]


def best_code(text: str, error: str) -> segno.QRCode:
    """The QR code of `text` with the mask that has the fewest points, as `segno.make_qr` makes it
    without boosting the error level."""
    first = segno.make_qr(text, error=error, boost_error=False, mask=0)
    plan = _plan(int(first.version))
    rows = [bytes(row) for row in first.matrix]
    drawn = _both(rows)
    points = []
    for mask in plan.masks:
        across, down = (
            (whole ^ one ^ other) & compared
            for whole, one, other, compared in zip(
                drawn, plan.masks[0], mask, plan.compared, strict=True
            )
        )
        points.append(_points(across, down, plan))
    best = points.index(min(points))
    return segno.make_qr(text, error=error, boost_error=False, mask=best) if best else first


@lru_cache(maxsize=40)
def _plan(version: int) -> _Plan:
    blank = segno.make_qr("1", version=version, error="l", boost_error=False, mask=0)
    kinds = [list(row) for row in blank.matrix_iter(border=0, verbose=True)]
    side = len(kinds)
    compared = [bytes(not _is_later(i, j, side) for j in range(side)) for i in range(side)]
    masks = []
    for mask in range(8):
        rows = [
            bytes(
                kind not in _FIXED and not _is_later(i, j, side) and _is_dark(mask, i, j)
                for j, kind in enumerate(row)
            )
            for i, row in enumerate(kinds)
        ]
        masks.append(_both(rows))
    return _Plan(side, _number([b"\1" * side] * side), _both(compared), tuple(masks))


def _is_later(i: int, j: int, side: int) -> bool:
    """Whether a module is written once the mask is chosen: format, version, and the dark module
    (ISO/IEC 18004:2015, 7.9 and 7.10)."""
    low, high = min(i, j), max(i, j)
    if high == 8 or (low == 8 and high >= side - 8):
        return low != 6
    return side >= _WITH_VERSION and low < 6 and side - 11 <= high <= side - 9


def _is_dark(mask: int, i: int, j: int) -> bool:
    """Whether a mask changes the module in row i and column j (ISO/IEC 18004:2015, table 10)."""
    return not (
        (i + j) % 2,
        i % 2,
        j % 3,
        (i + j) % 3,
        (i // 2 + j // 3) % 2,
        i * j % 2 + i * j % 3,
        (i * j % 2 + i * j % 3) % 2,
        ((i + j) % 2 + i * j % 3) % 2,
    )[mask]


def _both(rows: Sequence[bytes]) -> tuple[int, int]:
    """A matrix row by row and column by column."""
    return _number(rows), _number([bytes(column) for column in zip(*rows, strict=True)])


def _number(rows: Sequence[bytes]) -> int:
    """Rows of 0 and 1 as one number, the first module in its lowest bit."""
    whole = (b"\0" * _GAP).join(rows)
    return int(whole.translate(_DIGITS)[::-1], 2)


def _points(across: int, down: int, plan: _Plan) -> int:
    """The points of a code, given by its rows and by its columns: the fewest are the best."""
    every, width = plan.every, plan.side + _GAP
    found = 0
    for line in (across, down):
        same = ~(line ^ line >> 1) & every & every >> 1
        fives = same & same >> 1 & same >> 2 & same >> 3
        # A run of n modules has n - 4 fives and n - 2 points.
        found += fives.bit_count() + 2 * (fives & ~(fives << 1)).bit_count()
        found += _finders(line)
    same = ~(across ^ across >> 1) & every & every >> 1
    below = ~(across ^ across >> width) & every & every >> width
    found += 3 * (same & same >> width & below).bit_count()
    share = across.bit_count() / plan.side**2
    return found + 10 * int(abs(share * 100 - 50) / 5)  # as segno rounds it


def _finders(line: int) -> int:
    """40 points for each pattern like a finder's (dark, light, three dark, light, dark) with four
    light modules, or the edge, beside it."""
    dark = line & line >> 2 & line >> 3 & line >> 4 & line >> 6
    patterns = dark & ~(line >> 1) & ~(line >> 5)
    before = line << 1 | line << 2 | line << 3 | line << 4
    behind = line >> 7 | line >> 8 | line >> 9 | line >> 10
    counted = patterns & ~(before & behind)
    found = 0
    while patterns:
        first = patterns & -patterns
        counts = bool(first & counted)
        found += 40 * counts
        # What overlaps a pattern that was found is none.
        patterns &= -(first << (7 if counts else 4))
    return found
