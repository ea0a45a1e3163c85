"""A table whose columns are being understood: what stands in them, what has been decided."""

from __future__ import annotations

from collections.abc import Mapping

from footprint.reading.grid import is_number, text_of
from footprint.reading.header import FoundTable
from footprint.reading.naming import columns_named, told_apart
from footprint.reading.rows import is_page

#: So many rows are looked at to tell what a column holds.
SAMPLE = 300


class Chooser:
    """Decides column by column; `taken` are the meanings given so far."""

    def __init__(self, table: FoundTable, mapping: Mapping[str, tuple[str, str | None]]) -> None:
        self.table = table
        rows = [table.sheet.rows[at - 1] for at in table.body[:SAMPLE]]
        # Totals, sections, repeated headings and what stands below say little about the columns.
        header = {one.text for one in table.headings if one.text}
        least = 0.34 * sum(bool(one.text) for one in table.headings)
        texts = [[c.strip() if isinstance(c, str) else text_of(c) for c in row] for row in rows]
        told = [
            at
            for at, row in enumerate(texts)
            if len(row) - row.count("") >= least
            and len(header.intersection(row)) < 2
            and not any(map(is_page, row))
        ]
        chosen = told or range(len(rows))
        self.sample = [rows[at] for at in chosen]
        self._texts = [texts[at] for at in chosen]
        self._values: dict[int, list[str]] = {}
        self._numeric: dict[int, float] = {}
        self.means: dict[int, str] = {}
        self.units: dict[int, str | None] = {}
        self.doubts: list[tuple[str, tuple[str, ...]]] = []
        self.headings = {at: one for at, one in enumerate(table.headings, start=1) if one.text}
        words = {at: one.text for at, one in self.headings.items()}
        #: Headings as a person can name them.
        self.shown = told_apart(words)
        #: What the user says, by column.
        self.told = {
            at: answer for key, answer in mapping.items() for at in columns_named(key, words)
        }

    @property
    def documented(self) -> bool:
        """Whether the table is in the form of docs/bom.md, which names datasets."""
        return bool({"dataset", "stage", "supplier_pcf"} & set(self.means.values()))

    def values(self, column: int) -> list[str]:
        """The filled cells of a column in the rows looked at, as texts."""
        found = self._values.get(column)
        if found is None:
            at = column - 1
            found = [row[at] for row in self._texts if at < len(row) and row[at]]
            self._values[column] = found
        return found

    def numeric(self, column: int) -> float:
        """The share of filled cells that are numbers."""
        found = self._numeric.get(column)
        if found is None:
            filled = len(self.values(column))
            at = column - 1
            cells = [row[at] for row in self.sample if 0 <= at < len(row)]
            numbers = sum(map(is_number, cells)) if filled else 0
            found = numbers / filled if filled else 0.0
            self._numeric[column] = found
        return found

    def fill(self, column: int) -> float:
        return len(self.values(column)) / len(self.sample) if self.sample else 0.0

    def with_meaning(self, means: str) -> list[int]:
        return [at for at, one in self.means.items() if one == means]

    def others(self, at: int) -> tuple[str, ...]:
        """Further meanings of a heading, after the first."""
        return self.headings[at].means[1:]

    def by_user(self, at: int) -> bool:
        """Whether the user has said what the column means."""
        return at in self.told
