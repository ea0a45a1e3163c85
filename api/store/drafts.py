"""Drafts: lists of parts on their way to a footprint; and the layouts of files that were read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from api.store.console_tables import drafts, layouts
from api.store.database import UnitOfWork
from api.store.rows import columns, is_id, record, record_of


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it is kept. `content` (facts and choices) and `cards` (candidates by kind of line)
    are JSON, `documents` files by name, packed; `mapping` is YAML. `footprint` is what came of it.
    """

    id: str
    tenant: str
    created_at: datetime
    changed_at: datetime
    revision: int
    file: str
    data: bytes
    mapping: bytes | None
    content: str
    cards: str
    footprint: str | None = None
    documents: str = "{}"


@dataclass(frozen=True, slots=True)
class ListedDraft:
    """A draft in a list, without its file."""

    id: str
    changed_at: datetime
    file: str
    content: str
    footprint: str | None


@dataclass(frozen=True, slots=True)
class KnownLayout:
    """Answers about files with these headings: of which file they were, and since when."""

    tenant: str
    fingerprint: str
    file: str
    mapping: bytes
    saved_at: datetime


def add_draft(uow: UnitOfWork, draft: StoredDraft) -> None:
    """Store a new draft."""
    uow.connection.execute(insert(drafts).values(asdict(draft)))


def find_draft(uow: UnitOfWork, tenant: str, draft: str) -> StoredDraft | None:
    """The tenant's draft of this id; None when there is none, or it is another tenant's."""
    if not is_id(draft):
        return None
    return record_of(uow, StoredDraft, {drafts.c.tenant: tenant, drafts.c.id: draft})


def change_draft(uow: UnitOfWork, draft: StoredDraft, revision: int) -> bool:
    """Store a draft over the one of this revision; False when it is another one by now."""
    values = asdict(draft)
    query = (
        update(drafts)
        .where(
            drafts.c.tenant == draft.tenant,
            drafts.c.id == draft.id,
            drafts.c.revision == revision,
        )
        .values(**{name: value for name, value in values.items() if name not in {"id", "tenant"}})
    )
    return uow.connection.execute(query).rowcount == 1


def drafts_of(uow: UnitOfWork, tenant: str, limit: int) -> Sequence[ListedDraft]:
    """The tenant's drafts, the last changed first."""
    query = (
        select(*columns(ListedDraft, drafts))
        .where(drafts.c.tenant == tenant)
        .order_by(drafts.c.changed_at.desc(), drafts.c.id)
        .limit(limit)
    )
    return [record(ListedDraft, row) for row in uow.connection.execute(query)]


def forget_drafts(uow: UnitOfWork, before: datetime) -> int:
    """Delete what nobody has changed since; returns how many."""
    return uow.connection.execute(delete(drafts).where(drafts.c.changed_at < before)).rowcount


def remove_draft(uow: UnitOfWork, tenant: str, draft: str) -> None:
    """Delete a draft of the tenant's."""
    uow.connection.execute(delete(drafts).where(drafts.c.tenant == tenant, drafts.c.id == draft))


def keep_layout(uow: UnitOfWork, layout: KnownLayout) -> None:
    """Store answers about a layout; they replace the tenant's earlier ones."""
    same = (layouts.c.tenant == layout.tenant) & (layouts.c.fingerprint == layout.fingerprint)
    uow.connection.execute(delete(layouts).where(same))
    uow.connection.execute(insert(layouts).values(asdict(layout)))


def find_layout(uow: UnitOfWork, tenant: str, fingerprint: str) -> KnownLayout | None:
    """The tenant's answers about files with these headings."""
    return record_of(
        uow, KnownLayout, {layouts.c.tenant: tenant, layouts.c.fingerprint: fingerprint}
    )
