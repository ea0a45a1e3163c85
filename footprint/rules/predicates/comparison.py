"""Comparing the footprint with a reference: first whether it may be done, then the numbers.

All comparisons are of unrounded decimals, but for the noise of binary floats (`limits.py`).
Offsets are no part of the footprint, so they cannot make it smaller here. Rounding happens in the
sentences alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, localcontext
from types import MappingProxyType

from footprint.rules.arguments import Below, Comparable, Ratchet
from footprint.rules.evidence import Absent, Reference, ReferenceName
from footprint.rules.limits import as_good_as, at_most, lower, share_below
from footprint.rules.predicates.fairness import REFERENCE_WORDS, comparable, reference_or_finding
from footprint.rules.predicates.finding import (
    Context,
    Finding,
    add_months,
    failed,
    not_above_zero,
    not_supplied,
    passed,
    unknown,
)
from footprint.rules.predicates.margin import by_probability
from footprint.rules.predicates.quarters import is_of_quarter_before
from footprint.rules.words import EXACT, Bilingual, exact_text, percent_beside


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
    if lower_by == 0:
        state = Bilingual(f"equal to {words.en}", f"与{words.zh}相等")
    elif lower_by > 0:
        shown = percent_beside(lower_by, asked.by, strict=asked.strict)
        state = Bilingual(f"{shown} below {words.en}", f"比{words.zh}低 {shown}")
    else:
        shown = percent_beside(-lower_by, Decimal(0), strict=True)
        state = Bilingual(f"{shown} above {words.en}", f"比{words.zh}高 {shown}")
    says = Bilingual(f"{lead.en}{state.en}; {wanted.en}", f"{lead.zh}{state.zh}；{wanted.zh}")
    return Finding("pass" if holds else "fail", says)


_METRICS: Mapping[str, Callable[[Below, Reference, Context], Finding]] = MappingProxyType(
    {"intensity": _intensity, "absolute": _absolute}
)
