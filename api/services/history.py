"""What everyone may know of a certificate's past, from the log."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from api.store.audit import entries_about
from api.store.database import UnitOfWork

#: Actions that are told, and the word for each; `certificate.status` is of the first schema.
_TOLD = {
    "certificate.issued": "issued",
    "certificate.suspended": "suspended",
    "certificate.reinstated": "reinstated",
    "certificate.revoked": "revoked",
    "certificate.superseded": "superseded",
    "certificate.surveyed": "surveyed",
}
_OLD_ACTION = "certificate.status"
_OLD_WORD = {"issued": "reinstated"}


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a certificate: the word for it, when, and why if it was said."""

    event: str
    at: datetime
    reason: str


def history(uow: UnitOfWork, number: str) -> list[Happened]:
    """Everything public that happened to a certificate, oldest first."""
    found = []
    for entry in entries_about(uow, number):
        facts = json.loads(entry.facts)
        reason = str(facts.get("reason", facts.get("note", "")))
        if entry.action == _OLD_ACTION:
            word = _OLD_WORD.get(facts["to"], facts["to"])
        elif entry.action in _TOLD:
            word = _TOLD[entry.action]
        else:
            continue
        found.append(Happened(word, entry.at, reason))
    return found
