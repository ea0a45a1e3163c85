"""Starts a process for each job, watches over it, and takes over what a dead server left behind."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from subprocess import Popen
from threading import Event, Thread

from sqlalchemy.exc import SQLAlchemyError

from api.jobs.rows import Held, give_back, is_held, is_ready, lose, renew, take_job
from api.settings import Settings
from api.store.database import Database
from api.workers.worker import start_worker

#: How often processes are looked at, and how often an idle server looks for jobs of others (s).
BUSY_PAUSE, IDLE_PAUSE = 0.2, 1.0


@dataclass
class _Running:
    process: Popen[bytes]
    renewed: float


@dataclass
class Dispatcher:
    """A thread of the server that has at most `settings.job_workers` jobs done at a time.

    Each job has a process of its own: 100,000 lines then stall no other answer, and what a file
    makes crash is not the server. Leases are told by the machine's clock, not by `clock`, which
    dates what is stored.
    """

    settings: Settings
    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]
    woken: Event
    _running: dict[Held, _Running] = field(default_factory=dict)
    _stopping: bool = False
    _thread: Thread | None = None
    _said: str = ""

    def start(self) -> None:
        """Begin to take jobs."""
        self._thread = Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End all processes and give their jobs back, to begin anew elsewhere or later."""
        self._stopping = True
        self.woken.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping:
            try:
                self._look_after()
                self._take()
                self._said = ""
            except (SQLAlchemyError, OSError) as error:  # no database, no memory, no process
                self._say_once(f"Jobs have to wait: {type(error).__name__}")
            self.woken.wait(BUSY_PAUSE if self._running else IDLE_PAUSE)
            self.woken.clear()
        for held, running in self._running.items():
            running.process.kill()
            running.process.communicate()
            with self.database.writing() as uow:
                give_back(uow, held)

    def _say_once(self, message: str) -> None:
        if message != self._said:
            print(message, file=sys.stderr)
        self._said = message

    @property
    def _lease(self) -> timedelta:
        return timedelta(seconds=self.settings.job_lease_seconds)

    def _look_after(self) -> None:
        for held, running in list(self._running.items()):
            if running.process.poll() is not None:
                running.process.communicate()  # closes the pipe
                del self._running[held]
                with self.database.writing() as uow:
                    lose(uow, held)
                continue
            with self.database.reading() as uow:
                if not is_held(uow, held):  # it was cancelled, or has just ended
                    running.process.kill()
                    continue
            if time.monotonic() > running.renewed + self._lease.total_seconds() / 3:
                running.renewed = time.monotonic()
                with self.database.writing() as uow:
                    renew(uow, held, datetime.now(UTC) + self._lease)

    def _take(self) -> None:
        while len(self._running) < self.settings.job_workers:
            with self.database.reading() as uow:
                if not is_ready(uow, datetime.now(UTC)):
                    return
            with self.database.writing() as uow:
                held = take_job(uow, datetime.now(UTC), self._lease)
            if held is None:
                return
            process = start_worker(self.settings, self.clock, self.entropy, held)
            self._running[held] = _Running(process, time.monotonic())
