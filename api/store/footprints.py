"""Stored footprints: the result's document, and the bill of materials it was made from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from api.store.database import UnitOfWork
from api.store.rows import columns, record
from api.store.tables import footprints


@dataclass(frozen=True, slots=True)
class StoredFootprint:
    """A footprint as it was published. `document` is canonical JSON; it never changes."""

    id: str
    tenant: str
    created_at: datetime
    file: str
    bom_hash: str
    document: str
    document_hash: str

    @property
    def content(self) -> dict[str, Any]:
        """The document, parsed."""
        parsed: dict[str, Any] = json.loads(self.document)
        return parsed


def add_footprint(
    uow: UnitOfWork, footprint: StoredFootprint, bom: bytes, product_file: bytes | None
) -> None:
    """Store a new footprint with the bytes it was made from."""
    uow.connection.execute(
        insert(footprints).values(**asdict(footprint), bom=bom, product_file=product_file)
    )


def find_footprint(uow: UnitOfWork, tenant: str, footprint: str) -> StoredFootprint | None:
    """The tenant's footprint of this id; None when there is none, or it is another tenant's."""
    if not _is_id(footprint):
        return None
    query = select(*columns(StoredFootprint, footprints)).where(
        footprints.c.tenant == tenant, footprints.c.id == footprint
    )
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else record(StoredFootprint, row)


def _is_id(text: str) -> bool:
    """Whether `text` is a UUID as we write them. PostgreSQL cannot be asked for every text."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
