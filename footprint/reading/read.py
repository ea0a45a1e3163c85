"""Read a list of parts: bytes of any exported file become a `Reading`, or the reason why not."""

from __future__ import annotations

import hashlib
import re
from difflib import get_close_matches

from footprint.faults import Where
from footprint.late_pattern import late_pattern
from footprint.reading import faults, units
from footprint.reading.alternatives import ask_alternatives
from footprint.reading.amounts import amount_of
from footprint.reading.ask import ask_what_is_missing, decide_loss
from footprint.reading.asked_of_lists import ask_contents, ask_where_used
from footprint.reading.assembly_sections import set_section_parents
from footprint.reading.base import ask_lots, find_base
from footprint.reading.bom_heads import settle_heads
from footprint.reading.builder import MEASURES, Builder
from footprint.reading.columns import Meanings, understand
from footprint.reading.facts import facts_around
from footprint.reading.facts_found import FactsFound
from footprint.reading.grid import cell_at, text_of
from footprint.reading.header import FoundTable
from footprint.reading.headings import read_heading
from footprint.reading.indents import indent_by_marks, leave_indented_root_out
from footprint.reading.levels import set_indents, set_levels, whole_amounts
from footprint.reading.linear_metres import read_linear_metres
from footprint.reading.lines import build_lines
from footprint.reading.listed_twice import leave_out_repeats
from footprint.reading.masses import Masses, check_assemblies, check_totals
from footprint.reading.masses_as_quantities import masses_as_quantities
from footprint.reading.model import Reading
from footprint.reading.names_written import leave_other_languages_out
from footprint.reading.naming import columns_named
from footprint.reading.no_headings import ask_columns_by_place, table_to_read
from footprint.reading.no_table import no_table
from footprint.reading.numbers import SIMPLE, Mark, decimal_mark
from footprint.reading.options import ReadingOptions
from footprint.reading.parents import parents_in_another_order, set_parents
from footprint.reading.roots import leave_finished_good_out, leave_root_out
from footprint.reading.second_tables import in_one_order
from footprint.reading.shares_of_parts import (
    fill_rest,
    masses_of_shares,
    shares_of_parents,
)
from footprint.reading.stairs import without_stairs
from footprint.reading.titles import code_in, split_code, title_name
from footprint.reading.units_above import tells_units
from footprint.reading.validity import set_ended_aside
from footprint.reading.vocabulary import fold
from footprint.sheets.model import Book
from footprint.sheets.open import open_book

_NUMERIC = frozenset(
    """
    quantity loss total_quantity quantity_per unit_quantity base_quantity variant_quantity
    transport recycled_content uncertainty mass_per assemblies
    """.split()
) | frozenset(MEASURES)
_NUMBER = late_pattern(r"(?<![\w.,])[-+]?\d[\d.,]*")
#: So many facts that nothing uses are named.
_MOST_UNUSED = 8
#: The columns of the documented form, which names datasets (docs/bom.md).
_DOCUMENTED = frozenset(("dataset", "stage", "supplier_pcf"))
_NEEDED = ("name", "quantity", "unit")


def read_table(data: bytes, filename: str, options: ReadingOptions | None = None) -> Reading:
    """Understand the bytes of a file. Raises `InputRefused` where it is no list of parts."""
    options = options or ReadingOptions()
    return read_book(open_book(data, filename), filename, options)


def read_book(
    book: Book, filename: str, options: ReadingOptions, numbers: tuple[str, ...] = ()
) -> Reading:
    """Understand an opened file. `numbers` are those of facts beside it: they show its hand too."""
    table, others = table_to_read(book, options)
    if table is None:
        raise no_table(book, filename, options)
    _known_headings(table, options, filename)
    uploaded, table = table, in_one_order(without_stairs(table))
    meanings = understand(table, options.columns)
    _strict(meanings, table, filename)
    mark = options.decimal or _hand(table, meanings, numbers)
    reading = Reading(
        filename, table.sheet.name, table.header_row, tuple(meanings.columns), [], [], {},
        uploaded, fingerprint=fingerprint(table), container=book.kind, decimal=mark or "",
        lone_point=book.delimiter == ",",
        documented=any(column.means in _DOCUMENTED for column in meanings.columns),
        variants=meanings.variants,
    )  # fmt: skip
    hand = mark or None, book.delimiter == ","
    width = 0 if table.second_row else book.widths.get(table.header_row, 0)
    builder = Builder(table, meanings, reading, options, *hand, width)
    reading.cell = builder.text
    build_lines(builder)
    read_linear_metres(builder)
    leave_out_repeats(builder)
    leave_other_languages_out(builder)
    fill_rest(builder)
    masses_of_shares(builder)
    _levels(builder, reading)
    masses_as_quantities(builder)
    shares_of_parents(builder)
    _facts(book, table, builder, reading, mark or None)
    set_ended_aside(builder)
    decide_loss(builder)
    find_base(builder)
    ask_lots(builder)
    ask_alternatives(builder)
    Masses(builder).work_out()
    check_assemblies(builder)
    builder.tell()
    _scale(builder)
    check_totals(builder)
    ask_what_is_missing(builder, others)
    ask_columns_by_place(table, reading)
    ask_where_used(builder)
    ask_contents(builder)
    _hidden(book, table, reading)
    return reading


