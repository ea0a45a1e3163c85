"""Read a bill of materials: a file becomes a `Bom`, or every reason why it cannot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from footprint.bom import faults
from footprint.bom.beside import answers_of, bytes_beside, bytes_of, choices_beside, mapping_beside
from footprint.bom.facts_read import product_of, take_facts
from footprint.bom.hashing import bom_hash
from footprint.bom.left_out import chosen_lines, uncounted_rows
from footprint.bom.lines_read import MAX_PROBLEMS, example_lines, lines_of, zero_quantities
from footprint.bom.product import ProductReader
from footprint.bom.subjects import grouped
from footprint.bom.supplier_files import Folder, read_suppliers
from footprint.bom.tree import check_tree
from footprint.faults import InputRefused, Problem, Where
from footprint.reading.options import ReadingOptions
from footprint.reading.read import read_book
from footprint.reading.sentences import blocking_problems, notes
from footprint.sheets.open import open_book
from footprint.sidecar import read_sidecar
from footprint.site.faults import BAD_SITE
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.product import Product

if TYPE_CHECKING:
    from footprint.reading.header import FoundTable
    from footprint.reading.model import Reading
    from footprint.values.allocation import Allocation


def read_bom(path: Path, options: ReadingOptions | None = None) -> Bom:
    """Read a table, with the files beside it that belong to it: `NAME.product.yaml`,
    `NAME.site.yaml`, saved answers and choices (`NAME.mapping.yaml`, `NAME.matches.yaml`, else
    those of the folder), and the suppliers' documents that its lines name.

    Raises `InputRefused` with every problem found (BOM and SUP codes), each with row and column.
    """
    return read_bom_bytes(
        bytes_of(path),
        path.name,
        bytes_beside(path, ".product.yaml"),
        documents=Folder(path.parent),
        site=bytes_beside(path, ".site.yaml"),
        mapping=mapping_beside(path),
        matches=choices_beside(path),
        options=options,
    )


def read_bom_bytes(
    data: bytes,
    filename: str,
    sidecar: bytes | None = None,
    *,
    documents: Mapping[str, bytes] | None = None,
    site: bytes | None = None,
    mapping: bytes | None = None,
    matches: bytes | None = None,
    options: ReadingOptions | None = None,
) -> Bom:
    """Read the bytes of any table that `footprint.sheets` opens, and of what belongs to it.

    `sidecar` is YAML with product facts, `site` YAML with site data; `documents` are suppliers'
    footprints by the names that the lines give in `supplier_pcf`; `mapping` is YAML with saved
    answers to what the table leaves open, `options` are those of now; `matches` are choices
    of datasets (`footprint.bom.choices`).
    """
    bom, _ = read_with_table(
        data,
        filename,
        sidecar,
        documents=documents,
        site=site,
        mapping=mapping,
        matches=matches,
        options=options,
    )
    return bom


def read_with_table(
    data: bytes,
    filename: str,
    sidecar: bytes | None = None,
    *,
    documents: Mapping[str, bytes] | None = None,
    site: bytes | None = None,
    mapping: bytes | None = None,
    matches: bytes | None = None,
    options: ReadingOptions | None = None,
) -> tuple[Bom, FoundTable]:
    """`read_bom_bytes`, and the table of the file that it was read from, as uploaded."""
    answers = answers_of(mapping, filename, options)
    book = open_book(data, filename)
    product = ProductReader(filename)
    if sidecar is not None:
        product.add_mapping(read_sidecar(sidecar, faults.BAD_PRODUCT, Where(filename)))
    book = take_facts(book, product)
    reading = read_book(book, filename, answers, tuple(product.numbers()))
    lines, problems, noted = lines_of(reading)
    problems = [*blocking_problems(reading), *problems]
    if not lines and not problems:  # before what the product lacks: that is no matter then
        raise faults.EMPTY.refuse("the table has a header and no lines", Where(filename))
    facts, assumed = product_of(product, reading, answers)
    lines, ungrouped, unused = grouped(lines, facts, filename)
    noted += unused
    problems = [*product.problems, *problems, *ungrouped]
    if not problems:
        problems = list(check_tree(lines, filename))
    suppliers, unread = read_suppliers(lines, filename, documents, facts.accept_stated_totals)
    problems += unread
    if problems:
        ordered = _in_order(problems, filename)
        raise BomRefused(ordered, _partial(facts, lines, filename, _bad_rows(reading, ordered)))
    remarks = (*zero_quantities(lines, filename), *example_lines(lines, filename))
    warnings = [*notes(reading), *noted, *assumed, *remarks]
    if matches is not None:
        lines, left_out = chosen_lines(lines, matches, filename)
        warnings += left_out
        if any(line.supplier_pcf and line.chosen_by for line in lines):
            accepted = facts.accept_stated_totals
            suppliers, unread = read_suppliers(lines, filename, documents, accepted)
            if unread:
                raise BomRefused(_in_order(unread, filename), None)
    allocation = None
    if site is not None and facts.subject != "product":
        hint = "Site data share a plant's year among products; write its lines into the table."
        message = f"site data stand beside the table of an {facts.subject}"
        raise faults.BAD_SUBJECT.refuse(message, Where(filename), hint)
    if site is not None:
        own, allocation = _site(site, filename, facts, lines)
        lines += own
    digest = bom_hash(facts, lines, suppliers, allocation)
    left = tuple(uncounted_rows(reading))
    bom = Bom(
        *(facts, tuple(lines), filename, digest, tuple(warnings), suppliers, allocation, left)
    )
    return bom, reading.uploaded


class BomRefused(InputRefused):
    """The file was refused; `partial` holds the lines that could be read, for what else is wrong
    with them, or None. It is no bill of materials: its total would miss lines."""

    def __init__(self, problems: Sequence[Problem], partial: Bom | None) -> None:
        super().__init__(problems)
        self.partial = partial


def _bad_rows(reading: Reading, problems: Sequence[Problem]) -> set[int | None]:
    """Rows with a problem, or with a question that is asked once for many rows."""
    asked = {row for ask in reading.asks if ask.blocking for row in ask.rows or ()}
    return asked | {problem.where.row for problem in problems}


def _partial(facts: Product, lines: list[Line], filename: str, bad: set[int | None]) -> Bom | None:
    sound = tuple(line for line in lines if line.row not in bad)
    if not sound or list(check_tree(sound, filename)):
        return None
    return Bom(facts, sound, filename, "")


def _in_order(problems: list[Problem], filename: str) -> list[Problem]:
    """By row, those of the whole file first; no more than `MAX_PROBLEMS`, and then it is said."""
    ordered = sorted(problems, key=lambda problem: problem.where.row or 0)
    if len(ordered) > MAX_PROBLEMS:
        message = f"{MAX_PROBLEMS:,} problems up to here; the rows from here on were not read"
        where = Where(filename, ordered[MAX_PROBLEMS].where.row)
        ordered = [*ordered[:MAX_PROBLEMS], faults.TOO_LARGE.at(where, message)]
    return ordered


def _site(
    data: bytes, filename: str, product: Product, lines: list[Line]
) -> tuple[list[Line], Allocation]:
    """The lines of the site data, numbered behind those of the table, under ids of their own."""
    from footprint.site.share import read_site  # noqa: PLC0415  pydantic takes 0.1 s to import

    name = str(PurePath(filename).with_suffix(".site.yaml"))
    found, allocation, problems = read_site(data, name, product.declared_unit)
    taken = {line.id for line in lines}
    problems += [
        BAD_SITE.at(Where(name), f"a line of the table has the id {line.id!r} too")
        for line in found
        if line.id in taken
    ]
    if problems:
        raise InputRefused(problems)
    last = max(line.row for line in lines)
    return [replace(line, row=last + at) for at, line in enumerate(found, start=1)], allocation
