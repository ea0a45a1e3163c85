"""Whether a scheme is offered, who may carry a tier, and what readers are only told."""

from __future__ import annotations

from footprint.rules.arguments import (
    Display,
    Identifier,
    InForce,
    Say,
    SchemeRemark,
    TierSubject,
    Validity,
)
from footprint.rules.fields import BilingualText
from footprint.rules.predicates.finding import (
    Context,
    Finding,
    all_of,
    failed,
    not_supplied,
    not_understood,
    passed,
    unknown,
)
from footprint.rules.synonyms import accepts
from footprint.rules.words import TIER_WORDS


def in_force(asked: InForce, context: Context) -> Finding:
    """Pass if the tier is offered on the day; unknown if its state was sought and not found."""
    day = context.as_of.isoformat()
    if asked.because is not None:
        return unknown(
            f"not known for {day}, because {asked.because.en}; ask the operator",
            f"{day} 的情况尚不清楚（{asked.because.zh}）；请向运营方确认",
        )
    return passed(f"offered on {day}", f"{day} 受理中")


def subject(asked: TierSubject, context: Context) -> Finding:
    """Pass if the product is of an accepted category and holds the tier that is needed."""
    findings = []
    if asked.categories is not None:
        findings.append(_category(asked.categories, context))
    if asked.needs_tier is not None:
        findings.append(_holds(asked.needs_tier, context))
    return all_of(findings)


def _category(categories: tuple[str, ...], context: Context) -> Finding:
    given = context.evidence.product_category
    if given is None:
        return not_supplied("product_category")
    understood = accepts("categories", given, categories)
    if understood:
        return passed(f"category '{given}' is covered", f"类别“{given}”在范围内")
    names = ", ".join(categories)
    if understood is None:
        return not_understood(given, names)
    return failed(f"'{given}' is not among: {names}", f"“{given}”不在范围内：{names}")


def _holds(tier: str, context: Context) -> Finding:
    zh = TIER_WORDS[tier].zh
    if context.evidence.tiers_held is None:
        return not_supplied("tiers_held")
    held = [
        item
        for item in context.evidence.tiers_held
        if item.scheme == context.scheme and item.tier == tier
    ]
    if not held:
        return failed(
            f"the tier '{tier}' of this scheme must be held first", f"须先持有本计划的“{zh}”等级"
        )
    if any(item.valid_until and item.valid_until >= context.as_of for item in held):
        return passed(f"holds the tier '{tier}'", f"已持有“{zh}”等级")
    if any(item.valid_until is None for item in held):
        return not_supplied("tiers_held.valid_until")
    return failed(f"the tier '{tier}' has expired", f"“{zh}”等级已过期")


def validity(asked: Validity, _: Context) -> Finding:
    """Says the term; always pass."""
    return passed(f"{asked.months} months", f"{asked.months} 个月")


def identifier(asked: Identifier, _: Context) -> Finding:
    """Says what a certificate number looks like; always pass, the operator gives it later."""
    example = asked.example or asked.pattern
    form, form_zh = (f", such as {example}", f"，形如 {example}") if example else ("", "")
    return passed(f"the operator gives a number{form}", f"由运营方编号{form_zh}")


def display(asked: Display, _: Context) -> Finding:
    """Says what the scheme's mark has to show; always pass, nothing is checked."""
    return passed(
        f"for information: {_joined(asked.elements, 'en')}",
        f"提示：{_joined(asked.elements, 'zh')}",
    )


def say(asked: Say, _: Context) -> Finding:
    """Says which words are demanded and which are not allowed; always pass, nothing is checked."""
    en, zh = [], []
    if asked.must:
        en.append(f"must say: {_joined(asked.must, 'en')}")
        zh.append(f"须说明：{_joined(asked.must, 'zh')}")
    if asked.forbid:
        en.append(f"must not say: {_joined(asked.forbid, 'en')}")
        zh.append(f"不得使用：{_joined(asked.forbid, 'zh')}")
    return passed(f"for information: {'; '.join(en)}", f"提示：{'；'.join(zh)}")


def remark(asked: SchemeRemark, _: Context) -> Finding:
    """Says what the reader should know; always pass, nothing is checked."""
    return passed(f"for information: {asked.tell.en}", f"提示：{asked.tell.zh}")


def _joined(texts: tuple[BilingualText, ...], language: str) -> str:
    if language == "zh":
        return "、".join(text.zh for text in texts)
    return ", ".join(text.en for text in texts)
