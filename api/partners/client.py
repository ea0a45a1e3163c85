"""Asking suppliers for footprints: by an event, or by reading what they list."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal
from uuid import UUID

from api.faults import REFUSED, UNKNOWN_ASK
from api.partners.model import CREATED, Partner
from api.partners.outbox import Said, put_out
from api.partners.receiving import Arrived, keep_arrived
from api.partners.registry import found_partner
from api.services.lifecycle import checked_text
from api.services.people import need_role
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.supplier_pcfs import (
    KeptPcf,
    SupplierAsk,
    add_ask,
    end_ask,
    find_ask,
    find_pcf,
    list_asks,
    list_pcfs,
    wanted_of,
)
from api.store.tenants import Actor
from footprint.faults import Where

#: Ids of one announcement that are looked at; a supplier who publishes more is asked for his list.
MOST_ANNOUNCED = 200


@dataclass(frozen=True, slots=True)
class AskOrder:
    """Whom to ask for which products. `way`: by an event that he answers, or by his list."""

    partner: str
    products: tuple[str, ...]
    way: Literal["event", "list"] = "event"
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Client:
    """What all tenants ask of their suppliers, and what came."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    base_url: str

    def ask(self, actor: Actor, order: AskOrder) -> SupplierAsk:
        """Ask a supplier; his answer is kept when it comes. Raises ServiceRefused API-102 (no
        maker), API-210, API-003 for one who cannot be asked, or no product."""
        need_role(actor, "maker")
        products = [checked_text(one, "products") for one in order.products]
        if not products:
            raise REFUSED.refuse("No product is named.", where=Where(column="body.products"))
        wanted: dict[str, Any] = {"productId": products}
        comment = checked_text(order.comment, "comment") if order.comment else ""
        now = self.clock()
        with self.database.writing() as uow:
            partner = found_partner(uow, actor, order.partner)
            _need_supplier(partner)
            if order.way == "event":
                more = {"comment": comment} if comment else {}
                ask = put_out(uow, partner, Said(CREATED, wanted | more), self, now)
            else:
                ask = self._new_id()
            made = _asked(partner, ask, order.way, wanted, now)
            add_ask(uow, made)
            facts = {"partner": partner.id, "way": order.way, "products": len(products)}
            append(uow, actor, now, "supplier.asked", ask, facts)
        return made

    def asks(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None
    ) -> list[SupplierAsk]:
        """What the actor's tenant asked, newest first, behind `after` (time and id)."""
        with self.database.reading() as uow:
            return list_asks(uow, actor.tenant, limit, after)

    def asked(self, actor: Actor, ask: str) -> SupplierAsk:
        """One of them. Raises ServiceRefused API-211."""
        with self.database.reading() as uow:
            found = find_ask(uow, actor.tenant, ask[:64])
        if found is None:
            raise UNKNOWN_ASK.refuse(f"You asked nothing of the id {ask[:64]!r}.")
        return found

    def kept(self, actor: Actor, limit: int, after: tuple[datetime, str] | None) -> list[KeptPcf]:
        """Suppliers' footprints that came, newest first, behind `after` (time and id)."""
        with self.database.reading() as uow:
            return list_pcfs(uow, actor.tenant, limit, after)

    def pcf(self, actor: Actor, pcf: str) -> KeptPcf:
        """One of them. Raises ServiceRefused API-211."""
        with self.database.reading() as uow:
            found = find_pcf(uow, actor.tenant, pcf[:64])
        if found is None:
            raise UNKNOWN_ASK.refuse(f"There is no supplier's footprint {pcf[:64]!r} here.")
        return found

    def fulfilled(self, uow: UnitOfWork, partner: Partner, data: Mapping[str, Any]) -> None:
        """A supplier answers. What nobody asked him for is not kept."""
        ask = find_ask(uow, partner.tenant, data["requestEventId"][:64])
        if ask is None or ask.partner != partner.id or ask.state != "waiting":
            return
        now = self.clock()
        said = keep_arrived(uow, Arrived(partner, ask.id, data["pfs"], now))
        end_ask(uow, ask.id, "answered", said, now)

    def rejected(self, uow: UnitOfWork, partner: Partner, data: Mapping[str, Any]) -> None:
        """A supplier says no, and why."""
        ask = find_ask(uow, partner.tenant, data["requestEventId"][:64])
        if ask is not None and ask.partner == partner.id:
            message = str(data["error"].get("message", ""))[:500]
            said = f"{data['error']['code'][:60]}: {message}".encode("utf-8", "replace").decode()
            end_ask(uow, ask.id, "rejected", said.replace("\x00", ""), self.clock())

    def announced(self, uow: UnitOfWork, partner: Partner, data: Mapping[str, Any]) -> None:
        """A supplier published something: it is fetched, if anything was ever asked of him."""
        if partner.supplies and partner.events_url and wanted_of(uow, partner.id):
            ids = [str(one).lower() for one in data["pfIds"][:MOST_ANNOUNCED]]
            ask = _asked(partner, self._new_id(), "ids", {"ids": ids}, self.clock())
            add_ask(uow, ask)

    def _new_id(self) -> str:
        return str(UUID(bytes=self.entropy(16), version=4))


def _asked(
    partner: Partner,
    ask: str,
    way: Literal["event", "list", "ids"],
    wanted: Mapping[str, Any],
    now: datetime,
) -> SupplierAsk:
    # Fetching follows the machine's clock; `now` only dates what was asked.
    return SupplierAsk(
        ask, partner.tenant, partner.id, way, json.dumps(wanted), now, datetime.now(UTC)
    )


def _need_supplier(partner: Partner) -> None:
    if not partner.supplies:
        raise REFUSED.refuse(
            f"{partner.name} is registered as a buyer and cannot be asked for footprints.",
            "Add it as a supplier, with its address and your credentials there.",
            where=Where(column="body.partner"),
        )
    if not partner.events_url or not partner.their_client_id:
        raise REFUSED.refuse(
            f"{partner.name} has no address or no credentials of yours there.",
            "Say where its server is: PUT /v1/partners/ID/connection.",
            where=Where(column="body.partner"),
        )


def wanted_products(wanted: list[str]) -> frozenset[str]:
    """The products, folded, that these requests (JSON) name."""
    names = (json.loads(one).get("productId", []) for one in wanted)
    return frozenset(one.strip().casefold() for some in names for one in some)
