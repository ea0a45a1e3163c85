"""Columns that say of how much the quantities beside them are: orders, pallets, sets."""

from __future__ import annotations

import re

from footprint.late_pattern import late_pattern
from footprint.reading.chooser import Chooser
from footprint.reading.column_products import is_product
from footprint.reading.per_many import container_in
from footprint.reading.vocabulary import fold

_NEEDED = frozenset("需用数量 需用量 需求数量 需求量 需用數量 需求數量".split())
_MADE = frozenset("生产数量 生產數量 生产批量 投产数量".split())
_ALL = late_pattern(r"\b(?:total|gesamt|totale|razem)\b|合计|总")
_PER_WORD = r"(?:per|pro|je|par|por|na)\b"
_COUNT = r"(?:qty|quantity|menge|anzahl|count|no|number|qte|cantidad)"
_OF_WHAT = late_pattern(rf"{_PER_WORD} (?P<of>[^\W\d_]+)$")


def needs_of_orders(chooser: Chooser) -> None:
    """What is needed (`需用数量`) is so for the number produced (`生产数量`) beside it."""
    if chooser.with_meaning("quantity_per"):
        return
    _products_in_containers(chooser)
    needed = [at for at in chooser.with_meaning("quantity") if _called(chooser, at) in _NEEDED]
    made = [at for at in chooser.with_meaning("order_quantity") if _called(chooser, at) in _MADE]
    if len(needed) == len(made) == 1 and chooser.fill(made[0]) >= chooser.fill(needed[0]):
        chooser.means[made[0]] = "quantity_per"


def _products_in_containers(chooser: Chooser) -> None:
    """Of two numbers per pallet the one that every row repeats is that of the products on it."""
    columns = [*chooser.with_meaning("quantity"), *chooser.with_meaning("unit")]
    numbers = [at for at in columns if chooser.numeric(at) > 0.9]
    held = {at: container_in(chooser.headings[at].text) for at in numbers}
    if len(held) != 2 or len(set(held.values())) != 1 or "" in held.values():
        return
    same = [at for at in held if len(set(chooser.values(at))) == 1 < len(chooser.values(at))]
    if len(same) == 1 and not chooser.by_user(same[0]):
        chooser.means[same[0]] = "quantity_per"


def _called(chooser: Chooser, at: int) -> str:
    return "" if chooser.by_user(at) else fold(chooser.headings[at].text)


def counted_twice(chooser: Chooser) -> None:
    """A total that is the quantity times a further number of the row, as of sub-assemblies: which
    of both is in the product is asked."""
    quantity = chooser.with_meaning("quantity")
    unknown = [at for at in chooser.with_meaning("unknown") if chooser.numeric(at) > 0.9]
    totals = [at for at in unknown if _ALL.search(_called(chooser, at))]
    if len(quantity) != 1 or any(map(chooser.with_meaning, ("level", "parent"))):
        return
    for total in totals + chooser.with_meaning("total_quantity"):
        for times in unknown:
            if times != total and is_product(chooser, quantity[0], times, total):
                chooser.doubts.append(
                    ("quantity", (chooser.shown[quantity[0]], chooser.shown[total]))
                )
                return


def wholes_of_parts(chooser: Chooser) -> None:
    """`Sets per vehicle` beside `Qty per set` multiplies it, or does not: asked."""
    for quantity in chooser.with_meaning("quantity"):
        match = _OF_WHAT.search(fold(chooser.headings[quantity].text))
        if match is None:
            continue
        of = match["of"]
        counted = re.compile(
            rf"{of}\w{{0,2}} (?:{_PER_WORD}|{_COUNT}$)|{_COUNT} (?:of |de )?{of}\w{{0,2}}$"
        )
        for at in (*chooser.with_meaning("unknown"), *chooser.with_meaning("other")):
            found = counted.match(fold(chooser.headings[at].text))
            if found and chooser.numeric(at) > 0.8 and set(chooser.values(at)) != {"1"}:
                chooser.doubts.append(("quantity", (chooser.shown[quantity], chooser.shown[at])))
