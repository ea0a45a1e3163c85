"""What a credential says of its own limits: drafts, own declarations, conditions, credits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from footprint.certificates.view import CertificateView
from footprint.values.lacks import lower_bound

#: What a draft says of itself; no published context has a term for it.
DRAFT_CONDITION = "DRAFT, NOT FOR USE."


def self_declared_words(view: CertificateView) -> str:
    """What stands beside a claim that nobody else looked at."""
    if view.stated_verifier:
        return (
            f"Self-declared by its holder, who states a verification by {view.stated_verifier}; "
            "the issuer has not confirmed it."
        )
    return "Self-declared by its holder, not verified by a third party."


def conditions_of(view: CertificateView) -> list[str]:
    """What the attestation holds for, sentence by sentence."""
    return [
        *((DRAFT_CONDITION,) if view.draft else ()),
        *((f"Claim: {view.claim.says}",) if view.claim else ()),
        *_credit_conditions(view),
        *(f"Not for consumers ({one.market}): {one.says}" for one in view.limits),
        *(
            f"To consumers only under conditions ({one.market}): {one.says}"
            for one in view.showing_conditions
        ),
        f"Declared unit: {view.declared_amount} {view.declared_unit}",
        f"The measure is kg CO2e per 1 {view.declared_unit}",
        f"Value to the last digit: {view.total_kg_co2e} kg CO2e per declared unit",
        *((lower_bound(view.lacks),) if view.lacks else ()),
        f"System boundary: {view.boundary}",
        f"Characterisation: IPCC {view.gwp_set} GWP100",
        f"Share of mass covered: {view.coverage_mass}",
        f"Calculated with: {view.engine}",
    ]


def _credit_conditions(view: CertificateView) -> tuple[str, ...]:
    return tuple(
        f"Retired credits: {one.tonnes} t CO2e, {one.programme or one.registry}, {one.serial}, "
        f"vintage {one.vintage}, retired on {one.retired_on}"
        for one in (view.claim.credits if view.claim else ())
    )


def draft_words(view: CertificateView) -> str:
    return f"{DRAFT_CONDITION} " if view.draft else ""


def is_draft(payload: Mapping[str, Any]) -> bool:
    """Whether a signed payload says of itself that it is a draft. Never raises."""
    return str(payload.get("name")).startswith(DRAFT_CONDITION)
