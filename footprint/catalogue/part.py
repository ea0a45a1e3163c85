"""One part of a catalogue: whole products as an Arrow table in, their results and refusals out.

Products whose lines are all plain (`fast`) are one sparse product; the others, and those in which
something is not as it should be, go through `calculate` one by one, which knows everything.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from footprint.catalogue import faults
from footprint.catalogue.cells import Ints
from footprint.catalogue.columns import REFUSED
from footprint.catalogue.fast import fast_results
from footprint.catalogue.keys import Keys
from footprint.catalogue.lines import LineArrays, line_arrays
from footprint.catalogue.one import one_product
from footprint.catalogue.refusals import Refusals
from footprint.faults import InputRefused, Where


class PartResults(NamedTuple):
    """Results and refusals of the products of one part, each in the order of the table; and the
    lines that they were made of."""

    results: pa.Table
    refused: pa.Table
    lines: LineArrays | None = None


def run_part(
    table: pa.Table,
    first_row: int | Ints,
    keys: Keys,
    documents: Mapping[str, bytes] | None = None,
    file: str = "",
) -> PartResults:
    """Calculate the products of a part of the table that holds all lines of each of them.

    first_row : the row of the file in which the part's first line stands (the header is row 1), or
        those of all its lines
    documents : suppliers' footprints, by the names in `supplier_pcf`
    file : what results and refusals call the file
    """
    rows = first_row + np.arange(table.num_rows) if isinstance(first_row, int) else first_row
    refused = Refusals(rows, file)
    schema = keys.schema
    if not table.num_rows:
        return PartResults(schema.empty_table(), REFUSED.empty_table())
    lines = line_arrays(table, keys, refused)
    _scattered(lines, refused)
    if keys.asked is None:
        results = fast_results(lines, keys, rows)
    else:  # decisions read the whole document of a product
        results = schema.empty_table()
        lines.alone[:] = True
    slow = [
        row
        for product in np.flatnonzero(lines.alone & ~lines.refused).tolist()
        if (row := _alone(table, lines, product, keys, rows, documents, refused)) is not None
    ]
    if slow:
        both = pa.concat_tables([results, pa.Table.from_pylist(slow, schema)])
        results = both.sort_by("row")
    at = results.schema.get_field_index("file")
    named = pa.repeat(pa.scalar(file), results.num_rows)
    named_results = results.set_column(at, schema.field(at), named)
    return PartResults(named_results, refused.table(), lines)


def _scattered(lines: LineArrays, refused: Refusals) -> None:
    """Refuse products whose name stands in several places (CAT-002)."""
    names = np.array(lines.product.codes[lines.starts])
    _, firsts, counts = np.unique(names, return_index=True, return_counts=True)
    many = set(names[firsts[counts > 1]].tolist())
    for at in np.flatnonzero(np.isin(names, list(many))).tolist() if many else ():
        problem = faults.SCATTERED.at(
            Where("", None, "product"),
            "the lines of this product do not follow one another",
            "Sort the table by product.",
        )
        refused.add(lines.product_name(at), int(lines.starts[at]), problem)
        lines.refused[at] = True


def _alone(
    table: pa.Table,
    lines: LineArrays,
    product: int,
    keys: Keys,
    rows: Ints,
    documents: Mapping[str, bytes] | None,
    refused: Refusals,
) -> dict[str, Any] | None:
    """The results of one product by way of `calculate`; None, and a refusal, if it has none."""
    start, stop = int(lines.starts[product]), int(lines.stops[product])
    found = table.slice(start, stop - start).to_pylist()
    for at, row in enumerate(found, start):
        row |= {name: (value or "").strip() for name, value in row.items() if _is_text(value)}
        row |= {"row": int(rows[at]), "quantity": float(lines.quantity[at])}
        row |= {"loss": 0.0 if lines.loss is None else float(lines.loss[at])}
        for name, values in (("unit_mass", lines.unit_mass), ("product_mass", lines.product_mass)):
            row[name] = None if np.isnan(values[at]) else float(values[at])
    name = lines.product_name(product)
    try:
        return one_product(name, found, keys, documents)
    except InputRefused as error:
        for problem in error.problems:
            refused.add_of_row(name, problem.where.row or int(rows[start]), problem)
        return None


def _is_text(value: object) -> bool:
    return isinstance(value, str)
