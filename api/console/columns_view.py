"""What the page of columns shows: the table as it stands, what each column means, what is open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.language import Language
from footprint.drafts.model import Draft
from footprint.faults import Problem
from footprint.reading.grid import text_of
from footprint.reading.model import Reading, Remark
from footprint.reading.sentences import reason_in_words, sentence
from footprint.sheets.model import Book, Sheet
from label_templates.console_pages import console_words

#: Rows of the table that are shown, and the most letters of a cell.
SHOWN_ROWS = 8
_CELL = 60
_MOST_COLUMNS = 40
#: Meanings that a person may give a column, as `Options.columns` has them: the unit after `:`.
MEANINGS = (
    "name", "quantity", "unit", "material", "spec", "unit_mass:g", "unit_mass:kg", "line_mass:g",
    "line_mass:kg", "loss:%", "id", "level", "parent", "category", "location", "line_no", "note",
    "name_en", "name_zh", "price", "other",
)  # fmt: skip
#: Kinds of questions and the answer (a field of `Options`) that settles them.
_FIELDS = {
    "unit_missing": "unit", "unit_empty": "unit", "variant": "variant", "product": "product",
    "sheet": "sheet", "loss_unclear": "loss", "base_order": "base", "base_required": "base",
    "base_title": "base", "base_mark": "base", "mass_unit_missing": "mass_unit",
    "quantity_ambiguous": "decimal",
    "mass_ambiguous": "decimal", "loss_ambiguous": "decimal", "quantity_columns": "columns",
    "unit_mass_columns": "columns", "loss_columns": "columns",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """A column: number, heading, what it is taken for (`means`, a key of words or the program's own
    name), the unit in its heading, and whether a person said so. `choice` is the value of the
    field, "" for the reader's own guess."""

    index: int
    header: str
    means: str
    unit: str
    choice: str


