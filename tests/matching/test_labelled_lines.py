"""The labelled lines: what factories write, in both languages, and what has to be refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bench.labelled import NONE, labelled_lines
from bench.match import Result, report, run, shares
from footprint.inventory.compiled import CompiledInventory
from footprint.matching.outcome import THRESHOLD

LINES = labelled_lines()


@pytest.fixture(scope="module")
def results(inventory: CompiledInventory) -> list[Result]:
    return run(LINES, inventory)


def test_the_set_is_large_bilingual_and_has_lines_to_refuse() -> None:
    assert len(LINES) >= 320
    assert sum(NONE in line.expected for line in LINES) >= 60
    for language in ("en", "zh", "mixed"):
        assert sum(line.language == language for line in LINES) >= 60
    assert len({(line.line.name, line.line.unit, line.line.location) for line in LINES}) == len(
        LINES
    )


def test_both_halves_are_large_enough_to_say_something() -> None:
    held_out = sum(line.held_out for line in LINES)
    assert min(held_out, len(LINES) - held_out) >= 150


def test_every_expected_dataset_exists(inventory: CompiledInventory) -> None:
    expected = {name for line in LINES for name in line.expected} - {NONE}
    assert sorted(expected - inventory.datasets.keys()) == []


def _half(results: Sequence[Result], *, held_out: bool) -> list[Result]:
    return [result for result in results if result.labelled.held_out is held_out]


def test_the_bars_hold_on_all_lines_and_on_the_half_nobody_looked_at(
    results: list[Result],
) -> None:
    print("\n" + report(results))
    for part in (results, _half(results, held_out=True)):
        found = shares(part)
        assert found["top-1"] >= 0.85, report(results)
        assert found["top-5"] >= 0.95, report(results)
        assert found["precision"] >= 0.97, report(results)


def test_most_lines_that_have_a_dataset_are_accepted_and_most_others_refused(
    results: list[Result],
) -> None:
    found = shares(results)
    assert found["accepted and right"] >= 0.75, report(results)
    assert found["refused rightly"] >= 0.95, report(results)


def test_a_line_takes_a_few_milliseconds(results: list[Result]) -> None:
    times = sorted(result.seconds for result in results)
    assert times[len(times) // 2] < 0.005


def test_the_threshold_is_a_share() -> None:
    assert 0.5 < THRESHOLD < 1.0
