"""A SimaPro CSV export as blocks of sections of rows.

Format: PRé Sustainability, SimaPro CSV import and export. A header of `{Key: value}` lines names
the separator and the decimal sign; then blocks, each begun by its name alone on a line and closed
by `End`, with sections that are begun by their name and closed by an empty line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.member import ImportMember
from footprint.importers.report import Log

#: A line of a real export has some thousand characters; comments are the longest cells.
MAX_LINE = 1_000_000
_SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t"}


@dataclass(frozen=True, slots=True)
class SimaProRow:
    """A row of cells, and its number in the file."""

    number: int
    cells: tuple[str, ...]

    def cell(self, position: int) -> str:
        """The cell at a position, or an empty text."""
        return self.cells[position] if position < len(self.cells) else ""


@dataclass(slots=True)
class SimaProBlock:
    """A block: its name, where it starts, and its sections by their names. `stray` are rows that
    stand in no section."""

    name: str
    number: int
    sections: dict[str, list[SimaProRow]] = field(default_factory=dict)
    rows: list[SimaProRow] = field(default_factory=list)
    stray: list[SimaProRow] = field(default_factory=list)

    def first(self, section: str) -> str:
        """The first cell of the first row of a section, or an empty text."""
        rows = self.sections.get(section, [])
        return rows[0].cell(0).strip() if rows else ""


@dataclass(frozen=True, slots=True)
class SimaProExport:
    """A whole file: its decimal sign and its blocks."""

    decimal: str
    blocks: tuple[SimaProBlock, ...]


def read_export(member: ImportMember, log: Log) -> SimaProExport:
    """The blocks of a file. Raises `InputRefused` (IMP-001, IMP-002, IMP-005)."""
    text = _decoded(member, log)
    header = {}
    for line in text.splitlines()[:60]:
        key, _, value = line.strip().strip('"').strip("{}").partition(":")
        header[key.strip().casefold()] = value.strip()
    separator = _SEPARATORS.get(header.get("csv separator", "semicolon").casefold(), ";")
    decimal = "," if header.get("decimal separator", ".").startswith(",") else "."
    return SimaProExport(decimal, tuple(_blocks(list(_lines(member, text, separator)))))


def _decoded(member: ImportMember, log: Log) -> str:
    data = member.read()
    where = Where(member.name)
    if b"\x00" in data:
        raise faults.ENCODING.refuse("the file holds NUL bytes", where, "Export it as UTF-8.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        text = data.decode("windows-1252")
    except UnicodeDecodeError as error:
        message = f"the file is neither UTF-8 nor Windows-1252: {error}"
        raise faults.ENCODING.refuse(message, where, "Export it as UTF-8.") from None
    log.note(faults.ENCODING_ASSUMED, where, "the file is not UTF-8; Windows-1252 was assumed")
    return text


def _lines(member: ImportMember, text: str, separator: str) -> Iterator[SimaProRow]:
    longest = max((len(line) for line in text.split("\n")), default=0)
    if longest > MAX_LINE:
        message = f"a line has {longest:,} characters; the limit is {MAX_LINE:,}"
        raise faults.TOO_LARGE.refuse(message, Where(member.name))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            yield SimaProRow(reader.line_num, tuple(cells))
    except csv.Error as error:
        where = Where(member.name, reader.line_num)
        raise faults.UNREADABLE.refuse(f"this row cannot be read: {error}", where) from None


def _blocks(lines: list[SimaProRow]) -> Iterator[SimaProBlock]:
    """Blocks until `End`. In a process, a section's name stands alone after an empty line."""
    block: SimaProBlock | None = None
    section: list[SimaProRow] | None = None
    after_blank = True
    for line in lines:
        first = line.cell(0).strip()
        if not any(cell.strip() for cell in line.cells):
            section = None
            after_blank = True
        elif block is None:
            if not first.startswith("{"):
                block = SimaProBlock(_title(first), line.number)
                section = block.rows
        elif first.casefold() == "end":
            yield block
            block = None
        elif section is None and after_blank and not any(c.strip() for c in line.cells[1:]):
            section = block.sections.setdefault(_title(first), [])
        elif section is not None:
            section.append(line)
        else:
            block.stray.append(line)
        if first:
            after_blank = False
    if block is not None:
        yield block


def _title(name: str) -> str:
    """The name of a section or block as SimaPro writes it: a capital, then small letters."""
    return name[:1].upper() + name[1:].lower()
