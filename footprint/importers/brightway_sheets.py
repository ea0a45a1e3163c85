"""The blocks of a workbook in Brightway's layout: database, parameters, activities, exchanges.

Format: Brightway documentation, ExcelImporter, and what bw2io 0.9.17 does. A sheet whose first
cell is empty or `skip` is not read; after `cutoff` and a number N only the first N columns are.
Blank rows end the tables of the project and the database, and have no effect in an activity.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.figures import optional_figure
from footprint.importers.report import Log
from footprint.importers.workbook import SheetRow

Record = dict[str, str]
_TABLES = {
    "parameters": "parameters",
    "project parameters": "project",
    "database parameters": "database",
    "exchanges": "exchanges",
}
#: Columns of exchanges and parameters that are read, or that only describe.
_COLUMNS = frozenset(
    (
        *("name", "reference product", "product", "amount", "unit", "type", "categories"),
        *("location", "code", "database", "formula", "comment", "uncertainty type", "loc", "scale"),
        *("shape", "minimum", "maximum", "negative", "pedigree", "temporal_distribution", "input"),
        *("cas number", "chemical formula", "scale without pedigree", "activity", "description"),
        *("group", "label", "source", "notes", "note", "comments", "reference", "references"),
    )
)
#: Columns that decide a number: which of two is meant cannot be known.
_TWICE = ("amount", "categories", "code", "database", "formula", "name", "type", "unit")
#: Facts of an activity that are read, or that only describe: Brightway takes no amount from them.
_FACTS = frozenset(
    (
        *("code", "location", "reference product", "unit", "type", "categories", "comment"),
        *("production amount", "source", "database", "name", "worksheet name", "filename", "tags"),
        *("description", "authors", "references", "classifications", "comments", "notes", "note"),
        *("synonyms", "uncertainty type", "start date", "end date", "system description", "id"),
    )
)


@dataclass(slots=True)
class Activity:
    """An activity as its block states it: facts by their names, tables by their columns."""

    sheet: str
    row: int
    name: str
    database: str = ""
    facts: Record = field(default_factory=dict)
    parameters: list[Record] = field(default_factory=list)
    exchanges: list[tuple[int, Record]] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


@dataclass(slots=True)
class ActivityBook:
    """What the sheets of a workbook say together."""

    #: The database that was begun last, and the parameters of each.
    database: str = ""
    databases: dict[str, list[Record]] = field(default_factory=dict)
    project: list[Record] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)


def read_sheet(
    file: str, title: str, rows: tuple[SheetRow, ...], book: ActivityBook, log: Log
) -> None:
    """Add what a sheet says to the book."""
    if not rows:
        return
    first = rows[0]
    if first.number != 1 or not first.text(0):
        if any(row.text(0).casefold() == "activity" for row in rows):
            message = "the first cell of the sheet is empty; Brightway does not read such a sheet"
            log.note(faults.NOT_READ_BURDEN, Where(f"{file}/{title}", 1), message)
            log.of(f"{file}/{title}").unread += 1
        return
    if first.text(0).casefold() != "skip":
        _Sheet(file, title, book, log, _width(first)).read(rows)


def _width(row: SheetRow) -> int | None:
    """How many columns are kept: N of `cutoff N`, all without it."""
    if row.text(0).casefold() == "cutoff" and row.text(1).isdigit():
        return int(row.text(1))
    return None


class _Sheet:
    """Reads the rows of one sheet; a name in the first column begins a block or a table."""

    def __init__(
        self, file: str, title: str, book: ActivityBook, log: Log, width: int | None
    ) -> None:
        self.file = f"{file}/{title}"
        self.title = title
        self.book = book
        self.log = log
        self.width = width
        self.activity: Activity | None = None
        self.table = ""
        self.header: list[str] | None = None

    def read(self, rows: tuple[SheetRow, ...]) -> None:
        previous = 0
        for row in rows:
            if row.number != previous + 1 and self.table in {"project", "database", "head"}:
                self._begin("")
            previous = row.number
            self._row(row.number, [row.text(at) for at in range(len(row.cells))][: self.width])

    def _begin(self, table: str) -> None:
        self.table, self.header = table, None

    def _row(self, number: int, cells: list[str]) -> None:
        first = cells[0].casefold() if cells else ""
        second = cells[1] if len(cells) > 1 else ""
        if not any(cells) or (first == "cutoff" and number == 1):
            return
        if first == "activity":
            self._begin("activity")
            self.activity = Activity(self.title, number, second, self.book.database)
            self.book.activities.append(self.activity)
        elif first == "database":
            self._begin("head")
            self.activity = None
            self.book.database = second
        elif first in _TABLES and (first != "exchanges" or self.activity is not None):
            self._begin(_TABLES[first])
            if self.table in {"project", "database"}:
                self.activity = None
        elif self.table == "activity" and self.activity is not None:
            self._fact(self.activity, number, first, second)
        elif self.table in {"project", "database", "parameters", "exchanges"}:
            self._record(number, cells)
        elif self.table != "head":
            self._not_read(number, cells)

    def _fact(self, activity: Activity, number: int, name: str, value: str) -> None:
        activity.facts[name] = value
        if name not in _FACTS and value:
            message = f"the field {name[:40]!r} of an activity is not read"
            self.log.note(faults.NOT_UNDERSTOOD, Where(self.file, number), message)

    def _record(self, number: int, cells: list[str]) -> None:
        if self.header is None:
            self._columns(number, cells)
            return
        record: Record = {}
        for at, cell in enumerate(cells):
            name = self.header[at] if at < len(self.header) else ""
            if name:
                record[name] = cell
            elif cell:
                message = f"column {at + 1} has no name and is not read"
                self.log.note(faults.NOT_UNDERSTOOD, Where(self.file, number), message)
        if self.table == "exchanges" and self.activity is not None:
            self.activity.exchanges.append((number, record))
        elif self.table == "parameters" and self.activity is not None:
            self.activity.parameters.append(record)
        elif self.table == "project":
            self.book.project.append(record)
        else:
            self.book.databases.setdefault(self.book.database, []).append(record)

    def _columns(self, number: int, cells: list[str]) -> None:
        self.header = [cell.casefold() for cell in cells]
        for name in _TWICE:
            if self.header.count(name) > 1:
                message = f"there are {self.header.count(name)} columns {name!r}"
                self.log.refuse(faults.BAD_ROW, Where(self.file, number, name), message)
        for name in self.header:
            if name and name not in _COLUMNS:
                message = f"the column {name[:40]!r} is not read"
                self.log.note(faults.NOT_UNDERSTOOD, Where(self.file, number, name[:40]), message)

    def _not_read(self, number: int, cells: list[str]) -> None:
        message = f"the row {' | '.join(filter(None, cells))[:60]!r} belongs to no block"
        if any(optional_figure(cell) is not None for cell in cells[1:]):
            self.log.note(faults.NOT_READ_BURDEN, Where(self.file, number), message)
            self.log.of(self.file).unread += 1
        else:
            self.log.note(faults.NOT_UNDERSTOOD, Where(self.file, number), message)
