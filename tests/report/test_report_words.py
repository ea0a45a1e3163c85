"""The words of the report: two languages, the same keys, and one for every code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from typing import Any, get_args

import pytest
import yaml
from report_kit import FULL, LANGUAGES, NAMES, example, form, of_text, report

from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.schema import DatasetRow, ExchangeRow
from footprint.method.findings import Outcome
from footprint.method.rules import Confidence
from footprint.values.allocation import Method
from footprint.values.line import STAGES
from footprint.values.product import DECLARED_UNITS
from label_templates.report import checked
from label_templates.report.words import REPORT_LANGUAGES, ReportLanguage, report_words
from label_templates.type import typesetting


def _table(language: str) -> dict[str, Any]:
    path = files("label_templates").joinpath("locale", f"report.{language}.yaml")
    table: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return table


def _leaves(table: Any, place: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(table, dict):
        for key, value in table.items():
            yield from _leaves(value, f"{place}.{key}")
    else:
        yield place, table


def test_both_languages_have_the_same_words_with_the_same_gaps() -> None:
    english, chinese = dict(_leaves(_table("en"))), dict(_leaves(_table("zh")))
    assert english.keys() == chinese.keys()
    for place, text in english.items():
        assert set(re.findall(r"{(\w+)}", text)) == set(re.findall(r"{(\w+)}", chinese[place]))
        assert chinese[place].strip()
        assert text.strip()


@pytest.mark.parametrize(
    ("group", "codes"),
    [
        ("stages", STAGES),
        ("units", DECLARED_UNITS),
        ("methods", get_args(Method)),
        ("outcomes", get_args(Outcome)),
        ("confidences", get_args(Confidence)),
        ("boundaries", get_args(DatasetRow.model_fields["boundary"].annotation)),
        ("data_kinds", get_args(ExchangeRow.model_fields["data_kind"].annotation)),
    ],
)
def test_every_code_of_the_engine_has_a_word(group: str, codes: tuple[str, ...]) -> None:
    for language in REPORT_LANGUAGES:
        assert set(codes) <= _table(language)[group].keys()


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="no report in 'fr'"):
        report_words("fr")


@pytest.mark.parametrize("name", NAMES)
def test_what_the_calculation_noticed_is_told_in_the_language_of_the_report(
    name: str, inventory: CompiledInventory
) -> None:
    view = report(example(name, inventory), inventory)
    assert view.notices
    told = {one: str(checked.notices(view, report_words(one))) for one in REPORT_LANGUAGES}
    for notice in view.notices:
        chinese = report_words("zh").sentence(notice.message)
        assert re.search(r"[\u4e00-\u9fff]", chinese)
        assert chinese in told["zh"]
        assert notice.message in told["en"]
        if notice.where.row is not None:
            assert f"第 {notice.where.row} 行" in told["zh"]
            assert f"row {notice.where.row}" in told["en"]
    without_names = re.sub(r"'[^']*'", "", told["en"])  # lines keep the names of the file
    assert not re.search(r"[\u4e00-\u9fff]", without_names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_number_of_a_report_keeps_its_sign_and_a_day_its_parts(
    language: ReportLanguage, inventory: CompiledInventory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a page and on paper: no line ends between `98.7` and `%`."""
    set_with: dict[str, str] = {}
    real = typesetting.pdf

    def watched(template: str, inputs: dict[str, str], timestamp: int) -> bytes:
        set_with.update(inputs)
        return real(template, inputs, timestamp)

    monkeypatch.setattr(typesetting, "pdf", watched)
    made = of_text(FULL, inventory)
    page = form(made, inventory, "html", language).decode()
    form(made, inventory, "pdf", language)
    for text in (page[page.index("<main") :], set_with["data.json"]):
        assert not re.search(r"\d %", text)
        assert len(re.findall("\\d\u00a0%", text)) > 5
    assert '<span class="day">2026-11-21</span>' in page
