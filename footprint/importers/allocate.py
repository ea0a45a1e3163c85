"""From processes to datasets of one product each: allocation, explicit or refused.

ISO 14067, 6.4.6: what is shared between products is said, never assumed. A treatment (negative
product) becomes a dataset per unit treated; its users' negative inputs become positive ones.

By mass, only what is a product takes a share (`coproducts.py`). A reference product that would keep
less than a tenth of its process is refused until the user names it: so small a share has been seen
where a by-flow was given in another unit, or was no product.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from footprint.faults import Problem, Where
from footprint.importers import faults
from footprint.importers.allocation import ProductSplit
from footprint.importers.coproducts import WASTE, no_coproduct
from footprint.importers.mapping import Suppliers
from footprint.importers.measures import Measures
from footprint.importers.neutral import Elementary, Input, Process, ProcessProduct
from footprint.importers.report import Log
from footprint.importers.shares import NotPossible, shares_of


@dataclass(frozen=True, slots=True)
class SplitChoices:
    """What the user chose: one allocation for all, others by process (folded name or identity; with
    a product for `reference`), the reference products that may keep little, and masses of units."""

    method: ProductSplit = ProductSplit.REFUSE
    by_process: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    confirmed: frozenset[str] = frozenset()
    suppliers: Suppliers = field(default_factory=Suppliers)


@dataclass(frozen=True, slots=True)
class Single:
    """A process seen from one of its products. `share` (0 to 1) is the part that it bears, unless
    `by_exchange`: then an exchange that states shares of its own is split by these."""

    process: Process
    product: ProcessProduct
    share: float
    by_exchange: bool = False

    def part(self, exchange: Input | Elementary) -> float:
        """The part of an exchange that belongs to this product, per unit of it, with its sign:
        amounts times this number are per one unit made, or treated."""
        share = self.share
        if self.by_exchange and exchange.shares is not None:
            share = exchange.shares.get(self.product.native, 0.0)
        return share / abs(self.product.amount)


#: A reference product with a smaller share needs a word from the user.
SMALLEST = 0.1


class NotSplit(Exception):
    """A process gives no datasets; carries the problem (IMP-009, 010, 011 or 027)."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def singles(
    process: Process, choices: SplitChoices, measures: Measures, log: Log
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
    method, wanted = _chosen(process, choices)
    names = ", ".join(f"{p.amount:g} {p.unit} {p.name[:60]}" for p in made)
    if method is ProductSplit.REFUSE:
        message = f"{process.name[:80]!r} makes {names}"
        hint = "Choose --allocation as-given, mass, economic or reference, or --allocations FILE."
        raise NotSplit(faults.MULTI_OUTPUT.at(where, message, hint))
    try:
        reference = _reference(made, wanted)
        if method is ProductSplit.MASS:
            process, made = _products_only(process, made, reference, measures, log)
        shares = shares_of(process, made, reference, method, measures, choices.suppliers, where)
    except NotPossible as reason:
        message = f"{process.name[:80]!r} ({names}) cannot be split {method}: {reason}"
        hint = "Choose another --allocation, or give --leave-out."
        raise NotSplit(faults.BAD_ALLOCATION.at(where, message, hint)) from None
    by_exchange = method is ProductSplit.AS_GIVEN
    if not by_exchange or any(shares):
        _check_small(process, reference, dict(zip(made, shares, strict=True)), choices, where)
    log.note(faults.ALLOCATED, where, f"{process.name[:80]!r} was split ({method})")
    return tuple(
        Single(process, product, share, by_exchange)
        for product, share in zip(made, shares, strict=True)
        if share > 0.0 or method is not ProductSplit.REFERENCE
    )


def _chosen(process: Process, choices: SplitChoices) -> tuple[ProductSplit, str]:
    for name in (process.native, process.name):
        if name.casefold() in choices.by_process:
            method, product = choices.by_process[name.casefold()]
            return ProductSplit(method), product
    return choices.method, ""


def _reference(made: tuple[ProcessProduct, ...], wanted: str) -> ProcessProduct | None:
    """The product that the user or the file names as the reference; None if there is no one."""
    if wanted:
        found = [product for product in made if wanted in {product.name, product.native}]
        if len(found) != 1:
            raise NotPossible(f"{len(found)} of its products are called {wanted[:60]!r}")
        return found[0]
    named = [product for product in made if product.reference]
    return named[0] if len(named) == 1 else None


def _products_only(
    process: Process,
    made: tuple[ProcessProduct, ...],
    reference: ProcessProduct | None,
    measures: Measures,
    log: Log,
) -> tuple[Process, tuple[ProcessProduct, ...]]:
    """The process with its co-products only; waste among them goes to its treatment."""
    where = Where(process.file, column=process.name[:80])
    kept, wastes = [], []
    for product in made:
        _, unit = measures.unit(product.unit, where)
        why = "" if product is reference else no_coproduct(product, unit)
        if not why:
            kept.append(product)
            continue
        at = Where(where.file, column=f"{process.name[:80]}: {product.name[:80]}")
        message = (
            f"{product.amount:g} {product.unit} {product.name[:60]!r} ({why}) is no co-product"
        )
        log.note(faults.NO_COPRODUCT, at, message, "It takes no share; its users have no supplier.")
        if why == WASTE:
            wastes.append(
                Input(product.keys, product.name, product.amount, product.unit, waste=True)
            )
    if not kept:
        raise NotPossible("none of its outputs is a product that has a mass")
    return replace(process, inputs=(*process.inputs, *wastes)), tuple(kept)


def _check_small(
    process: Process,
    reference: ProcessProduct | None,
    shares: Mapping[ProcessProduct, float],
    choices: SplitChoices,
    where: Where,
) -> None:
    if reference is None or shares[reference] >= SMALLEST:
        return
    names = (process.name, process.native, reference.name, reference.native)
    if choices.confirmed & {name.casefold() for name in names}:
        return
    message = (
        f"{reference.name[:80]!r} would keep {shares[reference]:.2%} of the burden of "
        f"{process.name[:80]!r}"
    )
    hint = f"If that is right: --confirm {reference.name[:80]!r}. See also --allocation reference."
    raise NotSplit(faults.SMALL_SHARE.at(where, message, hint))