def _known_headings(table: FoundTable, options: ReadingOptions, filename: str) -> None:
    """An answer about a heading that the table does not have is a slip of the pen (BOM-046)."""
    there = {at: one.text for at, one in enumerate(table.headings, start=1) if one.text}
    where = Where(filename, table.header_row)
    for heading, (means, _) in options.columns.items():
        named = columns_named(heading, there)
        if not named:
            near = get_close_matches(heading, there.values(), 1)
            known = f"Headings: {', '.join(there.values())}."
            hint = f"Did you mean {near[0]!r}?" if near else known
            raise faults.BAD_MAPPING.refuse(f"there is no column {heading!r}", where, hint)
        if len(named) > 1 and means not in {"other", "variant_quantity", "note"}:
            places = ", ".join(f"#{at}" for at in named)
            message = f"several columns are called {heading!r}"
            hint = f"Name one by its place: {places}."
            raise faults.BAD_MAPPING.refuse(message, where, hint)


def _strict(meanings: Meanings, table: FoundTable, filename: str) -> None:
    """The documented form needs its three columns, each once (BOM-004, BOM-022)."""
    if not any(column.means in _DOCUMENTED for column in meanings.columns):
        return
    where = Where(filename, table.header_row)
    missing = [means for means in _NEEDED if meanings.index(means) is None]
    if missing:
        hint = "Columns of the documented form: name, quantity, unit, dataset"
        raise faults.MISSING_COLUMN.refuse(f"no column for {', '.join(missing)}", where, hint)
    for column in meanings.columns:
        for means in _NEEDED:
            sure = read_heading(column.header).means[:1] == (means,)
            if (
                sure
                and column.index != meanings.index(means)
                and column.means in {"other", "description", "spec"}
            ):
                at = Where(filename, table.header_row, column.header)
                raise faults.DUPLICATE_COLUMN.refuse(f"a second column means {means}", at)


def fingerprint(table: FoundTable) -> str:
    """What the headings are, whatever stands below them: 16 hexadecimal digits."""
    text = "\x1f".join(fold(heading.text) for heading in table.headings)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _hand(table: FoundTable, meanings: Meanings, numbers: tuple[str, ...]) -> Mark | None:
    """The decimal mark of the file, from every number that is text."""
    columns = [column.index for column in meanings.columns if column.means in _NUMERIC]
    prices = [column.index for column in meanings.columns if column.means == "price"]
    # Prices show the hand where the amounts do not: `250,000` beside `12,50`.
    return _voted(table, columns, numbers) or _voted(table, columns + prices, numbers)


def _voted(table: FoundTable, columns: list[int], numbers: tuple[str, ...]) -> Mark | None:
    rows = table.sheet.rows
    cells = {cell_at(rows[at - 1], column) for at in table.body for column in columns}
    texts = {cell for cell in cells if isinstance(cell, str) and len(cell) < 60}
    simple = {cell for cell in texts if SIMPLE.fullmatch(cell)}
    shown = {number.rstrip(".,") for cell in texts - simple for number in _NUMBER.findall(cell)}
    # Of the simple ones all that have a point vote for it: one is enough.
    shown.add(next((cell for cell in simple if "." in cell), ""))
    return decimal_mark({*shown, *numbers})


def _levels(builder: Builder, reading: Reading) -> None:
    leave_finished_good_out(builder)
    if "parent" in builder.where and "level" not in builder.where:
        settle_heads(builder)
        set_parents(reading, builder.options.product)
    elif "level" in builder.where:
        leave_root_out(builder)
        levels = {line.row: line.texts.get("level", "") for line in reading.lines}
        if parents_in_another_order(reading, levels):
            set_parents(reading, builder.options.product)
        else:
            set_levels(reading, levels)
    elif builder.indents or indent_by_marks(builder):
        leave_indented_root_out(builder)
        set_indents(reading, builder.indents)
    else:
        set_section_parents(reading)


