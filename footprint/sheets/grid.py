"""The values of a sheet as calamine reads them, made ours; marks are laid over them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from footprint.faults import Where
from footprint.sheets import faults
from footprint.sheets.formats import zero_padded
from footprint.sheets.limits import MAX_AREA, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS
from footprint.sheets.model import CellTraits, Sheet, Value


@dataclass(slots=True)
class SheetFacts:
    """What a sheet has beside its values, as the walk through its file found it."""

    marks: dict[tuple[int, int], CellTraits] = field(default_factory=dict)
    #: Formats that pad with zeros, by cell.
    masks: dict[tuple[int, int], str] = field(default_factory=dict)
    #: Text that calamine does not give as it stands there, by cell.
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0


def check_size(last_row: int, last_column: int, where: Where) -> None:
    """Refuse a sheet that would be too large when laid out (BOM-024)."""
    if last_row > MAX_ROWS or last_column > MAX_COLUMNS:
        limit = f"{MAX_ROWS:,} rows and {MAX_COLUMNS:,} columns"
        raise faults.TOO_LARGE.refuse(f"a sheet reaches beyond {limit}", where)
    if last_row * last_column > MAX_AREA:
        size = f"{last_row:,} rows of {last_column:,} columns"
        raise faults.TOO_LARGE.refuse(f"a sheet has {size}; most of it is empty", where)


def open_values(data: io.BytesIO, where: Where) -> Any:
    """The workbook as calamine opens it. Raises `InputRefused` (BOM-001, 024)."""
    with _calamine(where):
        book = python_calamine.load_workbook(data)
    if len(book.sheet_names) > MAX_SHEETS:
        count = f"{len(book.sheet_names):,} sheets; the limit is {MAX_SHEETS}"
        raise faults.TOO_LARGE.refuse(f"the workbook has {count}", where)
    return book


@contextmanager
def _calamine(where: Where) -> Iterator[None]:
    """Turn what calamine raises into a refusal (BOM-001).

    A panic of its Rust code arrives as `PanicException`, which is no `Exception`.
    """
    try:
        yield
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            message = f"this is not a sound workbook: {error}"
            raise faults.UNREADABLE.refuse(message, where) from None
        raise


def sheet_of(book: Any, index: int, facts: SheetFacts, where: Where) -> Sheet:
    """A sheet with the values of calamine and the facts of the walk."""
    about = book.sheets_metadata[index]
    with _calamine(where):
        grid = book.get_sheet_by_index(index).to_python(skip_empty_area=False)
    rows = [_row(record) for record in grid]
    while rows and not rows[-1]:
        rows.pop()
    for (row, column), code in facts.masks.items():
        padded = zero_padded(_at(rows, row, column), code)
        if padded is not None:
            _put(rows, row, column, padded)
    for (row, column), text in facts.texts.items():
        if _at(rows, row, column) is not None:
            _put(rows, row, column, _value(text))
    for (row, column), mark in facts.marks.items():
        if mark.error and _at(rows, row, column) is not None:
            _put(rows, row, column, None)
    return Sheet(
        about.name,
        rows,
        facts.marks,
        hidden=about.visible != python_calamine.SheetVisibleEnum.Visible,
        hidden_rows=frozenset(facts.hidden_rows),
        hidden_columns=frozenset(facts.hidden_columns),
        merged=tuple(facts.merged),
    )


def _row(record: list[Any]) -> tuple[Value, ...]:
    return _trimmed([_value(value) for value in record])


def _trimmed(values: list[Value]) -> tuple[Value, ...]:
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _value(value: Any) -> Value:
    if isinstance(value, str):
        return value if value and not value.isspace() else None
    if isinstance(value, float):
        return is_count(value)
    if isinstance(value, timedelta):
        return shown_duration(value.total_seconds())
    if isinstance(value, bool | int | date | datetime | time):
        return value
    return None if value is None else str(value)


def is_count(value: float) -> int | float:
    """The number as an int if it is a whole one: a workbook has floats only."""
    # 2^53: beyond it a float is no exact count of anything.
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def shown_duration(seconds: float) -> str:
    """A time of the day, or one of several days, as Excel shows it under [h]:mm:ss."""
    minutes, left = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{left:02}"


def _at(rows: list[tuple[Value, ...]], row: int, column: int) -> Value:
    if row > len(rows) or column > len(rows[row - 1]):
        return None
    return rows[row - 1][column - 1]


def _put(rows: list[tuple[Value, ...]], row: int, column: int, value: Value) -> None:
    cells = rows[row - 1]
    rows[row - 1] = _trimmed([*cells[: column - 1], value, *cells[column:]])
