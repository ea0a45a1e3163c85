"""Masses that stand beside shares of them: the materials of one part in several rows, each with the
mass of the whole part, as declarations of materials have them."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.reading.builder import Builder
from footprint.reading.headings import read_heading
from footprint.reading.model import ReadLine
from footprint.reading.rests import is_rest
from footprint.reading.units import MASS

#: Shares of one part make 100 %, in figures that are rounded.
_WHOLE, _ROUNDED = 100.0, 0.5
#: Two shares of masses that differ by no more are the same.
_SAME = 0.01


def masses_of_shares(builder: Builder) -> None:
    """Where the shares of rows below each other make up the mass that all of them state, each row
    is its share of that mass. Each row had counted as the whole part. Shares that are those of the
    masses themselves say nothing more."""
    column = _column_of_shares(builder)
    if not column or "unit_mass" not in builder.where or builder.reading.documented:
        return
    lines = builder.reading.lines
    rows = [(line, builder.stated_kg(line), _share(builder, line, column)) for line in lines]
    if not all(mass and share for _, mass, share in rows) or _are_of_all(rows):
        return
    parts = list(_parts(rows))
    if not parts or all(len(part) == 1 for part in parts):
        return
    for line, mass, share in (row for part in parts for row in part):
        pieces = line.quantity if line.unit == "piece" else 1.0
        line.quantity = None if pieces is None else round(pieces * mass * share / _WHOLE, 12)
        line.unit = "kg"
        builder.measures[line.row].pop("unit_mass", None)
        builder.gather("=quantity", "mass_by_share", line.row)
    builder.counted_rows.clear()


Row = tuple[ReadLine, float, float]


def _parts(rows: list[Row]) -> Iterator[list[Row]]:
    """The rows of each part; none at all where the shares of one do not make a whole."""
    found: list[list[Row]] = []
    part: list[Row] = []
    for row in rows:
        if part and abs(row[1] - part[0][1]) > _SAME * part[0][1]:
            return
        part.append(row)
        whole = sum(share for _, _, share in part)
        if whole > _WHOLE + _ROUNDED:
            return
        if whole >= _WHOLE - _ROUNDED:
            found.append(part)
            part = []
    if not part:
        yield from found


def _are_of_all(rows: list[Row]) -> bool:
    """Whether each share is that of the row's mass in the sum of all."""
    masses, shares = sum(mass for _, mass, _ in rows), sum(share for _, _, share in rows)
    return all(abs(mass / masses - share / shares) <= _SAME for _, mass, share in rows)


def _column_of_shares(builder: Builder) -> int:
    """The only column whose heading is one of shares, or 0."""
    columns = [
        one.index
        for one in builder.meanings.columns
        if read_heading(one.header).means[:1] == ("share",) and one.means != "loss"
    ]
    return columns[0] if len(columns) == 1 else 0


def _share(builder: Builder, line: ReadLine, column: int) -> float:
    found = builder.amount_at(line.row, column)
    return (found.value or 0.0) * (_WHOLE if found.percent else 1.0)


def shares_of_parents(builder: Builder) -> None:
    """Shares below a row are shares of it: of a kilogram of a mixture, or of the mass of a part.
    They are asked where it has neither."""
    lines = builder.reading.lines
    by_row = {line.row: line for line in lines}
    for line in lines:
        above = by_row.get(line.parent_row or 0)
        if line.unit != "%" or above is None or builder.reading.documented:
            continue
        mass = 1.0 if above.unit in MASS else builder.stated_kg(above)
        if not mass or line.quantity is None:
            builder.gather("quantity", "share_of_parent", line.row, blocking=True)
            line.quantity = None
            continue
        line.unit = above.unit if above.unit in MASS else "kg"
        line.quantity = round(mass * line.quantity / _WHOLE, 12)
        builder.gather("=quantity", "share_of_above", line.row)


def fill_rest(builder: Builder) -> None:
    """Give the line that is the rest its share, where all others have theirs."""
    lines = [line for line in builder.reading.lines if line.unit == "%"]
    rests = [line for line in lines if line.quantity is None]
    if len(rests) != 1 or not is_rest(builder.text(rests[0].row, "quantity")):
        return
    left = _WHOLE - sum(line.quantity or 0.0 for line in lines)
    if left > 0.0 and len(lines) == len(builder.reading.lines):
        rests[0].quantity = round(left, 12)
        builder.answered("quantity", rests[0].row)
        builder.gather("=quantity", "rest_of_whole", rests[0].row)
