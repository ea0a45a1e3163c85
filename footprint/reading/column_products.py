"""Columns whose numbers follow from others: the mass of a line, the quantity after losses."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from footprint.reading.chooser import Chooser
from footprint.reading.grid import cell_at, text_of
from footprint.reading.numbers import Mark, parse_number
from footprint.reading.units import LENGTH, MASS, VOLUME, per_of

_MARKS: tuple[Mark, Mark] = (".", ",")
#: kg/m3, by which EN 10080 gives the nominal masses of bars; tables round them.
_STEEL, _BAR_ROUNDED = 7850.0, 0.02
#: Printed figures are rounded; those of a mass more than those of a quantity.
_MASS_ROUNDED, _QUANTITY_ROUNDED = 0.01, 0.001


def is_mass_of_line(chooser: Chooser, quantity: int, unit: int, line: int) -> bool:
    """Whether the third column is the first times the second, in the units of their headings."""
    per_kg = [MASS.get(_unit(chooser, at) or "kg") for at in (unit, line)]
    if per_kg[0] is None or per_kg[1] is None:
        return False
    factor = per_kg[0] / per_kg[1]
    return any(
        _mostly(
            abs(count * mass * factor - total) <= _MASS_ROUNDED * abs(total)
            for count, mass, total in _numbers(chooser, (quantity, unit, line), mark)
            if count not in (0.0, 1.0) or factor != 1.0
        )
        for mark in _MARKS
    )


def is_product(chooser: Chooser, first: int, second: int, product: int) -> bool:
    """Whether the third column is the first times the second, and not always once."""
    return any(
        _mostly(
            (
                abs(one * times - found) <= _QUANTITY_ROUNDED * abs(found)
                for one, times, found in _numbers(chooser, (first, second, product), mark)
                if times != 1.0
            ),
            1.0,
        )
        for mark in _MARKS
    )


def are_wholes(chooser: Chooser, whole: int, part: int) -> bool:
    """Whether the first column is, in rows below each other, the sum of the second: the mass of a
    material beside those of its substances."""
    if _unit(chooser, whole) != _unit(chooser, part):
        return False
    for mark in _MARKS:
        rows = list(_numbers(chooser, (whole, part), mark))
        sums: list[tuple[float, list[float]]] = []
        for mass, share in rows:
            full = not sums or sum(sums[-1][1]) >= mass * (1.0 - _MASS_ROUNDED)
            if full or sums[-1][0] != mass:
                sums.append((mass, []))
            sums[-1][1].append(share)
        alike = all(abs(sum(parts) - mass) <= _MASS_ROUNDED * mass for mass, parts in sums)
        if alike and len(rows) == len(chooser.sample) and any(len(one) > 1 for _, one in sums):
            return True
    return False


def is_mass_of_all_lengths(chooser: Chooser, mass: int) -> bool:
    """Whether a column of masses is kg/m x length x quantity, and not the mass of one."""
    columns = [chooser.with_meaning(one) for one in ("linear_mass", "length")]
    counts = chooser.with_meaning("quantity") or chooser.with_meaning("total_quantity")
    if not all(columns) or not counts:
        return False
    at = [columns[0][0], columns[1][0], counts[0], mass]
    per = per_of(_unit(chooser, at[0]) or "")
    metres, kg = LENGTH.get(_unit(chooser, at[1]) or "mm"), MASS.get(_unit(chooser, mass) or "kg")
    if per is None or metres is None or kg is None:
        return False
    factor = per.kg * metres / kg
    return any(
        _mostly(
            abs(math.prod(row[:3]) * factor - row[3]) <= _MASS_ROUNDED * abs(row[3])
            for row in _numbers(chooser, at, mark)
            if row[2] not in (0.0, 1.0) and row[3]
        )
        for mark in _MARKS
    )


def is_mass_of_steel_bars(chooser: Chooser, mass: int) -> bool:
    """Whether a column of masses is that of round steel bars of the total length beside it."""
    sizes = chooser.with_meaning("diameter") or chooser.with_meaning("dimensions")
    totals = chooser.with_meaning("total_length")
    if not sizes or not totals:
        return False
    across = LENGTH.get(_unit(chooser, sizes[0]) or "mm")
    metres = LENGTH.get(_unit(chooser, totals[0]) or "m")
    kg = MASS.get(_unit(chooser, mass) or "kg")
    if across is None or metres is None or kg is None:
        return False
    return any(
        _mostly(
            abs(math.pi / 4 * (row[0] * across) ** 2 * row[1] * metres * _STEEL / kg - row[2])
            <= _BAR_ROUNDED * abs(row[2])
            for row in _numbers(chooser, (sizes[0], totals[0], mass), mark)
            if row[2]
        )
        for mark in _MARKS
    )


def is_volume_of_line(chooser: Chooser, volume: int) -> bool:
    """Whether a column is length x width x thickness x quantity, and not the volume of one."""
    needed = ("length", "width", "thickness", "quantity")
    if not all(map(chooser.with_meaning, needed)):
        return False
    columns = [chooser.with_meaning(means)[0] for means in needed]
    sides = [LENGTH.get(_unit(chooser, at) or "mm", 0.0) for at in columns[:3]]
    factor = math.prod(sides) / VOLUME.get(_unit(chooser, volume) or "m3", 1.0)
    return any(
        _mostly(
            abs(math.prod(row[:4]) * factor - row[4]) <= _MASS_ROUNDED * abs(row[4])
            for row in _numbers(chooser, [*columns, volume], mark)
            if row[3] not in (0.0, 1.0) and row[4]
        )
        for mark in _MARKS
    )


def without_losses(chooser: Chooser, columns: list[int]) -> list[int]:
    """Columns of quantities without those that say another one again with its losses."""
    left = list(columns)
    for at in columns:
        if any(is_quantity_after_loss(chooser, one, at) for one in left if one != at):
            left.remove(at)
    return left


def is_quantity_after_loss(chooser: Chooser, quantity: int, other: int) -> bool:
    """Whether the other column is the quantity by its own base and with the loss of its row, as
    ERP systems print it beside the quantity that was entered (`使用数量` beside `基本用量`)."""
    columns = [quantity, other]
    per, loss = chooser.with_meaning("quantity_per"), chooser.with_meaning("loss")
    gained = [] if loss else chooser.with_meaning("yield")
    loss = loss or gained
    columns += per[:1] + loss[:1]
    ways: tuple[Callable[[float], float], ...] = (
        lambda share: 1.0 + share,
        lambda share: 1.0 / (1.0 - share) if share < 1.0 else 0.0,
    )
    percent = 0.01 if loss and _in_percent(chooser, loss[0]) else 1.0

    def agrees(row: list[float], way: Callable[[float], float]) -> bool:
        base = row[2] if per else 1.0
        share = row[-1] * percent if loss else 0.0
        share = 1.0 - share if gained else share
        return abs(row[0] / (base or 1.0) * way(share) - row[1]) <= _QUANTITY_ROUNDED * abs(row[1])

    return bool(per or loss) and any(
        _mostly((agrees(row, way) for row in _numbers(chooser, columns, mark)), 0.9)
        for mark in _MARKS
        for way in ways
    )


def _in_percent(chooser: Chooser, at: int) -> bool:
    return _unit(chooser, at) == "%" or any("%" in one for one in chooser.values(at))


def _unit(chooser: Chooser, at: int) -> str | None:
    return chooser.units.get(at) or chooser.headings[at].unit


def _numbers(
    chooser: Chooser, columns: list[int] | tuple[int, ...], mark: Mark
) -> Iterator[list[float]]:
    for row in chooser.sample:
        try:
            yield [parse_number(text_of(cell_at(row, at)).rstrip("% "), mark) for at in columns]
        except ValueError:
            continue


def _mostly(found: Iterator[bool], least: float = 0.7) -> bool:
    right = list(found)
    return bool(right) and sum(right) >= least * len(right)
