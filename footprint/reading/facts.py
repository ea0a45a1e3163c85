"""Product facts that stand around a table: keys and values, titles, a cover sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from footprint.reading.grid import Row, filled_cells, text_of
from footprint.reading.header import FoundTable
from footprint.reading.how_many import LIST_FOR, for_many, of_list
from footprint.reading.vocabulary import fact_keys as fact_words
from footprint.reading.vocabulary import fold, row_words
from footprint.sheets.model import Book, Sheet

#: A cover sheet is a page.
MOST_COVER_ROWS = 200
_WHOLE = re.compile(r"[1-9]\d{0,6}(?:[.,]0+)?")
_LATIN = re.compile(r"[a-z][a-z0-9/#&]*")
_KEY_UNIT = re.compile(r"^(?P<key>.+?)\s*[(（\[](?P<unit>[^)）\]]+)[)）\]]$")
_CODE = re.compile(
    r"(?<![\w-])(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z][A-Z0-9]{0,6}(?:-[A-Z0-9]+)*(?![\w])"
)
#: A recipe that says in a sentence how many it makes: `Makes 12 muffins`, `4人份`.
_YIELD = re.compile(
    r"(?:recipe )?(?:makes|yields?|serves|gives|ergibt|reicht für|donne|pour|per|para|rinde|dla)"
    r"\s*:?\s*(?:about |ca\.? |approx\.? )?(?P<amount>\d+)\s+[^\W\d_]+(?:\s+[^\W\d_]+)?\.?"
    r"|(?:可做|可制作)?\s*(?P<after>\d+)\s*(?:人份|个份|個分|人分|인분)",
    re.I,
)
#: A name that says how many eat of it: `Gulasch (10 Portionen)`.
_SERVINGS = re.compile(
    r"(?<![\d.,])(?P<amount>[1-9]\d{0,3})\s*(?:(?:portion(?:s|en)?|servings?|personen|personnes|"
    r"persone|personas|porzioni|porciones|raciones|porções|porcj[ei]|khẩu phần)\b"
    r"|人份|人前|人分|인분)",
    re.I,
)
#: A title that says for how many the list is: `BOM for 24 bottles`, `Stückliste für 100 Stück`.
_FOR_MANY = re.compile(
    r"(?P<words>[^\d:：]{2,40}?)\s+(?:for|für|fuer|pour|para|per|dla|cho)\s+(?P<amount>[1-9]\d*)"
    r"\s+[^\W\d_].*",
    re.I,
)
_ENDS = (" bill of materials", " parts list", " part list", " cut list", " material list")
#: A further key in the same cell: `产品：风扇 数量：100台`.
_NEXT_KEY = re.compile(r"\s+(?=[^\s:：]{1,16}[:：](?!//))")
#: `Page 2 of 3` at the edge of a printed title.
_PAGE_MARK = re.compile(
    r"\s{2,}(?:page|seite|pag\.?|página|strona|页)\s*\d+(?:\s*\D{1,3}\s*\d+)?\s*$", re.I
)
#: A key and its value in one line of a printed list: `Einsatzmenge (ST)     10,000`.
_APART = re.compile(r"(\S.{0,40}?)\s{3,}(\S.*)")
#: Who made the list, as many exports head it: no name of a product.
_COMPANY = re.compile(
    r".*(?:有限公司|有限责任公司|有限責任公司|股份公司|集团|集團|工厂|工廠|制品厂|製品廠|株式会社|주식회사"
    r"|\b(?:ltd|limited|gmbh|inc|llc|corp|corporation|s\.r\.l|s\.p\.a|b\.v)\.?)"
    r"|(?:株式会社|주식회사).*",
    re.I,
)
#: The same before the name of the product, without a blank: `某某电器有限公司加湿器`.
_COMPANY_BEFORE = re.compile(r".{2,30}?(?:有限公司|有限责任公司|有限責任公司)[\s:：—–-]*(?=\S{2})")
_BRACKETED = re.compile(r"^\[(?P<code>[^\]]+)\]\s*(?P<name>.+)$")


@dataclass(slots=True)
class FactsFound:
    """What was found: fact -> text, the row and unit of each, and titles in order."""

    values: dict[str, str] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    beside: dict[str, list[str]] = field(default_factory=dict)
    titles: list[str] = field(default_factory=list)
    #: Numbers beside words that are no known fact: one of them may be a base quantity.
    numbers: list[tuple[str, str]] = field(default_factory=list)
    #: For how many products a title says that the list is.
    title_amount: int = 0

    def add(self, fact: str, value: str, row: int, unit: str = "") -> None:
        """Keep the first value of a fact."""
        if value and fact not in self.values:
            self.values[fact], self.rows[fact] = value, row
            if unit:
                self.units[fact] = unit


def facts_around(book: Book, table: FoundTable, own: Sheet) -> FactsFound:
    """The facts above and below the table, then those of the visible sheets without a table. The
    table's `own` sheet in the book is none of these, though its rows may have been put in order."""
    found = FactsFound()
    for at in table.above:
        _row_facts(found, table.sheet.rows[at - 1], at)
    for at in table.body[-12:]:
        row = table.sheet.rows[at - 1]
        if any(isinstance(cell, str) and _has_colon(cell) for cell in row):  # no fact without one
            _row_facts(found, row, at, only_marked=True)
    for sheet in book.sheets:
        if sheet is not own and not sheet.hidden and _is_cover(sheet):
            for row in sheet.rows[:MOST_COVER_ROWS]:
                _row_facts(found, row, 0, cover=True)
    return found


