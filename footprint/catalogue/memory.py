"""What results remember, so that a later run calculates anew only what has changed.

Of each product the digest of its lines, and the keys that it was put together from; of each key its
cells and a digest of the row that they led to. A new inventory leads the cells to rows again: those
that are others touch the products that use them. Products that only the way for one product knows
rest on the whole inventory.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from footprint.catalogue.cells import Flags, Ints
from footprint.catalogue.contents import SIZE
from footprint.catalogue.facts import LineContext
from footprint.catalogue.ids import mixed, parted
from footprint.catalogue.keys import ASSEMBLY, Keys
from footprint.catalogue.lines import LineArrays

PRODUCTS = pa.schema(
    [
        ("product", pa.string()),
        ("content", pa.binary(SIZE)),
        ("alone", pa.bool_()),
        ("keys", pa.list_(pa.int64())),
    ]
)
CELLS = pa.schema([("key", pa.int64()), ("cells", pa.string()), ("says", pa.binary(SIZE))])


class Remembered(NamedTuple):
    """What one part, or a whole run, remembers."""

    products: pa.Table
    cells: pa.Table


def key_cells(keys: Keys, rows: Ints) -> pa.Table:
    """The cells of rows of the matrix, and what each row says, by `CELLS`."""
    known: dict[int, tuple[int, str, bytes]] = keys.told
    new = [row for row in rows.tolist() if row not in known]
    if new:
        _tell_cells(keys, np.array(new))
    found = [known[row] for row in rows.tolist()]
    columns = zip(*found, strict=True) if found else ((), (), ())
    return pa.table([pa.array(column) for column in columns], names=CELLS.names).cast(CELLS)


def _tell_cells(keys: Keys, rows: Ints) -> None:
    values = keys.ids.values
    for kind, seen, first in (("line", keys.seen_lines, "what"), ("leg", keys.seen_legs, "mode")):
        own = np.isin(seen.rows, rows)
        parts = (part.tolist() for part in parted(seen.numbers[own]))
        for row, what, how, where in zip(seen.rows[own].tolist(), *parts, strict=True):
            cells = [kind, values[first][what], values["how"][how], values["where"][where]]
            text = json.dumps(cells, ensure_ascii=False)
            keys.told[row] = _number(text), text, keys.row_digest(row)


def changed_keys(cells: pa.Table, keys: Keys) -> Ints:
    """The keys whose cells lead to another row now, in this inventory."""
    read = [json.loads(text) for text in cells.column("cells").to_pylist()]
    rows = np.zeros(len(read), dtype=np.int64)
    for kind, resolve in (("line", keys.rows_of), ("leg", keys.legs_of)):
        own = np.array([one[0] == kind for one in read], dtype=bool)
        numbers = [_cells_number(one, keys) for one in read if one[0] == kind]
        distinct, codes = np.unique(np.array(numbers, dtype=np.int64), return_inverse=True)
        if len(distinct):
            rows[own] = resolve(distinct)[codes]
    says = cells.column("says").to_pylist()
    pairs = zip(rows.tolist(), says, strict=True)
    other = np.array([keys.row_digest(row) != old for row, old in pairs], dtype=bool)
    found: Ints = cells.column("key").to_numpy()[other]
    return found


def remembered_part(
    lines: LineArrays, keys: Keys, kept: Flags, contents: list[bytes]
) -> Remembered:
    """What to remember of the products of a part.

    kept : which of them have results that are known by their lines alone
    contents : their digests
    """
    legs, which = lines.legs, np.flatnonzero(kept)
    used = kept & ~lines.alone
    owners = np.concatenate((lines.number, lines.number[legs.row]))
    rows = np.concatenate((lines.key, legs.key))
    sound = (rows > 0) & used[owners]
    owners, rows = owners[sound], rows[sound]
    order = np.argsort(owners, kind="stable")  # lines first, then legs
    seen = np.zeros(len(keys.matrix.flags), dtype=bool)
    seen[rows] = True
    cells = key_cells(keys, np.flatnonzero(seen))
    place = np.cumsum(seen) - 1
    numbers = cells.column("key").to_numpy()[place[rows[order]]]
    ends = np.searchsorted(owners[order], which, side="right")
    offsets = np.concatenate(([0], ends)).astype(np.int32)
    return Remembered(
        pa.table(
            [
                pa.array([lines.product_name(at) for at in which.tolist()], pa.string()),
                pa.array([contents[at] for at in which.tolist()], pa.binary(SIZE)),
                pa.array(lines.alone[which]),
                pa.ListArray.from_arrays(offsets, pa.array(numbers, pa.int64())),
            ],
            schema=PRODUCTS,
        ),
        cells,
    )


def _cells_number(cells: list[Any], keys: Keys) -> int:
    """The number of cells in this run (`ids.mixed`)."""
    kind, first, how, where = cells
    what = tuple(first) if isinstance(first, list) else first
    numbers = (
        keys.ids.of("what" if kind == "line" else "mode", what or ASSEMBLY),
        keys.ids.of("how", tuple(how)),
        keys.ids.of("where", (where[0], LineContext(*where[1]))),
    )
    return int(mixed(*(np.array([one]) for one in numbers))[0])


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little", signed=True)
