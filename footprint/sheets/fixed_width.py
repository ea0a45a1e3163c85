"""Printed lists: text whose columns stand below each other, held apart by blanks.

The columns are cut where every line of the table is blank. A line that reaches over such a place
would be torn, so then there are no columns there; where two columns could not be told apart
(blanks in the middle of a cell), the text is no table rather than a wrong one. Wide
characters take two places, as they do where such lists are printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from footprint.late_pattern import late_pattern

_RULER = late_pattern(r"[\s\-=_+|─═]*")
_RUNS = late_pattern(r"\S+")
#: Titles of sections and of the summary in lists of Creo.
_SECTION = late_pattern(
    r"\s*(?:(?:sub-?\s?)?assembly\s+\S.*\s+contains|summary of parts for assembly\s+\S.*?)\s*:\s*",
    re.I,
)
_CHUNKS = late_pattern(r"\S+(?: \S+)*")
#: Fewer columns or lines are text, not a table.
_LEAST_COLUMNS, _LEAST_LINES = 3, 3
#: Titles above a table may look like columns themselves.
_MOST_TITLES = 25
#: So much of the file has to be the table.
_LEAST_SHARE = 0.5


def fixed_width(lines: Sequence[str]) -> list[list[str]] | None:
    """The cells of every line, or None if the text is no table of this kind."""
    wide = [_unfolded(line.rstrip()) for line in lines]
    written = [line for line in wide if line.strip() and not _is_ruler(line)]
    ruler = next((line for line in wide if _is_ruler(line) and len(line.split()) > 2), "")
    block = [at for at, line in enumerate(wide) if _has_columns(line, ruler)]
    if len(block) < _LEAST_LINES or len(block) < _LEAST_SHARE * len(written):
        return None
    first, starts = _starts(wide, block)
    cells = [[_of_section(line)] if _of_section(line) else _cut(line, starts) for line in wide]
    first = next((at for at in block if at >= first and not _is_title(wide[at], cells[at])), first)
    table = [cells[at] for at in block if at >= first]
    for at in range(first):
        if _is_title(wide[at], cells[at]):
            cells[at] = [wide[at].replace("\0", "").strip()]
    return None if any(map(_joined, table)) or len(starts) < _LEAST_COLUMNS else cells


def _joined(row: Sequence[str]) -> bool:
    return any("  " in cell.strip() for cell in row)


def _is_title(line: str, cells: Sequence[str]) -> bool:
    """A line of keys and values above the columns, which are not its own."""
    return ":" in line and _joined(cells)


def _unfolded(line: str) -> str:
    """The line with a filler behind each wide character, so that places are those on paper."""
    if line.isascii():
        return line
    return "".join(
        char + "\0" if unicodedata.east_asian_width(char) in "WF" else char for char in line
    )


def _is_ruler(line: str) -> bool:
    return bool(line.strip()) and _RULER.fullmatch(line) is not None


def _of_section(line: str) -> str:
    """The title of a section, which has no cells (`Sub-Assembly  ROTOR  contains:`); else ""."""
    return " ".join(line.split()) if _SECTION.fullmatch(line) else ""


def _has_columns(line: str, ruler: str) -> bool:
    if _is_ruler(line) or _of_section(line):
        return False
    return len(_CHUNKS.findall(line)) >= _LEAST_COLUMNS or _is_ruled(line, ruler)


def _is_ruled(line: str, ruler: str) -> bool:
    """Whether a line holds a cell above or below three runs of a ruled line, and is blank where the
    ruled line is: its columns may stand one blank apart."""
    runs = [match.span() for match in _RUNS.finditer(ruler)]
    apart = all(not line[end : end + 1].strip() for _, end in runs[:-1])
    return apart and sum(bool(line[start:end].strip()) for start, end in runs) >= _LEAST_COLUMNS


def _starts(wide: Sequence[str], block: Sequence[int]) -> tuple[int, list[int]]:
    """The line that the table begins in and where its columns do: the most columns that all lines
    from there on agree on, each with cells in several lines."""
    rulers = [line for line in wide if _is_ruler(line) and " " in line.strip()]
    filled = [_filled(wide[at]) for at in block]
    taken = 0
    found: list[list[int]] = []
    for at, bits in zip(reversed(block), reversed(filled), strict=True):
        taken |= bits
        found.append(_columns(taken, rulers[0] if rulers else "", wide[at]))
    found.reverse()
    best: tuple[int, int, list[int]] = (0, 0, [])
    for at, starts in enumerate(found[:_MOST_TITLES]):
        ends = [*starts[1:], taken.bit_length()]
        used = sum(
            sum(bool(bits >> start & ((1 << end - start) - 1)) for bits in filled[at:]) > 1
            for start, end in zip(starts, ends, strict=True)
        )
        if used > best[0]:
            best = (used, block[at], starts)
    return best[1], best[2]


def _filled(line: str) -> int:
    """The places of a line that hold something, as bits."""
    return sum(1 << at for at, char in enumerate(line) if char != " ")


def _columns(taken: int, ruler: str, heading: str) -> list[int]:
    """Where columns begin: behind two blank places, or one where a ruled line is blank as well or
    a heading begins that stands apart from the one before it."""
    starts: list[int] = []
    gap = 2
    for at in range(taken.bit_length()):
        if taken >> at & 1:
            ruled = bool(ruler[at - gap : at]) and not ruler[at - gap : at].strip()
            apart = bool(heading[at : at + 1].strip()) and heading[at - 2 : at] == "  "
            if not starts or gap >= 2 or (gap and (ruled or apart)):
                starts.append(at)
            gap = 0
        else:
            gap += 1
    return starts


def _cut(line: str, starts: Sequence[int]) -> list[str]:
    if _is_ruler(line):
        return [line]
    if any(at and line[at - 1 : at].strip() and line[at : at + 1].strip() for at in starts):
        return [line.replace("\0", "").strip()]  # a title that reaches over columns
    ends = [*starts[1:], len(line)]
    return [
        line[start:end].replace("\0", "").rstrip()
        for start, end in zip([0, *starts[1:]], ends, strict=True)
    ]
