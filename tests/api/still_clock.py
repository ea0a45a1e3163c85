"""The clock of served installations: it goes to the processes of jobs, so it imports nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@dataclass
class StillClock:
    """A clock that stands still until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now
