"""The look-up tables of words are what the lists of words make."""

from __future__ import annotations

from importlib.resources import files

from evidence import some

from footprint.reading.vocabulary import fact_keys, headings, load, row_words
from footprint.reading.words_build import tables_text


def test_the_tables_are_those_that_the_lists_make() -> None:
    kept = files("footprint.reading").joinpath("words", "folded.json").read_text("utf-8")
    says = "run `python -m footprint.reading.words_build` and look at what changed"
    assert kept == tables_text(), says


def test_every_list_is_in_them() -> None:
    assert set(fact_keys().values()) <= set(load("facts"))
    assert {means for word in headings().values() for means in word.means} == set(load("columns"))
    for kind in some(load("rows")):
        assert row_words(kind), kind
