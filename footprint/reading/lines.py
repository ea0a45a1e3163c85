"""The rows of a table as lines; what is no line is set aside with its reason."""

from __future__ import annotations

from footprint.late_pattern import late_pattern
from footprint.reading import line_amounts
from footprint.reading.amounts import Amount, amount_of
from footprint.reading.builder import NO_MARK, Builder
from footprint.reading.designators import count_designators
from footprint.reading.dittos import without_dittos
from footprint.reading.facts import product_above, product_in
from footprint.reading.grid import cell_at, filled_cells, text_of
from footprint.reading.item_names import items_apart
from footprint.reading.left_out import left_out
from footprint.reading.model import ReadLine, Skipped
from footprint.reading.rows import Cells, is_optional, kind_of_row, speaks_of_spares
from footprint.reading.section_codes import coded_sections
from footprint.reading.shared_packaging import is_shared
from footprint.reading.usual import UsualRows
from footprint.reading.vocabulary import fold, row_words

_FIGURES = frozenset("0123456789.,'’ +-%€$¥£")
#: Columns that say something of the quantity beside it.
_REMARKED = frozenset(("fixed_quantity", "applies_to", "note"))
#: What stands in for a name that a row does not have.
_NAMING = ("id", "material", "description", "device", "footprint")
_FIXED_OR_NOT = frozenset(("f/v", "fixed/variable", "fixed/unit", "fixed or unit"))
#: `Usage prob. (%)`, `Planning percent`: in how many of the products a line is.
_SHARE_OF_USE = late_pattern(r"prob|wahrsch|percent|%")
_BLANKS = frozenset((" ", "\u3000", "\t"))


def build_lines(builder: Builder) -> None:
    """Read every row of the body into `reading.lines` and `reading.skipped`."""
    header = frozenset(heading.text for heading in builder.table.headings if heading.text)
    if builder.table.second_row is not None:
        builder.reading.skipped.append(Skipped(builder.table.second_row, builder.table.second_kind))
    yes_only = _yes_only(builder)
    continued = _continued(builder)
    taken = {row for _, rows in continued.values() for row in rows}
    sections = coded_sections(builder).difference(builder.options.rows)
    usual = UsualRows(builder, header)
    above: list[str] = []
    for row in builder.table.body:
        cells = builder.table.sheet.rows[row - 1]
        texts = [cell.strip() if isinstance(cell, str) else text_of(cell) for cell in cells]
        texts = without_dittos(texts, above)
        above = texts
        if row in taken:
            builder.reading.skipped.append(Skipped(row, "continuation", " ".join(texts).strip()))
        elif row in sections:
            _skip(builder, row, "section", list(filter(None, texts)))
        elif line := usual.line(row, cells, texts):
            _keep(builder, line)
        elif any(texts):
            if row in continued:
                texts[builder.where["designators"] - 1] = continued[row][0]
            _row(builder, row, texts, header, yes_only)
    if builder.formulas:
        builder.reading.say("formula", "formula_values", None, count=builder.formulas)


def _continued(builder: Builder) -> dict[int, tuple[str, list[int]]]:
    """Designators that go on in the rows below (`C1,C2,` above `C3`): row -> (all of them, the rows
    below that hold nothing else)."""
    column = builder.where.get("designators", 0)
    found: dict[int, tuple[str, list[int]]] = {}
    first = 0
    for row in builder.table.body if column else ():
        cells = builder.table.sheet.rows[row - 1]
        text = text_of(cell_at(cells, column))
        above, rows = found.get(first, ("", []))
        if text and above.endswith((",", ";")) and len(filled_cells(cells)) == 1:
            found[first] = (f"{above} {text}", [*rows, row])
        elif text:
            first, found[row] = row, (text, [])
    return {row: one for row, one in found.items() if one[1]}


def _yes_only(builder: Builder) -> frozenset[str]:
    column = builder.where.get("fitted")
    if column is None:
        return frozenset()
    values = {
        fold(text_of(cell_at(builder.table.sheet.rows[row - 1], column)))
        for row in builder.table.body
    }
    return (
        frozenset(("fitted",))
        if "" in values and values - {""} <= row_words("truthy")
        else frozenset()
    )


def _texts(builder: Builder, texts: list[str]) -> dict[str, str]:
    """The cells of a row by meaning; only those that hold something, and whether it is fitted."""
    width = len(texts)
    found = {
        means: text for means, at in builder.text_columns if at < width and (text := texts[at])
    }
    if "fitted" in builder.where:
        found.setdefault("fitted", "")
    return found


