"""How many certificates of the register's blocks fit, by state."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import select

from api.store import register_tables
from api.store.database import UnitOfWork
from api.store.register_blocks import (
    FEW,
    TOLD_STATES,
    Inside,
    SoughtInBlocks,
    changes_of_blocks,
    known_of_blocks,
    places_in_block,
    states_today,
)
from api.store.register_order import Block, blocks_of
from api.store.register_pieces import ENDS, LONGEST, STATES, WORDS, words_at
from api.store.register_tables import register_places
from api.store.rows import among
from api.store.tables import certificates


def count_in_blocks(uow: UnitOfWork, wanted: SoughtInBlocks) -> dict[str, int]:
    """How many certificates of the blocks fit, by state."""
    inside: dict[Block, Inside] = {}
    for block in blocks_of(uow):
        known = known_of_blocks(uow, [block], wanted.names).get(block.id, {})
        inside[block] = places_in_block(block, known, wanted)
    _keep_words(uow, inside, [word for word in wanted.words if len(word) > LONGEST])
    counts = np.zeros(len(TOLD_STATES), np.int64)
    changes = changes_of_blocks(uow)
    for block, places in inside.items():
        if len(places):
            known = known_of_blocks(uow, [block], [STATES, ENDS])[block.id]
            states = states_today(known, places, changes.get(block.id, ()), wanted.today)
            counts += np.bincount(states, minlength=len(TOLD_STATES))
    return {name: count for name, count in zip(TOLD_STATES, counts.tolist(), strict=True) if count}


def _keep_words(uow: UnitOfWork, inside: dict[Block, Inside], words: Sequence[str]) -> None:
    """Leave those that hold these words: where there are few in a block the rows are asked, else
    what the block keeps, which is all of its words."""
    if not words:
        return
    few = [one for one, places in inside.items() if 0 < len(places) <= FEW]
    starts = {one: one.id * register_tables.BLOCK for one in few}
    column = register_places.c.place
    query = (
        select(column)
        .join(certificates, certificates.c.number == register_places.c.number)
        .where(
            among(uow, column, [int(at) for one in few for at in inside[one] + starts[one]]),
            *(certificates.c.words.contains(word, autoescape=True) for word in words),
        )
    )
    kept = np.array(list(uow.connection.scalars(query)) if few else [], np.int64)
    for one in few:
        inside[one] = inside[one][np.isin(inside[one] + starts[one], kept)]
    sought = [word.encode() for word in words]
    for one, places in inside.items():
        if len(places) > FEW:
            data = known_of_blocks(uow, [one], [WORDS])[one.id][WORDS]
            said = words_at(data, one.size, places.tolist())
            holds = [all(word in text for word in sought) for text in said]
            inside[one] = places[np.array(holds, bool)]
