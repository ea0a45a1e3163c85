"""The lines of one part as arrays: codes, amounts, keys; and which products go which way."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from footprint.bom import faults as bom_faults
from footprint.catalogue import faults
from footprint.catalogue.cells import Coded, Flags, Floats, Ints, coded, numbers
from footprint.catalogue.columns import RARE
from footprint.catalogue.facts import Facts
from footprint.catalogue.ids import Ids, joined
from footprint.catalogue.keys import Key, Keys
from footprint.catalogue.legs import Legs, legs_of
from footprint.catalogue.refusals import Refusals
from footprint.catalogue.tree import Tree, tree_of
from footprint.faults import Fault, Problem, Where


@dataclass(slots=True)
class Lines:
    """Arrays of shape (rows,), and per product: where its rows begin and end, whether it is
    refused, and whether it is calculated alone. `key` is 0 for assemblies."""

    product: Coded
    number: Ints
    starts: Ints
    stops: Ints
    line: Coded
    quantity: Floats
    loss: Floats
    unit_mass: Floats
    product_mass: Floats
    tree: Tree
    key: Ints
    legs: Legs
    refused: Flags
    alone: Flags

    def name(self, product: int) -> str:
        """The name of a product, by its number."""
        code = int(self.product.codes[self.starts[product]])
        return self.product.words[code]


@dataclass(slots=True)
class _Reader:
    """Reads one part; what is wrong goes to `problems` and marks its product."""

    table: pa.Table
    keys: Keys
    problems: Refusals
    product: Coded
    number: Ints
    starts: Ints
    refused: Flags
    alone: Flags
    columns: dict[str, Coded] = field(default_factory=dict)

    def coded(self, name: str) -> Coded:
        """A column of texts, read once."""
        if name not in self.columns:
            self.columns[name] = coded(self.table, name)
        return self.columns[name]

    def refuse(self, rows: Flags, fault: Fault, column: str, message: str) -> None:
        """Refuse the products of these rows."""
        for at in np.flatnonzero(rows).tolist():
            self.problem(at, fault.at(Where("", None, column), message))

    def problem(self, at: int, problem: Problem) -> None:
        """Refuse the product of one row."""
        name = self.product.words[self.product.codes[at]]
        self.problems.add(name, at, problem)
        self.refused[self.number[at]] = True

    def amount(self, name: str, missing: float) -> Floats:
        """A column of numbers that must not be below zero; empty cells are `missing`."""
        values, bad = numbers(self.table, name)
        self.refuse(bad, bom_faults.NOT_A_NUMBER, name, f"the {name} is not a number")
        below = values < 0
        self.refuse(below, bom_faults.NEGATIVE, name, f"the {name} is below zero")
        return np.where(np.isnan(values), missing, values)


def lines_of(table: pa.Table, keys: Keys, problems: Refusals) -> Lines:
    """Read a part. Refusals go to `problems`: a product is refused as a whole."""
    product = coded(table, "product")
    changes = np.flatnonzero(np.diff(product.codes)) + 1
    starts = np.concatenate(([0], changes))
    stops = np.concatenate((changes, [table.num_rows]))
    number = np.repeat(np.arange(len(starts)), stops - starts)
    none = np.zeros(len(starts), dtype=bool)
    reader = _Reader(table, keys, problems, product, number, starts, none, none.copy())
    quantity, loss, unit_mass, product_mass = _amounts(reader)
    line, parent = reader.coded("line"), reader.coded("parent")
    tree = tree_of(number, line, parent, quantity, loss)
    reader.alone[number[tree.alone]] = True
    key = _keys(reader, tree, unit_mass)
    legs, carried = legs_of(reader.coded, keys, reader.problem)
    reader.alone[number[carried & tree.is_assembly]] = True
    return Lines(
        *(product, number, starts, stops, line, quantity, loss, unit_mass, product_mass),
        *(tree, key, legs, reader.refused, reader.alone),
    )


def _amounts(reader: _Reader) -> tuple[Floats, Floats, Floats, Floats]:
    quantity = reader.amount("quantity", np.nan)
    values, bad = numbers(reader.table, "quantity")
    empty = np.isnan(values) & ~bad
    reader.refuse(empty, bom_faults.MISSING_VALUE, "quantity", "the quantity is empty")
    loss = reader.amount("loss", 0.0)
    reader.refuse(
        loss >= 1.0, bom_faults.BAD_LOSS, "loss", "the loss is not a share from 0 to below 1"
    )
    unit_mass = reader.amount("unit_mass", np.nan)
    mass = reader.amount("product_mass", np.nan)
    differs = mass != mass[reader.starts][reader.number]
    differs &= ~(np.isnan(mass) & np.isnan(mass[reader.starts][reader.number]))
    _disagree(reader, differs, "product_mass")
    return np.nan_to_num(quantity), np.where(loss >= 1.0, 0.0, loss), unit_mass, mass


def _disagree(reader: _Reader, rows: Flags, column: str) -> None:
    message = f"{column} is another one than in the first line of this product"
    reader.refuse(rows, faults.FACTS, column, message)


def _keys(reader: _Reader, tree: Tree, unit_mass: Floats) -> Ints:
    """The key of each row; refuses what cannot be resolved, and sets aside what is rare."""
    table, number = reader.table, reader.number
    name, dataset = reader.coded("name"), reader.coded("dataset")
    blank = name.where("")
    reader.refuse(blank, bom_faults.MISSING_VALUE, "name", "the name is empty")
    nameless = reader.product.where("")
    reader.refuse(nameless, bom_faults.MISSING_VALUE, "product", "the product is empty")
    given = ~dataset.where("")
    reader.alone[number[tree.is_assembly & given]] = True
    for column in RARE:
        if column in table.column_names:
            reader.alone[number[~reader.coded(column).where("")]] = True
    facts = [reader.coded(column) for column in ("country", "reference_period")]
    for column, one in zip(("country", "reference_period"), facts, strict=True):
        _disagree(reader, one.codes != one.codes[reader.starts][number], column)
    ids, cells = reader.keys.ids, _Cells(name, dataset, given, tree.is_assembly, unit_mass)
    how = [reader.coded(column) for column in ("unit", "stage", "data_type")]
    where = [reader.coded("location"), *facts]
    mixed = ids.mixed(
        cells.what(ids),
        joined(ids, "how", [*(ids.column("cell", one) for one in how), cells.stated()]),
        joined(ids, "where", [ids.column("cell", one) for one in where]),
    )

    def resolve(at: int) -> int:
        unit, stage, data_type, location, *rest = (
            one.words[one.codes[at]] for one in (*how, *where)
        )
        return reader.keys.of(
            Key(*cells.named(at), unit, stage, location, data_type, Facts(*rest), cells.mass(at))
        )

    return _checked(reader, ids.rows_of(mixed, resolve))


@dataclass(slots=True)
class _Cells:
    """What lines name: a dataset, else a name, and for that the stated mass of one unit."""

    name: Coded
    dataset: Coded
    given: Flags
    is_assembly: Flags
    unit_mass: Floats

    def named(self, at: int) -> tuple[str, str]:
        """Dataset and name of a row, one of them; neither of an assembly."""
        if self.is_assembly[at]:
            return "", ""
        if self.given[at]:
            return self.dataset.words[self.dataset.codes[at]], ""
        return "", self.name.words[self.name.codes[at]]

    def mass(self, at: int) -> float | None:
        """None where no mass is stated, 1.0 for any where a dataset is named."""
        mass = float(self.unit_mass[at])
        return None if np.isnan(mass) else 1.0 if self.given[at] else mass

    def stated(self) -> Ints:
        """0 or 1 per row: whether a mass is stated, of those that name their dataset."""
        return (~np.isnan(self.unit_mass) & self.given).astype(np.int64)

    def what(self, ids: Ids) -> Ints:
        """The number of what each row names."""
        by_id = _numbers(ids, "dataset", self.dataset)
        by_name = _numbers(ids, "name", self.name)
        found = np.where(self.given, by_id, by_name)
        found[self.is_assembly] = ids.of("what", "")
        weighed = np.flatnonzero(~np.isnan(self.unit_mass) & ~self.given & ~self.is_assembly)
        for at in weighed.tolist():
            found[at] = ids.of("what", (self.named(at)[1], float(self.unit_mass[at])))
        return found


def _numbers(ids: Ids, kind: str, column: Coded) -> Ints:
    return np.array([ids.of("what", (kind, word)) for word in column.words])[column.codes]


def _checked(reader: _Reader, keys: Ints) -> Ints:
    """Refuse the rows whose key was refused; set aside those that only `calculate` knows."""
    records = reader.keys.records
    for at in np.flatnonzero(records["refused"][keys]).tolist():
        reader.problem(at, reader.keys.problems[int(keys[at])])
    reader.alone[reader.number[records["one_by_one"][keys]]] = True
    return keys
