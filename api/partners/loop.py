"""A thread of the server that does work as long as there is any, and then looks again."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from threading import Event, Thread


@dataclass
class Loop:
    """Calls `work` until it says that there was nothing to do, pauses for `pause` seconds, begins
    again. Trouble is said once, with `waiting` (what has to wait), and waited out: a thread that
    ends with one bad message would keep back all the others until the server is started again."""

    name: str
    work: Callable[[], bool]
    waiting: str
    pause: float = 1.0
    _woken: Event = field(default_factory=Event)
    _stopping: bool = False
    _thread: Thread | None = None
    _said: str = ""

    def start(self) -> None:
        """Begin."""
        self._thread = Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    def ask_to_stop(self) -> None:
        """Finish what is being done, and begin nothing more."""
        self._stopping = True
        self._woken.set()

    def join(self) -> None:
        """Wait for the end."""
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping:
            try:
                busy = self.work()
                self._said = ""
            except Exception as error:  # noqa: BLE001 - see above
                busy = False
                self._say_once(f"{self.waiting} have to wait: {type(error).__name__}")
            if not busy:
                self._woken.wait(self.pause)

    def _say_once(self, message: str) -> None:
        if message != self._said:
            print(message, file=sys.stderr)
        self._said = message


@dataclass(frozen=True)
class Threads:
    """Loops that begin and end together, and the pool that they work with."""

    loops: Sequence[Loop]
    pool: Executor

    def start(self) -> None:
        """Begin all of them."""
        for loop in self.loops:
            loop.start()

    def stop(self) -> None:
        """Finish what is being done, and begin nothing more."""
        for loop in self.loops:
            loop.ask_to_stop()
        for loop in self.loops:
            loop.join()
        self.pool.shutdown()
