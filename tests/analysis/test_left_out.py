"""Lines that a total lacks, by stage, wherever stages are listed."""

from __future__ import annotations

from datetime import date

import pytest

from footprint.analysis.contributions import by_stage
from footprint.analysis.left_out import left_out_by_stage
from footprint.bom.read import read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.report.build import footprint_report
from footprint.report.model import FootprintReport
from footprint.values.bom import Bom
from footprint.values.result import Footprint
from label_templates.report.boundary import boundary_drawing
from label_templates.report.sheet import report_sheet
from label_templates.report.tables import report_tables
from label_templates.report.words import ReportLanguage, report_words

LAMP = """\
# name: Lamp
name,quantity,unit,dataset,stage,transport
Steel,1,kg,steel-cold-rolled-cn,material,
Unobtainium,3,kg,no-such-dataset,material,road 100 km
Essence of moon,2,kWh,no-such-dataset,production,
Dust,2,kg,no-such-dataset,production,
Hook,2,piece,plug-of-no-kind,packaging,road 100 km
"""


@pytest.fixture(scope="module")
def made(inventory: CompiledInventory) -> tuple[Footprint, Bom]:
    bom = read_bom_bytes(LAMP.encode(), "lamp.csv")
    return calculate(bom, inventory, allow_gaps=True), bom


@pytest.fixture(scope="module")
def report(made: tuple[Footprint, Bom], inventory: CompiledInventory) -> FootprintReport:
    return footprint_report(*made, inventory, date(2026, 11, 30))


def test_lines_are_counted_in_the_stage_that_they_would_be_of(
    made: tuple[Footprint, Bom],
) -> None:
    """The hook lacks a dataset and a mass to be carried: it is one line of each stage."""
    left = left_out_by_stage(*made)
    assert left == {"material": 1, "production": 2, "packaging": 1, "inbound_transport": 1}


def test_a_derived_stage_is_the_stage_of_a_line_that_is_left_out(
    inventory: CompiledInventory,
) -> None:
    text = "# name: Lamp\nname,quantity,unit\nSteel,1,kg\nElectricity of the moon,2,kWh\n"
    bom = read_bom_bytes(text.encode(), "lamp.csv")
    result = calculate(bom, inventory, allow_gaps=True)
    assert left_out_by_stage(result, bom) == {"production": 1}
    (stage,) = (one for one in by_stage(result, bom) if one.stage == "production")
    assert (stage.items, stage.left_out, stage.kg_co2e, stage.inside) == (0, 1, 0.0, True)


def test_a_stage_without_lines_is_told_from_one_whose_lines_are_left_out(
    report: FootprintReport,
) -> None:
    rows = {row.stage: (row.lines, row.left_out) for row in report.stages}
    assert rows["production"] == (0, 2)
    assert rows["material"] == (1, 1)
    assert rows["waste"] == (0, 0)


@pytest.mark.parametrize(
    ("language", "box", "cell", "told"),
    [
        ("en", "not counted: 2", "lines not counted: 2", "Lines that are not counted: "),
        ("zh", "未计入：2 行", "未计入 2 行", "未计入的明细行："),
    ],
)
def test_the_report_says_of_a_stage_that_its_lines_are_not_counted(
    language: ReportLanguage, box: str, cell: str, told: str, report: FootprintReport
) -> None:
    words = report_words(language)
    for width in (700.0, 330.0):
        drawing = boundary_drawing(report, words, width)
        texts = [label.content for label in drawing.texts]
        assert box in texts
        production = words.word("stages", "production")
        assert f"{production} 2" in drawing.description.partition(told)[2]
        empty = drawing.description.partition(told)[0].rpartition(words["colon"].strip())[2]
        named = empty.strip(" .。").split(words["joiner"])
        assert production not in named
        assert words.word("stages", "waste") in named
    sheet = report_sheet(report, words)
    cells = [
        one.small
        for section in sheet.sections
        for block in section.blocks
        for row in block.rows
        for one in row
    ]
    assert cell in cells
    (table,) = (
        one
        for one in report_tables(report, words)
        if "stages" in one.name.casefold() or "阶段" in one.name
    )
    at = table.header.index(words.word("columns", "left_out"))
    assert {row[0]: row[at] for row in table.rows}[production] == 2
