"""Counters of requests in the memory of the one process that answers."""

from __future__ import annotations

import time
from threading import Lock

from limits.storage import Storage

#: Windows that are over are not looked for among fewer.
_FEW = 1_000


class OwnCounts(Storage):
    """Fixed windows by key; a window begins with the first request in it.

    The storage in memory of `limits` starts a thread for each request, to forget the windows that
    are over: that took a third of a short request.
    """

    STORAGE_SCHEME = None

    def __init__(self) -> None:
        super().__init__()
        self._open: dict[str, tuple[int, float]] = {}
        self._lock = Lock()
        self._look_at = _FEW

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong."""
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `key` in its window, or in a new one of `expiry` seconds; the count."""
        now = time.time()
        with self._lock:
            count, ends = self._open.get(key, (0, 0.0))
            if ends <= now:
                count, ends = 0, now + expiry
            self._open[key] = count + amount, ends
            if len(self._open) >= self._look_at:
                self._forget(now)
            return count + amount

    def _forget(self, now: float) -> None:
        """Let go of the windows that are over, each time when there are twice as many as stayed."""
        self._open = {key: one for key, one in self._open.items() if one[1] > now}
        self._look_at = max(_FEW, 2 * len(self._open))

    def get(self, key: str) -> int:
        """The count of `key` in its window."""
        count, ends = self._open.get(key, (0, 0.0))
        return count if ends > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When the window of `key` ends, in seconds since 1970; now, if there is none."""
        return max(self._open.get(key, (0, 0.0))[1], time.time())

    def check(self) -> bool:
        """Whether it can be used."""
        return True

    def reset(self) -> int | None:
        """Forget all."""
        with self._lock:
            self._open.clear()
        return None

    def clear(self, key: str) -> None:
        """Forget `key`."""
        with self._lock:
            self._open.pop(key, None)
