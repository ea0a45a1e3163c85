"""What a certificate claims beyond its number: in one line for labels, in rows for page and PDF."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from footprint.certificates.display import round_significant, written
from footprint.certificates.view import CertificateView
from footprint.rules.words import exact_text
from footprint.values.claim import Claim, ClaimComparison, ClaimedCredits
from label_templates.content.phrases import per as per_of
from label_templates.words import Words


def tier_words(view: CertificateView, words: Words) -> str:
    """The statement. Below others is said only where the certificate names what it is below."""
    if view.tier == "low-carbon" and view.claim is None:
        return words.say("low_carbon_unnamed")
    return words.word("tiers", view.tier)


def claim_line(view: CertificateView, words: Words) -> str:
    """The claim in one line; empty where the tier states the footprint and no more."""
    claim = view.claim
    if claim is None:
        return ""
    if claim.tonnes:
        return words.say(
            "claim_offset",
            tonnes=claim.tonnes,
            programmes=_programmes(claim),
            units=claim.units,
            per=words.say(f"per_{view.boundary}")
            if view.whole_subject
            else words.quantity(view.declared_amount, view.declared_unit),
            start=claim.period_start,
            end=claim.period_end,
        )
    first = claim.comparisons[0]
    return words.say(
        "claim_line" if Decimal(first.lower_by) else "claim_line_equal",
        percent=_percent(first.lower_by),
        against=words.word("references", first.reference),
        year=first.day[:4],
        value=written(round_significant(Decimal(first.value))),
        margin=words.word("margins", first.margin),
    )


def limits_line(view: CertificateView, words: Words) -> str:
    """Where the label must not be shown to consumers, or only under a certification scheme; empty
    where no known law says so."""
    said = []
    for name, limits in (("not_for", view.limits), ("only_under", view.showing_conditions)):
        named = []
        for limit in limits:
            place = words.word("markets", limit.market)
            late = limit.since
            named.append(words.say("not_for_from", place=place, day=late) if late else place)
        if named:
            said.append(words.say(name, places=", ".join(dict.fromkeys(named))))
    return words["stop"].join(said)


def weak_line(view: CertificateView, words: Words) -> str:
    """How many facts behind the certificate have to be confirmed first; empty where none has."""
    count = len(view.confirm_first) + sum(one.confidence == "L" for one in view.markets)
    return words.say("weak_on_label", count=count) if count else ""


def claim_rows(view: CertificateView, words: Words) -> Iterator[tuple[str, str]]:
    """Every figure of the claim as a name and its value."""
    claim = view.claim
    if claim is None:
        return
    if claim.tonnes:
        yield from _offset_rows(claim, words)
    for one in claim.comparisons:
        yield from _comparison_rows(one, view, words)


def _offset_rows(claim: Claim, words: Words) -> Iterator[tuple[str, str]]:
    period = words.say("period_value", start=claim.period_start, end=claim.period_end)
    yield words.say("claim_tonnes"), f"{claim.tonnes} t CO2e"
    yield words.say("claim_needed"), f"{claim.needed} t CO2e"
    yield words.say("claim_units"), claim.units
    yield words.say("claim_period"), period
    for block in claim.credits:
        yield words.say("claim_block"), _block(block, words)


def _block(block: ClaimedCredits, words: Words) -> str:
    return words.say(
        "claim_block_value",
        tonnes=block.tonnes,
        programme=block.programme or "-",
        registry=block.registry or "-",
        serial=block.serial or "-",
        vintage=block.vintage or "-",
        day=block.retired_on or "-",
    )


def _comparison_rows(
    one: ClaimComparison, view: CertificateView, words: Words
) -> Iterator[tuple[str, str]]:
    per = per_of(view, words)
    margin = words.word("margins", one.margin)
    if one.probability:
        margin = words.say("claim_chance", margin=margin, chance=_percent(one.probability))
    asked = "claim_more_than" if one.strict else "claim_at_least"
    yield words.say("claim_lower_by"), f"{_percent(one.lower_by)} %"
    yield words.say("claim_against"), words.word("references", one.reference)
    yield words.say("claim_value"), f"{one.value} kg CO2e {per}"
    yield words.say("claim_day"), one.day
    yield words.say("claim_group"), one.group
    yield words.say("claim_source"), one.source or words.say("claim_no_source")
    yield words.say("claim_asked"), words.say(asked, percent=_percent(one.at_least))
    yield words.say("claim_margin"), margin
    yield words.say("claim_decided_by"), words.word("deciders", one.decided_by)


def _programmes(claim: Claim) -> str:
    named = (block.programme or block.registry for block in claim.credits)
    return ", ".join(dict.fromkeys(name for name in named if name))


def _percent(share: str) -> str:
    return exact_text(Decimal(share) * 100)
