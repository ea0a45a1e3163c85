"""The fixed words that readers see, in each language, from `locale/*.yaml`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from footprint.shipped_yaml import shipped_yaml
from label_templates.languages import LANGUAGES, Language
from label_templates.type.direction import isolated

__all__ = ["LANGUAGES", "Language", "Words", "filled", "own_names", "words"]


class Words:
    """The words of one language. Sentences have named gaps; values never act as templates."""

    def __init__(self, language: Language, table: Mapping[str, Any]) -> None:
        self.language = language
        self._table = table

    def __getitem__(self, name: str) -> str:
        """A single word at the root of the file, for example `colon`."""
        return str(self._table[name])

    def say(self, sentence: str, **values: object) -> str:
        """A sentence with its gaps filled, text from right to left kept apart. Raises KeyError for
        an unknown sentence or gap."""
        return filled(str(self._table["say"][sentence]), values)

    def of_whole(self) -> Words:
        """The same words for an organisation or an event, where sentences name a product else."""
        said = {**self._table["say"], **self._table["whole_say"]}
        return Words(self.language, {**self._table, "say": said})

    def word(self, group: str, code: str) -> str:
        """The word for a code of a closed list; a code without a word is shown as it is."""
        return str(self._table[group].get(code, code))

    def quantity(self, amount: str, unit: str) -> str:
        """So much of a declared unit: `1 piece`, `24 pieces`."""
        return f"{amount} {self.unit_of(amount, unit)}"

    def unit_of(self, amount: str, unit: str) -> str:
        """The word for a declared unit behind an amount, which may be more than one."""
        return self.word("units" if amount == "1" else "units_many", unit)

    def gwp_sets(self, sets: Iterable[str]) -> str:
        """Sets of global warming potentials, by their names; one that no source states in words."""
        return ", ".join(self.word("gwp_sets", one) for one in sets)

    def group(self, name: str) -> dict[str, str]:
        """The words of a closed list, by code."""
        return dict(self._table[name])

    @property
    def rule_language(self) -> str:
        """The language tag of texts that come from rules and checks, which have two languages."""
        return "zh-Hans" if self._reads_chinese else "en"

    def pick(self, english: str, chinese: str) -> str:
        """The Chinese text for readers of Chinese, else the English one; the other one where it
        was not given."""
        first, second = (chinese, english) if self._reads_chinese else (english, chinese)
        return first or second

    @property
    def _reads_chinese(self) -> bool:
        return self.language.startswith("zh")


def filled(sentence: str, values: Mapping[str, object]) -> str:
    """A sentence with its gaps filled. Raises KeyError for an unknown gap."""
    parts = {
        name: isolated(value) if isinstance(value, str) else value for name, value in values.items()
    }
    return sentence.format_map(parts)


@cache
def words(language: Language) -> Words:
    """The words of `language`. Raises ValueError for a language without a file."""
    if language not in LANGUAGES:
        raise ValueError(f"no words for language {language!r}; known: {', '.join(LANGUAGES)}")
    return Words(language, locale_file(language))


def locale_file(name: str) -> Any:
    """What stands in `locale/NAME.yaml`."""
    return shipped_yaml("label_templates", "locale", f"{name}.yaml")


@cache
def own_names() -> dict[Language, str]:
    """What each language calls itself, in the order in which they are offered."""
    return {language: words(language)["language"] for language in LANGUAGES}
