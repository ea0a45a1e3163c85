"""Product facts that stand around a table: keys and values, titles, a cover sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from footprint.late_pattern import late_pattern
from footprint.reading.assembly_sections import assembly_named
from footprint.reading.facts_found import FactsFound
from footprint.reading.grid import Row, filled_cells, text_of
from footprint.reading.header import FoundTable
from footprint.reading.heading_units import known_heading
from footprint.reading.how_many import LIST_FOR, for_many, of_list
from footprint.reading.many_above import many_above
from footprint.reading.titles import APART
from footprint.reading.vocabulary import fact_keys as fact_words
from footprint.reading.vocabulary import fold, row_words
from footprint.sheets.model import Book, Sheet

#: A cover sheet is a page.
MOST_COVER_ROWS = 200
_WHOLE = late_pattern(r"[1-9]\d{0,6}(?:[.,]0+)?")
_LATIN = late_pattern(r"[a-z][a-z0-9/#&]*")
_KEY_UNIT = late_pattern(r"^(?P<key>.+?)\s*[(（\[](?P<unit>[^)）\]]+)[)）\]]$")
_SAID_OF = late_pattern(r"(?P<key>[^:：]{1,24})[:：]\s*(?P<value>[^:：]{1,40})")
#: What parts a key from its value in a printed line, and both from the next pair.
_FAR = late_pattern(r"\s{3,}")
#: A recipe that says in a sentence how many it makes: `Makes 12 muffins`, `4人份`.
_YIELD = late_pattern(
    r"(?:recipe )?(?:makes|yields?|serves|gives|ergibt|reicht für|donne|pour|per|para|rinde|dla)"
    r"\s*:?\s*(?:about |ca\.? |approx\.? )?(?P<amount>\d+)\s+[^\W\d_]+(?:\s+[^\W\d_]+)?\.?"
    r"|(?:für|fuer|for)\s+(?P<so_many>\d+)\s+(?!(?:ml|cl|dl|l|kg|g|t|mm|cm|m|lb|oz)\b)[^\W\d_]+"
    r"(?:\s+[^\W\d_]+)?\.?"
    r"|(?:可做|可制作)?\s*(?P<after>\d+)\s*(?:人份|个份|個分|人分|인분)",
    re.I,
)
#: A name that says how many eat of it: `Gulasch (10 Portionen)`.
_SERVINGS = late_pattern(
    r"(?<![\d.,])(?P<amount>[1-9]\d{0,3})\s*(?:(?:portion(?:s|en)?|servings?|personen|personnes|"
    r"persone|personas|porzioni|porciones|raciones|porções|porcj[ei]|khẩu phần)\b"
    r"|人份|人前|人分|인분)",
    re.I,
)
#: A title that says for how many the list is: `BOM for 24 bottles`, `Stückliste für 100 Stück`.
_FOR_MANY = late_pattern(
    r"(?P<words>[^\d:：]{2,40}?)\s+(?:for|für|fuer|pour|para|per|dla|cho)\s+(?P<amount>[1-9]\d*)"
    r"\s+[^\W\d_].*",
    re.I,
)
#: How lists of Creo begin: `Assembly FAN_UNIT contains:`.
_CONTAINS = late_pattern(r"\s(?:contains|enthält|contient)\s*:$", re.I)
_ENDS = (" bill of materials", " parts list", " part list", " cut list", " material list")
#: A further key in the same cell: `产品：风扇 数量：100台`.
_NEXT_KEY = late_pattern(r"\s+(?=[^\s:：]{1,16}[:：](?!//))")


def facts_around(book: Book, table: FoundTable, own: Sheet) -> FactsFound:
    """The facts above and below the table, then those of the visible sheets without a table. The
    table's `own` sheet in the book is none of these, though its rows may have been put in order."""
    found = FactsFound()
    keys = 0
    for at in table.above:
        row = table.sheet.rows[at - 1]
        if keys and _below_keys(found, table.sheet.rows[keys - 1], row, at):
            keys = 0
        elif keys := at if _are_keys(row) else 0:
            continue
        else:
            _row_facts(found, row, at)
    for at in table.body[-12:]:
        row = table.sheet.rows[at - 1]
        if any(isinstance(cell, str) and _has_colon(cell) for cell in row):  # no fact without one
            _row_facts(found, row, at, only_marked=True)
    for sheet in book.sheets:
        if sheet is not own and not sheet.hidden and _is_cover(sheet):
            for row in sheet.rows[:MOST_COVER_ROWS]:
                _row_facts(found, row, 0, cover=True)
    return found


