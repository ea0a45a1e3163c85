"""Who belongs to a tenant: invited by a link, given roles, shut out; and the tokens people make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.faults import FORBIDDEN, INVALID, UNKNOWN_PERSON
from api.services.lifecycle import checked_text
from api.services.people import need_role
from api.services.sessions import key_hash, new_key
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.sessions import add_link, end_person
from api.store.staff import Member, add_member, change_member, find_member, members_of
from api.store.tenants import (
    ALL_ROLES,
    Actor,
    narrow_token,
    revoke_token,
    tokens_of,
)
from footprint.certificates.lifecycle import Role

#: How long an invitation waits for its click.
INVITATION_LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Staff:
    """The people of all tenants; each method names whose it is about. All of it is an owner's."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def listed(self, actor: Actor) -> list[Member]:
        """The actor's people, by name. Raises ServiceRefused API-102."""
        need_role(actor, "owner")
        with self.database.reading() as uow:
            return members_of(uow, actor.tenant)

    def invite(self, actor: Actor, name: str, roles: Sequence[str]) -> tuple[Member, str]:
        """A new person, and the secret of a link that signs him in once within a week.

        Raises ServiceRefused API-102, API-002 (no name, no role, a name that is taken).
        """
        need_role(actor, "owner")
        now, clean = self.clock(), checked_text(name, "name")
        made = Member(
            str(UUID(bytes=self.entropy(16), version=4)),
            actor.tenant,
            clean,
            ",".join(known_roles(roles)),
            now,
        )
        secret = new_key(self.entropy)
        try:
            with self.database.writing() as uow:
                # A token may carry the name already: two people would be one pair of eyes.
                if tokens_of(uow, actor.tenant, clean) or clean == actor.identity:
                    raise _taken(clean)
                add_member(uow, made)
                add_link(uow, key_hash(secret), made.actor, now + INVITATION_LIFE)
                facts = {"name": clean, "roles": made.roles, "by": actor.identity}
                append(uow, actor, now, "person.invited", made.id, facts)
        except IntegrityError:
            raise _taken(clean) from None
        return made, secret

    def invite_again(self, actor: Actor, member: str) -> tuple[Member, str]:
        """A new link for a person; the earlier links and sessions end, tokens stay.

        Raises ServiceRefused API-102, API-221.
        """
        now, secret = self.clock(), new_key(self.entropy)
        with self.database.writing() as uow:
            found = self._theirs(uow, actor, member)
            back = replace(found, ended_at=None)
            change_member(uow, found, roles=found.roles, ended_at=None)
            end_person(uow, found.tenant, found.name)
            add_link(uow, key_hash(secret), back.actor, now + INVITATION_LIFE)
            facts = {"name": found.name, "roles": found.roles, "by": actor.identity}
            append(uow, actor, now, "person.invited", found.id, facts)
        return back, secret

    def give(self, actor: Actor, member: str, roles: Sequence[str]) -> None:
        """Give a person other roles. His sessions end; his tokens keep no role that he has not.

        Raises ServiceRefused API-102, API-221, API-002 (no role).
        """
        wanted, now = known_roles(roles), self.clock()
        with self.database.writing() as uow:
            found = self._theirs(uow, actor, member)
            change_member(uow, found, roles=",".join(wanted), ended_at=found.ended_at)
            end_person(uow, found.tenant, found.name)
            for token in tokens_of(uow, found.tenant, found.name):
                kept = [role for role in token.roles.split(",") if role in wanted]
                narrow_token(uow, token.id, ",".join(kept))
            facts = {"name": found.name, "roles": ",".join(wanted), "by": actor.identity}
            append(uow, actor, now, "person.changed", found.id, facts)

    def end(self, actor: Actor, member: str) -> None:
        """Shut a person out: links, sessions and tokens end. Raises ServiceRefused API-102,
        API-221."""
        now = self.clock()
        with self.database.writing() as uow:
            found = self._theirs(uow, actor, member)
            change_member(uow, found, roles=found.roles, ended_at=now)
            end_person(uow, found.tenant, found.name)
            for token in tokens_of(uow, found.tenant, found.name):
                revoke_token(uow, token.id, now)
            facts = {"name": found.name, "by": actor.identity}
            append(uow, actor, now, "person.ended", found.id, facts)

    def _theirs(self, uow: UnitOfWork, actor: Actor, member: str) -> Member:
        """The person of this id, who is somebody else: nobody changes what he may do himself."""
        need_role(actor, "owner")
        found = find_member(uow, actor.tenant, member[:64])
        if found is None:
            raise UNKNOWN_PERSON.refuse("There is no such person among yours.")
        if found.name == actor.identity:
            raise FORBIDDEN.refuse(
                "Nobody changes what he may do himself.",
                "Let another owner do it, or `footprint link` on the machine that serves.",
            )
        return found


def known_roles(roles: Sequence[str]) -> tuple[Role, ...]:
    """Roles in their order. Raises ServiceRefused API-002 for none, and for what is none."""
    found = tuple(role for role in ALL_ROLES if role in roles)
    if not found or len(found) != len(set(roles)):
        raise INVALID.refuse("The form cannot be used: it names no role.")
    return found


def _taken(name: str) -> Exception:
    return INVALID.refuse(
        f"The name {name!r} is taken: two people of one name would be one pair of eyes.",
        "Write the name so that nobody else has it.",
    )
