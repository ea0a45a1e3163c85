"""People of a tenant: by which name they sign, what they may do, and since when."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, update

from api.store.console_tables import staff
from api.store.database import UnitOfWork
from api.store.rows import record_of, records_of
from api.store.tenants import ALL_ROLES, Actor
from footprint.certificates.lifecycle import Role

#: How the actors of people are named in sessions and in the log.
PERSON = "person:"


@dataclass(frozen=True, slots=True)
class Member:
    """A person of a tenant. `roles` are divided by commas; a name is never used for two people."""

    id: str
    tenant: str
    name: str
    roles: str
    invited_at: datetime
    joined_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def held(self) -> tuple[Role, ...]:
        """The roles that the person has."""
        given = self.roles.split(",")
        return tuple(role for role in ALL_ROLES if role in given)

    @property
    def actor(self) -> Actor:
        """The person as one who acts."""
        return Actor(self.tenant, f"{PERSON}{self.id}", self.name, self.held)


def add_member(uow: UnitOfWork, member: Member) -> None:
    """Store a person. Raises `sqlalchemy.exc.IntegrityError` for a name that is taken."""
    uow.connection.execute(insert(staff).values(asdict(member)))


def members_of(uow: UnitOfWork, tenant: str) -> list[Member]:
    """The people of a tenant, by name."""
    return records_of(uow, Member, {staff.c.tenant: tenant}, (staff.c.name,))


def find_member(uow: UnitOfWork, tenant: str, member: str) -> Member | None:
    """The tenant's person of this id."""
    return record_of(uow, Member, {staff.c.tenant: tenant, staff.c.id: member})


def change_member(
    uow: UnitOfWork, member: Member, *, roles: str, ended_at: datetime | None
) -> None:
    """Give a person other roles, or an end."""
    uow.connection.execute(
        update(staff).where(staff.c.id == member.id).values(roles=roles, ended_at=ended_at)
    )


def mark_joined(uow: UnitOfWork, actor: Actor, now: datetime) -> None:
    """Remember that somebody came in for the first time, if it is a person."""
    query = update(staff).where(
        staff.c.tenant == actor.tenant,
        staff.c.id == actor.name.removeprefix(PERSON),
        staff.c.joined_at.is_(None),
    )
    uow.connection.execute(query.values(joined_at=now))
