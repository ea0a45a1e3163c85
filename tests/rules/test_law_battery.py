"""Batteries: no duty before its day, unknown while its act has none; the number per kWh."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footprint.faults import InputRefused
from footprint.rules.modules.battery import (
    STAGES,
    annual_draft_cycles,
    battery_stages,
    category_of,
    declared_number,
    duty_on,
    limit_on,
    missing_contents,
    service_energy_kwh,
)
from footprint.rules.modules.battery_law import BatteryLaw, Stage, load_battery_law
from footprint.rules.modules.law import law_from_text

_LAW = load_battery_law()
_TEXT = (resources.files("footprint.rules") / "data" / "modules" / "battery.yaml").read_text(
    "utf-8"
)


@pytest.mark.parametrize(
    ("category", "duty", "first"),
    [
        ("ev", "declaration", date(2025, 2, 18)),
        ("ev", "class", date(2026, 8, 18)),
        ("ev", "maximum", date(2028, 2, 18)),
        ("industrial", "declaration", date(2026, 2, 18)),
        ("industrial", "class", date(2027, 8, 18)),
        ("industrial", "maximum", date(2029, 2, 18)),
        ("lmt", "declaration", date(2028, 8, 18)),
        ("lmt", "class", date(2030, 2, 18)),
        ("lmt", "maximum", date(2031, 8, 18)),
        ("industrial-external-storage", "declaration", date(2030, 8, 18)),
        ("industrial-external-storage", "class", date(2032, 2, 18)),
        ("industrial-external-storage", "maximum", date(2033, 8, 18)),
    ],
)
def test_a_duty_is_not_due_before_its_day_and_open_from_then_while_its_act_is(
    category: Any, duty: Any, first: date
) -> None:
    before = duty_on(_LAW, category, duty, first - timedelta(days=1))
    assert (before.reply, before.since) == ("not_yet", first)
    assert duty_on(_LAW, category, duty, first).reply == "unknown"
    assert before.citations[0].url.startswith("https://eur-lex.europa.eu")


def _with_acts(*days: str) -> BatteryLaw:
    text = _TEXT
    for day in days:
        text = text.replace("in_force: null", f"in_force: {day}", 1)
    return law_from_text(text, "battery.yaml", BatteryLaw)


@pytest.mark.parametrize(
    ("acts", "first"),
    [
        (("2024-01-01", "2024-01-01"), date(2025, 2, 18)),
        (("2026-03-10", "2024-01-01"), date(2027, 3, 10)),
        (("2024-01-01", "2026-03-10"), date(2027, 3, 10)),
    ],
)
def test_the_latest_of_the_days_decides(acts: tuple[str, ...], first: date) -> None:
    law = _with_acts(*acts)
    assert duty_on(law, "ev", "declaration", first - timedelta(days=1)).reply == "not_yet"
    due = duty_on(law, "ev", "declaration", first)
    assert (due.reply, due.since) == ("yes", first)


def test_one_known_act_of_two_moves_the_day_and_leaves_the_rest_open() -> None:
    law = _with_acts("2026-03-10")
    assert duty_on(law, "ev", "declaration", date(2027, 3, 9)).reply == "not_yet"
    still = duty_on(law, "ev", "declaration", date(2027, 3, 10))
    assert still.reply == "unknown"
    assert "format" in still.says


@pytest.mark.parametrize(
    ("kind", "capacity", "external", "category", "reply"),
    [
        ("ev", None, None, "ev", "yes"),
        ("lmt", None, None, "lmt", "yes"),
        ("other", None, None, None, "no"),
        ("industrial", None, None, None, "unknown"),
        ("industrial", "2", False, None, "no"),
        ("industrial", "2.0001", None, None, "unknown"),
        ("industrial", "2.0001", False, "industrial", "yes"),
        ("industrial", "2.0001", True, "industrial-external-storage", "yes"),
    ],
)
def test_the_category_follows_kind_capacity_and_storage(
    kind: Any, capacity: str | None, external: bool | None, category: str | None, reply: str
) -> None:
    found, told = category_of(_LAW, kind, Decimal(capacity) if capacity else None, external)
    assert (found, told.reply) == (category, reply)


def test_the_number_is_per_kilowatt_hour_of_the_service_life_without_the_use_phase() -> None:
    stages = battery_stages(
        {
            "material": Decimal(3000),
            "inbound_transport": Decimal(100),
            "production": Decimal(1200),
            "waste": Decimal(50),
            "distribution": Decimal(90),
            "use": Decimal(99999),
            "end_of_life": Decimal(60),
        }
    )
    energy = service_energy_kwh(Decimal(60), Decimal(1500))
    found = declared_number(stages, energy)
    assert energy == 90_000
    assert found.total == Decimal("0.05")
    assert found.stages["distribution"] == Decimal("0.001")
    assert set(found.stages) == set(STAGES)


@given(st.lists(st.decimals("0", "1e6", places=3), min_size=4, max_size=4), st.integers(1, 10**6))
def test_the_stages_add_up_to_the_total(kgs: list[Decimal], kwh: int) -> None:
    found = declared_number(dict(zip(STAGES, kgs, strict=True)), Decimal(kwh))
    assert abs(sum(found.stages.values(), Decimal(0)) - found.total) < Decimal("1e-20")


@pytest.mark.parametrize(
    "step",
    [
        lambda: declared_number({"production": Decimal(1)}, Decimal(1)),
        lambda: declared_number(dict.fromkeys(STAGES, Decimal(1)), Decimal(0)),
        lambda: service_energy_kwh(Decimal(0), Decimal(1)),
        lambda: battery_stages({"assembly": Decimal(1)}),
    ],
)
def test_what_cannot_be_computed_is_refused(step: Any) -> None:
    with pytest.raises(InputRefused, match="RUL-030"):
        step()


@pytest.mark.parametrize("stage", STAGES)
def test_only_the_end_of_life_may_be_below_zero(stage: Stage) -> None:
    kgs = {**dict.fromkeys(STAGES, Decimal(10)), stage: Decimal(-5)}
    if stage == "end-of-life":
        found = declared_number(kgs, Decimal(100))
        assert (found.stages[stage], found.total) == (Decimal("-0.05"), Decimal("0.25"))
        return
    with pytest.raises(InputRefused, match=f"RUL-030: Stages are below zero: {stage}") as told:
        declared_number(kgs, Decimal(100))
    assert "recovered be credited" in told.value.problems[0].hint


def test_a_declaration_is_told_what_it_lacks() -> None:
    keys = [content.key for content in _LAW.declaration.must_hold]
    assert len(keys) == 7
    lacking = missing_contents(_LAW, {**dict.fromkeys(keys, "given"), "plant": " "})
    assert [content.key for content in lacking] == ["plant"]
    assert lacking[0].says.zh


def test_class_and_maximum_are_unknown_while_nothing_is_published() -> None:
    law = _with_acts(*(["2024-01-01"] * 5))
    value = Decimal("0.05")
    assert limit_on(law, "ev", "maximum", value, date(2028, 2, 17)).reply == "not_yet"
    assert limit_on(law, "ev", "maximum", value, date(2028, 2, 18)).reply == "unknown"
    assert limit_on(law, "ev", "class", value, date(2026, 8, 18)).reply == "unknown"


def test_published_limits_would_decide() -> None:
    text = _TEXT.replace("in_force: null", "in_force: 2024-01-01").replace(
        "category: ev, duty: class, limits: []",
        "category: ev, duty: class, limits: [{name: A, up_to: 0.05}, {name: B, up_to: 0.08}]",
    )
    law = law_from_text(text, "battery.yaml", BatteryLaw)
    day = date(2026, 8, 18)
    assert limit_on(law, "ev", "class", Decimal("0.05"), day).says.endswith("A")
    assert limit_on(law, "ev", "class", Decimal("0.0500001"), day).says.endswith("B")
    assert limit_on(law, "ev", "class", Decimal("0.09"), day).reply == "no"


def test_draft_cycles_are_kept_apart_and_named_a_draft() -> None:
    assert annual_draft_cycles(_LAW, "M1") == 60
    assert annual_draft_cycles(_LAW, "X9") is None
    assert "not adopted" in _LAW.draft_cycles.citations[0].title


@pytest.mark.parametrize(
    "broken",
    [
        "- 1",
        "id: [",
        _TEXT.replace("confidence: H", "confidence: sure", 1),
        _TEXT.replace("months_after: 12", "months_after: 12\n    surprise: 1", 1),
    ],
)
def test_a_broken_law_file_is_refused(broken: str) -> None:
    with pytest.raises(InputRefused, match="RUL-00"):
        law_from_text(broken, "battery.yaml", BatteryLaw)
