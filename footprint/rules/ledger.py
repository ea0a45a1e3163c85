"""The ledger of carbon credits: each credit stands behind one claim, and once, for ever.

A use is never given back: a withdrawn claim does not free the credits that it was made with. The
ledger is a value; who keeps it (a table, a file) keeps its entries and asks here what clashes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from footprint.faults import Contradiction
from footprint.rules.evidence import Credit
from footprint.rules.serials import UNKNOWN, SerialRange, registry_id, series_id


@dataclass(frozen=True, slots=True)
class CreditUse:
    """Credits `first` to `last` (both counted) of a series, used by a certificate.

    `registry` and `series` are written as `footprint.rules.serials` gives them. `claim` is the
    number of the first certificate of a chain in which each replaces the one before.
    """

    registry: str
    series: str
    first: int
    last: int
    number: str
    claim: str

    def __post_init__(self) -> None:
        if not 0 <= self.first <= self.last:
            raise Contradiction(f"credits {self.first} to {self.last} are no range")
        if not self.registry or not self.series or not self.number or not self.claim:
            raise Contradiction("a use of credits names registry, series, certificate and claim")

    @property
    def range(self) -> SerialRange:
        """The credits, with registry and series as they are understood now and not as they were
        when the use was entered: the list of registries and their names grows."""
        registry = registry_id(self.registry)
        return SerialRange(registry, series_id(self.series, self.registry), self.first, self.last)


class Clash(NamedTuple):
    """Credits `first` to `last` that another claim uses already."""

    wanted: CreditUse
    taken: CreditUse
    first: int
    last: int


def uses_of_credits(credits: Iterable[Credit], number: str, claim: str) -> tuple[CreditUse, ...]:
    """What a certificate uses of the credits in its evidence. Blocks of unknown registries, or
    whose serial does not say which credits they are, stand behind nothing."""
    named = (credit.named for credit in credits if credit.registry is not None)
    known = (block for block in named if block is not None and block.registry != UNKNOWN)
    return tuple(CreditUse(*block, number, claim) for block in known)


def first_clash(wanted: Sequence[CreditUse], entries: Iterable[CreditUse]) -> Clash | None:
    """The first of the wanted uses that has credits of another claim among the entries of the
    ledger; None if all may be entered. Within one claim a certificate takes over from the one
    before it."""
    ledger = list(entries)
    for use in wanted:
        for taken in ledger:
            common = use.range.common(taken.range)
            if common is not None and taken.claim != use.claim:
                return Clash(use, taken, *common)
    return None
