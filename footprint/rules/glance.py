"""All markets in a few lines: where the words may be shown, where not, and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from footprint.values.decision import Decision, MarketDecision, MarketVerdict

Language = Literal["en", "zh"]
_LEADS: tuple[tuple[MarketVerdict, str, str], ...] = (
    ("allowed", "May be shown", "可以使用"),
    ("conditional", "May be shown under conditions", "有条件使用"),
    ("prohibited", "May not be shown", "不得使用"),
    ("unknown", "Not known", "尚不清楚"),
    ("not_covered", "No rule speaks about it", "无规定涉及"),
)
_AUDIENCES = {"consumer": ("consumers", "消费者"), "business": ("businesses", "企业")}


def markets_at_a_glance(decision: Decision, language: Language = "en") -> tuple[str, ...]:
    """One line per answer, with the places it holds for; a prohibition also says why.

    Scheme first: where the tier is not earned its words may be shown nowhere, and the lines say
    what the markets would answer if it were.
    """
    return tuple(_lines(decision, language))


def _lines(decision: Decision, language: Language) -> Iterator[str]:
    if decision.verdict != "pass" and decision.markets:
        yield (
            "The tier is not earned, so its words may be shown nowhere; once it is earned:"
            if language == "en"
            else "尚未取得该等级，任何地方均不得使用其用语；取得之后："
        )
    for verdict, lead, lead_zh in _LEADS:
        found = [market for market in decision.markets if market.verdict == verdict]
        if verdict == "prohibited":
            yield from (_with_reason(lead, lead_zh, market, language) for market in found)
        elif found and language == "en":
            yield f"{lead}: {'; '.join(_places(found, language))}."
        elif found:
            yield f"{lead_zh}：{'；'.join(_places(found, language))}。"


def _with_reason(lead: str, lead_zh: str, market: MarketDecision, language: Language) -> str:
    (place,) = _places([market], language)
    if language == "en":
        return f"{lead}: {place}, because: {market.says}"
    return f"{lead_zh}：{place}。原因：{market.says_zh}"


def _places(markets: list[MarketDecision], language: Language) -> list[str]:
    """Each place once, with the audiences the answer holds for."""
    audiences: dict[str, list[str]] = {}
    for market in markets:
        place = market.place if language == "en" else market.place_zh
        words = _AUDIENCES[market.audience]
        audiences.setdefault(place or market.market, []).append(words[language == "zh"])
    if language == "en":
        return [f"{place} (to {' and '.join(found)})" for place, found in audiences.items()]
    return [f"{place}（面向{'与'.join(found)}）" for place, found in audiences.items()]
