"""What the regulation on batteries answers to a question, as a document."""

from __future__ import annotations

from datetime import date
from typing import Any

from footprint.rules import faults
from footprint.rules.modules.battery import (
    Declared,
    battery_stages,
    category_of,
    declared_number,
    duty_on,
    limit_on,
    missing_contents,
    service_energy_kwh,
)
from footprint.rules.modules.battery_law import BatteryLaw, Category, Duty, load_battery_law
from footprint.rules.modules.questions import BatteryQuestion
from footprint.rules.modules.reply_parts import reply_head, told_answer, told_figure

_DUTIES: tuple[Duty, ...] = ("declaration", "class", "maximum")


def battery_reply(
    question: BatteryQuestion, day: date, law: BatteryLaw | None = None
) -> dict[str, Any]:
    """Category, duties on the day, the declaration's number and what it lacks, class and limit,
    and the part of the battery passport that is about the carbon footprint. Raises InputRefused
    (RUL-030)."""
    law = law or load_battery_law()
    category, covered = category_of(
        law, question.kind, question.capacity_kwh, question.external_storage
    )
    reply: dict[str, Any] = {
        **reply_head(law, day),
        "category": category,
        "covered": told_answer(covered, day),
        "duties": {},
    }
    value = _declared(question)
    if value is not None:
        reply["declared"] = {
            "kg_co2e_per_kwh": told_figure(value.total),
            "by_stage": {stage: told_figure(kg) for stage, kg in value.stages.items()},
        }
    if category is not None:
        reply["duties"] = {
            one: told_answer(duty_on(law, category, one, day), day) for one in _DUTIES
        }
        reply |= _declaration(law, question, value)
        if value is not None:
            reply["class"] = told_answer(limit_on(law, category, "class", value.total, day), day)
            reply["maximum"] = told_answer(
                limit_on(law, category, "maximum", value.total, day), day
            )
        reply["passport"] = _passport(question, category, value)
    return reply


def _declared(question: BatteryQuestion) -> Declared | None:
    given = (bool(question.stages_kg), question.energy_per_cycle_kwh, question.cycles)
    if not any(given):
        return None
    if not all(given) or question.energy_per_cycle_kwh is None or question.cycles is None:
        raise faults.BATTERY_INPUT.refuse(
            "The number needs stages_kg, energy_per_cycle_kwh and cycles together."
        )
    energy = service_energy_kwh(question.energy_per_cycle_kwh, question.cycles)
    return declared_number(battery_stages(question.stages_kg), energy)


def _declaration(
    law: BatteryLaw, question: BatteryQuestion, value: Declared | None
) -> dict[str, Any]:
    computed = {} if value is None else {"total": "computed", "stages": "computed"}
    lacking = missing_contents(law, {**question.declaration, **computed})
    must = law.declaration.must_hold
    return {
        "declaration": {
            "must_hold": [{"key": c.key, "says": c.says.en, "says_zh": c.says.zh} for c in must],
            "lacks": [c.key for c in lacking],
        }
    }


def _passport(
    question: BatteryQuestion, category: Category, value: Declared | None
) -> dict[str, Any]:
    """The carbon-footprint part of the battery passport; null where nothing is known."""
    held = question.declaration
    return {
        "battery_category": category,
        "battery_model": held.get("model"),
        "manufacturer": held.get("manufacturer"),
        "manufacturing_place": held.get("plant"),
        "carbon_footprint_kg_co2e_per_kwh": None if value is None else told_figure(value.total),
        "carbon_footprint_by_stage": None
        if value is None
        else {stage: told_figure(kg) for stage, kg in value.stages.items()},
        "carbon_footprint_performance_class": None,
        "declaration_of_conformity": held.get("conformity_number"),
        "public_study": held.get("study"),
    }
