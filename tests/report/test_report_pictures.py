"""The pictures of a report: golden drawings, text that fits, widths that keep the total."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from evidence import some
from report_kit import DAY, LANGUAGES, example, renamed, report

from footprint.bom.read import read_bom_bytes
from footprint.engine.calculate import calculate
from footprint.inventory.compiled import CompiledInventory
from footprint.report.build import footprint_report
from footprint.report.figure import Figure
from footprint.report.flows import Flows, flows_of
from footprint.report.model import FootprintReport
from footprint.report.table_rows import StageRow
from label_templates.drawing.bars import Bar, bars_drawing
from label_templates.drawing.shapes import Box, Drawing
from label_templates.drawing.svg import drawing_svg
from label_templates.report.blocks import ReportSheet
from label_templates.report.boundary import boundary_drawing
from label_templates.report.front import stage_chart
from label_templates.report.sankey import sankey_drawing
from label_templates.report.sheet import report_sheet
from label_templates.report.words import ReportLanguage, report_words
from label_templates.type.fit import roomy_width, shortened, wrapped

GOLDEN = Path(__file__).parent / "golden"
STEEL = "# name: Lamp\nname,quantity,unit,dataset\nSteel,1,kg,steel-cold-rolled-cn\n"
SVG = "{http://www.w3.org/2000/svg}"


def _settled(view: FootprintReport) -> FootprintReport:
    """The view with figures of its own: pictures must not change when a factor is updated."""
    stages = tuple(
        replace(row, kg=Figure(1.0 / at, f"{1.0 / at:.4f}"), share=Figure(0.1, "10.0 %"))
        if row.lines
        else row
        for at, row in enumerate(view.stages, start=1)
    )
    lines = tuple(
        replace(line, kg=Figure(1.0 / line.number, f"{1.0 / line.number:.4f}"))
        for line in view.lines
    )
    parts = tuple(
        replace(part, kg=Figure(2.0 / at, f"{2.0 / at:.4f}"))
        for at, part in enumerate(view.parts, start=1)
    )
    return replace(view, stages=stages, lines=lines, parts=parts)


@pytest.fixture(scope="module")
def view(inventory: CompiledInventory) -> FootprintReport:
    return _settled(report(example("power-bank.csv", inventory), inventory))


def _drawings(sheet: ReportSheet) -> list[Drawing]:
    blocks = [sheet.front.chart, *(block for one in sheet.sections for block in one.blocks)]
    return [one for block in blocks for one in (block.drawing, block.narrow) if one is not None]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["flow", "flow-tall", "front-bars", "front-bars-tall", "sankey"])
def test_the_pictures_look_as_they_did(
    name: str, language: ReportLanguage, view: FootprintReport, update_golden: bool
) -> None:
    drawings = {one.name: one for one in _drawings(report_sheet(view, report_words(language)))}
    made = drawing_svg(drawings[name], "sans-serif")
    path = GOLDEN / f"{name}.{language}.svg"
    if update_golden:
        path.write_text(made, encoding="utf-8")
    expected = path.read_text(encoding="utf-8")
    same = ET.canonicalize(made) == ET.canonicalize(expected)
    assert same, f"{path.name} is drawn differently; look at it, then: make golden"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_says_what_it_shows_and_holds_its_text(
    language: ReportLanguage, inventory: CompiledInventory
) -> None:
    long = "Verylongnamewithoutanyblank" * 8 + " 产品名称很长" * 10
    view = report(renamed(long, inventory), inventory)
    for drawing in some(_drawings(report_sheet(view, report_words(language)))):
        root = ET.fromstring(drawing_svg(drawing, "sans-serif"))  # noqa: S314 - our own text
        title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
        assert title is not None
        assert description is not None
        assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
        assert title.text
        assert len(description.text or "") > 40
        for label in some(drawing.texts):
            width = roomy_width(label.content, label.size)
            left = {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
            assert label.x - left >= -0.5, label.content
            assert label.x - left + width <= drawing.width + 0.5, label.content
            assert 0 < label.y <= drawing.height


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_in_one_column_of_the_sankey_do_not_touch(
    language: ReportLanguage, view: FootprintReport
) -> None:
    drawing = sankey_drawing(flows_of(view), view, report_words(language))
    assert drawing is not None
    rows = sorted(label.y for label in drawing.texts if label.anchor == "end" and label.x < 210)
    assert len(rows) > 8
    assert all(b - a >= 13 for a, b in pairwise(rows[1:]))


def test_nothing_is_drawn_without_emissions(view: FootprintReport) -> None:
    assert sankey_drawing(Flows((), (), 0.0, "0"), view, report_words("en")) is None


def test_bars_below_zero_go_to_the_other_side_and_are_dashed() -> None:
    bars = [Bar("up", 2.0, "2"), Bar("down", -1.0, "-1"), Bar("apart", 1.0, "1", apart=True)]
    drawing = bars_drawing("bars", bars, 700, "title", "description")
    up, down, apart = drawing.boxes
    assert down.x + down.width == pytest.approx(up.x)
    assert up.width == pytest.approx(2 * down.width)
    assert (up.dash, down.dash, apart.dash) == (False, True, True)


def test_what_has_no_figure_is_a_hatched_bar_of_no_length_that_means_anything() -> None:
    def drawn(value: float) -> tuple[Box, ...]:
        bars = [Bar("known", value, "2"), Bar("3 lines", 0.0, "?", unknown=True)]
        return bars_drawing("bars", bars, 700, "title", "description").boxes

    (_, unknown), (_, beside_more) = drawn(2.0), drawn(200.0)
    assert unknown.width == beside_more.width
    assert unknown.dash
    assert unknown.fill == "none"
    bars = [Bar("3 lines", 0.0, "?", unknown=True)]
    shapes = bars_drawing("bars", bars, 700, "title", "description").shapes
    assert len([step for step, _ in shapes[0].steps if step == "M"]) > 5  # the hatching


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "Lines without a figure: 1 ? (75.0 % of the mass)"),
        ("zh", "没有数值的行：1 ？（占质量的 75.0 %）"),
    ],
)
def test_lines_without_a_figure_stand_in_the_picture_of_stages(
    inventory: CompiledInventory, language: ReportLanguage, says: str
) -> None:
    bom = read_bom_bytes(f"{STEEL}Xyzzy,3,kg,\n".encode(), "lamp.csv")
    result = calculate(bom, inventory, allow_gaps=True)
    report = footprint_report(result, bom, inventory, date(2026, 11, 29))
    drawing = stage_chart(report, report_words(language), 700, "bars")
    assert says in drawing.description
    assert [box.fill == "none" for box in drawing.boxes] == [False, True]
    whole = calculate(read_bom_bytes(STEEL.encode(), "lamp.csv"), inventory)
    report = footprint_report(whole, bom, inventory, date(2026, 11, 29))
    assert len(stage_chart(report, report_words(language), 700, "bars").boxes) == 1


def test_bars_of_nothing_are_drawn_as_thin_lines() -> None:
    drawing = bars_drawing("bars", [Bar("zero", 0.0, "0")], 700, "title", "description")
    assert drawing.boxes[0].width < 1


def test_stages_outside_the_boundary_are_dashed_and_say_so(view: FootprintReport) -> None:
    drawing = boundary_drawing(view, report_words("en"), 700)
    dashed = [box for box in drawing.boxes if box.dash]
    empty = [row for row in view.stages if not row.lines or not row.inside]
    assert len(dashed) == len(empty)
    assert "Outside it: Distribution, Use, End of life" in drawing.description


def test_from_cradle_to_grave_all_stages_stand_in_the_frame(view: FootprintReport) -> None:
    stages = tuple(StageRow(r.stage, Figure(1.0, "1"), None, 1, True) for r in view.stages)
    whole = replace(view, boundary="cradle-to-grave", stages=stages)
    for width in (700.0, 330.0):
        drawing = boundary_drawing(whole, report_words("en"), width)
        frame = max(drawing.boxes, key=lambda box: box.width * box.height)
        for box in drawing.boxes:
            assert box.x + box.width <= frame.x + frame.width
            assert box.y + box.height <= frame.y + frame.height
        assert not any(box.dash for box in drawing.boxes)


@pytest.mark.parametrize(
    "text", ["short", "A name of several words that goes on", "W" * 90, "很长的中文名称" * 9, ""]
)
def test_wrapped_text_fits_its_box(text: str) -> None:
    for lines in (1, 2, 3):
        made = wrapped(text, 120, 11, lines)
        assert len(made) <= lines
        assert all(roomy_width(line, 11) <= 120 for line in made)
        kept = re.sub(r"[\s…]", "", "".join(made))
        assert re.sub(r"\s", "", text).startswith(kept)


def test_a_text_that_fits_is_not_shortened() -> None:
    assert shortened("fits", 100, 10) == "fits"
    assert shortened("W" * 90, 100, 10).endswith("W…")


def test_the_day_of_the_report_is_the_one_that_was_given(view: FootprintReport) -> None:
    assert view.date == DAY.isoformat()
