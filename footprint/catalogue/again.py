"""One part of a catalogue, of which only those products are calculated that results of before do
not hold for."""

from __future__ import annotations

import json
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from footprint.catalogue.cells import Ints, coded
from footprint.catalogue.contents import product_contents
from footprint.catalogue.earlier import Earlier
from footprint.catalogue.keys import Keys
from footprint.catalogue.memory import CELLS, PRODUCTS, Remembered, remembered_part
from footprint.catalogue.part import PartResults, run_part
from footprint.catalogue.source import PartOf, hash_of_part, read_part


def run_part_again(
    part: PartOf,
    keys: Keys,
    documents: Mapping[str, bytes] | None,
    earlier: Earlier | None,
) -> tuple[PartResults, Remembered]:
    """As `run_part` of the lines of a part, and with the same results: those of `earlier` where
    they hold. Also what a later run has to remember."""
    mark = {"part": json.dumps([hash_of_part(part), part.first_row, part.file])}
    whole = None if earlier is None else earlier.whole_part(mark["part"])
    if whole is not None:
        made, found = whole
    else:
        made, found, known = _by_product(part, keys, documents, earlier, mark["part"])
        mark = mark if known else {"part": ""}
    counts = {"counts": json.dumps([made.results.num_rows, made.refused.num_rows])}
    marked = found.products.replace_schema_metadata(mark | counts)
    return made, found._replace(products=marked)


def _by_product(
    part: PartOf,
    keys: Keys,
    documents: Mapping[str, bytes] | None,
    earlier: Earlier | None,
    mark: str,
) -> tuple[PartResults, Remembered, bool]:
    """Results and memory of a part, and whether all of it is known by its lines alone."""
    table, first_row, file = read_part(part), part.first_row, part.file
    if not table.num_rows:
        nothing = Remembered(PRODUCTS.empty_table(), CELLS.empty_table())
        return run_part(table, first_row, keys, documents, file), nothing, True
    product = coded(table, "product")
    changes = np.flatnonzero(np.diff(product.codes)) + 1
    starts = np.concatenate(([0], changes))
    stops = np.concatenate((changes, [table.num_rows]))
    rows = first_row + np.arange(table.num_rows)
    names = pa.array(product.words, pa.string()).take(pa.array(product.codes[starts]))
    at = np.full(len(starts), -1)
    lines_are_same = earlier is not None and earlier.has_lines(mark)
    # Without the products between them, lines of one that is scattered would follow one another.
    if earlier is not None and pc.count_distinct(names).as_py() == len(names):
        if lines_are_same:
            at = earlier.named(names)
        else:
            at = earlier.same(names, *product_contents(table, starts, stops, rows))
    anew = at < 0
    mask = np.repeat(anew, stops - starts)
    some = table if anew.all() else table.filter(pa.array(mask))
    made = run_part(some, rows[mask], keys, documents, file)
    remembers, known = _remembered(made, keys, some, rows[mask])
    if earlier is None or anew.all():
        return made, remembers, known
    kept = ~anew
    held = _moved(earlier.results.take(pa.array(at[kept])), rows[starts[kept]], file)
    results = pa.concat_tables([made.results, held]).sort_by("row")
    both = _merged(remembers, earlier.remembered(at[kept]), names)
    return PartResults(results, made.refused), both, known


def _remembered(
    made: PartResults, keys: Keys, table: pa.Table, rows: Ints
) -> tuple[Remembered, bool]:
    """What is remembered of the products that were calculated and have results; and whether all are
    known by their lines alone."""
    lines = made.lines
    if lines is None:
        return Remembered(PRODUCTS.empty_table(), CELLS.empty_table()), True
    contents, known = product_contents(table, lines.starts, lines.stops, rows)
    names = pa.array([lines.product_name(at) for at in range(len(contents))], pa.string())
    sound = pc.is_in(names, value_set=made.results.column("product"))
    kept = known & sound.to_numpy(zero_copy_only=False)
    return remembered_part(lines, keys, kept, contents), bool(known.all())


def _moved(results: pa.Table, rows: Ints, file: str) -> pa.Table:
    """Results whose products begin in other rows, and in another file, than before."""
    names = results.schema.names
    where = {"row": pa.array(rows, pa.int64()), "file": pa.repeat(pa.scalar(file), len(rows))}
    for name, column in where.items():
        at = names.index(name)
        results = results.set_column(at, results.schema.field(at), column)
    return results


def _merged(one: Remembered, other: Remembered, order: pa.Array) -> Remembered:
    """Both, products in their order in the part."""
    products = pa.concat_tables([one.products, other.products])
    place = pc.index_in(products.column("product"), value_set=order).to_numpy()
    return Remembered(
        products.take(pa.array(np.argsort(place, kind="stable"))),
        pa.concat_tables([one.cells, other.cells]),
    )
