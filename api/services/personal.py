"""What is held about a person: handed out, kept for a set time, and forgotten on demand.

Who is forgotten gets an alias wherever he signed, also in the audit log: the chain of its hashes
stays as it is, and an entry tells which entries were changed and what they say now. Certificates,
the register and every signed file name no person and do not change.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from api.faults import FORBIDDEN, UNKNOWN_PERSON
from api.services.people import need_role
from api.store.audit import FORGOTTEN, append
from api.store.database import Database, UnitOfWork
from api.store.objections import forget_readers
from api.store.personal import (
    entries_naming,
    forget_old_sign_ins,
    forget_sign_ins,
    old_invitations,
    person_sign_ins,
    replace_in_log,
    replace_name,
    signed_rows,
    signs_somewhere,
)
from api.store.sessions import end_person
from api.store.staff import PERSON, change_member, find_member, members_of
from api.store.tenants import Actor, revoke_token, tokens_of

#: Under which name the installation forgets by itself.
RETENTION = "retention"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What came of it: the alias, in how many places it stands, and how many entries changed."""

    alias: str
    places: int
    entries: int


@dataclass(frozen=True, slots=True)
class PersonalData:
    """The people of all tenants. A person is called by his id, or by the name he signs with."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    keep_sign_ins: timedelta
    keep_invitations: timedelta

    def export(self, actor: Actor, person: str) -> dict[str, Any]:
        """All that is held about a person, as JSON. For owners, and for the person himself.

        Raises ServiceRefused API-102, API-221.
        """
        with self.database.snapshot() as uow:
            if person not in (actor.identity, actor.name.removeprefix(PERSON)):
                need_role(actor, "owner")  # before the look: who there is is nobody else's matter
            name = self._name(uow, actor, person)
            known = [one for one in members_of(uow, actor.tenant) if one.name == name]
            held = {
                "name": name,
                "person": [asdict(one) for one in known],
                "tokens": [
                    {key: value for key, value in asdict(one).items() if key != "secret_hash"}
                    for one in tokens_of(uow, actor.tenant, name)
                ],
                "sign_ins": person_sign_ins(uow, actor.tenant, name),
                "signed": list(signed_rows(uow, actor.tenant, name)),
                "log": [
                    {"sequence": one.sequence, "at": one.at, "action": one.action}
                    | {"facts": json.loads(one.facts)}
                    for one in entries_naming(uow, actor.tenant, name)
                ],
            }
        document: dict[str, Any] = json.loads(json.dumps(held, default=_moment))
        return document

    def forget(self, actor: Actor, person: str) -> Forgotten:
        """Shut a person out and write an alias wherever he signed. It cannot be undone.

        Raises ServiceRefused API-102 (no owner, or himself), API-221.
        """
        need_role(actor, "owner")
        with self.database.writing() as uow:
            name = self._name(uow, actor, person)
            if name == actor.identity:
                raise FORBIDDEN.refuse(
                    "Nobody forgets himself: another owner does it.",
                    "Let another owner do it, or `footprint people forget` on the machine that "
                    "serves.",
                )
            return self._forget(uow, actor, name)

    def tidy(self) -> tuple[int, int]:
        """Forget what is older than the settings say: how many sign-ins, how many people who were
        invited and never came. Readers whose objections were answered are kept as long as
        sign-ins."""
        now = self.clock()
        with self.database.writing() as uow:
            forget_readers(uow, now - self.keep_sign_ins)
            sign_ins = forget_old_sign_ins(uow, now - self.keep_sign_ins)
            people = old_invitations(uow, now - self.keep_invitations)
            for one in people:
                self._forget(uow, Actor(one.tenant, RETENTION), one.name)
        return sign_ins, len(people)

    def _name(self, uow: UnitOfWork, actor: Actor, person: str) -> str:
        found = find_member(uow, actor.tenant, person[:64])
        name = person if found is None else found.name
        if found is None and not signs_somewhere(uow, actor.tenant, name):
            raise UNKNOWN_PERSON.refuse("There is no such person among yours.")
        return name

    def _forget(self, uow: UnitOfWork, actor: Actor, name: str) -> Forgotten:
        now, tenant = self.clock(), actor.tenant
        alias = f"person-{self.entropy(8).hex()}"
        uow.lock_audit_log()  # no entry with the name comes between the look and the change
        end_person(uow, tenant, name)
        for token in tokens_of(uow, tenant, name):
            revoke_token(uow, token.id, now)
        for one in members_of(uow, tenant):
            if one.name == name:
                change_member(uow, one, roles=one.roles, ended_at=now)
        forget_sign_ins(uow, tenant, name)
        entries = replace_in_log(uow, entries_naming(uow, tenant, name), name, alias)
        places = replace_name(uow, tenant, name, alias)
        facts = {"alias": alias, "entries": entries}
        append(uow, actor, now, FORGOTTEN, alias, facts)
        return Forgotten(alias, places, len(entries))


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)
