"""Stored footprints: the result's document, and the bill of materials it was made from."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import insert, select

from api.store.database import UnitOfWork
from api.store.rows import columns, is_id, newest_first, record, record_of, row_values
from api.store.tables import footprints


@dataclass(frozen=True, slots=True)
class StoredFootprint:
    """A footprint as it was published. `document` is canonical JSON; it never changes.

    `file_hash` is the SHA-256 of the file, `commitment` the Merkle root over its salted lines,
    `public_hash` the hash of the document without them; the last two are empty for footprints that
    were made before certificates had them. `bound` are the forms of exchange that were made with
    it, as JSON: a form and a content hash each.
    """

    id: str
    tenant: str
    created_at: datetime
    file: str
    file_hash: str
    document: str
    document_hash: str
    commitment: str = ""
    public_hash: str = ""
    bound: str = "[]"

    @property
    def content(self) -> dict[str, Any]:
        """The document, parsed."""
        parsed: dict[str, Any] = json.loads(self.document)
        return parsed


@dataclass(frozen=True, slots=True)
class FootprintSource:
    """The bytes that a footprint was made from, and the secret behind its commitment (None for
    footprints that were made before there were commitments).

    `documents` are suppliers' footprints, `packed`; `electricity` is how lines with a contract
    count.
    """

    bom: bytes
    product_file: bytes | None
    secret: bytes | None
    site_file: bytes | None = None
    documents: str = "{}"
    electricity: Literal["location", "market"] = "location"
    matches_file: bytes | None = None
    mapping_file: bytes | None = None
    allow_gaps: bool = False
    screening: bool = False


def packed(documents: Mapping[str, bytes]) -> str:
    """Files by name as one text for the database."""
    return json.dumps({name: b64encode(documents[name]).decode() for name in sorted(documents)})


def unpacked_files(text: str) -> dict[str, bytes]:
    """The files that `packed` made a text of."""
    return {name: b64decode(data) for name, data in json.loads(text).items()}


#: Made once: making it took longer than running it.
_ADD = insert(footprints)


def add_footprint(uow: UnitOfWork, footprint: StoredFootprint, source: FootprintSource) -> None:
    """Store a new footprint with what it was made from."""
    add_footprints(uow, [(footprint, source)])


def add_footprints(
    uow: UnitOfWork, made: Sequence[tuple[StoredFootprint, FootprintSource]]
) -> None:
    """Store new footprints, at least one, each with what it was made from."""
    rows = [row_values(footprint) | row_values(source) for footprint, source in made]
    uow.connection.execute(_ADD, rows)


def find_source(uow: UnitOfWork, tenant: str, footprint: str) -> FootprintSource | None:
    """What the tenant's footprint of this id was made from."""
    wanted = {footprints.c.tenant: tenant, footprints.c.id: footprint}
    return record_of(uow, FootprintSource, wanted)


def find_footprints(
    uow: UnitOfWork, tenant: str, wanted: Sequence[str]
) -> dict[str, StoredFootprint]:
    """The tenant's footprints among these ids, by id; one query for many."""
    query = select(*columns(StoredFootprint, footprints)).where(
        footprints.c.tenant == tenant, footprints.c.id.in_([id for id in wanted if is_id(id)])
    )
    found = (record(StoredFootprint, row) for row in uow.connection.execute(query))
    return {footprint.id: footprint for footprint in found}


@dataclass(frozen=True, slots=True)
class ListedFootprint:
    """A footprint in a list: without its document, which may have a hundred thousand lines."""

    id: str
    created_at: datetime
    file: str
    file_hash: str
    document_hash: str


def list_footprints(
    uow: UnitOfWork, tenant: str, limit: int, after: tuple[datetime, str] | None = None
) -> list[ListedFootprint]:
    """The tenant's footprints, newest first, behind `after` (time and id of the last one)."""
    table = footprints
    query = select(*columns(ListedFootprint, table)).where(table.c.tenant == tenant)
    query = newest_first(query, table.c.created_at, table.c.id, limit, after)
    return [record(ListedFootprint, row) for row in uow.connection.execute(query)]


def document_hashes(uow: UnitOfWork, tenant: str, wanted: Sequence[str]) -> dict[str, str]:
    """The hashes of the documents of the tenant's footprints among these ids, by id."""
    query = select(footprints.c.id, footprints.c.document_hash).where(
        footprints.c.tenant == tenant, footprints.c.id.in_([id for id in wanted if is_id(id)])
    )
    return {row.id: row.document_hash for row in uow.connection.execute(query)}


def find_footprint(uow: UnitOfWork, tenant: str, footprint: str) -> StoredFootprint | None:
    """The tenant's footprint of this id; None when there is none, or it is another tenant's."""
    if not is_id(footprint):
        return None
    wanted = {footprints.c.tenant: tenant, footprints.c.id: footprint}
    return record_of(uow, StoredFootprint, wanted)
