"""What stands beside a row of a page, each case both ways, without a server: a verdict, a reason, a
finding, what is not counted."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest

from api.console.campaigns import problems_of
from api.console.compare_view import line_differences
from api.console.desk import _rows
from api.console.desk_view import _unnamed
from api.console.evidence_view import title_of
from api.console.match_view import _wider
from api.console.pictures import Rest, rows_drawing
from api.store.tenants import Actor
from footprint.matching.materials import materials

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_verdict_stands_beside_what_waits_for_one() -> None:
    said: dict[str, Any] = {
        "maker": "Mai",
        "checker": "",
        "scheme": "s",
        "tier": "reduction",
        "number": None,
    }
    said |= {"id": "a1", "changed_at": NOON}
    waiting: Any = SimpleNamespace(**said, state="submitted")
    ended: Any = SimpleNamespace(**said, state="issued")
    glance = SimpleNamespace(product={"name": "Chair"}, verdict="pass")
    service = SimpleNamespace(
        clock=lambda: NOON,
        glances=SimpleNamespace(at=lambda _actor, every, _today: [glance] * len(every)),
        rules=SimpleNamespace(schemes={}),
    )
    visit: Any = SimpleNamespace(service=service, actor=Actor("t", "person:i", "Chen", ()))
    for counts in ((1, 1), (2, 0), (0, 2)):
        rows = _rows(visit, [waiting] * counts[0], [ended] * counts[1])
        assert [[one.verdict for one in some] for some in rows] == [
            ["pass"] * counts[0],
            [""] * counts[1],
        ]


@pytest.mark.parametrize(
    ("says", "says_zh", "language", "named"),
    [
        ("Needs `pcr`", "需要规则", "en", False),
        ("Needs `pcr`", "需要规则", "zh", True),
        ("Needs rules", "需要 pcr", "en", True),
        ("Needs rules", "需要 pcr", "zh", False),
        ("Needs `pcr`", "", "zh", False),
    ],
)
def test_a_reason_names_what_it_lacks_once(
    says: str, says_zh: str, language: Any, named: bool
) -> None:
    trace: Any = SimpleNamespace(says=says, says_zh=says_zh, missing=("pcr", "pcr"))
    assert _unnamed(trace, language) == ((title_of("pcr", language),) if named else ())


def test_what_a_check_found_is_told_with_its_place() -> None:
    visit: Any = SimpleNamespace(language="en")
    assert problems_of(visit, None) == []
    findings = [{"code": "PAC-001", "message": "No.", "row": 3, "column": "id", "hint": "Give it."}]
    answer: Any = SimpleNamespace(findings=json.dumps(findings))
    (one,) = problems_of(visit, answer)
    assert (one.code, one.message, one.hint) == ("PAC-001", "No.", "Give it.")
    assert (one.where.row, one.where.column, one.where.file) == (3, "id", "")


def test_a_difference_as_small_as_the_noise_is_none() -> None:
    def one(kg: float) -> Any:
        items = [{"name": "Steel", "kg_co2e": kg}]
        return SimpleNamespace(
            summary={"amount": 1.0, "unit": "piece"}, document={"contributions": items}
        )

    assert line_differences([one(1e12), one(1e12 + 1)], "") == ()
    assert len(line_differences([one(1e12), one(1e12 + 2)], "")) == 1


def test_a_class_names_the_wider_one_that_its_range_is_of() -> None:
    name, wide = next(iter(materials().classes.items()))
    own: Any = SimpleNamespace(spread_of=name, name_en=wide.name_en, name_zh=wide.name_zh)
    assert _wider(own) == ("", "")
    narrow: Any = SimpleNamespace(spread_of=name, name_en="Narrow", name_zh=wide.name_zh)
    assert _wider(narrow) == (wide.name_en, wide.name_zh)


@pytest.mark.parametrize(
    ("left", "says", "share"),
    [
        (None, "?", 0.5),
        (0.25, "? (25 % of the mass)", 0.25),
        (0.001, "? (< 1 % of the mass)", 0.05),
    ],
)
def test_what_is_not_counted_is_as_long_as_its_mass_or_half(
    left: float | None, says: str, share: float
) -> None:
    kind: Any = SimpleNamespace(line=SimpleNamespace(name="Steel"), whole_kg_co2e=2.0)
    drawing = rows_drawing([kind], Rest([], left, 3), "en", phone=False)
    whole, open_ = drawing.boxes
    assert (whole.dash, open_.dash) == (False, True)
    assert open_.width == pytest.approx(whole.width * share)
    assert " ".join(drawing.texts[-1].content.split()) == says
    assert len(rows_drawing([kind], Rest([], left, 0), "en", phone=False).boxes) == 1
