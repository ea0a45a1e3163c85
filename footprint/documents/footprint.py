"""A footprint as JSON: the published form, from which certificates and decisions are made."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from footprint.canonical_fast import plain_document
from footprint.inventory.model import GWP_RULES
from footprint.method.checks import method_checks
from footprint.values.result import Completeness, Contribution, Footprint
from footprint.values.uncertainty import uncertainty_document

#: What is published of a contribution: all but its split, and of what it states itself.
_APART = {"parts", "uncertainty", "quantity_of"}
_CONTRIBUTION = tuple(n for n in Contribution._fields if n not in _APART)


#: Facts that stand in the document's own part about a subject other than a product.
_OF_SUBJECTS = ("subject", "subject_boundary", "energy_certificates")


def footprint_document(footprint: Footprint) -> dict[str, Any]:
    """The published JSON of a footprint (schema 1). Numbers are unrounded; see docs/result.md."""
    product = plain_document(footprint.product)
    for name in ("declared_unit", *_OF_SUBJECTS):
        del product[name]
    interval = footprint.uncertainty
    return {
        "type": "footprint",
        "schema": "1",
        "product": product,
        "declared_unit": plain_document(footprint.declared_unit),
        "boundary": footprint.boundary,
        "gwp_set": footprint.gwp_set,
        **_rule(footprint.gwp_set),
        "gwp_sets_used": list(footprint.gwp_sets_used),
        "totals": {
            "excluding_biogenic_uptake_kg_co2e": footprint.split.excluding_biogenic_uptake,
            "including_biogenic_uptake_kg_co2e": footprint.split.including_biogenic_uptake,
        },
        "split": footprint.split.as_dict(),
        "undetermined": list(footprint.undetermined),
        "stages": dict(footprint.stages),
        "contributions": [_contribution(item) for item in footprint.contributions],
        "coverage": plain_document(footprint.coverage),
        "completeness": _completeness(footprint.completeness),
        "quality": plain_document(footprint.quality),
        **({"uncertainty": uncertainty_document(interval)} if interval else {}),
        **_optional(footprint),
        "checks": [plain_document(check) for check in method_checks(footprint)],
        "provenance": _provenance(footprint),
        "sources": [plain_document(source) for source in footprint.sources],
        "warnings": [problem.as_json() for problem in footprint.warnings],
    }


def _completeness(found: Completeness) -> dict[str, Any]:
    """As it is; what no line is, and what lacks something, stands in it only where there is any."""
    document = plain_document(found)
    for name in ("unlisted_mass_share", "lacking_share"):
        if not document[name]:
            del document[name]
    return document


def _rule(gwp_set: str) -> dict[str, str]:
    """How the set reads its report, in both languages."""
    english, chinese = GWP_RULES[gwp_set]
    return {"gwp_rule": english, "gwp_rule_zh": chinese}


def _optional(footprint: Footprint) -> dict[str, Any]:
    """What only some products have: contracts, recycled content, site data, derived stages."""
    parts = {
        "electricity": footprint.electricity,
        "recycled_content": footprint.recycled_content,
        "allocation": footprint.allocation,
    }
    found: dict[str, Any] = {
        name: _lists(asdict(part)) for name, part in parts.items() if part is not None
    }
    if footprint.subject is not None:
        found["subject"] = _subject(footprint)
    if footprint.derived_stages:
        found["derived_stages"] = [asdict(one) for one in footprint.derived_stages]
    return found


def _subject(footprint: Footprint) -> dict[str, Any]:
    """The account, with the serials of the certificates of clean power that it counts."""
    account = asdict(footprint.subject) if footprint.subject else {}
    serials = [asdict(one) for one in footprint.product.energy_certificates]
    return _lists(account) | {"energy_certificates": serials}


def _contribution(item: Contribution) -> dict[str, Any]:
    stated = {} if item.uncertainty is None else {"uncertainty": item.uncertainty}
    return {name: getattr(item, name) for name in _CONTRIBUTION} | stated


def _provenance(footprint: Footprint) -> dict[str, Any]:
    values = plain_document(footprint.provenance)
    documents = values.pop("documents")
    return values | ({"documents": documents} if documents else {})


def _lists(values: dict[str, Any]) -> dict[str, Any]:
    return {
        key: list(value) if isinstance(value, tuple) else value for key, value in values.items()
    }
