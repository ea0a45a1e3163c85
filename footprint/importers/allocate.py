"""From processes to datasets of one product each: allocation, explicit or refused.

ISO 14067, 6.4.6: what is shared between products is said, never assumed. A treatment (negative
product) becomes a dataset per unit treated; its users' negative inputs become positive ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from footprint.faults import Problem, Where
from footprint.importers import faults
from footprint.importers.measures import Measures
from footprint.importers.neutral import Elementary, Input, Process, Product
from footprint.importers.report import Log


class Allocation(StrEnum):
    """How a process with several products is split."""

    REFUSE = "refuse"
    AS_GIVEN = "as-given"
    MASS = "mass"
    ECONOMIC = "economic"


@dataclass(frozen=True, slots=True)
class Single:
    """A process seen from one of its products. `share` (0 to 1) is the part that it bears, unless
    `by_exchange`: then an exchange that states shares of its own is split by these."""

    process: Process
    product: Product
    share: float
    by_exchange: bool = False

    def part(self, exchange: Input | Elementary) -> float:
        """The part of an exchange that belongs to this product, per unit of it, with its sign:
        amounts times this number are per one unit made, or treated."""
        share = self.share
        if self.by_exchange and exchange.shares is not None:
            share = exchange.shares.get(self.product.native, 0.0)
        return share / abs(self.product.amount)


#: Tolerance of shares that add up to one: percentages are often rounded to a digit.
_ROUNDING = 0.01


class NotSplit(Exception):
    """A process gives no datasets; carries the problem (IMP-009, IMP-010 or IMP-011)."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def singles(
    process: Process, allocation: Allocation, measures: Measures, log: Log
) -> tuple[Single, ...]:
    """The datasets that a process gives. Raises `NotSplit`."""
    where = Where(process.file, column=process.name[:80])
    made = tuple(product for product in process.products if product.amount != 0.0)
    if any(math.isnan(product.amount) for product in made):
        return ()  # already a problem
    if not made:
        message = f"{process.name[:80]!r} has no product with an amount"
        raise NotSplit(faults.NO_PRODUCT.at(where, message))
    if len(made) == 1:
        return (Single(process, made[0], 1.0),)
    names = ", ".join(f"{p.amount:g} {p.unit} {p.name[:60]}" for p in made)
    if allocation is Allocation.REFUSE:
        message = f"{process.name[:80]!r} makes {names}"
        hint = "Choose --allocation as-given, mass or economic."
        raise NotSplit(faults.MULTI_OUTPUT.at(where, message, hint))
    try:
        if allocation is Allocation.AS_GIVEN:
            shares = _as_given(process, made)
        elif allocation is Allocation.MASS:
            shares = _by_mass(made, measures, where)
        else:
            shares = _by_price(made)
    except _NotPossible as reason:
        message = f"{process.name[:80]!r} ({names}) cannot be split {allocation}: {reason}"
        hint = "Choose another --allocation, or give --leave-out."
        raise NotSplit(faults.BAD_ALLOCATION.at(where, message, hint)) from None
    log.note(faults.ALLOCATED, where, f"{process.name[:80]!r} was split ({allocation})")
    by_exchange = allocation is Allocation.AS_GIVEN
    return tuple(
        Single(process, product, share, by_exchange)
        for product, share in zip(made, shares, strict=True)
    )


class _NotPossible(Exception):
    """Why an allocation cannot be made."""


def _as_given(process: Process, made: tuple[Product, ...]) -> list[float]:
    exchanges: list[Input | Elementary] = [*process.inputs]
    exchanges += [emission.written for emission in process.emissions]
    own = [exchange.shares for exchange in exchanges if exchange.shares is not None]
    for shares in own:
        if abs(math.fsum(shares.values()) - 1.0) > _ROUNDING:
            raise _NotPossible("the shares of an exchange do not add up to 1")
    given = [product.share for product in made]
    if None not in given:
        return _scaled([share or 0.0 for share in given])
    if len(own) == len(exchanges):
        return [0.0] * len(made)  # each exchange has its own
    raise _NotPossible(
        "the file gives no share for "
        + ", ".join(product.name[:60] for product in made if product.share is None)
    )


def _scaled(shares: list[float]) -> list[float]:
    if abs(math.fsum(shares) - 1.0) > _ROUNDING or min(shares) < 0.0:
        raise _NotPossible(f"the shares add up to {math.fsum(shares):g}, not to 1")
    return [share / math.fsum(shares) for share in shares]


def _by_mass(made: tuple[Product, ...], measures: Measures, where: Where) -> list[float]:
    masses = []
    for product in made:
        mass = measures.convert(product.amount, product.unit, "kg", where)
        if mass is None and product.mass_kg is not None:
            mass = product.amount * product.mass_kg
        if mass is None:
            raise _NotPossible(
                f"{product.name[:60]} is given in {product.unit!r}, which is no mass"
            )
        masses.append(mass)
    return _proportional(masses)


def _by_price(made: tuple[Product, ...]) -> list[float]:
    values = []
    for product in made:
        if product.price is None:
            raise _NotPossible(f"the file gives no price for {product.name[:60]}")
        values.append(product.amount * product.price)
    return _proportional(values)


def _proportional(values: list[float]) -> list[float]:
    total = math.fsum(values)
    if total <= 0.0 or min(values) < 0.0:
        raise _NotPossible("a product has a negative amount or worth: it is a waste to be treated")
    return [value / total for value in values]
