"""What rows hold about a person: found by his name, or with another name in its place."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, or_, select, update

from api.store.audit import ERASED, AuditEntry
from api.store.console_tables import staff, variants, versions
from api.store.database import UnitOfWork
from api.store.door_tables import sign_ins
from api.store.request_tables import answer_packs, buyer_cases, company_evidence
from api.store.room_tables import findings, room_grants
from api.store.rows import columns, record
from api.store.staff import Member
from api.store.tables import access_tokens, applications, audit_log, certificates, matches


@dataclass(frozen=True, slots=True)
class SignedTable:
    """A table in which the names of people stand. `key` is what a row is called by."""

    table: Table
    key: str
    names: tuple[str, ...]

    def of(self, tenant: str) -> ColumnElement[bool]:
        """Whether a row is the tenant's."""
        if "tenant" in self.table.c:
            return self.table.c.tenant == tenant
        own = select(applications.c.id).where(applications.c.tenant == tenant)
        return self.table.c.application.in_(own)


#: Everywhere that people sign with their name.
SIGNED = (
    SignedTable(staff, "id", ("name",)),
    SignedTable(access_tokens, "id", ("person", "name")),
    SignedTable(applications, "id", ("maker", "checker", "approver")),
    SignedTable(certificates, "number", ("maker", "checker", "approver")),
    SignedTable(matches, "line", ("chosen_by",)),
    SignedTable(versions, "id", ("by",)),
    SignedTable(variants, "id", ("by",)),
    SignedTable(company_evidence, "id", ("made_by",)),
    SignedTable(buyer_cases, "id", ("worker",)),
    SignedTable(answer_packs, "id", ("made_by",)),
    SignedTable(room_grants, "id", ("created_by",)),
    SignedTable(findings, "id", ("answered_by",)),
)


def signed_rows(uow: UnitOfWork, tenant: str, name: str) -> Iterator[dict[str, Any]]:
    """Each row in which a tenant's person signed: table, id, and as what."""
    for one in SIGNED:
        named = [one.table.c[column] for column in one.names]
        query = select(one.table.c[one.key].label("id"), *named)
        query = query.where(one.of(tenant), or_(*(column == name for column in named)))
        for row in uow.connection.execute(query.order_by(one.table.c[one.key])):
            said = [column for column in one.names if row._mapping[column] == name]
            yield {"table": one.table.name, "id": row.id, "as": said}


def replace_name(uow: UnitOfWork, tenant: str, name: str, alias: str) -> int:
    """Write an alias wherever the tenant's person signed; in how many places."""
    count = 0
    for one in SIGNED:
        for column in one.names:
            where = (one.of(tenant), one.table.c[column] == name)
            changed = uow.connection.execute(
                update(one.table).where(*where).values({column: alias})
            )
            count += changed.rowcount
    return count


def entries_naming(uow: UnitOfWork, tenant: str, name: str) -> list[AuditEntry]:
    """The entries of the tenant's log whose facts have this name as a value, oldest first."""
    quoted = json.dumps(name, ensure_ascii=False)
    query = (
        select(*columns(AuditEntry, audit_log))
        .where(audit_log.c.tenant == tenant, audit_log.c.facts.contains(quoted, autoescape=True))
        .order_by(audit_log.c.sequence)
    )
    found = (record(AuditEntry, row) for row in uow.connection.execute(query))
    return [one for one in found if name in json.loads(one.facts).values()]


def replace_in_log(
    uow: UnitOfWork, entries: list[AuditEntry], name: str, alias: str
) -> dict[str, str]:
    """Write an alias for a name into the facts of entries; the digest of each as it is now, by its
    number. Entries of the first schema, whose hash covers their facts, are left as they are."""
    told = {}
    for one in entries:
        if not one.digest:
            continue
        facts = json.loads(one.facts)
        facts.pop("erased", None)
        changed = {key: alias if value == name else value for key, value in facts.items()}
        text = json.dumps(changed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        written = replace(one, facts=ERASED + text.removeprefix("{"))
        query = update(audit_log).where(audit_log.c.sequence == one.sequence)
        uow.connection.execute(query.values(facts=written.facts))
        told[str(one.sequence)] = written.computed_digest()
    return told


def person_sign_ins(uow: UnitOfWork, tenant: str, name: str) -> list[Mapping[str, Any]]:
    """When and from where a person signed in, oldest first."""
    table = sign_ins
    query = (
        select(table.c.at, table.c.way, table.c.outcome, table.c.address)
        .where(table.c.tenant == tenant, table.c.person == name)
        .order_by(table.c.at, table.c.id)
    )
    return [dict(row._mapping) for row in uow.connection.execute(query)]


def forget_sign_ins(uow: UnitOfWork, tenant: str, name: str) -> None:
    """Forget when and from where a person signed in."""
    table = sign_ins
    uow.connection.execute(delete(table).where(table.c.tenant == tenant, table.c.person == name))


def forget_old_sign_ins(uow: UnitOfWork, oldest: datetime) -> int:
    """Forget who came to any door before a moment; how many records those were."""
    return uow.connection.execute(delete(sign_ins).where(sign_ins.c.at < oldest)).rowcount


def old_invitations(uow: UnitOfWork, oldest: datetime) -> list[Member]:
    """People of all tenants who were invited before a moment and never came, and who signed
    nothing since; those who were forgotten are left out."""
    query = select(*columns(Member, staff)).where(
        staff.c.joined_at.is_(None), staff.c.ended_at.is_(None), staff.c.invited_at < oldest
    )
    return [record(Member, row) for row in uow.connection.execute(query.order_by(staff.c.id))]


def signs_somewhere(uow: UnitOfWork, tenant: str, name: str) -> bool:
    """Whether anything of a tenant has this name."""
    return next(signed_rows(uow, tenant, name), None) is not None
