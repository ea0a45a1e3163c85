"""The register's public log: a chain of hashes that anyone can follow, and its signed head.

An entry shows when something happened, what, and to which certificate; all else (who did it, for
which tenant, with which files) is in it as a digest only. Its hash covers what is shown and the
hash of the entry before. Whoever keeps an old head finds out if anything before it was changed or
cut off.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc.jwk import ECKey

from footprint.canonical_fast import fast_hash
from footprint.certificates.claims import issuer_of
from footprint.certificates.faults import LOG_BROKEN
from footprint.certificates.jose import LOG_HEAD_TYPE, RefusedError, open_signed, sign
from footprint.certificates.keys import trusted_keys

#: What stands before the first entry.
GENESIS = "sha256:" + "0" * 64


@dataclass(frozen=True, slots=True)
class LogHead:
    """The newest entry of a log at a moment: how many there are, and the last one's hash."""

    issuer: str
    entries: int
    head: str
    at: str


def entry_hash(
    sequence: int, at: datetime, action: str, subject: str, digest: str, previous: str
) -> str:
    """The hash of an entry over what is public of it. `digest` is that of the private rest."""
    return fast_hash(
        {
            "sequence": sequence,
            "at": at.isoformat(),
            "action": action,
            "subject": subject,
            "digest": digest,
            "previous": previous,
        }
    )


def sign_head(issuer_did: str, entries: int, head: str, at: datetime, key: ECKey) -> str:
    """The head of a log as a compact JWS of a type of its own (ES256)."""
    payload = {"issuer": issuer_did, "entries": entries, "head": head, "at": at.isoformat()}
    return sign(payload, issuer_did, key, LOG_HEAD_TYPE)


def open_head(token: str | bytes, keys: Mapping[str, Any]) -> LogHead:
    """An authentic head. `keys`: the issuer's JWK set or DID document, which the caller trusts.

    Raises InputRefused: CER-008 for the keys, CER-012 for a head that is not theirs.
    """
    did, known = trusted_keys(keys)
    try:
        opened = open_signed(token, known, LOG_HEAD_TYPE)
    except RefusedError as refusal:
        raise LOG_BROKEN.refuse(f"The head of the log is not authentic: {refusal.says}") from None
    payload = opened.payload
    issuer, entries, head = issuer_of(payload), payload.get("entries"), payload.get("head")
    if issuer != opened.did or issuer != (did or issuer):
        raise LOG_BROKEN.refuse(f"The head of the log was signed by {opened.did[:80]}.")
    if type(entries) is not int or entries < 0 or not isinstance(head, str):
        raise LOG_BROKEN.refuse("The head of the log lacks its number of entries or its hash.")
    return LogHead(issuer, entries, head, str(payload.get("at")))


def check_log(entries: Iterable[Mapping[str, Any]], head: LogHead) -> int:
    """Follow the public entries (as `/v1/log` gives them, oldest first) up to `head`.

    Returns how many were followed. Raises InputRefused (CER-012) at the first entry that does not
    hold, or when the entry that `head` names is missing or another one.
    """
    previous, count = GENESIS, 0
    for entry in entries:
        if count == head.entries:
            break
        count += 1
        if entry.get("sequence") != count or entry.get("previous") != previous:
            raise LOG_BROKEN.refuse(f"Entry {count} of the log does not follow the one before it.")
        found = str(entry.get("hash"))
        if entry.get("digest") and _hash_of(entry) != found:
            raise LOG_BROKEN.refuse(f"Entry {count} of the log was changed.")
        previous = found
    if count != head.entries or previous != head.head:
        raise LOG_BROKEN.refuse(
            f"The signed head names {head.entries} entries; the log has {count}, and the last of "
            "them is not the one that was signed."
        )
    return count


def _hash_of(entry: Mapping[str, Any]) -> str:
    try:
        return entry_hash(
            entry["sequence"],
            datetime.fromisoformat(entry["at"]),
            str(entry["action"]),
            str(entry["subject"]),
            str(entry["digest"]),
            str(entry["previous"]),
        )
    except (KeyError, TypeError, ValueError):
        return ""
