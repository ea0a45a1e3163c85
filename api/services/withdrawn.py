"""Which places of the status lists the log says are withdrawn, whatever the rows say.

A status list is all that a verifier far away is told. Were it made of the rows alone, whoever edits
a row in the database would give a revoked certificate back its force everywhere but on its page.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from api.services.rows import STATUS_ACTIONS, status_after
from api.store.audit import AuditEntry, acted_after, entries_of, log_head
from api.store.certificates import places_of
from api.store.database import UnitOfWork
from footprint.certificates.lifecycle import KeptStatus

#: Numbers that are asked for at a time.
_AT_ONCE = 500


@dataclass(slots=True)
class Withdrawn:
    """The status that the log tells of each certificate that ever changed, and its place in the
    lists. The log only grows: it is read once, and then on from where it ended."""

    _seen: int = 0
    _status: dict[str, KeptStatus] = field(default_factory=dict)
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def indices(
        self, uow: UnitOfWork, status_list: int, statuses: Collection[KeptStatus]
    ) -> Iterator[int]:
        """The places in a list whose certificate has one of these statuses in the log."""
        with self._lock:
            self._read_on(uow)
            known = [
                self._places[number]
                for number, status in self._status.items()
                if status in statuses and number in self._places
            ]
        return (index for one, index in known if one == status_list)

    def _read_on(self, uow: UnitOfWork) -> None:
        head, _ = log_head(uow)
        if head <= self._seen:
            return
        changes = acted_after(uow, self._seen, head, STATUS_ACTIONS)
        for change in changes:
            self._status[change.subject] = status_after(change)
        new = sorted({change.subject for change in changes} - self._places.keys())
        for start in range(0, len(new), _AT_ONCE):
            numbers = new[start : start + _AT_ONCE]
            told = entries_of(uow, numbers)
            self._places |= places_of(uow, numbers)
            self._places |= dict(_logged_places(told.values()))
        self._seen = head


def _logged_places(told: Collection[Sequence[AuditEntry]]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The place of each certificate as its issue was logged; entries of before do not tell it."""
    for entries in told:
        for entry in entries:
            facts: dict[str, Any] = json.loads(entry.facts)
            if entry.action == "certificate.issued" and "place" in facts:
                status_list, index = facts["place"]
                yield entry.subject, (status_list, index)
