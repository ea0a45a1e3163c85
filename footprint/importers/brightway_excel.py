"""Brightway's Excel layout: sheets with `Database`, `Activity` and `Exchanges` blocks.

Format: Brightway documentation, ExcelImporter. A sheet that begins with `skip` is left out; after
`cutoff` and a number, columns from that number on are notes. Nodes of type `product` stand for what
a process makes and are not processes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field

from footprint.faults import InputRefused, Where
from footprint.importers import faults
from footprint.importers.figures import figure_or_formula, optional_figure
from footprint.importers.formula import Parameters
from footprint.importers.measures import FileUnits
from footprint.importers.members import Member, Members
from footprint.importers.neutral import Elementary, Input, Key, Process, Product, Spread
from footprint.importers.report import Log
from footprint.importers.workbook import SheetRow, read_workbook

_UNKNOWN = frozenset(("", "(unknown)", "none"))
_INPUTS = {"technosphere": 1.0, "substitution": -1.0}


@dataclass(slots=True)
class _Activity:
    """An activity as its block states it: facts by their names, exchanges by their columns."""

    sheet: str
    row: int
    name: str
    facts: dict[str, str] = field(default_factory=dict)
    exchanges: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    def fact(self, name: str) -> str:
        value = self.facts.get(name, "")
        return "" if value.casefold() in _UNKNOWN else value


def read(members: Members, log: Log, units: FileUnits) -> Iterator[Process]:  # noqa: ARG001
    """The processes of all workbooks. A file that cannot be read is a problem."""
    for member in members.files:
        if member.suffix != ".xlsx":
            continue
        try:
            sheets = read_workbook(member)
        except InputRefused as refused:
            log.take(refused)
            continue
        values: dict[str, float | str] = {}
        activities = []
        for title, rows in sheets.items():
            activities += _Sheet(title, values).read(rows)
        parameters = Parameters(values)
        for activity in activities:
            if activity.fact("type") != "product":
                yield _process(member, activity, parameters, log)


class _Sheet:
    """Reads the rows of one sheet. An empty row, or the name of another table, ends a table."""

    def __init__(self, title: str, values: dict[str, float | str]) -> None:
        self.title = title
        self.values = values
        self.activities: list[_Activity] = []
        self.table = ""
        self.header: list[str] | None = None

    def read(self, rows: tuple[SheetRow, ...]) -> list[_Activity]:
        """The activities of the sheet; parameters go to `values`."""
        if not rows or rows[0].text(0).casefold() == "skip":
            return []
        width = int(rows[0].text(1)) - 1 if _is_cutoff(rows[0]) else None
        previous = 0
        for row in rows:
            if row.number != previous + 1:
                self._begin("")
            previous = row.number
            self._row(row.number, [row.text(at) for at in range(len(row.cells))][:width])
        return self.activities

    def _begin(self, table: str) -> None:
        self.table, self.header = table, None

    def _row(self, number: int, cells: list[str]) -> None:
        first = cells[0].casefold() if cells else ""
        second = cells[1] if len(cells) > 1 else ""
        if first == "activity":
            self._begin("activity")
            self.activities.append(_Activity(self.title, number, second))
        elif first == "database" or first.endswith("parameters"):
            self._begin("parameters" if first != "database" else "")
        elif first == "exchanges" and self.activities:
            self._begin("exchanges")
        elif self.table in {"exchanges", "parameters"}:
            self._record(number, cells)
        elif self.table == "activity":
            self.activities[-1].facts[first] = second

    def _record(self, number: int, cells: list[str]) -> None:
        if self.header is None:
            self.header = [cell.casefold() for cell in cells]
            return
        record = dict(zip(self.header, cells, strict=False))
        if self.table == "exchanges":
            self.activities[-1].exchanges.append((number, record))
        else:
            name = record.get("name", "")
            self.values[name] = record.get("amount") or record.get("formula", "")


def _is_cutoff(row: SheetRow) -> bool:
    return row.text(0).casefold() == "cutoff" and row.text(1).isdigit() and int(row.text(1)) > 1


def _process(member: Member, activity: _Activity, parameters: Parameters, log: Log) -> Process:
    products: list[Product] = []
    inputs: list[Input] = []
    elementary: list[Elementary] = []
    native = activity.fact("code") or f"{activity.sheet}/{activity.row}"
    for number, record in activity.exchanges:
        name = _field(record, "name")
        where = Where(f"{member.name}/{activity.sheet}", number, name[:80])
        given, formula = _field(record, "amount"), _field(record, "formula")
        amount = figure_or_formula(given, formula, parameters, log, where)
        kind = _field(record, "type").casefold()
        unit = _field(record, "unit") or activity.fact("unit")
        if kind == "production":
            product = _field(record, "reference product") or name
            products.append(_product(activity, native, product, amount, unit))
        elif kind in _INPUTS:
            amount *= _INPUTS[kind]
            inputs.append(Input(_keys(record), name, amount, unit, spread=_spread(record)))
        elif kind == "biosphere":
            place = tuple(part for part in _field(record, "categories").split("::") if part)
            incoming = bool(place) and "resource" in place[0].casefold()
            elementary.append(
                Elementary("", name, place, amount, unit, incoming, spread=_spread(record))
            )
        else:
            message = f"exchange type {kind!r} is not production, technosphere or biosphere"
            log.refuse(faults.BAD_ROW, where, message)
    if not products:
        stated = optional_figure(activity.fact("production amount"))
        made = 1.0 if stated is None else stated
        product = activity.fact("reference product") or activity.name
        products.append(_product(activity, native, product, made, activity.fact("unit")))
    return Process(
        file=f"{member.name}/{activity.sheet}",
        native=native,
        name=activity.name,
        location=activity.fact("location"),
        year=None,
        products=tuple(products),
        inputs=tuple(inputs),
        elementary=tuple(elementary),
    )


def _product(activity: _Activity, native: str, product: str, amount: float, unit: str) -> Product:
    location = activity.fact("location")
    names = dict.fromkeys((activity.name, product))
    keys: list[Key] = [("code", native), ("both", activity.name, product, location)]
    keys += [("place", name, location) for name in names]
    keys += [("name", name) for name in names]
    return Product(f"{native}/{product}", tuple(keys), product, amount, unit)


def _keys(record: dict[str, str]) -> tuple[Key, ...]:
    """How an input names its supplier: by code, else by activity, product and place."""
    name, product = _field(record, "name"), _field(record, "reference product")
    code, location = _field(record, "code"), _field(record, "location")
    if code:
        return (("code", code),)
    if product and location:
        return (("both", name, product, location), ("place", name, location))
    return (("place", name, location),) if location else (("name", name),)


def _field(record: dict[str, str], name: str) -> str:
    value = record.get(name, "")
    return "" if value.casefold() in _UNKNOWN else value


def _spread(record: dict[str, str]) -> Spread:
    """Uncertainty types of stats_arrays: 2 lognormal (sigma as scale), 4 uniform, 5 triangular."""
    kind = _field(record, "uncertainty type")
    if kind == "2":
        sigma = optional_figure(_field(record, "scale"))
        if sigma is not None and 0.0 < sigma < 5.0:
            return Spread(gsd2=math.exp(2.0 * sigma))
    if kind in {"4", "5"}:
        low, high = (optional_figure(_field(record, key)) for key in ("minimum", "maximum"))
        return Spread(minimum=low, maximum=high)
    return Spread()
