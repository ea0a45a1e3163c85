"""The passport of a certified product, from the verified text of its certificate.

It rests on the certificate: its claim names the credential and the digest of the certificate's
text. Whoever has both sees whether they belong together.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from footprint.certificates.credential import credential_payload
from footprint.certificates.credential_conditions import DRAFT_CONDITION
from footprint.certificates.digest import document_multihash
from footprint.certificates.view import CertificateView, view_document
from footprint.exchange.faults import MISSING_FACT, NO_PLACE
from footprint.exchange.untp_passport import PassportFacts, passport_document
from footprint.exchange.untp_terms import TO_GATE, TO_GRAVE, TO_REC20
from footprint.faults import InputRefused, Problem, Where
from footprint.values.lacks import lower_bound

_SCOPES = {"cradle-to-gate": TO_GATE, "cradle-to-grave": TO_GRAVE}

#: What the claim of a total that lacks something begins with.


def certified_passport(view: CertificateView) -> dict[str, Any]:
    """The passport as JSON values, ready to sign; its numbers are floats, and its claim's words
    hold the total with all its digits.

    Raises `InputRefused` (EXC-002, EXC-003) for a certificate that the form cannot say.
    """
    problems = list(_problems(view))
    if problems:
        raise InputRefused(problems)
    signed = credential_payload(view, "untp-0.7")
    attested = signed["credentialSubject"]
    (assessed,) = attested["conformityAssessment"][0]["assessedProduct"]
    share = view.primary_data_share
    draft = f"{DRAFT_CONDITION} " if view.draft else ""
    facts = PassportFacts(
        id=f"{view.base_url}/v1/certificates/{view.number}/passport",
        issuer=(view.issuer_did, view.issuer_name),
        valid_from=signed["validFrom"],
        valid_until=signed["validUntil"],
        title=f"{draft}Digital Product Passport {view.number}: {view.product_name}",
        name=view.product_name,
        product_ids=[assessed["product"]["id"]],
        own_id=view.verify_url,
        description=view.product_description or view.product_name,
        company=(attested["issuedToParty"]["id"], attested["issuedToParty"]["name"]),
        country=view.product_country,
        total=Decimal(view.total_kg_co2e),
        amount=Decimal(view.declared_amount),
        unit=view.declared_unit,
        scope=_SCOPES[view.boundary],
        says=f"{draft}{_least(view)}{view.boundary.capitalize()}, "
        f"IPCC {view.gwp_set} GWP100. {attested['description']}",
        claimed_on=view.decided_on,
        period=(view.period_start, view.period_end) if view.period_end else None,
        standards=(),
        criteria=[(attested["referenceScheme"]["id"], view.scheme_name)],
        mass_kg=Decimal(view.product_mass_kg) if view.product_mass_kg else None,
        primary_share=Decimal(share) if share else None,
        category=_category(view),
        evidence=_evidence(view),
        status=signed["credentialStatus"],
    )
    found: dict[str, Any] = _plain(passport_document(facts))
    return found


def _least(view: CertificateView) -> str:
    """That the value is not all of it, in the words that are read again."""
    return "" if view.complete else f"{lower_bound(view.lacks)}. "


def has_passport(view: CertificateView) -> bool:
    """Whether the form can say this certificate: of a product, made in a country that is known."""
    return not _problems(view)


def _problems(view: CertificateView) -> list[Problem]:
    found = []
    if view.declared_unit not in TO_REC20:
        message = (
            f"the declared unit {view.declared_unit!r} has no code in UN/ECE Recommendation 20"
        )
        found.append(NO_PLACE.at(Where(column="declared_unit"), message))
    if view.boundary not in _SCOPES:
        message = f"a passport has no word for the boundary {view.boundary!r}"
        found.append(NO_PLACE.at(Where(column="boundary"), message))
    if Decimal(view.total_kg_co2e) < 0:
        message = "a total below zero cannot be told without a word on removals"
        found.append(NO_PLACE.at(Where(column="total_kg_co2e"), message))
    if not view.product_country:
        message = "a passport names the country of production, which the certificate does not"
        found.append(MISSING_FACT.at(Where(column="product_country"), message))
    return found


def _category(view: CertificateView) -> list[tuple[str, str, str, str]]:
    """The category in the holder's own words: it is of no list."""
    named = view.product_category
    where = f"{view.verify_url}#category"
    return [(named, named, where, "Categories as the holder words them")] if named else []


def _evidence(view: CertificateView) -> list[dict[str, str]]:
    at = f"{view.base_url}/v1/certificates/{view.number}"
    return [
        {
            "linkURL": f"{at}/credential",
            "linkName": f"Digital Conformity Credential {view.number}",
            "mediaType": "application/vc+jwt",
        },
        {
            "linkURL": f"{at}/certificate.json",
            "linkName": "certificate.json",
            "digestMultibase": document_multihash(view_document(view)),
            "mediaType": "application/json",
        },
    ]


def _plain(value: Any) -> Any:
    """JSON values that canonical JSON can write: floats for decimals."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value
