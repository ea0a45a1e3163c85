"""HS and CAS numbers: in a line's words, and how well they agree with a dataset's.

HS: Harmonized Commodity Description and Coding System (World Customs Organization): two digits
chapter, four heading, six subheading; more digits are national. CAS: registry numbers of
substances (American Chemical Society) with a check digit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from footprint.inventory.compiled import CompiledInventory
from footprint.late_pattern import late_pattern

_HS = late_pattern(
    r"(?:\bh\.?\s?s\.?|\bhts|海关编码|税则号|商品编码|税号)\s*(?:code|编码|no\.?|号)?\s*[:：.]?\s*(\d{4}(?:[.\s]?\d{2}){0,3})"
)
_DIGIT = late_pattern(r"\d")
#: A CAS number names a substance; a subheading or heading of the HS names a class of goods.
_SUBHEADING, _HEADING = 0.75, 0.45
#: What full agreement takes off the gap to 1, and the factor for a contradiction.
_WEIGHT, _CONTRADICTION = 0.8, 0.8
#: Chapters of the HS that hold finished goods: clothing and shoes, machines, electronics, vehicles,
#: instruments, furniture. Parts of batteries (electrode materials) stand among them.
_FINISHED = frozenset(str(chapter) for chapter in (49, *range(61, 66), 82, *range(84, 97)))
_NOT_FINISHED = ("850790",)
#: Headings of other chapters that name articles, used as they are (HS 2022): of plastics, tyres and
#: rubber, leather, wood, paper, plaster, ceramics, glass, iron, copper, aluminium, zinc, locks.
_ARTICLES = frozenset(
    str(heading)
    for heading in (
        *(3923, 3924, 3925, 3926, *range(4011, 4014), 4015, 4016, 4202, *range(4414, 4422)),
        *(4817, 4818, 4819, 4820, 4821, 4823, 6809, *range(6904, 6908), *range(6910, 6915)),
        *(7007, 7008, 7009, 7010, 7013, 7308, 7309, 7310, 7311, *range(7315, 7327), 7415, 7418),
        *(7419, *range(7610, 7617), 7806, 7907, 8007, *range(8301, 8311)),
    )
)
_CAS = late_pattern(r"(?<!\d)(\d{2,7})-(\d{2})-(\d)(?!\d)")


def codes_in(text: str) -> frozenset[str]:
    """The codes that a text names, as `HS:720917` and `CAS:9003-07-0`.

    A CAS number is recognised by its form and check digit, an HS number only by the letters HS (or
    their Chinese equivalents) before it: eight digits alone can be anything. `text` is folded.
    """
    if not _DIGIT.search(text):
        return frozenset()
    found = {f"HS:{re.sub(r'[^0-9]', '', match[1])}" for match in _HS.finditer(text)}
    found |= {f"CAS:{match[0]}" for match in _CAS.finditer(text) if _is_cas(match)}
    return frozenset(found)


def is_finished(codes: Iterable[str]) -> bool:
    """Whether a dataset's codes say that it is a finished good (a cable, a tyre, a casting), not a
    material. Of a heading for materials beside one for articles (board, and boxes of it) it is the
    material: the making of the article may be missing."""
    named = [code[3:] for code in codes if code.startswith("HS:")]
    if any(code[:2] in _FINISHED and not code.startswith(_NOT_FINISHED) for code in named):
        return True
    return bool(named) and all(code[:4] in _ARTICLES for code in named)


def without_codes(text: str) -> str:
    """The text without the codes that `codes_in` reads."""
    if not _DIGIT.search(text):
        return text
    return _HS.sub(" ", _CAS.sub(lambda match: " " if _is_cas(match) else match[0], text))


def _is_cas(match: re.Match[str]) -> bool:
    digits = match[1] + match[2]
    total = sum(place * int(digit) for place, digit in enumerate(reversed(digits), 1))
    return total % 10 == int(match[3])


def agreement(wanted: frozenset[str], codes: frozenset[str]) -> tuple[float, str]:
    """How far codes of a line and of a dataset agree, and the code that does: 1 the same substance,
    less for a class of goods, 0 if there is nothing to compare, -1 for a contradiction."""
    compared = [
        (_agree(code, other), other)
        for code in wanted
        for other in codes
        if code.split(":", 1)[0] == other.split(":", 1)[0]
    ]
    value, which = max(compared, default=(0.0, ""))
    return value, which if value > 0 else ""


def with_codes(score: float, agreed: float) -> float:
    """A score of words, raised where codes agree and lowered where they contradict each other."""
    if agreed < 0:
        return score * _CONTRADICTION
    return score + (1.0 - score) * _WEIGHT * agreed


def _agree(wanted: str, code: str) -> float:
    if wanted == code:
        return 1.0 if wanted.startswith("CAS:") else _SUBHEADING
    if wanted.startswith("CAS:"):
        return -1.0
    one, other = wanted.removeprefix("HS:"), code.removeprefix("HS:")
    shared = next((n for n in (6, 4, 2) if one[:n] == other[:n] and len(one[:n]) == n), 0)
    return {6: _SUBHEADING, 4: _HEADING, 2: 0.0, 0: -1.0}[shared]


def codes_of(inventory: CompiledInventory) -> dict[str, frozenset[str]]:
    """The codes of the datasets that have any, by id."""
    return {
        name: frozenset(entry.codes) for name, entry in inventory.datasets.items() if entry.codes
    }
