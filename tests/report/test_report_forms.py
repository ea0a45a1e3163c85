"""HTML, PDF and workbook say the same, in both languages, and no text of a user does anything."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import Any

import openpyxl
import pytest
from pypdf import PdfReader
from report_kit import (
    FORMS,
    FULL,
    LANGUAGES,
    NAMES,
    cells,
    example,
    expected_texts,
    form,
    html_tags,
    of_text,
    renamed,
    report,
    squeezed,
    text_of,
)

from footprint.canonical import content_hash
from footprint.faults import InputRefused
from footprint.inventory.compiled import CompiledInventory
from footprint.uncertainty.simulate import SimulationSettings, add_uncertainty
from label_templates.report.forms import MOST_LINES, rendered
from label_templates.report.words import ReportLanguage, report_words

#: Rows of the bill of materials in the table of hot spots; a workbook has all of them.
SPOTS = 15


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["html", "pdf"])
@pytest.mark.parametrize("name", [*NAMES, "full"])
def test_every_text_and_figure_is_in_every_form(
    name: str, kind: str, language: ReportLanguage, inventory: CompiledInventory
) -> None:
    made = of_text(FULL, inventory) if name == "full" else example(name, inventory)
    if name == "biscuits.csv":
        made = (add_uncertainty(made[0], inventory, SimulationSettings(draws=100)), made[1])
    view = report(made, inventory)
    shown = replace(view, hot_spots=view.hot_spots[:SPOTS])
    found = text_of(rendered(view, made[0], kind, language), kind)
    texts = {squeezed(text) for text in expected_texts(shown, report_words(language))}
    assert len(texts) > 100
    assert not sorted(text for text in texts if text not in found)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*NAMES, "full"])
def test_the_workbook_has_every_text_and_every_unrounded_number(
    name: str, language: ReportLanguage, inventory: CompiledInventory
) -> None:
    made = of_text(FULL, inventory) if name == "full" else example(name, inventory)
    view = report(made, inventory)
    values = cells(rendered(view, made[0], "xlsx", language))
    numbers = {float(value) for value in values if isinstance(value, int | float)}
    wanted = [view.headline.kg, *(row.kg for row in view.stages), *(p.kg for p in view.parts)]
    wanted += [line.kg for line in view.lines] + [line.amount for line in view.lines]
    wanted += [row.factor for row in view.datasets] + [spot.share for spot in view.hot_spots]
    for figure in wanted:
        near = min((abs(number - figure.value) for number in numbers), default=1.0)
        assert near <= 1e-15 * abs(figure.value) or figure.value == 0.0
    found = squeezed(" ".join(str(value) for value in values))
    words = report_words(language)
    plain = replace(view, parts=(), stages=(), hot_spots=(), lines=(), datasets=())
    texts = [view.date, *expected_texts(replace(plain, headline=view.headline), words)]
    texts += [text for row in (*view.lines, *view.datasets) for text in _names(row)]
    assert not sorted(text for text in texts if squeezed(text) not in found)


def _names(row: object) -> list[str]:
    names = ("line", "name", "note", "dataset", "unit", "source", "locator", "pedigree", "id")
    texts = [getattr(row, name, "") for name in names]
    return texts if hasattr(row, "kg") else [text for text in texts if text != row_name(row)]


def row_name(row: object) -> str:
    """The English name of a dataset: a Chinese workbook has the Chinese one."""
    return str(getattr(row, "name", ""))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", FORMS)
def test_the_same_input_gives_the_same_bytes(
    kind: str, language: ReportLanguage, inventory: CompiledInventory
) -> None:
    files = {
        form(example("power-bank.csv", inventory), inventory, kind, language) for _ in range(2)
    }
    assert len(files) == 1


def test_the_sheets_of_the_workbook_have_names_and_headings(inventory: CompiledInventory) -> None:
    data = form(example("biscuits.csv", inventory), inventory, "xlsx")
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames[:4] == ["Summary", "Lines", "Stages", "Split"]
    assert {"Sources", "Checks", "Provenance"} <= set(book.sheetnames)
    lines = book["Lines"]
    header = [cell.value for cell in lines[1]]
    column = header.index("kg CO2e")
    total = sum(float(str(row[column].value)) for row in lines.iter_rows(min_row=2))
    view = report(example("biscuits.csv", inventory), inventory)
    assert total == pytest.approx(view.headline.kg.value, rel=1e-12)


def test_the_pdf_is_tagged_has_the_font_and_the_result_attached(
    inventory: CompiledInventory,
) -> None:
    made = example("power-bank.csv", inventory)
    reader = PdfReader(io.BytesIO(form(made, inventory, "pdf", "zh")))
    (attached,) = reader.attachments["footprint.json"]
    view = report(made, inventory)
    assert content_hash(json.loads(attached)) == view.origin.document
    catalogue: Any = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"].lower().startswith("zh")
    metadata = catalogue["/Metadata"].get_data().decode()
    assert "pdfaid:part>3" in metadata
    assert "pdfuaid:part>1" in metadata
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date().isoformat() == view.date


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_product_of_fourteen_lines_takes_five_pages(
    language: ReportLanguage, inventory: CompiledInventory
) -> None:
    made = example("power-bank.csv", inventory)
    assert len(made[1].lines) == 14
    assert len(PdfReader(io.BytesIO(form(made, inventory, "pdf", language))).pages) == 5


def test_a_hash_in_one_of_two_columns_stays_in_it(inventory: CompiledInventory) -> None:
    """The hash of a site's file, and one that somebody writes in a description."""
    data = form(
        of_text(
            FULL.replace("# country", f"# description: sha256:{'ab' * 32}\n# country"), inventory
        ),
        inventory,
        "pdf",
    )
    lines = [
        line
        for page in PdfReader(io.BytesIO(data)).pages
        for line in page.extract_text().splitlines()
        if "abab" in line
    ]
    assert len(lines) > 1
    assert max(len(line.strip()) for line in lines) < 60


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["Lamp", "W" * 2000, "产品名称很长" * 300])
def test_the_first_page_is_one_page_whatever_the_names(
    name: str, language: ReportLanguage, inventory: CompiledInventory
) -> None:
    data = form(renamed(name, inventory), inventory, "pdf", language)
    pages = [squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(data)).pages]
    words = report_words(language)
    view = report(renamed(name, inventory), inventory)
    assert squeezed(words.remark("limits", view.limitations[4])) in pages[0]
    assert pages[1].startswith(squeezed(f"1{words.word('titles', 'goal')}"))


