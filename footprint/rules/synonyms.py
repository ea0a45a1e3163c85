"""Words that people write for the one word that rules use; what is in no list is not understood."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Literal

from footprint.plain_yaml import load_plain_yaml

Group = Literal["standards", "categories", "programmes", "boundaries"]


def same_word(group: Group, given: str, accepted: str) -> bool:
    """Whether two words mean the same; a year at the end of a standard asks for that edition."""
    one, other = _meaning(group, given), _meaning(group, accepted)
    return one == other


def accepts(group: Group, given: str, accepted: Iterable[str]) -> bool | None:
    """Whether a word is one of those that a rule accepts; None where it is not understood.

    An edition is accepted where the rule names none: `ISO 14067:2018` is ISO 14067.
    """
    name, year = _meaning(group, given)
    wanted = [_meaning(group, word) for word in accepted]
    if any(name == other and asked in ("", year) for other, asked in wanted):
        return True
    return False if _known(group, name) else None


def rule_word(group: Group, text: str) -> str | None:
    """The word of the rules that a text means, as they write it; None where it is in no list."""
    meant, _ = _meaning(group, text)
    return _written(group).get(meant)


def _meaning(group: Group, text: str) -> tuple[str, str]:
    """The rule's word for a text, folded, and its edition; itself where it is in no list."""
    folded = folded_word(text)
    table = _table(group)
    if folded in table:
        return table[folded], ""
    name, year = folded[:-4], folded[-4:]
    if year.isdigit() and year.startswith(("19", "20")) and name in table:
        return table[name], year
    return folded, ""


def _known(group: Group, name: str) -> bool:
    return name in _table(group).values()


def folded_word(text: str) -> str:
    """Letters and digits alone, in one width and case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(char for char in plain if char.isalnum())


@cache
def _written(group: Group) -> Mapping[str, str]:
    return {folded_word(word): word for word in _lists()[group]}


@cache
def _lists() -> Mapping[str, Mapping[str, list[str]]]:
    text = (resources.files("footprint.rules") / "data" / "synonyms.yaml").read_text("utf-8")
    found: Mapping[str, Mapping[str, list[str]]] = load_plain_yaml(text)
    return found


@cache
def _table(group: Group) -> Mapping[str, str]:
    """Every folded word of a group and the folded word of the rules that it means."""
    found: dict[str, str] = {}
    for word, others in _lists()[group].items():
        for name in (word, *others):
            found[folded_word(name)] = folded_word(word)
    return found
