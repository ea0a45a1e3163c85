"""Which certificates are to be looked at: a sample drawn by a seed, that anybody can draw again.

How many: 0.6 times the square root of the number, rounded up, of each scheme and tier. That is how
many of an organisation's sites certification bodies visit at a surveillance (IAF MD 1, 6.1, as told
in https://european-accreditation.org/sp_accordion_faqs/question-46-5-iaf-md1-sampling-size/). There
it is about sites of one management system; no rule of a carbon label that is known here states a
number, so to use it for certificates is our own choice, and every plan says so.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from math import isqrt
from typing import NamedTuple

#: The name of the rule of the size and of the drawing; a plan names the one that drew it.
SAMPLING_RULE = "0.6-root-by-scheme-and-tier"


class SamplingUnit(NamedTuple):
    """A certificate that can be drawn."""

    number: str
    scheme: str
    tier: str


class Stratum(NamedTuple):
    """The certificates of a scheme and tier: how many there were, and those drawn, in the order in
    which they were drawn."""

    scheme: str
    tier: str
    size: int
    drawn: tuple[str, ...]


def visits_due(count: int) -> int:
    """0.6 times the square root of `count`, rounded up. Raises ValueError below zero."""
    if count < 0:
        raise ValueError(f"{count} certificates cannot be")
    # The least n with n >= 0.6 * sqrt(count): in whole numbers, 25 n^2 >= 9 count.
    least = isqrt(9 * count // 25)
    return least if 25 * least * least >= 9 * count else least + 1


def drawn_sample(certificates: Iterable[SamplingUnit], seed: str) -> tuple[Stratum, ...]:
    """A sample of each scheme and tier. The same seed and the same certificates, in whatever order,
    give the same sample: the numbers are sorted by the SHA-256 of seed and number, and the first
    are taken, so that nobody chooses who is visited but by the seed, which the plan names."""
    strata: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in certificates:
        strata[one.scheme, one.tier].add(one.number)
    return tuple(
        Stratum(scheme, tier, len(numbers), tuple(_drawn(sorted(numbers), seed)))
        for (scheme, tier), numbers in sorted(strata.items())
    )


def _drawn(numbers: Sequence[str], seed: str) -> list[str]:
    def place(number: str) -> str:
        return hashlib.sha256(f"{seed}\n{number}".encode()).hexdigest()

    return sorted(numbers, key=place)[: visits_due(len(numbers))]
