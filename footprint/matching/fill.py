"""A copy of a bill of materials with its dataset column filled, and nothing else changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from footprint.bom.cell import Row
from footprint.bom.cells import text_of
from footprint.bom.columns import column_of
from footprint.bom.table import read_tables


def filled_copy(data: bytes, filename: str, datasets: Mapping[int, str]) -> bytes:
    """The file as CSV (UTF-8 with BOM, so that Excel shows Chinese), with the ids of `datasets` (by
    row number) in its dataset column where that is empty.

    A column is added if there is none; a workbook's product sheet becomes `# key: value` rows. The
    separator of a CSV stays, because it decides how 1,5 is read. Raises `InputRefused` as
    `footprint.bom.table.read_tables` does.
    """
    tables = read_tables(data, filename)
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=tables.separator or ",", lineterminator="\r\n")
    for row in tables.product:
        key, *values = _cells(row)
        writer.writerow([f"# {key.lstrip('# ')}: {values[0] if values else ''}"])
    column: int | None = None
    for row in tables.lines:
        cells = _cells(row)
        if cells[0].startswith("#"):
            writer.writerow(cells)
        elif column is None:
            column, cells = _with_column(cells)
            writer.writerow(cells)
        else:
            cells += [""] * (column + 1 - len(cells))
            cells[column] = cells[column] or datasets.get(row.number, "")
            writer.writerow(cells)
    return text.getvalue().encode("utf-8-sig")


def _cells(row: Row) -> list[str]:
    return [text_of(cell) for cell in row.cells]


def _with_column(header: list[str]) -> tuple[int, list[str]]:
    """The place of the dataset column, and the header with it."""
    names = [column_of(cell) for cell in header]
    if "dataset" in names:
        return names.index("dataset"), header
    return len(header), [*header, "dataset"]
