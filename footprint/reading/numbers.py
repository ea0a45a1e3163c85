"""Numbers as people write them: 1.234,5 and 1,234.5 are told apart by the file, or refused.

One file is written by one hand, so every number in it votes: `12,5` shows a decimal comma, `12.5`
a decimal point. A number that can be read in two ways takes the reading the file has shown; a file
that has shown neither, or both, is refused at that cell. A file whose cells are separated by commas
shows a little: programs that write decimal commas separate by semicolons, so a lone `1.234` is one
and a bit there, while a lone `1,234` stays refused.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from footprint.late_pattern import late_pattern

Mark = Literal[".", ","]

_PLAIN = late_pattern(r"[+-]?\d+([eE][+-]?\d+)?")
_POINT = late_pattern(r"[+-]?([1-9]\d{0,2}(,\d{3})+|\d+)?\.\d+([eE][+-]?\d+)?")
_COMMA = late_pattern(r"[+-]?([1-9]\d{0,2}(\.\d{3})+|\d+)?,\d+([eE][+-]?\d+)?")
#: What nearly every cell holds: ASCII, and only a decimal point can be meant. Read without ado.
SIMPLE = late_pattern(r"-?(?:0|[1-9]\d*)(?:\.(?:\d{1,2}|\d{4,}))?|-?0\.\d{3}", re.ASCII)
_GROUPS_COMMA = late_pattern(r"[+-]?[1-9]\d{0,2}(,\d{3})+")
#: A lakh is written 1,00,000 in India: groups of two before the last three.
_LAKHS = late_pattern(r"[+-]?[1-9]\d?(,\d{2})+,\d{3}(\.\d+)?")
_GROUPS_POINT = late_pattern(r"[+-]?[1-9]\d{0,2}(\.\d{3})+")


class Ambiguous(ValueError):
    """The text is a number in two ways, and nothing says which is meant."""


def clean(text: str) -> str:
    """The text with full-width digits made plain and blanks (also thin ones) taken out."""
    folded = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"(?<=\d)[\s'’](?=\d{3}(\D|$))", "", folded).replace("\u2212", "-")


def reading(text: str) -> tuple[bool, bool]:
    """Whether the text is a number with a decimal point, and whether with a decimal comma."""
    return (
        any(kind.fullmatch(text) for kind in (_PLAIN, _POINT, _GROUPS_COMMA, _LAKHS)),
        bool(_PLAIN.fullmatch(text) or _COMMA.fullmatch(text) or _GROUPS_POINT.fullmatch(text)),
    )


def marks_shown(texts: Iterable[str]) -> set[Mark]:
    """The decimal marks that numbers show: both, one, or none."""
    votes: set[Mark] = set()
    for text in texts:
        if SIMPLE.fullmatch(text):
            if "." in text:
                votes.add(".")
            continue
        number = clean(text)
        point, comma = reading(number)
        if point and not comma:
            votes.add(".")
        elif comma and not point:
            votes.add(",")
    return votes


def decimal_mark(texts: Iterable[str]) -> Mark | None:
    """The decimal mark that the numbers of a file show, or None if they show none or both."""
    votes = marks_shown(texts)
    return votes.pop() if len(votes) == 1 else None


def is_doubtful(text: str) -> bool:
    """Whether a text is one number with a decimal point and another one with a comma."""
    number = clean(text)
    return all(reading(number)) and not _PLAIN.fullmatch(number)


def parse_number(text: str, mark: Mark | None, *, lone_point_is_decimal: bool = False) -> float:
    """The number that `text` writes, given the file's decimal mark.

    `lone_point_is_decimal` settles `1.234` where the file shows no mark (see above).
    Raises `Ambiguous` if it has two readings and `mark` is None, `ValueError` if it has none or is
    not finite.
    """
    if SIMPLE.fullmatch(text):
        return _finite(float(text), text)
    number = clean(text)
    point, comma = reading(number)
    if point and comma and not _PLAIN.fullmatch(number):
        if mark is None and not (lone_point_is_decimal and "," not in number):
            raise Ambiguous(f"{text!r} can be read in two ways")
        point = mark != ","
    if point:
        value = float(number.replace(",", ""))
    elif comma:
        value = float(number.replace(".", "").replace(",", "."))
    else:
        raise ValueError(f"{text!r} is not a number")
    return _finite(value, text)


def _finite(value: float, text: str) -> float:
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is too large")
    return value
