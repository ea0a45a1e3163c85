"""The generator of lists with a known answer is repeatable, and its judge sees wrong numbers."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

import pytest
from evidence import some

from bench.reading_files import WORDS, Made, make
from bench.soak_reading import run, silent_wrongs
from footprint.faults import Fault
from footprint.sheets.open import open_book

SEEDS = range(60)


def made(seed: int) -> Made:
    return make(random.Random(seed))  # noqa: S311  a draw, no secret


def right(file: Made) -> dict[str, Any]:
    """The reading that a careful person would write down."""
    stack: list[tuple[int, int]] = []
    lines = []
    for row, part in file.parts.items():
        stack = [entry for entry in stack if entry[0] < part.level]
        mass = None if part.unit_mass is None or part.assembly else part.whole * part.unit_mass
        parent = stack[-1][1] if stack else None
        stack.append((part.level, row))
        line = {"row": row, "skip": False, "name": part.name, "quantity": part.quantity}
        line |= {"unit": part.unit, "parent_row": parent, "assembly": part.assembly}
        lines.append(line | {"mass_kg": mass, "loss": part.loss})
    return {"lines": lines, "asks": [], "total_mass_kg": None}


def with_a_unit(seeds: range) -> list[Made]:
    return [file for file in map(made, seeds) if file.form.mass not in {"none", "absent"}]


def test_the_same_draw_makes_the_same_answer_and_text() -> None:
    for seed in SEEDS:
        one, two = made(seed), made(seed)
        assert (one.form, one.parts) == (two.form, two.parts)
        if one.form.kind in {"csv", "tsv"}:
            assert one.data == two.data


def test_files_hold_the_parts_in_the_rows_that_the_answer_names() -> None:
    for seed in SEEDS:
        file = made(seed)
        rows = open_book(file.data, file.name).sheets[0].rows
        for row, part in some(file.parts.items()):
            assert part.name in rows[row - 1], file.form


def test_every_language_has_every_word() -> None:
    assert len(WORDS) == 11
    assert len({frozenset(words) for words in WORDS.values()}) == 1


def test_a_right_reading_has_nothing_wrong() -> None:
    for file in some(with_a_unit(SEEDS)):
        assert not list(silent_wrongs(right(file), file))


CHANGES: dict[str, Callable[[dict[str, Any]], object]] = {
    "a quantity ten times as large": lambda line: line.update(quantity=line["quantity"] * 10),
    "another unit": lambda line: line.update(unit="hour"),
    "a part that is skipped": lambda line: line.update(skip=True, reason="total"),
    "no quantity": lambda line: line.update(quantity=None),
    "a loss of half": lambda line: line.update(loss=0.5),
    "a mass of a ton": lambda line: line.update(mass_kg=1000.0, assembly=False),
}


@pytest.mark.parametrize("change", CHANGES)
def test_every_wrong_number_is_seen_unless_it_is_asked_about(change: str) -> None:
    for file in some(with_a_unit(SEEDS)):
        reading = copy.deepcopy(right(file))
        line = next(line for line in reading["lines"] if not line["assembly"])
        CHANGES[change](line)
        assert list(silent_wrongs(reading, file)), file.form
        reading["asks"] = [{"about": "quantity", "rows": list(file.parts)}]
        assert not list(silent_wrongs(reading, file))


def test_a_row_that_is_no_part_is_seen() -> None:
    file = made(1)
    reading = right(file)
    extra = {"row": 10_000, "skip": False, "name": "Total", "quantity": 9, "unit": "piece"}
    reading["lines"].append(extra | {"parent_row": None})
    assert [wrong for wrong in silent_wrongs(reading, file) if "10000" in wrong]


def test_a_refusal_is_no_wrong_number_and_a_wrong_reading_fails() -> None:
    def refuse(_data: bytes, _name: str) -> dict[str, Any]:
        raise Fault("BOM-040", "no table").refuse("no table")

    assert run(5, 1, refuse) == 0
    assert run(5, 1, lambda _data, _name: {"lines": [], "asks": []}) == 5
