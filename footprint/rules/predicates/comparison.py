"""Comparing the footprint with a reference: first whether it may be done, then the numbers.

All comparisons are of unrounded decimals, but for the noise of binary floats (`limits.py`).
Offsets are no part of the footprint, so they cannot make it smaller here. Rounding happens in the
sentences alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal, localcontext
from types import MappingProxyType

from footprint.rules.arguments import Aspect, Below, Comparable, Ratchet
from footprint.rules.evidence import Absent, Reference, ReferenceName
from footprint.rules.limits import as_good_as, at_most, lower, share_below
from footprint.rules.predicates.finding import (
    Context,
    Finding,
    add_months,
    failed,
    not_above_zero,
    not_supplied,
    passed,
    same_text,
    unknown,
)
from footprint.rules.predicates.margin import by_probability
from footprint.rules.predicates.quarters import is_of_quarter_before
from footprint.rules.synonyms import accepts
from footprint.rules.words import ASPECT_WORDS, EXACT, Bilingual, exact_text, percent

REFERENCE_WORDS: Mapping[ReferenceName, Bilingual] = MappingProxyType(
    {
        "previous": Bilingual("the previous footprint", "上一次足迹"),
        "previous_certified": Bilingual("the previous certified footprint", "上一次认证足迹"),
        "base_year": Bilingual("the base year", "基准年"),
        "baseline_certified": Bilingual("the certified baseline", "认证基线"),
        "market_dominant": Bilingual("the market-dominant product", "市场主流产品"),
        "reference_group": Bilingual("the reference group", "参照组"),
        "category_mean_6y": Bilingual("the six-year category mean", "同类产品六年均值"),
        "category_quantile": Bilingual("the category quantile", "同类产品分位值"),
        "announced_benchmark": Bilingual("the announced benchmark", "已公布的基准值"),
        "fossil_comparator": Bilingual("the fossil comparator", "化石参照物"),
        "purchase_limit": Bilingual("the limit of the purchase", "采购限值"),
    }
)


#: Values of the product itself: they are never younger than its footprint. What others publish may
#: be younger than the footprint's period, but not than the decision.
_OWN: frozenset[ReferenceName] = frozenset(
    {"previous", "previous_certified", "base_year", "baseline_certified"}
)


def reference_or_finding(name: ReferenceName, context: Context) -> Reference | Finding:
    """The reference, or why there is none: known not to exist (fail), not supplied (unknown)."""
    given = context.evidence.references.get(name)
    if given is None:
        return not_supplied(f"references.{name}")
    if isinstance(given, Absent):
        words = REFERENCE_WORDS[name]
        return failed(f"{words.en} does not exist", f"{words.zh}不存在")
    return given


def comparable(asked: Comparable, context: Context) -> Finding:
    """Whether footprint and reference agree in every aspect that a fair comparison needs.

    Both must state their GWP set (another one was refused before), and the reference must not be
    from the future.
    """
    reference = reference_or_finding(asked.to, context)
    if isinstance(reference, Finding):
        return reference
    late = _too_late(asked.to, reference, context)
    if late is not None:
        return late
    differing: list[str] = []
    missing = [
        f"references.{asked.to}.{name}"
        for name in ("gwp_set", "date")
        if getattr(reference, name) is None
    ]
    if asked.to in _OWN and context.facts.period_end is None:
        missing.append("footprint.product.period_end")
    for aspect in asked.same:
        same = _SAME[aspect](reference, context)
        if same is False:
            differing.append(aspect)
        elif same is None:
            missing.extend(_not_given(aspect, asked.to, reference, context))
    words = REFERENCE_WORDS[asked.to]
    if differing:
        what = _aspects(differing)
        return failed(f"differs from {words.en} in: {what.en}", f"与{words.zh}不一致：{what.zh}")
    if missing:
        return not_supplied(*missing)
    what = _aspects(asked.same)
    return passed(f"same as {words.en} in: {what.en}", f"与{words.zh}一致：{what.zh}")


def below(asked: Below, context: Context) -> Finding:
    """Whether the footprint is far enough below the reference. Unknown unless comparable."""
    reference = reference_or_finding(asked.ref, context)
    if isinstance(reference, Finding):
        return reference
    fair = comparable(Comparable(to=asked.ref, same=asked.same), context)
    if fair.verdict != "pass":
        return unknown(
            f"cannot be compared ({fair.says.en})", f"无法比较（{fair.says.zh}）", *fair.missing
        )
    if context.facts.total_kg <= 0:
        return not_above_zero(context)
    if asked.quantile is not None and reference.quantile != asked.quantile:
        return _other_quantile(asked.quantile, asked.ref, reference)
    if asked.from_quarter_before and not is_of_quarter_before(reference, context):
        return unknown(
            f"the value of {reference.date} is not that of the quarter before {context.as_of}; "
            "give the one that was announced last",
            f"{reference.date} 的数值并非 {context.as_of} 之前一个季度的数值；请提供最近公布者",
            f"references.{asked.ref}",
        )
    findings = [_near_enough(asked, reference, context)] if asked.within_months else []
    findings.extend(_METRICS[metric](asked, reference, context) for metric in asked.metrics)
    chosen = by_probability(asked, context)
    if chosen is not None:
        findings.append(chosen)
    decisive = next((f for f in findings if f.verdict == "fail"), None) or next(
        (f for f in findings if f.verdict == "unknown"), None
    )
    if decisive is not None:
        return decisive
    return Finding(
        "pass",
        Bilingual("; ".join(f.says.en for f in findings), "；".join(f.says.zh for f in findings)),
    )


def ratchet(asked: Ratchet, context: Context) -> Finding:
    """Whether the benchmark used is not above one announced earlier."""
    reference = reference_or_finding(asked.ref, context)
    if isinstance(reference, Finding):
        return reference
    earlier = reference.earlier_value_kg
    if earlier is None:
        return not_supplied(f"references.{asked.ref}.earlier_value")
    if isinstance(earlier, Absent):
        return passed("no earlier value exists", "没有更早的数值")
    if reference.value_kg > earlier:
        return failed(
            f"an earlier value of {exact_text(earlier)} kg CO2e is lower and stays in force",
            f"更早的数值 {exact_text(earlier)} kg CO2e 更低，继续有效",
        )
    return passed("not above the earlier value", "不高于更早的数值")


def _aspects(names: Iterable[str]) -> Bilingual:
    words = [ASPECT_WORDS[name] for name in dict.fromkeys(names)]
    return Bilingual(", ".join(word.en for word in words), "、".join(word.zh for word in words))


def _too_late(name: ReferenceName, reference: Reference, context: Context) -> Finding | None:
    """Fail if the reference is dated after what is compared with it, or after the decision."""
    day, words = reference.date, REFERENCE_WORDS[name]
    if day is None:
        return None
    end = context.facts.period_end
    if name in _OWN and end is not None and day > end:
        return failed(
            f"{words.en} is dated {day}, after the footprint's period, which ends on {end}",
            f"{words.zh}日期 {day} 晚于足迹核算期截止日 {end}",
        )
    if day > context.as_of:
        return failed(
            f"{words.en} is dated {day}, in the future", f"{words.zh}日期 {day} 晚于判定日"
        )
    return None


def _other_quantile(wanted: Decimal, name: ReferenceName, reference: Reference) -> Finding:
    if reference.quantile is None:
        return not_supplied(f"references.{name}.quantile")
    have, need = exact_text(reference.quantile), exact_text(wanted)
    return unknown(
        f"the reference is the quantile {have}; {need} is asked for",
        f"参照值为 {have} 分位；要求 {need} 分位",
    )


def _near_enough(asked: Below, reference: Reference, context: Context) -> Finding:
    end, months = context.facts.period_end, asked.within_months or 0
    missing = [] if end else ["footprint.product.period_end"]
    if reference.date is None:
        missing.append(f"references.{asked.ref}.date")
    if end is None or reference.date is None:
        return not_supplied(*missing)
    gap_ends = add_months(reference.date, months)
    if not reference.date <= end <= gap_ends:
        return failed(
            f"the reference of {reference.date} is not within {months} months before {end}",
            f"参照值日期 {reference.date} 不在 {end} 之前的 {months} 个月内",
        )
    return passed(f"compared over at most {months} months", f"比较间隔不超过 {months} 个月")


def _intensity(asked: Below, reference: Reference, context: Context) -> Finding:
    facts = context.facts
    return _compare(asked, facts.total_kg, reference.value_kg, Bilingual("", ""))


def _absolute(asked: Below, reference: Reference, context: Context) -> Finding:
    sold, sold_before = context.evidence.units_sold, reference.units_sold
    missing = [] if sold is not None else ["units_sold"]
    if sold_before is None:
        missing.append(f"references.{asked.ref}.units_sold")
    if sold is None or sold_before is None:
        return not_supplied(*missing)
    with localcontext(EXACT):
        now, before = context.facts.total_kg * sold, reference.value_kg * sold_before
    return _compare(asked, now, before, Bilingual("in total: ", "总量："))


def _compare(asked: Below, value: Decimal, reference: Decimal, lead: Bilingual) -> Finding:
    with localcontext(EXACT):
        limit = reference * (1 - asked.by)
        holds = lower(value, limit) if asked.strict else at_most(value, limit)
        # On the limit but for the noise of floats: then the share reads as the limit.
        lower_by = asked.by if as_good_as(value, limit) else share_below(value, reference)
    words = REFERENCE_WORDS[asked.ref]
    need = f"{exact_text(asked.by * 100)} %"
    if asked.by == 0:
        wanted = (
            Bilingual("it must be lower", "必须更低")
            if asked.strict
            else Bilingual("it must not be higher", "不得更高")
        )
    else:
        more, more_zh = ("more than", "须超过") if asked.strict else ("at least", "至少须低")
        wanted = Bilingual(f"{more} {need} is required", f"{more_zh} {need}")
    if lower_by >= 0:
        shown = percent(lower_by, asked.by, strict=asked.strict)
        state = Bilingual(f"{shown} below {words.en}", f"比{words.zh}低 {shown}")
    else:
        shown = percent(-lower_by, Decimal(0), strict=True)
        state = Bilingual(f"{shown} above {words.en}", f"比{words.zh}高 {shown}")
    says = Bilingual(f"{lead.en}{state.en}; {wanted.en}", f"{lead.zh}{state.zh}；{wanted.zh}")
    return Finding("pass" if holds else "fail", says)


_METRICS: Mapping[str, Callable[[Below, Reference, Context], Finding]] = MappingProxyType(
    {"intensity": _intensity, "absolute": _absolute}
)


def _texts_agree(one: object, other: object) -> bool | None:
    if not isinstance(one, str) or not isinstance(other, str):
        return None
    return same_text(one, other)


def _method_agrees(reference: Reference, context: Context) -> bool | None:
    if reference.method is None or context.evidence.methods is None:
        return None
    return any(
        accepts("standards", given, (reference.method,))
        or accepts("standards", reference.method, (given,))
        for given in context.evidence.methods
    )


_SAME: Mapping[Aspect, Callable[[Reference, Context], bool | None]] = MappingProxyType(
    {
        "boundary": lambda reference, context: _texts_agree(
            reference.boundary, context.facts.boundary
        ),
        "function": lambda reference, context: _texts_agree(
            reference.function, context.evidence.function
        ),
        "method": _method_agrees,
        "pcr": lambda reference, context: _texts_agree(reference.pcr, context.evidence.pcr),
        "region": lambda reference, context: _texts_agree(
            reference.region, context.evidence.region
        ),
        "product_code": lambda reference, context: _texts_agree(
            reference.product_code, context.evidence.product_code
        ),
    }
)
#: Where the footprint's side of an aspect stands in the evidence file.
_OWN_SIDE: Mapping[str, str] = MappingProxyType(
    {
        "function": "function",
        "method": "methods",
        "pcr": "pcr",
        "region": "region",
        "product_code": "product_code",
    }
)


def _not_given(
    aspect: Aspect, name: ReferenceName, reference: Reference, context: Context
) -> list[str]:
    missing = []
    own = _OWN_SIDE.get(aspect)
    if own is not None and not isinstance(getattr(context.evidence, own), str | tuple):
        missing.append(own)
    if getattr(reference, aspect) is None:
        missing.append(f"references.{name}.{aspect}")
    return missing
