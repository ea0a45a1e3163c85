"""Product facts of a file: `# key: value` rows and a sheet `product`, then what stands around."""

from __future__ import annotations

from dataclasses import replace

from footprint.bom import faults
from footprint.bom.lines_read import declared_unit_of
from footprint.bom.product import ProductReader
from footprint.faults import Problem, Where
from footprint.matching.addresses import place_named
from footprint.reading.grid import filled_cells, text_of
from footprint.reading.model import Reading
from footprint.reading.options import ReadingOptions
from footprint.sheets.model import Book, Sheet
from footprint.sheets.open import open_book
from footprint.values.product import Product

#: Facts of any table that are read as `# key: value` is; a name, a mass and a company are texts and
#: amounts that reading knows.
_AROUND = ("country", "reference_period", "declared_unit")
_PRODUCT_SHEETS = frozenset(("product", "产品", "产品信息", "product facts"))


def take_facts(book: Book, product: ProductReader) -> Book:
    """Give the documented facts to `product`; the book without them, rows numbered as before."""
    sheets = []
    for sheet in book.sheets:
        if sheet.name is not None and sheet.name.strip().casefold() in _PRODUCT_SHEETS:
            _sheet_facts(sheet, product)
        else:
            sheets.append(_without_facts(sheet, product, book.delimiter or " "))
    return replace(book, sheets=tuple(sheets))


def facts_in_file(data: bytes, file: str) -> frozenset[str]:
    """The facts that rows of the file itself state (`# name: ...`); they cannot be said twice."""
    reader = ProductReader(file)
    take_facts(open_book(data, file), reader)
    return frozenset(reader.facts)


def _sheet_facts(sheet: Sheet, product: ProductReader) -> None:
    for at, row in enumerate(sheet.rows, start=1):
        if row and text_of(row[0]) and len(row) > 1 and text_of(row[1]):
            product.add(text_of(row[0]).lstrip("# "), _value(row[1]), at)


def _value(cell: object) -> str | float:
    """The value of a fact: a number stays one, so that no decimal mark is asked for."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return float(cell)
    return text_of(cell)


def _without_facts(sheet: Sheet, product: ProductReader, separator: str) -> Sheet:
    """Rows that begin with `#` above the first other row are facts, and so is a lone cell of the
    form `# key: value` below; any other row below may be a part whose name begins with `#`."""
    rows: list[tuple[object, ...]] = []
    above = True
    for at, row in enumerate(sheet.rows, start=1):
        first = text_of(row[0]) if row else ""
        if first.startswith("#"):
            alone = len(filled_cells(row)) == 1 and (":" in first or "：" in first)
            if (above or alone) and _add(row, product, at, separator):
                rows.append(())
                continue
        above = above and not first
        rows.append(row)
    return replace(sheet, rows=rows)  # type: ignore[arg-type]  # the same cells


def _add(row: tuple[object, ...], product: ProductReader, at: int, separator: str) -> bool:
    """Take one row as a fact; False if it is none (`#` as the heading of row numbers)."""
    first = text_of(row[0])
    text = (
        separator.join(cell if isinstance(cell, str) else text_of(cell) for cell in row).strip(
            " " + separator
        )
        if ":" in first or "：" in first
        else first
    )
    key, mark, value = text.lstrip("# ").replace("：", ":", 1).partition(":")
    if not key.strip():
        return False
    if mark:
        if value.strip():
            product.add(key.strip(), value, at)
        return True
    others = [cell for cell in row[1:] if text_of(cell)]
    if len(others) > 1:
        return False
    if others:
        product.add(key.strip(), _value(others[0]), at)
    return True


def product_of(
    product: ProductReader, reading: Reading, options: ReadingOptions
) -> tuple[Product, list[Problem]]:
    """The product: documented facts first, then what stands around the table, then the file's name;
    what was not stated in the documented form is said."""
    around = reading.facts
    noted: list[Problem] = []
    if options.name:
        product.facts.pop("name", None)
        product.add("name", options.name)
    stated = set(product.facts)
    if "name" not in stated and (not reading.documented or "name" in reading.fact_rows):
        product.add("name", around.get("name") or stem_of(reading.file))
        stated.add("name")
    per_declared = _take_around(product, reading)
    stated = set(product.facts)
    facts = product.product(reading.mark, lone_point_is_decimal=reading.lone_point)
    if "declared_unit" not in stated and (unit := declared_unit_of(reading)) is not None:
        facts = replace(facts, declared_unit=unit)
        message = f"the result is per {unit}, as the table is a recipe by mass"
        noted.append(faults.ASSUMED.at(Where(reading.file), message))
    if "mass" not in stated and "mass_kg" in around and facts.declared_unit.unit == "piece":
        times = 1.0 if per_declared else facts.declared_unit.amount
        facts = replace(facts, mass_kg=float(around["mass_kg"]) * times)
    if "company" not in stated and around.get("company"):
        facts = replace(facts, company=around["company"])
    return facts, noted


def stem_of(filename: str) -> str:
    """A file's name without folder and ending."""
    return filename.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _take_around(product: ProductReader, reading: Reading) -> bool:
    """Take what stands around the table and is read as the documented facts are; what cannot be
    read so is told. True if it says what the result is per: a mass beside it is then of that."""
    unread = []
    taken = set()
    for name in _AROUND:
        text = reading.facts.get(name, "").strip()
        if not text or name in product.facts:
            continue
        value = place_named(text) or text if name == "country" else text
        if _is_readable(name, value, reading):
            product.add(name, value, reading.fact_rows.get(name) or None)
            taken.add(name)
        else:
            unread.append(text)
    if unread:
        reading.say("facts", "facts_unused", None, facts="; ".join(unread))
    return "declared_unit" in taken


def _is_readable(name: str, text: str, reading: Reading) -> bool:
    alone = ProductReader(reading.file)
    alone.add("name", reading.file)
    alone.add(name, text)
    alone.product(reading.mark, lone_point_is_decimal=reading.lone_point)
    return not alone.problems
