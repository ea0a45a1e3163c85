"""Footprints that may answer a request: those of its product first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock
from typing import Any

from api.answering.model import Case
from api.store.database import Database
from api.store.footprints import StoredFootprint, find_footprints, list_footprints
from api.store.tenants import Actor

#: Newest footprints that are looked at.
_MOST = 30
#: Footprints of which is remembered what is offered, about 1 kB each.
_REMEMBERED = 2_000


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


@dataclass(frozen=True, slots=True)
class _Head:
    """What of a footprint is offered: its product, its total, and the names it answers to."""

    name: str
    name_zh: str
    kg: float
    least: bool
    amount: str
    unit: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Offers:
    """What may answer, for all tenants. A document never changes, so what is offered of it is
    remembered under its hash: parsing six took a seventh of the page of a request."""

    database: Database
    _heads: OrderedDict[str, _Head] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def of_case(self, actor: Actor, case: Case) -> list[FootprintOffer]:
        """The actor's newest footprints; those whose product id or name agrees stand first."""
        wanted = {one.strip().casefold() for one in (*case.products, case.product) if one.strip()}
        with self.database.reading() as uow:
            listed = list_footprints(uow, actor.tenant, _MOST)
            known = {one.id: self._heads.get(one.document_hash) for one in listed}
            unread = [id for id, head in known.items() if head is None]
            read = find_footprints(uow, actor.tenant, unread).values() if unread else ()
        for one in read:
            known[one.id] = self._keep(one)
        offers = [
            FootprintOffer(
                id=one.id,
                name=head.name,
                name_zh=head.name_zh,
                kg=head.kg,
                least=head.least,
                amount=head.amount,
                unit=head.unit,
                made_at=one.created_at,
                fits=not wanted.isdisjoint(head.names),
            )
            for one in listed
            if (head := known[one.id]) is not None
        ]
        return sorted(offers, key=lambda one: not one.fits)

    def _keep(self, footprint: StoredFootprint) -> _Head:
        head = _head(footprint.content)
        with self._lock:
            self._heads[footprint.document_hash] = head
            while len(self._heads) > _REMEMBERED:
                self._heads.popitem(last=False)
        return head


def _head(content: Mapping[str, Any]) -> _Head:
    product, unit = content["product"], content["declared_unit"]
    return _Head(
        name=product["name"],
        name_zh=product.get("name_zh") or product["name"],
        kg=content["totals"]["excluding_biogenic_uptake_kg_co2e"],
        least=content["completeness"]["word"] == "at least",
        amount=f"{unit['amount']:g}",
        unit=unit["unit"],
        names=_names(product),
    )


def _names(product: Mapping[str, Any]) -> frozenset[str]:
    texts = [product.get("name"), product.get("name_zh"), *(product.get("product_ids") or ())]
    return frozenset(str(one).strip().casefold() for one in texts if one)
