"""Footprints for corporate disclosure: units sold by product, and category 1 of a buyer's scope 3.

A total is made only of footprints with one boundary and one GWP set: others stand in sums of their
own. Purchased goods are cradle-to-gate (GHG Protocol, Corporate Value Chain Standard, category 1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from footprint.canonical_fast import fast_hash
from footprint.faults import Contradiction
from footprint.report.faults import NO_PRODUCT, TWICE
from footprint.rules.words import EXACT, exact_text

_GATE = "cradle-to-gate"
_WHY = (
    "category 1 is cradle-to-gate; this footprint goes further",
    "类别 1 为从摇篮到大门；该足迹超出此范围",
)


@dataclass(frozen=True, slots=True)
class SoldProduct:
    """A footprint document, and how many declared units were sold in the year; `bought` of them by
    the buyer that the export is for, None where that is not said."""

    document: Mapping[str, Any]
    sold: Decimal
    bought: Decimal | None = None

    def __post_init__(self) -> None:
        if self.sold < 0 or (self.bought is not None and not 0 <= self.bought <= self.sold):
            raise Contradiction(f"{self.sold} units sold, {self.bought} of them to the buyer")


def disclosure(products: Sequence[SoldProduct], company: str, buyer: str = "") -> dict[str, Any]:
    """The export as plain values, figures as decimal text. Raises InputRefused (RPT-003) for the
    footprint of an organisation or event, RPT-004 for one that stands there twice: its units would
    be counted twice."""
    rows = [_row(one) for one in products]
    _refuse_twice(rows)
    return {
        "type": "disclosure",
        "schema": "1",
        "company": company,
        "buyer": buyer,
        "products": rows,
        "sold": _sums(rows, "sold_kg_co2e"),
        "category_1": _sums(rows, "category_1_kg_co2e"),
    }


def _refuse_twice(rows: Sequence[Mapping[str, Any]]) -> None:
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        first = seen.setdefault(row["footprint_hash"], number)
        if first != number:
            raise TWICE.refuse(
                f"Products {first} and {number} are the same footprint: {row['product']}.",
                hint="Give it once, with all units that were sold.",
            )


def _row(one: SoldProduct) -> dict[str, Any]:
    document = one.document
    if "subject" in document:
        kind = document["subject"]["kind"]
        raise NO_PRODUCT.refuse(f"the footprint is of an {kind}", hint="Give products only.")
    total = Decimal(str(document["totals"]["excluding_biogenic_uptake_kg_co2e"]))
    unit = document["declared_unit"]
    gate = document["boundary"] == _GATE
    with localcontext(EXACT):
        sold, bought = total * one.sold, None if one.bought is None else total * one.bought
    row = {
        "product": document["product"]["name"],
        "product_zh": document["product"]["name_zh"],
        "declared_unit": f"{Decimal(str(unit['amount'])).normalize():f} {unit['unit']}",
        "boundary": document["boundary"],
        "gwp_set": document["gwp_set"],
        "gwp_sets_used": list(document["gwp_sets_used"]),
        "period_start": document["product"]["period_start"],
        "period_end": document["product"]["period_end"],
        "completeness": document["completeness"]["word"],
        "kg_co2e_per_unit": exact_text(total),
        "units_sold": exact_text(one.sold),
        "sold_kg_co2e": exact_text(sold),
        "units_bought": None if one.bought is None else exact_text(one.bought),
        "category_1_kg_co2e": exact_text(bought) if bought is not None and gate else None,
        "footprint_hash": fast_hash(dict(document)),
    }
    if one.bought is not None and not gate:
        row |= {"says": _WHY[0], "says_zh": _WHY[1]}
    return row


def _sums(rows: Sequence[Mapping[str, Any]], name: str) -> list[dict[str, Any]]:
    """A sum for each boundary and GWP set; `complete` where no footprint in it lacks anything."""
    sums: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row[name] is not None:
            sums.setdefault((row["boundary"], row["gwp_set"]), []).append(row)
    with localcontext(EXACT):
        return [
            {
                "boundary": boundary,
                "gwp_set": gwp_set,
                "products": len(found),
                "kg_co2e": exact_text(sum((Decimal(row[name]) for row in found), Decimal(0))),
                "completeness": "complete"
                if all(row["completeness"] == "complete" for row in found)
                else "at least",
            }
            for (boundary, gwp_set), found in sorted(sums.items())
        ]
