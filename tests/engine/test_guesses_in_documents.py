"""A footprint's document tells the guesses that it rests on: those of the page of lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence import some

from footprint.cli.issuing import say_guesses
from footprint.drafts.guesses import guesses_in
from footprint.drafts.model import Draft
from footprint.drafts.work import work_out
from footprint.inventory.compiled import CompiledInventory
from footprint.study import Inputs, footprint_of

LISTS = {
    "words": "name,quantity,unit,weight (g)\nPaper label roll,1,pcs,20\nSteel plate,1,pcs,480\n",
    "parts": "name,quantity,unit,weight (g)\nThermal pad,2,pcs,20\nZinc coated bracket,1,pcs,9\n",
    "sure": "name,quantity,unit,weight (g)\nSteel plate,1,pcs,480\n",
}
GUESSED = {"words": [3], "parts": [3, 4], "sure": []}


def inputs(name: str) -> Inputs:
    return Inputs(f"{name}.csv", f"# country: CN\n{LISTS[name]}".encode(), allow_gaps=True)


@pytest.mark.parametrize("name", LISTS)
def test_a_document_tells_the_guesses_of_the_page_of_lines(
    name: str, inventory: CompiledInventory
) -> None:
    given = inputs(name)
    _, document = footprint_of(given, inventory)
    found = guesses_in(document)
    kinds = [
        one
        for one in work_out(Draft(given.file, given.data), inventory).kinds
        if one.state == "guess"
    ]
    assert sorted(line.row for line in found.lines) == GUESSED[name]
    assert sorted(row for kind in kinds for row in kind.rows) == GUESSED[name]
    assert found.kg_co2e == pytest.approx(sum(kind.kg_co2e or 0.0 for kind in kinds))
    total = document["totals"]["excluding_biogenic_uptake_kg_co2e"]
    assert found.share == pytest.approx(found.kg_co2e / total)
    assert [line.kg_co2e for line in found.lines] == sorted(
        (line.kg_co2e for line in found.lines), reverse=True
    )
    chosen = {key: item for key, item in document.items() if key != "warnings"} | {"warnings": []}
    assert guesses_in(chosen).lines == ()


def test_a_score_in_the_name_of_a_line_is_none(inventory: CompiledInventory) -> None:
    _, document = footprint_of(inputs("sure"), inventory)
    for one in document["warnings"]:
        one["message"] = one["message"].replace("'Steel", "'(score 0.10: Steel")
    assert any("(score 0.10: Steel" in one["message"] for one in document["warnings"])
    assert guesses_in(document).lines == ()


def test_of_the_examples_none_rests_on_a_guess(inventory: CompiledInventory) -> None:
    folder = Path(__file__).parents[2] / "examples"
    for file in some(sorted(folder.glob("*.csv"))):
        _, document = footprint_of(Inputs(file.name, file.read_bytes(), allow_gaps=True), inventory)
        assert guesses_in(document).lines == (), file.name


def test_an_order_at_the_terminal_says_them_in_a_sentence(
    inventory: CompiledInventory, capsys: pytest.CaptureFixture[str]
) -> None:
    _, document = footprint_of(inputs("parts"), inventory)
    say_guesses(document, Path("parts.csv"))
    said = capsys.readouterr()
    assert said.out == ""
    assert "Guesses that nobody confirmed: 2 of 2 lines" in said.err
    assert "100% of the result" in said.err
    assert said.err.rstrip().endswith("match parts.csv")
    _, document = footprint_of(inputs("sure"), inventory)
    say_guesses(document, Path("sure.csv"))
    assert capsys.readouterr().err == ""
