"""A decision as indented text: what holds, what does not, what is not known, and why."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.rules.glance import Language, markets_at_a_glance
from footprint.rules.missing_words import missing_in_words
from footprint.rules.words import TIER_WORDS
from footprint.source_hosts import source_mark
from footprint.values.decision import Citation, Decision, MarketDecision, Trace

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
        "claim": "Claim",
        "ends": "Holds at most until",
        "missing": "Not supplied",
        "confirm": "Confirm first",
        "markets": "Where it may be said",
        "wording": "may say",
        "source": "source",
        "low": "unconfirmed",
        "changes": "Smallest changes",
        "lifts": "lifts the tier",
        "statistics": "Beside the letter of the scheme",
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
        "claim": "声明",
        "ends": "最迟有效至",
        "missing": "未提供",
        "confirm": "须先核实",
        "markets": "何处可以使用",
        "wording": "可用表述",
        "source": "来源",
        "low": "未经确认",
        "changes": "最小改变",
        "lifts": "即可取得该等级",
        "statistics": "方案条文之外",
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
    if decision.claim is not None:
        claim = decision.claim
        yield f"{words['claim']}: {claim.says if language == 'en' else claim.says_zh}"
    if decision.ends is not None:
        says = decision.ends.says if language == "en" else decision.ends.says_zh
        yield f"{words['ends']}: {decision.ends.day} ({says})"
    yield from _changes(decision, language)
    if decision.missing:
        yield f"{words['missing']}: {missing_in_words(decision.missing, language == 'zh')}"
    if decision.confirm_first:
        yield f"{words['confirm']}:"
        # Kept in both languages, the Chinese behind the last stroke.
        both = (item.rpartition(" / ") for item in decision.confirm_first)
        yield from (f"  - {en or zh if language == 'en' else zh}" for en, _, zh in both)
    if decision.markets:
        yield f"{words['markets']}:"
        yield from (f"  {line}" for line in markets_at_a_glance(decision, language))
        for markets in _alike(decision.markets):
            yield from _market_lines(markets, language)


def _changes(decision: Decision, language: Language) -> Iterator[str]:
    words = _WORDS[language]
    if decision.changes:
        yield f"{words['changes']}:"
    for change in decision.changes:
        says = change.says if language == "en" else change.says_zh
        yield f"  - {says}" + (f" [{words['lifts']}]" if change.alone else "")
    if decision.statistics:
        yield f"{words['statistics']}:"
    for statistic in decision.statistics:
        yield f"  - {statistic.says if language == 'en' else statistic.says_zh}"


def _trace_lines(trace: Trace, language: Language, indent: str) -> Iterator[str]:
    says = trace.says if language == "en" else trace.says_zh
    low = f" [{_WORDS[language]['low']}]" if trace.confidence == "L" else ""
    yield f"{indent}{_MARKS[trace.verdict]} {says}{low}"
    yield from _sources(trace.citations, language, f"{indent}    ")
    for child in trace.children:
        yield from _trace_lines(child, language, f"{indent}  ")


def _alike(markets: tuple[MarketDecision, ...]) -> Iterator[list[MarketDecision]]:
    """Answers of one law that are the same for several audiences, together. Where no rule speaks,
    the lines at a glance have said all there is."""
    found: dict[tuple[str, str], list[MarketDecision]] = {}
    for market in markets:
        if market.verdict != "not_covered":
            found.setdefault((market.market, market.says), []).append(market)
    yield from found.values()


def _market_lines(markets: list[MarketDecision], language: Language) -> Iterator[str]:
    words = _WORDS[language]
    market = markets[0]
    says = market.says if language == "en" else market.says_zh
    comma, stop = (", ", ". ") if language == "en" else ("，", "。")
    to_whom = comma.join(words[each.audience] for each in markets)
    low = f" [{words['low']}]" if market.confidence == "L" else ""
    yield f"  {market.market}{comma}{to_whom}: {words[market.verdict]}{low}{stop}{says}"
    # Wordings stand in pairs, English first.
    for wording in market.permitted_wording[0 if language == "en" else 1 :: 2]:
        yield f"    {words['wording']}: {wording}"
    yield from _sources(market.citations, language, "    ")


def _sources(citations: tuple[Citation, ...], language: Language, indent: str) -> Iterator[str]:
    for citation in citations:
        article = f", {citation.article}" if citation.article else ""
        address = f" <{citation.url}>" if citation.url else ""
        address += source_mark(citation.url, language)
        yield f"{indent}{_WORDS[language]['source']}: {citation.title}{article}{address}"
