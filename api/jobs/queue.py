"""Hand in jobs, and ask after them; each method names whose they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Event
from typing import Any
from uuid import UUID

from api.faults import JOB_OVER, TOO_MANY_JOBS, UNKNOWN_JOB
from api.jobs.model import Job, actor_text
from api.jobs.rows import add_job, cancel_job, count_open_jobs, find_job, list_jobs
from api.store.database import Database, UnitOfWork
from api.store.idempotency import Request, claim, earlier_resource
from api.store.tenants import Actor

#: Most jobs of a tenant that wait or run; further ones are refused until one has ended.
MAX_OPEN = 100
#: How a job is named where an idempotency key keeps what a request made.
KEPT_AS = "job/"


@dataclass(frozen=True, slots=True)
class Jobs:
    """The jobs of all tenants. `woken` is set when one was handed in, so that it begins at once."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    woken: Event = field(default_factory=Event)

    def submit(
        self,
        actor: Actor,
        kind: str,
        payload: dict[str, Any],
        request: Request | None = None,
        id: str = "",
    ) -> Job:
        """A new job that waits. `payload` is JSON; `id` a random UUID where something has it
        already. The same `request` (an idempotency key and its content) gives the job made before.

        Raises ServiceRefused API-601 when the actor's tenant has MAX_OPEN jobs already, API-401.
        """
        now = self.clock()
        job = Job(
            id=id or str(UUID(bytes=self.entropy(16), version=4)),
            tenant=actor.tenant,
            kind=kind,
            state="waiting",
            created_at=now,
            changed_at=now,
            done=0,
            total=0,
            attempt=0,
            lost=0,
            result="",
            problem="",
        )
        text = json.dumps(payload)
        with self.database.writing() as uow:
            if request is not None:
                holder = earlier_resource(uow, request)
                holder = holder or claim(uow, request, KEPT_AS + job.id, now)
                if holder != KEPT_AS + job.id:
                    return _found(uow, actor, holder.removeprefix(KEPT_AS))
            if count_open_jobs(uow, actor.tenant) >= MAX_OPEN:
                raise TOO_MANY_JOBS.refuse(
                    f"{MAX_OPEN} jobs of yours wait or run already.",
                    "Wait until one has ended, or cancel one.",
                )
            add_job(uow, job, actor_text(actor), text)
        self.woken.set()
        return job

    def get(self, actor: Actor, job: str) -> Job:
        """The actor's job of this id. Raises ServiceRefused API-208."""
        with self.database.reading() as uow:
            return _found(uow, actor, job)

    def listed(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[Job]:
        """The actor's jobs, newest first, `limit` at a time, behind `after`."""
        with self.database.reading() as uow:
            return list_jobs(uow, actor.tenant, limit, after)

    def cancel(self, actor: Actor, job: str) -> Job:
        """End a job that waits or runs; nothing of it is stored. Raises ServiceRefused API-208,
        API-602 (it has ended already)."""
        with self.database.writing() as uow:
            found = _found(uow, actor, job)
            if not cancel_job(uow, actor.tenant, found.id, self.clock()):
                raise JOB_OVER.refuse(
                    f"The job is {found.state}; only one that waits or runs can be cancelled."
                )
            return _found(uow, actor, job)


def _found(uow: UnitOfWork, actor: Actor, job: str) -> Job:
    found = find_job(uow, actor.tenant, job[:64])
    if found is None:
        raise UNKNOWN_JOB.refuse(
            f"There is no job {job[:64]!r} among yours.",
            "Use the id that the answer 202 gave.",
        )
    return found
