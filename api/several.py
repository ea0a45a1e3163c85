"""Several processes that answer on one port, and the one that started them, which does the rest.

The first process has jobs done, sends events and webhooks, reminds, forgets what is old, and
watches over the others, which do nothing but answer. So all that runs by itself runs once.
"""

from __future__ import annotations

import asyncio
import pickle
import secrets
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from os import environ, pathsep
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.concurrency import run_in_threadpool

from api.answering_process import METRICS_FOLDER, AnsweringTask, ready_mark
from api.app import announce_start, at_work
from api.faults import NO_WORKERS
from api.opening import open_service, system_clock
from api.services.service import Progress
from api.settings import Settings
from api.transport import Transport

#: Seconds between two looks at the processes: so long may one that ended be missing.
PAUSE = 1.0
#: Connections that may wait to be taken by one of them.
BACKLOG = 2048


def refuse_workers_here(workers: int) -> None:
    """Raises ServiceRefused API-528 where one port cannot be shared by several processes."""
    if workers > 1 and sys.platform == "win32":
        raise NO_WORKERS.refuse(
            f"{workers} processes are to answer on one port, which Windows does not allow.",
            "Leave out --workers and FOOTPRINT_WORKERS, or serve on Linux or macOS.",
        )


@dataclass
class Several:
    """A server of `settings.workers` processes on `listener`. `say` is told what happens, `linked`
    the address that signs somebody in once, when all of them answer."""

    settings: Settings
    listener: socket.socket
    transport: Transport
    say: Progress
    linked: Progress
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _signals: int = 0

    async def serve(self) -> None:
        """Serve until SIGTERM or SIGINT; then finish what is being answered, and end. A second
        signal ends at once. Raises what `open_service` raises, and SystemExit where a process does
        not start."""
        stopping, loop = asyncio.Event(), asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._asked, stopping)
        service = await run_in_threadpool(
            open_service, self.settings, system_clock, secrets.token_bytes, self.say
        )
        await run_in_threadpool(announce_start, service, self.say)
        with TemporaryDirectory(prefix="footprint-workers-") as made:
            folder = Path(made)
            (folder / METRICS_FOLDER).mkdir()
            async with at_work(service, secrets.token_bytes):
                self.listener.listen(BACKLOG)
                try:
                    self._running = [self._started(folder) for _ in range(self.settings.workers)]
                    await self._until_ready(folder, stopping)
                    secret = await run_in_threadpool(service.sessions.new_link)
                    self.linked(f"{self.settings.base_url}/open/{secret}")
                    while not await _set_within(stopping, PAUSE):
                        self._replace_ended(folder)
                finally:
                    await self._end_all()

    def _asked(self, stopping: asyncio.Event) -> None:
        self._signals += 1
        stopping.set()

    def _started(self, folder: Path) -> subprocess.Popen[bytes]:
        """A process that answers. It ends when the pipe to this one does; a signal of the terminal
        reaches this one alone."""
        paths = pathsep.join(filter(None, sys.path))
        process = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "api.answering_process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=[self.listener.fileno()],
            start_new_session=True,
            env=environ | {"PYTHONPATH": paths} | _counted_in(folder),
        )
        assert process.stdin is not None  # noqa: S101 - asked for above
        port = self.listener.fileno(), int(self.listener.family)
        with suppress(BrokenPipeError):  # it has ended already, which is seen at the next look
            pickle.dump(AnsweringTask(self.settings, self.transport, port, folder), process.stdin)
            process.stdin.flush()
        return process

    async def _until_ready(self, folder: Path, stopping: asyncio.Event) -> None:
        while not stopping.is_set():
            if any(process.poll() is not None for process in self._running):
                self.say("A process that should answer did not start.")
                raise SystemExit(3)
            if all(ready_mark(folder, process.pid).exists() for process in self._running):
                return
            await asyncio.sleep(0.05)

    def _replace_ended(self, folder: Path) -> None:
        for at, process in enumerate(self._running):
            if process.poll() is not None:
                self.say(f"Process {process.pid} ended ({process.returncode}); another one starts.")
                process.communicate()  # closes the pipe
                self._running[at] = self._started(folder)

    async def _end_all(self) -> None:
        for process in self._running:
            process.terminate()
        asked = self._signals
        while any(process.poll() is None for process in self._running):
            if self._signals > max(asked, 1):
                for process in self._running:
                    process.kill()
            await asyncio.sleep(0.02)
        for process in self._running:
            process.communicate()


def _counted_in(folder: Path) -> dict[str, str]:
    """What makes the library of metrics count for all processes together."""
    return {"PROMETHEUS_MULTIPROC_DIR": str(folder / METRICS_FOLDER)}


async def _set_within(event: asyncio.Event, seconds: float) -> bool:
    with suppress(TimeoutError):
        await asyncio.wait_for(event.wait(), seconds)
    return event.is_set()
