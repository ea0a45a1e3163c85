"""Reminders of requests that are due: announced once for each number of days before the date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from api.answering.rows import due_dates
from api.store.database import Database
from api.store.hooks import announce, open_webhooks
from api.store.news import DUE, News

#: How a reminder of a request that is overdue is told apart from those before the date.
_OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Reminders:
    """Looks for open requests whose date is near. `days` are the days before the date on which
    somebody is reminded; once more when the date is over."""

    database: Database
    clock: Callable[[], datetime]
    days: Sequence[int]

    def look(self) -> bool:
        """Announce what is due now and was not announced; there is never more to do at once."""
        now = self.clock()
        with self.database.reading() as uow:
            tenants = sorted({one.tenant for one in open_webhooks(uow) if one.wants(DUE)})
        for tenant in tenants:
            with self.database.writing() as uow:
                until = now.date() + timedelta(days=max(self.days, default=0))
                found = due_dates(uow, tenant, until)
                announce(uow, list(self._news(tenant, found, now)))
        return False

    def _news(
        self, tenant: str, found: Sequence[tuple[str, date]], now: datetime
    ) -> Iterator[News]:
        for case, due in found:
            left = (due - now.date()).days
            near = [str(days) for days in sorted(self.days) if left <= days]
            mark = _OVERDUE if left < 0 else next(iter(near), "")
            if mark:
                key = f"{DUE} {case} {due.isoformat()} {mark}"
                facts = {"due": due.isoformat(), "days_left": left}
                yield News(tenant, DUE, case, now, key, facts)
