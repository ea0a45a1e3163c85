"""A file as rows of cells: CSV in any usual encoding and separator, or the first sheet of an XLSX.

Nothing is interpreted here beyond the file format. Formulas are kept as `Formula`, to be refused
where a value is needed: evaluating them would mean running code that a stranger wrote.
"""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
import zlib
from datetime import date, datetime
from pathlib import PurePath

from footprint.bom import faults
from footprint.bom.cell import Cell, Formula, Row, Tables
from footprint.bom.columns import column_of
from footprint.bom.json_table import is_json, read_json_tables
from footprint.faults import Where
from footprint.printable import unprintable

#: A bill of materials of 100,000 lines is about 10 MB; ten times that is a mistake or an attack.
MAX_BYTES = 100_000_000
#: An XLSX is a zip: the same limit for what it unpacks to, and no more than 200 times its size.
MAX_UNPACKED = 500_000_000
MAX_RATIO = 200
#: A worksheet of Excel has as many rows; a table of parts has some twenty columns.
MAX_ROWS, MAX_COLUMNS = 1_048_576, 500


def read_tables(data: bytes, filename: str) -> Tables:
    """The rows of a CSV, TSV, XLSX or JSON file. Raises `InputRefused` (BOM-001 to 003, 024)."""
    where = Where(filename)
    if len(data) > MAX_BYTES:
        raise faults.TOO_LARGE.refuse(f"it has more than {MAX_BYTES:,} bytes", where)
    if not data.strip(b"\xef\xbb\xbf \t\r\n"):
        raise faults.EMPTY.refuse("the file is empty", where)
    if data[:4] == b"PK\x03\x04":
        return _read_workbook(data, where)
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise faults.UNREADABLE.refuse(
            "this is an old Excel file (.xls) or a protected one",
            where,
            "Save it as .xlsx or .csv.",
        )
    if is_json(data):
        return read_json_tables(data, where)
    text = _decode(data, where)
    separator = _separator(text)
    return Tables(_read_text(text, separator, where), separator=separator)


def _decode(data: bytes, where: Where) -> str:
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "gb18030" or _looks_chinese(text):
            return _printable(text, where)
    raise faults.ENCODING.refuse(
        "the text is neither UTF-8, UTF-16 nor GB18030", where, "Save it as 'CSV UTF-8'."
    )


def _looks_chinese(text: str) -> bool:
    """Whether GB18030 was right: nearly any bytes decode as it, but Latin-1 text then turns into
    rare ideographs. Chinese tables hold common ones (GB 2312) and Chinese punctuation only."""
    foreign = [char for char in text if ord(char) > 127]
    if not foreign:
        return True
    common = sum(char.isascii() or _in_gb2312(char) for char in foreign)
    ideographs = sum("\u4e00" <= char <= "\u9fff" for char in foreign)
    return common / len(foreign) > 0.95 and ideographs / len(foreign) > 0.5


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _printable(text: str, where: Where) -> str:
    character = unprintable(text)
    if character:
        before = next(line for line in enumerate(text.split("\n"), 1) if unprintable(line[1]))
        at = Where(where.file, before[0])
        hint = "Delete it, or save the table again as 'CSV UTF-8'."
        raise faults.ENCODING.refuse(f"the line holds the control character {character}", at, hint)
    if any(unicodedata.category(char) == "Co" for char in set(text)):
        raise faults.ENCODING.refuse(
            "the text holds private-use characters", where, "Save it as 'CSV UTF-8'."
        )
    return text


