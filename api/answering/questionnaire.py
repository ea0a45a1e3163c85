"""What a buyer's questionnaire asks, as far as its cells say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from api.answering.model import Question
from footprint.sheets.open import open_book

#: Words that name a question, in both languages, as buyers write them.
_WORDS: dict[Question, re.Pattern[str]] = {
    "footprint": re.compile(r"carbon footprint|\bpcf\b|co2e|碳足迹", re.IGNORECASE),
    "targets": re.compile(
        r"\btargets?\b|net.?zero|carbon.?neutral|sbti|减排目标|碳中和|减碳目标|中和目标",
        re.IGNORECASE,
    ),
    "measures": re.compile(
        r"reduction (measures?|actions?|projects?|plan)|\bmeasures\b|"
        r"减[排碳](措施|行动|项目)",
        re.IGNORECASE,
    ),
    "clean-energy": re.compile(
        r"(clean|renewable|green) (energy|electricity|power)|清洁能源|可再生能源|绿电|绿色电力",
        re.IGNORECASE,
    ),
}
_URN = re.compile(r"urn:[a-z0-9][a-z0-9-]{1,31}:[^\s,;\"'<>]+", re.IGNORECASE)
_DAY = re.compile(r"(20\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")
_DUE = re.compile(r"due|deadline|until|by when|reply by|截止|期限|回复日期|之前", re.IGNORECASE)
#: Cells that are read, and questions of other kinds that are quoted.
_MOST_CELLS, _MOST_OTHERS = 20_000, 20


@dataclass(frozen=True, slots=True)
class Guess:
    """What was found. `others` are questions that are none of the four, as they stand."""

    products: tuple[str, ...] = ()
    due: date | None = None
    questions: tuple[Question, ...] = ()
    others: tuple[str, ...] = ()


def read_questionnaire(data: bytes, file: str) -> Guess:
    """What a table asks. Raises InputRefused (BOM codes) for what is no file of cells."""
    book = open_book(data, file)
    rows = [
        [str(cell).strip() for cell in row if cell not in (None, "")]
        for sheet in book.sheets
        for row in sheet.rows
    ]
    texts = [cell for row in rows for cell in row][:_MOST_CELLS]
    products = dict.fromkeys(found for text in texts for found in _URN.findall(text))
    asked = {name for name, words in _WORDS.items() if any(words.search(one) for one in texts)}
    others = [
        text
        for text in texts
        if text.endswith(("?", "？")) and not any(one.search(text) for one in _WORDS.values())
    ]
    return Guess(
        products=tuple(products)[:100],
        due=next(_days(rows), None),
        questions=tuple(name for name in _WORDS if name in asked),
        others=tuple(text[:300] for text in others[:_MOST_OTHERS]),
    )


def _days(rows: list[list[str]]) -> Iterator[date]:
    """Days in rows that speak of a deadline."""
    for row in rows:
        line = " ".join(row)
        if not _DUE.search(line):
            continue
        for year, month, day in _DAY.findall(line):
            try:
                yield date(int(year), int(month), int(day))
            except ValueError:
                continue
