"""The lines of one part as arrays: codes, amounts, keys; and which products go which way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from footprint.bom import faults as bom_faults
from footprint.catalogue import faults
from footprint.catalogue.cells import Coded, Flags, Floats, Ints, coded, combined, numbers
from footprint.catalogue.columns import RARE
from footprint.catalogue.facts import Facts
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
    line, parent = coded(table, "line"), coded(table, "parent")
    tree = tree_of(number, line, parent, quantity, loss)
    reader.alone[number[tree.alone]] = True
    key = _keys(reader, tree, unit_mass)
    legs, carried = legs_of(table, keys, reader.problem)
    reader.alone[number[carried & tree.is_assembly]] = True
    return Lines(
        *(product, number, starts, stops, line, quantity, loss, unit_mass, product_mass),
        *(tree, key, legs, reader.refused, reader.alone),
    )


def _amounts(reader: _Reader) -> tuple[Floats, Floats, Floats, Floats]:
    quantity = reader.amount("quantity", np.nan)
    empty = np.isnan(numbers(reader.table, "quantity")[0]) & ~numbers(reader.table, "quantity")[1]
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
    name, dataset = coded(table, "name"), coded(table, "dataset")
    blank = name.where("")
    reader.refuse(blank, bom_faults.MISSING_VALUE, "name", "the name is empty")
    nameless = coded(table, "product").where("")
    reader.refuse(nameless, bom_faults.MISSING_VALUE, "product", "the product is empty")
    given = ~dataset.where("")
    reader.alone[number[tree.is_assembly & given]] = True
    for column in RARE:
        if column in table.column_names:
            reader.alone[number[~coded(table, column).where("")]] = True
    facts = [coded(table, column) for column in ("country", "reference_period")]
    for column, one in zip(("country", "reference_period"), facts, strict=True):
        _disagree(reader, one.codes != one.codes[reader.starts][number], column)
    by_name = Coded(np.where(given | tree.is_assembly, name.blank, name.codes), name.words)
    by_id = Coded(np.where(tree.is_assembly, dataset.blank, dataset.codes), dataset.words)
    rest = [coded(table, column) for column in ("unit", "stage", "location", "data_type")]
    masses, values = _mass_codes(unit_mass, given)
    columns = [by_id, by_name, *rest, *facts, masses]
    codes, distinct = combined(columns)
    found = np.zeros(len(distinct), dtype=np.int64)
    for at, parts in enumerate(distinct):
        words = [column.words[code] for column, code in zip(columns, parts, strict=True)]
        found[at] = reader.keys.of(key_of(words, values[parts[-1]]))
    return _checked(reader, found[codes])


def key_of(words: Sequence[str], mass: float | None) -> Key:
    """A key from its cells, in the order of `_keys`."""
    dataset, name, unit, stage, location, data_type, country, period = words[:8]
    return Key(dataset, name, unit, stage, location, data_type, Facts(country, period), mass)


def _checked(reader: _Reader, keys: Ints) -> Ints:
    """Refuse the rows whose key was refused; set aside those that only `calculate` knows."""
    records = reader.keys.records
    refused = np.array([record.problem is not None for record in records])
    for at in np.flatnonzero(refused[keys]).tolist():
        problem = records[keys[at]].problem
        if problem is not None:
            reader.problem(at, problem)
    alone = np.array([record.one_by_one for record in records])
    reader.alone[reader.number[alone[keys]]] = True
    return keys


def _mass_codes(unit_mass: Floats, given: Flags) -> tuple[Coded, list[float | None]]:
    """What of the stated mass of one unit tells keys apart: whether there is one, where the line
    names its dataset; the mass itself, where the dataset is found by name."""
    stated = ~np.isnan(unit_mass)
    codes = np.where(stated, 1, 0)
    by_name = np.flatnonzero(stated & ~given)
    some, places = np.unique(unit_mass[by_name], return_inverse=True)
    codes[by_name] = places + 2
    values: list[float | None] = [None, 1.0, *some.tolist()]
    return Coded(codes, [str(value) for value in values]), values
