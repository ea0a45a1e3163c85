"""Cells that hold an amount: `12 pcs`, `2x`, `1 1/2`, `ca. 120`, `4.800,000 mm`, `2.500-`."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, time

from footprint.late_pattern import late_pattern
from footprint.reading.numbers import SIMPLE, Ambiguous, Mark, parse_number
from footprint.reading.units import MASS, VOLUME, per_of, unit_of
from footprint.reading.vocabulary import fold, row_words
from footprint.sheets.model import Value

_VULGAR = late_pattern("[\u00bc-\u00be\u2150-\u215e]")
_FRACTION = late_pattern(
    r"(?:(?P<whole>\d+)(?:\s+|\s*-\s*))?(?P<over>\d+)\s*[/\u2044]\s*(?P<under>\d+)\s*(?P<unit>\D.*)?"
)
#: `1'250` is a thousand and more in Switzerland: feet have inches with their sign behind them.
_FEET = late_pattern(
    r"(?P<whole>\d+)\s*(?:'|′|ft\.?|feet)\s*-?\s*(?P<rest>\d[\d\s/.\-]*(?:\"|''|″|in\.?))", re.I
)
_POUNDS = late_pattern(r"(?P<whole>\d+)\s*(?:lbs?\.?|pounds?)\s*,?\s*(?P<rest>\d.*)", re.I)
_TIMES = late_pattern(r"(?:[x×*]\s*(?P<a>\d+)|(?P<b>\d+)\s*[x×*])(?:\s+(?P<unit>\D.*))?", re.I)
#: `3 x 20 g`: so many times an amount. Two lengths are the sides of something.
_PACKS = late_pattern(r"(?P<count>\d{1,4})\s*[x×*]\s*(?P<each>\d[\d.,]*\s*[^\W\d]+\.?)", re.I)
_FILLED = frozenset((*MASS, *VOLUME))
_NUMBER = late_pattern(
    r"(?P<number>[-+]?(?:\d[\d.,\s'’]*|[.,]\d+)(?:[eE][-+]?\d+)?)(?P<minus>-)?\s*(?P<unit>[^\d\s.,'’-].*)?"
)
_RANGE = late_pattern(r"\d[\d.,]*\s*(?:-|–|~|～|to|bis|至)\s*\d[\d.,]*\s*\D*")
_FLAG = late_pattern(r"[\s(（\[]*(?P<word>[A-Za-z./ \u4e00-\u9fff]+)[)）\]]*$")
_APPROX = late_pattern(r"^(?:[~≈約约약]|[A-Za-zÀ-ÿ]+\.?|大约|大約|およそ|대략)\s*(?=[\d.,½¼¾⅓])")
#: How far a number may be off: `± 2`, `+/-5 %`.
_TOLERANCE = late_pattern(
    r"(?<=\S)\s*(?:±|\+/-|\+-)\s*\d[\d.,]*(?:\s*%)?\s*(?P<unit>[A-Za-zµ]{1,3})?$"
)
#: What spreadsheets write before a number that is kept as text.
_AS_TEXT = late_pattern(r"^'(?=[\d.,]+$)")
#: Decimal digits of other scripts; full-width ones are made plain with all full-width signs.
_OTHER_DIGITS = late_pattern(r"(?![0-9\uff10-\uff19])\d")
#: The decimal mark and the thousands separator of Arabic figures.
_ARABIC_MARKS = frozenset("\u066b\u066c")
_LITERAL = late_pattern(r"\"([^\"]*)\"|\\(.)")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with the unit that stands beside it, or why there is none.

    `problem` is "" or `missing`, `text`, `ambiguous`, `list`, `range`, `open`, `date`, `unit`.
    """

    value: float | None = None
    unit: str | None = None
    per: str | None = None
    approximate: bool = False
    excluded: bool = False
    problem: str = ""
    percent: bool = False


def amount_of(
    cell: Value, mark: Mark | None, *, number_format: str = "", lone_point: bool = False
) -> Amount:
    """What a cell says. `number_format` is the worksheet's, whose unit or percent counts."""
    if cell is None or cell == "":
        return Amount(problem="missing")
    if isinstance(cell, bool):
        return Amount(problem="text")
    if isinstance(cell, int | float):
        return _formatted(float(cell), number_format)
    if isinstance(cell, date | time):
        return Amount(problem="date")
    return _text_amount(cell, mark, lone_point)


def _formatted(value: float, number_format: str) -> Amount:
    if not number_format:
        return Amount(value)
    section = number_format.split(";", maxsplit=1)[0]
    if "%" in _LITERAL.sub("", section):
        return Amount(value, percent=True)
    literal = "".join(one or two for one, two in _LITERAL.findall(section)).strip()
    if literal and (unit := unit_of(literal)):
        return Amount(value, unit=unit)
    if literal and (per := per_of(literal)):
        return Amount(value, per=per.text)
    return Amount(value)