def _read_text(text: str, separator: str, where: Where) -> tuple[Row, ...]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    rows = []
    start = 1
    try:
        for record in reader:
            cells: list[Cell] = [
                Formula(cell) if cell.startswith("=") else cell.strip() for cell in record
            ]
            if record and record[0].lstrip().startswith("#"):
                # A product fact is text to the end of the line, commas included.
                cells = [separator.join(record).strip(" " + separator)]
            if len(cells) > MAX_COLUMNS:
                message = f"the line has {len(cells):,} columns; the limit is {MAX_COLUMNS}"
                raise faults.TOO_LARGE.refuse(message, Where(where.file, start))
            if any(cells):
                rows.append(Row(start, tuple(cells)))
            start = reader.line_num + 1
    except csv.Error as error:
        at = Where(where.file, reader.line_num)
        raise faults.UNREADABLE.refuse(
            f"the quotes of this line do not match: {error}", at
        ) from None
    return tuple(rows)


def _separator(text: str) -> str:
    """The separator that makes the most known headers out of one of the first lines."""
    scores = {}
    for separator in ",;\t":
        rows = [line.split(separator) for line in text.splitlines()[:50]]
        scores[separator] = max(
            (sum(column_of(cell.strip('" ')) is not None for cell in row) for row in rows),
            default=0,
        )
    return max(scores, key=lambda separator: scores[separator])


#: What the reader raises for files that are broken: it trusts what it finds.
_BROKEN_WORKBOOK = (
    *(KeyError, ValueError, SyntaxError, TypeError, IndexError, OverflowError, AttributeError),
    *(zipfile.BadZipFile, zlib.error, RuntimeError, EOFError),
)


def _read_workbook(data: bytes, where: Where) -> Tables:
    from openpyxl import load_workbook

    _check_zip(data, where)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        names = book.sheetnames
        product = next((name for name in names if name.casefold() in {"product", "产品"}), None)
        lines = next((name for name in names if name != product), None)
        if lines is None:
            raise faults.EMPTY.refuse("the workbook has no sheet with lines", where)
        return Tables(_sheet(book[lines], where), _sheet(book[product], where) if product else ())
    except _BROKEN_WORKBOOK as error:
        raise faults.UNREADABLE.refuse(f"this is not a sound XLSX file: {error}", where) from None


def _check_zip(data: bytes, where: Where) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
    except zipfile.BadZipFile as error:
        raise faults.UNREADABLE.refuse(f"this is not a sound XLSX file: {error}", where) from None
    if unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * len(data) + 1_000_000:
        raise faults.TOO_LARGE.refuse(f"the workbook unpacks to {unpacked:,} bytes", where)


def _sheet(sheet: object, where: Where) -> tuple[Row, ...]:
    rows = []
    # The size that a file states may be wrong; cells beyond it would be lost without a word.
    sheet.reset_dimensions()  # type: ignore[attr-defined]
    # Unbounded, one cell in row 2,000,000,000 takes ten minutes: every row before it is made.
    records = sheet.iter_rows(max_row=MAX_ROWS + 1)  # type: ignore[attr-defined]
    for at, record in enumerate(records, start=1):
        if at > MAX_ROWS or len(record) > MAX_COLUMNS:
            limit = f"{MAX_ROWS:,} rows and {MAX_COLUMNS:,} columns"
            raise faults.TOO_LARGE.refuse(f"a sheet reaches beyond {limit}", where)
        cells = [_cell(cell) for cell in record]
        for text in cells:
            character = unprintable(text) if isinstance(text, str) else ""
            if character:
                at_row = Where(where.file, at)
                message = f"a cell holds the control character {character}"
                raise faults.ENCODING.refuse(message, at_row, "Delete it.")
        while cells and cells[-1] == "":
            cells.pop()
        if any(cell != "" for cell in cells):
            number = next(c.row for c in record if getattr(c, "row", None))
            rows.append(Row(number, tuple(cells)))
    return tuple(rows)


def _cell(cell: object) -> Cell:
    value = getattr(cell, "value", None)
    if value is None:
        return ""
    if getattr(cell, "data_type", "") == "f":
        return Formula(str(value))
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip()
    return Formula(text) if text.startswith("=") else text


def suffix_of(filename: str) -> str:
    """The lower-case suffix of a file name, such as `.csv`."""
    return PurePath(filename).suffix.lower()
