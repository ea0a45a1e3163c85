"""What the tests of the rules share: the shipped rules, a footprint document, rich evidence."""

from __future__ import annotations

import copy
import json
from datetime import date
from typing import Any

from hypothesis import strategies as st

from footprint.rules import Evidence, Facts, facts_from_document, load_rules, read_evidence

RULES = load_rules()

DOCUMENT: dict[str, Any] = {
    "type": "footprint",
    "schema": "1",
    "product": {
        "name": "Kettle",
        "company": "Kettle Works",
        "company_zh": "水壶厂",
        "company_ids": ["urn:example:company:kettle-works"],
        "period_start": "2025-01-01",
        "period_end": "2025-12-31",
    },
    "declared_unit": {"amount": 1.0, "unit": "piece"},
    "boundary": "cradle-to-grave",
    "gwp_set": "AR6",
    "totals": {"excluding_biogenic_uptake_kg_co2e": 2.0},
    "coverage": {"mass": 1.0, "lines": 1.0},
    "quality": {"primary_data_share": 25.0},
    "contributions": [
        {"row": 3, "name": "Steel", "kg_co2e": 1.2, "data_type": "secondary", "matched_by": "id"},
        {
            "row": 7,
            "name": "Gas",
            "kg_co2e": 0.5,
            "data_type": "primary",
            "matched_by": "substance",
        },
        {"row": 9, "name": "Box", "kg_co2e": 0.3, "data_type": "secondary", "matched_by": "name"},
    ],
}


def document(**changes: Any) -> dict[str, Any]:
    """The footprint document of a kettle of 2 kg CO2e, with `total`, `boundary`, `period_end`,
    `covered` (share of lines), `amount`, `unit` or `mass` changed; `at_least`: it lacks something,
    in figures that make up the share `lacking` of it."""
    doc = copy.deepcopy(DOCUMENT)
    places: dict[str, tuple[str, str]] = {
        "total": ("totals", "excluding_biogenic_uptake_kg_co2e"),
        "period_end": ("product", "period_end"),
        "covered": ("coverage", "lines"),
        "amount": ("declared_unit", "amount"),
        "unit": ("declared_unit", "unit"),
        "mass": ("product", "mass_kg"),
        "lacking": ("completeness", "lacking_share"),
    }
    if changes.pop("at_least", False):
        doc["completeness"] = {"word": "at least", "lacks": ["part_steps"]}
    for name, value in changes.items():
        if name in places:
            outer, inner = places[name]
            doc[outer][inner] = value
        else:
            doc[name] = value
    return doc


def facts(**changes: Any) -> Facts:
    return facts_from_document(document(**changes))


def evidence(raw: Any) -> Evidence:
    """Evidence from plain values, through a text as a supplier writes it (JSON is YAML too)."""
    return read_evidence(json.dumps(raw, default=str), "evidence.yaml")


#: What an entry of an evidence file cannot be without.
_NEEDED = {"value", "per", "tonnes", "scheme", "tier"}


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every entry that can be left out of an evidence file."""
    found: list[tuple[Any, ...]] = []
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in _NEEDED:
                found.append((*path, key))
            found.extend(places(item, (*path, key)))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            found.extend(places(item, (*path, number)))
    return found


def credit(tonnes: float | str = 2, start: int = 1, **changes: Any) -> dict[str, Any]:
    """Credits retired for the kettle of `DOCUMENT`, with entries changed; None leaves one out."""
    block = {
        "tonnes": tonnes,
        "vintage": 2020,
        "retired_on": "2026-01-01",
        "serial": f"VCS-1 {start}-{start + int(float(tonnes)) - 1}",
        "registry": "Verra",
        "beneficiary": "Kettle Works",
        **changes,
    }
    return {key: value for key, value in block.items() if value is not None}


def without(raw: dict[str, Any], path: tuple[Any, ...]) -> dict[str, Any]:
    """The evidence with the entry at `path` left out."""
    left = copy.deepcopy(raw)
    holder: Any = left
    for key in path[:-1]:
        holder = holder[key]
    del holder[path[-1]]
    return left


_PLANS = [
    "commitment",
    "timescale",
    "targets",
    "reduction_means",
    "offset_strategy",
    "reduction_plan",
    "reduction_target",
    "emission_reduction_strategy",
    "baseline",
    "reduction_path",
    "residual_emissions",
    "credit_criteria_evidence",
    "programme_criteria_evidence",
    "no_burden_shift_evidence",
    "catalogue_entry",
    "critical_review",
    "certified_carbon_auditor_report",
]
_PAPERS = [
    "public_disclosure_statement",
    "environmental_product_declaration",
    "ghg_report",
    "reduction_path",
    "offset_terms",
    "neutrality_report",
    "reduction_measures",
    "annual_report",
    "offset_disclosure",
    "claim_accuracy_disclosure",
]


def _numbered(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The blocks with serials that do not overlap."""
    return [
        {**block, "serial": f"VCS-1 {at}1-{at}{block['tonnes']}"} for at, block in enumerate(blocks)
    ]


