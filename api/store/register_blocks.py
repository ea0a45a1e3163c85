"""Which certificates of the blocks fit, newest first: by the pieces of what is looked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from api.store import register_tables
from api.store.database import UnitOfWork
from api.store.register_order import Block, behind_place, blocks_of, in_order
from api.store.register_pieces import (
    DRAFT,
    DRAFTS,
    ENDS,
    STATES,
    STATUSES,
    Bits,
    bits_of_places,
    late_at,
    pieces_of,
    scheme_piece,
    tier_piece,
)
from api.store.register_tables import register_changes, register_pieces, register_places
from api.store.tables import certificates

#: States by the number that they have here: those that are kept, and those that are told.
TOLD_STATES = (*STATUSES, "expired", "draft")
_EXPIRED, _A_DRAFT = TOLD_STATES.index("expired"), TOLD_STATES.index("draft")
#: Whether the term of a certificate has ended is asked for these alone.
_BY_DAY = frozenset(("issued", "expired", "draft"))
#: The most blocks that are looked at together; the first one alone tells how many are worth it.
_MOST = 64
#: Of so many in a block, or fewer, the rows are asked for the state: a block's states are more.
FEW = 64

Inside = NDArray[np.int64]
#: Of certificates that changed since their block was made: where they stand there, and their state.
Changes = Mapping[int, Sequence[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class SoughtInBlocks:
    """What is looked for in blocks. `words` are folded; `state` is one of `TOLD_STATES` or ""."""

    words: tuple[str, ...]
    scheme: str
    tier: str
    state: str
    today: date

    @property
    def names(self) -> list[str]:
        """What a block must know for one of its certificates to fit."""
        found = [piece for word in self.words for piece in pieces_of(word)]
        found += [scheme_piece(self.scheme)] if self.scheme else []
        found += [tier_piece(self.tier)] if self.tier else []
        found += [DRAFTS] if self.state == "draft" else []
        return list(dict.fromkeys(found))

    @property
    def without(self) -> list[str]:
        """What no certificate that fits has."""
        return [DRAFTS] if self.state == "issued" else []


def places_that_may_fit(
    uow: UnitOfWork, wanted: SoughtInBlocks, enough: int, after: tuple[datetime, str] | None
) -> Iterator[list[int]]:
    """The places of certificates behind `after` that may fit, newest first, some blocks at a time:
    as many as are likely to have `enough`.

    Rows must be asked for two things: whether they hold words of more than three letters, of which
    all pieces are there; and for their state, which few of a block are not asked for here.
    """
    blocks = blocks_of(uow)
    first = 0
    if after is not None:
        first = _first_behind(uow, after)
        ids = [one.id for one in blocks]
        blocks = blocks[ids.index(first // register_tables.BLOCK) :] if first else []
    changes = changes_of_blocks(uow) if wanted.state else {}
    start, wave = 0, 1
    while start < len(blocks):
        some = blocks[start : start + wave]
        known = known_of_blocks(uow, some, [*wanted.names, *wanted.without])
        inside = {one: places_in_block(one, known.get(one.id, {}), wanted) for one in some}
        held = sum(map(len, inside.values()))
        if start == 0:
            head = some[0]
            inside[head] = inside[head][inside[head] >= first - head.id * register_tables.BLOCK]
        if wanted.state:
            _keep_state(uow, inside, changes, wanted)
        yield [
            place
            for one in some
            for place in (inside[one] + one.id * register_tables.BLOCK).tolist()
        ]
        likely = -(-enough * wave // held) if held else _MOST
        start, wave = start + wave, min(_MOST, max(2 * wave, likely))


def _keep_state(
    uow: UnitOfWork, inside: dict[Block, Inside], changes: Changes, wanted: SoughtInBlocks
) -> None:
    """Leave those of the state that is wanted, in blocks where there are many."""
    many = [one for one, places in inside.items() if len(places) > FEW]
    names = [STATES, ENDS] if wanted.state in _BY_DAY else [STATES]
    known = known_of_blocks(uow, many, names)
    for one in many:
        states = states_today(known[one.id], inside[one], changes.get(one.id, ()), wanted.today)
        inside[one] = inside[one][states == TOLD_STATES.index(wanted.state)]


def _first_behind(uow: UnitOfWork, after: tuple[datetime, str]) -> int:
    """The place of the first certificate behind another one that has a place; 0 if there is none.
    (No block is number 0.)"""
    order = in_order(uow, certificates)
    query = (
        select(register_places.c.place)
        .join(certificates, certificates.c.number == register_places.c.number)
        .where(*behind_place(order, after))
        .order_by(order[0].desc(), order[1])
        .limit(1)
    )
    return uow.connection.scalar(query) or 0


def changes_of_blocks(uow: UnitOfWork) -> Changes:
    """The certificates whose status changed since their block was made."""
    query = select(register_places.c.place, register_changes.c.status).join(
        register_changes, register_changes.c.number == register_places.c.number
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for place, status in uow.connection.execute(query):
        block, inside = divmod(place, register_tables.BLOCK)
        found.setdefault(block, []).append((inside, status))
    return found


def known_of_blocks(
    uow: UnitOfWork, blocks: Sequence[Block], names: Sequence[str]
) -> dict[int, dict[str, bytes]]:
    """What these blocks know by these names."""
    table = register_pieces
    found: dict[int, dict[str, bytes]] = {}
    rows: Iterable[tuple[int, str, bytes]]
    if not names or not blocks:
        return found
    ids = [one.id for one in blocks]
    if uow.connection.dialect.name == "postgresql":
        rows = _in_binary(uow, ids, names)
    else:
        query = select(table.c.block, table.c.name, table.c.data)
        query = query.where(table.c.name.in_(names), table.c.block.in_(ids))
        rows = uow.connection.execute(query)
    for block, name, data in rows:
        found.setdefault(block, {})[name] = data
    return found


def _in_binary(
    uow: UnitOfWork, blocks: Sequence[int], names: Sequence[str]
) -> list[tuple[int, str, bytes]]:
    """The same from PostgreSQL, which writes bytes as letters unless it is asked otherwise, as
    SQLAlchemy cannot: that takes most of the time of a page."""
    driver: Any = uow.connection.connection.driver_connection
    query = "SELECT block, name, data FROM register_pieces WHERE name = ANY(%s) AND block = ANY(%s)"
    with driver.cursor(binary=True) as cursor:
        found: list[tuple[int, str, bytes]] = cursor.execute(query, [names, blocks]).fetchall()
    return found


def places_in_block(block: Block, known: Mapping[str, bytes], wanted: SoughtInBlocks) -> Inside:
    """Where those stand that have everything but the state."""
    if any(name not in known for name in wanted.names):
        return np.arange(0)
    held = [bits_of_places(known[name], block.size) for name in wanted.names]
    held += [~bits_of_places(known[name], block.size) for name in wanted.without]
    if not held:
        return np.arange(block.size)
    every: Bits = reduce(np.bitwise_and, held)
    return np.flatnonzero(np.unpackbits(every, count=block.size).view(bool))


def states_today(
    known: Mapping[str, bytes], inside: Inside, changes: Sequence[tuple[int, str]], today: date
) -> NDArray[np.uint8]:
    """The states of some certificates of a block today, by their number in `TOLD_STATES`.
    Nothing has expired where `known` does not say when terms end."""
    every = np.frombuffer(known[STATES], np.uint8)
    if changes:
        every = every.copy()
        for at, status in changes:
            every[at] = every[at] & DRAFT | STATUSES.index(status)
    kept = every[inside]
    states = kept & np.uint8(~DRAFT & 0xFF)
    issued = states == STATUSES.index("issued")
    states[issued & (kept >= DRAFT)] = _A_DRAFT
    if ENDS in known:
        states[issued & late_at(known[ENDS], inside, today)] = _EXPIRED
    return states
