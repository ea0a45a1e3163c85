"""The door: failed sign-ins are counted, and who failed too often waits; who came is remembered.

Links, tokens and secrets of clients have 256 random bits, so nobody guesses one. What is counted
shows that somebody tries, and stops him before he costs much. An unknown client is counted like a
known one: neither answer nor wait tells which clients there are.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from api.faults import LOCKED_OUT, UNKNOWN_LOCK
from api.services.access import DEFAULT_TENANT
from api.services.people import need_role
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.door import (
    CountKind,
    DoorCount,
    DoorOutcome,
    SignIn,
    Way,
    add_sign_in,
    count_failure,
    find_lock,
    forget_failures,
    forget_old_failures,
    list_locks,
    list_sign_ins,
    lock_count,
    locked_counts,
)
from api.store.tenants import Actor
from footprint.canonical import content_hash

#: Who locks: nobody signs in under this name.
DOOR = "door"


@dataclass(frozen=True, slots=True)
class Knock:
    """Somebody at the door: by which way, from which address, and as which client if by one.

    `tenant` is whose client that is; empty where there is none of this id. What is no client's id
    is kept as a hash only: it may be a secret that was typed into the wrong field.
    """

    way: Way
    address: str
    client: str = ""
    tenant: str = ""

    @property
    def counted(self) -> tuple[tuple[CountKind, str, str], ...]:
        """(kind, what, tenant) of what a failure is counted of. Machines and people that share an
        address do not lock each other out."""
        if self.way != "client":
            return (("address", self.address, DEFAULT_TENANT),)
        return (
            ("client", self.client, self.tenant or DEFAULT_TENANT),
            ("client-address", self.address, DEFAULT_TENANT),
        )

    @property
    def keys(self) -> list[str]:
        """Under which keys its failures are counted."""
        return [_key(kind, what) for kind, what, _ in self.counted]


@dataclass(frozen=True, slots=True)
class Door:
    """The doors of all tenants. `failures` within `wait` lock for as long."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    failures: int
    wait: timedelta

    def refuse_locked(self, knock: Knock) -> None:
        """Raise ServiceRefused API-702, with the seconds to wait, where too many failed before;
        it is asked before any secret is looked at."""
        now = self.clock()
        with self.database.reading() as uow:
            locked = locked_counts(uow, knock.keys, now)
        ends = [one.locked_until for one in locked if one.locked_until is not None]
        if ends:
            seconds = max(1, math.ceil((max(ends) - now).total_seconds()))
            raise LOCKED_OUT.refuse(
                "Too many sign-ins have failed here. Nothing was looked at.",
                f"Wait {seconds} seconds, or ask the owner of the installation to unlock it.",
                headers={"Retry-After": str(seconds)},
            )

    def failed(self, knock: Knock) -> None:
        """Keep that a sign-in was refused, and lock what has failed too often with it."""
        now = self.clock()
        with self.database.writing() as uow:
            forget_old_failures(uow, now - self.wait)
            self._keep(uow, knock, now, "refused")
            counts = [count_failure(uow, one) for one in self._first(knock, now)]
            over = [one for one in counts if one.failures == self.failures]
            for count in over:
                lock_count(uow, count, now, now + self.wait)
                self._keep(uow, knock, now, "locked")
            for count in over:
                facts = {"kind": count.kind, "failures": count.failures}
                append(uow, Actor(count.tenant, DOOR), now, "door.locked", count.id, facts)

    def came_in(self, knock: Knock, actor: Actor) -> None:
        """Keep that somebody came in. A client's own failures are forgotten, an address's are not:
        who has one account could otherwise try others for ever."""
        now = self.clock()
        with self.database.writing() as uow:
            self._keep(uow, knock, now, "in", actor)
            if knock.way == "client":
                forget_failures(uow, _key("client", knock.client))

    def listed(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[SignIn]:
        """Who came to the door of the actor's tenant, newest first. Raises ServiceRefused
        API-102."""
        need_role(actor, "owner")
        with self.database.reading() as uow:
            return list_sign_ins(uow, actor.tenant, limit, after)

    def locks(self, actor: Actor) -> list[DoorCount]:
        """What is locked now at the door of the actor's tenant. Raises ServiceRefused API-102."""
        need_role(actor, "owner")
        with self.database.reading() as uow:
            return list_locks(uow, actor.tenant, self.clock())

    def unlock(self, actor: Actor, lock: str) -> None:
        """Let what is locked try again at once. Raises ServiceRefused API-102, API-224."""
        need_role(actor, "owner")
        now = self.clock()
        with self.database.writing() as uow:
            found = find_lock(uow, actor.tenant, lock[:64], now)
            if found is None:
                raise UNKNOWN_LOCK.refuse("There is no such lock among yours, or it has ended.")
            forget_failures(uow, found.key)
            append(uow, actor, now, "door.unlocked", found.id, {"kind": found.kind})

    def _first(self, knock: Knock, now: datetime) -> list[DoorCount]:
        """The counts of a first failure."""
        return [
            DoorCount(
                key=_key(kind, what),
                id=self._id(),
                tenant=tenant,
                kind=kind,
                what="" if kind == "client" and not knock.tenant else what,
                failures=1,
                since=now,
            )
            for kind, what, tenant in knock.counted
        ]

    def _keep(
        self,
        uow: UnitOfWork,
        knock: Knock,
        now: datetime,
        outcome: DoorOutcome,
        actor: Actor | None = None,
    ) -> None:
        known = knock.client if knock.tenant else ""
        who = Actor(knock.tenant or DEFAULT_TENANT, known) if actor is None else actor
        kept = SignIn(
            self._id(), who.tenant, now, knock.way, outcome, who.name, who.person, knock.address
        )
        add_sign_in(uow, kept)

    def _id(self) -> str:
        return str(UUID(bytes=self.entropy(16), version=4))


def _key(kind: CountKind, what: str) -> str:
    return content_hash([kind, what])
