"""A corpus of spoilt files: the expected code at the expected cell for every one of them."""

from __future__ import annotations

import pytest
from bom_corruptions import CELLS, Place, corpus, examples
from evidence import some

from footprint.bom.read import read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory

CORPUS = list(corpus())


def test_the_corpus_is_large_and_its_sources_are_sound(inventory: CompiledInventory) -> None:
    assert len(CORPUS) >= 200
    assert len({name for name, _, _ in CORPUS}) == len(CORPUS)
    for table in examples():
        bom = read_bom_bytes(table.data(), "sound.csv")
        assert calculate(bom, inventory).coverage.lines == 1.0


@pytest.mark.parametrize(("name", "data", "places"), CORPUS, ids=[name for name, _, _ in CORPUS])
def test_a_spoilt_file_is_refused_with_its_code_at_its_place(
    name: str, data: bytes, places: list[Place], inventory: CompiledInventory
) -> None:
    """Nothing but `InputRefused` comes out, and it names what was spoilt and nothing else."""
    with pytest.raises(InputRefused) as refused:
        calculate(read_bom_bytes(data, "spoilt.csv"), inventory)
    found = [(p.code, p.where.row, p.where.column) for p in refused.value.problems]
    if all(place[1:] == (None, None) for place in places):  # of the file; a row may be told as well
        assert [code for code, *_ in found] == [code for code, *_ in places]
    else:
        assert sorted(found, key=str) == sorted(places, key=str)
    for problem in refused.value.problems:
        assert problem.message
        assert "Traceback" not in str(problem)
        assert problem.where.file == "spoilt.csv"


GAPS = [column_text for column_text in CELLS if column_text[2].startswith("ENG")]


@pytest.mark.parametrize(("column", "text", "code"), GAPS)
def test_a_total_with_a_gap_says_what_it_covers(
    column: str, text: str, code: str, inventory: CompiledInventory
) -> None:
    """Where gaps are allowed, the total comes with its coverage and the line that was left out."""
    for table in some(examples()):
        at = table.target()
        bom = read_bom_bytes(table.with_cell(at, column, text).data(), "gap.csv")
        whole = calculate(read_bom_bytes(table.data(), "whole.csv"), inventory)
        result = calculate(bom, inventory, allow_gaps=True)
        warnings = [(warning.code, warning.where.row) for warning in result.warnings]
        assert ("ENG-008", table.row(at)) in warnings
        if column == "dataset":
            assert result.coverage.lines < 1.0
            assert result.total < whole.total
