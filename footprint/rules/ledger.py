"""The offset ledger: which retired credit stands behind which claim, each at most once, for ever.

A credit is one t CO2e with a serial number. A block is a range of them; a claim takes ranges. What
is taken is never given back: a withdrawn claim does not free the credits that it was made with.
The ledger is a value: every function returns a new one, and the same steps give the same ledger.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from typing import Literal

from footprint.rules import codes
from footprint.rules.evidence import Credit
from footprint.rules.serials import (
    UNKNOWN,
    SerialRange,
    parsed_serial,
    plain_name,
    registry_id,
    series_id,
)
from footprint.rules.words import EXACT

#: Only these stand for a tonne that was kept out of, or taken out of, the air somewhere else.
CreditKind = Literal["reduction", "removal"]
_REFUSALS = {
    "allowance": "An emission allowance is a permit to emit and no carbon credit.",
    "avoided-emission": "Emissions that a product spares its users are no carbon credit.",
    "green-power": "Certificates of green power belong to the electricity of the footprint.",
}


@dataclass(frozen=True, slots=True)
class Retirement:
    """When a block was retired in its registry, for whom, and why."""

    day: date
    beneficiary: str
    reason: str


@dataclass(frozen=True, slots=True)
class Block:
    """Credits `first` to `last` (both counted) of one series of a registry; one credit is 1 t CO2e.

    `series` is what stands before the running number in the registry's serials.
    """

    standard: str
    registry: str
    project: str
    series: str
    first: int
    last: int
    vintage: int
    kind: CreditKind
    issuance: Literal["ex-post", "ex-ante"]
    retirement: Retirement | None = None

    @property
    def tonnes(self) -> int:
        return self.last - self.first + 1

    @property
    def key(self) -> tuple[str, str]:
        """Registry and series, however they are spelt: within it a number is one credit."""
        return registry_id(self.registry), series_id(self.series, self.registry)


@dataclass(frozen=True, slots=True)
class Claim:
    """What credits are used for: a product of a tenant over a period, under one name."""

    tenant: str
    product: str
    period_start: date
    period_end: date
    id: str


@dataclass(frozen=True, slots=True)
class Allocation:
    """Credits `first` to `last` of a block, taken by a claim on a day."""

    claim: Claim
    registry: str
    series: str
    first: int
    last: int
    day: date

    @property
    def tonnes(self) -> int:
        return self.last - self.first + 1

    @property
    def key(self) -> tuple[str, str]:
        """Registry and series, however they are spelt."""
        return registry_id(self.registry), series_id(self.series, self.registry)


@dataclass(frozen=True, slots=True)
class Ledger:
    """All blocks and all allocations, in the order in which they were entered."""

    blocks: tuple[Block, ...] = ()
    allocations: tuple[Allocation, ...] = ()


def enter(ledger: Ledger, block: Block) -> Ledger:
    """The ledger with one more block.

    Raises InputRefused: RUL-040 for what is no credit, or for a block that is not usable; RUL-041
    where any of its credits is in the ledger already, under whatever spelling.
    """
    if block.kind in _REFUSALS:
        raise codes.CREDIT_UNUSABLE.refuse(_REFUSALS[block.kind])
    _refuse_unusable(block)
    for known in ledger.blocks:
        if known.key == block.key and known.first <= block.last and block.first <= known.last:
            raise codes.CREDIT_ENTERED_TWICE.refuse(
                f"Credits {max(known.first, block.first)} to {min(known.last, block.last)} of "
                f"{block.registry} {block.series} are in the ledger already.",
                hint="Enter only the credits that are not, or look for the same block.",
            )
    return replace(ledger, blocks=(*ledger.blocks, block))


def retire(ledger: Ledger, block: Block, retirement: Retirement) -> Ledger:
    """The ledger with a block marked as retired, once.

    Raises InputRefused (RUL-040) if the block is not in the ledger, is retired already, or the
    retirement names no beneficiary or reason.
    """
    if block not in ledger.blocks or block.retirement is not None:
        raise codes.CREDIT_UNUSABLE.refuse("The block is not in the ledger, or retired already.")
    retired = replace(block, retirement=retirement)
    _refuse_unusable(retired)
    return replace(
        ledger, blocks=tuple(retired if each == block else each for each in ledger.blocks)
    )


def allocate(
    ledger: Ledger, claim: Claim, tonnes: int, day: date, standards: Iterable[str] = ()
) -> Ledger:
    """The ledger with `tonnes` free retired credits given to a claim, lowest serials first.

    Only credits retired by `day` count, and only of `standards` where these are named. Raises
    InputRefused (RUL-042) where there are too few; nothing is given then.
    """
    if tonnes <= 0:
        raise codes.CREDIT_UNUSABLE.refuse("At least one whole tonne is allocated.")
    wanted = {plain_name(each) for each in standards}
    taken: list[Allocation] = []
    left = tonnes
    for block in ledger.blocks:
        if wanted and plain_name(block.standard) not in wanted:
            continue
        for first, last in _free(ledger, block, day):
            count = min(left, last - first + 1)
            if count > 0:
                end = first + count - 1
                taken.append(Allocation(claim, block.registry, block.series, first, end, day))
                left -= count
    if left > 0:
        raise codes.CREDIT_SPENT.refuse(
            f"{tonnes} t CO2e are asked for and {tonnes - left} are free.",
            hint=f"Retire {left} t CO2e more.",
        )
    return replace(ledger, allocations=(*ledger.allocations, *taken))


def allocate_range(
    ledger: Ledger, claim: Claim, block: Block, first: int, last: int, day: date
) -> Ledger:
    """The ledger with just these credits of a block given to a claim.

    Raises InputRefused (RUL-042) unless every one of them is retired by `day` and free.
    """
    free = any(start <= first <= last <= end for start, end in _free(ledger, block, day))
    if block not in ledger.blocks or not free:
        raise codes.CREDIT_SPENT.refuse(
            f"Credits {first} to {last} of {block.registry} {block.series} are not all retired "
            "and free."
        )
    taken = Allocation(claim, block.registry, block.series, first, last, day)
    return replace(ledger, allocations=(*ledger.allocations, taken))


def free_tonnes(ledger: Ledger, day: date) -> int:
    """t CO2e of credits that are retired by `day` and taken by no claim."""
    return sum(
        last - first + 1 for block in ledger.blocks for first, last in _free(ledger, block, day)
    )


def tonnes_of(ledger: Ledger, claim: Claim) -> int:
    """t CO2e of credits that stand behind a claim."""
    return sum(taken.tonnes for taken in ledger.allocations if taken.claim == claim)


def cover_ratio(
    ledger: Ledger, claim: Claim, footprint_kg: Decimal, units_sold: Decimal
) -> Decimal | None:
    """Credits behind a claim / emissions of the units sold in its period: 1 is full cover.

    `footprint_kg` is kg CO2e per declared unit, `units_sold` counts declared units. None where
    there is nothing to cover.
    """
    with localcontext(EXACT):
        emitted = footprint_kg * units_sold / 1000
        return tonnes_of(ledger, claim) / emitted if emitted > 0 else None


def credits_of(ledger: Ledger, claim: Claim) -> tuple[Credit, ...]:
    """The credits behind a claim as evidence for a decision, one entry per range."""
    return tuple(
        Credit(
            tonnes=Decimal(taken.tonnes),
            programme=block.standard,
            vintage=block.vintage,
            issuance=block.issuance,
            retired_on=block.retirement.day,
            serial=f"{block.series} {taken.first}-{taken.last}",
            registry=block.registry,
            beneficiary=block.retirement.beneficiary,
            reason=block.retirement.reason,
        )
        for taken in ledger.allocations
        if taken.claim == claim
        for block in ledger.blocks
        if block.key == taken.key
        and block.first <= taken.first
        and taken.last <= block.last
        and block.retirement is not None
    )


def parsed_block(credit: Credit) -> SerialRange | None:
    """The credits of a block of evidence; None where its registry or serial is not given, or the
    serial does not say which credits it names."""
    if credit.registry is None or credit.serial is None:
        return None
    return parsed_serial(credit.serial, credit.registry)


def _free(ledger: Ledger, block: Block, day: date) -> Iterator[tuple[int, int]]:
    """Ranges of a block that are retired by `day` and taken by nobody, in order."""
    if block.retirement is None or block.retirement.day > day:
        return
    start = block.first
    taken = sorted((a.first, a.last) for a in ledger.allocations if a.key == block.key)
    for first, last in taken:
        if last < block.first or first > block.last:
            continue
        if start < first:
            yield start, first - 1
        start = max(start, last + 1)
    if start <= block.last:
        yield start, block.last


def _refuse_unusable(block: Block) -> None:
    texts = (block.standard, block.registry, block.project, block.series)
    if not all(text.strip() for text in texts):
        raise codes.CREDIT_UNUSABLE.refuse("Standard, registry, project and series are named.")
    if registry_id(block.registry) == UNKNOWN:
        raise codes.CREDIT_UNUSABLE.refuse(
            f"{block.registry} is not among the registries that are known.",
            hint="Name the registry that the serial is of; footprint/rules/data/registries.yaml "
            "lists them.",
        )
    if not 0 <= block.first <= block.last:
        raise codes.CREDIT_UNUSABLE.refuse("The first serial is not after the last.")
    retired = block.retirement
    if retired is None:
        return
    if not retired.beneficiary.strip() or not retired.reason.strip():
        raise codes.CREDIT_UNUSABLE.refuse("A retirement names its beneficiary and its reason.")
    if block.issuance == "ex-post" and retired.day.year < block.vintage:
        raise codes.CREDIT_UNUSABLE.refuse("A credit cannot be retired before its vintage.")
