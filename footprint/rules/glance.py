"""All markets in a few lines: where the words may be shown, where not, and why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from footprint.rules.nesting import VERDICT_WORDS
from footprint.rules.places import union_places
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
    yield from _changes(decision, language)
    yield from _on_labels(decision, language)
    if decision.markets:
        yield _not_recorded(decision, language)


def _changes(decision: Decision, language: Language) -> Iterator[str]:
    for one in decision.markets:
        if one.changes_on is not None and one.becomes is not None:
            (place,) = _places([one], language)
            when = _when(one.changes_on, decision.as_of, language)
            words = VERDICT_WORDS[one.becomes]
            yield (
                f"{when} {words.en}: {place}."
                if language == "en"
                else f"{when}{words.zh}：{place}。"
            )


def _when(day: date, today: date, language: Language) -> str:
    tomorrow = day == today + timedelta(days=1)
    if language == "en":
        return f"From tomorrow ({day})" if tomorrow else f"From {day}"
    return f"自明日（{day}）起" if tomorrow else f"自 {day} 起"


def _on_labels(decision: Decision, language: Language) -> Iterator[str]:
    for answers, en, zh in (
        (decision.own_label, "a self-declared certificate", "自我声明证书"),
        (decision.verified_label, "a certificate with a verifier's statement", "附核证声明的证书"),
    ):
        for one in answers:
            (place,) = _places([one], language)
            if language == "en":
                yield f"The label of {en}, {place}: {one.says}"
            else:
                yield f"{zh}的标签，{place}：{one.says_zh}"


def _not_recorded(decision: Decision, language: Language) -> str:
    """Places of which no law is recorded, so that silence is not read as permission."""
    known, answered = union_places(), {one.place for one in decision.markets}
    # An answer for a member rests on what is known of its union.
    through = {
        known.union_of.get(code) for code, name in known.names.items() if name.en in answered
    }
    open_ones = [
        name
        for code, name in known.names.items()
        if code not in known.union_of and code not in through and name.en not in answered
    ]
    if language == "en":
        named = ", ".join(name.en for name in open_ones)
        return f"Not known, for no law of theirs is recorded or was asked for: {named}, and others."
    named = "、".join(name.zh for name in open_ones)
    return f"尚不清楚（未记录或未查询其法律）：{named}等。"


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
        place = _with_members(place or market.market, language)
        if market.confidence == "L":
            place += " [unconfirmed]" if language == "en" else "［未经确认］"
        audiences.setdefault(place, []).append(words[language == "zh"])
    if language == "en":
        return [f"{place} (to {' and '.join(found)})" for place, found in audiences.items()]
    return [f"{place}（面向{'与'.join(found)}）" for place, found in audiences.items()]


def _with_members(place: str, language: Language) -> str:
    """A union with the number of its members: its law is theirs."""
    union = union_places().names["EU"]
    if place != (union.en if language == "en" else union.zh):
        return place
    count = len(union_places().members("EU"))
    return f"{place}, all {count} members" if language == "en" else f"{place}全部 {count} 国"
