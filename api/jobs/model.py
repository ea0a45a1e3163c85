"""A job: what is to be done, for whom, how far it is, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Literal

from api.store.tenants import Actor

if TYPE_CHECKING:
    from api.store.database import UnitOfWork

#: `waiting` and `running` go on by themselves; the others are final.
JobState = Literal["waiting", "running", "done", "failed", "cancelled"]
OPEN: tuple[JobState, ...] = ("waiting", "running")
#: A job whose process ended so often without an answer is not begun again.
MAX_LOST = 3


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it is listed. `done` of `total` steps are behind it; `result` and `problem` are JSON
    texts, empty before the end; `attempt` counts how often it was begun, `lost`
    how often its process ended without an answer."""

    id: str
    tenant: str
    kind: str
    state: JobState
    created_at: datetime
    changed_at: datetime
    done: int
    total: int
    attempt: int
    lost: int
    result: str
    problem: str

    @property
    def outcome(self) -> dict[str, Any]:
        """What came of it; empty before the end."""
        parsed: dict[str, Any] = json.loads(self.result or "{}")
        return parsed

    @property
    def refusal(self) -> dict[str, Any]:
        """Why it failed: `fault`, `problems` and `details`; empty when it did not."""
        parsed: dict[str, Any] = json.loads(self.problem or "{}")
        return parsed


@dataclass(frozen=True, slots=True)
class JobTask:
    """What a kind of job gets: in whose name, what, and where to say how far it is."""

    actor: Actor
    payload: dict[str, Any]
    report: Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class JobOutcome:
    """What a kind of job gives: the result as the asker sees it, and what has to be stored in the
    very transaction that ends the job, so that both happen once or not at all."""

    result: dict[str, Any]
    store: Callable[[UnitOfWork], None]


def actor_text(actor: Actor) -> str:
    """The actor as it is kept with a job."""
    return json.dumps(asdict(actor), sort_keys=True)


def actor_from(text: str) -> Actor:
    """The actor that `actor_text` wrote."""
    members = json.loads(text)
    return Actor(**(members | {"roles": tuple(members["roles"])}))
