"""How a table of a catalogue is written, and its lines as a catalogue's own columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from footprint.catalogue.columns import NUMBERS
from footprint.catalogue.headings import ColumnMeant, Told, columns_meant
from footprint.catalogue.texts import TextForm, decimal_mark_of, text_form
from footprint.reading.numbers import Mark, parse_number

#: Files of text by the end of their name; the others are Parquet.
TEXT_SUFFIXES = frozenset((".csv", ".tsv"))


@dataclass(frozen=True, slots=True)
class TableAnswers:
    """What a person says of tables: what headings mean, and the decimal mark of texts."""

    columns: Told = field(default_factory=dict)
    decimal: Mark | None = None


@dataclass(frozen=True, slots=True)
class TableForm:
    """What the headings of a table mean; of a text also how it is written, and its decimal mark."""

    columns: tuple[ColumnMeant, ...]
    text: TextForm | None = None
    decimal: Mark = "."

    @property
    def is_our_own(self) -> bool:
        """Whether the table is a catalogue as documented, and has only to be read."""
        plain = all(one == ColumnMeant(one.column, one.column) for one in self.columns)
        return plain and self.decimal == "." and self.text in {None, TextForm()}

    @property
    def heading_row(self) -> int:
        """The row of the headings, from 1."""
        return 1 if self.text is None else self.text.heading_line

    def told(self) -> dict[str, Any]:
        """How the table was read, for a manifest."""
        how: dict[str, Any] = {"columns": {one.heading: _said(one) for one in self.columns}}
        if self.text is not None:
            how |= {"encoding": self.text.encoding, "separator": self.text.delimiter}
            how["decimal"] = self.decimal
        return how

    def batches(self, path: Path, rows: int) -> Iterator[pa.RecordBatch]:
        """The lines of the file in the columns of a catalogue, in pieces of about so many rows."""
        taken = [at for at, one in enumerate(self.columns) if one.column]
        if self.text is not None:
            batches = self.text.batches(path, taken)
        else:
            batches = (one.select(taken) for one in pq.ParquetFile(path).iter_batches(rows))
        kept = [self.columns[at] for at in taken]
        for batch in batches:
            pairs = zip(kept, batch.columns, strict=True)
            arrays = [self._own(column, values) for column, values in pairs]
            names = [one.column for one in kept]
            for one in kept:
                if one.unit:
                    names.append("unit")
                    arrays.append(pa.repeat(pa.scalar(one.unit), batch.num_rows))
            yield pa.RecordBatch.from_arrays(arrays, names=names)

    def _own(self, column: ColumnMeant, values: pa.Array) -> pa.Array:
        """The cells of a column in its own unit, with a decimal point."""
        if column.column not in NUMBERS:
            return values
        if pa.types.is_floating(values.type) or pa.types.is_integer(values.type):
            return pc.multiply(values.cast(pa.float64(), safe=False), column.factor)
        if column.factor == 1.0 and self.decimal == "." and column.column != "loss":
            return values
        coded = values.cast(pa.string()).dictionary_encode()
        words = [self._number(column, one) for one in coded.dictionary.to_pylist()]
        return pa.DictionaryArray.from_arrays(coded.indices, pa.array(words, pa.string())).cast(
            pa.string()
        )

    def _number(self, column: ColumnMeant, word: str) -> str:
        """A number as we write it; what is none stays as it is, and is refused with its row."""
        bare, factor = word.strip(), column.factor
        if column.column == "loss" and bare[-1:] in {"%", "％"}:
            bare, factor = bare[:-1].rstrip(), 0.01
        try:
            number = parse_number(bare, self.decimal)
        except ValueError:
            return word
        return repr(number * factor)


def _said(one: ColumnMeant) -> str:
    said = one.column or "left out"
    said += "" if one.factor == 1.0 else f" x {one.factor:g}"
    return said + (f" in {one.unit}" if one.unit else "")


def form_of_table(path: Path, answers: TableAnswers) -> TableForm:
    """How a file is written.

    Raises `InputRefused` (CAT-001, BOM-008, BOM-002), OSError, and Arrow's exceptions for a file
    that cannot be read.
    """
    if path.suffix.casefold() not in TEXT_SUFFIXES:
        return TableForm(_columns(pq.read_schema(path).names, answers, path))
    text = text_form(path)
    columns = _columns(text.headings(path), answers, path)
    numbers = [at for at, one in enumerate(columns) if one.column in NUMBERS]
    decimal = answers.decimal or decimal_mark_of(path, text, numbers)
    return TableForm(columns, text, decimal)


def _columns(headings: Sequence[str], answers: TableAnswers, path: Path) -> tuple[ColumnMeant, ...]:
    return columns_meant(headings, answers.columns, path.name)


def forms_told(forms: Mapping[str, TableForm]) -> dict[str, Any]:
    """How tables that are not as documented were read, by file; for a manifest."""
    return {file: form.told() for file, form in forms.items() if not form.is_our_own}
