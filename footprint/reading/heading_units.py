"""The unit in a heading, and the heading without it."""

from __future__ import annotations

import re
import unicodedata

from footprint.late_pattern import late_pattern
from footprint.reading.units import per_of, rate_of, unit_of
from footprint.reading.vocabulary import fold, headings

_BRACKETS = late_pattern(r"[(（\[【{]([^)）\]】}]*)[)）\]】}]?")
_IN_UNIT = late_pattern(r"^(?P<base>.+?)\s*(?:\bin\b|,|_|/|\s|;|:|：|-)\s*(?P<unit>\S{1,12})$")
#: The unit behind the last of several words of a column of a database: `finished_mass_g`.
_SNAKE_UNIT = late_pattern(r"^(?P<base>.+)_(?P<unit>[A-Za-z%]{1,4})$")
_CJK_UNIT = late_pattern(r"^(?P<base>.*[\u3040-\u9fff\uac00-\ud7af])(?P<unit>[A-Za-z%‰㎡]{1,4})$")
#: Words that say of what a number is (`Qty in kit`), and no unit of it.
_IN_SET = late_pattern(r"\bin (?:kit|set|box|pack|carton|bag)$", re.I)
#: Umlauts where no keyboard has them: `laenge`, `stueckzahl`.
_UMLAUTS = late_pattern(r"([aou])e")
#: Words for an amount in a unit.
_AMOUNTS_IN = {"yardage": "yd", "meterage": "m", "metrage": "m"}
#: An amount in one of a thing that is no unit.
_OF_PRODUCT = late_pattern(
    r"(?P<unit>[A-Za-zµ²]{1,3})\s*/\s*(?:[A-Za-z]{3,12}|批次?|[\u30a0-\u30ff\uac00-\ud7af]{2,6})"
)


def known_heading(text: str) -> tuple[str, ...]:
    """What a whole heading is known to mean; empty where it is not known."""
    folded = fold(text)
    word = headings().get(folded) or headings().get(_UMLAUTS.sub(r"\1", folded.lstrip("# ")))
    return word.means if word else ()


def unit_in_heading(text: str) -> str | None:
    """A unit or a mass per something, as our own word."""
    plain = unicodedata.normalize("NFKC", text).strip()
    per = per_of(plain)
    if per is not None:
        return per.text
    if fold(plain) in {"g/cm3", "g/cm^3", "g/cc", "g/ml", "kg/dm3", "kg/l", "t/m3"}:
        return "g/cm3"
    if fold(plain) in {"kg/m3", "kg/m^3"}:
        return "kg/m3"
    found = unit_of(plain)
    if found is None and (match := _OF_PRODUCT.fullmatch(plain)):
        found = unit_of(match["unit"])  # `mg/tablet` is mg, of one product
    if found is None and (rate := rate_of(plain)) and rate.of == "piece":
        found = rate.unit  # `yds/pc` is a length, of one product
    return "%" if found == "percent" else found


def unit_of_word(text: str) -> str | None:
    """The unit in a heading that is a known word as it stands: `Scrap %`, `GSM`."""
    if unit := _AMOUNTS_IN.get(fold(text)):
        return unit
    return "%" if "%" in text or "％" in text else getattr(per_of(text), "text", None)


def split_unit(text: str) -> tuple[str, str | None, str]:
    """The heading without its unit, the unit, and what else stood in brackets."""
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    unit, rest = None, []
    for inner in _BRACKETS.findall(plain):
        found = unit_in_heading(inner)
        if found and unit is None:
            unit = found
        else:
            rest.append(inner)
    bare = " ".join(_BRACKETS.sub(" ", plain).split())
    if unit is None and not known_heading(bare) and not known_heading(plain):
        for pattern in (_CJK_UNIT, _IN_UNIT, _SNAKE_UNIT):
            match = pattern.match(bare)
            found = unit_in_heading(match["unit"]) if match else None
            if match and found and found != "piece" and not _IN_SET.search(bare):
                return match["base"].strip(" ,;:-_/"), found, " ".join(rest)
        if bare.endswith("%") and len(bare) > 1:
            return bare.rstrip("% "), "%", " ".join(rest)
        if bare.startswith("%") and len(bare) > 1:
            return bare.lstrip("% "), "%", " ".join(rest)
    return bare, unit, " ".join(rest)