@dataclass(frozen=True, slots=True)
class ColumnQuestion:
    """What lacks: the sentence, what to do, and how it is answered: the `field` and its
    `choices` as (value, words) ("" and none: by correcting the file)."""

    text: str
    hint: str
    field: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    chosen: str = ""


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """A row that is no line: its number, why, and what stands in it."""

    row: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class ColumnsView:
    """The page of columns. `above` are the title rows over the table, `rows` its first rows as
    (number, cells), `taken` rows that a person called lines although they look like none, `base`
    for how much product the quantities are, where that is not one piece."""

    columns: tuple[ColumnHead, ...]
    above: tuple[tuple[int, str], ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    header_row: int
    sheet: str
    sheets: tuple[str, ...]
    lines: int
    skipped: tuple[SkippedRow, ...]
    questions: tuple[ColumnQuestion, ...]
    problems: tuple[Problem, ...]
    pieces: bool
    taken: tuple[int, ...]
    base: str

    @property
    def headings_at(self) -> str:
        """The row of the headings as the field has it: 0 for a list without any, "" where no table
        was found."""
        return str(self.header_row) if self.columns else ""

    @property
    def read(self) -> int:
        """How many rows of the file were looked at: lines and skipped ones."""
        return self.lines + len(self.skipped)


def columns_view(
    draft: Draft,
    book: Book,
    reading: Reading | None,
    problems: Iterable[Problem],
    language: Language,
) -> ColumnsView:
    """The page for a file as it is read now; `reading` is None where no table was found."""
    sheet = _sheet(book, reading)
    head = reading.header_row if reading is not None else 0
    columns = _columns(draft, reading) if reading is not None else ()
    width = min(max((len(row) for row in sheet.rows), default=0), _MOST_COLUMNS)
    above = [
        (at, " ".join(text for cell in row if (text := text_of(cell)))[:200])
        for at, row in enumerate(sheet.rows[: max(head - 1, 0)], start=1)
    ]
    body = [(at, row) for at, row in enumerate(sheet.rows[head:], start=head + 1) if any(row)]
    # An empty column beside the table has no heading: cells stand below their own ones.
    places = [one.index - 1 for one in columns] or range(width)
    rows = [(at, tuple(_cell(row, place) for place in places)) for at, row in body[:SHOWN_ROWS]]
    said = tuple(_unique(problems))
    return ColumnsView(
        columns,
        tuple(pair for pair in above if pair[1]),
        tuple(rows),
        head,
        sheet.name or "",
        tuple(str(one.name) for one in book.sheets if not one.hidden and any(one.rows)),
        len(reading.lines) if reading is not None else 0,
        tuple(_skipped(reading, language)) if reading is not None else (),
        tuple(_questions(draft, reading, language)) if reading is not None else (),
        said,
        reading is not None and any(one.kind == "unit_piece" for one in reading.assumed),
        draft.options.rows,
        "" if reading is None or reading.base is None else _base(reading.base, language),
    )


def _base(base: tuple[float, str], language: Language) -> str:
    amount, unit = base
    return console_words(language).quantity(f"{amount:g}", unit)


def _sheet(book: Book, reading: Reading | None) -> Sheet:
    wanted = None if reading is None else reading.sheet
    named = [one for one in book.sheets if one.name == wanted]
    full = [one for one in book.sheets if any(one.rows)]
    return (named or full or list(book.sheets))[0]


def _cell(row: tuple[object, ...], column: int) -> str:
    text = text_of(row[column]) if column < len(row) else ""
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def _columns(draft: Draft, reading: Reading) -> tuple[ColumnHead, ...]:
    said = {
        heading: means if unit is None else f"{means}:{unit}"
        for heading, (means, unit) in draft.options.columns.items()
    }
    return tuple(
        ColumnHead(one.index, one.header, one.means, one.unit or "", said.get(one.header, ""))
        for one in reading.columns[:_MOST_COLUMNS]
    )


def _skipped(reading: Reading, language: Language) -> Iterable[SkippedRow]:
    for one in reading.skipped:
        yield SkippedRow(one.row, reason_in_words(one.reason, language), one.text[:80])


def _questions(draft: Draft, reading: Reading, language: Language) -> Iterable[ColumnQuestion]:
    """Each kind of question once; a list of rows stands with the problems."""
    for ask in reading.asks:
        if ask.blocking:
            values = dict(ask.values)
            cell = _first_cell(reading, ask)
            text, hint = sentence(ask.kind, language, text=cell, **values)
            field = _FIELDS.get(ask.kind, "")
            chosen = str(getattr(draft.options, field, "") or "") if field else ""
            chosen = "" if field == "columns" else chosen
            choices = tuple(_in_words(field, one, language) for one in _choices(field, values))
            yield ColumnQuestion(text, "" if field else hint, field, choices, chosen)


def _in_words(field: str, choice: str, language: Language) -> tuple[str, str]:
    """A choice with its words; names out of the file stand for themselves."""
    words = console_words(language)
    if field == "base":
        return choice, words.say("base_one") if choice == "1" else words.say("base_many", n=choice)
    if field in {"unit", "mass_unit", "length_unit"}:
        return choice, words.word("line_units", choice)
    return choice, words.word("answers", choice) if field in {"decimal", "loss"} else choice


def _first_cell(reading: Reading, ask: Remark) -> str:
    if not ask.rows or reading.cell is None:
        return ""
    means = {"mass_unit": "unit_mass"}.get(ask.about, ask.about)
    return f"“{reading.cell(ask.rows[0], means)[:_CELL]}”"


def _choices(field: str, values: dict[str, str]) -> tuple[str, ...]:
    named = {"variant": "variants", "product": "products", "sheet": "sheets"}.get(field)
    if named is not None:
        return tuple(values.get(named, "").split(", "))
    if field == "base":
        return values.get("least", "1"), values["amount"]
    return {
        "unit": ("piece", "kg", "g", "m", "m2"),
        "mass_unit": ("g", "kg", "mg"),
        "length_unit": ("mm", "cm", "m"),
        "loss": ("percent", "share"),
        "decimal": ("point", "comma"),
    }.get(field, ())


def _unique(problems: Iterable[Problem]) -> Iterable[Problem]:
    seen: set[str] = set()
    for problem in problems:
        if str(problem) not in seen:
            seen.add(str(problem))
            yield problem
