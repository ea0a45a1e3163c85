"""Properties that hold for any line: spelling, other datasets, order, refusal."""

from __future__ import annotations

import random

import pytest
from evidence import some
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matchkit import ask, entry, fits

from bench.labelled import labelled_lines
from footprint.inventory.compiled import CompiledInventory, Entry
from footprint.matching.fit import UnitFits, any_unit
from footprint.matching.hits import Scored, hit_of, outcome_of_hits
from footprint.matching.index import Family
from footprint.matching.match import FLOOR, Matcher, matcher_of
from footprint.matching.outcome import MARGIN, THRESHOLD, Near, Outcome, outcome_of
from footprint.matching.query import Query

NAMES = sorted(line.line.name for line in labelled_lines())
_WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}
_PUNCTUATION = str.maketrans({",": "，", "(": "（", ")": "）", ":": "：", ";": "；"})


def wide(text: str) -> str:
    """The text in full-width characters, as Chinese input methods type it."""
    return text.translate(_WIDE).replace(" ", "\u3000")


def result(outcome: Outcome) -> tuple[object, ...]:
    """All of an outcome that a user sees."""
    return (
        [(c.entry.id, c.score, c.reason) for c in outcome.candidates],
        outcome.accepted and outcome.accepted.entry.id,
        outcome.refusal,
    )


@pytest.fixture(scope="module")
def matcher(inventory: CompiledInventory) -> Matcher:
    return matcher_of(inventory)


@given(name=st.sampled_from(NAMES))
@example(name="Lithium carbonate battery grade")
def test_case_width_blanks_and_chinese_punctuation_do_not_matter(
    matcher: Matcher, name: str
) -> None:
    expected = result(ask(matcher, name))
    for other in (
        name.upper(),
        name.lower(),
        wide(name),
        name.translate(_PUNCTUATION),
        f"  {name.replace(' ', '   ')}\t",
    ):
        assert result(ask(matcher, other)) == expected


@given(text=st.text(max_size=60) | st.sampled_from(NAMES), unit=st.sampled_from(["kg", "kWh"]))
@example(text="NG:AA:AA:BATTERY", unit="kg")
def test_what_is_accepted_reaches_the_threshold_and_stands_alone(
    matcher: Matcher, text: str, unit: str
) -> None:
    outcome = ask(matcher, text, unit)
    scores = [candidate.score for candidate in outcome.candidates]
    assert all(FLOOR <= score <= 1.0 for score in scores)
    ranks = [(not candidate.refused, candidate.rank) for candidate in outcome.candidates]
    assert ranks == sorted(ranks, reverse=True)  # those that are refused stand last
    if outcome.accepted is None:
        assert outcome.refusal
        return
    assert outcome.accepted is outcome.candidates[0]
    assert outcome.accepted.score >= THRESHOLD
    for rival in outcome.candidates[1:]:
        close = outcome.accepted.rank - rival.rank < MARGIN
        assert not close or rival.distance > outcome.accepted.distance


class Slice(tuple[Entry, ...]):
    """Datasets that a failing example does not print one by one."""

    def __repr__(self) -> str:
        return f"<{len(self)} datasets>"


@pytest.fixture(scope="module")
def few(inventory: CompiledInventory) -> Slice:
    """A slice of the inventory, small enough to be indexed for every example."""
    return Slice(list(inventory.datasets.values())[::8])


@settings(max_examples=30)
@given(name=st.sampled_from(NAMES), words=st.lists(st.sampled_from(NAMES), max_size=3))
def test_datasets_of_another_kind_of_unit_change_nothing(
    few: Slice, name: str, words: list[str]
) -> None:
    others = [
        entry(f"a-{at}", word, name, f"{word} {name}", unit="kWh", location="CN")
        for at, word in enumerate([name, *words])
    ]
    kilograms = fits("kg")
    query = Query(name, country="CN")
    before = Matcher(few).match(query, kilograms)
    after = Matcher([*others, *few]).match(query, kilograms)
    assert result(before) == result(after)


@settings(max_examples=10)
@given(seed=st.integers(0, 2**32))
def test_the_order_of_the_datasets_does_not_matter(few: Slice, seed: int) -> None:
    shuffled = random.Random(seed).sample(few, len(few))  # noqa: S311  # no secret
    one, other = Matcher(few), Matcher(shuffled)
    for name in some(NAMES[seed % 20 :: 20]):
        assert result(ask(one, name)) == result(ask(other, name))


def test_asking_twice_gives_the_same_answer(matcher: Matcher) -> None:
    fresh = [result(ask(matcher, name)) for name in NAMES]
    assert [result(ask(matcher, name)) for name in reversed(NAMES)] == fresh[::-1]


def test_an_inventory_keeps_its_matcher_and_gives_it_back(inventory: CompiledInventory) -> None:
    assert matcher_of(inventory) is matcher_of(inventory)


UNITS = ("kg", "piece", "m2", "kWh", "tkm", "tce", "box", "")


@given(
    text=st.sampled_from(NAMES) | st.text(max_size=40),
    unit=st.sampled_from(UNITS),
    mass=st.sampled_from([None, 0.3]),
    stage=st.sampled_from(["material", "production", "waste"]),
)
@example(text="Electricity, medium voltage", unit="kg", mass=None, stage="material")
def test_another_unit_is_asked_for_wherever_it_would_be_accepted(
    matcher: Matcher, text: str, unit: str, mass: float | None, stage: str
) -> None:
    fits = UnitFits(unit, mass is not None)
    query = Query(text, stage=stage, country="CN", unit=unit, mass_kg=mass)
    meant = matcher.match(query, any_unit).accepted
    beside = meant is not None and not fits(meant.entry)
    assert matcher.may_mean_another_unit(query, fits) or not beside


def test_another_unit_is_asked_for_only_where_words_lead_to_one(matcher: Matcher) -> None:
    def asked(name: str, unit: str) -> bool:
        query = Query(name, country="CN", unit=unit)
        return matcher.may_mean_another_unit(query, UnitFits(unit, has_mass=False))

    assert asked("Electricity, medium voltage", "kg")
    assert not asked("zxqv", "kg")


@given(
    scores=st.lists(
        st.tuples(st.integers(0, 60), st.integers(0, 4), st.booleans(), st.booleans()), max_size=9
    ),
    top=st.integers(1, 5),
)
def test_what_is_not_told_does_not_decide(
    inventory: CompiledInventory, scores: list[tuple[int, int, bool, bool]], top: int
) -> None:
    """As if a candidate were made of every hit, and all were compared."""
    entries = [*inventory.datasets.values()][: len(scores)]
    hits = []
    for one, (points, distance, refused, known) in zip(entries, scores, strict=True):
        family = Family((one,), (), frozenset({"x"} if known else ()))
        scored = Scored(1.0, "x", "en", "name")
        near = Near(one, distance, "")
        against = "it differs" if refused else ""
        hits.append(hit_of(family, scored, near, 0.7 + points / 1000, against))
    whole = [(hit.candidate, hit.family) for hit in sorted(hits)]
    assert result(outcome_of_hits(hits, top, "")) == result(outcome_of(whole, top))
