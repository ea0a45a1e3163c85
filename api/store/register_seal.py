"""Make blocks of the certificates that wait, in a transaction that waits for no other one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import fields

from sqlalchemy import Table, delete, func, insert, select, text, update

from api.store import register_tables
from api.store.database import REGISTER_LOCK, Database, UnitOfWork
from api.store.register_order import Block, blocks_of, in_order, rank
from api.store.register_pieces import (
    DRAFT,
    STATES,
    STATUSES,
    WORDS,
    EntryOfBlock,
    encoded,
    words_at,
)
from api.store.register_tables import (
    register_blocks,
    register_changes,
    register_pieces,
    register_places,
    register_waiting,
)
from api.store.tables import certificates

#: So many certificates wait, or have another status than their block knows, before blocks change.
ENOUGH_WAITING, ENOUGH_CHANGED = 4_096, 1_024


def settle_register(database: Database) -> None:
    """Make blocks of certificates that wait and give blocks the status of those that changed, where
    there are enough. What another process does at the same time is left to it."""
    again = not database.read_only
    while again:
        with database.reading() as uow:
            waiting = _count(uow, register_waiting) >= ENOUGH_WAITING
            changed = _count(uow, register_changes) >= ENOUGH_CHANGED
        if not waiting and not changed:
            return
        with database.writing() as uow:
            if not _alone(uow):
                return
            _fold(uow)
            entries = _taken(uow) if waiting else []
            if entries:
                _place(uow, entries)
            again = len(entries) == register_tables.BLOCK


def _count(uow: UnitOfWork, table: Table) -> int:
    return uow.connection.scalar(select(func.count()).select_from(table)) or 0


def _alone(uow: UnitOfWork) -> bool:
    if uow.connection.dialect.name != "postgresql":
        return True  # who writes there is alone
    query = text("SELECT pg_try_advisory_xact_lock(:key)")
    return bool(uow.connection.scalar(query, {"key": REGISTER_LOCK}))


def _fold(uow: UnitOfWork) -> None:
    """Write the status of those that changed into their blocks. A certificate that waits knows its
    own."""
    table = register_changes
    free = select(table.c.number, table.c.status).with_for_update(skip_locked=True)
    changed = {row.number: row.status for row in uow.connection.execute(free)}
    at: dict[int, list[tuple[int, str]]] = {}
    for some in _parts(list(changed)):
        found = select(register_places).where(register_places.c.number.in_(some))
        for row in uow.connection.execute(found):
            block, inside = divmod(row.place, register_tables.BLOCK)
            at.setdefault(block, []).append((inside, changed[row.number]))
        uow.connection.execute(delete(table).where(table.c.number.in_(some)))
    for block, states in at.items():
        known = (register_pieces.c.name == STATES, register_pieces.c.block == block)
        data = bytearray(uow.connection.scalars(select(register_pieces.c.data).where(*known)).one())
        for inside, status in states:
            data[inside] = data[inside] & DRAFT | STATUSES.index(status)
        uow.connection.execute(update(register_pieces).where(*known).values(data=bytes(data)))


def _parts(numbers: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many at once as a statement takes."""
    for start in range(0, len(numbers), 10_000):
        yield numbers[start : start + 10_000]


def _taken(uow: UnitOfWork) -> list[EntryOfBlock]:
    """The oldest that wait, no longer waiting: as many as a block takes."""
    table = register_waiting
    free = select(*(table.c[one.name] for one in fields(EntryOfBlock)))
    issued_at, number = in_order(uow, table)
    free = free.order_by(issued_at, number.desc()).limit(register_tables.BLOCK)
    rows = uow.connection.execute(free.with_for_update(skip_locked=True))
    entries = [EntryOfBlock(*row) for row in rows]
    for some in _parts([one.number for one in entries]):
        uow.connection.execute(delete(table).where(table.c.number.in_(some)))
    return entries


def _place(uow: UnitOfWork, entries: Sequence[EntryOfBlock]) -> None:
    """Those that are newer than all blocks get one, together with young blocks that are no larger;
    others come into the block that they follow."""
    blocks = blocks_of(uow)
    newest = [rank(one.newest, one.newest_number) for one in blocks]
    groups: dict[int, list[EntryOfBlock]] = {}
    for entry in entries:
        before = bisect_left(newest, rank(entry.issued_at, entry.number))
        groups.setdefault(before, []).append(entry)
    for before, group in groups.items():
        old = [blocks[before - 1]] if before else []
        size = len(group)
        for at, block in enumerate(() if before else blocks):
            if at + 1 in groups or block.size > min(size, register_tables.BLOCK - size):
                break
            old.append(block)
            size += block.size
        _rebuild(uow, old, group)


def _rebuild(uow: UnitOfWork, old: Sequence[Block], more: Sequence[EntryOfBlock]) -> None:
    """Blocks of these certificates and those of some old blocks, in place of these."""
    entries = [*more, *(entry for block in old for entry in _entries(uow, block))]
    for block in old:
        _forget(uow, block)
    entries.sort(key=lambda one: rank(one.issued_at, one.number))
    count = -(-len(entries) // register_tables.BLOCK)
    first = (uow.connection.scalar(select(func.max(register_blocks.c.id))) or 0) + 1
    for at in range(count):
        own = entries[at * len(entries) // count : (at + 1) * len(entries) // count]
        _write(uow, first + at, own)


def _entries(uow: UnitOfWork, block: Block) -> Iterator[EntryOfBlock]:
    """The certificates of a block, with the status that they have now."""
    start = block.id * register_tables.BLOCK
    names = ("number", "issued_at", "valid_until", "scheme", "tier", "status")
    query = (
        select(*(certificates.c[name] for name in names))
        .join(register_places, register_places.c.number == certificates.c.number)
        .where(register_places.c.place.between(start, start + register_tables.BLOCK - 1))
        .order_by(register_places.c.place)
    )
    known = select(register_pieces.c.name, register_pieces.c.data).where(
        register_pieces.c.block == block.id, register_pieces.c.name.in_((STATES, WORDS))
    )
    data = {row.name: row.data for row in uow.connection.execute(known)}
    words = words_at(data[WORDS], block.size, range(block.size))
    rows = uow.connection.execute(query)
    for row, state, said in zip(rows, data[STATES], words, strict=True):
        own = dict(row._mapping)
        yield EntryOfBlock(**own, draft=bool(state & DRAFT), words=said.decode())


def _forget(uow: UnitOfWork, block: Block) -> None:
    start = block.id * register_tables.BLOCK
    end = start + register_tables.BLOCK - 1
    for query in (
        delete(register_blocks).where(register_blocks.c.id == block.id),
        delete(register_pieces).where(register_pieces.c.block == block.id),
        delete(register_places).where(register_places.c.place.between(start, end)),
    ):
        uow.connection.execute(query)


def _write(uow: UnitOfWork, block: int, entries: Sequence[EntryOfBlock]) -> None:
    newest, oldest = entries[0], entries[-1]
    head = Block(
        block, len(entries), newest.issued_at, newest.number, oldest.issued_at, oldest.number
    )
    values = {one.name: getattr(head, one.name) for one in fields(Block)}
    uow.connection.execute(insert(register_blocks).values(values))
    start = block * register_tables.BLOCK
    places = [{"place": start + at, "number": one.number} for at, one in enumerate(entries)]
    uow.connection.execute(insert(register_places), places)
    pieces = [{"name": name, "block": block, "data": data} for name, data in encoded(entries)]
    uow.connection.execute(insert(register_pieces), pieces)
