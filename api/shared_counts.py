"""Counters of requests that several processes of one server have in common, in a mapped file."""

from __future__ import annotations

import mmap
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from struct import Struct
from threading import Lock

from limits.storage import Storage

if os.name == "posix":
    import fcntl

#: Digest of a key, when its window ends (seconds since 1970), how often it was counted.
_SLOT = Struct("<16sdq")
_SLOTS = 2**16
#: So many places a key may have. Where all are of others, it takes that whose window ends first.
_TRIES = 16


class SharedCounts(Storage):
    """Fixed windows by key, in a file of 2 MiB that each process opens by itself. Not on Windows.

    A lock of the file is held for microseconds; it ends with a process that is killed.
    """

    STORAGE_SCHEME = None

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._file, _SLOT.size * _SLOTS)
        self._map = mmap.mmap(self._file, _SLOT.size * _SLOTS)
        self._own = Lock()

    @property
    def base_exceptions(self) -> type[Exception]:
        """What may go wrong."""
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Count `key` in its window, or in a new one of `expiry` seconds; the count."""
        with self._locked():
            place, ends, count = self._find(key)
            if not count:
                ends = time.time() + expiry
            _SLOT.pack_into(self._map, place, _digest(key), ends, count + amount)
        return count + amount

    def get(self, key: str) -> int:
        """The count of `key` in its window."""
        with self._locked():
            return self._find(key)[2]

    def get_expiry(self, key: str) -> float:
        """When the window of `key` ends, in seconds since 1970; now, if there is none."""
        with self._locked():
            _, ends, count = self._find(key)
        return ends if count else time.time()

    def check(self) -> bool:
        """Whether it can be used."""
        return True

    def reset(self) -> int | None:
        """Forget all."""
        with self._locked():
            self._map[:] = bytes(len(self._map))
        return None

    def clear(self, key: str) -> None:
        """Forget `key`."""
        with self._locked():
            _SLOT.pack_into(self._map, self._find(key)[0], b"", 0.0, 0)

    def _find(self, key: str) -> tuple[int, float, int]:
        """Where `key` is or can be, when its window ends, and its count (0: it has none)."""
        digest, now = _digest(key), time.time()
        first = int.from_bytes(digest[:4], "little")
        free, soonest = 0, float("inf")
        for at in range(_TRIES):
            place = (first + at) % _SLOTS * _SLOT.size
            owner, ends, count = _SLOT.unpack_from(self._map, place)
            if owner == digest and ends > now:
                return place, ends, count
            if ends < soonest:
                free, soonest = place, ends
        return free, 0.0, 0

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with self._own:
            fcntl.flock(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.flock(self._file, fcntl.LOCK_UN)


def _digest(key: str) -> bytes:
    return blake2b(key.encode("utf-8", "surrogatepass"), digest_size=16).digest()