def _row(
    builder: Builder,
    row: int,
    cell_texts: list[str],
    header: frozenset[str],
    yes_only: frozenset[str],
) -> None:
    texts = _texts(builder, cell_texts)
    all_texts = list(filter(None, cell_texts))
    if texts.get("parent") and texts.get("head_name"):
        builder.head_names.setdefault(texts["parent"], texts["head_name"])
    if any(map(str.isalnum, texts.get("head", ""))):
        builder.head = texts["head"]
        if texts.get("head_name"):
            builder.head_names.setdefault(builder.head, texts["head_name"])
        if builder.head not in builder.reading.products:
            builder.reading.products = (*builder.reading.products, builder.head)
        if builder.base_cell is None and "base_quantity" in builder.where:
            builder.base_cell = builder.amount(row, "base_quantity")
            builder.base_unit = text_of(
                cell_at(builder.table.sheet.rows[row - 1], builder.where.get("base_unit", 0))
            )
    amount = builder.amount(row, "quantity" if "quantity" in builder.where else "total_quantity")
    amount = items_apart(builder, row, texts, amount)
    name = texts.get("name", "")
    counted = "designators" in texts and count_designators(texts["designators"]) is not None
    cells = Cells(
        texts, all_texts, name, amount, counted or _has_measures(builder, row),
        numbered="line_no" in texts or "level" in texts,
        has_numbers=builder.has_numbers, has_ids="id" in builder.where,
    )  # fmt: skip
    if not cells.numbered and texts.get("id"):
        cells.numbered = True
    no_inputs = builder.meanings.head and not (name or texts.get("id") or texts.get("unit"))
    kind = "no_component" if no_inputs and amount.value is None else kind_of_row(cells, header)
    named = (name or texts.get("id")) and amount.value is not None
    if not (kind or named or builder.reading.documented) and all(map(_is_figure, all_texts)):
        kind = "total"
    placed = counted and any(map(texts.get, ("description", "footprint")))
    if not (kind or placed or any(map(texts.get, ("name", "id", "material")))):
        kind = (
            "no_component"
            if builder.meanings.head or builder.head
            else "note"
            if amount.value is None
            else ""
        )
    if kind and row not in builder.options.rows:
        _skip(builder, row, kind, all_texts)
        return
    _line(builder, row, texts, name, amount, cells, yes_only)


def _is_figure(text: str) -> bool:
    """A number and no more: a row of nothing else adds up the rows above."""
    return bool(text) and all(char in _FIGURES for char in text)


def _has_measures(builder: Builder, row: int) -> bool:
    if "quantity" in builder.where:
        return False
    columns = [
        builder.where[means] for means in ("length", "width", "volume") if means in builder.where
    ]
    columns += [
        column.index for column in builder.meanings.columns if column.means == "variant_quantity"
    ]
    cells = builder.table.sheet.rows[row - 1]
    return any(text_of(cell_at(cells, column)) for column in columns)


def _skip(builder: Builder, row: int, kind: str, all_texts: list[str]) -> None:
    builder.reading.skipped.append(Skipped(row, kind, " | ".join(all_texts)[:120]))
    _next_product(builder, kind, row)
    if kind == "section":
        builder.section = all_texts[-1]
        word = fold(builder.section).rstrip(":")
        builder.skip_section = next(
            (kind for kind in ("spare", "documents") if word in row_words(kind)), ""
        )
    if kind == "total":
        measured: dict[str, Amount] = {
            means: builder.amount(row, means)
            for means in ("unit_mass", "line_mass", "quantity")
            if means in builder.where
        }
        builder.totals.append((row, measured))


def _next_product(builder: Builder, kind: str, row: int) -> None:
    """A second list below the first: its product stands in a row of its own, then the headings
    come again."""
    if kind in {"footer", "section", "note"}:
        product = product_in(builder.table.sheet.rows[row - 1])
        builder.next_product = product or builder.next_product
    elif kind == "repeated_header" and builder.next_product:
        first = "" if builder.reading.products else product_above(builder.table)
        if builder.next_product != first:
            found = (*builder.reading.products, first, builder.next_product)
            builder.reading.products = tuple(dict.fromkeys(filter(None, found)))
            for line in builder.reading.lines:
                line.texts.setdefault("head", first)
            if builder.options.product and builder.options.product not in first:
                builder.reading.skipped += [
                    Skipped(line.row, "other_product", line.name) for line in builder.reading.lines
                ]
                builder.reading.lines.clear()
            builder.head = builder.next_product
        builder.next_product = ""


