"""Kleene's laws, over all values, and the monotony that keeps unknown from becoming a verdict."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from footprint.rules.logic import (
    kleene_all,
    kleene_any,
    kleene_n_of,
    kleene_not,
    kleene_when,
)
from footprint.values.decision import Verdict

_VALUES: tuple[Verdict, ...] = ("pass", "fail", "unknown")
_VERDICTS = st.lists(st.sampled_from(_VALUES), max_size=6)


def _may_become(one: Verdict, other: Verdict) -> bool:
    """Whether more evidence may turn `one` into `other`."""
    return one in ("unknown", other)


def test_the_tables_are_those_of_kleene() -> None:
    assert kleene_all(("pass", "unknown")) == "unknown"
    assert kleene_all(("fail", "unknown")) == "fail"
    assert kleene_any(("pass", "unknown")) == "pass"
    assert kleene_any(("fail", "unknown")) == "unknown"
    assert kleene_all(()) == "pass"
    assert kleene_any(()) == "fail"
    assert [kleene_not(v) for v in _VALUES] == ["fail", "pass", "unknown"]


def test_a_condition_that_does_not_hold_asks_for_nothing() -> None:
    assert kleene_when("fail", "unknown") == "pass"
    assert kleene_when("unknown", "pass") == "pass"
    assert kleene_when("unknown", "fail") == "unknown"
    assert kleene_when("pass", "fail") == "fail"


@given(_VERDICTS)
def test_de_morgan_holds(verdicts: list[Verdict]) -> None:
    turned = [kleene_not(v) for v in verdicts]
    assert kleene_not(kleene_all(verdicts)) == kleene_any(turned)
    assert kleene_not(kleene_any(verdicts)) == kleene_all(turned)


@given(_VERDICTS, st.randoms())
def test_order_and_repetition_do_not_matter(verdicts: list[Verdict], random: object) -> None:
    mixed = sorted(verdicts * 2)
    assert kleene_all(mixed) == kleene_all(verdicts)
    assert kleene_any(mixed) == kleene_any(verdicts)


@given(st.lists(st.sampled_from(_VALUES), min_size=1, max_size=6))
def test_one_of_is_any_and_n_of_n_is_all(verdicts: list[Verdict]) -> None:
    assert kleene_n_of(1, verdicts) == kleene_any(verdicts)
    assert kleene_n_of(len(verdicts), verdicts) == kleene_all(verdicts)


@given(st.lists(st.tuples(st.sampled_from(_VALUES), st.booleans()), min_size=1, max_size=5))
def test_forgetting_an_answer_never_turns_the_outcome_round(
    answers: list[tuple[Verdict, bool]],
) -> None:
    known: list[Verdict] = [verdict for verdict, _ in answers]
    fewer: list[Verdict] = ["unknown" if forget else verdict for verdict, forget in answers]
    for needed in range(1, len(known) + 1):
        assert _may_become(kleene_n_of(needed, fewer), kleene_n_of(needed, known))
    assert _may_become(kleene_all(fewer), kleene_all(known))
    assert _may_become(kleene_any(fewer), kleene_any(known))


def test_when_is_monotone_too() -> None:
    for condition, consequence in product(_VALUES, repeat=2):
        full = kleene_when(condition, consequence)
        assert _may_become(kleene_when("unknown", consequence), full)
        assert _may_become(kleene_when(condition, "unknown"), full)
