"""Whether footprint and reference may be compared at all: aspect by aspect, and in time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from footprint.rules.arguments import Aspect, Comparable
from footprint.rules.evidence import Absent, Reference, ReferenceName
from footprint.rules.predicates.finding import (
    Context,
    Finding,
    failed,
    not_supplied,
    passed,
    same_text,
)
from footprint.rules.synonyms import accepts
from footprint.rules.words import ASPECT_WORDS, Bilingual

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
