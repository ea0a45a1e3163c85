"""Registries of carbon credits: which one a name means. What is not in the list is unknown.

A credit stands behind one certificate. Whoever calls its registry by another name must not get it
a second time, so a name is reduced to what a reader sees before it is looked up.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from footprint.shipped_yaml import shipped_yaml

FILE = "registries.yaml"
#: Signs that one reader takes for another: in names, which have no digits of their own.
_SAME_TO_THE_EYE = (("0", "o"), ("1", "l"), ("i", "l"), ("rn", "m"), ("vv", "w"))


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry: its id, its names, and how its serials are written."""

    id: str
    name: str
    aliases: tuple[str, ...]
    form: Literal["leading", "trailing"]
    confirmed: bool
    prefixes: frozenset[str]
    source: str


@cache
def registries() -> Mapping[str, Registry]:
    """Every registry that is known, by id."""
    return {name: _registry(name, entry) for name, entry in _data()["registries"].items()}


def registry_of(name: str) -> Registry | None:
    """The registry that a name means, however it is spelt; None for one that is not in the list.

    Names may stand together (`Verra (VCS)`), and words that tell nothing beside them (`the`).
    """
    seen = _seen(name)
    return next((known for known, form in _forms() if form.fullmatch(seen)), None)


def plain_letters(text: str) -> str:
    """Letters and digits as a reader sees them: compatibility forms and accents are undone, what
    nobody sees is left out, and a letter that looks like one of a to z becomes that one.

    The look-alikes are Unicode's (UTS 39, confusables), of single letters only: there `0` and `1`
    look like letters, which in a serial number they are not.
    """
    # Before and after: the compatibility form of a lunate sigma is a sigma, which looks like no C.
    plain = unicodedata.normalize("NFKD", _as_latin(text))
    kept = (c for c in plain if unicodedata.category(c) not in {"Mn", "Me", "Cf", "Cc"})
    return _as_latin("".join(kept)).casefold()


def _as_latin(text: str) -> str:
    return "".join(_look_alikes().get(c, c) for c in text)


def _seen(name: str) -> str:
    """A name as the eye takes it in: letters and digits only."""
    letters = "".join(c for c in plain_letters(name) if c.isalnum())
    for one, other in _SAME_TO_THE_EYE:
        letters = letters.replace(one, other)
    return letters


@cache
def _forms() -> tuple[tuple[Registry, re.Pattern[str]], ...]:
    """For each registry a pattern of its names, one after the other, with words that tell nothing
    between them."""
    filler = _alternatives(_data()["filler"])
    found = []
    for known in registries().values():
        names = _alternatives([known.name, known.id, *known.aliases])
        found.append((known, re.compile(f"(?:{filler})*(?:(?:{names})(?:{filler})*)+")))
    return tuple(found)


def _alternatives(names: list[str]) -> str:
    return "|".join(re.escape(_seen(name)) for name in sorted(names, key=len, reverse=True))


@cache
def _look_alikes() -> Mapping[str, str]:
    """Letters of other scripts that look like one of a to z, from Unicode's confusables."""
    text = (resources.files("confusable_homoglyphs") / "confusables.json").read_text("utf-8")
    return dict(_latin_twins(json.loads(text)))


def _latin_twins(table: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[str, str]]:
    for letter, twins in table.items():
        latin = [
            t["c"] for t in twins if len(t["c"]) == 1 and t["c"].isascii() and t["c"].isalpha()
        ]
        # Digits of other scripts stay digits, although a one of theirs looks like an l.
        single = len(letter) == 1 and not letter.isascii()
        if latin and single and unicodedata.category(letter)[0] != "N":
            yield letter, latin[0]


@cache
def _data() -> Any:
    return shipped_yaml("footprint.rules", "data", FILE)


def _registry(name: str, entry: Mapping[str, Any]) -> Registry:
    serial = entry["serial"]
    return Registry(
        name,
        entry["name"],
        tuple(entry["aliases"]),
        serial["form"],
        serial["confirmed"],
        frozenset(prefix.casefold() for prefix in serial["prefixes"]),
        f"{entry['source']['title']}, {entry['source']['href']}",
    )
