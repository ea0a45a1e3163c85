"""Read a bill of materials: a file becomes a `Bom`, or every reason why it cannot."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from footprint.bom import faults
from footprint.bom.cells import LineCells, text_of
from footprint.bom.choices import FOLDER_FILE, SUFFIX, read_choices, with_choices
from footprint.bom.columns import COLUMNS, column_of
from footprint.bom.model import Bom, Line, Product, TransportLeg
from footprint.bom.numbers import Mark, decimal_mark
from footprint.bom.product import ProductReader
from footprint.bom.sidecar import read_sidecar
from footprint.bom.supplier import SupplierPcf
from footprint.bom.supplier_files import Folder, read_suppliers
from footprint.bom.table import Cell, Row, Tables, read_tables
from footprint.bom.tree import check_tree, with_unique_assemblies
from footprint.canonical import bytes_hash
from footprint.faults import InputRefused, Problem, Where

if TYPE_CHECKING:
    from footprint.bom.site import Allocation

#: Whoever has as many mends the first ones and tries again; a file of a million bad rows would
#: otherwise make an answer of 500 MB.
MAX_PROBLEMS = 1_000
NEEDED = ("name", "quantity", "unit")
NUMERIC = ("quantity", "loss", "unit_mass", "transport", "recycled_content", "uncertainty")
_NUMBER = re.compile(r"[-+]?\d[\d.,]*")


def read_bom(path: Path) -> Bom:
    """Read a CSV or XLSX file, with the files beside it that belong to it: `NAME.product.yaml`,
    `NAME.site.yaml`, the datasets that people chose before (`NAME.matches.yaml`, else
    `matches.yaml`), and the suppliers' documents that its lines name.

    Raises `InputRefused` with every problem found (BOM and SUP codes), each with row and column.
    """
    return read_bom_bytes(
        bytes_of(path),
        path.name,
        bytes_beside(path, ".product.yaml"),
        documents=Folder(path.parent),
        site=bytes_beside(path, ".site.yaml"),
        matches=choices_beside(path),
    )


def read_lines(path: Path) -> Bom:
    """As `read_bom`, for what needs no product: a name that is missing is left empty."""
    return read_bom_bytes(
        bytes_of(path),
        path.name,
        bytes_beside(path, ".product.yaml"),
        documents=Folder(path.parent),
        site=bytes_beside(path, ".site.yaml"),
        matches=choices_beside(path),
        name_needed=False,
    )


def read_bom_bytes(
    data: bytes,
    filename: str,
    sidecar: bytes | None = None,
    *,
    documents: Mapping[str, bytes] | None = None,
    site: bytes | None = None,
    matches: bytes | None = None,
    name_needed: bool = True,
) -> Bom:
    """Read the bytes of a CSV or XLSX file, and of what belongs to it.

    `sidecar` is YAML with product facts, `site` YAML with site data; `documents` are suppliers'
    footprints by the names that the lines give in `supplier_pcf`; `matches` are choices of datasets
    (`footprint.bom.choices`). `name_needed`: whether a product without a name is refused.
    """
    tables = read_tables(data, filename)
    product = ProductReader(filename)
    if sidecar is not None:
        product.add_mapping(read_sidecar(sidecar, faults.BAD_PRODUCT, Where(filename)))
    rows = _take_facts(tables, product)
    if not rows:
        raise faults.EMPTY.refuse("the file has product facts but no table", Where(filename))
    columns, warnings = _columns(rows[0], filename)
    lines, problems = _lines(rows[1:], columns, filename, tables.separator == ",")
    facts = product.product(name_needed=name_needed)
    problems = [*product.problems, *problems]
    if not problems:
        problems = list(check_tree(lines, filename))
    suppliers, unread = read_suppliers(lines, filename, documents)
    problems += unread
    if problems:
        raise InputRefused(problems)
    if not lines:
        raise faults.EMPTY.refuse("the table has a header and no lines", Where(filename))
    warnings += [
        faults.ZERO_QUANTITY.at(
            Where(filename, line.row, "quantity"), f"{line.name!r} contributes nothing"
        )
        for line in lines
        if line.quantity == 0
    ]
    if matches is not None:
        lines = with_choices(lines, read_choices(matches, FOLDER_FILE))
    allocation = None
    if site is not None:
        own, allocation = _site(site, filename, facts, lines)
        lines += own
    digest = bom_hash(facts, lines, suppliers, allocation)
    return Bom(facts, tuple(lines), filename, digest, tuple(warnings), suppliers, allocation)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises `InputRefused` (BOM-001) if it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be opened"
        raise faults.UNREADABLE.refuse(
            f"the file cannot be read: {reason}", Where(str(path))
        ) from None


def bytes_beside(path: Path, suffix: str) -> bytes | None:
    """The bytes of the file beside a table that has this suffix instead; None if there is none."""
    path = path.with_suffix(suffix)
    return bytes_of(path) if path.is_file() else None


def choices_beside(path: Path) -> bytes | None:
    """The bytes of the choices for a table: its own file, else that of its folder."""
    own = bytes_beside(path, SUFFIX)
    folder = path.with_name(FOLDER_FILE)
    return own if own is not None or not folder.is_file() else bytes_of(folder)


def _site(
    data: bytes, filename: str, product: Product, lines: list[Line]
) -> tuple[list[Line], Allocation]:
    """The lines of the site data, numbered behind those of the table, under ids of their own."""
    from footprint.bom.site import read_site  # noqa: PLC0415  pydantic takes 0.1 s to import

    name = str(PurePath(filename).with_suffix(".site.yaml"))
    found, allocation, problems = read_site(data, name, product.declared_unit)
    taken = {line.id for line in lines}
    problems += [
        faults.BAD_SITE.at(Where(name), f"a line of the table has the id {line.id!r} too")
        for line in found
        if line.id in taken
    ]
    if problems:
        raise InputRefused(problems)
    last = max(line.row for line in lines)
    return [replace(line, row=last + at) for at, line in enumerate(found, start=1)], allocation


#: Where a line stands is no part of what it says.
_PLACE = frozenset(("row", "file"))
_SAID = tuple((f.name, f.default) for f in fields(Line) if f.name not in _PLACE)


def bom_hash(
    product: Product,
    lines: Sequence[Line],
    suppliers: Sequence[SupplierPcf] = (),
    allocation: Allocation | None = None,
) -> str:
    """Content hash of what was read: product facts and lines without their row numbers, suppliers'
    documents and site data. What is not given is left out, so a new column changes no old hash.

    SHA-256 of the JSON with sorted keys and without blanks. Not RFC 8785 as everywhere else: that
    is written in Python and took 3 s for 100,000 lines, and this JSON is never published.
    """
    facts: dict[str, Any] = {
        key: value for key, value in asdict(product).items() if value not in (None, "", ())
    }
    for key in ("period_start", "period_end"):
        if key in facts:
            facts[key] = facts[key].isoformat()
    document: dict[str, Any] = {"product": facts, "lines": [_said(line) for line in lines]}
    if suppliers:
        document["suppliers"] = sorted([one.file, one.hash] for one in suppliers)
    if allocation is not None:
        document["site"] = allocation.hash
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return bytes_hash(text.encode())


def _said(line: Line) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for name, default in _SAID:
        value = getattr(line, name)
        if value != default:
            said[name] = value
    if line.transport:
        said["transport"] = [[leg.mode, leg.distance_km] for leg in line.transport]
    if line.contract:
        said["contract"] = [[supply.dataset, supply.share] for supply in line.contract]
    return said


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
        hint = "; ".join(f"{name}: {', '.join(_aliases(name))}" for name in missing)
        hint += ". The first row of the first sheet that is no '# key: value' is the header."
        raise faults.MISSING_COLUMN.refuse(
            f"no column for {', '.join(missing)}", Where(filename, header.number), hint
        )
    return columns, warnings


def _aliases(column: str) -> tuple[str, ...]:
    """Words for a column that a message names: two English ones and two Chinese ones."""
    words = COLUMNS[column]
    return (*words[:2], *[word for word in words if not word.isascii()][:2])


def _lines(
    rows: list[Row], columns: dict[str, int], filename: str, comma_separated: bool
) -> tuple[list[Line], list[Problem]]:
    by_row = [(row.number, _pick(row.cells, columns)) for row in rows]
    mark = _mark([cells for _, cells in by_row])
    lines: list[Line] = []
    parents: list[int | None] = []
    problems: list[Problem] = []
    stack: list[tuple[int, int]] = []
    routes: dict[str, tuple[TransportLeg, ...]] = {}
    for number, cells in by_row:
        if len(problems) >= MAX_PROBLEMS:
            message = f"{MAX_PROBLEMS:,} problems up to here; the rows from here on were not read"
            problems.append(faults.TOO_LARGE.at(Where(filename, number), message))
            break
        reader = LineCells(filename, number, cells, mark, comma_separated, problems, routes)
        line = reader.line()
        if "level" in columns:
            level = reader.level()
            if line is None or level is None:
                continue
            if not _place(line, level, stack, len(lines), filename, problems):
                continue
            parents.append(stack[-2][1] if len(stack) > 1 else None)
        if line is not None:
            lines.append(line)
    return (with_unique_assemblies(lines, parents) if parents else lines), problems


def _pick(cells: tuple[Cell, ...], columns: dict[str, int]) -> dict[str, Cell]:
    return {name: cells[at] for name, at in columns.items() if at < len(cells)}


def _mark(rows: list[dict[str, Cell]]) -> Mark | None:
    """The decimal mark of the file, from every numeric cell."""
    texts = {
        cell for cells in rows for name in NUMERIC if isinstance(cell := cells.get(name, ""), str)
    }
    return decimal_mark(number.rstrip(".,") for text in texts for number in _NUMBER.findall(text))


def _place(
    line: Line,
    level: int,
    stack: list[tuple[int, int]],
    position: int,
    filename: str,
    problems: list[Problem],
) -> bool:
    """Put a line on the stack of (level, position) under the last line one level up."""
    where = Where(filename, line.row, "level")
    if line.parent:
        problems.append(faults.BAD_LEVEL.at(where, "give a level or a parent, not both"))
        return False
    while stack and stack[-1][0] >= level:
        stack.pop()
    if stack and level != stack[-1][0] + 1:
        problems.append(faults.BAD_LEVEL.at(where, f"level {level} follows level {stack[-1][0]}"))
        return False
    stack.append((level, position))
    return True
