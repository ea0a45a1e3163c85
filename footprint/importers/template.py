"""Our own template: the tables `datasets` and `exchanges`, as a workbook or as CSV files.

The columns are those of docs/inventory.md; docs/importing.md says which may be left out. What a row
gives as `source` is kept in its locator: the source of the figures is the import itself.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from footprint.faults import InputRefused, Where
from footprint.importers import faults
from footprint.importers.assemble import ImportOrigin, source_record
from footprint.importers.completeness import with_completeness
from footprint.importers.link import InputLinks
from footprint.importers.member import ImportMember
from footprint.importers.members import Members
from footprint.importers.report import LinkCoverage, Log
from footprint.importers.workbook import read_workbook
from footprint.inventory.expand import exchange_of
from footprint.inventory.model import Dataset, Exchange, Flow, Inventory
from footprint.inventory.read import read_flows
from footprint.inventory.schema import DatasetRow, ExchangeRow

TABLES = ("datasets", "exchanges")
MAX_LINE = 1_000_000

RowT = TypeVar("RowT", bound=BaseModel)
Record = dict[str, Any]


def read_template(
    members: Members, name: str, log: Log, *, cut_off: bool
) -> tuple[Inventory, InputLinks]:
    """The inventory in a template, its ids prefixed with `name`, and what was cut off.

    Problems go to the log; the inventory is complete only if there are none.
    """
    reader = _TemplateReader(members, name, log, cut_off)
    return reader.inventory(), reader.links


class _TemplateReader:
    def __init__(self, members: Members, name: str, log: Log, cut_off: bool) -> None:
        self.members = members
        self.name = name
        self.log = log
        self.cut_off = cut_off
        self.links = InputLinks()
        self.heads: dict[str, tuple[Dataset, float]] = {}
        self.flows: dict[str, Flow] = {}

    def inventory(self) -> Inventory:
        self.flows, gwp = read_flows()
        tables: dict[str, list[tuple[Where, Record]]] = {table: [] for table in TABLES}
        for table, where, record in _records(self.members, self.log):
            tables[table].append((where, record))
        for where, record in tables["datasets"]:
            self._head(where, record)
        exchanges: dict[str, list[Exchange]] = {name: [] for name in self.heads}
        for where, record in tables["exchanges"]:
            self._exchange(where, record, exchanges)
        if not self.heads and not self.log.problems:
            raise faults.NO_PROCESSES.refuse("there is no dataset", Where(self.members.name))
        self._coverage()
        return self._whole(exchanges, gwp)

    def _head(self, where: Where, record: Record) -> None:
        counts = self.log.of(where.file)
        counts.processes += 1
        for one, other in (("name_en", "name_zh"), ("name_zh", "name_en")):
            record[one] = record.get(one) or record.get(other, "")
        row = self._validated(DatasetRow, where, record)
        if row is None:
            return
        counts.datasets += 1
        counts.products += 1
        if row.id in self.heads:
            self.log.refuse(faults.DUPLICATE, where, f"dataset {row.id!r} stands twice")
        values = row.model_dump(exclude={"ref_amount"}) | {"id": f"{self.name}-{row.id}"}
        self.heads[row.id] = (Dataset(**values), row.ref_amount)

    def _exchange(self, where: Where, record: Record, exchanges: dict[str, list[Exchange]]) -> None:
        counts = self.log.of(where.file)
        counts.exchanges += 1
        row = self._validated(ExchangeRow, where, record)
        if row is None:
            return
        if row.dataset not in self.heads:
            message = f"there is no dataset {row.dataset!r}"
            self.log.refuse(faults.BAD_ROW, where, message, "Add it to the table datasets.")
            return
        if row.type == "biosphere" and row.input not in self.flows:
            message = f"{row.input!r} is no flow of ours"
            hint = "Such as co2-fossil or ch4-biogenic; see docs/inventory.md."
            self.log.refuse(faults.BAD_ROW, where, message, hint)
            return
        if row.type == "technosphere" and row.input not in self.heads:
            self._unlinked(where, row)
            return
        unit = self.heads[row.input][0].unit if row.type == "technosphere" else "kg"
        try:
            made = exchange_of(row, unit, self.heads[row.dataset][1])
        except ValueError as error:
            self.log.refuse(faults.BAD_UNIT, where, str(error))
            return
        if row.type == "technosphere":
            made = replace(made, input=f"{self.name}-{row.input}")
            counts.linked += 1
            counts.converted += row.unit != unit
        else:
            counts.gases += 1
        exchanges[row.dataset].append(made)

    def _unlinked(self, where: Where, row: ExchangeRow) -> None:
        counts = self.log.of(where.file)
        message = f"{row.input!r} has no supplier in this import"
        if not self.cut_off:
            counts.unlinked += 1
            hint = "Add it to the table datasets, or give --cut-off-unlinked."
            self.log.refuse(faults.UNLINKED, where, message, hint)
            return
        counts.cut_off += 1
        self.log.note(faults.CUT_OFF, where, f"{message}; cut off")
        self.links.cut_off.setdefault(row.dataset, []).append(row.input)

    def _validated(self, model: type[RowT], where: Where, record: Record) -> RowT | None:
        source = str(record.get("source") or "")
        locator = str(record.get("locator") or "") or f"row {where.row}"
        given = {key: value for key, value in record.items() if value not in (None, "") and key}
        given |= {"source": self.name, "locator": f"{source}, {locator}" if source else locator}
        try:
            return model.model_validate(given)
        except ValidationError as error:
            for item in error.errors():
                column = ".".join(str(part) for part in item["loc"])
                at = Where(where.file, where.row, column)
                self.log.refuse(faults.BAD_ROW, at, str(item["msg"]))
            return None

    def _coverage(self) -> None:
        linked = sum(counts.linked for counts in self.log.counts.values())
        cut = sum(counts.cut_off for counts in self.log.counts.values())
        share = linked / (linked + cut) if linked + cut else 1.0
        self.links.coverage = LinkCoverage(share, None, None)

    def _whole(
        self, exchanges: dict[str, list[Exchange]], gwp: dict[str, dict[str, float]]
    ) -> Inventory:
        datasets = {}
        for given, (head, _) in sorted(self.heads.items()):
            cut = self.links.cut_off.get(given, [])
            if not exchanges[given] and not cut:
                message = f"{given!r} has neither inputs nor emissions"
                self.log.note(faults.WITHOUT_BURDEN, Where(self.members.name), message)
            whole = replace(head, exchanges=tuple(exchanges[given]))
            if cut:
                note = f"{head.comment} Cut off: {'; '.join(cut)}".strip()
                whole = replace(whole, status="cut_off", technological=5, comment=note)
            datasets[whole.id] = whole
        missing = {f"{self.name}-{given}": len(n) for given, n in self.links.cut_off.items()}
        datasets = with_completeness(datasets, missing)
        origin = ImportOrigin(self.name, self.members.name, "template", self.members.digest())
        cut_count = sum(len(names) for names in self.links.cut_off.values())
        latest = max((head.year for head, _ in self.heads.values()), default=0)
        source = source_record(origin, len(datasets), cut_count, latest)
        return Inventory({self.name: source}, self.flows, gwp, datasets)


def _records(members: Members, log: Log) -> Iterator[tuple[str, Where, Record]]:
    """(table, place, cells by column) of every row."""
    for member in members.files:
        try:
            if member.suffix == ".xlsx":
                yield from _workbook_records(member, log)
            elif member.name.rpartition("/")[2].casefold() in {f"{t}.csv" for t in TABLES}:
                yield from _csv_records(member, log)
        except InputRefused as refused:
            log.take(refused)


def _check_header(header: list[str], where: Where, log: Log) -> None:
    for name in sorted({name for name in header if name and header.count(name) > 1}):
        message = f"there are {header.count(name)} columns {name[:40]!r}"
        log.refuse(faults.BAD_ROW, Where(where.file, where.row, name[:40]), message)


def _workbook_records(member: ImportMember, log: Log) -> Iterator[tuple[str, Where, Record]]:
    for title, rows in read_workbook(member).items():
        file = f"{member.name}/{title}"
        if title.casefold() not in TABLES or not rows:
            if rows:
                message = f"the sheet {title[:60]!r} is none of {', '.join(TABLES)} and is not read"
                log.note(faults.NOT_UNDERSTOOD, Where(file), message)
            continue
        header = [rows[0].text(at).casefold() for at in range(len(rows[0].cells))]
        _check_header(header, Where(file, rows[0].number), log)
        for row in rows[1:]:
            for at in range(len(row.cells)):
                if row.text(at) and not (header[at] if at < len(header) else ""):
                    message = f"column {at + 1} has no name"
                    log.refuse(faults.BAD_ROW, Where(file, row.number), message)
            cells = dict(zip(header, row.cells, strict=False))
            texts = {
                name: value if name in {"amount", "ref_amount"} else row.text(at)
                for at, (name, value) in enumerate(cells.items())
            }
            yield title.casefold(), Where(file, row.number), texts


def _csv_records(member: ImportMember, log: Log) -> Iterator[tuple[str, Where, Record]]:
    where = Where(member.name)
    try:
        text = member.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise faults.ENCODING.refuse(
            f"the file is not UTF-8: {error}", where, "Save it as 'CSV UTF-8'."
        ) from None
    if "\x00" in text:
        raise faults.ENCODING.refuse("the file holds NUL bytes", where, "Save it as 'CSV UTF-8'.")
    if max((len(line) for line in text.split("\n")), default=0) > MAX_LINE:
        raise faults.TOO_LARGE.refuse(f"a line has more than {MAX_LINE:,} characters", where)
    table = member.name.rpartition("/")[2].casefold().removesuffix(".csv")
    head = text.split("\n", 1)[0]
    # Spreadsheet programs write semicolons where the decimal sign is a comma.
    mark = ";" if ";" in head and "," not in head else ","
    more = "(more cells than columns)"
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey=more, delimiter=mark)
    try:
        names = [name.strip().casefold() for name in reader.fieldnames or ()]
        _check_header(names, Where(member.name, 1), log)
        for record in reader:
            if not any(value and value != [] for value in record.values()):
                continue
            at = Where(member.name, reader.line_num)
            yield table, at, {(key or "").strip().casefold(): v for key, v in record.items()}
    except csv.Error as error:
        raise faults.UNREADABLE.refuse(f"this row cannot be read: {error}", where) from None