def _facts(
    book: Book, table: FoundTable, builder: Builder, reading: Reading, mark: Mark | None
) -> None:
    found = facts_around(book, table, reading.uploaded.sheet)
    facts = {
        key: value
        for key, value in found.values.items()
        if key
        not in {
            "yield",
            "lot_size",
            "base_quantity",
            "required_quantity",
            "order_quantity",
            "mass",
            "unit",
        }
    }
    if reading.products:
        product = builder.options.product or reading.products[0]
        code, name = split_code(product)
        if named := builder.head_names.get(product):
            code, name = name, split_code(named)[1]
        facts.setdefault("name", name)
        if code:
            facts.setdefault("product_id", code)
    both = re.split(r"\s{2,}", facts.get("product_id", ""), maxsplit=1)
    if "name" not in facts and len(both) == 2:
        facts["product_id"], facts["name"] = both  # printed reports: code, blanks, name
    if "name" not in facts and (name := title_name(found.titles)):
        code, facts["name"] = split_code(name)
        if code:
            facts.setdefault("product_id", code)
    if "product_id" not in facts and found.titles and (code := code_in(facts.get("name", ""))):
        facts["product_id"] = code
    mass_texts = [found.values.get("mass", ""), *found.beside.get("yield", ())]
    for text in mass_texts:
        bare = re.sub(r"\s*(each|per \w+|/\s?\w+|je|pro \w+|netto|net)\s*$", "", text, flags=re.I)
        amount = amount_of(bare, mark, lone_point=True)
        unit = amount.unit or units.unit_of(found.units.get("mass", ""))
        if amount.value and unit in units.MASS:
            facts["mass_kg"] = repr(units.in_base(amount.value, unit or "kg"))
            break
    reading.facts, reading.fact_rows = facts, found.rows
    _say_unused(found, reading)
    builder.facts = found


def _say_unused(found: FactsFound, reading: Reading) -> None:
    unused = [text for text in found.unused.values() if not tells_units(text)]
    if unused:
        told = "; ".join(unused[:_MOST_UNUSED])
        reading.say("facts", "facts_unused", None, facts=told)


def _scale(builder: Builder) -> None:
    """Masses of whole lines in the whole product: times the number of their assemblies."""
    reading = builder.reading
    whole = whole_amounts(reading)
    complete = True
    total = 0.0
    for line in reading.lines:
        amount = whole[line.row]
        if line.mass_kg is not None and line.quantity:
            factor = (amount or 0.0) / line.quantity
            line.mass_kg = None if amount is None else line.mass_kg * factor
            if line.mass_range_kg and amount is not None:
                line.mass_range_kg = (
                    line.mass_range_kg[0] * factor,
                    line.mass_range_kg[1] * factor,
                )
        if not line.assembly:
            known = line.mass_kg is not None and line.mass_basis in {"stated", "computed"}
            known = known or (line.mass_kg is None and line.unit in units.WEIGHTLESS)
            complete = complete and known
            total += line.mass_kg or 0.0
    open_rows = any(
        ask.about in {"quantity", "row", "unit_mass", "mass_unit", "variant"}
        for ask in reading.asks
    )
    open_rows = (
        open_rows
        or builder.meanings.beside
        or (len(reading.products) > 1 and not builder.options.product)
    )
    open_rows = open_rows or any(ask.kind == "declared_unit_litre" for ask in reading.asks)
    if complete and reading.lines and not open_rows:
        reading.total_mass_kg = total / (reading.base[0] if reading.base else 1.0)


def _hidden(book: Book, table: FoundTable, reading: Reading) -> None:
    rows = [
        at
        for at in sorted(table.sheet.hidden_rows)
        if at > table.header_row and any(text_of(c) for c in table.sheet.rows[at - 1])
    ]
    if rows:
        reading.say("hidden", "hidden_rows", rows)
    if table.sheet.hidden:
        reading.say("hidden", "hidden_sheet", None, sheet=table.sheet.name or "")
    elif any(sheet.hidden and any(sheet.rows) for sheet in book.sheets):
        names = ", ".join(str(sheet.name) for sheet in book.sheets if sheet.hidden)
        reading.say("hidden", "sheets_left_out", None, sheets=names)
    for quirk in book.quirks:
        reading.say("file", quirk, None, encoding=book.encoding)
