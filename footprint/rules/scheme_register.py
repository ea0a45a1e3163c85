"""The register of schemes: what each is, its state on a day, how much of its rules stands here."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from footprint.rules.arguments import InForce
from footprint.rules.book import DatedValue, Parameter, RuleBook, Scheme
from footprint.rules.expression import written_condition
from footprint.rules.printed_labels import PrintedLabel, PrintedList
from footprint.source_hosts import source_kind
from footprint.values.decision import Citation

Offer = Literal["offered", "unknown", "not_yet", "ended"]
Status = Literal["active", "unknown", "not_yet", "ended", "pilot", "app"]


def offer_on(parameter: Parameter, day: date | None) -> Offer:
    """Whether what the parameter dates is offered on a day; None asks for the last state recorded.

    An end that is not confirmed (L) is unknown, as in a decision.
    """
    value: DatedValue | str = parameter.values[-1] if day is None else parameter.at(day)
    if isinstance(value, str):
        return "not_yet" if value == "before" else "unknown"
    if value.arguments is None:
        return "unknown" if value.confidence == "L" else "ended"
    known = isinstance(value.arguments, InForce) and value.arguments.status == "offered"
    return "offered" if known else "unknown"


def status_on(scheme: Scheme, day: date | None) -> Status:
    """The state of a scheme: active while any tier is offered. Pilots and apps never award."""
    match scheme.kind:
        case "pilot" | "app":
            return scheme.kind
    offers = {offer_on(scheme.parameters[rule.in_force], day) for rule in scheme.tiers.values()}
    if "offered" in offers:
        return "active"
    return next(offer for offer in ("unknown", "not_yet", "ended") if offer in offers)


def scheme_list(
    rules: RuleBook, as_of: date | None = None, printed: PrintedList | None = None
) -> list[dict[str, Any]]:
    """Every scheme: kind, state, tiers with their dates, coverage; and, where `printed` is given,
    what the printed list of 2021 says of it beside what was found. Without `as_of` the state is
    the last one recorded."""
    return [
        {
            "id": scheme.id,
            "name": scheme.name.en,
            "name_zh": scheme.name.zh,
            "region": scheme.region,
            "kind": scheme.kind,
            "status": status_on(scheme, as_of),
            "tiers": {
                tier: _offered(scheme.parameters[rule.in_force], as_of)
                for tier, rule in scheme.tiers.items()
            },
            "runs": None
            if scheme.runs is None
            else _offered(scheme.parameters[scheme.runs], as_of),
            "coverage": _coverage(scheme),
            "printed": [] if printed is None else _printed(scheme.id, printed),
            "last_confirmed_on": scheme.last_confirmed_on.isoformat(),
        }
        for _, scheme in sorted(rules.schemes.items())
    ]


def scheme_document(
    rules: RuleBook, scheme_id: str, printed: PrintedList | None = None
) -> dict[str, Any]:
    """One scheme with every rule, its dated values and their sources. Raises InputRefused."""
    scheme = rules.scheme(scheme_id)
    return {
        "id": scheme.id,
        "kind": scheme.kind,
        "status": status_on(scheme, None),
        "name": scheme.name.en,
        "name_zh": scheme.name.zh,
        "operator": scheme.operator.en,
        "operator_zh": scheme.operator.zh,
        "region": scheme.region,
        "about": scheme.about.en,
        "about_zh": scheme.about.zh,
        "coverage": _coverage(scheme),
        "printed": [] if printed is None else _printed(scheme.id, printed),
        "last_confirmed_on": scheme.last_confirmed_on.isoformat(),
        "rules_hash": rules.hash,
        "runs": scheme.runs,
        "tiers": {
            tier: {
                "rests_on": rule.rests_on,
                "in_force": rule.in_force,
                "requires": [written_condition(condition) for condition in rule.requires.children],
            }
            for tier, rule in scheme.tiers.items()
        },
        "parameters": [_parameter(parameter) for parameter in scheme.parameters.values()],
    }


def _offered(parameter: Parameter, as_of: date | None) -> dict[str, str | None]:
    last = parameter.values[-1]
    return {
        "status": offer_on(parameter, as_of),
        "from": parameter.values[0].since.isoformat(),
        "until_before": last.since.isoformat() if last.arguments is None else None,
    }


def _coverage(scheme: Scheme) -> dict[str, str | None]:
    lacks = scheme.coverage.lacks
    return {
        "extent": scheme.coverage.extent,
        "validated_against": scheme.coverage.validated_against.en,
        "validated_against_zh": scheme.coverage.validated_against.zh,
        "lacks": None if lacks is None else lacks.en,
        "lacks_zh": None if lacks is None else lacks.zh,
    }


def _printed(scheme_id: str, printed: PrintedList) -> list[dict[str, Any]]:
    return [_row(row, printed) for row in printed.rows if scheme_id in row.schemes]


def _row(row: PrintedLabel, printed: PrintedList) -> dict[str, Any]:
    return {
        "number": row.number,
        "printed": {
            "name": row.name,
            "year": row.year,
            "tiers": list(row.tiers),
            "count": row.count,
            "source": told_citation(printed.source.citation),
        },
        "found": {
            "tiers": list(row.found_tiers),
            "says": row.found.en,
            "says_zh": row.found.zh,
            "confidence": row.confidence,
            "sources": [told_citation(cited.citation) for cited in row.reference],
        },
    }


def told_citation(citation: Citation) -> dict[str, str | None]:
    """Where a rule is written, and the `host`: official, publisher or secondary; null for what is
    printed on paper."""
    return {**asdict(citation), "host": source_kind(citation.url)}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "description": parameter.description.en,
        "description_zh": parameter.description.zh,
        "confidence": parameter.confidence,
        "last_confirmed_on": parameter.last_confirmed_on.isoformat(),
        "values": [
            {
                "from": value.since.isoformat(),
                "precision": value.precision,
                "confidence": value.confidence,
                "value": None
                if value.arguments is None
                else value.arguments.model_dump(mode="json", exclude_defaults=True),
                "reference": [told_citation(citation) for citation in value.citations],
            }
            for value in parameter.values
        ],
    }
