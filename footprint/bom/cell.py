"""What a table is made of: rows of cells, whatever the file was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula found in a cell, as text."""

    text: str


Cell = str | float | Formula


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its 1-based number in the file, and its cells from the left."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Tables:
    """The line table, and the product sheet if a workbook has one."""

    lines: tuple[Row, ...]
    product: tuple[Row, ...] = ()
    separator: str = ""
