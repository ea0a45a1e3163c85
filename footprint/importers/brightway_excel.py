"""Brightway's Excel layout: what its blocks (`brightway_sheets.py`) mean.

As Brightway reads them: an activity without a production exchange makes 1 of its unit (the field
`production amount` only describes), an input has the unit of its supplier, a flow its own. A
parameter belongs to its activity, then to the database, then to the project. Nodes of type
`product` stand for what a process makes and are not processes.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from footprint.faults import InputRefused, Where
from footprint.importers import faults, spreads
from footprint.importers.brightway_sheets import Activity, ActivityBook, Record, read_sheet
from footprint.importers.figures import figure_or_formula, optional_figure, parameters_of
from footprint.importers.formula import Parameters
from footprint.importers.measures import FileUnits
from footprint.importers.member import ImportMember
from footprint.importers.members import Members
from footprint.importers.neutral import Elementary, Input, Key, Process, ProcessProduct, Spread
from footprint.importers.report import Log
from footprint.importers.workbook import read_workbook

_UNKNOWN = frozenset(("", "(unknown)", "none"))
_INPUTS = {"technosphere": 1.0, "generic consumption": 1.0, "substitution": -1.0}
_OUTPUTS = frozenset(("production", "generic production"))
#: Types of stats_arrays without an uncertainty: undefined, and none.
_CERTAIN = frozenset(("", "0", "1"))
_NAMES = {6: "Bernoulli", 7: "discrete uniform", 8: "Weibull", 9: "gamma", 10: "beta", 12: "t"}


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
        book = ActivityBook()
        for title, rows in sheets.items():
            read_sheet(member.name, title, rows, book, log)
        project = _scope(book.project, Parameters(), log, Where(member.name))
        # Parameters that stand before any database belong to all of them.
        whole = _scope(book.databases.pop("", []), project, log, Where(member.name))
        shared = {
            name: _scope(records, whole, log, Where(member.name))
            for name, records in book.databases.items()
        }
        for activity in book.activities:
            if _field(activity.facts, "type").casefold() != "product":
                scope = shared.get(activity.database, whole)
                yield _ActivityReader(member, book, activity, scope, log).process()


def _scope(records: Iterable[Record], outer: Parameters, log: Log, where: Where) -> Parameters:
    rows = [(r.get("name", ""), r.get("amount"), r.get("formula", "")) for r in records]
    for record in records:
        if _field(record, "uncertainty type") not in _CERTAIN:
            message = f"the uncertainty of parameter {record.get('name', '')[:60]!r} is not drawn"
            log.note(faults.UNCERTAINTY, where, message)
    return parameters_of(rows, outer, log, where)


class _ActivityReader:
    """One activity; its exchanges are sorted into products, inputs and elementary flows."""

    def __init__(
        self,
        member: ImportMember,
        book: ActivityBook,
        activity: Activity,
        shared: Parameters,
        log: Log,
    ) -> None:
        self.book = book
        self.activity = activity
        self.file = f"{member.name}/{activity.sheet}"
        self.log = log
        self.native = self.fact("code") or f"{activity.sheet}/{activity.row}"
        where = Where(self.file, activity.row)
        self.parameters = _scope(activity.parameters, shared, log, where)
        self.products: list[ProcessProduct] = []
        self.inputs: list[Input] = []
        self.elementary: list[Elementary] = []

    def fact(self, name: str) -> str:
        return _field(self.activity.facts, name)

    def process(self) -> Process:
        for number, record in self.activity.exchanges:
            self._exchange(Where(self.file, number, _field(record, "name")[:80]), record)
        if not self.products:
            product = self.fact("reference product") or self.activity.name
            self._product({}, product, 1.0, self.fact("unit"))
            stated = optional_figure(self.fact("production amount"))
            if stated not in {None, 1.0}:
                message = f"production amount {stated:g} only describes; 1 is made"
                self.log.note(faults.NOT_UNDERSTOOD, Where(self.file, self.activity.row), message)
        return Process(
            file=self.file,
            native=self.native,
            name=self.activity.name,
            location=self.fact("location"),
            year=None,
            products=tuple(self.products),
            inputs=tuple(self.inputs),
            elementary=tuple(self.elementary),
        )

    def _exchange(self, where: Where, record: Record) -> None:
        name = _field(record, "name")
        formula = _field(record, "formula")
        amount = figure_or_formula(
            _field(record, "amount"), formula, self.parameters, self.log, where
        )
        kind = _field(record, "type").casefold()
        unit = _field(record, "unit")
        if kind in _OUTPUTS:
            product = _field(record, "reference product") or _field(record, "product") or name
            self._product(record, product, amount, unit or self._own_unit(record))
            if _kind(record) not in _CERTAIN:
                message = f"the uncertainty of the product {name[:60]!r} is not drawn"
                self.log.note(faults.UNCERTAINTY, where, message)
        elif kind in _INPUTS:
            sign = _INPUTS[kind]
            spread = _spread(record, amount, self.log, where).scaled(sign)
            keys = self._keys(record)
            self.inputs.append(Input(keys, name, amount * sign, unit, spread=spread))
        elif kind == "biosphere":
            place = tuple(part for part in _field(record, "categories").split("::") if part)
            incoming = bool(place) and "resource" in place[0].casefold()
            spread = _spread(record, amount, self.log, where)
            code = _field(record, "code")
            self.elementary.append(
                Elementary(code, name, place, amount, unit, incoming, spread=spread)
            )
        else:
            message = f"exchange type {kind!r} is not production, technosphere or biosphere"
            self.log.refuse(faults.NO_DIRECTION, where, message)

    def _holds(self, database: str) -> bool:
        return any(activity.database == database for activity in self.book.activities)

    def _own_unit(self, record: Record) -> str:
        """The unit of a product without one: its node's, or the activity's."""
        code = _field(record, "code")
        node = next((a for a in self.book.activities if code and a.facts.get("code") == code), None)
        return (_field(node.facts, "unit") if node else "") or self.fact("unit")

    def _product(self, record: Record, product: str, amount: float, unit: str) -> None:
        location = self.fact("location")
        code = _field(record, "code")
        names = dict.fromkeys((self.activity.name, product))
        keys: list[Key] = [("code", code or self.native)]
        keys.append(("both", self.activity.name, product, location))
        keys += [("place", name, location) for name in names]
        keys += [("name", name) for name in names]
        own = self.fact("reference product")
        self.products.append(
            ProcessProduct(
                f"{self.native}/{product}",
                tuple(keys),
                product,
                amount,
                unit,
                reference=product == own or code == self.native,
            )
        )

    def _keys(self, record: Record) -> tuple[Key, ...]:
        """How an input names its supplier: by code, else by activity, product and place."""
        name, product = _field(record, "name"), _field(record, "reference product")
        code, location = _field(record, "code"), _field(record, "location")
        database = _field(record, "database")
        own = self.activity.database
        if database and own and database != own and not self._holds(database):
            return (("elsewhere", database, code or name),)
        if code:
            return (("code", code),)
        if product and location:
            return (("both", name, product, location), ("place", name, location))
        return (("place", name, location),) if location else (("name", name),)


def _field(record: Record, name: str) -> str:
    value = record.get(name, "")
    return "" if value.casefold() in _UNKNOWN else value


def _kind(record: Record) -> str:
    return _field(record, "uncertainty type").removesuffix(".0")


def _spread(record: Record, amount: float, log: Log, where: Where) -> Spread:
    """Uncertainty types of stats_arrays 4.0, by number: 2 lognormal (`loc` and `scale` of the
    logarithm), 3 normal, 4 uniform, 5 triangular (`loc` is the mode), 13 beta-PERT (likewise)."""
    kind = _kind(record)
    loc, scale, low, high = (
        optional_figure(_field(record, key)) for key in ("loc", "scale", "minimum", "maximum")
    )
    if kind in _CERTAIN:
        return spreads.undefined(amount, low, high)
    if kind == "2":
        gsd2 = math.exp(2.0 * scale) if scale is not None and 0.0 <= scale < 5.0 else None
        median = None if loc is None or loc > 200.0 else math.copysign(math.exp(loc), amount)
        return spreads.lognormal(amount, gsd2, log, where, median)
    if kind == "3":
        return spreads.normal_spread(amount, scale, log, where, loc)
    if kind == "4":
        return spreads.uniform(amount, low, high, log, where)
    weight = scale if kind == "13" else None
    if kind == "5" or (kind == "13" and weight in {None, 4.0}):
        name = "triangular" if kind == "5" else "beta-pert"
        return spreads.with_mode(name, amount, (low, high), loc, log, where)
    number = int(kind) if kind.isdigit() else -1
    return spreads.other(_NAMES.get(number, f"stats_arrays {kind}"), log, where)
