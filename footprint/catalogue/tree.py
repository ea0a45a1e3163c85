"""How many of each line a product needs, for the products of one part at once."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from footprint.catalogue.cells import Coded, Flags, Floats, Ints

#: Assemblies within assemblies; deeper ones are looked at product by product.
DEEPEST = 24


class Tree(NamedTuple):
    """Per row: amounts gross and net per product, whether it contains others, and whether its
    product has to be looked at alone: an assembly used twice, not there, or in a circle."""

    gross: Floats
    net: Floats
    is_assembly: Flags
    alone: Flags


def tree_of(product: Ints, line: Coded, parent: Coded, quantity: Floats, loss: Floats) -> Tree:
    """Multiply quantities along the assemblies; `loss` counts in the gross amounts alone.

    product : number of the product of each row, all arrays have the shape (rows,)
    """
    net = quantity.copy()
    gross = quantity / (1.0 - loss)
    nothing = np.zeros(len(product), dtype=bool)
    inner = np.flatnonzero(~parent.where(""))
    if not len(inner):
        return Tree(gross, net, nothing, nothing)
    place = pc.index_in(pa.array(parent.words), value_set=pa.array(line.words)).fill_null(-1)
    parent_code = place.to_numpy()[parent.codes[inner]]
    size = len(line.words)
    own = pa.array(product * size + line.codes)
    above = np.where(parent_code >= 0, product[inner] * size + parent_code, -1)
    up = pc.index_in(pa.array(above), value_set=own).fill_null(-1).to_numpy().astype(np.int64)
    alone = nothing.copy()
    alone[inner[up < 0]] = True
    is_assembly = pc.is_in(own, value_set=pa.array(above)).to_numpy(zero_copy_only=False)
    first = nothing.copy()
    first[up[up >= 0]] = True
    alone |= is_assembly & ~first
    parents = np.full(len(product), -1, dtype=np.int64)
    parents[inner] = up
    _multiply(parents, gross, net, alone)
    return Tree(gross, net, is_assembly, alone)


def _multiply(parents: Ints, gross: Floats, net: Floats, alone: Flags) -> None:
    """Multiply each row by all that contain it, a level at a time."""
    own_gross, own_net = gross.copy(), net.copy()
    rows = np.flatnonzero(parents >= 0)
    above = parents[rows]
    for _ in range(DEEPEST):
        if not len(rows):
            return
        gross[rows] *= own_gross[above]
        net[rows] *= own_net[above]
        above = parents[above]
        rows, above = rows[above >= 0], above[above >= 0]
    alone[rows] = True
