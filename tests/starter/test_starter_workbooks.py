"""Starter workbooks read back as they are, calculate, and are the same bytes each time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from openpyxl import load_workbook

from footprint.bom.read import read_bom_bytes
from footprint.cli.output import Lang
from footprint.cli.starter_command import Industry, new
from footprint.engine.calculate import calculate
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.starter.build import ROWS, starter_workbook
from footprint.starter.model import INDUSTRIES, Language, example, starter_words
from footprint.words.language import in_language

EACH = pytest.mark.parametrize(
    ("industry", "language"),
    [(industry, language) for industry in INDUSTRIES for language in ("en", "zh")],
)


@EACH
def test_an_example_reads_back_and_calculates(
    industry: str, language: Language, inventory: CompiledInventory
) -> None:
    bom = read_bom_bytes(starter_workbook(industry, language), "new.xlsx")
    shown = example(industry, language)
    assert bom.product.name == shown.facts["name"]
    assert [line.name for line in bom.lines] == [line.name for line in shown.lines]
    assert [line.loss for line in bom.lines] == [line.loss / 100 for line in shown.lines]
    result = calculate(bom, inventory)
    assert result.total > 0
    assert (result.coverage.mass, result.coverage.lines) == (1, 1)


@EACH
def test_lines_of_the_example_are_told_until_they_are_replaced(
    industry: str, language: Language
) -> None:
    data = starter_workbook(industry, language)
    bom = read_bom_bytes(data, "new.xlsx")
    (warning,) = [one for one in bom.warnings if one.code == "BOM-047"]
    assert f"{len(bom.lines)} of {len(bom.lines)} lines are still the example" in warning.message
    assert "示例" in in_language(warning, "zh").message
    book = load_workbook(io.BytesIO(data))
    lines = book.worksheets[0]
    note = [cell.value for cell in lines[1]].index(
        next(column.heading for column in starter_words(language).columns if column.key == "note")
    )
    for row in range(2, lines.max_row + 1):
        lines.cell(row, note + 1).value = None
    out = io.BytesIO()
    book.save(out)
    assert "BOM-047" not in {w.code for w in read_bom_bytes(out.getvalue(), "new.xlsx").warnings}


@pytest.mark.parametrize("industry", INDUSTRIES)
def test_both_languages_are_the_same_product(industry: str, inventory: CompiledInventory) -> None:
    totals = {
        language: calculate(
            read_bom_bytes(starter_workbook(industry, language), "new.xlsx"), inventory
        ).total
        for language in ("en", "zh")
    }
    assert totals["en"] == totals["zh"]


@EACH
def test_the_same_arguments_give_the_same_bytes(industry: str, language: Language) -> None:
    assert starter_workbook(industry, language) == starter_workbook(industry, language)


@EACH
def test_choices_are_offered_below_the_heading(industry: str, language: Language) -> None:
    sheet = load_workbook(io.BytesIO(starter_workbook(industry, language))).worksheets[0]
    heads = {str(cell.value): "ABCDEFGHIJKL"[at] for at, cell in enumerate(sheet[1])}
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert len(rules) == len(heads)
    choices = [rule.formula1 for rule in rules.values() if rule.type == "list"]
    assert len(choices) == 4
    # Excel holds a list of choices in at most 255 characters.
    assert all(len(text) <= 257 for text in choices)
    unit = rules[f"{heads['unit' if language == 'en' else '单位']}2:D{ROWS + 1}"]
    used = {row[3].value for row in sheet.iter_rows(min_row=2, max_row=9) if row[3].value}
    assert used <= set(unit.formula1.strip('"').split(","))
    assert all(len(rule.prompt) <= 255 and len(rule.promptTitle) <= 32 for rule in rules.values())


def test_every_industry_of_the_command_has_an_example() -> None:
    assert tuple(Industry) == INDUSTRIES


def test_a_workbook_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    out = tmp_path / "new.xlsx"
    new(Industry.GARMENT, out, Lang.ZH)
    written = out.read_bytes()
    with pytest.raises(InputRefused) as refused:
        new(Industry.FOOD, out, Lang.EN)
    assert refused.value.problems[0].code == "CLI-001"
    assert out.read_bytes() == written