def _text_amount(cell: str, mark: Mark | None, lone_point: bool) -> Amount:
    if len(cell) < 16 and SIMPLE.fullmatch(cell):
        return Amount(float(cell))
    if not cell.isascii() and _OTHER_DIGITS.search(cell):
        cell, mark = _in_our_digits(cell, mark)
    text = _VULGAR.sub(lambda match: f" {unicodedata.normalize('NFKC', match[0])}", cell)
    text = " ".join(
        unicodedata.normalize("NFKC", text).replace("\u2212", "-").replace("\u2044", "/").split()
    )
    text = _without_tolerance(_AS_TEXT.sub("", text))
    if not text:
        return Amount(problem="missing")
    if fold(text) in row_words("open_amount") or text == "?":
        return Amount(problem="open")
    found = _in_packs(text, mark, lone_point) or _in_two_units(text, mark, lone_point)
    found = found or _plain(text, mark, lone_point)
    if found.problem not in {"text", "unit"}:
        return found
    if match := _APPROX.match(text):
        word = fold(match[0].strip())
        if word in row_words("approx") or match[0].strip() in {"~", "≈", "约", "約", "약"}:
            return replace(_plain(text[match.end() :].strip(), mark, lone_point), approximate=True)
    if (match := _FLAG.search(text)) and fold(match["word"]) in row_words("dnp"):
        before = text[: match.start()].strip()
        return replace(
            _plain(before, mark, lone_point) if before else Amount(), excluded=True, problem=""
        )
    return found


def _in_our_digits(cell: str, mark: Mark | None) -> tuple[str, Mark | None]:
    """The digits of Arabic, Hindi and other scripts as ours; their signs leave no doubt."""
    plain = "".join(
        str(unicodedata.decimal(char)) if _OTHER_DIGITS.match(char) else char for char in cell
    )
    if not _ARABIC_MARKS.intersection(plain):
        return plain, mark
    return plain.replace("\u066c", "").replace("\u066b", "."), "."


def _without_tolerance(text: str) -> str:
    """`45 ± 2 g` is 45 g."""
    match = _TOLERANCE.search(text)
    if match is None:
        return text
    before = text[: match.start()]
    return before if before[-1].isalpha() else f"{before} {match['unit'] or ''}".strip()


def _in_packs(text: str, mark: Mark | None, lone_point: bool) -> Amount | None:
    match = _PACKS.fullmatch(text)
    each = _plain(match["each"], mark, lone_point) if match else Amount()
    if match is None or each.value is None or each.unit not in _FILLED:
        return None
    return replace(each, value=int(match["count"]) * each.value)


def _in_two_units(text: str, mark: Mark | None, lone_point: bool) -> Amount | None:
    """Feet and inches, pounds and ounces: in the smaller unit."""
    for pattern, small, many in ((_FEET, "in", 12), (_POUNDS, "oz", 16)):
        if match := pattern.fullmatch(text):
            rest = _plain(match["rest"], mark, lone_point)
            if rest.value is not None and rest.unit == small:
                return Amount(many * int(match["whole"]) + rest.value, unit=small)
    return None


def _plain(text: str, mark: Mark | None, lone_point: bool) -> Amount:
    if match := _FRACTION.fullmatch(text):
        if int(match["under"]) == 0:
            return Amount(problem="text")
        value = int(match["whole"] or 0) + int(match["over"]) / int(match["under"])
        return _with_unit(value, match["unit"])
    if match := _TIMES.fullmatch(text):
        return _with_unit(float(match["a"] or match["b"]), match["unit"])
    if match := _NUMBER.fullmatch(text):
        try:
            value = parse_number(match["number"].strip(), mark, lone_point_is_decimal=lone_point)
        except Ambiguous:
            return Amount(problem="ambiguous")
        except ValueError:
            return Amount(problem="list" if re.search(r"[,;]", text) else "text")
        if match["minus"] and match["unit"] and unit_of(match["unit"]) is None:
            return Amount(problem="text")  # `4-Mar` is a day, and nothing that comes back
        return _with_unit(-value if match["minus"] else value, match["unit"])
    if _RANGE.fullmatch(text):
        return Amount(problem="range")
    if re.fullmatch(r"[\d.,;/\s]+", text):
        return Amount(problem="list")
    return Amount(problem="text")


def _with_unit(value: float, text: str | None) -> Amount:
    if not text or not text.strip(" .()"):
        return Amount(value)
    plain = text.strip()
    if plain in {"%", "％"}:
        return Amount(value, unit="percent")
    if unit := unit_of(plain):
        return Amount(value, unit=unit)
    if per := per_of(plain):
        return Amount(value, per=per.text)
    return Amount(value, problem="unit")
