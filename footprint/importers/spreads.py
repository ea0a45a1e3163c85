"""Uncertainties as files state them, checked. What cannot be a distribution is said, not dropped.

What each layout means by its fields stands in docs/importing.md, each with its source.
"""

from __future__ import annotations

import math

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.neutral import Spread
from footprint.importers.report import Log

#: A median further from its amount than this many 95 % factors belongs to another amount.
_FAR = 1.0


def lognormal(
    amount: float, gsd2: float | None, log: Log, where: Where, centre: float | None = None
) -> Spread:
    """A squared geometric standard deviation; 1 is no uncertainty. A stated median counts as long
    as the amount lies within its 95 % range: otherwise the amount was changed and it was not."""
    if gsd2 is None or not 1.0 <= gsd2 < math.inf or not amount:
        return _unusable("lognormal", log, where)
    if centre is not None and centre != amount:
        inside = centre * amount > 0.0 and abs(math.log(amount / centre)) <= _FAR * math.log(gsd2)
        if not inside:
            message = f"the median {centre:g} does not fit the amount {amount:g}, which is taken"
            log.note(faults.UNCERTAINTY, where, message)
            centre = None
    return Spread("lognormal", gsd2=gsd2, centre=None if centre == amount else centre)


def normal_spread(
    amount: float, sd: float | None, log: Log, where: Where, centre: float | None = None
) -> Spread:
    """A standard deviation, in the unit of the amount; zero is no uncertainty."""
    if sd == 0.0:
        return Spread()
    if sd is None or not 0.0 < sd < math.inf:
        return _unusable("normal", log, where)
    return Spread("normal", sd=sd, centre=None if centre == amount else centre)


def uniform(amount: float, low: float | None, high: float | None, log: Log, where: Where) -> Spread:
    """Two bounds, in any order."""
    if low is None or high is None or low == high:
        return _unusable("uniform", log, where)
    _check_inside(amount, min(low, high), max(low, high), log, where)
    return Spread("uniform", minimum=min(low, high), maximum=max(low, high))


def with_mode(
    kind: str,
    amount: float,
    bounds: tuple[float | None, float | None],
    mode: float | None,
    log: Log,
    where: Where,
) -> Spread:
    """A triangular or beta-PERT distribution; without a mode the amount is the mode."""
    low, high = bounds
    if low is None or high is None or low == high:
        return _unusable(kind, log, where)
    low, high = min(low, high), max(low, high)
    if not low <= (amount if mode is None else mode) <= high:
        return _unusable(kind, log, where)
    _check_inside(amount, low, high, log, where)
    return Spread(kind, minimum=low, maximum=high, centre=None if mode == amount else mode)


def triangular_by_mean(
    mean: float, bounds: tuple[float | None, float | None], log: Log, where: Where
) -> Spread:
    """A triangular distribution whose mean is stated: the mode is 3 mean - minimum - maximum.

    Where that lies outside the bounds the writer meant the mode, which is said.
    """
    low, high = bounds
    if low is None or high is None:
        return _unusable("triangular", log, where)
    mode = 3.0 * mean - low - high
    slack = 1e-6 * abs(high - low)
    if not min(low, high) - slack <= mode <= max(low, high) + slack:
        message = f"{mean:g} cannot be the mean of a triangle {low:g} to {high:g}: taken as mode"
        log.note(faults.UNCERTAINTY, where, message)
        return with_mode("triangular", mean, bounds, None, log, where)
    mode = min(max(mode, min(low, high)), max(low, high))
    return with_mode("triangular", mean, bounds, mode, log, where)


def undefined(amount: float, low: float | None, high: float | None) -> Spread:
    """Bounds without a distribution, if they hold the amount; otherwise nothing is stated."""
    if low is None or high is None or low == high:
        return Spread()
    low, high = min(low, high), max(low, high)
    return Spread("undefined", minimum=low, maximum=high) if low <= amount <= high else Spread()


def other(kind: str, log: Log, where: Where) -> Spread:
    """A kind of distribution that is not drawn here."""
    message = f"an uncertainty of kind {kind[:40]!r} is not drawn; its amount is kept fixed"
    log.note(faults.UNCERTAINTY, where, message)
    return Spread("undefined")


def _check_inside(amount: float, low: float, high: float, log: Log, where: Where) -> None:
    if not low <= amount <= high:
        message = f"the amount {amount:g} lies outside of its bounds {low:g} to {high:g}"
        log.note(faults.UNCERTAINTY, where, message, "Draws stay within the bounds.")


def _unusable(kind: str, log: Log, where: Where) -> Spread:
    message = f"the figures of a {kind} uncertainty are missing or contradict each other"
    log.note(faults.UNCERTAINTY, where, message, "Its amount is kept fixed.")
    return Spread("undefined")
