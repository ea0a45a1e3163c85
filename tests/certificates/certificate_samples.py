"""A footprint document, a decision document and the facts of issue that the tests build on."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from joserfc.jwk import ECKey

from footprint.certificates import CertificateView, Issuance, build_view
from footprint.certificates.keys import did_web, generate_key, public_jwks
from footprint.certificates.number import make_number

BASE_URL = "https://labels.example.com"
DID = did_web(BASE_URL)
ISSUED_AT = datetime(2026, 11, 20, 8, 30, tzinfo=UTC)
AS_OF = datetime(2027, 1, 15, 12, 0, tzinfo=UTC)

_FOOTPRINT: dict[str, Any] = {
    "type": "footprint",
    "schema": "1",
    "product": {
        "name": "Aluminium water bottle 750 ml",
        "name_zh": "750 毫升铝制水壶",
        "product_ids": ["urn:gtin:06901234567892"],
        "country": "CN",
        "company": "Example Bottles Ltd",
        "company_zh": "示例水壶有限公司",
        "company_ids": ["urn:lei:5493001KJTIIGC8Y1R12"],
        "category": "Drinking bottles",
        "description": "Bottle with screw cap, powder coated",
        "mass_kg": 0.182,
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
    },
    "declared_unit": {"amount": 1.0, "unit": "piece"},
    "boundary": "cradle-to-gate",
    "gwp_set": "AR6",
    "gwp_sets_used": ["AR6", "AR5"],
    "totals": {
        "excluding_biogenic_uptake_kg_co2e": 2.4681357902468,
        "including_biogenic_uptake_kg_co2e": 2.4501357902468,
    },
    "split": {
        "fossil": 2.4371357902468,
        "biogenic_uptake": -0.025,
        "biogenic_emission": 0.007,
        "biogenic_non_co2": 0.021,
        "land_use_change": 0.01,
        "land_management": 0.0,
        "aircraft": 0.0,
        "packaging": 0.081,
        "outbound_logistics": 0.0,
    },
    "stages": {
        "material": 1.7221357902468,
        "production": 0.498,
        "packaging": 0.081,
        "inbound_transport": 0.112,
        "waste": 0.055,
        "direct_emission": 0.0,
    },
    "contributions": [
        {
            "line": "1",
            "row": 8,
            "name": "SECRET-ALLOY-SUPPLIER",
            "stage": "material",
            "dataset": "aluminium-ingot",
            "dataset_name": "Aluminium ingot",
            "quantity": 0.19,
            "unit": "kilogram",
            "kg_co2e": 1.7221357902468,
            "share": 0.69775,
            "matched_by": "id",
            "data_type": "secondary",
        }
    ],
    "coverage": {"mass": 0.985, "lines": 1.0},
    "quality": {
        "primary_data_share": 20.18,
        "technological": 2.1,
        "geographical": 2.6,
        "temporal": 1.9,
    },
    "provenance": {
        "engine": "footprint 0.1.0",
        "inventory": "sha256:" + "1a" * 32,
        "bom": "sha256:" + "2b" * 32,
    },
    "sources": [
        {
            "id": "agency-2024",
            "citation": "Example Energy Agency, Electricity mixes by country, 2024 edition",
            "licence": "CC BY 4.0",
        }
    ],
    "warnings": [],
}

_DECISION: dict[str, Any] = {
    "scheme": "example-scheme",
    "scheme_name": "Example Footprint Programme",
    "scheme_name_zh": "示例碳足迹计划",
    "tier": "disclosure",
    "as_of": "2026-11-20",
    "verdict": "pass",
    "trace": {
        "rule": "all",
        "verdict": "pass",
        "says": "All conditions are met.",
        "says_zh": "所有条件均已满足。",
        "confidence": "M",
        "citations": [],
        "missing": [],
        "children": [
            {
                "rule": "in_force",
                "verdict": "pass",
                "says": "The scheme is open on 2026-11-20.",
                "says_zh": "该计划在 2026-11-20 开放。",
                "confidence": "H",
                "citations": [],
                "missing": [],
                "children": [],
            },
            {
                "rule": "method",
                "verdict": "pass",
                "says": "The footprint follows ISO 14067.",
                "says_zh": "碳足迹按照 ISO 14067 核算。",
                "confidence": "L",
                "citations": [],
                "missing": [],
                "children": [],
            },
        ],
    },
    "missing": [],
    "confirm_first": ["example-scheme.validity"],
    "markets": [
        {
            "market": "eu-2024-825",
            "audience": "consumer",
            "verdict": "allowed",
            "says": "A measured footprint may be stated with its method.",
            "says_zh": "可以连同方法一起公布实测的碳足迹。",
            "permitted_wording": [
                "Product carbon footprint: 2.47 kg CO2e",
                "产品碳足迹：2.47 kg CO2e",
            ],
            "confidence": "H",
            "citations": [],
        },
        {
            "market": "fr-d229-106",
            "audience": "consumer",
            "verdict": "conditional",
            "says": "Words of neutrality need a published report.",
            "says_zh": "中和类用语须公布报告。",
            "permitted_wording": [],
            "confidence": "M",
            "citations": [],
        },
    ],
    "validity_months": 24,
    "rules_hash": "sha256:" + "3c" * 32,
}


#: The claim of a reduction against a base year, as a decision document has it.
COMPARED: dict[str, Any] = {
    "comparisons": [
        {
            "reference": "base_year",
            "value": "2.81234",
            "per": "1 piece",
            "lower_by": "0.1223",
            "at_least": "0.02",
            "strict": False,
            "day": "2022-12-31",
            "group": "Holds 750 ml of water",
            "source": "Certified footprint of 2022, statement EV-2023-17",
            "margin": "within-uncertainty",
            "decided_by": "letter",
            "probability": "0.83",
            "draws": 2000,
            "says": "12.23 % below the base year (2.81234 kg CO2e per 1 piece, 2022-12-31); "
            "within uncertainty; the single values decided",
            "says_zh": "比基准年低 12.23 %（每 1 件 2.81234 kg CO2e，2022-12-31）；"
            "处于不确定度范围内；以单一数值为准",
        }
    ],
    "credits": [],
    "tonnes": "",
    "needed": "",
    "units": "",
    "period_start": "",
    "period_end": "",
    "says": "12.23 % below the base year (2.81234 kg CO2e per 1 piece, 2022-12-31); within "
    "uncertainty; the single values decided.",
    "says_zh": "比基准年低 12.23 %（每 1 件 2.81234 kg CO2e，2022-12-31）；处于不确定度范围内；"
    "以单一数值为准。",
}
#: The claim of an offset remainder.
OFFSET: dict[str, Any] = {
    "comparisons": [],
    "credits": [
        {
            "tonnes": "30",
            "programme": "Gold Standard",
            "registry": "Gold Standard Impact Registry",
            "serial": "GS1-1-CN-GS5612-16-2021-22114-1-30",
            "vintage": "2021",
            "retired_on": "2026-03-31",
        }
    ],
    "tonnes": "30",
    "needed": "29.6176294829616",
    "units": "12000",
    "period_start": "2025-01-01",
    "period_end": "2025-12-31",
    "says": "30 t CO2e of credits (Gold Standard) retired for 12000 times 1 piece of 2025-01-01 to "
    "2025-12-31; the footprint itself is not zero.",
    "says_zh": "为 2025-01-01 至 2025-12-31 的 12000 个 1 件 注销碳信用 30 t CO2e"
    "（Gold Standard）；足迹本身并不为零。",
}
_CLAIMS: dict[str, dict[str, Any]] = {
    "reduction": COMPARED,
    "low-carbon": COMPARED,
    "neutral": OFFSET,
}


def claimed(tier: str) -> dict[str, Any]:
    """Fields of a decision on a tier, with the claim that such a tier has."""
    claim = _CLAIMS.get(tier)
    return {"tier": tier} if claim is None else {"tier": tier, "claim": deepcopy(claim)}


def footprint_document(**product: Any) -> dict[str, Any]:
    """A footprint document; keywords replace product facts."""
    document = deepcopy(_FOOTPRINT)
    document["product"].update(product)
    return document


def decision_document(**fields: Any) -> dict[str, Any]:
    return {**deepcopy(_DECISION), **fields}


def issuance(**fields: Any) -> Issuance:
    facts: dict[str, Any] = {
        "number": make_number(bytes.fromhex("39ab5c80d1")),
        "issuer_name": "Example Label Office",
        "issuer_name_zh": "示例标签办公室",
        "issuer_did": DID,
        "base_url": BASE_URL,
        "issued_at": ISSUED_AT,
        "valid_from": date(2026, 11, 20),
        "valid_until": date(2028, 11, 19),
        "self_declared": True,
        "bom_commitment": "sha256:" + "5e" * 32,
        "status_index": 4711,
    }
    return Issuance(**{**facts, **fields})


def view(*, product: dict[str, Any] | None = None, **fields: Any) -> CertificateView:
    """The view of the sample certificate; keywords replace facts of issue."""
    return build_view(
        footprint_document(**(product or {})), decision_document(), issuance(**fields)
    )


@cache
def key() -> ECKey:
    return generate_key()


def jwks() -> dict[str, Any]:
    return public_jwks([key()])
