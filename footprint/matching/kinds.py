"""Which kind of part a line names: screw, resistor, cable; or none, where it names a material.

The head of a name decides: "motor bracket" is a bracket, 电机外壳 a housing, "USB cable PVC" a
cable.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from footprint.late_pattern import late_pattern
from footprint.matching.lexicon import lexicon, stem
from footprint.matching.query import Query
from footprint.shipped_yaml import shipped_yaml

_CJK = r"\u3040-\u30ff\u3400-\u9fff"
_IS_CJK = late_pattern(f"[{_CJK}]")
_TOKEN = late_pattern(rf"[{_CJK}]|[^\W_{_CJK}]+(?:[-&][^\W_{_CJK}]+)*")
#: What comes after it says of what the part is for, or how it is made.
_SEGMENT = late_pattern(
    rf"[,;:|()\[\]、。，；：]|(?<=[{_CJK}])\s|\s(?=[{_CJK}])"
    r"|(?<![a-z])(?:for|with|w/|incl|made of)(?![a-z])"
)
_LONGEST = 4
_DIGIT = late_pattern(r"\d")


@dataclass(frozen=True, slots=True)
class MatchKind:
    """A kind of part. `strict`: its material never stands for it. `material_class`: the class it
    falls into; `own`: whatever material is stated. `adds` is what the kind says of its material;
    `models` are the part models that may stand for it (patterns of ids), and `find` the word by
    which the library of parts knows it."""

    id: str
    strict: bool
    material_class: str
    own: bool
    adds: str
    models: tuple[str, ...]
    find: str


@dataclass(frozen=True, slots=True)
class Kinds:
    """Kinds by the words that name them ("" for words that look like a kind and are none), with
    the first words of all of these names."""

    kinds: dict[str, MatchKind]
    words: dict[tuple[str, ...], str]
    firsts: frozenset[str]
    after: frozenset[str]
    tails: tuple[str, ...]
    packages: re.Pattern[str]
    groups: dict[str, str]
    made_of: tuple[tuple[str, re.Pattern[str]], ...]
    designs: tuple[tuple[str, re.Pattern[str], str], ...]
    made_only_of: dict[str, re.Pattern[str]]
    not_for: dict[str, re.Pattern[str]]

    def of(self, plain: str) -> tuple[MatchKind | None, bool]:
        """The kind that a plain text names, and whether it names any head at all: a shape, or a
        word that is no part, is a head that keeps other columns from deciding."""
        for segment in _SEGMENT.split(plain):
            found, named = self._head(segment)
            if named:
                return self.kinds.get(found), True
        return None, False

    def may_name(self, plain: str) -> bool:
        """Whether a word of a text begins the name of a kind: most names have none."""
        return not self.firsts.isdisjoint(_TOKEN.findall(plain))

    def of_package(self, text: str) -> MatchKind | None:
        """The kind whose package on a circuit board a text names (`C0402`, `Package_TO_SOT...`)."""
        match = self.packages.search(text.casefold())
        return self.kinds[self.groups[str(match.lastgroup)]] if match else None

    def of_material(self, text: str) -> MatchKind | None:
        """The kind of part that a material column tells: plywood, or copper in plastic."""
        plain = lexicon().plain(text)
        kind, _ = self.of(plain)
        if kind is not None:
            return kind
        return next((self.kinds[name] for name, told in self.made_of if told.search(plain)), None)

    def _head(self, segment: str) -> tuple[str, bool]:
        """The last name of a kind in a segment ("" if it is none), unless a shape or a word that
        makes another thing of it comes after; and whether there was any of these."""
        tokens = [match[0] for match in _TOKEN.finditer(segment)]
        found, named, at = "", False, 0
        while at < len(tokens):
            length, kind = self._longest(tokens, at) if tokens[at] in self.firsts else (0, "")
            if length:
                if not _IS_CJK.match(tokens[at + length - 1]) or self._ends(tokens, at + length):
                    found, named = kind, True
                elif kind:
                    found, named = "", True
                at += length
                continue
            if found and self._makes_another(tokens[at]):
                found = ""
            elif not named and lexicon().kinds.get(stem(tokens[at])) == "form":
                named = True
            at += 1
        return found, named

    def _longest(self, tokens: list[str], at: int) -> tuple[int, str]:
        most = 8 if _IS_CJK.match(tokens[at]) else _LONGEST
        for length in range(min(most, len(tokens) - at), 0, -1):
            words = tuple(tokens[at : at + length])
            kind = self.words.get(words)
            if kind is None and not _IS_CJK.match(words[-1]):
                kind = self.words.get((*words[:-1], _singular(words[-1])))
            if kind is not None:
                return length, kind
        return 0, ""

    def _ends(self, tokens: list[str], at: int) -> bool:
        """Whether a Chinese word ends here, but for what may follow a name."""
        rest = ""
        for token in tokens[at:]:
            if not _IS_CJK.match(token):
                break
            rest += token
        return not rest or rest in self.tails

    def _makes_another(self, token: str) -> bool:
        if _DIGIT.search(token):
            return False
        return token in self.after or lexicon().kinds.get(stem(token)) == "form"


def kind_of(
    name: str, category: str = "", specification: str = "", material: str = ""
) -> MatchKind | None:
    """The kind of part that a line names, or None.

    The name decides; a category or specification only where the name has no head of its own (a
    value such as 100n), then the package on a board that a specification names, and last what the
    material column tells of the part ("birch plywood", "PVC/Cu").
    """
    known = match_kinds()
    plain = lexicon().plain(name)
    if not (category or specification or material) and not known.may_name(plain):
        return None
    kind, named = known.of(plain)
    if named and kind is not None:
        return kind
    if not named:
        for text in (category, specification):
            if text and (kind := known.of(lexicon().plain(text))[0]):
                return kind
        if specification and (kind := known.of_package(specification)):
            return kind
    return known.of_material(material) if material else None


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@cache
def match_kinds() -> Kinds:
    """The kinds that ship with the program, read once."""
    data: dict[str, Any] = shipped_yaml("footprint.matching", "kinds.yaml")
    found: dict[str, MatchKind] = {}
    words: dict[tuple[str, ...], str] = {}
    groups: dict[str, str] = {}
    patterns = []
    for name, row in data["kinds"].items():
        found[name] = MatchKind(
            name,
            strict=row.get("strict", False),
            material_class=row["class"],
            own=row.get("own", False),
            adds=row.get("adds", ""),
            models=tuple(row.get("models", "").split()),
            find=row.get("find", ""),
        )
        words.update((key, name) for key in _names(row["names"]))
        if "footprint" in row:
            group = f"k{len(groups)}"
            groups[group] = name
            alternatives = "|".join(part.strip() for part in row["footprint"].split(" | "))
            patterns.append(f"(?P<{group}>{alternatives})")
    words.update((key, "") for key in _names(data["never"]))
    firsts = frozenset(key[0] for key in words)
    tails = tuple(lexicon().plain(tail) for tail in data["tails"].split("|"))
    return Kinds(
        found,
        words,
        firsts | {f"{first}s" for first in firsts},
        frozenset(data["after"].split()),
        tails,
        re.compile("|".join(patterns)),
        groups,
        tuple((name, re.compile(told)) for name, told in data["made_of"].items()),
        tuple((word, _word(word), meant) for word, meant in data["designs"].items()),
        {model: re.compile(told) for model, told in data["made_only_of"].items()},
        {model: re.compile(told, re.ASCII) for model, told in data["not_for"].items()},
    )


@lru_cache(maxsize=4096)
def _kind_of(name: str, category: str, specification: str, material: str) -> MatchKind | None:
    return kind_of(name, category, specification, material)


def kind_of_query(query: Query) -> MatchKind | None:
    """`kind_of` of a line; remembered, for one line is asked several times in a row."""
    return _kind_of(query.name, query.category, query.specification, query.made_of)


def _word(word: str) -> re.Pattern[str]:
    """Finds a word where it begins, so that 电线 is not found in 充电线."""
    return re.compile(rf"(?<![a-z{_CJK}]){re.escape(word)}")


def _names(text: str) -> Iterator[tuple[str, ...]]:
    for name in text.split("|"):
        tokens = tuple(match[0] for match in _TOKEN.finditer(lexicon().plain(name)))
        if tokens:
            yield tokens
