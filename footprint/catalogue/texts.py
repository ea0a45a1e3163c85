"""A text file of a catalogue: its encoding, what separates its cells, and its decimal mark.

The file may be larger than the memory, so it is looked at in pieces. The evidence is that of a
single list of parts (`footprint.sheets`, `footprint.reading.numbers`).
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from footprint.bom.faults import AMBIGUOUS_NUMBER
from footprint.faults import InputRefused, Problem, Where
from footprint.reading.numbers import Mark, is_doubtful, marks_shown
from footprint.sheets.encoding import Decoded, decode
from footprint.sheets.evidence import CODECS
from footprint.sheets.text import separator_of

#: Bytes that tell the encoding and the separator.
_LOOKED_AT = 2**20
#: Numbers with a point of one piece that are looked at: nearly every one shows a decimal point.
_POINTED = 1000


@dataclass(frozen=True, slots=True)
class TextForm:
    """How a text is written. `encoding` is a codec of Python; the headings stand in
    `heading_line`."""

    encoding: str = "utf-8"
    delimiter: str = ","
    heading_line: int = 1

    def headings(self, path: Path) -> list[str]:
        """The headings of a file."""
        with self._reader(path, csv.ConvertOptions()) as reader:
            return list(reader.schema.names)

    def batches(self, path: Path, columns: Sequence[int]) -> Iterator[pa.RecordBatch]:
        """The columns of a file with these positions (from 0), every cell as text: a number that
        is none has a row then."""
        as_text = csv.ConvertOptions(
            column_types=dict.fromkeys(self.headings(path), pa.string()),
            strings_can_be_null=True,
            null_values=[""],
        )
        with self._reader(path, as_text) as reader:
            for batch in reader:
                yield batch.select(list(columns))

    def _reader(self, path: Path, convert: csv.ConvertOptions) -> csv.CSVStreamingReader:
        read = csv.ReadOptions(encoding=self.encoding, skip_rows=self.heading_line - 1)
        return csv.open_csv(path, read, csv.ParseOptions(delimiter=self.delimiter), convert)


def text_form(path: Path) -> TextForm:
    """How a file is written. Raises `InputRefused` (BOM-002) where its encoding is not told, and
    OSError."""
    with path.open("rb") as file:
        data = file.read(_LOOKED_AT)
        whole = len(data) < _LOOKED_AT
    head = decode(data if whole else _whole_lines(data), Where(path.name))
    lines = head.text.splitlines()
    named, delimiter = separator_of(lines) if lines else (False, ",")
    encoding = _codec(head)
    if encoding == "utf-8" and not whole:
        encoding = _codec(_first_foreign(path) or head)
    return TextForm(encoding, delimiter, 2 if named else 1)


def _codec(decoded: Decoded) -> str:
    return CODECS.get(decoded.encoding, decoded.encoding)


def _whole_lines(data: bytes) -> bytes:
    """Without the line that is cut off; a text of two bytes for a letter is cut between letters."""
    if b"\0" in data[:100]:
        return data[: len(data) // 2 * 2]
    return data[: data.rfind(b"\n") + 1] or data


def _first_foreign(path: Path) -> Decoded | None:
    """The lines from the first byte on that is no UTF-8, with their encoding; None without one.
    Raises `InputRefused` (BOM-002)."""
    decoder, place, lines = codecs.getincrementaldecoder("utf-8")(), 0, 0
    with path.open("rb") as file:
        while True:
            piece = file.read(_LOOKED_AT)
            try:
                decoder.decode(piece, final=not piece)
            except UnicodeDecodeError:
                break
            if not piece:
                return None
            cut = piece.rfind(b"\n") + 1
            if cut:
                place += cut
                lines += piece.count(b"\n")
                file.seek(place)
                decoder.reset()
            else:
                place += len(piece)
        file.seek(place)
        sample = _whole_lines(file.read(2 * _LOOKED_AT))
    try:
        return decode(sample, Where(path.name))
    except InputRefused as refused:
        raise InputRefused([_below(one, lines) for one in refused.problems]) from None


def _below(problem: Problem, lines: int) -> Problem:
    """A problem of a piece that begins behind so many lines of its file."""
    row = problem.where.row
    return problem._replace(where=problem.where._replace(row=None if row is None else row + lines))


def decimal_mark_of(path: Path, form: TextForm, columns: Sequence[int]) -> Mark:
    """The decimal mark of the numbers in columns (positions from 0) of a file.

    Raises `InputRefused` (BOM-008) where one can be read in two ways and the others show neither.
    """
    shown: set[Mark] = set()
    doubt: tuple[str, int] | None = None
    row = form.heading_line + 1
    for batch in form.batches(path, columns) if columns else ():
        for column in batch.columns:
            words = pc.unique(column).drop_null()
            texts = words.filter(pc.match_substring(words, ",")).to_pylist()
            pointed = words.filter(pc.match_substring(words, "."))
            texts += pointed.slice(0, _POINTED).to_pylist()
            shown |= marks_shown(texts)
            doubtful = None if doubt else next(filter(is_doubtful, texts), None)
            if doubtful is not None:
                doubt = doubtful, row + int(pc.index(column, doubtful).as_py())
        row += batch.num_rows
    if len(shown) == 1:
        return shown.pop()
    lone_point = form.delimiter == "," and doubt is not None and "," not in doubt[0]
    if doubt is None or lone_point:
        return "."
    raise AMBIGUOUS_NUMBER.refuse(
        f"{doubt[0]!r} can be read in two ways",
        Where(path.name, doubt[1]),
        "Say which mark the file has: --decimal point, or --decimal comma.",
    )