def product_in(row: Row) -> str:
    """The product that a row names with its key (`Product: | Lamp B`), or ""."""
    found = FactsFound()
    _row_facts(found, row, 0, only_marked=True)
    return found.values.get("name") or found.values.get("product_id") or ""


def product_above(table: FoundTable) -> str:
    """The product that the rows above a table name with its key, or ""."""
    return next(filter(None, (product_in(table.sheet.rows[at - 1]) for at in table.above)), "")


def _is_cover(sheet: Sheet) -> bool:
    rows = [filled_cells(row) for row in sheet.rows[:MOST_COVER_ROWS]]
    wide = sum(len(cells) > 6 for cells in rows)
    return wide <= 0.2 * max(1, sum(bool(cells) for cells in rows))


def _row_facts(
    found: FactsFound, row: Row, at: int, *, only_marked: bool = False, cover: bool = False
) -> None:
    cells = [(column, text_of(cell)) for column, cell in filled_cells(row)]
    if cells and cells[0][1].startswith("#") and len(cells[0][1]) > 1:
        cells = [(1, ", ".join(text for _, text in cells).lstrip("# "))]
    cells = _printed(cells)
    if not cells:
        return
    if not only_marked and not cover:
        found.numbers += _loose_numbers(cells)
    for key, value, marked in _pairs(cells):
        name, unit = _key(key)
        fact = _fact_of(name) if name not in LIST_FOR else of_list(value)
        if fact is None or (only_marked and not marked):
            continue
        if not marked and not value:
            continue
        found.add(fact, value, at, unit)
        _servings(found, value if fact == "name" else "", at)
        if fact == "yield":
            found.beside["yield"] = [text for _, text in cells if text not in {key, value}]
    if len(cells) == 1 and not only_marked and _sentence(found, cells[0][1], at):
        return
    if not only_marked and not cover and (title := _title(cells)):
        _title_amount(found, title)
        _servings(found, title, at)
        found.titles.append(title)


def _servings(found: FactsFound, text: str, row: int) -> None:
    if match := _SERVINGS.search(text):
        found.add("yield", match["amount"], row)


def _sentence(found: FactsFound, text: str, at: int) -> bool:
    """Whether a row is a sentence that says for how many products the list is, or how many a
    recipe makes."""
    if many := for_many(text):
        found.add("base_quantity", many, at)
    elif match := _YIELD.fullmatch(text):
        found.add("yield", match["amount"] or match["after"], at)
    else:
        return False
    return True


