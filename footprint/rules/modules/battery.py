"""Carbon footprint of batteries: Regulation (EU) 2023/1542, Article 7 and Annex II.

Which battery has which duty from which day, what the declaration holds, and its number: kg CO2e
per kWh of the energy delivered over the service life. Offsets are no part of it (Annex II, 7).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from types import MappingProxyType
from typing import Literal

from footprint.rules import faults
from footprint.rules.modules.battery_law import BatteryLaw, Category, Content, Duty, Kind, Stage
from footprint.rules.modules.law import AnswerOfLaw, answer
from footprint.rules.predicates.finding import add_months
from footprint.rules.words import EXACT, Bilingual, exact_text

STAGES: tuple[Stage, ...] = ("raw-material", "production", "distribution", "end-of-life")
#: Our own reading of Annex II, 4: where the stages of a footprint belong. The use phase is left
#: out there, so it is left out here.
STAGE_OF: Mapping[str, Stage | None] = MappingProxyType(
    {
        "material": "raw-material",
        "inbound_transport": "raw-material",
        "packaging": "raw-material",
        "production": "production",
        "direct_emission": "production",
        "waste": "production",
        "distribution": "distribution",
        "end_of_life": "end-of-life",
        "use": None,
    }
)
_DUTY_WORDS: Mapping[Duty, Bilingual] = MappingProxyType(
    {
        "declaration": Bilingual("a carbon footprint declaration", "碳足迹声明"),
        "class": Bilingual("a carbon footprint performance class", "碳足迹性能等级"),
        "maximum": Bilingual("a maximum carbon footprint", "碳足迹最大限值"),
    }
)


@dataclass(frozen=True, slots=True)
class Declared:
    """kg CO2e per kWh delivered over the service life: in total, and by life-cycle stage."""

    total: Decimal
    stages: Mapping[Stage, Decimal]


def category_of(
    law: BatteryLaw,
    kind: Kind,
    capacity_kwh: Decimal | None = None,
    external_storage: bool | None = None,
) -> tuple[Category | None, AnswerOfLaw]:
    """The category of a battery under Article 7, and whether it is covered at all.

    An industrial battery is covered above 2 kWh, and its dates depend on whether its storage is
    exclusively external; what is not told makes the answer unknown.
    """
    fact = law.industrial
    if kind == "other":
        return None, answer(
            fact, "no", "Article 7 does not cover this battery", "第七条不涵盖该电池"
        )
    if kind != "industrial":
        return kind, answer(fact, "yes", "covered by Article 7", "第七条涵盖")
    least = exact_text(fact.above_kwh)
    if capacity_kwh is None:
        return None, answer(fact, "unknown", "the capacity in kWh is needed", "须提供容量（kWh）")
    if capacity_kwh <= fact.above_kwh:
        says = f"industrial batteries are covered above {least} kWh"
        return None, answer(fact, "no", says, f"工业电池容量须大于 {least} kWh")
    if external_storage is None:
        says = "whether the storage is exclusively external is needed"
        return None, answer(fact, "unknown", says, "须说明是否仅为外部储能")
    covered = answer(fact, "yes", "covered by Article 7", "第七条涵盖")
    return ("industrial-external-storage" if external_storage else "industrial"), covered


def duty_on(law: BatteryLaw, category: Category, duty: Duty, day: date) -> AnswerOfLaw:
    """Whether a duty holds on a day: `not_yet` before the fixed day in any case, `unknown` from
    then on while an act that it waits for has no known day, else by the latest of the days."""
    entry = next(e for e in law.duties if (e.category, e.duty) == (category, duty))
    words = _DUTY_WORDS[duty]
    days = [act.in_force for act in entry.acts]
    known = [add_months(each, entry.months_after) for each in days if each is not None]
    earliest = max([entry.not_before, *known])
    if day < earliest:
        says = f"{words.en} is not due before {earliest}"
        return answer(entry, "not_yet", says, f"{words.zh}不早于 {earliest}", earliest)
    if len(known) < len(days):
        open_acts = [act.name for act in entry.acts if act.in_force is None]
        names, names_zh = (
            ", ".join(each.en for each in open_acts),
            "、".join(each.zh for each in open_acts),
        )
        return answer(
            entry,
            "unknown",
            f"{words.en} is due {entry.months_after} months after {names} at the earliest, "
            "and no day of it was found",
            f"{words.zh}最早于{names_zh}生效 {entry.months_after} 个月后适用，其日期未查到",
        )
    return answer(
        entry,
        "yes",
        f"{words.en} is due since {earliest}",
        f"自 {earliest} 起须有{words.zh}",
        earliest,
    )


def service_energy_kwh(energy_per_cycle_kwh: Decimal, cycles: Decimal) -> Decimal:
    """kWh delivered over the service life: cycles x energy of each (Annex II, 3)."""
    if energy_per_cycle_kwh <= 0 or cycles <= 0:
        raise faults.BATTERY_INPUT.refuse("Energy per cycle and cycles are above zero.")
    with localcontext(EXACT):
        return energy_per_cycle_kwh * cycles


def battery_stages(stages: Mapping[str, Decimal]) -> Mapping[Stage, Decimal]:
    """kg CO2e by stage of the declaration, from kg CO2e by stage of a footprint; without the use
    phase. A stage that nothing is said of is not among them: it is no zero. Raises InputRefused
    (RUL-030) for a stage that is not known."""
    found: dict[Stage, Decimal] = {}
    for name, kg in stages.items():
        if name not in STAGE_OF:
            raise faults.BATTERY_INPUT.refuse(f"The stage '{name}' is not known.")
        stage = STAGE_OF[name]
        if stage is not None:
            found[stage] = found.get(stage, Decimal(0)) + kg
    return MappingProxyType(found)


def declared_number(stage_kg: Mapping[Stage, Decimal], service_kwh: Decimal) -> Declared:
    """The number of the declaration from kg CO2e per battery and its service energy, kWh.

    Raises InputRefused (RUL-030) where a stage is missing, one that gives no credit is below zero,
    or the energy is not above zero.
    """
    below = [stage for stage in STAGES if stage != "end-of-life" and stage_kg.get(stage, 0) < 0]
    if below:
        raise faults.BATTERY_INPUT.refuse(
            f"Stages are below zero: {', '.join(below)}.",
            hint="Making and moving a battery emits. Only at the end of life may what is recovered "
            "be credited, and the stage be below zero.",
        )
    missing = [stage for stage in STAGES if stage not in stage_kg]
    if missing:
        raise faults.BATTERY_INPUT.refuse(
            f"Stages are missing: {', '.join(missing)}.",
            hint="Give 0 for a stage that adds nothing.",
        )
    if service_kwh <= 0:
        raise faults.BATTERY_INPUT.refuse("The energy over the service life is above zero.")
    with localcontext(EXACT):
        stages = {stage: stage_kg[stage] / service_kwh for stage in STAGES}
        total = sum((stage_kg[stage] for stage in STAGES), Decimal(0)) / service_kwh
    return Declared(total, MappingProxyType(stages))


def missing_contents(law: BatteryLaw, given: Mapping[str, str]) -> tuple[Content, ...]:
    """What a declaration still lacks; `given` maps the keys of the contents to their texts."""
    return tuple(c for c in law.declaration.must_hold if not given.get(c.key, "").strip())


def limit_on(
    law: BatteryLaw,
    category: Category,
    duty: Literal["class", "maximum"],
    value: Decimal,
    day: date,
) -> AnswerOfLaw:
    """The class of a battery, or whether it keeps the maximum: `value` in kg CO2e per kWh.

    `not_yet` before the duty begins; unknown while its limits are not published.
    """
    due = duty_on(law, category, duty, day)
    if due.reply != "yes":
        return due
    entry = next(e for e in law.limits if (e.category, e.duty) == (category, duty))
    if not entry.limits:
        return answer(entry, "unknown", "the limits are not published", "限值尚未公布")
    reached = next((limit for limit in entry.limits if value <= limit.up_to), None)
    shown = exact_text(value)
    if reached is None:
        return answer(entry, "no", f"{shown} kg CO2e per kWh is above every limit", "高于全部限值")
    says = f"{shown} kg CO2e per kWh: {reached.name}"
    return answer(entry, "yes", says, f"每 kWh {shown} kg CO2e：{reached.name}")


def annual_draft_cycles(law: BatteryLaw, vehicle_class: str) -> Decimal | None:
    """Full cycles a year in the draft method of April 2024, which is not law; None if not named."""
    return law.draft_cycles.per_year.get(vehicle_class)
