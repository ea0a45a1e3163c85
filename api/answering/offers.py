"""Footprints that may answer a request: those of its product first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
class Offers:
    """What may answer, for all tenants. A footprint never changes, so what is offered of it is
    remembered, with the names that it answers to: parsing six took a seventh of a request's page.
    """

    database: Database
    _known: OrderedDict[str, tuple[FootprintOffer, frozenset[str]]] = field(
        default_factory=OrderedDict
    )
    _lock: Lock = field(default_factory=Lock)

    def of_case(self, actor: Actor, case: Case) -> list[FootprintOffer]:
        """The actor's newest footprints; those whose product id or name agrees stand first."""
        wanted = {one.strip().casefold() for one in (*case.products, case.product) if one.strip()}
        with self.database.reading() as uow:
            listed = [one.id for one in list_footprints(uow, actor.tenant, _MOST)]
            known = {one: kept for one in listed if (kept := self._known.get(one)) is not None}
            unread = [one for one in listed if one not in known]
            read = find_footprints(uow, actor.tenant, unread).values() if unread else ()
        known |= {one.id: self._keep(one) for one in read}
        offers = [
            replace(offer, fits=not wanted.isdisjoint(names))
            for offer, names in (known[one] for one in listed)
        ]
        return sorted(offers, key=lambda one: not one.fits)

    def _keep(self, footprint: StoredFootprint) -> tuple[FootprintOffer, frozenset[str]]:
        content = footprint.content
        found = _offer(footprint, content), _names(content["product"])
        with self._lock:
            self._known[footprint.id] = found
            while len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return found


def _offer(footprint: StoredFootprint, content: Mapping[str, Any]) -> FootprintOffer:
    product, unit = content["product"], content["declared_unit"]
    return FootprintOffer(
        id=footprint.id,
        name=product["name"],
        name_zh=product.get("name_zh") or product["name"],
        kg=content["totals"]["excluding_biogenic_uptake_kg_co2e"],
        least=content["completeness"]["word"] == "at least",
        amount=f"{unit['amount']:g}",
        unit=unit["unit"],
        made_at=footprint.created_at,
        fits=False,
    )


def _names(product: Mapping[str, Any]) -> frozenset[str]:
    texts = [product.get("name"), product.get("name_zh"), *(product.get("product_ids") or ())]
    return frozenset(str(one).strip().casefold() for one in texts if one)
