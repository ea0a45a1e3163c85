"""Seals that were found whole or were just written, by the hash of their file.

Whether a seal covers its file follows from the bytes of the file alone, and to find out takes
3 ms. A register looks at each file again with every change of its certificate, and a reader sends
the file that he was handed. Whose seal it is, and whether it counts today, is never kept.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from threading import Lock

#: Files that are remembered, about 2 kB each.
MOST_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class WholeSeal:
    """What a seal over all of its file says: its certificates (DER, that of the seal first), its
    signature, and the version that wrote it."""

    chain: tuple[bytes, ...]
    signature: bytes
    writer: str


_KEPT: dict[bytes, WholeSeal] = {}
_LOCK = Lock()


def whole_seal(pdf: bytes) -> WholeSeal | None:
    """The seal of exactly these bytes, if it is remembered."""
    name = hashlib.sha256(pdf).digest()
    with _LOCK:
        return _KEPT.get(name)


def remember_whole(pdf: bytes, seal: WholeSeal) -> None:
    """Remember the one seal of `pdf`, which covers all of it. When there are too many the oldest
    is forgotten."""
    name = hashlib.sha256(pdf).digest()
    with _LOCK:
        _KEPT[name] = seal
        while len(_KEPT) > MOST_KEPT:
            del _KEPT[next(iter(_KEPT))]
