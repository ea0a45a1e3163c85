"""The lines that add most to each product of a part."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from footprint.catalogue.cells import Floats, Ints
from footprint.catalogue.columns import WORST
from footprint.catalogue.lines import LineArrays


def worst_lines(lines: LineArrays, burden: Floats, rows: Ints) -> dict[str, Any]:
    """The lines that add most, with what they add; assemblies add nothing.

    burden : kg CO2e of each line
    rows : where each line stands in its file
    """
    left = np.where(lines.tree.is_assembly, -np.inf, burden)
    unnamed = lines.line.where("").any()
    best, most = _ranked(left, lines.starts, lines.stops - lines.starts)
    ids, called = pa.array(lines.line.words), pa.array(lines.name.words)
    found: dict[str, Any] = {}
    for rank in range(WORST):
        first, none = best[:, rank], np.isneginf(most[:, rank])
        names = ids.take(pa.array(lines.line.codes[first], mask=none))
        if unnamed:  # lines without an id are called by their row
            of_row = pc.binary_join_element_wise("row-", pa.array(rows[first]).cast("string"), "")
            names = pc.if_else(pc.equal(names, ""), of_row, names)
        found[f"worst_{rank + 1}"] = names
        found[f"worst_{rank + 1}_name"] = called.take(pa.array(lines.name.codes[first], mask=none))
        found[f"worst_{rank + 1}_kg_co2e"] = pa.array(most[:, rank], mask=none)
    return found


def _ranked(values: Floats, starts: Ints, lengths: Ints) -> tuple[Ints, Floats]:
    """The rows of the largest values of each product, and the values; the first of equal ones.

    Products of about the same length make one rectangle, so that each rank is one pass over it.
    """
    rows = np.zeros((len(starts), WORST), dtype=np.int64)
    most = np.full((len(starts), WORST), -np.inf)
    widths = np.left_shift(1, np.ceil(np.log2(np.maximum(lengths, WORST))).astype(np.int64))
    if lengths.min() == lengths.max():
        widths = lengths
    for width in np.unique(widths).tolist():
        these = np.flatnonzero(widths == width)
        at = starts[these][:, np.newaxis] + np.arange(width)
        inside = np.arange(width) < lengths[these][:, np.newaxis]
        block = np.where(inside, values[np.where(inside, at, 0)], -np.inf)
        each = np.arange(len(these))
        for rank in range(min(WORST, width)):
            best = block.argmax(axis=1)
            rows[these, rank] = starts[these] + np.minimum(best, lengths[these] - 1)
            most[these, rank] = block[each, best]
            block[each, best] = -np.inf
    return rows, most
