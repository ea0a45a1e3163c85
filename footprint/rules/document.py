"""Decisions as published JSON, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from pydantic import TypeAdapter, ValidationError

from footprint.faults import InputRefused, Where
from footprint.rules import codes
from footprint.rules.fields import place_of, words_of
from footprint.values.decision import Decision

_DECISION = TypeAdapter(Decision)


def decision_document(decision: Decision) -> dict[str, Any]:
    """The decision as JSON: the fields of `Decision`, dates in ISO form, the trace nested. Only a
    scheme that has a short name has the members for it."""
    document: dict[str, Any] = _json(asdict(decision))
    if not decision.scheme_short_name:
        del document["scheme_short_name"], document["scheme_short_name_zh"]
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


def _json(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
