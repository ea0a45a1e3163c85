"""Small helpers between rows and frozen records."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from sqlalchemy import Row, Table

Record = TypeVar("Record")


def record(kind: type[Record], row: Row[Any]) -> Record:
    """The row as a record; the names of its columns are the names of the record's fields."""
    return kind(**row._mapping)


def columns(kind: type[Any], table: Table) -> list[Any]:
    """The columns of `table` that the dataclass `kind` has a field for."""
    return [table.c[field.name].label(field.name) for field in fields(kind)]
