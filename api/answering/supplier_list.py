"""The list of suppliers that a buyer has: any table, whose columns are found by their headings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from api.faults import REFUSED
from footprint.faults import Where
from footprint.sheets.open import open_book

#: More suppliers are several campaigns.
MOST_SUPPLIERS, MOST_PRODUCTS = 2_000, 50
#: What the headings of columns say, in the languages and words of purchasing tools.
_HEADINGS = {
    "mail": re.compile(r"e-?mail|\bmail\b|邮箱|邮件", re.IGNORECASE),
    "language": re.compile(r"^lang|语言", re.IGNORECASE),
    "spend": re.compile(
        r"spend|share of purchases|purchas(e|ing) (share|volume)|采购(额|占比|份额)", re.IGNORECASE
    ),
    "products": re.compile(
        r"product|part|article|material|item|产品|物料|料号|零件|货品", re.IGNORECASE
    ),
    "name": re.compile(r"supplier|vendor|company|^name|供应商|厂商|公司|名称", re.IGNORECASE),
}
_MAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\"]+")
_MANY = re.compile(r"\s*[;；|\n]\s*")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class ListedSupplier:
    """A supplier of a list: who he is, where he is written to, and what he is asked for."""

    name: str
    mail: str
    language: str
    spend: float | None
    products: tuple[str, ...]


def read_suppliers_list(data: bytes, file: str) -> list[ListedSupplier]:
    """The suppliers of a table; rows of the same name and mail are one with several products.

    Raises InputRefused (BOM codes) for what is no table, ServiceRefused API-003 with every row that
    cannot be used.
    """
    book = open_book(data, file)
    for sheet in book.sheets:
        rows = [[_text(cell) for cell in row] for row in sheet.rows]
        for at, row in enumerate(rows[:20]):
            columns = _columns(row)
            if "name" in columns and "mail" in columns:
                return _suppliers(rows[at + 1 :], columns, file, at + 2)
    raise REFUSED.refuse(
        "No row has a heading for the supplier's name and one for his mail address.",
        "Such as: supplier, email, products (several divided by ;), language, spend.",
        where=Where(file),
    )


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _columns(row: Sequence[str]) -> dict[str, int]:
    """Which column means what: each heading one thing, the surest first."""
    found: dict[str, int] = {}
    taken: set[int] = set()
    for meaning, words in _HEADINGS.items():
        for at, text in enumerate(row):
            if at not in taken and text and len(text) < 60 and words.search(text):
                found[meaning] = at
                taken.add(at)
                break
    return found


def _suppliers(
    rows: Sequence[Sequence[str]], columns: dict[str, int], file: str, first: int
) -> list[ListedSupplier]:
    found: dict[tuple[str, str], ListedSupplier] = {}
    problems: list[Any] = []
    for number, row in enumerate(rows, start=first):
        if not any(row):
            continue
        cells = {name: row[at] if at < len(row) else "" for name, at in columns.items()}
        wrong = _wrong(cells)
        if wrong:
            refused = REFUSED.refuse(wrong, where=Where(file, number))
            problems += refused.problems
            continue
        one = _supplier(cells)
        before = found.get((one.name, one.mail))
        products = tuple(dict.fromkeys((*(before.products if before else ()), *one.products)))
        spend = one.spend if before is None or before.spend is None else before.spend
        found[one.name, one.mail] = ListedSupplier(
            one.name, one.mail, one.language, spend, products[:MOST_PRODUCTS]
        )
    if problems:
        raise REFUSED.refuse_all(problems)
    if not found or len(found) > MOST_SUPPLIERS:
        raise REFUSED.refuse(
            f"The list has {len(found)} suppliers; a campaign has 1 to {MOST_SUPPLIERS}.",
            where=Where(file),
        )
    return list(found.values())


def _wrong(cells: dict[str, str]) -> str:
    if not cells["name"]:
        return "The name of the supplier is missing."
    if not _MAIL.fullmatch(cells["mail"]):
        return f"{cells['mail'][:60]!r} is no mail address."
    spend = cells.get("spend", "").rstrip("% ").replace(",", "")
    if spend and not re.fullmatch(r"\d+(\.\d+)?", spend):
        return f"{cells['spend'][:60]!r} is no share or amount."
    return ""


def _supplier(cells: dict[str, str]) -> ListedSupplier:
    spend = cells.get("spend", "").rstrip("% ").replace(",", "")
    products = [one for one in _MANY.split(cells.get("products", "")) if one]
    told = cells.get("language", "").lower()
    chinese = told.startswith(("zh", "cn", "中")) or (not told and _CHINESE.search(cells["name"]))
    return ListedSupplier(
        cells["name"][:200],
        cells["mail"][:200],
        "zh" if chinese else "en",
        float(spend) if spend else None,
        tuple(one[:200] for one in products),
    )
