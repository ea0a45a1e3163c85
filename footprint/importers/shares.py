"""Shares of a process for each of its products: as given, by mass, by price."""

from __future__ import annotations

import math

from footprint.faults import Where
from footprint.importers.allocation import ProductSplit
from footprint.importers.mapping import Suppliers
from footprint.importers.measures import Measures
from footprint.importers.neutral import Elementary, Input, Process, ProcessProduct

#: Tolerance of shares that add up to one: percentages are often rounded to a digit.
_ROUNDING = 0.01


def shares_of(
    process: Process,
    made: tuple[ProcessProduct, ...],
    reference: ProcessProduct | None,
    method: ProductSplit,
    measures: Measures,
    suppliers: Suppliers,
    where: Where,
) -> list[float]:
    """The share of each product, in their order; they add up to one. Raises NotPossible."""
    if method is ProductSplit.REFERENCE:
        if reference is None:
            raise NotPossible("the file names no reference product, or several")
        return [float(product is reference) for product in made]
    if method is ProductSplit.AS_GIVEN:
        return _as_given(process, made)
    if method is ProductSplit.MASS:
        return _by_mass(made, measures, suppliers, where)
    return _by_price(made)


class NotPossible(Exception):
    """Why an allocation cannot be made."""


def _as_given(process: Process, made: tuple[ProcessProduct, ...]) -> list[float]:
    exchanges: list[Input | Elementary] = [*process.inputs]
    exchanges += [emission.written for emission in process.emissions]
    own = [exchange.shares for exchange in exchanges if exchange.shares is not None]
    for shares in own:
        if abs(math.fsum(shares.values()) - 1.0) > _ROUNDING:
            raise NotPossible("the shares of an exchange do not add up to 1")
    given = [product.share for product in made]
    if None not in given:
        return _scaled([share or 0.0 for share in given])
    if len(own) == len(exchanges):
        return [0.0] * len(made)  # each exchange has its own
    raise NotPossible(
        "the file gives no share for "
        + ", ".join(product.name[:60] for product in made if product.share is None)
    )


def _scaled(shares: list[float]) -> list[float]:
    if abs(math.fsum(shares) - 1.0) > _ROUNDING or min(shares) < 0.0:
        raise NotPossible(f"the shares add up to {math.fsum(shares):g}, not to 1")
    return [share / math.fsum(shares) for share in shares]


def _by_mass(
    made: tuple[ProcessProduct, ...], measures: Measures, suppliers: Suppliers, where: Where
) -> list[float]:
    masses = []
    for product in made:
        factor, unit = measures.unit(product.unit, where)
        mass = measures.convert(product.amount, product.unit, "kg", where)
        if mass is None and product.mass_kg is not None:
            mass = product.amount * product.mass_kg
        if mass is None:
            mass = suppliers.in_kg(product.name, product.amount * factor, unit)
        if mass is None:
            raise NotPossible(
                f"{product.name[:60]} is given in {product.unit!r}, which is no mass; "
                "--suppliers can give its density"
            )
        masses.append(mass)
    return _proportional(masses)


def _by_price(made: tuple[ProcessProduct, ...]) -> list[float]:
    values = []
    for product in made:
        if product.price is None:
            raise NotPossible(f"the file gives no price for {product.name[:60]}")
        values.append(product.amount * product.price)
    return _proportional(values)


def _proportional(values: list[float]) -> list[float]:
    total = math.fsum(values)
    if total <= 0.0 or min(values) < 0.0:
        raise NotPossible("a product has a negative amount or worth: it is a waste to be treated")
    return [value / total for value in values]
