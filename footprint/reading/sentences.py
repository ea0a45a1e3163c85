"""What a reading asks, assumes and skips, as problems in words: English or Chinese."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.faults import Problem, Where
from footprint.reading.model import Reading, Remark
from footprint.reading.vocabulary import load

#: Which column a question is about, where it is about one.
_SAME = ("quantity", "unit", "unit_mass", "loss", "level", "name", "dataset", "parent", "material")
_COLUMN = {about: about for about in _SAME} | {
    "mass_unit": "unit_mass",
    "variant": "applies_to",
    "zero_quantity": "quantity",
    "by_product": "quantity",
}
#: More rows than this are counted, not listed.
MOST_ROWS = 8


def sentence(kind: str, language: str, **values: str) -> tuple[str, str]:
    """The sentence of a kind and what to do, in `en` or `zh`."""
    words = load("questions")[kind]
    chinese = language.startswith("zh")
    text = words["zh" if chinese else "en"]
    what_to_do = words.get("do_zh" if chinese else "do", "")
    for name, value in values.items():
        text, what_to_do = (
            text.replace("{" + name + "}", value),
            what_to_do.replace("{" + name + "}", value),
        )
    return text, what_to_do


def code_of(kind: str) -> str:
    """The stable code of a kind of question."""
    return str(load("questions")[kind]["code"])


def rows_in_words(rows: tuple[int, ...] | None, language: str) -> str:
    """`rows 3, 5, 9`; long lists are cut and counted."""
    if not rows:
        return ""
    shown = ", ".join(map(str, rows[:MOST_ROWS])) + (" ..." if len(rows) > MOST_ROWS else "")
    if language.startswith("zh"):
        return f"第 {shown} 行" + (f"（共 {len(rows)} 行）" if len(rows) > MOST_ROWS else "")
    return (
        ("row " if len(rows) == 1 else "rows ")
        + shown
        + (f" ({len(rows)} in all)" if len(rows) > MOST_ROWS else "")
    )


def blocking_problems(reading: Reading, language: str = "en") -> Iterator[Problem]:
    """Every question whose answer a number hangs on, one problem for each row and cell."""
    for ask in reading.asks:
        if not ask.blocking:
            continue
        if ask.rows is None or "columns" in dict(ask.values):
            yield _problem(reading, ask, None, language)
        elif ask.kind in _ONE_ANSWER and not reading.documented and len(ask.rows) > 1:
            yield _problem(reading, ask, ask.rows[0], language, ask.rows)
        else:
            for row in ask.rows:
                yield _problem(reading, ask, row, language)


def notes(reading: Reading, language: str = "en") -> Iterator[Problem]:
    """What was assumed, skipped or is not known, each kind once with its rows."""
    remarks = (*reading.assumed, *(ask for ask in reading.asks if not ask.blocking))
    for remark in remarks:
        if reading.documented and remark.kind not in _ALWAYS:
            continue
        text, what_to_do = sentence(
            remark.kind, language, text=_cell(reading, remark, None), **dict(remark.values)
        )
        rows = rows_in_words(remark.rows, language)
        message = f"{text} ({rows})" if rows and len(remark.rows or ()) > 1 else text
        row = remark.rows[0] if remark.rows and len(remark.rows) == 1 else None
        where = Where(reading.file, row)
        if remark.about == "columns":
            where = Where(reading.file, reading.header_row or None, dict(remark.values)["columns"])
        yield Problem(code_of(remark.kind), message, where, what_to_do)
    by_reason: dict[str, list[int]] = {}
    for skipped in reading.skipped:
        by_reason.setdefault(skipped.reason, []).append(skipped.row)
    for reason, numbers in by_reason.items():
        text, _ = sentence("skipped", language, reason=reason_in_words(reason, language))
        row = numbers[0] if len(numbers) == 1 else None
        which = "" if row else f" ({rows_in_words(tuple(numbers), language)})"
        yield Problem(code_of("skipped"), f"{text}{which}", Where(reading.file, row))


#: One option answers these for all rows (`--decimal`, `--map`, `--unit`, `--loss`): asked once.
_ONE_ANSWER = frozenset(
    "quantity_ambiguous mass_ambiguous mass_unit_missing unit_missing loss_unclear".split()
)

#: What is said of a table in the documented form too; the rest is asked of exports only.
_ALWAYS = frozenset(
    """
    columns_unused formula_values hidden_rows hidden_sheet sheets_left_out encoding_guessed
    unclosed_quote stray_quote approximate negative facts_unused
    """.split()
)


def reason_in_words(reason: str, language: str) -> str:
    """Why a row is no line, in words."""
    words = load("reasons").get(reason, {"en": reason, "zh": reason})
    return str(words["zh" if language.startswith("zh") else "en"])


def _cell(reading: Reading, remark: Remark, row: int | None) -> str:
    at = row if row is not None else (remark.rows[0] if remark.rows else None)
    means = _COLUMN.get(remark.about, "")
    text = reading.cell(at, means) if at is not None and reading.cell is not None and means else ""
    return f"{text[:60]!r}"


def _problem(
    reading: Reading, ask: Remark, row: int | None, language: str, rows: tuple[int, ...] = ()
) -> Problem:
    text, what_to_do = sentence(
        ask.kind, language, text=_cell(reading, ask, row), **dict(ask.values)
    )
    if rows:
        text = f"{text} ({rows_in_words(rows, language)})"
    means = _COLUMN.get(ask.about)
    column = (
        next((one.header for one in reading.columns if one.means == means), None) if means else None
    )
    if means == "quantity" and column is None:
        column = next(
            (one.header for one in reading.columns if one.means == "total_quantity"), None
        )
    if reading.documented:  # its columns are known by their names in docs/bom.md
        column = means
    whole = reading.header_row if "columns" in dict(ask.values) else None
    where = Where(reading.file, row or whole, column if row is not None else None)
    return Problem(code_of(ask.kind), text, where, what_to_do)
