"""The answers of markets as they nest: what a union prohibits is prohibited in its members, what
will change on a known day is announced, and a place without a known law is answered "not known"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from footprint.rules.book import Market, Parameter, RuleBook, TierRule
from footprint.rules.evidence import Audience
from footprint.rules.markets import AUDIENCE_WORDS, answer_for, answer_on_label, audiences_of
from footprint.rules.places import UnionPlaces, union_places
from footprint.rules.predicates.finding import Context
from footprint.rules.words import Bilingual
from footprint.values.claim import Claim
from footprint.values.decision import MarketDecision, MarketVerdict

#: Strictest first.
_STRICT: tuple[MarketVerdict, ...] = (
    "prohibited",
    "unknown",
    "conditional",
    "allowed",
    "not_covered",
)
VERDICT_WORDS: dict[MarketVerdict, Bilingual] = {
    "allowed": Bilingual("allowed", "允许"),
    "conditional": Bilingual("allowed under conditions", "有条件允许"),
    "prohibited": Bilingual("prohibited", "禁止"),
    "not_covered": Bilingual("not covered", "未涉及"),
    "unknown": Bilingual("unknown", "未知"),
}


@dataclass(frozen=True, slots=True)
class MarketQuestion:
    """What markets are asked about: a tier, its claim, and everything that the decision knows."""

    rules: RuleBook
    tier: TierRule
    context: Context
    claim: Claim | None

    def on(self, day: date) -> MarketQuestion:
        """The same question on another day."""
        return replace(self, context=replace(self.context, as_of=day))


def market_answers(asked: MarketQuestion, names: Sequence[str]) -> tuple[MarketDecision, ...]:
    """What each named law or place answers; without names, every law that is known.

    Places are codes or names of countries, such as DE, Germany or 德国, and what
    `data/places.yaml` has beside them. A country twice is answered once. Raises InputRefused
    (RUL-022).
    """
    found: list[MarketDecision] = []
    for name in _each_once(names) or sorted(asked.rules.markets):
        place = "" if name in asked.rules.markets else union_places().code(name)
        if place:
            found.extend(_of_place(asked, place))
        else:
            law = asked.rules.market(name)
            found.extend(_of_law(asked, law, audience) for audience in audiences_of(asked.context))
    return tuple(found)


def _each_once(names: Sequence[str]) -> list[str]:
    """Laws and places as they are asked for, however a place is named."""
    return list(dict.fromkeys(union_places().code(name) or name for name in names))


@dataclass(frozen=True, slots=True)
class LabelAnswers:
    """What laws say of a label of ours, to consumers: `own` where nobody but the holder of its
    certificate stands behind it, `verified` where a verifier's statement does."""

    own: tuple[MarketDecision, ...]
    verified: tuple[MarketDecision, ...]


def label_answers(asked: MarketQuestion, names: Sequence[str]) -> LabelAnswers:
    """What the named laws and places say of labels of both kinds."""
    known = union_places()
    wanted = {name for name in names if name in asked.rules.markets}
    regions = {region for name in names for region in known.regions(known.code(name))}
    laws = [
        law
        for law in asked.rules.markets.values()
        if not names or law.id in wanted or law.region in regions
    ]
    laws.sort(key=lambda each: each.id)
    return LabelAnswers(
        own=_on_labels(asked, [(law, law.own_label) for law in laws]),
        verified=_on_labels(asked, [(law, law.verified_label) for law in laws]),
    )


def _on_labels(
    asked: MarketQuestion, rulings: Sequence[tuple[Market, str | None]]
) -> tuple[MarketDecision, ...]:
    found = [
        _label_answer(asked, law, law.parameters[ruling])
        for law, ruling in rulings
        if ruling is not None
    ]
    return tuple(one for one in found if one.verdict != "not_covered" or one.becomes)


def _label_answer(asked: MarketQuestion, law: Market, ruling: Parameter) -> MarketDecision:
    return _announced(
        asked, (law,), lambda question: answer_on_label(law, ruling, question.context)
    )


def _of_law(asked: MarketQuestion, law: Market, audience: Audience) -> MarketDecision:
    wider = _wider(asked.rules, law, union_places())
    return _announced(
        asked, (law, *wider), lambda question: _nested(question, law, wider, audience)
    )


