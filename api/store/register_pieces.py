"""What a block of the register knows of its certificates, as bytes: by pieces of their words.

A piece is one, two or three characters. A word of up to three is one piece, so that its places are
exact; a longer one is held by no certificate that lacks one of its pieces.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.uint16]
Bits = NDArray[np.uint8]

#: Characters of the longest piece.
LONGEST = 3
#: Names of what a block knows of each certificate in its order. All are longer than a piece.
STATES, ENDS, WORDS = "states", "ends of terms", "words"
#: The name under which it keeps the places of drafts.
DRAFTS = "drafts"
#: How a status is kept: its place here, and another bit for drafts.
STATUSES = ("issued", "suspended", "revoked", "superseded")
DRAFT = 0x80
_BITS_OF_CHARACTER = 21


@dataclass(frozen=True, slots=True)
class EntryOfBlock:
    """What a block is made from: a certificate as the register looks for it."""

    number: str
    issued_at: datetime
    valid_until: date
    scheme: str
    tier: str
    status: str
    draft: bool
    words: str

    @property
    def state(self) -> int:
        """The status as a block keeps it."""
        return STATUSES.index(self.status) | (DRAFT if self.draft else 0)


def scheme_piece(scheme: str) -> str:
    """The name under which a block keeps the places of a scheme."""
    return f"scheme {scheme}"


def tier_piece(tier: str) -> str:
    """The name under which a block keeps the places of a tier."""
    return f"tier {tier}"


def pieces_of(word: str) -> list[str]:
    """Pieces that whatever holds a word has, every second one and the last: those between tell
    little more, and take as long. An empty one has none."""
    size = min(len(word), LONGEST) or 1
    last = len(word) - size
    starts = [*range(0, last, 2), *([last] if last >= 0 else ())]
    return list(dict.fromkeys(word[at : at + size] for at in starts))


def encoded(entries: Sequence[EntryOfBlock]) -> Iterator[tuple[str, bytes]]:
    """All that a block of these certificates knows, by name."""
    size = len(entries)
    for name, held in _pieces([one.words for one in entries]):
        yield name, packed_places(held, size)
    for naming, values in (
        (scheme_piece, [one.scheme for one in entries]),
        (tier_piece, [one.tier for one in entries]),
    ):
        at: dict[str, list[int]] = {}
        for place, value in enumerate(values):
            at.setdefault(value, []).append(place)
        for value, places in at.items():
            yield naming(value), packed_places(np.array(places, np.uint16), size)
    drafts = [place for place, one in enumerate(entries) if one.draft]
    yield DRAFTS, packed_places(np.array(drafts, np.uint16), size)
    yield STATES, bytes(one.state for one in entries)
    yield ENDS, _ends([one.valid_until.toordinal() for one in entries])
    words = [one.words.encode() for one in entries]
    stops = np.cumsum([len(one) for one in words]).astype("<u4")
    yield WORDS, stops.tobytes() + b"".join(words)


def _pieces(texts: Sequence[str]) -> Iterator[tuple[str, Places]]:
    """Each piece of some texts, and the places of those that hold it, ascending."""
    letters = np.frombuffer("".join(texts).encode("utf-32-le"), "<u4").astype(np.int64) + 1
    owner = np.repeat(np.arange(len(texts)), [len(text) for text in texts])
    for size in range(1, LONGEST + 1):
        last = len(letters) - size + 1
        if last < 1:
            return
        keys = np.zeros(last, np.int64)
        for at in range(size):
            keys = (keys << _BITS_OF_CHARACTER) | letters[at : at + last]
        whole = owner[:last] == owner[size - 1 :]
        keys, held = keys[whole], owner[:last][whole]
        order = np.argsort(keys, kind="stable")
        keys, held = keys[order], held[order]
        once = np.ones(len(keys), bool)
        once[1:] = (keys[1:] != keys[:-1]) | (held[1:] != held[:-1])
        keys, held = keys[once], held[once].astype(np.uint16)
        starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)])
        for key, places in zip(keys[starts].tolist(), np.split(held, starts[1:]), strict=False):
            yield _named(key, size), places


def _named(key: int, size: int) -> str:
    mask = (1 << _BITS_OF_CHARACTER) - 1
    shifts = range(_BITS_OF_CHARACTER * (size - 1), -1, -_BITS_OF_CHARACTER)
    return "".join(chr((key >> shift & mask) - 1) for shift in shifts)


def packed_places(places: Places, size: int) -> bytes:
    """Places in a block of this size: one by one where they are few, else a bit for each."""
    if 2 * len(places) < _width(size):
        return places.astype("<u2").tobytes()
    return _as_bits(places, size).tobytes()


def bits_of_places(data: bytes, size: int) -> Bits:
    """What `packed_places` made, as a bit for each place."""
    if len(data) == _width(size):
        return np.frombuffer(data, np.uint8)
    return _as_bits(np.frombuffer(data, "<u2"), size)


def _as_bits(places: Places, size: int) -> Bits:
    whole = np.zeros(size, bool)
    whole[places] = True
    return np.packbits(whole)


def _width(size: int) -> int:
    return -(-size // 8)


def _ends(days: Sequence[int]) -> bytes:
    """The first day on which a term ends, and how many days after it each does: 65,535 for more,
    which nobody who searches will live to see."""
    ends = np.array(days, np.int64)
    after = np.minimum(ends - ends.min(), 0xFFFF).astype("<u2")
    return int(ends.min()).to_bytes(4, "little") + bytes(after.tobytes())


def late_at(data: bytes, places: NDArray[np.int64], today: date) -> NDArray[np.bool_]:
    """Whether the terms of some certificates of a block ended before today."""
    passed = today.toordinal() - int.from_bytes(data[:4], "little")
    late: NDArray[np.bool_] = np.frombuffer(data, "<u2", offset=4)[places].astype(int) < passed
    return late


def words_at(data: bytes, size: int, places: Sequence[int]) -> Iterator[bytes]:
    """The words of some certificates of a block, as UTF-8."""
    stops = np.frombuffer(data, "<u4", size).tolist()
    text = data[4 * size :]
    for place in places:
        yield text[stops[place - 1] if place else 0 : stops[place]]