_REFERENCES = st.fixed_dictionaries(
    {
        name: st.one_of(
            st.just("absent"),
            st.fixed_dictionaries(
                {
                    "value": st.sampled_from([1, 2, 3]),
                    "per": st.just("1 piece"),
                    "function": st.sampled_from(["boil", "boil", "boil", "toast"]),
                    "boundary": st.sampled_from(["cradle-to-grave", "cradle-to-gate"]),
                    "method": st.sampled_from(["ISO 14067", "PAS 2060"]),
                    "region": st.just("GB"),
                    "pcr": st.just("kettles"),
                    "product_code": st.sampled_from(["851610", "851620"]),
                    "quantile": st.sampled_from([0.1, 0.2]),
                    "gwp_set": st.just("AR6"),
                    "date": st.just(date(2025, 1, 1)),
                    "earlier_value": st.sampled_from(["absent", 1, 4]),
                    "units_sold": st.sampled_from([900, 1100]),
                }
            ),
        )
        for name in (
            "previous",
            "previous_certified",
            "base_year",
            "market_dominant",
            "category_mean_6y",
            "announced_benchmark",
            "baseline_certified",
            "category_quantile",
            "reference_group",
            "fossil_comparator",
        )
    }
)
_DOCUMENT = st.one_of(
    st.just("absent"),
    st.just({"date": date(2026, 1, 1), "url": "https://example.com/a"}),
    st.just({"date": date(2026, 1, 1), "url": "https://example.com/a"}),
)
#: Rich evidence, of which some speaks for and some against every scheme.
EVIDENCE = st.fixed_dictionaries(
    {
        "sales_channel": st.sampled_from(["b2c", "b2b"]),
        "audience": st.sampled_from(["consumer", "business"]),
        "function": st.just("boil"),
        "region": st.just("GB"),
        "methods": st.sampled_from(
            [
                [
                    *("ISO 14067", "ISO 14040", "PAS 2060", "PAS 2050", "GB/T 24067-2024"),
                    *("TGO CFP guideline", "KEITI EPD guideline", "SuMPO GPI", "ISO 14067:2013"),
                ],
                ["GHG Protocol"],
            ]
        ),
        "pcr": st.sampled_from(["absent", "kettles"]),
        "verification": st.fixed_dictionaries(
            {
                "by": st.just("Somebody"),
                "kind": st.sampled_from(
                    ["third-party", "scheme-operator", "registered-verifier", "accredited-body"]
                ),
                "date": st.sampled_from([date(2023, 1, 1), date(2026, 6, 1)]),
                "level": st.just("limited"),
            }
        ),
        "references": _REFERENCES,
        "plans": st.fixed_dictionaries(dict.fromkeys(_PLANS, _DOCUMENT)),
        "publications": st.fixed_dictionaries(dict.fromkeys(_PAPERS, _DOCUMENT)),
        "credits": st.lists(
            st.fixed_dictionaries(
                {
                    "tonnes": st.sampled_from([1, 2]),
                    "programme": st.sampled_from(["VCS", "Gold Standard", "Other"]),
                    "vintage": st.sampled_from([2010, 2020, 2020, 2025]),
                    "issuance": st.sampled_from(["ex-post", "ex-ante"]),
                    "retired_on": st.sampled_from([date(2023, 1, 1), date(2026, 1, 1)]),
                    "registry": st.just("Verra"),
                    "beneficiary": st.sampled_from(["Kettle Works", "水壶厂", "Toaster Works"]),
                }
            ),
            max_size=3,
        ).map(_numbered),
        "units_sold": st.just(1000),
        "unit_kind": st.sampled_from(["functional", "declared", "smallest-sales-unit"]),
        "named_boundary": st.sampled_from(
            ["cradle to first customer", "farm to customer", "cradle to the Hong Kong border"]
        ),
        "product_category": st.sampled_from(["tyre", "cement", "kettle"]),
        "product_code": st.just("851610"),
        "renewal": st.booleans(),
        "tiers_held": st.just(
            [
                {"scheme": "th-tgo", "tier": "disclosure", "valid_until": date(2027, 1, 1)},
                {"scheme": "kr-keiti", "tier": "disclosure", "valid_until": date(2027, 1, 1)},
                {"scheme": "tw-moenv", "tier": "disclosure", "valid_until": date(2027, 1, 1)},
                {"scheme": "hk-cic", "tier": "disclosure", "valid_until": date(2027, 1, 1)},
            ]
        ),
    }
)
