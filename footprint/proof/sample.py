"""A sample of lines that anybody can draw again: what is heavy, and others by a printed seed."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass

#: A line that is this share of the result, or more, is always looked at. This project's own
#: figure: an error of a twentieth is what verifiers commonly call material.
HEAVY = 0.05


@dataclass(frozen=True, slots=True)
class LineSample:
    """The numbers of the lines to look at: those that are heavy, and those that were drawn, each in
    ascending order. `of` is how many lines there are."""

    seed: int
    of: int
    heavy: tuple[int, ...]
    drawn: tuple[int, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """All of them, in ascending order."""
        return tuple(sorted((*self.heavy, *self.drawn)))


def sample_size(others: int) -> int:
    """How many of `others` lines are drawn: one more than their square root, rounded up, and never
    more than there are. This project's own rule: it grows slowly and is never nothing."""
    return min(others, 1 + math.ceil(math.sqrt(others))) if others > 0 else 0


def draw_sample(shares: Mapping[int, float], seed: int) -> LineSample:
    """The sample of lines with these shares of the result (0 to 1), by line number.

    The lines that are not heavy are put in the order of the SHA-256 of "SEED NUMBER" (decimal,
    one space, ASCII), and the first ones are taken: any tool that hashes draws the same.
    """
    heavy = sorted(number for number, share in shares.items() if abs(share) >= HEAVY)
    others = sorted(set(shares) - set(heavy), key=lambda number: (_place(seed, number), number))
    drawn = sorted(others[: sample_size(len(others))])
    return LineSample(seed, len(shares), tuple(heavy), tuple(drawn))


def _place(seed: int, number: int) -> str:
    return hashlib.sha256(f"{seed} {number}".encode("ascii")).hexdigest()
