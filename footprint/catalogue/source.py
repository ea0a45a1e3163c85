"""A catalogue on disk: Parquet files, CSV files or a folder of them, in parts of whole products.

A part is one row group of a Parquet file: the products that begin in it, with those of their lines
that stand at the beginning of the next ones. CSV files, Parquet files with very large row groups,
and tables with other headings than ours are first written as Parquet with row groups of `ROWS`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from footprint.catalogue import faults
from footprint.catalogue.cells import coded
from footprint.catalogue.columns import FACTS, TEXTS
from footprint.catalogue.form import TEXT_SUFFIXES, TableAnswers, TableForm, form_of_table
from footprint.faults import InputRefused, Where

ROWS = 2**18
#: Row groups with more lines than this would take more memory than a process should have.
MOST_ROWS = 2**21
_SUFFIXES = {".parquet", *TEXT_SUFFIXES}
_CODED = [*TEXTS, *FACTS]


@dataclass(frozen=True, slots=True)
class PartOf:
    """Where the lines of one part are: a row group without its first lines, which belong to the
    part before, and so many lines of each of the next row groups. `first_row` counts the header."""

    file: str
    path: Path
    group: int
    skip: int
    behind: tuple[tuple[int, int], ...]
    first_row: int
    lines: int


def tables_of_catalogue(path: Path) -> list[Path]:
    """The tables of a catalogue, by name. Raises `InputRefused` (CAT-004) if there are none."""
    if path.is_dir():
        found = sorted(one for one in path.iterdir() if one.suffix.casefold() in _SUFFIXES)
    else:
        found = [path] if path.is_file() and path.suffix.casefold() in _SUFFIXES else []
    if not found:
        hint = "Give a .parquet, .csv or .tsv file, or a folder with some."
        message = "there is no table of products here"
        raise faults.UNREADABLE.refuse(message, Where(str(path)), hint)
    return found


def hash_of_file(path: Path) -> str:
    """`sha256:` and the digest of a file, which may be larger than the memory."""
    with path.open("rb") as file:
        return "sha256:" + hashlib.file_digest(file, "sha256").hexdigest()


def table_form(path: Path, answers: TableAnswers) -> TableForm:
    """How a file is written. Raises `InputRefused` (CAT-001, CAT-004, BOM-008, BOM-002)."""
    try:
        return form_of_table(path, answers)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from None


def as_parquet(path: Path, form: TableForm, folder: Path) -> Path:
    """The file itself, or a Parquet file in `folder` with the same lines in small row groups.

    Raises `InputRefused` (CAT-004).
    """
    try:
        if form.text is None and form.is_our_own:
            about = pq.read_metadata(path)
            groups = map(about.row_group, range(about.num_row_groups))
            if all(group.num_rows <= MOST_ROWS for group in groups):
                return path
        return _rewritten(form.batches(path, ROWS), path, folder)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from None


def _unreadable(path: Path, error: Exception) -> InputRefused:
    return faults.UNREADABLE.refuse(why_unreadable(error), Where(path.name))


def why_unreadable(error: Exception) -> str:
    """Why a table cannot be read, in our own words, which are known in other languages."""
    reason = str(error).partition("\n")[0][:200]
    if "magic bytes" in reason or "smaller than the minimum" in reason or "Thrift" in reason:
        return "it is no Parquet file, or only a part of one"
    if reason.startswith("CSV parse error: Row #"):
        cells = re.fullmatch(r".*?Row #(\d+): (Expected \d+ columns, got \d+).*", reason)
        told = f"Row {cells[1]}: {cells[2]}" if cells else reason
        return f"its rows do not have as many cells as its heading: {told}"
    return f"it cannot be opened: {reason}" if reason else "it cannot be opened"


def _rewritten(batches: Iterator[pa.RecordBatch], path: Path, folder: Path) -> Path:
    target = folder / f"{path.name}.parquet"
    first = next(batches, None)
    if first is None:
        raise faults.UNREADABLE.refuse("the table has no lines", Where(path.name))
    with pq.ParquetWriter(target, first.schema) as writer:
        held, count = [first], first.num_rows
        for batch in batches:
            held.append(batch)
            count += batch.num_rows
            if count >= ROWS:
                writer.write_table(pa.Table.from_batches(held), row_group_size=ROWS)
                held, count = [], 0
        if held:
            writer.write_table(pa.Table.from_batches(held), row_group_size=ROWS)
    return target


def catalogue_parts(path: Path, file: str, heading_row: int = 1) -> list[PartOf]:
    """The parts of one Parquet file, each with whole products; `file` and `heading_row` are those
    of the table that it was made from."""
    reader = _open(path, ["product"])
    edges = [_edges(reader, at) for at in range(reader.num_row_groups)]
    parts = []
    row, before = heading_row + 1, ""
    for at, edge in enumerate(edges):
        skip = edge.leading(before) if at else 0
        before = edge.last if edge.rows else before
        behind = []
        for later in range(at + 1, len(edges)):
            count = edges[later].leading(edge.last)
            if count:
                behind.append((later, count))
            if count < edges[later].rows:
                break
        if skip < edge.rows:
            lines = edge.rows - skip + sum(count for _, count in behind)
            parts.append(PartOf(file, path, at, skip, tuple(behind), row + skip, lines))
        row += edge.rows
    return parts


def read_part(part: PartOf) -> pa.Table:
    """The lines of a part, texts as codes."""
    reader = _open(part.path, None)
    tables = [reader.read_row_group(part.group, use_threads=False).slice(part.skip)]
    for group, count in part.behind:
        batches: Iterator[Any] = reader.iter_batches(max(count, 64), row_groups=[group])
        tables.append(pa.Table.from_batches([next(batches)]).slice(0, count))
    return pa.concat_tables(tables)


def hash_of_part(part: PartOf) -> str:
    """The digest of the bytes from which a part is read: those of its row groups, as they lie in
    the file. The same digest is the same lines."""
    digest = hashlib.sha256(repr((part.skip, part.behind)).encode())
    file = pq.ParquetFile(part.path)
    digest.update(repr(file.schema_arrow).encode())
    with part.path.open("rb") as bytes_of:
        for group in (part.group, *(at for at, _ in part.behind)):
            found = file.metadata.row_group(group)
            for at in range(found.num_columns):
                column = found.column(at)
                starts = (column.dictionary_page_offset, column.data_page_offset)
                bytes_of.seek(min(one for one in starts if one is not None))
                digest.update(bytes_of.read(column.total_compressed_size))
    return "sha256:" + digest.hexdigest()


@dataclass(frozen=True, slots=True)
class _Edges:
    """The first and the last product of a row group, and how many lines the first one has."""

    rows: int
    first: str
    first_lines: int
    last: str

    def leading(self, product: str) -> int:
        """How many of the first lines are of this product."""
        return self.first_lines if product == self.first else 0


def _edges(reader: pq.ParquetFile, group: int) -> _Edges:
    table = reader.read_row_group(group, columns=["product"], use_threads=False)
    column = coded(table, "product")
    if not table.num_rows:
        return _Edges(0, "", 0, "")
    codes = column.codes
    other = codes != codes[0]
    first_lines = int(other.argmax()) if other.any() else len(codes)
    return _Edges(len(codes), column.words[codes[0]], first_lines, column.words[codes[-1]])


def _open(path: Path, columns: Sequence[str] | None) -> pq.ParquetFile:
    names = pq.read_schema(path).names
    wanted = [name for name in (columns or _CODED) if name in names]
    try:
        return pq.ParquetFile(path, read_dictionary=wanted)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(path, error) from None