def _nested(
    asked: MarketQuestion, law: Market, wider: Sequence[Market], audience: Audience
) -> MarketDecision:
    """The law's own answer, unless a wider market's law prohibits what it would allow."""
    own = answer_for(law, asked.tier, audience, asked.context, asked.claim)
    for other in wider:
        over = answer_for(other, asked.tier, audience, asked.context, asked.claim)
        if over.verdict == "prohibited" and own.verdict != "prohibited":
            return replace(
                own,
                verdict="prohibited",
                says=f"Prohibited because it is prohibited in {other.place.en}: {over.says} "
                f"By its own law alone: {own.says}",
                says_zh=f"因{other.place.zh}禁止，故亦禁止：{over.says_zh}仅就其自身法律而言：{own.says_zh}",
                permitted_wording=over.permitted_wording,
                confidence=over.confidence,
                citations=(*over.citations, *own.citations),
                because_of=other.id,
            )
    return own


def _wider(rules: RuleBook, law: Market, known: UnionPlaces) -> tuple[Market, ...]:
    """The laws of the union that the law's place belongs to, but for those that differ there."""
    union = known.union_of.get(law.region)
    return tuple(
        other
        for other in rules.markets.values()
        if union is not None and other.region == union and other.id not in law.differs_from
    )


def _announced(
    asked: MarketQuestion,
    laws: Sequence[Market],
    answer: Callable[[MarketQuestion], MarketDecision],
) -> MarketDecision:
    """The answer, and the next known day on which it will be another one."""
    now = answer(asked)
    today = asked.context.as_of
    for day in _known_days(laws, today):
        later = answer(asked.on(day))
        if later.verdict != now.verdict:
            tomorrow = day == today + timedelta(days=1)
            words = VERDICT_WORDS[later.verdict]
            when = Bilingual(f"From {day}", f"自 {day} 起")
            if tomorrow:
                when = Bilingual(f"From tomorrow ({day})", f"自明日（{day}）起")
            return replace(
                now,
                says=f"{now.says} {when.en} {words.en}: {later.says}",
                says_zh=f"{now.says_zh}{when.zh}{words.zh}：{later.says_zh}",
                changes_on=day,
                becomes=later.verdict,
            )
    return now


def _known_days(laws: Sequence[Market], today: date) -> list[date]:
    """The days after today on which a value of these laws begins or ends."""
    return sorted(
        {
            value.certain_from()
            for law in laws
            for parameter in law.parameters.values()
            for value in parameter.values
            if value.certain_from() > today
        }
    )


def _of_place(asked: MarketQuestion, code: str) -> Iterator[MarketDecision]:
    """One answer for each audience: the strictest of the laws that hold at a place."""
    known = union_places()
    regions, name = known.regions(code), known.called(code)
    laws = [law for law in asked.rules.markets.values() if law.region in regions]
    own = any(law.region == code for law in laws)
    for audience in audiences_of(asked.context):
        answers = [_of_law(asked, law, audience) for law in laws]
        if not answers:
            yield _not_known(code, audience, known)
            continue
        first = min(answers, key=lambda one: _STRICT.index(one.verdict))
        national = (
            Bilingual("", "")
            if own
            else Bilingual(
                f" National law of {name.en} was not looked at.", f"未查阅{name.zh}的国内法。"
            )
        )
        # What no law that is known speaks about may stand in one that was not looked at.
        verdict = "unknown" if first.verdict == "not_covered" and not own else first.verdict
        changes = first.becomes != verdict  # from unknown to unknown nothing changes
        yield replace(
            first,
            market=code,
            verdict=verdict,
            changes_on=first.changes_on if changes else None,
            becomes=first.becomes if changes else None,
            says=f"{first.says}{national.en}",
            says_zh=f"{first.says_zh}{national.zh}",
            because_of=first.because_of or ("" if own else first.market),
            place=name.en,
            place_zh=name.zh,
        )


def _not_known(code: str, audience: Audience, known: UnionPlaces) -> MarketDecision:
    """The answer of a place whose law is not recorded, with what was looked for there."""
    name, words, looked = known.called(code), AUDIENCE_WORDS[audience], known.looked_for.get(code)
    says = Bilingual(
        f"Not known: no rule of {name.en} on such claims to {words.en} is recorded.",
        f"尚不清楚：未记录{name.zh}关于面向{words.zh}此类声明的规定。",
    )
    if looked is None:
        says = Bilingual(
            f"{says.en} Nothing was looked for there yet. Ask a lawyer there.",
            f"{says.zh}尚未查找当地法律。请咨询当地律师。",
        )
    else:
        says = Bilingual(
            f"{says.en} Looked for on {looked.day}: {looked.says.en}. Ask a lawyer there.",
            f"{says.zh}{looked.day} 查找了{looked.says.zh}。请咨询当地律师。",
        )
    return MarketDecision(
        market=code,
        audience=audience,
        verdict="unknown",
        says=says.en,
        says_zh=says.zh,
        confidence="L" if looked is None else looked.confidence,
        citations=() if looked is None else looked.citations,
        place=name.en,
        place_zh=name.zh,
    )
