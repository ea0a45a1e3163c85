"""Columns of Arrow as arrays of numbers: codes for texts, floats for amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from footprint.reading.numbers import parse_number

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_MOST = 2**62


class Coded(NamedTuple):
    """A column of texts: the code of each row, and the text of each code."""

    codes: Ints
    words: list[str]

    @property
    def blank(self) -> int:
        """The code of the empty text."""
        return self.words.index("")

    def where(self, *words: str) -> Flags:
        """The rows that hold one of these words."""
        wanted = np.array([word in words for word in self.words], dtype=bool)
        found: Flags = wanted[self.codes]
        return found


def coded(table: pa.Table, name: str) -> Coded:
    """A column of texts, blanks around them taken off; an absent one is empty in every row."""
    if name not in table.column_names:
        return Coded(np.zeros(table.num_rows, dtype=np.int64), [""])
    column = table.column(name)
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column.cast(pa.string()))
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # no rows, or more than one chunk can hold
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], column.type)
    words = [(word or "").strip() for word in whole.dictionary.cast(pa.string()).to_pylist()]
    codes = whole.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)
    words.append("")
    first = {word: at for at, word in reversed(list(enumerate(words)))}
    one = np.array([first[word] for word in words], dtype=np.int64)  # " P1" and "P1" are one
    return Coded(one[codes], words)


def numbers(table: pa.Table, name: str) -> tuple[Floats, Flags]:
    """A column of numbers and the rows whose cell holds none; empty cells are NaN.

    Texts are read with a decimal point; infinities and NaN are no numbers.
    """
    count = table.num_rows
    if name not in table.column_names:
        return np.full(count, np.nan), np.zeros(count, dtype=bool)
    column = table.column(name)
    bad = np.zeros(count, dtype=bool)
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        values = column.cast(pa.float64(), safe=False).to_numpy()
        given = pc.is_valid(column).to_numpy()
    else:
        text = coded(table, name)
        read = [_number(word) for word in text.words]
        values = np.array(read, dtype=np.float64)[text.codes]
        given = ~text.where("")
    bad = given & ~np.isfinite(values)
    return np.where(given & ~bad, values, np.nan), bad


def _number(text: str) -> float:
    try:
        return parse_number(text, ".") if text else np.nan
    except ValueError:
        return np.nan


def combined(columns: Sequence[Coded]) -> tuple[Ints, list[tuple[int, ...]]]:
    """One code for each distinct row of several columns: the codes, and what each stands for."""
    sizes = [len(column.words) for column in columns]
    whole = 1
    for size in sizes:
        whole *= size
    if whole >= _MOST:
        raise OverflowError("too many distinct cells in one part")
    mixed = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column, size in zip(columns, sizes, strict=True):
        mixed = mixed * size + column.codes
    encoded: Any = pc.dictionary_encode(pa.array(mixed))
    values = encoded.dictionary.to_numpy()
    parts = []
    for size in reversed(sizes):
        values, rest = np.divmod(values, size)
        parts.append(rest.tolist())
    codes = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    return codes, list(zip(*reversed(parts), strict=True))
