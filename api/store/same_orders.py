"""Find the certificates that the same order made: by hashes of what their product is known by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from sqlalchemy import insert, select

from api.store.certificates import StoredCertificate
from api.store.claim_tables import order_keys
from api.store.database import UnitOfWork
from api.store.rows import columns
from api.store.tables import certificates
from footprint.canonical_fast import fast_hash
from footprint.certificates.lifecycle import CERTIFICATE_RULES

#: Keys that are looked up in one query: databases limit the number of its parameters.
_AT_ONCE = 5000


def order_key(tenant: str, scheme: str, tier: str, name: str) -> str:
    """The hash under which a name of a product stands, of a tenant's in a tier of a scheme."""
    return fast_hash([tenant, scheme, tier, name])


def order_rows(
    number: str, tenant: str, scheme: str, tier: str, names: Iterable[str]
) -> list[dict[str, str]]:
    """The rows by which a certificate is found that is known by these names."""
    keys = sorted(order_key(tenant, scheme, tier, name) for name in names)
    return [{"key": key, "number": number} for key in keys]


def add_order_rows(uow: UnitOfWork, rows: list[dict[str, str]]) -> None:
    """Store rows of `order_rows`, of certificates that are stored already."""
    if rows:
        uow.connection.execute(insert(order_keys), rows)


def certificates_by_key(
    uow: UnitOfWork, keys: Collection[str]
) -> Mapping[str, list[StoredCertificate]]:
    """The certificates under each of these keys that can be replaced, the newest first."""
    found: dict[str, list[StoredCertificate]] = defaultdict(list)
    listed = sorted(keys)
    for start in range(0, len(listed), _AT_ONCE):
        query = (
            select(order_keys.c.key, *columns(StoredCertificate, certificates))
            .join(certificates, certificates.c.number == order_keys.c.number)
            .where(
                order_keys.c.key.in_(listed[start : start + _AT_ONCE]),
                certificates.c.status.in_(CERTIFICATE_RULES["supersede"].after),
            )
            .order_by(certificates.c.issued_at.desc(), certificates.c.number)
        )
        for row in uow.connection.execute(query):
            members = dict(row._mapping)
            found[members.pop("key")].append(StoredCertificate(**members))
    return found
