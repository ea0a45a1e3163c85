"""Locations as people write them, to the closed list of the inventory.

What is no place name is refused before it can reach anything that might evaluate it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from footprint.faults import Where
from footprint.importers import faults
from footprint.importers.report import Log
from footprint.late_pattern import late_pattern
from footprint.locations import COUNTRIES, is_location
from footprint.shipped_yaml import shipped_yaml

#: ISO 3166-2:CN.
_PROVINCES = frozenset(
    "AH BJ CQ FJ GD GS GX GZ HA HB HE HI HK HL HN JL JS JX LN MO NM NX QH SC SD SH SN SX TJ TW XJ "
    "XZ YN ZJ".split()
)
#: What a place name is made of. Parentheses only where the whole text is in our list.
_HARMLESS = late_pattern(r"[\w .,'’&/+-]{1,120}")


def place(text: str, log: Log, where: Where) -> str:
    """The code of a location; GLO, with a notice, if it is unknown or not stated.

    A region that is not in the closed list is shown as the wider place around it (Europe without
    Switzerland as RER), with a notice. A text that is no place name is a problem (IMP-017).
    """
    chinese = _chinese(text)
    if chinese:
        if chinese == "CN":
            log.note(faults.REGION, where, f"{text[:80]!r} is shown as CN")
        return chinese
    if is_location(text):
        return text
    if not text.strip():
        log.note(faults.UNKNOWN_LOCATION, where, "no location is stated; it is shown as GLO")
        return "GLO"
    code, wider = _lookup(text)
    if code:
        if wider:
            log.note(faults.REGION, where, f"{text[:80]!r} is shown as {code}")
        return code
    if not _HARMLESS.fullmatch(text):
        message = f"{text[:80]!r} is no place name"
        log.refuse(faults.UNSAFE_LOCATION, where, message, "Give an ISO 3166 code, or GLO.")
        return "GLO"
    log.note(faults.UNKNOWN_LOCATION, where, f"{text[:80]!r} is unknown; it is shown as GLO")
    return "GLO"


@cache
def _lookup(text: str) -> tuple[str, bool]:
    names, regions = _tables()
    folded = _fold(text)
    if folded in names:
        return names[folded], False
    if folded in regions:
        return regions[folded], True
    # Parts of countries that ISO 3166-2 does not list: `CN-SGCC` and `US-WECC` are grids.
    country, _, part = text.partition("-")
    return (country, True) if part and country in COUNTRIES else ("", False)


def _chinese(text: str) -> str:
    """Chinese ILCD data write `SD-CN` for Shandong, which reads like a part of Sudan: the code of
    the province, CN for what is no province, empty for other texts. `IT-CN` is Cuneo."""
    inner, _, country = text.rpartition("-")
    province = inner.rpartition("-")[2]
    if country != "CN" or not inner or inner == "IT":
        return ""
    return f"CN-{province}" if province in _PROVINCES else "CN"


@cache
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    data = shipped_yaml("footprint.importers", "places.yaml")
    names = {_fold(name): code for code, given in data["names"].items() for name in given}
    regions = {
        _fold(name): code
        for code, groups in data["regions"].items()
        for group in groups
        for name in group
    }
    return names, regions


def _fold(text: str) -> str:
    """A name without case, accents, articles and punctuation."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(r"[^\W_]+", "".join(c for c in plain if not unicodedata.combining(c)))
    return " ".join(word for word in words if word not in {"the", "of", "and"})
