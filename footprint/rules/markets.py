"""Market law over a scheme's tier: whether its words may be shown, where, when and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from footprint.late_pattern import late_pattern
from footprint.rules.arguments import Applies, LawOutcome, Ruling
from footprint.rules.book import ClaimKind, Market, Parameter, TierRule
from footprint.rules.claim import claim_phrases
from footprint.rules.evaluate import evaluate
from footprint.rules.evidence import Audience, Facts
from footprint.rules.freshness import is_stale
from footprint.rules.predicates.finding import Context
from footprint.rules.schema import Nature
from footprint.rules.words import SUBJECT_WORDS, Bilingual, least, measured_for, significant
from footprint.values.claim import Claim
from footprint.values.decision import Confidence, MarketDecision, Trace

_AUDIENCES: tuple[Audience, ...] = ("consumer", "business")
_BOUNDARY = {
    "cradle-to-gate": Bilingual("from cradle to gate", "从摇篮到大门"),
    "cradle-to-grave": Bilingual("from cradle to grave", "从摇篮到坟墓"),
    "organisation": Bilingual("of the organisation as it states its boundary", "按该组织所述边界"),
    "event": Bilingual("of the event as it states its boundary", "按该活动所述边界"),
}


def audiences_of(context: Context) -> tuple[Audience, ...]:
    """The audience that the evidence names; where it names none, each."""
    named = context.evidence.audience
    return (named,) if named is not None else _AUDIENCES


def answer_on_label(market: Market, ruling: Parameter, context: Context) -> MarketDecision:
    """What a ruling of the market's law on labels of ours says, to consumers."""
    what = NATURE_WORDS[market.nature]
    value = ruling.at(context.as_of)
    if isinstance(value, str) or not isinstance(value.arguments, Ruling):
        says = Bilingual(
            f"This {what.en} says nothing of such labels on {context.as_of}.",
            f"该{what.zh}在 {context.as_of} 对此类标签没有规定。",
        )
        return _plain(market, "consumer", "not_covered", says, ruling)
    outcome = value.arguments.met
    answer = MarketDecision(
        market=market.id,
        audience="consumer",
        verdict=outcome.verdict,
        says=outcome.says.en,
        says_zh=outcome.says.zh,
        permitted_wording=_wording(outcome, context.facts, None),
        confidence=value.confidence,
        citations=value.citations,
        place=market.place.en,
        place_zh=market.place.zh,
    )
    late = is_stale(ruling, context.as_of)
    return _not_fresh(answer, market, ruling, context.as_of) if late else answer


def answer_for(
    market: Market, tier: TierRule, audience: Audience, context: Context, claim: Claim | None
) -> MarketDecision:
    """What the market's own law says of the tier's words and of its `claim`, to an audience, on the
    day of the decision."""
    answer = _answer(market, tier, audience, context, claim)
    used = [
        market.applies,
        *(kind.ruling for kind in market.claims if tier.rests_on in kind.rests_on),
    ]
    stale = [name for name in used if is_stale(market.parameters[name], context.as_of)]
    if not stale:
        return answer
    return _not_fresh(answer, market, market.parameters[stale[0]], context.as_of)


def _not_fresh(
    answer: MarketDecision, market: Market, parameter: Parameter, day: date
) -> MarketDecision:
    """What an answer is worth that rests on law which nobody has looked up for long."""
    looked_up, what = parameter.last_confirmed_on, NATURE_WORDS[market.nature]
    return replace(
        answer,
        verdict="unknown",
        says=f"Not known for {day}: the {what.en} was last looked up on {looked_up} and may "
        f"have changed. By what it was then: {answer.says}",
        says_zh=f"{day} 的情况尚不清楚：该{what.zh}最近一次查阅于 {looked_up}，此后可能已变更。"
        f"按当时规定：{answer.says_zh}",
        permitted_wording=(),
    )


def _answer(
    market: Market, tier: TierRule, audience: Audience, context: Context, claim: Claim | None
) -> MarketDecision:
    applies, what = market.parameters[market.applies], NATURE_WORDS[market.nature]
    value = applies.at(context.as_of)
    if value == "unrecorded":
        return _plain(
            market,
            audience,
            "unknown",
            Bilingual(
                f"Whether this {what.en} applied on {context.as_of} is not recorded.",
                f"未记录该{what.zh}在 {context.as_of} 是否适用。",
            ),
            applies,
        )
    if isinstance(value, str) or not isinstance(value.arguments, Applies):
        first = applies.values[0].since
        says = Bilingual(
            f"This {what.en} does not apply on {context.as_of}; it applies from {first}.",
            f"该{what.zh}在 {context.as_of} 不适用；自 {first} 起适用。",
        )
        return _plain(market, audience, "not_covered", says, applies)
    if audience not in value.arguments.audiences:
        says = Bilingual(
            f"This {what.en} does not speak about claims made to this audience ({audience}).",
            f"该{what.zh}不涉及面向该对象（{AUDIENCE_WORDS[audience].zh}）的声明。",
        )
        return _plain(market, audience, "not_covered", says, applies)
    for kind in market.claims:
        if tier.rests_on in kind.rests_on:
            return _ruled(market, kind, audience, context, claim)
    says = Bilingual(
        f"Nothing is recorded in this {what.en} about this kind of claim.",
        f"该{what.zh}中未记录关于此类声明的规定。",
    )
    return _plain(market, audience, "not_covered", says, applies)