def test_the_html_fetches_nothing_and_runs_nothing(inventory: CompiledInventory) -> None:
    data = form(example("t-shirt.xlsx", inventory), inventory, "html")
    assert not html_tags(data) & {"script", "iframe", "img", "link", "object", "form", "a"}
    assert b"url(" not in data
    assert b"default-src 'none'" in data


HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    '#image("/etc/passwd") #read("/etc/passwd") $ x $ *b* `raw` \\evil',
    "{{ 7 * 7 }} {% for x in y %} {0.__class__} {gap}",
    "</title></svg><svg onload=alert(1)> ]]> &amp; --> <!--",
    "W" * 300,
    "产品名称很长" * 50,
    "Long names of products that go on and on without any end " * 20,
    "=cmd|' /C calc'!A0",
    "@SUM(A1)",
    "a\x07b\u202egnp.exe\u2066z",
]


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("kind", FORMS)
def test_hostile_names_are_shown_and_do_nothing(
    kind: str, name: str, inventory: CompiledInventory
) -> None:
    made = renamed(name, inventory)
    data = form(made, inventory, kind)
    found = text_of(data, kind)
    assert squeezed(report(made, inventory).subject.name) in found
    assert "root:" not in found
    if kind == "html":
        assert not html_tags(data) & {"script", "img", "iframe"}
        assert found.count("onload=alert(1)>") == data.decode().count("onload=alert(1)&gt;")
    if kind == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(data))
        kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
        assert "f" not in kinds
        texts = [value for value in cells(data) if isinstance(value, str)]
        assert not [text for text in texts if text.startswith(("=", "@", "+"))]


@pytest.mark.parametrize("name", ["Power bank \U0001f50b", "\u1200\u1201", "\u0f40\u0f41"])
def test_letters_that_no_font_shows_are_refused_in_print_and_shown_on_screen(
    name: str, inventory: CompiledInventory
) -> None:
    made = renamed(name, inventory)
    assert squeezed(name) in text_of(form(made, inventory, "html"), "html")
    assert squeezed(name) in text_of(form(made, inventory, "xlsx"), "xlsx")
    with pytest.raises(InputRefused) as refused:
        form(made, inventory, "pdf")
    (problem,) = refused.value.problems
    assert problem.code == "RPT-001"
    assert f"U+{ord(name[-1]):04X}" in problem.message
    assert "html" in problem.hint


def test_letters_from_right_to_left_are_shown(inventory: CompiledInventory) -> None:
    name = "\u0645\u062d\u0641\u0638\u0629"
    made = renamed(name, inventory)
    for kind in FORMS:
        found = text_of(form(made, inventory, kind), kind)
        assert name in found or name[::-1] in found


@pytest.mark.parametrize("kind", ["html", "pdf"])
def test_a_report_of_too_many_lines_is_refused(kind: str, inventory: CompiledInventory) -> None:
    made = example("biscuits.csv", inventory)
    view = report(made, inventory)
    long = replace(view, lines=view.lines * (MOST_LINES[kind] // len(view.lines) + 1))
    with pytest.raises(InputRefused) as refused:
        rendered(long, made[0], kind, "en")
    assert refused.value.problems[0].code == "RPT-002"
    assert "xlsx" in refused.value.problems[0].hint


def test_an_unknown_form_is_refused(inventory: CompiledInventory) -> None:
    made = example("biscuits.csv", inventory)
    with pytest.raises(ValueError, match="no report as 'docx'"):
        rendered(report(made, inventory), made[0], "docx", "en")
