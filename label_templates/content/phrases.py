"""Short phrases that stand in several places of a certificate, always with the same words."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from footprint.certificates.display import round_significant, written
from footprint.certificates.view import WHOLE_SUBJECTS, CertificateView
from label_templates.words import Language, Words, words


def view_words(view: CertificateView, language: Language) -> Words:
    """The words in which a certificate is written: of a product, or of a whole subject."""
    found = words(language)
    return found.of_whole() if view.whole_subject else found


def beside_total(kg_co2e: Decimal, view: CertificateView) -> str:
    """A part in the unit and to the decimal place of the headline: parts and whole can be compared
    by eye, and no part shows digits that the whole does not. What rounds to nothing is `< 0.01`."""
    places = {"g": 3, "kg": 0, "t": -3}[view.shown_unit]
    amount = kg_co2e.scaleb(places)
    step = Decimal(1).scaleb(int(Decimal(view.shown_amount).as_tuple().exponent))
    if not amount:
        return f"0 {view.shown_unit}"
    rounded = round_significant(amount)
    if amount.adjusted() < Decimal(view.shown_amount).adjusted():
        rounded = amount.quantize(step, rounding=ROUND_HALF_UP)
    if not rounded:
        return f"{'<' if amount > 0 else '> -'} {written(step)} {view.shown_unit}"
    return f"{written(rounded)} {view.shown_unit}"


def per(view: CertificateView, words: Words) -> str:
    """What the numbers are per, for example `per 1 piece`."""
    return per_declared(view.boundary, view.declared_amount, view.declared_unit, words)


def per_declared(boundary: str, amount: str, unit: str, words: Words) -> str:
    """What numbers of this boundary and declared unit are per."""
    if boundary in WHOLE_SUBJECTS:
        return words.say(f"per_{boundary}")
    return words.say("per", amount=amount, unit=words.unit_of(amount, unit))


def listed_amount(amount: str, unit: str, words: Words, *, partial: bool) -> str:
    """A certified footprint in a list: at least that, where it is not all counted."""
    return least_where(f"{amount} {unit}", words, partial=partial)


def least_where(amount: str, words: Words, *, partial: bool) -> str:
    """An amount, or at least that much, where it is not all counted."""
    return words.say("lead_at_least", amount=amount) if partial else amount


def certified_amount(view: CertificateView, words: Words) -> str:
    """The certified footprint in one line, with its unit."""
    return listed_amount(view.shown_amount, view.shown_unit, words, partial=not view.complete)


def verified_words(view: CertificateView, words: Words) -> str:
    """Who verified; a self-declaration says so in so many words, and so does one whose evidence
    names a verifier that nobody asked."""
    if view.stated_verifier:
        return words.say("self_declared_stated")
    if view.self_declared:
        return words.say("self_declared")
    if view.verifier_statement:
        return words.say(
            "verified_statement", verifier=view.verifier, statement=view.verifier_statement
        )
    return words.say("verified_by", verifier=view.verifier)


def lead(view: CertificateView, words: Words) -> str:
    """One sentence for everyone: how much, of what, counted how far, who says so, until when, and
    what it does not mean."""
    company = words.pick(view.company, view.company_zh)
    holder = company or words.pick(view.issuer_name, view.issuer_name_zh)
    if view.stated_verifier:
        who = words.say("lead_stated", company=holder, verifier=view.stated_verifier)
    elif view.self_declared:
        who = words.say("lead_self", company=holder)
    else:
        who = words.say("lead_verified", company=holder, verifier=view.verifier)
    return words.say(
        "lead",
        quantity=words.quantity(view.declared_amount, view.declared_unit),
        product=words.pick(view.product_name, view.product_name_zh),
        amount=words["before_amount"] + view.shown_amount
        if view.complete
        else least_where(view.shown_amount, words, partial=True),
        unit=view.shown_unit,
        boundary=words.word("lead_boundaries", view.boundary),
        who=who,
        end=view.valid_until,
        limit=words.word("lead_limits", view.tier),
    )


def words_above(view: CertificateView, words: Words) -> str:
    """What stands above the number: what it is, and that it is at least so much where that holds.
    The number never stands without."""
    footprint = words.say("product_footprint")
    return footprint if view.complete else words.say("footprint_least", footprint=footprint)


def not_in_it(view: CertificateView, words: Words) -> str:
    """What the number does not hold; empty where it lacks nothing but what the coverage says."""
    if not view.lacks:
        return ""
    what = words["semicolon"].join(words.word("lacks", one) for one in view.lacks)
    return words.say("lacks_line", what=what)


def coverage(view: CertificateView, words: Words) -> str:
    """How much of the product the data cover; begins with a warning when it is not all."""
    sentence = "coverage" if view.covered_in_full else "coverage_partial"
    return words.say(
        sentence, mass=_percent(view.coverage_mass), lines=_percent(view.coverage_lines)
    )


def _percent(share: str) -> str:
    """A share as a percentage with all its digits: a coverage of 0.9999 must not read 100."""
    return f"{(Decimal(share) * 100).normalize():f}"
