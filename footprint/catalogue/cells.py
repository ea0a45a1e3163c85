"""Columns of Arrow as arrays of numbers: codes for texts, floats for amounts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from footprint.reading.numbers import parse_number

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
_MOST = 2**62
#: Up to so many combinations have a place each; beyond that they are looked up by their hash.
_PLACES = 2**22


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
        found = np.zeros(len(self.codes), dtype=bool)
        for word in words:
            if word in self.words:
                found |= self.codes == self.words.index(word)
        return found


def coded(table: pa.Table, name: str) -> Coded:
    """A column of texts, blanks around them taken off; an absent one is empty in every row."""
    if name not in table.column_names:
        return Coded(np.zeros(table.num_rows, dtype=np.int32), [""])
    column = table.column(name)
    if not pa.types.is_dictionary(column.type):
        column = pc.dictionary_encode(column.cast(pa.string()))
    whole = column.unify_dictionaries().combine_chunks()
    if isinstance(whole, pa.ChunkedArray):  # no rows, or more than one chunk can hold
        whole = pa.concat_arrays(whole.chunks) if whole.num_chunks else pa.array([], column.type)
    texts = whole.dictionary.cast(pa.string()).to_numpy(zero_copy_only=False).tolist()
    words = [word.strip() if word else "" for word in texts]
    blank = words.index("") if "" in words else len(words)
    indices = whole.indices
    if indices.null_count:
        indices = indices.cast(pa.int32()).fill_null(blank)
    codes: Ints = indices.to_numpy(zero_copy_only=False)
    if blank == len(words):
        words.append("")
    if len(set(words)) < len(words):  # " P1" and "P1" are one
        first = {word: at for at, word in reversed(list(enumerate(words)))}
        codes = np.array([first[word] for word in words], dtype=np.int32)[codes]
    return Coded(codes, words)


def numbers(table: pa.Table, name: str) -> tuple[Floats, Flags]:
    """A column of numbers and the rows whose cell holds none; empty cells are NaN.

    Texts are read with a decimal point; infinities and NaN are no numbers.
    """
    count = table.num_rows
    if name not in table.column_names:
        return np.full(count, np.nan), np.zeros(count, dtype=bool)
    column = table.column(name)
    if pa.types.is_floating(column.type) or pa.types.is_integer(column.type):
        values = column.cast(pa.float64(), safe=False).to_numpy()
        finite = np.isfinite(values)
        if finite.all():
            return values, ~finite
        given = pc.is_valid(column).to_numpy()
    else:
        text = coded(table, name)
        read = [_number(word) for word in text.words]
        values = np.array(read, dtype=np.float64)[text.codes]
        given, finite = ~text.where(""), np.isfinite(values)
    bad = given & ~finite
    return np.where(given & ~bad, values, np.nan), bad


def _number(text: str) -> float:
    try:
        return parse_number(text, ".") if text else np.nan
    except ValueError:
        return np.nan


def combined(columns: Sequence[tuple[Ints, int]]) -> tuple[Ints, list[Ints]]:
    """One code for each distinct row of several columns: the codes, and per column the codes that
    each stands for. A column comes with the number of codes that it may have.

    Raises `OverflowError` if there may be too many combinations.
    """
    whole = _combinations(columns)
    if whole > _PLACES:  # codes that no row has need no place
        columns = [(codes, int(codes.max(initial=0)) + 1) for codes, _ in columns]
        whole = _combinations(columns)
    if whole >= _MOST:
        raise OverflowError("too many distinct cells in one part")
    mixed: Any = np.zeros(len(columns[0][0]), dtype=np.int32 if whole < 2**31 else np.int64)
    for codes, size in columns:
        if size > 1:
            mixed *= size
            mixed += codes
    if whole <= _PLACES:
        seen = np.zeros(whole, dtype=bool)
        seen[mixed] = True
        values = np.flatnonzero(seen)
        place = np.empty(whole, dtype=np.int32)  # read where a row is, and written there alone
        place[values] = np.arange(len(values), dtype=np.int32)
        found = place[mixed]
    else:
        encoded: Any = pc.dictionary_encode(pa.array(mixed))
        values = encoded.dictionary.to_numpy().astype(np.int64)
        found = encoded.indices.to_numpy(zero_copy_only=False)
    parts: list[Ints] = []
    for _, size in reversed(columns):
        values, rest = np.divmod(values, max(size, 1))
        parts.append(rest)
    return found, parts[::-1]


def _combinations(columns: Sequence[tuple[Ints, int]]) -> int:
    whole = 1
    for _, size in columns:
        whole *= max(size, 1)
    return whole
