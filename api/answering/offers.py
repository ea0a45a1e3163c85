"""Footprints that may answer a request: those of its product first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.answering.model import Case
from api.store.database import Database
from api.store.footprints import newest_footprints
from api.store.tenants import Actor

#: Newest footprints that are looked at: each is read whole.
_MOST = 30


@dataclass(frozen=True, slots=True)
class FootprintOffer:
    """A footprint that may answer: `least` says that its total is only the least that it can be,
    `fits` that its product is the one asked about."""

    id: str
    name: str
    name_zh: str
    kg: float
    least: bool
    amount: str
    unit: str
    made_at: datetime
    fits: bool


def offers_for(database: Database, actor: Actor, case: Case) -> list[FootprintOffer]:
    """The actor's newest footprints; those whose product id or name agrees stand first."""
    with database.reading() as uow:
        listed = newest_footprints(uow, actor.tenant, _MOST)
    wanted = {one.strip().casefold() for one in (*case.products, case.product) if one.strip()}
    offers = []
    for one in listed:
        content = one.content
        product, unit = content["product"], content["declared_unit"]
        offers.append(
            FootprintOffer(
                id=one.id,
                name=product["name"],
                name_zh=product.get("name_zh") or product["name"],
                kg=content["totals"]["excluding_biogenic_uptake_kg_co2e"],
                least=content["completeness"]["word"] == "at least",
                amount=f"{unit['amount']:g}",
                unit=unit["unit"],
                made_at=one.created_at,
                fits=bool(wanted & _names(product)),
            )
        )
    return sorted(offers, key=lambda one: not one.fits)


def _names(product: Mapping[str, Any]) -> set[str]:
    texts = [product.get("name"), product.get("name_zh"), *(product.get("product_ids") or ())]
    return {str(one).strip().casefold() for one in texts if one}