def _line(
    builder: Builder,
    row: int,
    texts: dict[str, str],
    name: str,
    amount: Amount,
    cells: Cells,
    yes_only: frozenset[str],
) -> None:
    reason = left_out(builder, row, texts, amount, cells, yes_only)
    if reason:
        builder.reading.skipped.append(Skipped(row, reason, name))
        return
    line = ReadLine(
        row,
        name or next(filter(None, map(texts.get, _NAMING)), ""),
        None,
        None,
        texts,
        section=builder.section,
    )
    if builder.head:
        texts["head"] = builder.head
    if builder.table.sheet.marks:
        _marked(builder, line)
    if not name and builder.reading.documented and not builder.formula_in(row, "name"):
        builder.gather("name", "name_missing", row, blocking=True)
    if builder.width and any(map(text_of, builder.table.sheet.rows[row - 1][builder.width :])):
        builder.gather("row", "cells_moved", row, blocking=True)
    if "alternative" in builder.where:
        builder.ids.add(fold(texts.get("id", "")))
    line_amounts.quantity(builder, line, amount)
    _keep(builder, line)


def _keep(builder: Builder, line: ReadLine) -> None:
    """A line with its loss, the numbers that its mass is made of, and the indent of its name."""
    if "loss" in builder.where or "yield" in builder.where:
        line_amounts.loss(builder, line)
    _remarks(builder, line, line.texts)
    builder.reading.lines.append(line)
    if builder.measured:
        measures = {means: builder.amount(line.row, means) for means in builder.measured}
        builder.measures[line.row] = measures
    raw = cell_at(builder.table.sheet.rows[line.row - 1], builder.where.get("name", 0))
    if isinstance(raw, str) and raw[:1] in _BLANKS:
        builder.indents[line.row] = len(raw) - len(raw.lstrip(" \u3000\t"))


def _remarks(builder: Builder, line: ReadLine, texts: dict[str, str]) -> None:
    if line.uncertain:
        builder.gather("=uncertainty", "approximate", line.row)
    if _REMARKED.isdisjoint(texts):
        return
    if _is_fixed(builder, fold(texts.get("fixed_quantity", ""))):
        builder.gather("quantity", "quantity_fixed", line.row, blocking=True)
        line.quantity = None
    if "applies_to" in texts and not _is_in_all(builder, texts["applies_to"]):
        builder.gather("variant", "applies_to", line.row, blocking=True)
    if "note" in texts and is_shared(line, texts["note"]):
        builder.gather("quantity", "quantity_shared", line.row, blocking=True)
        line.quantity = None
    if "note" in texts and is_optional(texts["note"]):
        builder.gather("row", "optional_part", line.row, blocking=True)
    if "note" in texts and speaks_of_spares(texts["note"]):
        builder.gather("quantity", "quantity_spare", line.row)


def _is_fixed(builder: Builder, word: str) -> bool:
    """Whether a quantity is for a whole order: `F` is fixed where the heading is `F/V`, and no
    elsewhere."""
    return word in row_words("fixed") or (
        word == "f" and fold(builder.heading("fixed_quantity")) in _FIXED_OR_NOT
    )


def _is_in_all(builder: Builder, text: str) -> bool:
    """Whether a share of use is 100 %: the line is in every product. Elsewhere 100 is a variant."""
    is_share = bool(_SHARE_OF_USE.search(fold(builder.heading("applies_to"))))
    return is_share and (amount_of(text, builder.mark).value or 0.0) in (100.0, 1.0)


def _marked(builder: Builder, line: ReadLine) -> None:
    """What a worksheet shows of a cell beside its value: formulas, struck-out text, indents."""
    marks = builder.table.sheet.marks
    for means in ("name", "dataset"):
        if builder.formula_in(line.row, means):
            builder.gather(means, f"{means}_formula", line.row, blocking=True)
    columns = [builder.where[means] for means in ("name", "quantity") if means in builder.where]
    if any(marks.get((line.row, column), NO_MARK).strike for column in columns):
        builder.gather("row", "struck_out", line.row, blocking=True)
    if indent := marks.get((line.row, builder.where.get("name", 0)), NO_MARK).indent:
        builder.indents[line.row] = indent
