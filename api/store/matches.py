"""Datasets that a tenant's people chose for lines of a name and unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select

from api.store.database import UnitOfWork
from api.store.rows import columns, record
from api.store.tables import matches
from footprint.bom.choices import Choice
from footprint.canonical import bytes_hash, canonical_json


@dataclass(frozen=True, slots=True)
class StoredMatch:
    """A choice as it is kept. `line` is the hash of what lines are compared by."""

    tenant: str
    line: str
    name: str
    unit: str
    material: str
    specification: str
    dataset: str
    chosen_by: str
    chosen_at: datetime

    @property
    def choice(self) -> Choice:
        """The choice, as the reader of bills of materials takes it."""
        return Choice(
            self.name,
            self.unit,
            self.dataset,
            self.chosen_by,
            self.chosen_at.date(),
            self.material,
            self.specification,
        )


def line_of(choice: Choice) -> str:
    """The hash of what lines are compared with a choice by."""
    return bytes_hash(canonical_json(list(choice.key)))


def keep_match(uow: UnitOfWork, match: StoredMatch) -> None:
    """Store a choice; it replaces the tenant's earlier one for the same kind of line."""
    same = (matches.c.tenant == match.tenant) & (matches.c.line == match.line)
    uow.connection.execute(delete(matches).where(same))
    values = {name: getattr(match, name) for name in StoredMatch.__dataclass_fields__}
    uow.connection.execute(insert(matches).values(values))


#: Made once: making it took longer than answering it.
_OF_TENANT = (
    select(*columns(StoredMatch, matches))
    .where(matches.c.tenant == bindparam("of"))
    .order_by(matches.c.name, matches.c.line)
)


def matches_of(uow: UnitOfWork, tenant: str) -> Sequence[StoredMatch]:
    """The tenant's choices, in the order of their names."""
    rows = uow.connection.execute(_OF_TENANT, {"of": tenant})
    return [record(StoredMatch, row) for row in rows]
