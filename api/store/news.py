"""What happened that somebody outside may want to be told: types, and what each one says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

#: Actions of the audit log that are told, and the type under which they are.
_OF_ACTION = MappingProxyType(
    {
        "certificate.issued": "certificate.issued",
        "certificate.suspended": "certificate.suspended",
        "certificate.reinstated": "certificate.reinstated",
        "certificate.revoked": "certificate.revoked",
        "certificate.superseded": "certificate.superseded",
        "certificate.surveyed": "certificate.surveyed",
        "request.came": "request.came",
        "request.answered": "request.answered",
        "request.accepted": "request.accepted",
        "request.sent-back": "request.sent_back",
        "request.declined": "request.declined",
        "recall.examined": "recall.examined",
        "supplier.superseded": "recall.applied",
    }
)
CAME, DUE, PROPOSED, TEST = "request.came", "request.due", "recall.proposed", "webhook.test"
#: All types that can be asked for. A test is told to the webhook that asks for it, whatever it has.
NEWS_TYPES = tuple(sorted({*_OF_ACTION.values(), DUE, PROPOSED}))
#: Where the thing is that a type tells of; its id goes in.
_PATHS = {
    "certificate": "/v1/certificates/{}",
    "request": "/v1/requests/{}",
    "recall.proposed": "/v1/supplier-footprints/{}",
    "recall.applied": "/v1/supplier-footprints/{}",
}
#: Facts of the log that are told besides; all others stay inside.
_SHOWN = (
    "reason", "from", "to", "replaces", "due", "days_left", "replaced_by", "footprints",
    "certificates", "old", "impacts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class News:
    """Something that happened to a tenant's `subject`. `key` is the same whoever tells it, however
    often; `facts` are JSON."""

    tenant: str
    type: str
    subject: str
    at: datetime
    key: str
    facts: Mapping[str, Any]

    @property
    def data(self) -> dict[str, Any]:
        """What is told: the id of the thing, where it is to be read, and a few facts."""
        path = _PATHS.get(self.type) or _PATHS.get(self.type.partition(".")[0])
        place = {} if path is None else {"path": path.format(self.subject)}
        shown = {name: self.facts[name] for name in _SHOWN if name in self.facts}
        return {"id": self.subject} | place | shown


def told_as(action: str) -> str | None:
    """The type under which an action of the audit log is told; None for one that stays inside."""
    return _OF_ACTION.get(action)
