"""What the number is per, and which class it falls into."""

from __future__ import annotations

from decimal import Decimal, localcontext

from footprint.rules.arguments import ClassOf, UnitOf
from footprint.rules.limits import at_most
from footprint.rules.predicates.finding import (
    Context,
    Finding,
    all_of,
    failed,
    not_above_zero,
    not_supplied,
    passed,
    unknown,
)
from footprint.rules.words import EXACT, per_zh, significant

_KIND_ZH = {
    "functional": "功能单位",
    "declared": "声明单位",
    "smallest-sales-unit": "最小销售单位",
}


def unit(asked: UnitOf, context: Context) -> Finding:
    """Whether the number is per an accepted kind of unit, and can be shown per the amount asked.

    A number per piece is shown per mass where the product's mass is known.
    """
    findings = []
    if asked.kinds:
        findings.append(_kind(asked.kinds, context))
    if asked.shown_per:
        findings.append(_shown(asked.shown_per, context))
    return all_of(findings)


def class_of(asked: ClassOf, context: Context) -> Finding:
    """Whether the footprint falls into the class asked for, or a better one."""
    if isinstance(asked.classes, str) or asked.per is None:
        return unknown(
            f"the class limits are not known ({asked.scale.en})",
            f"等级限值尚不清楚（{asked.scale.zh}）",
        )
    scaled = _per(asked.per, context)
    if scaled is None:
        return unknown(
            f"the limits are per {asked.per}, the footprint per {context.facts.per}",
            f"限值按 {per_zh(asked.per)} 计，足迹按 {per_zh(context.facts.per)} 计",
        )
    if context.facts.total_kg <= 0:
        return not_above_zero(context)
    reached = next((each for each in asked.classes if at_most(scaled, each.up_to)), None)
    names = [each.name for each in asked.classes]
    need = f"class {asked.at_least} or better is needed ({asked.scale.en})"
    need_zh = f"须达到 {asked.at_least} 级或更优（{asked.scale.zh}）"
    if reached is None:
        return failed(f"in no class; {need}", f"未入级；{need_zh}")
    says, says_zh = f"class {reached.name}; {need}", f"{reached.name} 级；{need_zh}"
    if names.index(reached.name) <= names.index(asked.at_least):
        return passed(says, says_zh)
    return failed(says, says_zh)


def _kind(kinds: tuple[str, ...], context: Context) -> Finding:
    given = context.evidence.unit_kind
    if given is None:
        return not_supplied("unit_kind")
    if given in kinds:
        return passed(f"per {given} unit", f"按{_KIND_ZH[given]}计")
    need, need_zh = " or ".join(kinds), "或".join(_KIND_ZH[kind] for kind in kinds)
    return failed(f"per {given} unit; needed: {need}", f"按{_KIND_ZH[given]}计；须按：{need_zh}")


def _shown(shown_per: tuple[str, ...], context: Context) -> Finding:
    for per in shown_per:
        value = _per(per, context)
        if value is not None:
            shown = significant(value)
            return passed(f"{shown} kg CO2e per {per}", f"每 {per_zh(per)} {shown} kg CO2e")
    facts = context.facts
    by_mass = any(per.endswith(" kilogram") for per in shown_per)
    if by_mass and facts.unit == "piece" and facts.mass_kg is None:
        return not_supplied("footprint.product.mass_kg")
    need, need_zh = " or ".join(shown_per), "或".join(per_zh(per) for per in shown_per)
    return failed(
        f"a number per {facts.per} cannot be shown per {need}",
        f"按 {per_zh(facts.per)} 计的数值无法按 {need_zh} 表示",
    )


def _per(per: str, context: Context) -> Decimal | None:
    """The footprint per another amount, kg CO2e; None where the units do not convert."""
    facts = context.facts
    text, _, unit_name = per.partition(" ")
    with localcontext(EXACT):
        if facts.unit == unit_name:
            return facts.total_kg * Decimal(text) / facts.unit_amount
        if unit_name == "kilogram" and facts.unit == "piece" and facts.mass_kg:
            return facts.total_kg * Decimal(text) / facts.mass_kg
    return None