def _printed(cells: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Key and value of a printed line, which stand in one cell."""
    match = _APART.fullmatch(cells[0][1]) if len(cells) == 1 else None
    if match is None or _has_colon(match[1].rstrip(":： ")) or not _fact_of(_key(match[1])[0]):
        return cells
    return [(1, match[1]), (2, match[2])]


def _title_amount(found: FactsFound, title: str) -> None:
    match = _FOR_MANY.fullmatch(title)
    words = match["words"] if match else ""
    # `Recipe` is a key of the product's name and no word of titles.
    if match and (_is_list_word(words) or fact_words().get(fold(words)) == "name"):
        found.title_amount = int(match["amount"])


def _is_list_word(text: str) -> bool:
    """Whether a text is a word for such lists, as `Bill of materials` and `Stückliste` are."""
    title = fold(text)
    words = row_words("title")
    return title in words or title.split(" ")[-1] in words or title.endswith(_ENDS)


def _title(cells: list[tuple[int, str]]) -> str:
    """What a row says as a title: alone in its row, or behind a word for such lists
    (`Parts list: Bench`, `Stückliste | Bank`); "" where it says none."""
    if len(cells) == 1 and not _has_colon(cells[0][1]):
        return cells[0][1]
    if len(cells) > 2:
        return ""
    key, _, value = re.sub("：", ":", cells[0][1]).partition(":")
    if len(cells) == 2:
        key, value = (key, cells[1][1]) if not value.strip() else ("", "")
    first = (value.split() or [""])[0]
    known = fold(first) in fact_words() or fold(first) in row_words("footer")
    return value.strip() if _is_list_word(key) and not known else ""


def _loose_numbers(cells: list[tuple[int, str]]) -> list[tuple[str, str]]:
    """(words, number) of neighbours where the words are no known fact."""
    pairs = pairwise(text for _, text in cells)
    return [
        (left, right)
        for left, right in pairs
        if _WHOLE.fullmatch(right) and not left[:1].isdigit() and _key(left)[0] not in fact_words()
    ]


def _fact_of(name: str) -> str | None:
    """The fact of a folded key; one in two languages (`product 产品`) is that of either."""
    table = fact_words()
    if name in table:
        return table[name]
    latin = " ".join(_LATIN.findall(name))
    other = "".join(_LATIN.sub(" ", name).split())
    return (table.get(latin) or table.get(other)) if latin and other else None


def _has_colon(text: str) -> bool:
    return ":" in text or "：" in text


def _key(text: str) -> tuple[str, str]:
    bare = text.strip().rstrip(":： ")
    match = _KEY_UNIT.match(bare)
    if match and fold(bare) not in fact_words():
        return fold(match["key"]), match["unit"]
    return fold(bare), ""


def _pairs(cells: list[tuple[int, str]]) -> Iterator[tuple[str, str, bool]]:
    """(key, value, marked by a colon) of a row: `Key: value`, `Key:` | value, Key | value."""
    at = 0
    while at < len(cells):
        text = cells[at][1]
        bare = text.rstrip()
        if bare.endswith((":", "：")):
            follows = cells[at + 1][1] if at + 1 < len(cells) else ""
            takes = bool(follows) and not follows.rstrip().endswith((":", "："))
            yield bare.rstrip(":： "), follows if takes else "", True
            at += 2 if takes else 1
            continue
        inside = re.match(r"^(?P<key>[^:：]{1,40})[:：]\s*(?P<value>.+)$", bare)
        if inside and (_fact_of(fold(inside["key"])) or fold(inside["key"]) in LIST_FOR):
            value, *more = _NEXT_KEY.split(inside["value"])
            yield inside["key"], value.strip(), True
            for one in more:
                key, _, text_of_it = one.replace("：", ":").partition(":")
                yield key.strip(), text_of_it.strip(), True
            at += 1
            continue
        last = at + 1 == len(cells) or cells[at + 1][1].rstrip().endswith((":", "："))
        if not last and (_fact_of(_key(text)[0]) or _key(text)[0] in LIST_FOR):
            yield bare, cells[at + 1][1], False
            at += 2
            continue
        at += 1


def title_name(titles: Iterable[str]) -> str:
    """The product's name in a title such as `Parts list Wall fan WF-3`, or "": a company that the
    list is headed by is none."""
    for title in titles:
        rest = _PAGE_MARK.sub("", title)
        if _APART.fullmatch(rest):
            continue  # the head of a page: a form, a company, a date
        for word in sorted(row_words("title"), key=len, reverse=True):
            rest = _without(rest, word)
        rest = _COMPANY_BEFORE.sub("", rest.strip(" -–—:：()（）"), count=1)
        parts = [part.strip(" -–—:：()（）,;") for part in re.split(r"\s+[-–—]\s+", rest)]
        rest = next((part for part in parts if not _COMPANY.fullmatch(part)), "")
        if len(rest) >= 2 and any(char.isalpha() for char in rest) and len(rest) <= 80:
            return rest
    return ""


def _without(text: str, word: str) -> str:
    """The text without a title word; words are compared folded."""
    folded = fold(text)
    if word not in folded:
        return text
    if not word.isascii():
        return (
            re.sub(re.escape(word), " ", text, flags=re.I)
            if word in text.casefold()
            else _by_words(text, word)
        )
    return _by_words(text, word)


def _by_words(text: str, word: str) -> str:
    tokens = text.split()
    folded = [fold(token.strip("():：（）")) for token in tokens]
    wanted = word.split()
    for at in range(len(tokens) - len(wanted) + 1):
        if folded[at : at + len(wanted)] == wanted:
            return " ".join(tokens[:at] + tokens[at + len(wanted) :])
    return text


def code_in(text: str) -> str:
    """A product code inside a title, such as `TD-12`, or ""."""
    found = [match for match in _CODE.findall(text) if "-" in match or len(match) > 3]
    return found[-1] if found else ""


def split_code(text: str) -> tuple[str, str]:
    """`[TAB-1] Side table` as code and name; the code is "" where there is none."""
    match = _BRACKETED.match(text)
    return (match["code"], match["name"]) if match else ("", text)
