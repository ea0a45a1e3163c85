"""A copy of a bill of materials with its dataset column filled, and nothing else changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from footprint.reading.grid import text_of
from footprint.reading.header import choose_sheet
from footprint.reading.headings import read_heading
from footprint.sheets.open import open_book

_PRODUCT_SHEETS = frozenset(("product", "产品"))


def filled_copy(data: bytes, filename: str, datasets: Mapping[int, str]) -> bytes:
    """The table as CSV (UTF-8 with BOM, so that Excel shows Chinese), with the ids of `datasets`
    (by row number) in its dataset column where that is empty.

    A column is added if there is none; a workbook's product sheet becomes `# key: value` rows. The
    separator of a CSV stays, because it decides how 1,5 is read. Raises `InputRefused` as
    `footprint.sheets.open.open_book` does.
    """
    book = open_book(data, filename)
    table, _ = choose_sheet(book, None, None)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=book.delimiter or ",", lineterminator="\r\n")
    for sheet in book.sheets:
        if (sheet.name or "").casefold() in _PRODUCT_SHEETS:
            for row in sheet.rows:
                cells = [text_of(cell) for cell in row]
                if cells and cells[0]:
                    writer.writerow(
                        [f"# {cells[0].lstrip('# ')}: {cells[1] if len(cells) > 1 else ''}"]
                    )
    if table is None:
        return text.getvalue().encode("utf-8-sig")
    column: int | None = None
    for at, row in enumerate(table.sheet.rows, start=1):
        cells = [text_of(cell) for cell in row]
        if at == table.header_row:
            column, cells = _with_column(cells)
        elif column is not None and cells and not cells[0].startswith("# "):
            cells += [""] * (column + 1 - len(cells))
            cells[column] = cells[column] or datasets.get(at, "")
        writer.writerow(cells)
    return text.getvalue().encode("utf-8-sig")


def _with_column(header: list[str]) -> tuple[int, list[str]]:
    """The place of the dataset column, and the header with it."""
    names = [read_heading(cell).means[:1] for cell in header]
    if ("dataset",) in names:
        return names.index(("dataset",)), header
    return len(header), [*header, "dataset"]
