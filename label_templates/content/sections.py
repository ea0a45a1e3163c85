"""The facts of a certificate as named rows, in sections."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from footprint.certificates.view import CertificateView
from label_templates.content.claims import claim_rows, tier_words
from label_templates.content.phrases import beside_total, coverage, not_in_it, per, verified_words
from label_templates.type.direction import isolated
from label_templates.words import Words


@dataclass(frozen=True, slots=True)
class Row:
    """A name and its value; `code` marks values that are compared character by character."""

    label: str
    value: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: tuple[Row, ...]


def sections(view: CertificateView, words: Words) -> tuple[Section, ...]:
    """All sections in reading order. Rows without a value are left out, and so are sections of
    which no row is left: a holder whose name is not known is no heading."""
    made = (_claim, _product, _holder, _footprint, _split, _issue, _fingerprints)
    return tuple(found for section in made if (found := section(view, words)).rows)


def _rows(*rows: Row) -> tuple[Row, ...]:
    return tuple(row for row in rows if row.value)


def _claim(view: CertificateView, words: Words) -> Section:
    rows = (Row(name, value) for name, value in claim_rows(view, words))
    return Section(words.say("claim"), _rows(*rows))


def _product(view: CertificateView, words: Words) -> Section:
    period = ""
    if view.period_start or view.period_end:
        period = words.say("period_value", start=view.period_start, end=view.period_end)
    return Section(
        words.say(view.boundary if view.whole_subject else "product"),
        _rows(
            Row(words.say("product_name"), _both(view.product_name, view.product_name_zh)),
            Row(words.say("product_ids"), ", ".join(view.product_ids), code=True),
            Row(words.say("category"), _category(view)),
            Row(words.say("description"), view.product_description),
            Row(words.say("country"), view.product_country),
            Row(words.say("mass"), f"{view.product_mass_kg} kg" if view.product_mass_kg else ""),
            Row(words.say("period"), period),
            Row(words.say("subject_boundary"), view.subject_boundary),
        ),
    )


def _category(view: CertificateView) -> str:
    """The category in words, and the codes of the lists that the product is in."""
    named = (view.product_category, *view.product_classifications)
    return ", ".join(dict.fromkeys(one for one in named if one))


def _holder(view: CertificateView, words: Words) -> Section:
    return Section(
        words.say("company"),
        _rows(
            Row(words.say("company_name"), _both(view.company, view.company_zh)),
            Row(words.say("company_ids"), ", ".join(view.company_ids), code=True),
        ),
    )


def _footprint(view: CertificateView, words: Words) -> Section:
    unit = per(view, words)
    return Section(
        words.say("footprint"),
        _rows(
            Row(words.say("total"), f"{view.total_kg_co2e} kg CO2e {unit}"),
            Row(
                words.say("total_including"),
                f"{view.total_including_biogenic_uptake_kg_co2e} kg CO2e {unit}",
            ),
            Row(words.say("boundary"), words.word("boundaries", view.boundary)),
            Row(words.say("gwp_set"), words.say("gwp_value", set=view.gwp_set)),
            Row(words.say("gwp_used"), words.gwp_sets(view.gwp_sets_used)),
            Row(words.say("data_coverage"), coverage(view, words)),
            Row(words.say("completeness"), not_in_it(view, words)),
            Row(words.say("primary_share"), f"{view.primary_data_share} %"),
            Row(
                words.say("quality"),
                words.say(
                    "quality_value",
                    technological=view.quality_technological,
                    geographical=view.quality_geographical,
                    temporal=view.quality_temporal,
                ),
            ),
        ),
    )


def _split(view: CertificateView, words: Words) -> Section:
    return Section(
        words.say("split"),
        tuple(
            Row(
                words.word("split", part.name),
                f"{beside_total(Decimal(part.kg_co2e), view)} CO2e",
            )
            for part in view.split
        ),
    )


def _issue(view: CertificateView, words: Words) -> Section:
    return Section(
        words.say("issue"),
        _rows(
            Row(words.say("number"), view.number, code=True),
            Row(words.say("tier"), tier_words(view, words)),
            Row(words.say("scheme"), _both(view.scheme_name, view.scheme_name_zh)),
            Row(words.say("decided_on"), view.decided_on),
            Row(words.say("verification"), verified_words(view, words)),
            Row(words.say("issuer"), _both(view.issuer_name, view.issuer_name_zh)),
            Row(words.say("issuer_did"), view.issuer_did, code=True),
            Row(words.say("issued_at"), view.issued_at),
            Row(
                words.say("term"),
                words.say("period_value", start=view.valid_from, end=view.valid_until),
            ),
            Row(
                words.say("term_ends_with"),
                words.pick(view.term_ends_with, view.term_ends_with_zh),
            ),
            Row(
                words.say("status_place"),
                words.say("status_value", list=view.status_list, index=view.status_index),
            ),
        ),
    )


def _fingerprints(view: CertificateView, words: Words) -> Section:
    return Section(
        words.say("fingerprints"),
        _rows(
            Row(words.say("engine"), view.engine),
            *(
                Row(words.say(name), getattr(view, name), code=True)
                for name in (
                    "inventory_hash",
                    "bom_commitment",
                    "footprint_hash",
                    "decision_hash",
                    "rules_hash",
                    "statement_hash",
                )
            ),
            Row(words.say("renderer"), view.renderer, code=True),
        ),
    )


def _both(first: str, second: str) -> str:
    return f"{isolated(first)} / {isolated(second)}" if second and second != first else first
