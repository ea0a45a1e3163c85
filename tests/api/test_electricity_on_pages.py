"""What the pages of a draft say of electricity that is named by its use, and of other flows."""

from __future__ import annotations

import pytest

from api.console.match_view import line_view
from footprint.drafts.cards import Card, reason_for
from footprint.drafts.work import LineKind
from footprint.values.line import Line
from label_templates.console_pages import console_words

ZH = console_words("zh")


def kind_of(unit: str, *, stage_open: bool = True) -> LineKind:
    line = Line(2, "L2", "装配用电", 1.0, unit, stage_open=stage_open)
    return LineKind("a", line, (2,), 1.0, None, None, "open")


@pytest.mark.parametrize(
    ("unit", "stage_open", "weighed"),
    [
        ("kWh", True, False),
        ("MJ", True, False),
        ("tkm", True, False),
        ("hour", True, False),
        ("kWh", False, True),
        ("piece", True, True),
        ("kg", True, True),
    ],
)
def test_energy_is_asked_for_no_weight(unit: str, stage_open: bool, weighed: bool) -> None:
    kind = kind_of(unit, stage_open=stage_open)
    assert kind.has_mass == weighed
    view = line_view(kind, (), 1.0)
    assert view.needs_mass == weighed
    assert ("kilogram" in view.supplier_units) == weighed


@pytest.mark.parametrize(
    ("dataset", "reason", "says"),
    [
        ("electricity-grid-cn", "grid", "须由您选定是哪种电力"),
        ("electric-cable-glo", "no_grid", "没有对应的电网：请说明生产地"),
    ],
)
def test_electricity_named_by_its_use_says_what_is_to_be_chosen(
    dataset: str, reason: str, says: str
) -> None:
    card = Card(dataset, "A", "甲", "CN", 2023, "kWh", "possible", 1.0, "unit", 1.0, False)
    kind = kind_of("kWh")
    assert reason_for(kind, (card,)) == reason
    assert reason_for(kind, ()) == "no_grid"
    assert ZH.word("reasons", reason) == says
