"""The process of one job: it opens the installation, does the work, and ends the job once."""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from threading import Thread

from api.faults import FAILED, REFUSED, ServiceRefused
from api.jobs.model import JobTask, actor_from
from api.jobs.rows import Held, assignment, end_job, set_progress
from api.opening import opened
from api.services.service import Service
from api.settings import Settings
from api.workers.kinds import KINDS
from footprint.faults import InputRefused

#: Progress is written at most this often, in seconds: each time is a transaction.
PAUSE = 0.5
#: The exit status of a process whose job another one holds now.
NOT_MINE = 3


class _LostError(Exception):
    """The job was cancelled, or another worker holds it."""


def start_worker(
    settings: Settings,
    clock: Callable[[], datetime],
    entropy: Callable[[int], bytes],
    held: Held,
) -> subprocess.Popen[bytes]:
    """A process that does a job that is held, and ends when this process does.

    It is told what to do through a pipe that stays open. A program of its own, not a fork, which
    would share database connections, nor `multiprocessing`, whose children begin with running the
    main module of whoever started the server once more. Raises OSError when none can be started.
    """
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "api.workers.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    assert process.stdin is not None  # noqa: S101 - asked for above
    with suppress(BrokenPipeError):  # it has ended already; whoever watches it finds out
        pickle.dump((settings, clock, entropy, held), process.stdin)
        process.stdin.flush()
    return process


def main() -> None:
    """Do the job that stands on standard input."""
    # From the process that started this one, through a pipe of its own: no stranger writes it.
    settings, clock, entropy, held = pickle.load(sys.stdin.buffer)  # noqa: S301
    Thread(target=_end_with_parent, daemon=True).start()
    with suppress(_LostError), opened(settings, clock, entropy) as service:
        do_job(service, held)


def do_job(service: Service, held: Held) -> None:
    """Do a job that is held, and end it. What was refused is kept as its problem; a failure of our
    own is kept as API-901 and raised. Raises an exception when the job is not held any more."""
    with service.database.reading() as uow:
        given = assignment(uow, held)
    if given is None:
        raise _LostError
    now = service.jobs.clock
    try:
        task = JobTask(
            actor_from(given.actor), json.loads(given.payload), _Progress(service, held).report
        )
        outcome = KINDS[given.kind](service, task)
        with service.database.writing() as uow:
            if not end_job(uow, held, "done", now(), result=json.dumps(outcome.result)):
                raise _LostError
            outcome.store(uow)
    except InputRefused as refused:
        _fail(service, held, refused)
    except _LostError:
        raise
    except Exception:
        _fail(service, held, FAILED.refuse("An unexpected error stopped this job."))
        raise


def _fail(service: Service, held: Held, refused: InputRefused) -> None:
    known = refused if isinstance(refused, ServiceRefused) else None
    problem = {
        "fault": known.fault.code if known else REFUSED.code,
        "problems": [one.as_json() for one in refused.problems],
        "details": known.details if known else {},
    }
    with service.database.writing() as uow:
        end_job(uow, held, "failed", service.jobs.clock(), problem=json.dumps(problem))


@dataclass
class _Progress:
    service: Service
    held: Held
    last: float = field(default=0.0)

    def report(self, done: int, total: int) -> None:
        """Write how far the job is, now and then; stops the work when it is nobody's any more."""
        if time.monotonic() < self.last + PAUSE:
            return
        self.last = time.monotonic()
        with self.service.database.writing() as uow:
            if not set_progress(uow, self.held, done, total, self.service.jobs.clock()):
                raise _LostError


def _end_with_parent() -> None:
    """A killed server leaves no worker behind that would go on beside its successor's: the pipe to
    it ends with it."""
    sys.stdin.buffer.read()
    os._exit(NOT_MINE)


if __name__ == "__main__":
    main()
