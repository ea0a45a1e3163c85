"""Walking the tree of conditions: every node becomes a `Trace`, so that "why" has an answer."""

from __future__ import annotations

from collections.abc import Mapping

from footprint.rules.book import Parameter
from footprint.rules.evidence import Absent
from footprint.rules.expression import (
    AllOf,
    AnyOf,
    Expression,
    IsAbsent,
    IsRenewal,
    Leaf,
    NOf,
    Not,
    When,
)
from footprint.rules.freshness import is_stale
from footprint.rules.lacking import settled
from footprint.rules.logic import kleene_all, kleene_any, kleene_n_of, kleene_not, kleene_when
from footprint.rules.predicates import PREDICATES
from footprint.rules.predicates.fairness import REFERENCE_WORDS
from footprint.rules.predicates.finding import Context
from footprint.rules.words import Bilingual
from footprint.values.decision import Trace, Verdict

_Parameters = Mapping[str, Parameter]


def evaluate(expression: Expression, parameters: _Parameters, context: Context) -> Trace | None:
    """The verdict of a condition with its reasons; None where the rule has ended by that date.

    Three-valued throughout: what is not supplied makes an answer unknown, never pass or fail.
    """
    match expression:
        case Leaf(predicate, name):
            return evaluate_leaf(predicate, parameters[name], context)
        case IsAbsent():
            return _is_absent(expression, context)
        case IsRenewal():
            return _is_renewal(context)
        case Not(child):
            return _not(evaluate(child, parameters, context))
        case When(condition, consequence):
            return _when(
                evaluate(condition, parameters, context),
                evaluate(consequence, parameters, context),
            )
        case AllOf(children) | AnyOf(children) | NOf(_, children):
            traces = [evaluate(child, parameters, context) for child in children]
            return _many(expression, tuple(trace for trace in traces if trace is not None))


def evaluate_leaf(predicate: str, parameter: Parameter, context: Context) -> Trace | None:
    """One predicate with the arguments of the day; None if the rule has ended by then.

    A fail that rests on a fact of confidence L is answered as unknown: nobody is turned down on
    a fact that still has to be confirmed. A pass stands, and the decision lists the fact. A fact
    that nobody has looked up for long before the day settles nothing. Nor does a total that lacks
    something where it passes for being low; where even that is too high it fails.
    """
    value = parameter.at(context.as_of)
    rule = f"{predicate}: {parameter.name}"
    if isinstance(value, str):
        first = parameter.values[0]
        return Trace(
            rule=rule,
            verdict="unknown",
            says=f"{parameter.description.en}: no rule is recorded for {context.as_of}; "
            f"the first certain day is {first.certain_from()}",
            says_zh=f"{parameter.description.zh}：未记录 {context.as_of} 的规则；"
            f"最早可确定之日为 {first.certain_from()}",
            confidence=first.confidence,
            citations=first.citations,
        )
    if value.arguments is None:
        return None
    finding = settled(
        predicate, PREDICATES[predicate].check(value.arguments, context), context.facts
    )
    verdict, says = finding.verdict, finding.says
    if verdict == "fail" and value.confidence == "L":
        verdict = "unknown"
        says = Bilingual(
            f"{says.en} (the rule is unconfirmed: confirm it first)",
            f"{says.zh}（该规则未经确认，请先核实）",
        )
    if verdict != "unknown" and is_stale(parameter, context.as_of):
        verdict = "unknown"
        looked_up = parameter.last_confirmed_on
        says = Bilingual(
            f"{says.en} (by the rule as last looked up on {looked_up}; it may have changed)",
            f"{says.zh}（依据 {looked_up} 最近一次查阅的规则；此后可能已变更）",
        )
    return Trace(
        rule=rule,
        verdict=verdict,
        says=f"{parameter.description.en}: {says.en}",
        says_zh=f"{parameter.description.zh}：{says.zh}",
        confidence=value.confidence,
        citations=value.citations,
        missing=finding.missing,
    )


def _is_absent(test: IsAbsent, context: Context) -> Trace:
    given = context.evidence.references.get(test.reference)
    words = REFERENCE_WORDS[test.reference]
    rule = f"absent: {test.reference}"
    if given is None:
        return Trace(
            rule,
            "unknown",
            f"Whether {words.en} exists was not stated",
            f"未说明{words.zh}是否存在",
            missing=(f"references.{test.reference}",),
        )
    if isinstance(given, Absent):
        return Trace(rule, "pass", f"{_capital(words.en)} does not exist", f"{words.zh}不存在")
    return Trace(
        rule, "fail", f"{_capital(words.en)} exists and decides", f"{words.zh}存在，以其为准"
    )


def _is_renewal(context: Context) -> Trace:
    renewal = context.evidence.renewal
    if renewal is None:
        return Trace(
            "renewal",
            "unknown",
            "Whether this renews a certificate was not stated",
            "未说明是否为续证",
            missing=("renewal",),
        )
    if renewal:
        return Trace("renewal", "pass", "This renews a certificate", "本次为续证")
    return Trace("renewal", "fail", "This is a first certificate", "本次为首次发证")


def _not(child: Trace | None) -> Trace | None:
    if child is None:
        return None
    verdict = kleene_not(child.verdict)
    return Trace("not", verdict, "The following must not hold", "以下不得成立", children=(child,))


def _when(condition: Trace | None, consequence: Trace | None) -> Trace | None:
    if condition is None or consequence is None:
        return None
    return Trace(
        "when",
        kleene_when(condition.verdict, consequence.verdict),
        "If the first holds, the second must hold",
        "若前者成立，则后者须成立",
        children=(condition, consequence),
    )


def _many(expression: AllOf | AnyOf | NOf, children: tuple[Trace, ...]) -> Trace:
    verdicts: tuple[Verdict, ...] = tuple(child.verdict for child in children)
    match expression:
        case AllOf():
            rule, verdict = "all", kleene_all(verdicts)
            says, says_zh = "All of these must hold", "须全部成立"
        case AnyOf():
            rule, verdict = "any", kleene_any(verdicts)
            says, says_zh = "One of these must hold", "须至少一项成立"
        case NOf(needed, _):
            rule, verdict = f"n_of: {needed}", kleene_n_of(needed, verdicts)
            says, says_zh = f"At least {needed} of these must hold", f"须至少 {needed} 项成立"
    return Trace(rule, verdict, says, says_zh, children=children)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
