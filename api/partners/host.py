"""What partners may fetch: footprints that a tenant published, as PACT v3 documents.

A published document never changes but for its status. A later footprint of the same product and
place takes its place: the earlier one is deprecated and named in `precedingPfIds`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from api.faults import ALREADY_PUBLISHED
from api.partners.filters import Wanted, folded
from api.partners.model import Partner, Published
from api.partners.outbox import published_event
from api.partners.published import (
    EVERYONE,
    PagePlace,
    PublishedGroup,
    add_published,
    find_published,
    list_published,
    move_published,
    newest_published,
    readers_of,
)
from api.partners.registry import found_partner
from api.partners.rows import list_partners
from api.services.people import need_role
from api.services.reports import recalculated, reportable
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.tenants import Actor
from footprint.canonical_fast import canonical_bytes, fast_hash
from footprint.inventory.compiled import CompiledInventory
from footprint.pact.document import pact_document
from footprint.pact.model import moment_of

ACTIVE, DEPRECATED = "Active", "Deprecated"
_PLACES = ("geographyCountrySubdivision", "geographyCountry", "geographyRegionOrSubregion")
#: Of how many predecessors a document can name; a product has one that is active at a time.
_PREDECESSORS = 100


@dataclass(frozen=True, slots=True)
class PublishOrder:
    """Which footprint to publish, to whom (no ids: every partner), and whether a screening result
    may be; `screening` puts that word first in its comment."""

    footprint: str
    partners: tuple[str, ...] = ()
    screening: bool = False


@dataclass(frozen=True, slots=True)
class Host:
    """The published footprints of all tenants."""

    database: Database
    inventory: CompiledInventory
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    base_url: str

    def publish(self, actor: Actor, order: PublishOrder) -> Published:
        """Let partners fetch a footprint; the one that it replaces is deprecated. Each
        partner who may read it and takes events is told.

        Raises ServiceRefused API-102 (no approver), API-201, API-210, API-515 (it was published to
        others, or is deprecated), API-509 (it cannot be made again here); InputRefused (PAC codes)
        for a footprint that is no PACT document.
        """
        need_role(actor, "approver")
        found = reportable(self.database, actor, order.footprint)
        _, result = recalculated(found, self.inventory)
        stored = found.footprint
        document = pact_document(result, stored.created_at, screening=order.screening)
        now = self.clock()
        with self.database.writing() as uow:
            uow.lock_publications()
            readers = self._readers(uow, actor, order)
            earlier = find_published(uow, actor.tenant, stored.id)
            if earlier is not None:
                return _unchanged(uow, earlier, readers)
            replaced = _predecessors(uow, actor.tenant, document)
            document |= {"id": stored.id, "status": ACTIVE}
            if replaced:
                document["precedingPfIds"] = sorted(one.id for one in replaced)
            text = canonical_bytes(document).decode()
            made = Published(0, stored.id, actor.tenant, 0, text, now)
            add_published(uow, _group(document, actor.tenant, readers), _products(document), made)
            for one in replaced:
                _deprecate(uow, one)
            published_event(uow, self._told(uow, actor, readers), made.id, self, now)
            facts = {"document": fast_hash(document), "replaces": [one.id for one in replaced]}
            append(uow, actor, now, "footprint.published", stored.id, facts)
        return made

    def listed(
        self, partner: Partner, wanted: Wanted, limit: int, after: PagePlace
    ) -> list[Published]:
        """What the partner may fetch of what is wanted, `limit` at most, behind `after`."""
        if not partner.buys:
            return []
        with self.database.reading() as uow:
            return list_published(uow, partner.tenant, partner.id, wanted, limit, after)

    def get(self, partner: Partner, footprint: str) -> Published | None:
        """A footprint that the partner may fetch."""
        with self.database.reading() as uow:
            found = find_published(uow, partner.tenant, footprint[:64].lower())
            if found is None:
                return None
            readers = readers_of(uow, found.group_id)
        reads = partner.buys and EVERYONE in readers
        return found if reads or partner.id in readers else None

    def published(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None
    ) -> list[Published]:
        """What the actor's tenant published, newest first, behind `after` (time and id)."""
        with self.database.reading() as uow:
            return newest_published(uow, actor.tenant, limit, after)

    def _readers(self, uow: UnitOfWork, actor: Actor, order: PublishOrder) -> tuple[str, ...]:
        if not order.partners:
            return (EVERYONE,)
        return tuple(sorted({found_partner(uow, actor, one).id for one in order.partners}))

    def _told(self, uow: UnitOfWork, actor: Actor, readers: Sequence[str]) -> list[Partner]:
        return [
            one
            for one in list_partners(uow, actor.tenant)
            if one.closed_at is None
            and one.events_url
            and one.buys
            and (EVERYONE in readers or one.id in readers)
        ]


def _unchanged(uow: UnitOfWork, earlier: Published, readers: tuple[str, ...]) -> Published:
    if json.loads(earlier.document)["status"] != ACTIVE:
        raise ALREADY_PUBLISHED.refuse(
            f"Footprint {earlier.id} was published before and is deprecated by a later one.",
            "Calculate the footprint again and publish that.",
        )
    if readers_of(uow, earlier.group_id) != readers:
        raise ALREADY_PUBLISHED.refuse(
            f"Footprint {earlier.id} was published before, to other partners.",
            "Calculate it again and publish that to those who shall have it.",
        )
    return earlier


def _predecessors(uow: UnitOfWork, tenant: str, document: dict[str, Any]) -> list[Published]:
    """Active footprints of the very same product ids and place."""
    wanted = Wanted(products=(folded(document["productIds"][0]),), statuses=(folded(ACTIVE),))
    found = list_published(uow, tenant, None, wanted, _PREDECESSORS, PagePlace())
    same = _identity(document)
    return [one for one in found if _identity(json.loads(one.document)) == same]


def _identity(document: dict[str, Any]) -> tuple[list[str], str]:
    return sorted(folded(one) for one in document["productIds"]), _place(document)


def _deprecate(uow: UnitOfWork, published: Published) -> None:
    document = json.loads(published.document) | {"status": DEPRECATED}
    readers = readers_of(uow, published.group_id)
    group = _group(document, published.tenant, readers)
    move_published(uow, published, group, canonical_bytes(document).decode())


def _group(document: dict[str, Any], tenant: str, readers: tuple[str, ...]) -> PublishedGroup:
    return PublishedGroup(
        tenant=tenant,
        status=document["status"],
        geography=_place(document),
        valid_from=moment_of(document["validityPeriodStart"]),
        valid_until=moment_of(document["validityPeriodEnd"]),
        companies=tuple(document["companyIds"]),
        classifications=tuple(document.get("productClassifications", ())),
        readers=readers,
    )


def _place(document: dict[str, Any]) -> str:
    return next((document["pcf"][name] for name in _PLACES if document["pcf"].get(name)), "")


def _products(document: dict[str, Any]) -> tuple[str, ...]:
    return tuple(document["productIds"])
