"""The labelled lines: what factories write, in both languages, and what has to be refused."""

from __future__ import annotations

from collections.abc import Sequence
from fnmatch import fnmatchcase

import pytest

from bench.labelled import BILLS, NONE, PARTS, bill_lines, labelled_lines
from bench.match import Result, bill_report, bill_shares, report, run, shares
from footprint.inventory.compiled import CompiledInventory
from footprint.matching.materials import materials
from footprint.matching.outcome import THRESHOLD

LINES = labelled_lines()
BILL_LINES = bill_lines(BILLS)
PART_LINES = bill_lines(PARTS)


@pytest.fixture(scope="module")
def results(inventory: CompiledInventory) -> list[Result]:
    return run(LINES, inventory)


@pytest.fixture(scope="module")
def bill_results(inventory: CompiledInventory) -> list[Result]:
    return run(BILL_LINES, inventory)


@pytest.fixture(scope="module")
def part_results(inventory: CompiledInventory) -> list[Result]:
    return run(PART_LINES, inventory)


def test_the_sets_together_are_1_200_lines_half_of_them_not_looked_at() -> None:
    every = [*LINES, *BILL_LINES, *PART_LINES]
    assert len(every) >= 1200
    assert sum(line.held_out for line in every) / len(every) >= 0.47
    held_out = {line.bill for line in PART_LINES if line.held_out}
    assert held_out.isdisjoint(line.bill for line in PART_LINES if not line.held_out)
    for language in ("en", "zh"):
        assert sum(line.language == language for line in PART_LINES) >= 150


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
    every = [*LINES, *BILL_LINES, *PART_LINES]
    expected = {name for line in every for name in line.expected} - {NONE}
    none = {n for n in expected if not any(fnmatchcase(i, n) for i in inventory.datasets)}
    assert none == set()


def test_every_class_that_is_expected_exists() -> None:
    classes = {line.material_class for line in [*BILL_LINES, *PART_LINES]} - {NONE}
    assert classes <= materials().classes.keys()


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


def test_real_bills_find_a_dataset_or_a_part_model_at_the_first_try_or_at_least_their_class(
    bill_results: list[Result],
) -> None:
    print("\n" + bill_report(bill_results))
    found = bill_shares(bill_results)
    assert found["first try"] >= 0.40, bill_report(bill_results)
    assert found["or right class"] >= 0.60, bill_report(bill_results)
    assert found["with a mass"] >= 0.60, bill_report(bill_results)
    assert found["precision"] >= 0.97, bill_report(bill_results)


def test_the_bars_hold_on_files_of_parts_that_nobody_looked_at(
    results: list[Result], part_results: list[Result]
) -> None:
    print("\n" + bill_report(part_results))
    unseen = bill_shares(_half(part_results, held_out=True))
    assert unseen["first try"] >= 0.60, bill_report(part_results)
    assert unseen["or right class"] >= 0.85, bill_report(part_results)
    untouched = _half([*results, *part_results], held_out=True)
    taken = [result for result in untouched if result.accepted is not None]
    assert sum(result.right for result in taken) / len(taken) >= 0.97


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
