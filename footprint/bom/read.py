"""Read a bill of materials: a file becomes a `Bom`, or every reason why it cannot."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields, replace
from operator import attrgetter
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from footprint.bom import faults
from footprint.bom.choices import FOLDER_FILE, SUFFIX, not_parts, read_choices, with_choices
from footprint.bom.facts_read import product_of, take_facts
from footprint.bom.lines_read import MAX_PROBLEMS, example_lines, lines_of, zero_quantities
from footprint.bom.product import ProductReader
from footprint.bom.subjects import grouped
from footprint.bom.supplier_files import Folder, read_suppliers
from footprint.bom.tree import check_tree
from footprint.bounded import read_bounded
from footprint.canonical import bytes_hash
from footprint.faults import InputRefused, Problem, Where
from footprint.reading.header import choose_sheet
from footprint.reading.mapping import fingerprint_in, options_from, with_answers
from footprint.reading.options import Options
from footprint.reading.read import fingerprint, read_book
from footprint.reading.sentences import blocking_problems, notes
from footprint.sheets.limits import MAX_BYTES
from footprint.sheets.open import open_book
from footprint.sidecar import read_sidecar
from footprint.site.faults import BAD_SITE
from footprint.values.bom import Bom
from footprint.values.line import Line
from footprint.values.product import Product
from footprint.values.supplier import SupplierPcf

if TYPE_CHECKING:
    from footprint.reading.model import Reading
    from footprint.values.allocation import Allocation


def read_bom(path: Path, options: Options | None = None) -> Bom:
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
    options: Options | None = None,
) -> Bom:
    """Read the bytes of any table that `footprint.sheets` opens, and of what belongs to it.

    `sidecar` is YAML with product facts, `site` YAML with site data; `documents` are suppliers'
    footprints by the names that the lines give in `supplier_pcf`; `mapping` is YAML with saved
    answers to what the table leaves open, `options` are those of now; `matches` are choices
    of datasets (`footprint.bom.choices`).
    """
    answers = answers_of(mapping, filename, options)
    book = open_book(data, filename)
    product = ProductReader(filename)
    if sidecar is not None:
        product.add_mapping(read_sidecar(sidecar, faults.BAD_PRODUCT, Where(filename)))
    book = take_facts(book, product)
    reading = read_book(book, filename, answers, tuple(product.numbers()))
    lines, problems, noted = lines_of(reading)
    problems = [*blocking_problems(reading), *problems]
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
    if not lines:
        raise faults.EMPTY.refuse("the table has a header and no lines", Where(filename))
    remarks = (*zero_quantities(lines, filename), *example_lines(lines, filename))
    warnings = [*notes(reading), *noted, *assumed, *remarks]
    if matches is not None:
        lines, left_out = _chosen(lines, matches, filename)
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
    return Bom(facts, tuple(lines), filename, digest, tuple(warnings), suppliers, allocation)


def _chosen(lines: list[Line], matches: bytes, filename: str) -> tuple[list[Line], list[Problem]]:
    """The lines with what was chosen for them, and what is said of those that are no parts.
    Raises `InputRefused` (BOM-033, BOM-002)."""
    choices = read_choices(matches, FOLDER_FILE)
    said = [
        faults.SKIPPED.at(
            Where(filename, line.row),
            f"{line.name!r} is no part of the product, chosen by {choice.said}",
        )
        for line, choice in not_parts(lines, choices)
    ]
    kept = with_choices(lines, choices)
    if not kept:
        message = "every line was chosen to be no part of the product"
        raise faults.EMPTY.refuse(message, Where(filename))
    return kept, said


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


def answers_of(mapping: bytes | None, filename: str, options: Options | None) -> Options:
    """The saved answers with those of now over them. Raises `InputRefused` (BOM-046)."""
    if mapping is None:
        return options or Options()
    saved = options_from(mapping, str(PurePath(filename).with_suffix(".mapping.yaml")))
    return with_answers(saved, options) if options is not None else saved


def mapping_beside(path: Path) -> bytes | None:
    """The saved answers for a file: `NAME.mapping.yaml`, or any `*.mapping.yaml` in its folder
    that was saved for the same headings."""
    own = bytes_beside(path, ".mapping.yaml")
    if own is not None:
        return own
    saved = sorted(path.parent.glob("*.mapping.yaml")) if path.parent.is_dir() else []
    if not saved:
        return None
    table, _ = choose_sheet(open_book(bytes_of(path), path.name), None, None)
    wanted = fingerprint(table) if table is not None else ""
    found = (bytes_of(one) for one in saved)
    return next((data for data in found if wanted and fingerprint_in(data) == wanted), None)


def _in_order(problems: list[Problem], filename: str) -> list[Problem]:
    """By row, those of the whole file first; no more than `MAX_PROBLEMS`, and then it is said."""
    ordered = sorted(problems, key=lambda problem: problem.where.row or 0)
    if len(ordered) > MAX_PROBLEMS:
        message = f"{MAX_PROBLEMS:,} problems up to here; the rows from here on were not read"
        where = Where(filename, ordered[MAX_PROBLEMS].where.row)
        ordered = [*ordered[:MAX_PROBLEMS], faults.TOO_LARGE.at(where, message)]
    return ordered


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. Raises `InputRefused` (BOM-001) if it cannot be read."""
    try:
        return read_bounded(path, MAX_BYTES)  # a longer one is refused by whoever reads it
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


#: Where a line stands is no part of what it says, nor is what was chosen for others.
_PLACE = frozenset(("row", "file", "near_choice"))
_SAID = tuple((f.name, f.default) for f in fields(Line) if f.name not in _PLACE)
_NAMES, _DEFAULTS = zip(*_SAID, strict=True)
_values = attrgetter(*_NAMES)


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
    if product.energy_certificates:
        facts["energy_certificates"] = [
            [one["serial"], one["kwh"]] for one in facts["energy_certificates"]
        ]
    if product.subject == "product":  # as it was before there were others
        del facts["subject"]
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
    said: dict[str, Any] = {
        name: value
        for name, value, default in zip(_NAMES, _values(line), _DEFAULTS, strict=True)
        if value != default
    }
    if line.transport:
        said["transport"] = [[leg.mode, leg.distance_km] for leg in line.transport]
    if line.contract:
        said["contract"] = [[supply.dataset, supply.share] for supply in line.contract]
    return said
