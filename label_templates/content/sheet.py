"""What a certificate shows, in reading order and in one language: the page and the PDF print it.

Both forms take their rows from here, so neither can show what the other leaves out.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from footprint.certificates.view import CertificateView, ShowingLimit
from label_templates.content.claims import claim_line, limits_line, tier_words, weak_line
from label_templates.content.phrases import (
    beside_total,
    coverage,
    lead,
    not_in_it,
    per,
    verified_words,
    words_above,
)
from label_templates.content.sections import Row, Section, sections
from label_templates.words import Words

#: The tier's colour: dark enough for white text (contrast above 7:1) and for a grey printer.
TIER_COLOURS = {
    "disclosure": "#37474f",
    "reduction": "#0b4f63",
    "low-carbon": "#1f5430",
    "neutral": "#4a3f6b",
}
PLAIN_COLOUR = "#333333"


@dataclass(frozen=True, slots=True)
class SheetBar:
    """A bar of a chart that is linear from zero: `start` and `length` are shares of its width."""

    label: str
    value: str
    start: float
    length: float
    negative: bool


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """A sentence with the word of its verdict; beneath it words that may be used, each after its
    language, and `extra` lines."""

    label: str
    verdict: str
    code: str
    says: str
    wordings: tuple[tuple[str, str], ...] = ()
    extra: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateSheet:
    tier: str
    claim: str
    limits: str
    limits_say: tuple[Row, ...]
    showing_says: tuple[Row, ...]
    weak: str
    tier_note: str
    lead: str
    self_declared_short: str
    colour: str
    heading: str
    amount: str
    unit: str
    per: str
    product: str
    holder: str
    verified: str
    self_declared: bool
    coverage: str
    covered_in_full: bool
    complete: bool
    lacks: str
    rules_of: str
    rules_on_label: str
    term: str
    not_scheme: str
    not_scheme_on_label: str
    bars: tuple[SheetBar, ...]
    sections: tuple[Section, ...]
    conditions: tuple[SheetFinding, ...]
    confirm_first: tuple[str, ...]
    markets: tuple[SheetFinding, ...]
    sources: tuple[Row, ...]


def make_sheet(view: CertificateView, words: Words) -> CertificateSheet:
    """The sheet of `view` in the language of `words`."""
    scheme = words.pick(view.scheme_name, view.scheme_name_zh)
    short = words.pick(view.scheme_short_name, view.scheme_short_name_zh) or scheme
    return CertificateSheet(
        tier=tier_words(view, words),
        claim=claim_line(view, words),
        limits=limits_line(view, words),
        limits_say=_limit_rows(view.limits, words),
        showing_says=_limit_rows(view.showing_conditions, words),
        weak=weak_line(view, words),
        tier_note=words.word("tier_notes", view.tier),
        lead=lead(view, words),
        self_declared_short=words.say("self_declared_short"),
        colour=TIER_COLOURS.get(view.tier, PLAIN_COLOUR),
        heading=words_above(view, words),
        amount=view.shown_amount,
        unit=view.shown_unit,
        per=per(view, words),
        product=words.pick(view.product_name, view.product_name_zh),
        holder=words.pick(view.company, view.company_zh),
        verified=verified_words(view, words),
        self_declared=view.self_declared,
        coverage=coverage(view, words),
        covered_in_full=view.covered_in_full,
        complete=view.complete,
        lacks=not_in_it(view, words),
        rules_of=words.say("rules_of", scheme=scheme),
        rules_on_label=words.say("rules_of", scheme=short),
        term=words.say("valid_term", start=view.valid_from, end=view.valid_until),
        not_scheme=words.say("not_scheme", scheme=scheme),
        not_scheme_on_label=words.say("not_scheme", scheme=short),
        bars=stage_bars(view, words),
        sections=sections(view, words),
        conditions=tuple(
            SheetFinding(
                label="",
                verdict=words.word("verdicts", reason.verdict),
                code=reason.verdict,
                says=words.pick(reason.says, reason.says_zh),
                extra=(words.say("weak_source"),) if reason.confidence == "L" else (),
            )
            for reason in view.reasons
        ),
        confirm_first=view.confirm_first,
        markets=_markets(view, words),
        sources=tuple(
            Row(source.citation, words.say("licence", licence=source.licence))
            for source in view.sources
        ),
    )


def _markets(view: CertificateView, words: Words) -> tuple[SheetFinding, ...]:
    return tuple(
        SheetFinding(
            label=words.say(
                "market_row",
                market=words.word("markets", market.market),
                law=market.market,
                audience=words.word("audiences", market.audience),
            ),
            verdict=words.word("market_verdicts", market.verdict),
            code=market.verdict,
            says=words.pick(market.says, market.says_zh),
            wordings=tuple((_language_of(said), said) for said in market.permitted_wording),
            extra=(words.say("weak_source"),) if market.confidence == "L" else (),
        )
        for market in view.markets
    )


def _limit_rows(limits: tuple[ShowingLimit, ...], words: Words) -> tuple[Row, ...]:
    return tuple(
        Row(words.word("markets", limit.market), words.pick(limit.says, limit.says_zh))
        for limit in limits
    )


def _language_of(wording: str) -> str:
    """Words that a law permits are given in English and Chinese, whatever the page speaks."""
    return "zh" if any("\u4e00" <= letter <= "\u9fff" for letter in wording) else "en"


def stage_bars(view: CertificateView, words: Words) -> tuple[SheetBar, ...]:
    """A bar for each stage that is not zero, on one linear scale that holds zero."""
    amounts = [(part.name, Decimal(part.kg_co2e)) for part in view.stages]
    amounts = [(name, amount) for name, amount in amounts if amount]
    low = min([Decimal(0), *(amount for _, amount in amounts)])
    high = max([Decimal(0), *(amount for _, amount in amounts)])
    span = high - low or Decimal(1)
    return tuple(
        SheetBar(
            label=words.word("groups" if view.whole_subject else "stages", name),
            value=beside_total(amount, view),
            start=float((min(amount, Decimal(0)) - low) / span),
            length=float(abs(amount) / span),
            negative=amount < 0,
        )
        for name, amount in amounts
    )
