"""The decision: one scheme, one tier, one day; first the scheme, then the law of the markets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from footprint.rules.arguments import Validity
from footprint.rules.book import Parameter, RuleBook, Scheme, TierRule
from footprint.rules.changes import smallest_changes
from footprint.rules.claim import claim_of
from footprint.rules.evaluate import evaluate, evaluate_leaf
from footprint.rules.evidence import Evidence, Facts
from footprint.rules.expression import leaves
from footprint.rules.freshness import MAX_AGE_DAYS, is_stale
from footprint.rules.lacking import lacking_words
from footprint.rules.logic import kleene_all
from footprint.rules.nesting import LabelAnswers, MarketQuestion, label_answers, market_answers
from footprint.rules.predicates.finding import Context
from footprint.rules.references import refuse_unusable_references
from footprint.rules.statistics import reduction_statistics
from footprint.rules.term import term_end
from footprint.rules.words import SUBJECT_WORDS, TIER_WORDS, Bilingual, percent_beside
from footprint.values.decision import Decision, Tier, Trace, Verdict


def decide(
    rules: RuleBook,
    facts: Facts,
    evidence: Evidence,
    scheme: str,
    tier: Tier,
    as_of: date,
    markets: Sequence[str] | None = (),
) -> Decision:
    """The verdict for a tier of a scheme on a day, with all reasons and what is missing.

    `markets` names laws, or places such as DE, to look at; empty means all laws, None none. Same
    arguments, same decision. Raises InputRefused for an unknown scheme, tier or market (RUL-020 to
    RUL-022) and for a reference that cannot be compared with (RUL-013 to RUL-015).
    """
    if isinstance(as_of, datetime):
        raise TypeError("as_of is a date, without a time")
    refuse_unusable_references(facts, evidence)
    known, rule = rules.scheme(scheme), rules.tier(scheme, tier)
    context = Context(facts, evidence, scheme, as_of)
    trace = _trace(known, tier, rule, context)
    claim = claim_of(trace, known.parameters, context)
    asked = leaves(rule.requires)
    # Nothing that is not offered can be reached by any change.
    asked_markets = MarketQuestion(rules, rule, context, claim)
    on_labels = LabelAnswers((), ()) if markets is None else label_answers(asked_markets, markets)
    mendable = trace.verdict != "pass" and trace.children[0].verdict != "fail"
    return Decision(
        scheme=scheme,
        scheme_name=known.name.en,
        scheme_name_zh=known.name.zh,
        tier=tier,
        as_of=as_of,
        verdict=trace.verdict,
        trace=trace,
        missing=tuple(dict.fromkeys(_missing(trace))),
        confirm_first=_confirm_first(known, trace),
        markets=() if markets is None else market_answers(asked_markets, markets),
        validity_months=_validity(known, rule, as_of),
        rules_hash=rules.hash,
        changes=smallest_changes(
            asked,
            known.parameters,
            context,
            lambda other: _trace(known, tier, rule, other).verdict,
        )
        if mendable
        else (),
        statistics=reduction_statistics(asked, known.parameters, context),
        scheme_short_name=known.short_name.en if known.short_name else "",
        scheme_short_name_zh=known.short_name.zh if known.short_name else "",
        claim=claim,
        own_label=on_labels.own,
        verified_label=on_labels.verified,
        ends=term_end(trace, known, rule, context),
    )


def decide_all(
    rules: RuleBook,
    facts: Facts,
    evidence: Evidence,
    as_of: date,
    markets: Sequence[str] = (),
) -> tuple[Decision, ...]:
    """A decision for every tier of every scheme, ordered by scheme id. Raises as `decide`."""
    return tuple(
        decide(rules, facts, evidence, scheme, tier, as_of, markets)
        for scheme in sorted(rules.schemes)
        for tier in rules.schemes[scheme].tiers
    )


def _trace(scheme: Scheme, tier: Tier, rule: TierRule, context: Context) -> Trace:
    requires = evaluate(rule.requires, scheme.parameters, context)
    children = (
        _in_force(scheme.parameters[rule.in_force], context),
        *_taken(scheme, context),
        _complete(context),
        *_fresh(scheme, rule, context),
        *(requires.children if requires is not None else ()),
    )
    return Trace(
        rule=f"{scheme.id}: {tier}",
        verdict=kleene_all(child.verdict for child in children),
        says=f"{scheme.name.en}, tier {tier}, on {context.as_of}: all of these must hold",
        says_zh=f"{scheme.name.zh}，{TIER_WORDS[tier].zh}等级，{context.as_of}：须全部成立",
        children=children,
    )


def _in_force(parameter: Parameter, context: Context) -> Trace:
    """A tier that is not yet or no longer offered fails, whatever else holds; where its beginning
    or its end is not confirmed (L), whether it is offered is unknown. Neither ever passes."""
    value = parameter.at(context.as_of)
    if value == "unrecorded" or (not isinstance(value, str) and value.arguments is not None):
        found = evaluate_leaf("in_force", parameter, context)
        if found is not None:
            return found
    if isinstance(value, str):
        decisive = parameter.values[0]
        says, says_zh = f"offered only from {decisive.since}", f"自 {decisive.since} 起方才受理"
    else:
        decisive = value
        says, says_zh = f"not offered since {value.since}", f"自 {value.since} 起不再受理"
    unconfirmed = decisive.confidence == "L"
    if unconfirmed:
        says, says_zh = (
            f"{says} (unconfirmed: confirm it first)",
            f"{says_zh}（未经确认，请先核实）",
        )
    return Trace(
        rule=f"in_force: {parameter.name}",
        verdict="unknown" if unconfirmed else "fail",
        says=f"{parameter.description.en}: {says}",
        says_zh=f"{parameter.description.zh}：{says_zh}",
        confidence=decisive.confidence,
        citations=decisive.citations,
    )


def _taken(scheme: Scheme, context: Context) -> tuple[Trace, ...]:
    """Whether the scheme takes such a subject. For a product under a label nothing is said: that is
    what labels are for."""
    subject, takes = context.facts.subject, scheme.takes
    if subject == "product" and "product" in takes.subjects:
        return ()
    name, name_zh = SUBJECT_WORDS[subject].en, SUBJECT_WORDS[subject].zh
    verdict: Verdict = "pass" if subject in takes.subjects else "fail"
    if verdict == "pass":
        says, says_zh = f"This scheme takes {name} as a subject", f"本计划接受{name_zh}作为对象"
    elif scheme.coverage.extent == "none":
        verdict = "unknown"
        says = f"Whether this scheme applies to {name} is not known"
        says_zh = f"本计划是否适用于{name_zh}尚不清楚"
    else:
        says, says_zh = f"This scheme does not apply to {name}", f"本计划不适用于{name_zh}"
    return (
        Trace(
            rule="takes",
            verdict=verdict,
            says=says,
            says_zh=says_zh,
            confidence=takes.confidence,
            citations=takes.citations,
        ),
    )


def _fresh(scheme: Scheme, rule: TierRule, context: Context) -> tuple[Trace, ...]:
    """How many facts of the tier nobody has looked up for long before the day; nothing if none."""
    names = dict.fromkeys((rule.in_force, *(leaf.parameter for leaf in leaves(rule.requires))))
    used = [scheme.parameters[name] for name in names]
    stale = sum(is_stale(parameter, context.as_of) for parameter in used)
    if not stale:
        return ()
    return (
        Trace(
            "fresh",
            "unknown",
            f"{stale} of {len(used)} facts about this tier were last looked up more than "
            f"{MAX_AGE_DAYS} days before {context.as_of}; they may have changed",
            f"本等级的 {len(used)} 项规则事实中有 {stale} 项在 {context.as_of} 之前逾 "
            f"{MAX_AGE_DAYS} 天未再查阅，可能已变更",
        ),
    )


def _complete(context: Context) -> Trace:
    """Our own rule: a total that leaves lines out is too low to certify."""
    covered = context.facts.coverage_lines
    if context.facts.screening_result:
        return Trace(
            "complete",
            "unknown",
            "This is a screening result: over 5 % of its mass has only rough figures, or none",
            "这是筛查结果：超过 5 % 的质量只有粗略数据或没有数据",
            missing=("footprint.completeness",),
        )
    if covered >= 1:
        lacks = lacking_words(context.facts) if context.facts.at_least else Bilingual("", "")
        return Trace(
            "complete",
            "pass",
            f"Every line of the product is counted{lacks.en and f'; {lacks.en}'}",
            f"产品的每一行均已计入{lacks.zh and f'；{lacks.zh}'}",
        )
    shown = percent_beside(covered, covered, strict=False)
    return Trace(
        "complete",
        "unknown",
        f"Only {shown} of the product's lines are counted; the true total is higher",
        f"仅计入产品 {shown} 的行；实际总量更高",
        missing=("footprint.coverage.lines",),
    )


def _missing(trace: Trace) -> Iterator[str]:
    """What was not supplied, in the branches that do not already pass."""
    if trace.verdict != "pass":
        yield from trace.missing
        for child in trace.children:
            yield from _missing(child)


def _confirm_first(scheme: Scheme, trace: Trace) -> tuple[str, ...]:
    """Every fact of confidence L in the tree, in both languages."""
    names = (node.rule.partition(": ")[2] for node in _nodes(trace) if node.confidence == "L")
    found = (scheme.parameters[name].description for name in dict.fromkeys(names))
    return tuple(f"{words.en} / {words.zh}" for words in found)


def _nodes(trace: Trace) -> Iterator[Trace]:
    yield trace
    for child in trace.children:
        yield from _nodes(child)


def _validity(scheme: Scheme, rule: TierRule, as_of: date) -> int | None:
    terms = []
    for leaf in leaves(rule.requires):
        value = scheme.parameters[leaf.parameter].at(as_of)
        if not isinstance(value, str) and isinstance(value.arguments, Validity):
            terms.append(value.arguments.months)
    return min(terms, default=None)
