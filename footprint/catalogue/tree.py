"""How many of each line a product needs, for the products of one part at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from footprint.catalogue.cells import Coded, Flags, Floats, Ints

#: Assemblies within assemblies; deeper ones are looked at product by product.
DEEPEST = 24
#: Ids of lines are looked up by their place among so many times as there are lines; where every
#: line of a part has another id, by their hash.
_SPARSEST = 16


class Tree(NamedTuple):
    """Per row: amounts gross and net per product, whether it contains others, and whether its
    product has to be looked at alone: an assembly used twice, not there, or in a circle."""

    gross: Floats
    net: Floats
    is_assembly: Flags
    alone: Flags


def tree_of(
    product: Ints, line: Coded, parent: Coded, quantity: Floats, loss: Floats | None
) -> Tree:
    """Multiply quantities along the assemblies; `loss` counts in the gross amounts alone.

    product : number of the product of each row, all arrays have the shape (rows,)
    """
    net = quantity.copy()
    gross = net.copy() if loss is None else quantity / (1.0 - loss)
    nothing = np.zeros(len(product), dtype=bool)
    inner = np.flatnonzero(~parent.where(""))
    if not len(inner):
        return Tree(gross, net, nothing, nothing)
    place = pc.index_in(pa.array(parent.words), value_set=pa.array(line.words)).fill_null(-1)
    parent_code = place.to_numpy()[parent.codes[inner]].astype(np.int64)
    size = len(line.words)
    whole = (int(product[-1]) + 1) * size
    own = product * np.int64(size) + line.codes
    above = np.where(parent_code >= 0, product[inner] * np.int64(size) + parent_code, -1)
    alone = nothing.copy()
    if whole <= _SPARSEST * len(product):
        up, is_assembly = _by_place(own, above, whole)
    else:
        up, is_assembly = _by_hash(own, above)
    alone[inner[up < 0]] = True
    first = nothing.copy()
    first[up[up >= 0]] = True
    alone |= is_assembly & ~first
    parents = np.full(len(product), -1, dtype=np.int32)
    parents[inner] = up
    _multiply(parents, inner[up >= 0], gross, net, alone)
    return Tree(gross, net, is_assembly, alone)


def _by_place(own: Ints, above: Ints, whole: int) -> tuple[Ints, Flags]:
    """The first row of each wanted id (-1 = none), and the rows whose id is wanted."""
    first = np.full(whole, -1, dtype=np.int32)
    first[own[::-1]] = np.arange(len(own) - 1, -1, -1, dtype=np.int32)
    up = np.where(above >= 0, first[above], -1)
    wanted = np.zeros(whole, dtype=bool)
    wanted[above[above >= 0]] = True
    found: Flags = wanted[own]
    return up, found


def _by_hash(own: Ints, above: Ints) -> tuple[Ints, Flags]:
    ids, wanted = pa.array(own), pa.array(above)
    up = pc.index_in(wanted, value_set=ids).fill_null(-1).to_numpy().astype(np.int32)
    return up, pc.is_in(ids, value_set=wanted).to_numpy(zero_copy_only=False)


def _multiply(parents: Ints, rows: Ints, gross: Floats, net: Floats, alone: Flags) -> None:
    """Multiply each of `rows`, which are in assemblies, by all that contain it, level by level."""
    own_gross, own_net = gross.copy(), net.copy()
    above = parents[rows]
    for _ in range(DEEPEST):
        if not len(rows):
            return
        gross[rows] *= own_gross[above]
        net[rows] *= own_net[above]
        above = parents[above]
        rows, above = rows[above >= 0], above[above >= 0]
    alone[rows] = True
