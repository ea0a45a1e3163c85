"""Columns of names in a second language. Which column is the name itself is settled before."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from footprint.reading.chooser import Chooser
from footprint.reading.heading_languages import (
    DOCUMENTED_NAMES,
    NameLanguage,
    is_name_in,
    name_language,
    says_nothing,
)
from footprint.reading.headings import read_heading
from footprint.reading.vocabulary import fold

#: What such a column was taken for; what it says is then searched for a dataset, as it was.
_SAID = frozenset(("description", "spec"))
_FREE = _SAID | {"other", "unknown"}
#: Most cells of a column whose heading says no language show it.
_MOST = 0.6


def beside_the_name(chooser: Chooser) -> None:
    """`name_en` and `name_zh` of the documented form are no names of their own beside one; in a
    table that names datasets, neither are strangers' headings: two names would be refused."""
    named = [at for at in chooser.with_meaning("name") if not chooser.by_user(at)]
    told = {at: name_language(chooser.headings[at].text) for at in named}
    if all(told.values()):
        return
    for at, language in told.items():
        exact = fold(chooser.headings[at].text) in DOCUMENTED_NAMES
        if language and (exact or chooser.documented) and not chooser.with_meaning(language):
            chooser.means[at] = language


def second_names(chooser: Chooser, apart: AbstractSet[int]) -> dict[str, int]:
    """Give columns of names in English or Chinese that meaning. `apart` are columns that are not of
    the lines. What such columns were taken for before stays in force beside it: meaning -> column.
    """
    also: dict[str, int] = {}
    name = next(iter(chooser.with_meaning("name")), None)
    if name is None:
        return also
    free = [
        at
        for at, means in sorted(chooser.means.items())
        if means in _FREE and at not in apart and not chooser.by_user(at)
    ]
    for language in ("name_en", "name_zh"):
        told = [at for at in free if name_language(chooser.headings[at].text) == language]
        fits = [
            at for at in told if _is_of_lines(chooser, at, name) and _shows(chooser, at, language)
        ]
        if not fits and not told and name_language(chooser.headings[name].text) == _other(language):
            fits = [at for at in free if _is_plainly(chooser, at, name, language)]
        if not fits or chooser.with_meaning(language):
            continue
        before = chooser.means[fits[0]]
        chooser.means[fits[0]] = language
        if before in _SAID and fold(chooser.headings[fits[0]].text) not in DOCUMENTED_NAMES:
            also[before] = fits[0]
    return also


def _other(language: str) -> NameLanguage:
    return "name_zh" if language == "name_en" else "name_en"


def _is_of_lines(chooser: Chooser, at: int, name: int) -> bool:
    """Whether the cells say something of each line, and not one thing of the whole list."""
    values = chooser.values(at)
    one_for_all = len(values) > 1 and len(set(values)) == 1 < len(set(chooser.values(name)))
    return bool(values) and not one_for_all


def _shows(chooser: Chooser, at: int, language: str, least: float = 0.5) -> bool:
    values = [one for one in chooser.values(at) if not says_nothing(one)]
    return bool(values) and sum(is_name_in(language, one) for one in values) >= least * len(values)


def _is_plainly(chooser: Chooser, at: int, name: int, language: str) -> bool:
    """`名称` beside `English name`: a second name whose heading says no language, and whose cells
    show another one than those of the name do."""
    heading = read_heading(chooser.headings[at].text)
    plain = heading.means[:1] == ("name",) and heading.score > 0.9 and not heading.group
    if not plain or name_language(heading.text) or not _is_of_lines(chooser, at, name):
        return False
    return _shows(chooser, at, language, _MOST) and _shows(chooser, name, _other(language), _MOST)
