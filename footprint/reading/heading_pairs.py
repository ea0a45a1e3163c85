"""Headings of two rows, or below the title of a group: what each column has of both."""

from __future__ import annotations

from footprint.reading.grid import cell_at, filled_cells, text_of
from footprint.reading.heading_means import Heading
from footprint.reading.headings import read_heading
from footprint.reading.units import per_of, unit_of
from footprint.reading.vocabulary import fold
from footprint.sheets.model import Sheet

#: `Dimensions` above `Length`, `Width`, `Thickness`.
_OF_SIDES = {("dimensions",), ("spec",)}
_SIDES = {("length",), ("width",), ("thickness",), ("height",)}


def is_unit(text: str) -> bool:
    """Whether a cell below a heading is its unit."""
    bare = text.strip("()[]（） ")
    return (
        unit_of(bare) is not None
        or per_of(bare) is not None
        or fold(bare) in {"g/cm3", "kg/m3", "-"}
    )


def headings_of(sheet: Sheet, at: int, second: int | None) -> tuple[Heading, ...]:
    """The headings of the row, with what a second row or a merged cell above them adds."""
    first = sheet.rows[at - 1]
    width = max(len(first), len(sheet.rows[second - 1]) if second else 0)
    groups = _groups(sheet, at)
    found: list[Heading] = []
    carried = ""
    for column in range(1, width + 1):
        text = text_of(cell_at(first, column))
        under = text_of(cell_at(sheet.rows[second - 1], column)) if second else ""
        if under and not text and column > 1 and found[-1].text and not is_unit(under):
            over = text_of(cell_at(first, column - 1)) or carried
            both, alone = read_heading(f"{over} {under}"), read_heading(under)
            carried = over
            best = alone if alone.score > both.score else both
            unit = best.unit or both.unit
            found.append(Heading(f"{over} {under}", best.means, unit, best.score))
            continue
        carried = ""
        found.append(_combined(text, under, groups.get(column, "")))
    return tuple(found)


def _groups(sheet: Sheet, at: int) -> dict[int, str]:
    """Titles in merged cells above the headings, or in cells that stand above empty ones."""
    groups: dict[int, str] = {}
    if at < 2:
        return groups
    for top, left, bottom, right in sheet.merged:
        if bottom == at - 1 and right > left and top >= at - 2:
            title = text_of(cell_at(sheet.rows[top - 1], left))
            width = len(sheet.rows[at - 1])
            if title and not (left == 1 and right >= width):
                groups.update(dict.fromkeys(range(left, right + 1), title))
    above = filled_cells(sheet.rows[at - 2])
    if not groups and len(above) <= 3 and len(filled_cells(sheet.rows[at - 1])) >= 4:
        for column, cell in above:
            heading = read_heading(text_of(cell))
            if column > 1 and heading.means[:1] in {("quantity",), ("unit_mass",)}:
                ends = [other for other, _ in above if other > column]
                last = (min(ends) - 1) if ends else len(sheet.rows[at - 1])
                groups.update(dict.fromkeys(range(column, last + 1), text_of(cell)))
    return groups


def _combined(text: str, under: str, group: str) -> Heading:
    heading = read_heading(text)
    if under and is_unit(under) and heading.unit is None:
        with_unit = read_heading(f"{text} ({under.strip('()[] ')})")
        heading = Heading(text, with_unit.means or heading.means, with_unit.unit, heading.score)
    elif under:
        both = read_heading(f"{text} {under}") if text else read_heading(under)
        lower = read_heading(under)
        side = heading.means[:1] in _OF_SIDES and lower.means[:1] in _SIDES
        better = lower if lower.score > heading.score or not text or side else both
        heading = better if better.score >= heading.score else heading
        unit = heading.unit or both.unit
        heading = Heading(" ".join(filter(None, (text, under))), heading.means, unit, heading.score)
    if group and not heading.group:
        heading = Heading(heading.text, heading.means, heading.unit, heading.score, fold(group))
    return heading
