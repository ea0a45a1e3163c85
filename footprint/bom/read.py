"""Read a bill of materials: a file becomes a `Bom`, or every reason why it cannot."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import yaml

from footprint.bom import faults
from footprint.bom.cells import LineCells, text_of
from footprint.bom.columns import COLUMNS, column_of
from footprint.bom.model import Bom, Line, Product
from footprint.bom.numbers import Mark, decimal_mark
from footprint.bom.product import ProductReader
from footprint.bom.table import Cell, Row, Tables, read_tables
from footprint.bom.tree import check_tree
from footprint.canonical import content_hash
from footprint.faults import InputRefused, Problem, Where

NEEDED = ("name", "quantity", "unit")
NUMERIC = ("quantity", "loss", "unit_mass", "transport")
_NUMBER = re.compile(r"[-+]?\d[\d.,]*")


def read_bom(path: Path) -> Bom:
    """Read a CSV or XLSX file, with `NAME.product.yaml` beside it if there is one.

    Raises `InputRefused` with every problem found (BOM codes), each with row and column.
    """
    try:
        data = path.read_bytes()
        sidecar_path = path.with_suffix(".product.yaml")
        sidecar = sidecar_path.read_bytes() if sidecar_path.is_file() else None
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise faults.UNREADABLE.refuse(
            f"the file cannot be read: {reason}", Where(str(path))
        ) from None
    return read_bom_bytes(data, path.name, sidecar)


def read_bom_bytes(data: bytes, filename: str, sidecar: bytes | None = None) -> Bom:
    """Read the bytes of a CSV or XLSX file, and of a YAML file with product facts."""
    tables = read_tables(data, filename)
    product = ProductReader(filename)
    if sidecar is not None:
        product.add_mapping(_sidecar(sidecar, filename))
    rows = _take_facts(tables, product)
    if not rows:
        raise faults.EMPTY.refuse("the file has product facts but no table", Where(filename))
    columns, warnings = _columns(rows[0], filename)
    lines, problems = _lines(rows[1:], columns, filename, tables.separator == ",")
    facts = product.product()
    problems = [*product.problems, *problems]
    if not problems:
        problems = list(check_tree(lines, filename))
    if problems:
        raise InputRefused(problems)
    if not lines:
        raise faults.EMPTY.refuse("the table has a header and no lines", Where(filename))
    zero = [line for line in lines if line.quantity == 0]
    warnings += [
        faults.ZERO_QUANTITY.at(
            Where(filename, line.row, "quantity"), f"{line.name!r} contributes nothing"
        )
        for line in zero
    ]
    return Bom(facts, tuple(lines), filename, bom_hash(facts, lines), tuple(warnings))


def bom_hash(product: Product, lines: list[Line]) -> str:
    """Content hash of what was read: product facts and lines without their row numbers."""
    facts: dict[str, Any] = asdict(product)
    for key in ("period_start", "period_end"):
        facts[key] = facts[key].isoformat() if facts[key] else None
    document = {"product": facts, "lines": [asdict(replace(line, row=0)) for line in lines]}
    return content_hash(document)


def _sidecar(data: bytes, filename: str) -> dict[str, Any]:
    try:
        mapping = yaml.safe_load(data)
    except yaml.YAMLError as error:
        message = f"the product file is not YAML: {' '.join(str(error).split())}"
        raise faults.BAD_PRODUCT.refuse(message, Where(filename)) from None
    if not isinstance(mapping, dict):
        raise faults.BAD_PRODUCT.refuse("the product file is not 'key: value'", Where(filename))
    return mapping


def _take_facts(tables: Tables, product: ProductReader) -> list[Row]:
    """Give the `# key: value` rows and the product sheet to `product`; return the other rows."""
    for row in tables.product:
        cells = [text_of(cell) for cell in row.cells]
        if cells[0] and len(cells) > 1:
            product.add(cells[0].lstrip("# "), cells[1], row.number)
    rest = []
    for row in tables.lines:
        first = text_of(row.cells[0])
        if not first.startswith("#"):
            rest.append(row)
            continue
        key, mark, value = first.lstrip("# ").replace("：", ":", 1).partition(":")
        if not mark and len(row.cells) > 1:  # a worksheet: the value in the cell beside the key
            value = text_of(row.cells[1])
        if value.strip():
            product.add(key.strip(), value, row.number)
    return rest


def _columns(header: Row, filename: str) -> tuple[dict[str, int], list[Problem]]:
    columns: dict[str, int] = {}
    warnings: list[Problem] = []
    for position, cell in enumerate(header.cells):
        text = text_of(cell)
        name = column_of(text)
        where = Where(filename, header.number, text)
        if name is None:
            if text:
                warnings.append(faults.UNKNOWN_COLUMN.at(where, f"column {text!r} was not used"))
        elif name in columns:
            raise faults.DUPLICATE_COLUMN.refuse(f"a second column means {name}", where)
        else:
            columns[name] = position
    missing = [name for name in NEEDED if name not in columns]
    if missing:
        hint = "; ".join(f"{name}: {', '.join(COLUMNS[name][:3])}" for name in missing)
        raise faults.MISSING_COLUMN.refuse(
            f"no column for {', '.join(missing)}", Where(filename, header.number), hint
        )
    return columns, warnings


def _lines(
    rows: list[Row], columns: dict[str, int], filename: str, comma_separated: bool
) -> tuple[list[Line], list[Problem]]:
    by_row = [(row.number, _pick(row.cells, columns)) for row in rows]
    mark = _mark([cells for _, cells in by_row])
    lines: list[Line] = []
    problems: list[Problem] = []
    stack: list[tuple[int, str]] = []
    for number, cells in by_row:
        reader = LineCells(filename, number, cells, mark, comma_separated, problems)
        line = reader.line()
        if "level" in columns:
            level = reader.level()
            if line is None or level is None:
                continue
            line = _place(line, level, stack, filename, problems)
        if line is not None:
            lines.append(line)
    return lines, problems


def _pick(cells: tuple[Cell, ...], columns: dict[str, int]) -> dict[str, Cell]:
    return {name: cells[at] for name, at in columns.items() if at < len(cells)}


def _mark(rows: list[dict[str, Cell]]) -> Mark | None:
    """The decimal mark of the file, from every numeric cell."""
    return decimal_mark(
        number.rstrip(".,")
        for cells in rows
        for name in NUMERIC
        if isinstance(cell := cells.get(name, ""), str)
        for number in _NUMBER.findall(cell)
    )


def _place(
    line: Line, level: int, stack: list[tuple[int, str]], filename: str, problems: list[Problem]
) -> Line | None:
    """Set the parent of a line from its level: the last line before it that is one level up."""
    where = Where(filename, line.row, "level")
    if line.parent:
        problems.append(faults.BAD_LEVEL.at(where, "give a level or a parent, not both"))
        return None
    while stack and stack[-1][0] >= level:
        stack.pop()
    if stack and level != stack[-1][0] + 1:
        problems.append(faults.BAD_LEVEL.at(where, f"level {level} follows level {stack[-1][0]}"))
        return None
    parent = stack[-1][1] if stack else ""
    stack.append((level, line.id))
    return replace(line, parent=parent)
