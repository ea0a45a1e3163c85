"""A decision as indented text: what holds, what does not, what is not known, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from footprint.rules.decision import Citation, Decision, MarketDecision, Trace
from footprint.rules.words import TIER_WORDS

Language = Literal["en", "zh"]
_MARKS = {"pass": "✓", "fail": "✗", "unknown": "?"}
_WORDS = {
    "en": {
        "pass": "pass",
        "fail": "fail",
        "unknown": "unknown",
        "allowed": "allowed",
        "conditional": "allowed under conditions",
        "prohibited": "prohibited",
        "not_covered": "not covered",
        "consumer": "to consumers",
        "business": "to businesses",
        "missing": "Not supplied",
        "confirm": "Confirm first",
        "markets": "Where it may be said",
        "wording": "may say",
        "source": "source",
        "low": "unconfirmed",
    },
    "zh": {
        "pass": "通过",
        "fail": "不通过",
        "unknown": "未知",
        "allowed": "允许",
        "conditional": "有条件允许",
        "prohibited": "禁止",
        "not_covered": "未涉及",
        "consumer": "面向消费者",
        "business": "面向企业",
        "missing": "未提供",
        "confirm": "须先核实",
        "markets": "何处可以使用",
        "wording": "可用表述",
        "source": "来源",
        "low": "未经确认",
    },
}


def explain(decision: Decision, language: Language = "en") -> str:
    """The decision for people, in English (`en`) or simplified Chinese (`zh`).

    Raises ValueError for another language.
    """
    if language not in _WORDS:
        raise ValueError(f"language is one of {', '.join(_WORDS)}, not {language!r}")
    return "\n".join(_lines(decision, language)) + "\n"


def _lines(decision: Decision, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    name = decision.scheme_name if language == "en" else decision.scheme_name_zh
    verdict = words[decision.verdict]
    tier = TIER_WORDS[decision.tier].en if language == "en" else TIER_WORDS[decision.tier].zh
    yield f"{name} · {tier} · {decision.as_of}: {_MARKS[decision.verdict]} {verdict}"
    for child in decision.trace.children:
        yield from _trace_lines(child, language, "  ")
    if decision.missing:
        yield f"{words['missing']}: {', '.join(decision.missing)}"
    if decision.confirm_first:
        yield f"{words['confirm']}:"
        yield from (f"  - {item}" for item in decision.confirm_first)
    if decision.markets:
        yield f"{words['markets']}:"
        for market in decision.markets:
            yield from _market_lines(market, language)


def _trace_lines(trace: Trace, language: Language, indent: str) -> Iterator[str]:
    says = trace.says if language == "en" else trace.says_zh
    low = f" [{_WORDS[language]['low']}]" if trace.confidence == "L" else ""
    yield f"{indent}{_MARKS[trace.verdict]} {says}{low}"
    yield from _sources(trace.citations, language, f"{indent}    ")
    for child in trace.children:
        yield from _trace_lines(child, language, f"{indent}  ")


def _market_lines(market: MarketDecision, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    says = market.says if language == "en" else market.says_zh
    stop = ". " if language == "en" else "。"
    yield f"  {market.market}, {words[market.audience]}: {words[market.verdict]}{stop}{says}"
    # Wordings stand in pairs, English first.
    for wording in market.permitted_wording[0 if language == "en" else 1 :: 2]:
        yield f"    {words['wording']}: {wording}"
    yield from _sources(market.citations, language, "    ")


def _sources(citations: tuple[Citation, ...], language: Language, indent: str) -> Iterator[str]:
    for citation in citations:
        article = f", {citation.article}" if citation.article else ""
        yield f"{indent}{_WORDS[language]['source']}: {citation.title}{article} <{citation.url}>"
