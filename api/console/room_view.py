"""What an evidence room shows: the sample, the chains of opened lines, whether it is made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from api.console.figures import rounded_percent
from api.services.rooms import RoomState
from footprint.inventory.compiled import CompiledInventory
from footprint.proof.chain import LineChain, line_chains, line_shares
from footprint.proof.difference import Difference, first_difference
from footprint.proof.sample import LineSample, draw_sample
from footprint.reading.header import FoundTable
from footprint.study import Inputs, footprint_from
from footprint.values.bom import Bom


@dataclass(frozen=True, slots=True)
class RoomLine:
    """A line in the list of a room: by number, row and share alone while it is sealed."""

    number: int
    row: int
    share: str
    why: Literal["heavy", "drawn", "other"]
    opened_on: str
    opened_by: str


@dataclass(frozen=True, slots=True)
class RoomView:
    """The lines of a room, its sample (None before one was drawn), and the opened chains."""

    sample: LineSample | None
    lines: tuple[RoomLine, ...]
    others: tuple[RoomLine, ...]
    chains: tuple[LineChain, ...]

    @property
    def left(self) -> int:
        """How many lines of the sample are still sealed."""
        return sum(not line.opened_on for line in self.lines if line.why != "other")


def room_view(
    bom: Bom,
    table: FoundTable,
    footprint: Mapping[str, Any],
    inventory: CompiledInventory,
    state: RoomState,
) -> RoomView:
    """The room as it stands. Lines that were not opened say nothing but their number."""
    shares = line_shares(bom, footprint)
    sample = None if state.seed is None else draw_sample(shares, state.seed)
    heavy = frozenset(sample.heavy) if sample else frozenset()
    drawn = frozenset(sample.drawn) if sample else frozenset()
    rows = []
    for number, line in enumerate(bom.lines, start=1):
        opened = state.openings.get(number)
        why: Literal["heavy", "drawn", "other"] = (
            "heavy" if number in heavy else "drawn" if number in drawn else "other"
        )
        rows.append(
            RoomLine(
                number,
                line.row,
                rounded_percent(shares[number]),
                why,
                "" if opened is None else opened.opened_at.date().isoformat(),
                "" if opened is None else opened.opened_by,
            )
        )
    shown = tuple(row for row in rows if row.why != "other" or row.opened_on)
    others = tuple(row for row in rows if row.why == "other" and not row.opened_on)
    chains = line_chains(state.openings.keys(), bom, table, footprint, inventory)
    return RoomView(sample, shown, others, chains)


@dataclass(frozen=True, slots=True)
class MadeAgain:
    """Whether a footprint comes out the same: `difference` is the first part that does not."""

    total: str
    difference: Difference | None


def made_again(
    bom: Bom, inputs: Inputs, footprint: Mapping[str, Any], inventory: CompiledInventory
) -> MadeAgain:
    """Calculate a footprint again from its list, as just read from its files, and compare the
    documents to the last digit."""
    again = footprint_from(bom, inputs, inventory)
    total = again["totals"]["excluding_biogenic_uptake_kg_co2e"]
    return MadeAgain(repr(total), first_difference(dict(footprint), again))
