"""The lines of one part as arrays: codes, amounts, keys; and which products go which way."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from footprint.bom import faults as bom_faults
from footprint.catalogue import faults
from footprint.catalogue.cells import Coded, Flags, Floats, Ints, coded, numbers
from footprint.catalogue.columns import FACTS, RARE
from footprint.catalogue.flags import ALONE, REFUSED
from footprint.catalogue.keys import Keys
from footprint.catalogue.legs import Legs, legs_of
from footprint.catalogue.naming import NamedRows, Naming
from footprint.catalogue.refusals import Refusals
from footprint.catalogue.tree import Tree, tree_of
from footprint.faults import Fault, Problem, Where


@dataclass(slots=True)
class LineArrays:
    """Arrays of shape (rows,), and per product: where its rows begin and end, whether it is
    refused, and whether it is calculated alone. `key` is 0 for assemblies."""

    product: Coded
    number: Ints
    starts: Ints
    stops: Ints
    line: Coded
    name: Coded
    quantity: Floats
    loss: Floats | None
    unit_mass: Floats
    product_mass: Floats
    tree: Tree
    key: Ints
    legs: Legs
    refused: Flags
    alone: Flags

    def product_name(self, product: int) -> str:
        """The name of a product, by its number."""
        code = int(self.product.codes[self.starts[product]])
        return self.product.words[code]


@dataclass(slots=True)
class _PartReader:
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

    def refuse_rows(self, rows: Flags, fault: Fault, column: str, message: str) -> None:
        """Refuse the products of these rows."""
        for at in np.flatnonzero(rows).tolist():
            self.problem(at, fault.at(Where("", None, column), message))

    def problem(self, at: int, problem: Problem) -> None:
        """Refuse the product of one row."""
        name = self.product.words[self.product.codes[at]]
        self.problems.add(name, at, problem)
        self.refused[self.number[at]] = True

    def amount(self, name: str) -> Floats:
        """A column of numbers that must not be below zero; empty cells are NaN."""
        values, bad = numbers(self.table, name)
        for at in np.flatnonzero(bad).tolist():
            text = str(self.table.column(name)[at].as_py())
            message = f"{text[:60]!r} is not a number"
            self.problem(at, bom_faults.NOT_A_NUMBER.at(Where("", None, name), message))
        below = values < 0
        self.refuse_rows(below, bom_faults.NEGATIVE, name, f"the {name} is below zero")
        return values


def line_arrays(table: pa.Table, keys: Keys, problems: Refusals) -> LineArrays:
    """Read a part. Refusals go to `problems`: a product is refused as a whole."""
    product = coded(table, "product")
    changes = np.flatnonzero(np.diff(product.codes)) + 1
    starts = np.concatenate(([0], changes))
    stops = np.concatenate((changes, [table.num_rows]))
    number = np.repeat(np.arange(len(starts)), stops - starts)
    none = np.zeros(len(starts), dtype=bool)
    reader = _PartReader(table, keys, problems, product, number, starts, none, none.copy())
    quantity, loss, unit_mass, product_mass = _amounts(reader)
    line, parent = reader.coded("line"), reader.coded("parent")
    tree = tree_of(number, line, parent, quantity, loss)
    reader.alone[number[tree.alone]] = True
    named = _named(reader, tree, unit_mass)
    legs, carried = legs_of(reader.coded("transport"), named.how, named.where, keys, reader.problem)
    reader.alone[number[carried & tree.is_assembly]] = True
    return LineArrays(
        *(product, number, starts, stops, line, reader.coded("name"), quantity, loss, unit_mass),
        *(product_mass, tree, named.key, legs, reader.refused, reader.alone),
    )


def _amounts(reader: _PartReader) -> tuple[Floats, Floats | None, Floats, Floats]:
    quantity = reader.amount("quantity")
    empty = np.isnan(quantity)
    if empty.any():
        empty &= ~numbers(reader.table, "quantity")[1]
        reader.refuse_rows(empty, bom_faults.MISSING_VALUE, "quantity", "the quantity is empty")
        quantity = np.nan_to_num(quantity)
    loss = None
    if "loss" in reader.table.column_names:
        loss = np.nan_to_num(reader.amount("loss"))
        whole = loss >= 1.0
        if whole.any():
            message = "the loss is not a share from 0 to below 1"
            reader.refuse_rows(whole, bom_faults.BAD_LOSS, "loss", message)
            loss[whole] = 0.0
    unit_mass = reader.amount("unit_mass")
    nothing = unit_mass == 0.0
    reader.refuse_rows(nothing, bom_faults.NEGATIVE, "unit_mass", "the mass of one unit is zero")
    unit_mass = np.where(unit_mass > 0.0, unit_mass, np.nan)
    mass = reader.amount("product_mass")
    if "product_mass" in reader.table.column_names:
        first = mass[reader.starts][reader.number]
        differs = (mass != first) & ~(np.isnan(mass) & np.isnan(first))
        _disagree(reader, differs, "product_mass")
    return quantity, loss, unit_mass, mass


def _disagree(reader: _PartReader, rows: Flags, column: str) -> None:
    message = f"{column} is another one than in the first line of this product"
    reader.refuse_rows(rows, faults.FACTS, column, message)


def _named(reader: _PartReader, tree: Tree, unit_mass: Floats) -> NamedRows:
    """The key of each row; refuses what cannot be resolved, and sets aside what is rare."""
    table, number = reader.table, reader.number
    nameless = reader.coded("name").where("")
    reader.refuse_rows(nameless, bom_faults.MISSING_VALUE, "name", "the name is empty")
    nameless = reader.product.where("")
    reader.refuse_rows(nameless, bom_faults.MISSING_VALUE, "product", "the product is empty")
    given = ~reader.coded("dataset").where("")
    reader.alone[number[tree.is_assembly & given]] = True
    for column in RARE:
        if column in table.column_names:
            reader.alone[number[~reader.coded(column).where("")]] = True
    for column in FACTS:
        one = reader.coded(column)
        if len(one.words) > 1:
            _disagree(reader, one.codes != one.codes[reader.starts][number], column)
    keys = reader.keys
    named = Naming(reader.coded, tree.is_assembly, unit_mass, keys).named()
    flags = keys.matrix.flags[named.key]
    for at in np.flatnonzero(flags & REFUSED).tolist():
        problem = keys.problems[keys.matrix.problem[named.key[at]]]
        if problem is not None and (keys.gaps or reader.alone[number[at]]):
            reader.alone[number[at]] = True  # that way knows more, or tells what is lacking
        elif problem is not None:
            reader.problem(at, problem)
    reader.alone[number[(flags & ALONE) != 0]] = True
    return named
