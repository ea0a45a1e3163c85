"""Valid bills of materials, and everything that can be done to them: one mistake at a time.

Each corruption says which code must be given at which row and column. The corpus is made anew at
each run and is the same each time.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from openpyxl import load_workbook

from footprint.bom.columns import column_of

EXAMPLES = Path(__file__).parents[2] / "examples"
Place = tuple[str, int | None, str | None]


@dataclass(frozen=True)
class Table:
    """A file as rows of text: product facts, a header, lines."""

    name: str
    facts: tuple[str, ...]
    header: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]

    def data(self) -> bytes:
        """The file, as UTF-8 CSV."""
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerows([self.header, *self.lines])
        return ("\n".join(self.facts) + "\n" + buffer.getvalue()).encode()

    @property
    def header_row(self) -> int:
        return len(self.facts) + 1

    def row(self, at: int) -> int:
        """The number of a line as a spreadsheet counts it."""
        return self.header_row + 1 + at

    def column(self, name: str) -> int | None:
        names = [column_of(header) for header in self.header]
        return names.index(name) if name in names else None

    def cell(self, at: int, name: str) -> str:
        position = self.column(name)
        return self.lines[at][position] if position is not None else ""

    def with_cell(self, at: int, name: str, text: str) -> Table:
        """The same file with another text in one cell; a missing column is added."""
        table = self if self.column(name) is not None else self.with_column(name)
        position = table.column(name)
        assert position is not None
        lines = [list(line) for line in table.lines]
        lines[at][position] = text
        return replace(table, lines=tuple(map(tuple, lines)))

    def with_column(self, name: str) -> Table:
        return replace(
            self, header=(*self.header, name), lines=tuple((*line, "") for line in self.lines)
        )

    def without_column(self, name: str) -> Table:
        at = self.column(name)
        assert at is not None
        return replace(
            self,
            header=self.header[:at] + self.header[at + 1 :],
            lines=tuple(line[:at] + line[at + 1 :] for line in self.lines),
        )

    def target(self) -> int:
        """The first line that is bought by mass and has a dataset: where cells are spoilt."""
        return next(
            at
            for at in range(len(self.lines))
            if self.cell(at, "unit") in {"kg", "千克"} and self.cell(at, "dataset")
        )


def examples() -> tuple[Table, ...]:
    """The files in `examples/`: English CSV with parents, Chinese CSV with levels, a workbook."""
    found = []
    for name in ("biscuits.csv", "power-bank.csv"):
        text = (EXAMPLES / name).read_text("utf-8-sig").splitlines()
        facts = tuple(line for line in text if line.startswith("#"))
        header, *lines = csv.reader(text[len(facts) :])
        found.append(Table(name, facts, tuple(header), tuple(map(tuple, lines))))
    book = load_workbook(EXAMPLES / "t-shirt.xlsx")
    product, rows = (list(book[sheet].values) for sheet in ("product", book.sheetnames[0]))
    texts = [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
    facts = tuple(f"# {key}: {value}" for key, value, *_ in product)
    found.append(Table("t-shirt.xlsx", facts, texts[0], tuple(texts[1:])))
    return tuple(found)


#: What is written into one cell of a good line, and the code that must stand at that cell.
CELLS: tuple[tuple[str, str, str], ...] = (
    ("quantity", "", "BOM-005"),
    ("quantity", "-1", "BOM-007"),
    ("quantity", "-0.5", "BOM-007"),
    ("quantity", "one", "BOM-006"),
    ("quantity", "1.2.3", "BOM-006"),
    ("quantity", "1,23,4", "BOM-006"),
    ("quantity", "--5", "BOM-006"),
    ("quantity", "0x10", "BOM-006"),
    ("quantity", "1_000", "BOM-006"),
    ("quantity", "1e999", "BOM-006"),
    ("quantity", "nan", "BOM-006"),
    ("quantity", "inf", "BOM-006"),
    ("quantity", "#N/A", "BOM-006"),
    ("quantity", "#REF!", "BOM-006"),
    ("quantity", "=A1*2", "BOM-009"),
    ("quantity", "=1+1", "BOM-009"),
    ("unit", "", "BOM-005"),
    ("unit", "furlong", "BOM-012"),
    ("unit", "Mg", "BOM-012"),
    ("unit", "mt", "BOM-012"),
    ("unit", "kg*2", "BOM-012"),
    ("unit", "kg**9**9", "BOM-012"),
    ("unit", "公担", "BOM-012"),
    ("unit", "hour", "BOM-012"),
    ("unit", "=B2", "BOM-009"),
    ("name", "", "BOM-005"),
    ("name", "=HYPERLINK(1)", "BOM-009"),
    ("dataset", "steel-from-mars", "ENG-001"),
    ("dataset", "=VLOOKUP(A1)", "BOM-009"),
    ("location", "Narnia", "BOM-018"),
    ("location", "ZZ", "BOM-018"),
    ("location", "__import__('os')", "BOM-018"),
    ("stage", "dreaming", "BOM-010"),
    ("stage", "materail", "BOM-010"),
    ("loss", "5", "BOM-011"),
    ("loss", "100 %", "BOM-011"),
    ("loss", "1", "BOM-011"),
    ("loss", "-0.1", "BOM-011"),
    ("loss", "-5 %", "BOM-011"),
    ("loss", "some", "BOM-006"),
    ("transport", "far away", "BOM-013"),
    ("transport", "road 10 bananas", "BOM-013"),
    ("transport", "road", "BOM-013"),
    ("transport", "300 km", "BOM-013"),
    ("transport", "camel 5 km", "ENG-004"),
    ("unit_mass", "0 g", "BOM-007"),
    ("unit_mass", "-2 g", "BOM-007"),
    ("unit_mass", "12 furlongs", "BOM-012"),
    ("unit_mass", "1 kWh", "BOM-012"),
    ("unit_mass", "heavy", "BOM-006"),
    ("data_type", "maybe", "BOM-025"),
    ("recycled_content", "120 %", "BOM-026"),
    ("recycled_content", "-5 %", "BOM-026"),
    ("recycled_content", "half", "BOM-006"),
    ("uncertainty", "-5 %", "BOM-031"),
    ("uncertainty", "1200 %", "BOM-031"),
    ("uncertainty", "about 5", "BOM-006"),
    ("contract", "electricity-wind-cn 60 %", "BOM-027"),
    ("supplier_pcf", "missing.json", "BOM-029"),
)

#: What one spoilt cell makes impossible elsewhere in its row: no mass, no transport.
ALSO = {("unit", "hour"): ("ENG-005", "transport")}


def cell_corruptions(table: Table) -> Iterator[tuple[str, bytes, list[Place]]]:
    """One spoilt cell each."""
    at = table.target()
    for column, text, code in CELLS:
        spoilt = table.with_cell(at, column, text)
        places: list[Place] = [(code, table.row(at), column)]
        if (column, text) in ALSO:
            other, where = ALSO[column, text]
            places.append((other, table.row(at), where))
        yield f"{column}={text}", spoilt.data(), places


def _tree(table: Table) -> Iterator[tuple[str, Table, list[Place]]]:
    at = table.target()
    last = len(table.lines) - 1
    if table.column("level") is not None:
        yield "level x", table.with_cell(at, "level", "x"), [("BOM-016", table.row(at), "level")]
        jump = table.with_cell(last, "level", "9")
        yield "level 9", jump, [("BOM-016", table.row(last), "level")]
        yield "level -1", table.with_cell(at, "level", "-1"), [("BOM-016", table.row(at), "level")]
        both = table.with_cell(at, "parent", "A100")
        yield "level and parent", both, [("BOM-016", table.row(at), "level")]
        return
    orphan = table.with_cell(last, "parent", "nowhere")
    yield "unknown parent", orphan, [("BOM-014", table.row(last), "parent")]
    own = table.with_cell(last, "parent", table.cell(last, "id"))
    rows: list[Place] = [("BOM-016", table.row(last), "dataset")]
    yield "its own parent", own, [*rows, ("BOM-015", table.row(last), "parent")]
    child = next(n for n in range(len(table.lines)) if table.cell(n, "parent"))
    parent = table.cell(child, "parent")
    holder = next(n for n in range(len(table.lines)) if table.cell(n, "id") == parent)
    bound = table.with_cell(holder, "dataset", "steel-rebar-cn")
    yield "assembly with dataset", bound, [("BOM-016", table.row(holder), "dataset")]
    loop = table.with_cell(holder, "parent", parent)
    yield "assembly in itself", loop, [("BOM-015", table.row(holder), "parent")]
    twice = replace(table, lines=(*table.lines, table.lines[holder]))
    other = twice.with_cell(len(table.lines), "name", "Something else")
    yield "uses disagree", other, [("BOM-017", table.row(len(table.lines)), "name")]


def _headers(table: Table) -> Iterator[tuple[str, Table, list[Place]]]:
    row = table.header_row
    for name in ("name", "quantity", "unit"):
        yield f"no column {name}", table.without_column(name), [("BOM-004", row, None)]
        doubled = table.with_column({"name": "品名", "quantity": "QTY", "unit": "uom"}[name])
        yield f"two columns {name}", doubled, [("BOM-022", row, doubled.header[-1])]
    yield "header only", replace(table, lines=()), [("BOM-003", None, None)]
    mixed = table.with_cell(len(table.lines) - 1, "quantity", "0,5")
    at = table.target()
    mixed = mixed.with_cell(at, "quantity", "1,234")
    yield "two decimal marks", mixed, [("BOM-008", table.row(at), "quantity")]


#: Facts that are added or changed; the code stands at the fact's row and key.
FACTS = (
    ("mass", "heavy"),
    ("mass", "-5 g"),
    ("mass", "0 g"),
    ("mass", "1 kWh"),
    ("country", "Mars"),
    ("declared_unit", "1 furlong"),
    ("declared_unit", "0 kg"),
    ("declared_unit", "1 KT"),
    ("declared_unit", "1 CT"),
    ("reference_period", "2025-13-01/2025-12-31"),
    ("reference_period", "2025-12-31/2025-01-01"),
    ("reference_period", "last year"),
    ("colour", "blue"),
)


def _facts(table: Table) -> Iterator[tuple[str, Table, list[Place]]]:
    from footprint.bom.columns import fact_of

    def key_of(fact: str) -> str:
        return fact.lstrip("# ").partition(":")[0].strip()

    for key, value in FACTS:
        kept = [f for f in table.facts if fact_of(key_of(f)) != key]
        spoilt = replace(table, facts=(*kept, f"# {key}: {value}"))
        yield f"{key}: {value}", spoilt, [("BOM-019", len(kept) + 1, key)]
    twice = replace(table, facts=(*table.facts, "# country: CN"))
    yield "a fact twice", twice, [("BOM-019", len(table.facts) + 1, "country")]
    nameless = tuple(f for f in table.facts if fact_of(key_of(f)) != "name")
    yield "no name", replace(table, facts=nameless), [("BOM-019", None, None)]


def table_corruptions(table: Table) -> Iterator[tuple[str, bytes, list[Place]]]:
    """One spoilt header, fact or tree each."""
    for kind in (_tree, _headers, _facts):
        for name, spoilt, places in kind(table):
            yield name, spoilt.data(), places


def _bytes_of(table: Table) -> dict[str, tuple[Callable[[bytes], bytes], Place]]:
    where = (None, None)
    return {
        "empty": (lambda _: b"", ("BOM-003", *where)),
        "blank": (lambda _: b"\xef\xbb\xbf \r\n\t\n", ("BOM-003", *where)),
        "facts only": (lambda _: "\n".join(table.facts).encode(), ("BOM-003", *where)),
        "a zip that is none": (lambda data: b"PK\x03\x04" + data[:200], ("BOM-001", *where)),
        "an old workbook": (lambda data: b"\xd0\xcf\x11\xe0" + data, ("BOM-002", *where)),
        "a NUL": (lambda data: data.replace(b"kg", b"k\x00g", 1) + b"\x00", ("BOM-002", *where)),
        "half a character": (lambda data: data + b"\xe4\xb8", ("BOM-002", *where)),
        "half of UTF-16": (lambda _: b"\xff\xfe\x00\xd8\x00", ("BOM-002", *where)),
        "Latin-1": (
            lambda data: data + "Größe für Gehäuse,1,kg\n".encode("latin-1"),
            ("BOM-002", *where),
        ),
    }


def file_corruptions(table: Table) -> Iterator[tuple[str, bytes, list[Place]]]:
    """One spoilt file each."""
    data = table.data()
    for name, (spoil, place) in _bytes_of(table).items():
        yield name, spoil(data), [place]
    row = table.row(len(table.lines))
    # The quote is text (an inch), so that no later line is lost; the row lacks what it needs.
    tree = ("BOM-016", row, "level") if table.column("level") is not None else None
    places: list[Place] = [("BOM-005", row, "quantity"), ("BOM-005", row, "unit")]
    places.append(tree or ("BOM-014", row, "parent"))
    yield "an open quote", data + b'"never closed,1,kg\n', places


def corpus() -> Iterator[tuple[str, bytes, list[Place]]]:
    """Every corruption of every example: (what was done, the file, codes with their places)."""
    for table in examples():
        for kind in (cell_corruptions, table_corruptions, file_corruptions):
            for name, data, places in kind(table):
                yield f"{table.name}: {name}", data, places
