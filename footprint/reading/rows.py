"""Which rows of a table are lines of the product, and why the others are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from footprint.late_pattern import late_pattern
from footprint.reading.amounts import Amount
from footprint.reading.footers import FIGURE, is_footer, may_begin
from footprint.reading.vocabulary import fold, row_pattern, row_words

_RULE = late_pattern(r"[\s\-=_*.~#+|:·—–─═]+")
#: Lists of SAP mark the rows of their totals and sub-totals so.
_STARS = late_pattern(r"\*{1,5}")
#: Spreadsheets add up groups of rows below each: `Body Total` in the column of the groups.
_GROUP_TOTAL = late_pattern(
    r"\S (?:total|totals|subtotal|result|ergebnis|summe|gesamt|somme|totale|suma)$"
    r"|.(?:合计|小计|汇总|合計|小計|集計|소계|합계|요약)$"
)
#: What a printed list writes on every page.
_PAGE = late_pattern(
    r"(?:page|seite|pagina|página|strona|trang|sheet|blatt)\s*:?\s*\d+(?:\s*(?:/|of|von|de|di|sur|z)\s*\d+)?"
    r"|第\s*\d+\s*[页頁](?:\s*[,，/共].*)?|\d+\s*ページ",
    re.I,
)
#: What such a text begins with where it ends in a number.
_PAGE_BEGINS = frozenset("pPsSſtTbB")
_NOTE_SIGNS = (
    "注",
    "※",
    "*",
    "＊",
    "備考",
    "备注",
    "说明",
    "비고",
    "주:",
    "note",
    "hinweis",
    "anm",
    "nb",
    "nota",
    "uwaga",
    "ghi chú",
    "remark",
    "(*",
)
_ROMAN = late_pattern(r"(?:[IVX]{1,5}|[A-Z]|[一二三四五六七八九十]{1,3}|\d{1,2})[.、)]?")


#: Without one of these columns no row is set aside for what it is, or for not being fitted.
_STRUCTURED = frozenset(("structure", "designators", "footprint"))
_FITTED = frozenset(("dnp", "excluded", "fitted", "designators"))


@dataclass(slots=True)
class Cells:
    """What is needed of a row to tell what kind it is."""

    texts: dict[str, str]
    all_texts: list[str]
    name: str
    amount: Amount
    counted: bool
    numbered: bool
    has_numbers: bool
    has_ids: bool


def kind_of_row(cells: Cells, header: frozenset[str]) -> str:
    """Why a row is no line (`repeated_header`, `rule`, `total`, `footer`, `note`, `section`,
    `text_item`, `reference`, `no_part`), or "" for a line. `header` are the headings."""
    texts = cells.all_texts
    if not texts[0][0].isalnum():
        if all(map(_RULE.fullmatch, texts)):
            return "rule"
        if _STARS.fullmatch(texts[0]) and not (cells.name or cells.texts.get("id")):
            return "total"
    same = 0 if header.isdisjoint(texts) else len(header.intersection(texts))
    if same >= 2 and same >= 0.6 * len(texts):
        return "repeated_header"
    if cells.amount.value is None and any(map(is_page, texts)):
        return "repeated_header"
    if _is_total(cells):
        return "total"
    if is_footer(texts, cells.amount.value is not None, cells.counted):
        return "footer"
    if _has_no_amount(cells) and not cells.counted:
        if texts[0].endswith((":", "：")) and 2 <= len(texts) <= 3:
            return "footer"
        return _without_amount(cells, texts)
    return _by_structure(cells)


def _has_no_amount(cells: Cells) -> bool:
    """Whether no amount stands in a row; `3 Resistors` alone in one counts the rows below."""
    alone = len(cells.all_texts) == 1 and cells.amount.problem == "unit"
    return cells.amount.value is None or alone


def is_page(text: str) -> bool:
    """Whether a cell counts the pages of a printed list: `Page 2 of 3`."""
    first = text[:1]
    may_be = text[-1:].isdigit() if first in _PAGE_BEGINS else first == "第" or text[-1:] == "ジ"
    return may_be and bool(_PAGE.fullmatch(text))


def _is_total(cells: Cells) -> bool:
    name = cells.name
    may_be = [text for text in cells.all_texts if may_begin(text[:2], "total")]
    for text in may_be:
        if total_word(text) == "all" and not (name and text == cells.texts.get("unit")):
            return text != name or not (cells.numbered and cells.has_numbers)
    if not name and not cells.texts.get("id") and _is_total_of_group(cells.all_texts[0]):
        return True
    if not name or not may_be or name not in may_be or total_word(name) != "begins":
        return False
    if cells.has_numbers or cells.has_ids:
        return not cells.numbered
    return not cells.texts.get("material")


def _is_total_of_group(text: str) -> bool:
    return bool(_GROUP_TOTAL.search(fold(text))) or total_word(text) == "begins"


def _is_figure_of_all(cells: Cells) -> bool:
    """`Gross weight` and `Average` in place of a part, in a row that is not numbered."""
    name = cells.name
    may_be = name and not cells.numbered and may_begin(name[:2], "figures")
    return bool(may_be) and fold(name) in row_words("figures")


@cache
def _beginnings(kind: str) -> tuple[str, ...]:
    """What a text begins with that begins with a word of a kind; Latin words end at a blank."""
    words = row_words(kind)
    return tuple(word if not word.isascii() and len(word) > 1 else f"{word} " for word in words)


def total_word(text: str) -> str:
    """Whether a text is a word for totals (`all`), begins with one (`begins`), or neither ("")."""
    name = fold(text)
    if not f"{name} ".startswith(_beginnings("total")):
        return ""
    bare = fold(re.sub(r"[(（\[].*?[)）\]]", "", text)) or name
    return "all" if bare in row_words("total") else "begins"


def _without_amount(cells: Cells, texts: list[str]) -> str:
    """A row without any amount: a section, a note, or a line whose quantity is missing."""
    if _is_figure_of_all(cells):
        return "note"
    text = texts[-1] if len(texts) == 2 and _ROMAN.fullmatch(texts[0]) else texts[0]
    if text.casefold().startswith(_NOTE_SIGNS) or fold(re.split(r"[:：]", text)[0]) in row_words(
        "note"
    ):
        return "note"
    if len(texts) == 1 or (
        len(texts) == 2 and _ROMAN.fullmatch(texts[0]) and not cells.texts.get("unit")
    ):
        identified = bool(cells.texts.get("id")) and cells.name != cells.texts.get("id")
        if identified:
            return _by_structure(cells)
        if FIGURE.fullmatch(text) and not cells.numbered:
            return "total"
        return "section" if len(text) <= 40 and not text.endswith((".", "。")) else "note"
    return _by_structure(cells)


def _by_structure(cells: Cells) -> str:
    if _STRUCTURED.isdisjoint(cells.texts):
        return ""
    structure = fold(cells.texts.get("structure", ""))
    if structure in row_words("structure_text"):
        return "text_item"
    if structure in row_words("structure_by_product"):
        return "by_product"
    if structure in row_words("structure_reference"):
        return "reference"
    if _is_no_part(cells):
        return "no_part"
    return ""


def _is_no_part(cells: Cells) -> bool:
    """Features of a board that a schematic lists: mounting holes, test points, fiducials."""
    if not (cells.texts.get("designators") or cells.texts.get("footprint")):
        return False
    package = fold(cells.texts.get("footprint", ""))
    head = package.split(" ")[0]
    words = row_words("no_part")
    named = cells.name or cells.texts.get("description", "")
    symbol = re.split(r"[\d_]", fold(named))[0].strip()  # `SolderJumper_2_Open`
    return symbol in words or any(head.startswith(word.replace(" ", "")) for word in words)


def is_unfitted(cells: Cells, yes_only: frozenset[str] = frozenset()) -> bool:
    """Whether the row says that its parts are not placed."""
    texts = cells.texts
    if cells.amount.excluded:
        return True
    if _FITTED.isdisjoint(texts):
        return False
    for means in ("dnp", "excluded"):
        value = texts.get(means, "")
        if value and fold(value) not in row_words("falsy"):
            return True
    fitted = texts.get("fitted")
    if fitted is not None:
        word = fold(fitted)
        if word in row_words("falsy") or word in row_words("dnp"):
            return True
        if not word and "fitted" in yes_only:
            return True
    if texts.get("designators"):
        marks = (
            cells.name,
            texts.get("note", ""),
            texts.get("spec", ""),
            texts.get("description", ""),
        )
        return any(_flag(text) for text in marks)
    return False


def _flag(text: str) -> bool:
    """`DNP` alone or set apart: `10k (DNP)`, `DNP - option`, never inside a word such as `NCV7`."""
    if not text:
        return False
    folded = fold(text)
    words = row_words("dnp")
    if folded in words:
        return True
    inside = re.findall(r"[(\[{（](.*?)[)\]}）]", text)
    return (
        any(fold(part) in words for part in inside)
        or folded.startswith(("dnp ", "do not populate", "not fitted", "dnf ", "部品無", "部品な"))
        or folded.endswith((" dnp", " dnf", " dni"))
    )


def speaks_of_spares(text: str) -> bool:
    """Whether a note adds pieces beyond the quantity: `plus 1 spare`."""
    folded = fold(text)
    return (
        bool(folded)
        and bool(row_pattern("spare").search(folded))
        and any(char.isdigit() for char in folded)
    )


def is_optional(note: str) -> bool:
    """Whether a note says that a product may have the part, or not: `optional`, `可选`."""
    return fold(note).strip("()[]（） ") in row_words("optional")
