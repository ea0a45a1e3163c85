"""The tables. Every row that belongs to someone has a tenant, and every query names it.

Documents are kept as the canonical JSON text that was hashed, never as database JSON, which
would reorder and renumber them.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from api.store.types import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

HASH = String(71)  # "sha256:" and 64 hexadecimal digits


def tenant_column() -> Column[str]:
    """Whose a row is."""
    return Column("tenant", String(64), ForeignKey("tenants.id"), nullable=False)


def attempt_columns() -> tuple[Column[Any], ...]:
    """What is known of sending a message that waits until it has arrived or is given up."""
    return (
        Column("state", String(16), nullable=False),
        Column("attempts", Integer, nullable=False),
        Column("created_at", UtcDateTime, nullable=False),
        # When it is tried next: while it is being sent, when another server may try.
        Column("due_at", UtcDateTime, nullable=False),
        Column("said", Text, nullable=False),
    )


tenants = Table(
    "tenants",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)

#: Only the SHA-256 of a token is kept: the secret has 256 random bits, so no slow hash is needed.
access_tokens = Table(
    "access_tokens",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("name", Text, nullable=False),
    Column("secret_hash", HASH, nullable=False, unique=True),
    Column("created_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    Column("person", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("expires_at", UtcDateTime),
    # What it may be used for; `*` is everything, as of tokens made before there were scopes.
    Column("scopes", Text, nullable=False, server_default="*"),
    # What the last rotation replaced, good for a while longer.
    Column("old_secret_hash", HASH, nullable=False, server_default="", index=True),
    Column("old_secret_until", UtcDateTime),
)

footprints = Table(
    "footprints",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("created_at", UtcDateTime, nullable=False),
    Column("file", Text, nullable=False),
    Column("bom", LargeBinary, nullable=False),
    Column("product_file", LargeBinary, nullable=True),
    Column("bom_hash", HASH, key="file_hash", nullable=False),
    Column("document", Text, nullable=False),
    Column("document_hash", HASH, nullable=False),
    # The Merkle root over the salted lines; empty and NULL for footprints of before.
    Column("commitment", HASH, nullable=False),
    Column("public_hash", HASH, nullable=False),
    # Hashes of the forms of exchange; an empty list for footprints of before.
    Column("bound", Text, nullable=False, server_default="[]"),
    Column("secret", LargeBinary),
    Column("site_file", LargeBinary),
    Column("documents", Text, nullable=False),
    Column("electricity", String(8), nullable=False),
    Column("matches_file", LargeBinary),
    Column("mapping_file", LargeBinary),
    Column("allow_gaps", Boolean, nullable=False),
    Column("screening", Boolean, nullable=False),
    UniqueConstraint("tenant", "id"),
    Index(None, "tenant", "created_at"),
)

#: Datasets that people chose for lines; `line` is the hash of what lines are compared by.
matches = Table(
    "matches",
    metadata,
    Column("tenant", String(64), ForeignKey("tenants.id"), primary_key=True),
    Column("line", HASH, primary_key=True),
    Column("name", Text, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("material", Text, nullable=False),
    Column("specification", Text, nullable=False),
    Column("dataset", Text, nullable=False),
    Column("chosen_by", Text, nullable=False),
    Column("chosen_at", UtcDateTime, nullable=False),
)

certificates = Table(
    "certificates",
    metadata,
    Column("number", String(32), primary_key=True),
    tenant_column(),
    Column("footprint", String(36), nullable=False),
    Column("scheme", String(64), nullable=False),
    Column("tier", String(16), nullable=False),
    Column("issued_at", UtcDateTime, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    Column("status", String(16), nullable=False),
    Column("status_at", UtcDateTime, nullable=False),
    Column("status_reason", Text, nullable=False),
    Column("status_list", Integer, nullable=False),
    Column("status_index", Integer, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("view", Text, nullable=False),
    Column("credential", Text, nullable=False),
    Column("key_id", String(64), ForeignKey("signing_keys.id"), nullable=False),
    # What the register is searched by; it is all in the view as well.
    Column("subject", String(16), nullable=False),
    Column("product", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("inventory", HASH, nullable=False),
    Column("rules", HASH, nullable=False),
    Column("surveillance_due", Date),
    Column("replaces", String(32)),
    Column("superseded_by", String(32)),
    # Who made, checked and approved it: for the owner's eyes, never public.
    Column("application", String(36)),
    Column("maker", Text, nullable=False),
    Column("checker", Text, nullable=False),
    Column("approver", Text, nullable=False),
    # A certificate and its footprint have the same owner: the database itself holds to it.
    ForeignKeyConstraint(["tenant", "footprint"], ["footprints.tenant", "footprints.id"]),
    UniqueConstraint("status_list", "status_index"),
    Index(None, "tenant", "footprint"),
    Index(None, "tenant", "issued_at"),
    Index(None, "issued_at", "number"),
    Index("ix_certificates_status_issued_at", "status", "issued_at", "number", "valid_until"),
    Index(None, "inventory"),
)

#: An order for a certificate on its way through maker, checker and approver.
applications = Table(
    "applications",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("state", String(16), nullable=False),
    Column("footprint", String(36), nullable=False),
    Column("scheme", String(64), nullable=False),
    Column("tier", String(16), nullable=False),
    Column("evidence", Text, nullable=False),
    Column("months", Integer),
    Column("replaces", String(32)),
    Column("replace", Boolean, nullable=False, server_default=false()),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("maker", Text, nullable=False),
    Column("checker", Text, nullable=False),
    Column("approver", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("number", String(32), ForeignKey("certificates.number"), unique=True),
    ForeignKeyConstraint(["tenant", "footprint"], ["footprints.tenant", "footprints.id"]),
    Index(None, "tenant", "created_at"),
)

#: What somebody holds against a certificate, and what came of it. Public, but for who a reader
#: without a token is and how to reach him: such an objection has no tenant.
objections = Table(
    "objections",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number", String(32), ForeignKey("certificates.number"), nullable=False),
    Column("tenant", String(64), ForeignKey("tenants.id")),
    Column("at", UtcDateTime, nullable=False),
    Column("party", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", UtcDateTime),
    Column("ground", String(16), nullable=False, server_default="other"),
    Column("name", Text, nullable=False, server_default=""),
    Column("contact", Text, nullable=False, server_default=""),
    Index(None, "number", "at"),
)

#: Credits behind neutral certificates, each range once: what is taken is never given back.
credit_uses = Table(
    "credit_uses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("registry", Text, nullable=False),
    Column("series", Text, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("number", String(32), ForeignKey("certificates.number"), nullable=False),
    Column("claim", String(32), nullable=False),
    Index(None, "registry", "series", "first"),
    Index(None, "number"),
)

#: The files as they were issued. They are kept, not drawn again: a newer typst may draw otherwise.
certificate_files = Table(
    "certificate_files",
    metadata,
    Column("number", String(32), ForeignKey("certificates.number"), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("sha256", HASH, nullable=False),
    Column("pdf", LargeBinary, nullable=False),
)

#: Public halves only. A key stays here for good, so that old certificates can be verified.
signing_keys = Table(
    "signing_keys",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("public_jwk", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    # Since when the key counts as leaked: from then on it is not published any more.
    Column("leaked_at", UtcDateTime),
)

#: Append-only: triggers refuse UPDATE and DELETE, and each row holds the hash of the one before.
audit_log = Table(
    "audit_log",
    metadata,
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcDateTime, nullable=False),
    Column("tenant", String(64), nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    Column("facts", Text, nullable=False),
    Column("previous", HASH, nullable=False),
    Column("hash", HASH, nullable=False, unique=True),
    # Of what is not public in an entry; empty for entries of before, whose hash covers all of it.
    Column("digest", HASH, nullable=False),
    Index(None, "tenant", "sequence"),
    Index(None, "subject"),
)

#: Work that takes longer than a request. `actor` and `payload` are JSON for the worker alone; the
#: payload is deleted when the job has ended.
jobs = Table(
    "jobs",
    metadata,
    Column("id", String(36), primary_key=True),
    tenant_column(),
    Column("kind", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("lost", Integer, nullable=False),
    Column("leased_until", UtcDateTime),
    Column("actor", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Column("result", Text, nullable=False),
    Column("problem", Text, nullable=False),
    Index(None, "state", "created_at"),
    Index(None, "tenant", "created_at"),
)

idempotency_keys = Table(
    "idempotency_keys",
    metadata,
    Column("tenant", String(64), ForeignKey("tenants.id"), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("request_hash", HASH, nullable=False),
    Column("resource", Text, nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
)
