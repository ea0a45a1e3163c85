"""What the laws answer to a question, as documents: command line and service print the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from decimal import Context, Decimal
from typing import Any

from footprint.rules import codes
from footprint.rules.evidence import Evidence, Facts
from footprint.rules.freshness import stale_facts
from footprint.rules.modules.battery import (
    BatteryLaw,
    Category,
    Declared,
    Duty,
    battery_stages,
    category_of,
    declared,
    duty_on,
    limit_on,
    load_battery_law,
    missing_contents,
    service_energy_kwh,
)
from footprint.rules.modules.cbam import (
    CbamLaw,
    Embedded,
    Goods,
    Precursor,
    Scope,
    applies_on,
    load_cbam_law,
    marked_up,
    scope_of,
    specific_embedded_emissions,
    threshold_reached,
)
from footprint.rules.modules.law import Answer, Law, law_facts
from footprint.rules.modules.procurement import check_limit
from footprint.rules.modules.questions import (
    BatteryQuestion,
    CbamQuestion,
    LimitQuestion,
    TextileQuestion,
)
from footprint.rules.modules.textile import (
    compare_climate,
    displayed,
    duties_on,
    in_scope,
    load_textile_law,
)
from footprint.rules.words import exact_text

#: Digits of computed figures: far more than any input has.
_DIGITS = Context(prec=12)
_DUTIES: tuple[Duty, ...] = ("declaration", "class", "maximum")


def battery_reply(question: BatteryQuestion, day: date) -> dict[str, Any]:
    """Category, duties on the day, the declaration's number and what it lacks, class and limit,
    and the part of the battery passport that is about the carbon footprint. Raises InputRefused
    (RUL-030)."""
    law = load_battery_law()
    category, covered = category_of(
        law, question.kind, question.capacity_kwh, question.external_storage
    )
    reply: dict[str, Any] = {
        **_head(law, day),
        "category": category,
        "covered": _told(covered),
        "duties": {},
    }
    value = _declared(question)
    if value is not None:
        reply["declared"] = {
            "kg_co2e_per_kwh": _figure(value.total),
            "by_stage": {stage: _figure(kg) for stage, kg in value.stages.items()},
        }
    if category is not None:
        reply["duties"] = {one: _told(duty_on(law, category, one, day)) for one in _DUTIES}
        reply |= _declaration(law, question, value)
        if value is not None:
            reply["class"] = _told(limit_on(law, category, "class", value.total, day))
            reply["maximum"] = _told(limit_on(law, category, "maximum", value.total, day))
        reply["passport"] = _passport(question, category, value)
    return reply


def _declared(question: BatteryQuestion) -> Declared | None:
    given = (bool(question.stages_kg), question.energy_per_cycle_kwh, question.cycles)
    if not any(given):
        return None
    if not all(given) or question.energy_per_cycle_kwh is None or question.cycles is None:
        raise codes.BATTERY_INPUT.refuse(
            "The number needs stages_kg, energy_per_cycle_kwh and cycles together."
        )
    energy = service_energy_kwh(question.energy_per_cycle_kwh, question.cycles)
    return declared(battery_stages(question.stages_kg), energy)


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
        "carbon_footprint_kg_co2e_per_kwh": None if value is None else _figure(value.total),
        "carbon_footprint_by_stage": None
        if value is None
        else {stage: _figure(kg) for stage, kg in value.stages.items()},
        "carbon_footprint_performance_class": None,
        "declaration_of_conformity": held.get("conformity_number"),
        "public_study": held.get("study"),
    }


def cbam_reply(question: CbamQuestion, day: date) -> dict[str, Any]:
    """Scope, threshold and embedded emissions of goods; never a product carbon footprint. Raises
    InputRefused (RUL-031)."""
    law = load_cbam_law()
    scope = scope_of(law, question.cn, question.origin or "")
    reply: dict[str, Any] = {
        **_head(law, day),
        "applies": _told(applies_on(law, day)),
        "scope": _told(scope.answer),
        "sector": scope.sector,
        "not_a_footprint": "Embedded emissions are those of the plant and of listed precursors; "
        "they are no product carbon footprint and are never added to one.",
    }
    goods = scope.goods
    if scope.sector is None or goods is None:
        return reply
    reply["unit"] = goods.unit
    reply["gases"] = list(goods.gases)
    reply["indirect_counts"] = not goods.direct_only
    reply["threshold"] = _told(threshold_reached(law, scope.sector, question.tonnes_in_year))
    actual = _actual(law, question, scope, goods)
    if actual is not None:
        reply["actual"] = _embedded(actual)
    if question.default is not None:
        value, told = marked_up(law, question.default.value, scope.sector, question.default.year)
        reply["default"] = {
            "value": exact_text(question.default.value),
            "year": question.default.year,
            "source": question.default.source,
            "with_mark_up": _figure(value),
            "mark_up": _told(told),
        }
    return reply


def _actual(law: CbamLaw, question: CbamQuestion, scope: Scope, goods: Goods) -> Embedded | None:
    if question.activity_level is None and question.direct_t is None:
        return None
    if question.activity_level is None or question.direct_t is None:
        raise codes.CBAM_INPUT.refuse("Actual values need activity_level and direct_t together.")
    if scope.answer.reply != "yes":
        raise codes.CBAM_INPUT.refuse(
            f"Whether the goods count is not settled: {scope.answer.says}."
        )
    inputs = [
        Precursor(one.cn, one.amount, Embedded(one.direct, one.indirect, "t"))
        for one in question.precursors
    ]
    return specific_embedded_emissions(
        law, goods, question.activity_level, question.direct_t, question.indirect_t, inputs
    )


def _embedded(value: Embedded) -> dict[str, Any]:
    return {
        "direct_t_co2e": _figure(value.direct),
        "indirect_t_co2e": None if value.indirect is None else _figure(value.indirect),
        "per": value.unit,
    }


def textile_reply(question: TextileQuestion, day: date) -> dict[str, Any]:
    """Scope and duties of whoever shows a score, how it is shown, and a footprint beside its
    climate term. Raises InputRefused (RUL-032)."""
    law = load_textile_law()
    reply: dict[str, Any] = {
        **_head(law, day),
        "scope": _told(in_scope(law, question.kind, question.unmodelled_mass)),
        "duties": [_told(one) for one in duties_on(law, day)],
        "update_within_months": law.update.months,
    }
    if question.points is not None and question.mass_g is not None:
        shown = displayed(question.points, question.mass_g)
        reply["shown"], reply["shown_zh"] = shown.en, shown.zh
    climate = (question.footprint_kg, question.score_kg, question.normalisation_kg)
    if any(climate):
        if None in climate:
            raise codes.TEXTILE_INPUT.refuse(
                "A comparison needs footprint_kg, score_kg and normalisation_kg together."
            )
        footprint, score, yearly = (one or Decimal(0) for one in climate)
        found = compare_climate(law, footprint, score, yearly)
        reply["climate"] = {
            "ratio": _figure(found.ratio),
            "points": _figure(found.points),
            "says": found.says,
            "says_zh": found.says_zh,
        }
    return reply


def limit_reply(
    question: LimitQuestion, facts: Facts, evidence: Evidence, day: date
) -> dict[str, Any]:
    """Whether a footprint keeps a purchase limit on a day: yes, no or unknown, why, and the
    smallest changes by which it would. Raises InputRefused (RUL-013, RUL-014)."""
    found = check_limit(question.limit, facts, evidence, day)
    words = {"pass": "yes", "fail": "no", "unknown": "unknown"}
    return {
        "law": "purchase-limit",
        "as_of": day.isoformat(),
        "keeps": words[found.verdict],
        "value_kg_co2e": exact_text(facts.total_kg),
        "per": facts.per,
        "limit_kg_co2e": exact_text(question.value),
        "reasons": [
            {"verdict": one.verdict, "says": one.says, "says_zh": one.says_zh}
            for one in found.trace.children
        ],
        "missing": sorted({name for one in found.trace.children for name in one.missing}),
        "changes": [{"says": one.says, "says_zh": one.says_zh} for one in found.changes],
    }


def _head(law: Law, day: date) -> dict[str, Any]:
    """The law, the day, and how many of its facts nobody has looked up for long before that day."""
    known = tuple(law_facts(law))
    return {
        "law": law.id,
        "name": law.name.en,
        "name_zh": law.name.zh,
        "about": law.about.en,
        "about_zh": law.about.zh,
        "as_of": day.isoformat(),
        "facts": len(known),
        "stale_facts": len(stale_facts(known, day)),
    }


def _told(answer: Answer) -> dict[str, Any]:
    return {
        "reply": answer.reply,
        "says": answer.says,
        "says_zh": answer.says_zh,
        "since": None if answer.since is None else answer.since.isoformat(),
        "confidence": answer.confidence,
        "sources": _sources(answer),
    }


def _sources(answer: Answer) -> list[dict[str, str]]:
    return [dict(asdict(one)) for one in answer.citations]


def _figure(value: Decimal) -> str:
    return exact_text(_DIGITS.plus(value))


def reply_lines(reply: dict[str, Any], chinese: bool, indent: str = "") -> Iterable[str]:
    """A reply as indented text for people, in one of the two languages."""
    for name, value in reply.items():
        if name.endswith("_zh"):
            continue
        shown = reply.get(f"{name}_zh", value) if chinese else value
        if isinstance(shown, dict):
            yield f"{indent}{name}:"
            yield from reply_lines(shown, chinese, f"{indent}  ")
        elif isinstance(shown, list):
            yield f"{indent}{name}:"
            for one in shown:
                yield from _item_lines(one, chinese, f"{indent}  ")
        else:
            yield f"{indent}{name}: {'-' if shown is None else shown}"


def _item_lines(item: Any, chinese: bool, indent: str) -> Iterable[str]:
    if not isinstance(item, dict):
        yield f"{indent}- {item}"
        return
    lines = list(reply_lines(item, chinese, f"{indent}  "))
    yield f"{indent}- {lines[0].strip()}"
    yield from lines[1:]