#: What is asked to say something: a standard or a guide is no law.
NATURE_WORDS: dict[Nature, Bilingual] = {
    "law": Bilingual("law", "法"),
    "standard": Bilingual("voluntary standard", "自愿性标准"),
    "guide": Bilingual("guide", "指南"),
}
_GAP = late_pattern(r"{(\w+)}")
AUDIENCE_WORDS = {
    "consumer": Bilingual("consumers", "消费者"),
    "business": Bilingual("businesses", "企业"),
}


def _ruled(
    market: Market, kind: ClaimKind, audience: Audience, context: Context, claim: Claim | None
) -> MarketDecision:
    ruling = market.parameters[kind.ruling]
    value = ruling.at(context.as_of)
    if isinstance(value, str) or not isinstance(value.arguments, Ruling):
        says = Bilingual(
            f"No ruling is recorded for {context.as_of}.", f"未记录 {context.as_of} 的规定。"
        )
        return _plain(market, audience, "not_covered", says, ruling)
    if context.facts.subject != "product":
        named = SUBJECT_WORDS[context.facts.subject]
        says = Bilingual(
            f"Read for claims about products; what it says of {named.en} is not known.",
            f"此规定是按产品声明查阅的；对{named.zh}如何适用尚不清楚。",
        )
        return _plain(market, audience, "unknown", says, ruling)
    trace = None
    if kind.conditions is not None:
        trace = evaluate(kind.conditions, market.parameters, context)
    outcome = _outcome(value.arguments, trace)
    reasons = _reasons(trace)
    return MarketDecision(
        market=market.id,
        audience=audience,
        verdict=outcome.verdict,
        says=" ".join((outcome.says.en, *(f"{says.en}." for says in reasons))),
        says_zh="".join((outcome.says.zh, *(f"{says.zh}。" for says in reasons))),
        permitted_wording=_wording(outcome, context.facts, claim),
        confidence=_lowest(value.confidence, trace),
        citations=value.citations,
        place=market.place.en,
        place_zh=market.place.zh,
    )


def _outcome(ruling: Ruling, trace: Trace | None) -> LawOutcome:
    if trace is None or trace.verdict == "pass":
        return ruling.met
    outcome = ruling.not_met if trace.verdict == "fail" else ruling.open
    return outcome or ruling.met


def _reasons(trace: Trace | None) -> tuple[Bilingual, ...]:
    """Why the conditions of a ruling are not met, or not known to be."""
    if trace is None or trace.verdict == "pass":
        return ()
    return tuple(
        Bilingual(child.says, child.says_zh)
        for child in trace.children
        if child.verdict == trace.verdict
    )


def _wording(outcome: LawOutcome, facts: Facts, claim: Claim | None) -> tuple[str, ...]:
    """Words that may be used, each in English and in Chinese, with footprint and claim filled in.
    Words about a claim are left out where there is none."""
    phrases = claim_phrases(claim)
    boundary = _BOUNDARY[facts.boundary]
    number = least(significant(facts.total_kg), at_least=facts.at_least)
    # Of an event or an organisation the whole is counted, not one of a unit.
    measured = measured_for(facts.subject, facts.per)
    gaps = {"boundary": boundary, "footprint": number, **phrases}
    found: list[str] = []
    for words in outcome.wording:
        en = words.en.replace("per {per}", measured.en)
        zh = words.zh.replace("每 {per}", measured.zh)
        zh = zh.replace(" {footprint}", "{footprint}") if facts.at_least else zh
        if all(name in gaps for name in _GAP.findall(en)):
            found.append(_GAP.sub(lambda gap: gaps[gap[1]].en, en))
            found.append(_GAP.sub(lambda gap: gaps[gap[1]].zh, zh))
    return tuple(found)


def _lowest(confidence: Confidence, trace: Trace | None) -> Confidence:
    """The lowest confidence of what the answer rests on; one failing condition is enough."""
    found: list[Confidence] = [confidence]
    if trace is not None and trace.verdict == "fail":
        failing = (child.confidence for child in trace.children if child.verdict == "fail")
        found.append(min(failing, key="HML".index))
    elif trace is not None:
        found.extend(child.confidence for child in trace.children)
    return max(found, key="HML".index)


def _plain(
    market: Market,
    audience: Audience,
    verdict: str,
    says: Bilingual,
    parameter: Parameter,
) -> MarketDecision:
    return MarketDecision(
        market=market.id,
        audience=audience,
        verdict="unknown" if verdict == "unknown" else "not_covered",
        says=says.en,
        says_zh=says.zh,
        confidence=parameter.values[0].confidence,
        citations=parameter.values[0].citations,
        place=market.place.en,
        place_zh=market.place.zh,
    )