def _are_keys(row: Row) -> bool:
    """Whether a row holds keys alone, two facts at least: their values then stand below them."""
    names = [_key(text_of(cell))[0] for _, cell in filled_cells(row)]
    facts = {_fact_of(name) for name in names} - {None}
    words = all(known_heading(name) or _fact_of(name) for name in names[:2])
    return len(facts) > 1 and words and not any(_has_colon(text_of(cell)) for cell in row)


def _below_keys(found: FactsFound, keys: Row, row: Row, at: int) -> bool:
    """Take the values of a row of keys from the row below it; False where these are no values."""
    named = [(column, _key(text_of(cell))) for column, cell in filled_cells(keys)]
    values = {column: text_of(cell) for column, cell in filled_cells(row)}
    if not values or not values.keys() <= {column for column, _ in named}:
        return False
    for column, (name, unit) in named:
        fact = _fact_of(name)
        if fact and column in values:
            found.add(fact, values[column], at, unit)
    return True


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
        _keep_unused(found, cells, at)
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


def _keep_unused(found: FactsFound, cells: list[tuple[int, str]], at: int) -> None:
    """Keep what a row says that no fact takes."""
    unknown = [
        f"{key} {value}"
        for key, value, marked in _pairs(cells)
        if marked and value and not _fact_of(_key(key)[0]) and _key(key)[0] not in LIST_FOR
    ]
    if not unknown and _is_unknown_pair(cells):
        unknown = [" ".join(text for _, text in cells)]
    if unknown:
        found.unused[at] = "; ".join(unknown)[:60]


def _is_unknown_pair(cells: list[tuple[int, str]]) -> bool:
    """Whether a row is a word and what is said of it (`Year | 2025`, `Year: 2025`), and the word no
    known fact."""
    texts = [text for _, text in cells]
    if len(texts) == 1 and (match := _SAID_OF.fullmatch(texts[0])):
        texts = [match["key"], match["value"]]
    if len(texts) != 2 or any(map(_has_colon, texts)):
        return False
    key, value = texts
    name = _key(key)[0]
    known = _fact_of(name) or name in LIST_FOR or _is_list_word(key)
    return not known and not key[:1].isdigit() and len(key) <= 24 and len(value) <= 40


def _servings(found: FactsFound, text: str, row: int) -> None:
    if match := _SERVINGS.search(text):
        found.add("yield", match["amount"], row)


def _sentence(found: FactsFound, text: str, at: int) -> bool:
    """Whether a row is a sentence that says for how many products the list is, or how many a
    recipe makes."""
    if many := for_many(text):
        found.add("base_quantity", many, at)
    elif match := _YIELD.fullmatch(text):
        found.add("yield", match["amount"] or match["so_many"] or match["after"], at)
    else:
        return _many_above(found, text, at)
    return True


def _many_above(found: FactsFound, text: str, at: int) -> bool:
    """Whether a row says for how many products the figures are; of the list itself it is asked."""
    many = many_above(text)
    listed = many is not None and _is_list_word(many.rest)
    if many is None or not (many.sure or many.pieces or listed or not many.rest):
        return False
    found.unused.pop(at, None)
    if many.sure:
        found.add("base_quantity", str(many.amount), at)
    else:
        found.title_amount = many.amount
    return many.sure or listed


def _printed(cells: list[tuple[int, str]]) -> list[tuple[int, str]]:
    """Keys and values of a printed line, which stand in one cell."""
    apart = _FAR.split(cells[0][1].strip()) if len(cells) == 1 else []
    if len(apart) > 3 and all(_fact_of(_key(apart[at])[0]) for at in (0, 2)):
        return list(enumerate(apart, start=1))
    match = APART.fullmatch(cells[0][1]) if len(cells) == 1 else None
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
    if len(cells) == 1 and _CONTAINS.search(cells[0][1]):
        return assembly_named(cells[0][1])
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
