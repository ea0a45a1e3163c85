"""Partners of a tenant: made, given another secret, closed; and the tokens that they are granted.

OAuth 2 client credentials (RFC 6749, section 4.4): a partner shows its client id and secret and
gets a token for an hour. Its own secret for our client is kept as a file beside the signing keys.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit
from uuid import UUID

from api.faults import REFUSED, UNKNOWN_PARTNER
from api.other_hosts import https_place
from api.partners.model import Partner, PartnerKind, ReceivedEvent, SentEvent
from api.partners.rows import (
    add_partner,
    add_partner_token,
    change_partner,
    change_scopes,
    close_partner,
    find_partner,
    list_partners,
    list_received,
    list_sent,
    partner_by_client,
    partner_by_secret,
    partner_of_token,
    rotate_secret,
)
from api.scopes import PARTNER_SCOPES, scope_text, unknown_scopes
from api.services.access import new_secret
from api.services.keyring import write_secret
from api.services.lifecycle import checked_text
from api.services.people import need_role
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.tenants import Actor
from footprint.canonical import bytes_hash
from footprint.faults import Where

Place = tuple[datetime, str] | None

#: How long a token counts, and how long a secret that was replaced.
TOKEN_LIFE, OLD_SECRET_LIFE = timedelta(hours=1), timedelta(hours=24)
#: How long a token that has ended is remembered, to be called expired and not unknown.
REMEMBERED = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class PartnerOrder:
    """A partner to be made. `events_url`, `auth_url` and what follows are for our events to it."""

    name: str
    events_url: str = ""
    auth_url: str = ""
    their_client_id: str = ""
    their_client_secret: str = ""
    kind: PartnerKind = "buyer"
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartnerRegistry:
    """The partners of all tenants; each method names whose it is about. `folder` holds their
    secrets for our client, one file each."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    folder: Path

    def add(self, actor: Actor, order: PartnerOrder) -> tuple[Partner, str]:
        """A new partner, and its client secret, which is shown this once.

        Without scopes it has those that its kind needs. Raises ServiceRefused API-102 (no
        approver), API-003 for addresses that cannot be used and for unknown scopes.
        """
        need_role(actor, "approver")
        _refuse_addresses(order)
        now, secret = self.clock(), new_secret(self.entropy)
        partner = Partner(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            tenant=actor.tenant,
            name=checked_text(order.name, "name"),
            client_id=f"fpc_{self.entropy(12).hex()}",
            events_url=order.events_url.rstrip("/"),
            auth_url=(order.auth_url or order.events_url).rstrip("/"),
            their_client_id=order.their_client_id,
            created_at=now,
            kind=order.kind,
            scopes=_scopes(order.scopes or _NEEDED[order.kind]),
        )
        if partner.events_url:  # before the row: a partner without its secret could not be served
            self._keep_secret(partner.id, order.their_client_secret)
        with self.database.writing() as uow:
            add_partner(uow, partner, bytes_hash(secret.encode()))
            append(uow, actor, now, "partner.added", partner.id, {"name": partner.name})
        return partner, secret

    def connect(self, actor: Actor, partner: str, order: PartnerOrder) -> Partner:
        """Where the partner's server is, and our credentials there; its name and kind stay.

        Raises ServiceRefused API-102, API-210, API-003 for addresses that cannot be used.
        """
        need_role(actor, "approver")
        _refuse_addresses(order)
        with self.database.writing() as uow:
            found = found_partner(uow, actor, partner)
            made = replace(
                found,
                events_url=order.events_url.rstrip("/"),
                auth_url=(order.auth_url or order.events_url).rstrip("/"),
                their_client_id=order.their_client_id,
            )
            if made.events_url:
                self._keep_secret(found.id, order.their_client_secret)
            change_partner(uow, made)
            facts = {"events_url": made.events_url}
            append(uow, actor, self.clock(), "partner.connected", made.id, facts)
        return made

    def allow(self, actor: Actor, partner: str, scopes: Sequence[str]) -> Partner:
        """What a partner may do from now on; its tokens may do no more, at once.

        Raises ServiceRefused API-102, API-210, API-003 for unknown scopes.
        """
        need_role(actor, "approver")
        wanted = _scopes(scopes)
        with self.database.writing() as uow:
            found = found_partner(uow, actor, partner)
            change_scopes(uow, found, wanted)
            append(uow, actor, self.clock(), "partner.scopes", found.id, {"scopes": wanted})
        return replace(found, scopes=wanted)

    def listed(self, actor: Actor) -> list[Partner]:
        """The actor's partners, oldest first, closed ones included."""
        with self.database.reading() as uow:
            return list_partners(uow, actor.tenant)

    def rotate(self, actor: Actor, partner: str) -> tuple[Partner, str]:
        """Another client secret; the present one counts for OLD_SECRET_LIFE more.

        Raises ServiceRefused API-102, API-210.
        """
        need_role(actor, "approver")
        now, secret = self.clock(), new_secret(self.entropy)
        with self.database.writing() as uow:
            found = found_partner(uow, actor, partner)
            rotate_secret(uow, found, bytes_hash(secret.encode()), now + OLD_SECRET_LIFE)
            append(uow, actor, now, "partner.secret-rotated", found.id, {})
        return found, secret

    def close(self, actor: Actor, partner: str) -> None:
        """Let a partner in no more, at once. Raises ServiceRefused API-102, API-210."""
        need_role(actor, "approver")
        now = self.clock()
        with self.database.writing() as uow:
            found = found_partner(uow, actor, partner)
            close_partner(uow, found, now)
            append(uow, actor, now, "partner.closed", found.id, {})
        self._file(found.id).unlink(missing_ok=True)

    def sent(self, actor: Actor, limit: int, after: Place) -> list[SentEvent]:
        """Events to the actor's partners, newest first, behind `after` (time and id)."""
        with self.database.reading() as uow:
            return list_sent(uow, actor.tenant, limit, after)

    def received(self, actor: Actor, limit: int, after: Place) -> list[ReceivedEvent]:
        """Events of the actor's partners, newest first, behind `after` (time and id)."""
        with self.database.reading() as uow:
            return list_received(uow, actor.tenant, limit, after)

    def grant(self, client_id: str, secret: str, asked: str = "") -> tuple[str, str] | None:
        """A token for TOKEN_LIFE and its scopes, all of the partner's or those that are asked; None
        when there is no such client with this secret. Raises WrongScope for what it has not."""
        now, token = self.clock(), new_secret(self.entropy)
        with self.database.writing() as uow:
            partner = partner_by_secret(uow, client_id, bytes_hash(secret.encode()), now)
            if partner is None:
                return None
            wanted = asked.split()
            if set(wanted) - set(partner.scopes.split()):
                raise WrongScope
            if wanted:
                partner = replace(partner, scopes=scope_text(wanted, PARTNER_SCOPES))
            forget = now - REMEMBERED
            add_partner_token(uow, bytes_hash(token.encode()), partner, now + TOKEN_LIFE, forget)
        return token, partner.scopes

    def tenant_of(self, client_id: str) -> str:
        """Whose partner has this client id; empty for nobody's."""
        with self.database.reading() as uow:
            found = partner_by_client(uow, client_id)
        return "" if found is None else found.tenant

    def holder(self, token: str) -> tuple[Partner, bool] | None:
        """Whose token this is, and whether it still counts; None for one that is unknown."""
        with self.database.reading() as uow:
            found = partner_of_token(uow, bytes_hash(token.encode()))
        return None if found is None else (found[0], found[1] > self.clock())

    def their_secret(self, partner: Partner) -> str:
        """The partner's secret for our client. Raises OSError when its file cannot be read."""
        secret: str = json.loads(self._file(partner.id).read_text(encoding="utf-8"))
        return secret

    def _keep_secret(self, partner: str, secret: str) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._file(partner)
        file.unlink(missing_ok=True)
        write_secret(file, json.dumps(secret))

    def _file(self, partner: str) -> Path:
        return self.folder / f"partner-{partner}.json"


