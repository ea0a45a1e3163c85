"""The results of a run, put together from its parts in the order of the table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from footprint.catalogue import faults
from footprint.catalogue.columns import REFUSED
from footprint.catalogue.earlier import memory_files
from footprint.catalogue.memory import CELLS, PRODUCTS
from footprint.catalogue.question import CatalogueQuestion
from footprint.catalogue.source import hash_of_file
from footprint.catalogue.unfinished import kept_part
from footprint.words.language import in_chinese


def assemble_parts(question: CatalogueQuestion, count: int, schema: pa.Schema) -> dict[str, Any]:
    """Put the parts together in order; products that stand in several parts are refused."""
    names = [
        kept_part(question, at, "results").column("product").combine_chunks() for at in range(count)
    ]
    twice = _twice(names)
    kept = refused = 0
    extra: list[pa.Table] = []
    with pq.ParquetWriter(_new(question.results), schema) as writer:
        for at in range(count):
            table = kept_part(question, at, "results")
            if twice is not None:
                again = pc.is_in(table.column("product"), value_set=twice)
                extra.append(_scattered(table.filter(again)))
                table = table.filter(pc.invert(again))
            kept += table.num_rows
            writer.write_table(table)
    with pq.ParquetWriter(_new(question.refused), REFUSED) as writer:
        for at in range(count):
            table = kept_part(question, at, "refused")
            table = pa.concat_tables([table, extra[at]]).sort_by("row") if extra else table
            table = table if question.language == "en" else _in_chinese(table)
            refused += pc.count_distinct(table.column("product")).as_py()
            writer.write_table(table)
    found: dict[str, Any] = {"products": kept, "refused": refused}
    for name, path in (("results", question.results), ("refusals", question.refused)):
        _new(path).replace(path)
        found[f"{name}_hash"] = hash_of_file(path)
    return found | (_memory(question, count, twice) if question.remembers else {})


def _memory(question: CatalogueQuestion, count: int, twice: pa.Array | None) -> dict[str, str]:
    """Write what the results remember; the hashes of both files."""
    products_file, cells_file = memory_files(question.results)
    used: list[pa.Array] = []
    told = [kept_part(question, at, "products").schema.metadata for at in range(count)]
    marks = [[one[b"part"].decode(), *json.loads(one[b"counts"])] for one in told]
    whole = {} if twice is not None else {"parts": json.dumps(marks)}
    with pq.ParquetWriter(_new(products_file), PRODUCTS.with_metadata(whole)) as writer:
        for at in range(count):
            table = kept_part(question, at, "products")
            if twice is not None:
                again = pc.is_in(table.column("product"), value_set=twice)
                table = table.filter(pc.invert(again))
            used.append(pc.unique(pc.list_flatten(table.column("keys"))))
            writer.write_table(table.combine_chunks().replace_schema_metadata(whole))
    every = pa.concat_tables([kept_part(question, at, "cells") for at in range(count)])
    keys = pa.chunked_array(used, pa.int64())
    every = every.filter(pc.is_in(every.column("key"), value_set=keys))
    once = every.group_by(["key", "cells", "says"]).aggregate([]).select(CELLS.names)
    if pc.count_distinct(once.column("key")).as_py() != len(once):
        raise OverflowError("two keys have one number")  # as likely as a change of the laws
    pq.write_table(once.sort_by("key").cast(CELLS), _new(cells_file))
    found = {}
    for name, path in (("memory", products_file), ("cells", cells_file)):
        _new(path).replace(path)
        found[f"{name}_hash"] = hash_of_file(path)
    return found


def _twice(names: Sequence[pa.Array]) -> pa.Array | None:
    """The products that stand in more than one part, or None."""
    column = pa.chunked_array(names, pa.string())
    if pc.count_distinct(column).as_py() == len(column):
        return None
    counted = pc.value_counts(column.combine_chunks())
    return counted.field("values").filter(pc.greater(counted.field("counts"), 1))


def _scattered(table: pa.Table) -> pa.Table:
    says = {
        "column": "product",
        "code": faults.SCATTERED.code,
        "message": "the lines of this product do not follow one another",
        "hint": "Sort the table by product.",
    }
    rows = table.select(["product", "file", "row"]).to_pylist()
    return pa.Table.from_pylist([row | says for row in rows], REFUSED)


def _in_chinese(table: pa.Table) -> pa.Table:
    """Refusals with their sentences in Chinese."""
    for name in ("message", "hint"):
        told = [in_chinese(one) for one in table.column(name).to_pylist()]
        at = table.schema.get_field_index(name)
        table = table.set_column(at, REFUSED.field(name), pa.array(told, pa.string()))
    return table


def _new(path: Path) -> Path:
    return path.with_name(path.name + ".new")
