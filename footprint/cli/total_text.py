"""A total in words: what it is per, and that it is the least where something lacks."""

from __future__ import annotations

from footprint.cli.footprint_words import spoken
from footprint.cli.tables import number
from footprint.values.result import Footprint
from footprint.words.language import Language


def declared_in_words(footprint: Footprint, language: Language) -> str:
    """What the total is per."""
    words, declared = spoken(language), footprint.declared_unit
    if footprint.subject is not None:
        return words[f"whole {footprint.subject.kind}"]
    if declared.unit in words:
        return f"{declared.amount:g} {words[declared.unit]}"
    return declared.in_words


def at_least(lacks: tuple[str, ...], language: Language) -> str:
    """What stands before a total that lacks something; nothing before a complete one."""
    return spoken(language)["at least"].replace("：", " ") if lacks else ""


def total_in_words(footprint: Footprint, language: Language, value: float | None = None) -> str:
    """The total, or another `value` of it (with biogenic CO2, say), marked where it is the least
    that it can be."""
    told = number(footprint.total if value is None else value)
    return at_least(footprint.completeness.lacks, language) + told


def lacks_listed(lacks: tuple[str, ...], language: Language) -> str:
    """What a total lacks, in words and one behind the other."""
    words = spoken(language)
    return words["comma"].join(words.get(one, one) for one in lacks)


def lacking_line(footprint: Footprint, language: Language) -> list[str]:
    """The sentence that says what a total lacks; none for a complete one."""
    lacks = footprint.completeness.lacks
    if not lacks:
        return []
    return [spoken(language)["lacks"].format(lacks=lacks_listed(lacks, language))]
