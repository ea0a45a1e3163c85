"""The product's name and code in the titles above a list."""

from __future__ import annotations

import re
from collections.abc import Iterable

from footprint.late_pattern import late_pattern
from footprint.reading.vocabulary import fold, row_words

_CODE = late_pattern(
    r"(?<![\w-])(?=[A-Z0-9-]*[A-Z])(?=[A-Z0-9-]*\d)[A-Z][A-Z0-9]{0,6}(?:-[A-Z0-9]+)*(?![\w])"
)
#: `Page 2 of 3` at the edge of a printed title.
_PAGE_MARK = late_pattern(
    r"\s{2,}(?:page|seite|pag\.?|página|strona|页)\s*\d+(?:\s*\D{1,3}\s*\d+)?\s*$", re.I
)
#: A key and its value in one line of a printed list: `Einsatzmenge (ST)     10,000`.
APART = late_pattern(r"(\S.{0,40}?)\s{3,}(\S.*)")
#: Who made the list, as many exports head it: no name of a product.
_COMPANY = late_pattern(
    r".*(?:有限公司|有限责任公司|有限責任公司|股份公司|集团|集團|工厂|工廠|制品厂|製品廠|株式会社|주식회사"
    r"|\b(?:ltd|limited|gmbh|inc|llc|corp|corporation|s\.r\.l|s\.p\.a|b\.v)\.?)"
    r"|(?:株式会社|주식회사).*",
    re.I,
)
#: The same before the name of the product, without a blank: `某某电器有限公司加湿器`.
_COMPANY_BEFORE = late_pattern(
    r".{2,30}?(?:有限公司|有限责任公司|有限責任公司)[\s:：—–-]*(?=\S{2})"
)
#: Who made the list, and when: `BOM created 2024-05-01 by ...`.
_MADE = late_pattern(
    r"\s*(?:created|generated|exported|printed|updated|erstellt|généré|creado)\b", re.I
)
#: `Exported from lamp.sch at 6/24/23 8:41 PM`
_EXPORTED = late_pattern(r"exported from (?P<name>.+?)(?:\.[a-z]{2,5})?(?:\s+at\s.*)?", re.I)
_BRACKETED = late_pattern(r"^\[(?P<code>[^\]]+)\]\s*(?P<name>.+)$")


def title_name(titles: Iterable[str]) -> str:
    """The product's name in a title such as `Parts list Wall fan WF-3`, or "": a company that the
    list is headed by is none."""
    for title in titles:
        if exported := _EXPORTED.fullmatch(title.strip()):
            return exported["name"]
        rest = _PAGE_MARK.sub("", title)
        if APART.fullmatch(rest):
            continue  # the head of a page: a form, a company, a date
        for word in sorted(row_words("title"), key=len, reverse=True):
            rest = _without(rest, word)
        rest = _COMPANY_BEFORE.sub("", rest.strip(" -–—:：()（）"), count=1)
        if _MADE.match(rest):
            continue
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
