"""A Brightway project, as a folder or as the archive that `bw2io.backup` writes (`.tar.gz`).

Its activities and exchanges are read from `lci/databases.db` (SQLite) without bw2data, which
unpickles every row: a stranger's project would run what it likes. Amounts are those that were
written, in float64; bw2data's own arrays hold them in float32. Formulas and parameters of a project
are already amounts there.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.flows import OWN_FLOW
from footprint.importers.measures import FileUnits
from footprint.importers.member import PROJECT_DATABASE, ImportMember
from footprint.importers.members import Members
from footprint.importers.neutral import Elementary, Input, Process, ProcessProduct, Spread
from footprint.importers.plain_pickle import NotPlainError, load_plain
from footprint.importers.report import Log

#: Node types of bw2data (configuration, `MatrixLabels`); an empty one is a process.
_PROCESSES = frozenset(("", "process", "processwithreferenceproduct", "multifunctional"))
_PRODUCT = "product"
#: Edge types and the sign of what they take.
_INPUTS = {"technosphere": 1.0, "generic consumption": 1.0, "substitution": -1.0}
_OUTPUTS = frozenset(("production", "generic production"))

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Node:
    """A row of `activitydataset`: who it is, and its other facts."""

    key: Key
    type: str
    facts: dict[str, Any]

    def text(self, name: str) -> str:
        value = self.facts.get(name)
        return value if isinstance(value, str) else ""


def is_project(member: ImportMember) -> bool:
    """Whether a file of an import is the database of a project."""
    return f"/{member.name}".endswith(f"/{PROJECT_DATABASE}")


def read(members: Members, log: Log, units: FileUnits) -> Iterator[Process]:  # noqa: ARG001
    """The processes of every project in the import. What cannot be read is a problem."""
    for member in members.files:
        if is_project(member):
            yield from _project(member, log)


def _project(member: ImportMember, log: Log) -> Iterator[Process]:
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(member.read())
            connection.execute("PRAGMA trusted_schema = OFF")
            nodes = dict(_nodes(connection, member, log))
            edges = _edges(connection, member, log)
    except sqlite3.Error as error:
        log.refuse(faults.UNREADABLE, Where(member.name), f"no database of bw2data: {error}")
        return
    for key, node in nodes.items():
        if node.type in _PROCESSES:
            yield _process(member, node, edges.get(key, []), nodes, log)


def _nodes(
    connection: sqlite3.Connection, member: ImportMember, log: Log
) -> Iterator[tuple[Key, _Node]]:
    asked = "SELECT database, code, type, data FROM activitydataset ORDER BY database, code"
    for database, code, kind, data in connection.execute(asked):
        facts = _facts(data, f"{database}/{code}", member, log)
        yield (database, code), _Node((database, code), kind or "", facts)


def _edges(
    connection: sqlite3.Connection, member: ImportMember, log: Log
) -> dict[Key, list[tuple[Key, str, dict[str, Any]]]]:
    """Exchanges by the activity that they belong to, in the order of the file."""
    asked = (
        "SELECT output_database, output_code, input_database, input_code, type, data "
        "FROM exchangedataset ORDER BY output_database, output_code, id"
    )
    found: dict[Key, list[tuple[Key, str, dict[str, Any]]]] = {}
    for database, code, from_database, from_code, kind, data in connection.execute(asked):
        facts = _facts(data, f"{database}/{code}", member, log)
        edge = ((from_database, from_code), kind or "", facts)
        found.setdefault((database, code), []).append(edge)
    return found


def _facts(data: object, name: str, member: ImportMember, log: Log) -> dict[str, Any]:
    try:
        if not isinstance(data, bytes):
            raise NotPlainError("it holds no data")
        facts = load_plain(data)
        if not isinstance(facts, dict):
            raise NotPlainError("it holds no facts")
    except NotPlainError as error:
        where = Where(member.name, column=name[:80])
        log.refuse(faults.UNREADABLE, where, f"a row is no plain data: {error}")
        return {}
    return facts


def _process(
    member: ImportMember,
    node: _Node,
    edges: list[tuple[Key, str, dict[str, Any]]],
    nodes: dict[Key, _Node],
    log: Log,
) -> Process:
    database, code = node.key
    products: list[ProcessProduct] = []
    inputs: list[Input] = []
    elementary: list[Elementary] = []
    for key, kind, facts in edges:
        where = Where(member.name, column=f"{node.text('name')[:60]}: {kind}")
        amount = _figure(facts, where, log)
        other = nodes.get(key, _Node(key, "", {}))
        if kind in _OUTPUTS and key not in nodes:
            message = f"it makes {'/'.join(key)}, which the project does not hold"
            log.refuse(faults.BAD_ROW, where, message)
        elif kind in _OUTPUTS:
            products.append(_product(other, amount))
        elif kind in _INPUTS:
            name = other.text("name") or str(facts.get("name", "")) or "/".join(key)
            unit = other.text("unit") or str(facts.get("unit", ""))
            spread = _spread(facts)
            comment = str(facts.get("comment", ""))
            inputs.append(
                Input((("key", *key),), name, _INPUTS[kind] * amount, unit, comment, spread)
            )
        elif kind == "biosphere":
            elementary.append(_elementary(other, facts, amount))
        else:
            message = f"exchange type {kind!r} is not one that Brightway calculates with"
            log.refuse(faults.BAD_ROW, where, message)
    if not products:  # bw2data makes one of what states none
        products.append(_product(node, 1.0))
    year = node.facts.get("year")
    return Process(
        file=f"{member.name}/{database}",
        native=f"{database}/{code}",
        name=node.text("name") or code,
        name_zh=node.text("name_zh"),
        location=node.text("location"),
        year=year if isinstance(year, int) else None,
        products=tuple(products),
        inputs=tuple(inputs),
        elementary=tuple(elementary),
        comment=node.text("comment"),
    )


def _product(node: _Node, amount: float) -> ProcessProduct:
    name = node.text("reference product") or node.text("name") or node.key[1]
    keys = (("key", *node.key),)
    chinese = node.text("name_zh")
    return ProcessProduct(
        "/".join(node.key), keys, name, amount, node.text("unit"), name_zh=chinese
    )


def _elementary(flow: _Node, facts: dict[str, Any], amount: float) -> Elementary:
    """An exchange with nature, in the unit of the flow. The flows that we write ourselves are known
    by their ids: CO2e whose gases were never published has no name of a gas."""
    database, code = flow.key
    place = flow.facts.get("categories")
    compartment = tuple(map(str, place)) if isinstance(place, list | tuple) else ()
    incoming = flow.type == "natural resource" or "resource" in "".join(compartment[:1])
    return Elementary(
        flow=OWN_FLOW + code if database == "footprint-flows" else code,
        name=flow.text("name") or str(facts.get("name", code)),
        compartment=compartment,
        amount=amount,
        unit=flow.text("unit") or str(facts.get("unit", "")),
        incoming=incoming,
        cas=flow.text("CAS number"),
        comment=str(facts.get("comment", "")),
        spread=_spread(facts),
    )


def _figure(facts: dict[str, Any], where: Where, log: Log) -> float:
    amount = facts.get("amount")
    if isinstance(amount, int | float) and not isinstance(amount, bool) and math.isfinite(amount):
        return float(amount)
    log.refuse(faults.BAD_AMOUNT, where, f"the amount is {amount!r}")
    return 0.0


_BOUNDED = {4: "uniform", 5: "triangular", 13: "beta-pert"}


def _spread(facts: dict[str, Any]) -> Spread:
    """Distributions of stats_arrays: 2 lognormal (sigma as scale), 3 normal, 4 uniform,
    5 triangular and 13 beta-PERT (the mode as loc)."""
    kind = facts.get("uncertainty type")
    scale, low, high = (_optional(facts.get(key)) for key in ("scale", "minimum", "maximum"))
    loc = _optional(facts.get("loc"))
    if kind == 2 and scale is not None and 0.0 < scale < 5.0:
        return Spread("lognormal", gsd2=math.exp(2.0 * scale))
    if kind == 3 and scale is not None and scale > 0.0:
        return Spread("normal", sd=scale, centre=loc)
    if kind in _BOUNDED and low is not None and high is not None:
        centre = None if kind == 4 else loc
        return Spread(_BOUNDED[kind], minimum=low, maximum=high, centre=centre)
    return Spread()


def _optional(value: object) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    return None
