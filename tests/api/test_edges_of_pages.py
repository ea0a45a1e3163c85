"""What pages of the console show of a thing at its edges, without a server."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy.dialects import sqlite

from api.console import room_view
from api.console.result_view import TOP, _helps, _rest, _row, _stages
from api.store.types import UtcDateTime
from footprint.drafts.work import LineKind
from footprint.proof.sample import draw_sample
from footprint.values.line import STAGES, Line
from label_templates.console_pages import console_words

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
WORDS = console_words("en")


def test_a_time_comes_back_as_the_same_moment_in_utc() -> None:
    kind, here = UtcDateTime(), sqlite.dialect()
    shanghai = NOON.astimezone(timezone(timedelta(hours=8)))
    for given in (shanghai, NOON, NOON.replace(tzinfo=None)):
        found = kind.process_result_value(given, here)
        assert found == NOON
        assert found.utcoffset() == timedelta(0)
    assert kind.process_bind_param(shanghai, here) == NOON
    assert kind.process_bind_param(None, here) is kind.process_result_value(None, here) is None
    with pytest.raises(ValueError, match="without a zone"):
        kind.process_bind_param(NOON.replace(tzinfo=None), here)


# The evidence room ------------------------------------------------------------------------------

SHARES = {1: 0.4, 2: 0.4, **dict.fromkeys(range(3, 13), 0.02)}


def _room(seed: int | None, opened: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(room_view, "line_chains", lambda numbers, *_: tuple(numbers))
    lines = [SimpleNamespace(row=at + 1, id=str(at)) for at in SHARES]
    items = [{"row": at + 1, "line": str(at), "share": share} for at, share in SHARES.items()]
    opening = SimpleNamespace(opened_at=NOON, opened_by="Vera")
    state: Any = SimpleNamespace(seed=seed, openings=dict.fromkeys(opened, opening))
    bom: Any = SimpleNamespace(lines=lines)
    nothing: Any = None
    return room_view.room_view(bom, nothing, {"contributions": items}, nothing, state)


def test_a_room_lists_its_sample_and_what_was_opened_and_keeps_the_rest_apart(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sample = draw_sample(SHARES, 7)
    other = next(at for at in SHARES if at not in sample.numbers)
    view = _room(7, (1, other), monkeypatch)
    why = {line.number: line.why for line in (*view.lines, *view.others)}
    assert why == {
        **dict.fromkeys(SHARES, "other"),
        **dict.fromkeys(sample.heavy, "heavy"),
        **dict.fromkeys(sample.drawn, "drawn"),
    }
    assert {line.number for line in view.lines} == {*sample.numbers, other}
    assert {line.number for line in view.others} == set(SHARES) - {*sample.numbers, other}
    assert view.left == len(sample.numbers) - 1
    opened = {line.number: (line.opened_on, line.opened_by) for line in view.lines}
    assert opened == {
        **dict.fromkeys(sample.numbers, ("", "")),
        **dict.fromkeys((1, other), ("2026-11-20", "Vera")),
    }


def test_a_room_without_a_sample_lists_what_was_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    view = _room(None, (2,), monkeypatch)
    assert view.sample is None
    assert [line.number for line in view.lines] == [2]
    assert len(view.others) == len(SHARES) - 1
    assert view.left == 0


# The result of a draft --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("boundary", "shown", "outside"),
    [
        (
            "cradle-to-gate",
            {"material", "packaging", "production", "distribution", "use", "end_of_life", "waste"},
            {"distribution", "use", "end_of_life"},
        ),
        (
            "cradle-to-grave",
            {"material", "packaging", "production", "distribution", "use", "end_of_life", "waste"},
            set(),
        ),
    ],
)
def test_a_stage_is_done_or_empty_or_outside(
    boundary: str, shown: set[str], outside: set[str]
) -> None:
    counted = [SimpleNamespace(stage=stage) for stage in ("material", "waste", "distribution")]
    made: Any = SimpleNamespace(
        boundary=boundary, contributions=counted, stages={"material": 1.5, "waste": 0.25}
    )
    found = {one.stage: one for one in _stages(made, {"use": 3, "waste": 1})}
    assert list(found) == [stage for stage in STAGES if stage in shown]
    done = {"material", "waste"} | ({"distribution"} - outside)
    assert {name for name, one in found.items() if one.done} == done
    assert {name for name, one in found.items() if not one.inside} == outside
    assert (found["material"].kg, found["use"].kg) == ("1.50", "")
    left_out = {name: one.left_out for name, one in found.items() if one.left_out}
    assert left_out == {"waste": 1, "use": 3}


def test_a_stage_of_which_all_is_left_out_is_shown_though_nothing_of_it_counts() -> None:
    made: Any = SimpleNamespace(boundary="cradle-to-gate", contributions=[], stages={})
    (found,) = (one for one in _stages(made, {"waste": 2}) if one.stage == "waste")
    assert (found.done, found.inside, found.left_out) == (False, True, 2)


def _kind(name: str, kg: float | None, mass: float | None = 2.0, **said: Any) -> LineKind:
    state = said.pop("state", "open" if kg is None else "settled")
    line = Line(row=2, id="1", name=name, quantity=1, unit="piece", **said)
    return LineKind(name, line, (2,), 1.0, mass, None, state, kg_co2e=kg)


def test_a_row_shows_its_share_or_else_its_mass() -> None:
    known, unknown = _row(_kind("a", 1.0), 4.0), _row(_kind("a", None), 4.0)
    assert (known.kg, known.share) == ("1.00", "25")
    assert unknown.kg == ""
    assert unknown.share.startswith("2")
    assert _row(_kind("a", 1.0), 0.0).share == unknown.share
    rest = _rest([_kind("a", 1.0), _kind("b", 2.0)], 4.0, WORDS)
    assert rest is not None
    assert (rest.kg, rest.share) == ("3.00", "75")
    assert _rest([], 4.0, WORDS) is None


def test_what_would_help_most_is_told_first() -> None:
    kinds = [
        _kind("Housing", 6.0, stage="material"),  # half of 0.3
        _kind("Rough", 2.8, state="screening", stage="production"),  # 0.14
        _kind("Asked", 9.0, stage="material", supplier_pcf="p.json"),
        _kind("Oven", 3.0, stage="production"),
        _kind("Heavy", None, mass=6.0),
        _kind("Light", None, mass=None),  # as if 0.1
        _kind("No part", None, mass=90.0, state="not-part"),
    ]
    work: Any = SimpleNamespace(kinds=kinds, open=kinds[4:6], footprint=SimpleNamespace(total=20.0))
    told = [one.line for one in _helps(work, kinds[:4], 20.0, WORDS)]
    assert told == ["Heavy", "Housing", "Rough"]
    light: Any = SimpleNamespace(kinds=kinds, open=kinds[5:6], footprint=work.footprint)
    assert [one.line for one in _helps(light, [], 20.0, WORDS)] == ["Light"]
    untold = _helps(work, [], None, WORDS)
    assert [one.says for one in untold] == [
        WORDS.say("help_open_flow", name="Heavy"),
        WORDS.say("help_open_mass", name="Light"),
    ]
    assert len(told) < TOP
