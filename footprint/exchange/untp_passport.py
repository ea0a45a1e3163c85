"""A UNTP Digital Product Passport 0.7.0 from the facts that it needs, not yet signed.

One footprint per ONE unit. The form has a place for the number and none for what one unit is, how
far it reaches and how much of it is primary data. These stand under `characteristics`, its place
for what it has no word of its own for, by names of version 0.6 (emissionsScorecard).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Any

from footprint.exchange import untp_terms as terms
from footprint.supplier.numbers import decimal_text

#: Digits of a total that was divided by an amount.
_DIGITS = 34
_GTIN = "urn:gtin:"
_GTIN_SCHEME = ("https://www.gs1.org/standards/id-keys/gtin", "GS1 Global Trade Item Number")


@dataclass(frozen=True, slots=True)
class PassportFacts:
    """What a passport says. `total` and `mass_kg` count for `amount` times `unit`; times are RFC
    3339, days are ISO 8601, the period's last day is inside. `primary_share` is in percent.

    `standards` and `criteria` are (address, name); `category` is (code, name, address of the list,
    its name); `evidence` are links. `status` is a W3C status entry, with a number as its index.
    """

    id: str
    issuer: tuple[str, str]
    valid_from: str
    valid_until: str
    title: str
    name: str
    product_ids: Sequence[str]
    own_id: str
    description: str
    company: tuple[str, str]
    country: str
    total: Decimal
    amount: Decimal
    unit: str
    scope: str
    says: str
    claimed_on: str
    period: tuple[str, str] | None
    standards: Sequence[tuple[str, str]]
    criteria: Sequence[tuple[str, str]]
    mass_kg: Decimal | None = None
    primary_share: Decimal | None = None
    category: Sequence[tuple[str, str, str, str]] = ()
    evidence: Sequence[dict[str, str]] = field(default_factory=list)
    status: dict[str, Any] | None = None


def per_one(value: Decimal, amount: Decimal) -> Decimal:
    """What one unit has of it; exact where the division ends within 34 digits."""
    with localcontext(prec=max(_DIGITS, len(value.as_tuple().digits))):
        return +(value / amount)


def passport_document(facts: PassportFacts) -> dict[str, Any]:
    """The credential; numbers are `Decimal`, with all their digits."""
    document: dict[str, Any] = {
        "@context": list(terms.UNTP_CONTEXTS),
        "type": ["VerifiableCredential", terms.PASSPORT],
        "id": facts.id,
        "issuer": _named("CredentialIssuer", facts.issuer),
        "validFrom": facts.valid_from,
        "validUntil": facts.valid_until,
        "name": facts.title,
    }
    if facts.status is not None:
        document["credentialStatus"] = facts.status
    return document | {"credentialSubject": _product(facts)}


def _named(kind: str, of: tuple[str, str]) -> dict[str, Any]:
    return {"type": [kind], "id": of[0], "name": of[1]}


def _product(facts: PassportFacts) -> dict[str, Any]:
    """The product. Of the place of production only the country is known here, and this is said."""
    product_id = facts.product_ids[0] if facts.product_ids else facts.own_id
    gtin = product_id.lower().startswith(_GTIN)
    scheme = _GTIN_SCHEME if gtin else facts.company
    product: dict[str, Any] = {
        **_named("Product", (product_id, facts.name)),
        "description": facts.description,
        "idScheme": _named("IdentifierScheme", scheme),
        "idGranularity": "model",
        "productCategory": [
            dict(zip(("code", "name", "schemeId", "schemeName"), one, strict=True))
            for one in facts.category
        ],
        "relatedParty": [{"role": "producer", "party": _named("Party", facts.company)}],
        "producedAtFacility": _named(
            "Facility", (f"{facts.own_id}#facility", f"Not named; in {facts.country}")
        ),
        "countryOfProduction": {"countryCode": facts.country},
        "characteristics": {
            "type": ["Characteristics"],
            "emissionsScorecard": _scorecard(facts),
        },
        "performanceClaim": [_claim(facts)],
    }
    if facts.mass_kg is not None:
        weight = {"value": per_one(facts.mass_kg, facts.amount), "unit": terms.KILOGRAM_CODE}
        product["dimensions"] = {"weight": weight}
    return product


def _scorecard(facts: PassportFacts) -> dict[str, Any]:
    found: dict[str, Any] = {
        "carbonFootprint": per_one(facts.total, facts.amount),
        "declaredUnit": terms.TO_REC20[facts.unit],
        "operationalScope": facts.scope,
    }
    if facts.primary_share is not None:
        found["primarySourcedRatio"] = facts.primary_share / 100
    return found


def _claim(facts: PassportFacts) -> dict[str, Any]:
    claim: dict[str, Any] = {
        **_named("Claim", (f"{facts.own_id}#footprint", "Product carbon footprint")),
        "description": (
            f"{decimal_text(per_one(facts.total, facts.amount))} kg CO2e per one {facts.unit} "
            f"({terms.TO_REC20[facts.unit]}), without biogenic uptake. {facts.says}"
        ),
        "referenceCriteria": [_named("Criterion", one) for one in facts.criteria],
        "referenceStandard": [_named("Standard", one) for one in facts.standards],
        "claimDate": facts.claimed_on,
        "claimedPerformance": [
            {
                "metric": _named(
                    "PerformanceMetric", (terms.FOOTPRINT_METRIC, "Product Carbon Footprint")
                ),
                "measure": {
                    "value": per_one(facts.total, facts.amount),
                    "unit": terms.KILOGRAM_CODE,
                },
            }
        ],
        "conformityTopic": [
            _named("ConformityTopic", (terms.EMISSIONS_TOPIC, "Greenhouse Gas Emissions"))
        ],
    }
    if facts.period is not None:
        claim["applicablePeriod"] = dict(zip(("startDate", "endDate"), facts.period, strict=True))
    if facts.evidence:
        claim["evidence"] = list(facts.evidence)
    return claim
