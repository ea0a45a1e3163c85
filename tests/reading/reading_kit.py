"""Small lists of parts as programs export them, and what is read of them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

from footprint.reading.model import Reading, ReadLine
from footprint.reading.options import ReadingOptions
from footprint.reading.read import read_table


def read(text: str, name: str = "list.csv", **options: Any) -> Reading:
    """What is read of a text."""
    return read_table(text.encode(), name, ReadingOptions(**options))


def book(
    rows: Sequence[Sequence[object]], name: str = "Sheet", formats: dict[str, str] | None = None
) -> bytes:
    """A workbook of one sheet; `formats` are number formats by cell."""
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def lines(reading: Reading) -> dict[str, ReadLine]:
    """Lines by name."""
    return {line.name: line for line in reading.lines}


def means(reading: Reading) -> dict[str, str]:
    """What the columns mean, by heading."""
    return {column.header: column.means for column in reading.columns}


def asked(reading: Reading) -> set[tuple[str, int | None]]:
    """(about, row) of every question; row None for the whole file."""
    return {(ask.about, row) for ask in reading.asks for row in (ask.rows if ask.rows else (None,))}


def skipped(reading: Reading) -> dict[int, str]:
    """Why rows are no lines."""
    return {one.row: one.reason for one in reading.skipped}
