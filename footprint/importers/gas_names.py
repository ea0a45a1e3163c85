"""What the name of a flow says: which greenhouse gas it is, and where its carbon comes from.

Names come with subscripts, accents, hyphens, formulas in brackets and in several languages; the
words are in `flows.yaml`. What a name denies (`non-biogenic`) or mixes (`fossil and biogenic`) is
not taken for what it mentions.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

from footprint.late_pattern import late_pattern
from footprint.locations import is_location
from footprint.shipped_yaml import shipped_yaml

#: A row of `gases` in the tables: what the gas is called, and its flow by origin.
Gas = dict[str, Any]

#: A refrigerant number, whatever stands before it: CFC-14, FC-14, PFC-14 and R-14 are one molecule
#: (ANSI/ASHRAE 34), and people write R134a, HFC 134a and Freon-134a.
_NUMBER = late_pattern(
    r"(?<![\w-])(?:h?c?fc|pfc|r|freon|hfo)[- ]?(c?-?\d+(?:-\d+)?[a-z]*)(?![\w-])"
)
_HALON = late_pattern(r"(?<![\w-])halon[- ]?(\d{3,4})(?![\w-])")
#: `Methane, tetrafluoro-`: the parent first, as indexes print it.
_INVERTED = late_pattern(r"([a-z]+), ([\w,'-]*[a-z])-(?:,.*| \(.*)?")
_PARTS = late_pattern(r"[,(;)/\[\]]| - ")


@cache
def tables() -> dict[str, Any]:
    """The tables of `flows.yaml`."""
    data: dict[str, Any] = shipped_yaml("footprint.importers", "flows.yaml")
    return data


def plain_gas_name(name: str) -> str:
    """A name in lower case, with digits for subscripts, without accents and doubled blanks."""
    wide = unicodedata.normalize("NFKC", name.casefold())
    marked = unicodedata.normalize("NFD", wide)
    text = "".join(letter for letter in marked if not "\u0300" <= letter <= "\u036f")
    text = unicodedata.normalize("NFC", text)
    return " ".join(re.sub("[\u2010-\u2015]", "-", text).replace("_", " ").split())


def plain_cas(text: str) -> str:
    """A CAS number without leading zeros, or an empty string if it is none."""
    match = re.fullmatch(r"\s*0*(\d{1,7}-\d\d-\d)\s*", text)
    return match[1] if match else ""


def gas_of(name: str, cas: str) -> Gas | None:
    """The gas of this CAS number, or else of this name; None if it is none of ours."""
    by_cas, by_name, by_code = _index()
    number = plain_cas(cas)
    if number:
        return by_cas.get(number)
    whole = plain_gas_name(name)
    if whole in by_name:
        return by_name[whole]
    for pattern, prefix in ((_NUMBER, ""), (_HALON, "halon-")):
        for code in pattern.findall(whole):
            if prefix + code.replace("c-", "c") in by_code:
                return by_code[prefix + code.replace("c-", "c")]
    inverted = _INVERTED.fullmatch(whole)
    if inverted and inverted[2] + inverted[1] in by_name:
        return by_name[inverted[2] + inverted[1]]
    if _has(whole, tables()["no_gas"]):
        return None
    first, *rest = (part.strip() for part in _PARTS.split(whole))
    gas = by_name.get(first) or by_name.get(_without_origin(first))
    return gas if gas and all(_is_qualifier(part, gas) for part in rest) else None


def carbon_origin(name: str) -> str:
    """land_use_change, biogenic or fossil, as the name says; empty if it says none of them, or
    that the gas comes from both."""
    text = plain_gas_name(name)
    origins = tables()["origins"]
    if _has(text, origins["land_use_change"]):
        return "land_use_change"
    for word in origins["not_biogenic"]:
        text = text.replace(word, " fossil ")
    if _has(text, origins["mixed"]):
        return ""
    biogenic = _has(text, origins["biogenic"]) or _BIO.search(text) is not None
    for word in origins["biogenic"]:
        text = text.replace(word, " ")
    fossil = _has(text, origins["fossil"])
    if fossil == biogenic:
        return ""
    return "fossil" if fossil else "biogenic"


def may_be_gas(name: str, cas: str, *, incoming: bool) -> bool:
    """Whether a flow that is none of our gases may be a greenhouse gas all the same."""
    text = plain_gas_name(name)
    if _has(text, tables()["no_gas"]):
        return False
    unknown = tables()["not_characterised"]
    number = plain_cas(cas)
    if number:
        return any(number in row for row in unknown["cas"])
    first = re.split(r"[,(;]", text, maxsplit=1)[0].strip()
    if first.startswith(tuple(unknown["beginnings"])):
        return True
    if not incoming and first.startswith(tuple(unknown["fuels"])):
        return True
    if _NUMBER.search(text) or _HALON.search(text):
        return True
    tokens = set(re.findall(r"[^\W_]+", text))
    return any(word in tokens or first.endswith(word) for word in _suspicious())


#: `CO2_bio`, `bio-CO2`: a word of its own.
_BIO = late_pattern(r"(?<![^\W_])bio(?![^\W_])")


def _without_origin(part: str) -> str:
    """`biogenic CO2` and `CO2-fossil` without the word for the origin, hyphens as blanks."""
    origins = tables()["origins"]
    words = sorted(
        (w for key in ("not_biogenic", "biogenic", "fossil") for w in origins[key]), key=len
    )
    for word in reversed(words):
        part = re.sub(
            rf"(?<![^\W_]){re.escape(word.strip(' ('))}(?:ic|e|es|er|en)?(?![^\W_])", " ", part
        )
    return " ".join(_BIO.sub(" ", part).replace("-", " ").split())


def _is_qualifier(part: str, gas: Gas) -> bool:
    """Whether a part of a name says where a gas comes from or goes to, is a place, or is another
    name of the gas."""
    words = [w.strip(" (") for words in tables()["origins"].values() for w in words]
    if not part or part in map(plain_gas_name, gas["names"]) or _BIO.search(part):
        return True
    return _has(part, [*tables()["qualifiers"], *words]) or is_location(part.upper())


def _has(text: str, words: list[str]) -> bool:
    return any(word in text for word in words)


@cache
def _index() -> tuple[dict[str, Gas], dict[str, Gas], dict[str, Gas]]:
    gases = tables()["gases"].values()
    return (
        {cas: gas for gas in gases for cas in gas["cas"]},
        {plain_gas_name(name): gas for gas in gases for name in gas["names"]},
        {str(code): gas for gas in gases for code in gas.get("codes", ())},
    )


@cache
def _suspicious() -> tuple[str, ...]:
    """Words that make a flow a suspect: those of the table, and names of the commonest gases."""
    common = [
        n for key in ("co2", "ch4", "n2o", "sf6", "nf3") for n in tables()["gases"][key]["names"]
    ]
    listed = [word for row in tables()["not_characterised"]["words"] for word in row]
    return tuple(dict.fromkeys((*listed, *map(plain_gas_name, common))))
