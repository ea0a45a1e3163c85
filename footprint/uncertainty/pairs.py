"""Which quantities of two products are one variable, so that both are drawn as one.

A quantity is known by its line's stage, name and dataset. A line that is called otherwise in the
second product (translated, numbered, corrected) is still a quantity of the same dataset: drawn on
its own, it would look like a difference between the products.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from footprint.values.result import Contribution

#: Stage, name and dataset of a quantity.
Quantity = tuple[str, str, str]


def paired(old: Sequence[Contribution], new: Sequence[Contribution]) -> tuple[Contribution, ...]:
    """The items of the new product, drawn with the old one's quantities where they are the same.

    Lines of one stage, name and dataset are paired as they are. Of the others those of one stage,
    dataset and amount, then those of one stage and dataset, where each product has one name for
    them. Several names are several quantities: which is which nobody can tell, and they stay apart.
    """
    known, wanted = _amounts(old), _amounts(new)
    left = {key: amount for key, amount in known.items() if key not in wanted}
    open_ = {key: amount for key, amount in wanted.items() if key not in known}
    means: dict[Quantity, Quantity] = {}
    for alike in (_of_one_amount, _of_one_dataset):
        found = _one_to_one(left.items(), open_.items(), alike)
        means |= found
        left = {key: amount for key, amount in left.items() if key not in found.values()}
        open_ = {key: amount for key, amount in open_.items() if key not in found}
    return tuple(
        item._replace(quantity_of=means.get(item.quantity_of, item.quantity_of)) for item in new
    )


def _amounts(items: Iterable[Contribution]) -> dict[Quantity, float]:
    found: dict[Quantity, list[float]] = {}
    for item in items:
        found.setdefault(item.quantity_of, []).append(item.quantity)
    return {key: math.fsum(amounts) for key, amounts in found.items()}


def _of_one_amount(key: Quantity, amount: float) -> tuple[object, ...]:
    return key[0], key[2], f"{amount:.9g}"


def _of_one_dataset(key: Quantity, _: float) -> tuple[object, ...]:
    return key[0], key[2]


def _one_to_one(
    old: Iterable[tuple[Quantity, float]],
    new: Iterable[tuple[Quantity, float]],
    alike: Callable[[Quantity, float], Any],
) -> dict[Quantity, Quantity]:
    """New quantities with the old ones that they are, where there is one of each."""
    groups: dict[Any, tuple[list[Quantity], list[Quantity]]] = {}
    for at, quantities in enumerate((old, new)):
        for key, amount in quantities:
            groups.setdefault(alike(key, amount), ([], []))[at].append(key)
    return {news[0]: olds[0] for olds, news in groups.values() if len(olds) == 1 and len(news) == 1}
