"""Which certificates are drafts: told by what was signed, through an index of its own."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Index, func, literal_column

from api.store.tables import certificates

#: Only the view of a draft holds these letters: within a text a quotation mark is written `\\"`.
_DRAFT: ColumnElement[str] = literal_column("'\"draft\":true'")
#: Whether a certificate is a draft, in the very words of the index that answers it.
is_draft = func.replace(certificates.c.view, _DRAFT, literal_column("''")) != certificates.c.view
Index(
    "ix_certificates_drafts",
    *(certificates.c.status, certificates.c.valid_until, certificates.c.number),
    sqlite_where=is_draft,
    postgresql_where=is_draft,
)
