"""Whether the row of a certificate still says what was signed and logged.

A row is found and listed by its columns; its credential signs the view; the log keeps hashes of
everything and every change of status. Whoever edits one of them in the database leaves the others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from api.services.found_by import search_words
from api.store.audit import AuditEntry
from api.store.certificates import StoredCertificate
from footprint.canonical import bytes_hash
from footprint.certificates.jose import named_key
from footprint.certificates.lifecycle import KeptStatus
from footprint.certificates.view import view_from_document
from footprint.faults import InputRefused

#: What each action of the log makes of a certificate; `certificate.status` is of the first schema.
_BECOMES: dict[str, KeptStatus] = {
    "certificate.issued": "issued",
    "certificate.suspended": "suspended",
    "certificate.reinstated": "issued",
    "certificate.revoked": "revoked",
    "certificate.superseded": "superseded",
}
_OLD_ACTION = "certificate.status"
_REPLACED = "Replaced by "
#: Columns that the view states under a name of its own.
_IN_VIEW = {
    "number": "number",
    "scheme": "scheme",
    "tier": "tier",
    "status_list": "status_list",
    "status_index": "status_index",
    "product": "product_name",
    "company": "company",
    "inventory": "inventory_hash",
    "rules": "rules_hash",
}
#: Columns that the log's entry of the issue states as they are, and as hashes.
_LOGGED = ("footprint", "maker", "checker", "approver", "replaces")
_HASHED = ("evidence", "view", "credential")


#: Actions that change the status of a certificate.
STATUS_ACTIONS = (*(action for action in _BECOMES if action != "certificate.issued"), _OLD_ACTION)


def status_after(entry: AuditEntry) -> KeptStatus:
    """The status that an entry of one of `STATUS_ACTIONS`, or of an issue, makes."""
    if entry.action == _OLD_ACTION:
        return cast("KeptStatus", _facts(entry)["to"])
    return _BECOMES[entry.action]


def differing_columns(row: StoredCertificate, entries: Sequence[AuditEntry]) -> list[str]:
    """The columns of a certificate's row that differ from what its view says or from what its
    entries of the log tell; `log` where an entry does not hold together or the issue is missing.

    `entries`: those about this certificate, oldest first. Old entries tell less than new ones; what
    they do not tell is not compared.
    """
    return list(dict.fromkeys((*_from_view(row), *_from_log(row, entries))))


def logged_files(entries: Sequence[AuditEntry]) -> dict[str, str]:
    """The SHA-256 of each PDF that the log tells of, by language. An issue tells of them where they
    were drawn with it, as once was done."""
    told: dict[str, str] = {}
    for entry in entries:
        facts = _facts(entry)
        if entry.action == "certificate.issued":
            told |= facts.get("files", {})
        elif entry.action == "certificate.drawn":
            told[facts["language"]] = facts["sha256"]
    return told


def _from_view(row: StoredCertificate) -> Iterator[str]:
    try:
        view = view_from_document(row.view_content)
    except (InputRefused, ValueError, AttributeError):
        yield "view"
        return
    yield from (
        name for name, there in _IN_VIEW.items() if getattr(row, name) != getattr(view, there)
    )
    stated = {
        "issued_at": f"{row.issued_at:%Y-%m-%dT%H:%M:%SZ}" == view.issued_at,
        "valid_from": row.valid_from.isoformat() == view.valid_from,
        "valid_until": row.valid_until.isoformat() == view.valid_until,
        "words": row.words == search_words(view),
        "decision": bytes_hash(row.decision.encode()) == view.decision_hash,
        # Certificates of events that were issued before have the word for products.
        "subject": row.subject in {view.subject, "product"},
        "key_id": row.key_id == named_key(row.credential),
    }
    yield from (name for name, same in stated.items() if not same)


def _from_log(row: StoredCertificate, entries: Sequence[AuditEntry]) -> Iterator[str]:
    issued = next((entry for entry in entries if entry.action == "certificate.issued"), None)
    if issued is None or not all(_holds(entry) for entry in entries):
        yield "log"
        return
    facts = _facts(issued)
    if issued.tenant != row.tenant:
        yield "tenant"
    yield from (name for name in _LOGGED if name in facts and facts[name] != getattr(row, name))
    for name in _HASHED:
        if name in facts and facts[name] != bytes_hash(getattr(row, name).encode()):
            yield name
    if "place" in facts and facts["place"] != [row.status_list, row.status_index]:
        yield "status_index"
    yield from _status_columns(row, entries)
    yield from _surveillance(row, entries, facts)


def _status_columns(row: StoredCertificate, entries: Sequence[AuditEntry]) -> Iterator[str]:
    changes = [entry for entry in entries if entry.action in (*_BECOMES, _OLD_ACTION)]
    last = changes[-1]
    facts = _facts(last)
    status = status_after(last)
    reason = str(facts.get("reason", ""))
    replaced = reason.removeprefix(_REPLACED) if status == "superseded" else None
    told = (status, last.at, reason, replaced)
    kept = (row.status, row.status_at, row.status_reason, row.superseded_by)
    names = ("status", "status_at", "status_reason", "superseded_by")
    yield from (name for name, one, other in zip(names, told, kept, strict=True) if one != other)


def _surveillance(
    row: StoredCertificate, entries: Sequence[AuditEntry], issued: Mapping[str, Any]
) -> Iterator[str]:
    told = [issued["surveillance"]] if "surveillance" in issued else []
    told += [_facts(entry)["next"] for entry in entries if entry.action == "certificate.surveyed"]
    due = None if row.surveillance_due is None else row.surveillance_due.isoformat()
    if told and told[-1] != due:
        yield "surveillance_due"


def _holds(entry: AuditEntry) -> bool:
    """Whether an entry has its own hash; that it has its place in the chain is checked apart."""
    return entry.holds(entry.sequence, entry.previous)


def _facts(entry: AuditEntry) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(entry.facts)
    return parsed
