"""Decisions and schemes as published JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from footprint.faults import InputRefused, Where
from footprint.rules import codes
from footprint.rules.book import Parameter, RuleBook
from footprint.rules.decision import Decision
from footprint.rules.expression import written
from footprint.rules.fields import place_of, words_of

_DECISION = TypeAdapter(Decision)


def decision_document(decision: Decision) -> dict[str, Any]:
    """The decision as JSON: the fields of `Decision`, dates in ISO form, the trace nested."""
    document: dict[str, Any] = _json(asdict(decision))
    return document


def decision_from_document(document: Mapping[str, Any]) -> Decision:
    """The decision that `decision_document` wrote. Raises InputRefused (RUL-024) otherwise."""
    try:
        return _DECISION.validate_python(dict(document), extra="forbid")
    except ValidationError as error:
        raise InputRefused(
            codes.DECISION_DOCUMENT.at(
                Where("decision document", column=place_of(detail)), words_of(detail)
            )
            for detail in error.errors(include_url=False, include_input=False)
        ) from None


def scheme_list(rules: RuleBook) -> list[dict[str, Any]]:
    """Every scheme with its tiers and since when (until when) each is offered."""
    return [
        {
            "id": scheme.id,
            "name": scheme.name.en,
            "name_zh": scheme.name.zh,
            "region": scheme.region,
            "tiers": {
                tier: _offered(scheme.parameters[rule.in_force])
                for tier, rule in scheme.tiers.items()
            },
            "last_confirmed_on": scheme.last_confirmed_on.isoformat(),
        }
        for _, scheme in sorted(rules.schemes.items())
    ]


def scheme_document(rules: RuleBook, scheme_id: str) -> dict[str, Any]:
    """One scheme with every rule, its dated values and their sources. Raises InputRefused."""
    scheme = rules.scheme(scheme_id)
    return {
        "id": scheme.id,
        "name": scheme.name.en,
        "name_zh": scheme.name.zh,
        "operator": scheme.operator.en,
        "operator_zh": scheme.operator.zh,
        "region": scheme.region,
        "about": scheme.about.en,
        "about_zh": scheme.about.zh,
        "last_confirmed_on": scheme.last_confirmed_on.isoformat(),
        "rules_hash": rules.hash,
        "tiers": {
            tier: {
                "rests_on": rule.rests_on,
                "in_force": rule.in_force,
                "requires": [written(condition) for condition in rule.requires.children],
            }
            for tier, rule in scheme.tiers.items()
        },
        "parameters": [_parameter(parameter) for parameter in scheme.parameters.values()],
    }


def _offered(parameter: Parameter) -> dict[str, str | None]:
    last = parameter.values[-1]
    return {
        "from": parameter.values[0].since.isoformat(),
        "until_before": last.since.isoformat() if last.arguments is None else None,
    }


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
                "value": None
                if value.arguments is None
                else value.arguments.model_dump(mode="json", exclude_defaults=True),
                "reference": [_json(asdict(citation)) for citation in value.citations],
            }
            for value in parameter.values
        ],
    }


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