def found_partner(uow: UnitOfWork, actor: Actor, partner: str) -> Partner:
    """The actor's open partner of this id. Raises ServiceRefused API-210."""
    found = find_partner(uow, actor.tenant, partner[:64])
    if found is None or found.closed_at is not None:
        raise UNKNOWN_PARTNER.refuse(
            f"There is no open partner {partner[:64]!r} among yours.",
            "GET /v1/partners lists them.",
        )
    return found


class WrongScope(Exception):
    """A scope was asked for that the partner has not."""


#: What a partner of each kind needs: a buyer fetches and asks, a supplier only answers.
_NEEDED: dict[PartnerKind, tuple[str, ...]] = {
    "buyer": PARTNER_SCOPES,
    "supplier": ("events:write",),
    "both": PARTNER_SCOPES,
}


def _scopes(named: Sequence[str]) -> str:
    for one in unknown_scopes(named, PARTNER_SCOPES):
        raise REFUSED.refuse(
            f"There is no scope {one[:40]!r} for partners.",
            f"Scopes: {', '.join(PARTNER_SCOPES)}.",
            where=Where(column="body.scopes"),
        )
    return scope_text(named, PARTNER_SCOPES)


def _refuse_addresses(order: PartnerOrder) -> None:
    for name in ("events_url", "auth_url"):
        address = getattr(order, name)
        if address and (https_place(address) is None or urlsplit(address).query):
            raise REFUSED.refuse(
                f"{name} is no plain https address: tokens and footprints go there.",
                "Such as https://pact.example.com, without a query, fragment or user name.",
                where=Where(column=f"body.{name}"),
            )
    if not order.events_url and (order.auth_url or order.their_client_id):
        raise REFUSED.refuse(
            "A client id or an address for tokens is given, and no address for events.",
            "Give events_url as well, or leave them out for a partner that only reads.",
            where=Where(column="body.events_url"),
        )
