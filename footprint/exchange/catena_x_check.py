"""The gate for Catena-X documents: what their schema takes and no receiver can use.

The schema lets pass totals that do not add up, packaging that is counted twice, a country such as
GERMANY and empty lists of stages. Sums: io.catenax.pcf 9.0.0, positions T1 and T2 (aviation is a
term of its own, packaging a part of production).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from footprint.exchange.catena_x_nine import SPEC_NINE, CatenaNine
from footprint.exchange.catena_x_rules import NINE_RULES, SEVEN_RULES
from footprint.exchange.catena_x_seven import SPEC_SEVEN, CatenaSeven
from footprint.exchange.faults import NOT_A_DOCUMENT
from footprint.exchange.form_problems import form_problem
from footprint.faults import Problem, Where
from footprint.late_pattern import late_pattern

_SPEC = late_pattern(r"urn:io\.catenax\.pcf:datamodel:version:([\w.]+)")
_MODELS: dict[str, type[BaseModel]] = {SPEC_NINE: CatenaNine, SPEC_SEVEN: CatenaSeven}


def catena_x_spec(document: Any) -> str | None:
    """The text by which a document says that it is Catena-X; None if it is something else."""
    spec = document.get("specVersion") if isinstance(document, Mapping) else None
    if spec is None and isinstance(document, Mapping):
        scope = document.get("scopeOfPcfForm")
        head = scope[0] if isinstance(scope, list) and scope else None
        spec = head.get("specVersion") if isinstance(head, Mapping) else None
        if spec is None and "scopeOfPcfForm" in document:
            return SPEC_NINE
    return spec if isinstance(spec, str) and _SPEC.fullmatch(spec) else None


def parsed_catena_x(
    document: Any, file: str
) -> tuple[CatenaNine | CatenaSeven | None, list[Problem]]:
    """The model of a document that was read exactly, and what is wrong with its form."""
    spec = catena_x_spec(document) or ""
    model = _MODELS.get(spec)
    if model is None:
        version = _SPEC.sub(r"\1", spec) or "none"
        message = f"it states version {version}; Catena-X 7.0.0 and 9.0.0 are read"
        return None, [NOT_A_DOCUMENT.at(Where(file), message)]
    try:
        found = model.model_validate(_without_nulls(document))
    except ValidationError as error:
        return None, [form_problem(item, file) for item in error.errors()]
    assert isinstance(found, CatenaNine | CatenaSeven)  # noqa: S101 -- the table above says so
    return found, []


def catena_x_findings(model: CatenaNine | CatenaSeven, file: str) -> list[Problem]:
    """All that the rules across values find in a document of sound form."""
    found = NINE_RULES(model) if isinstance(model, CatenaNine) else SEVEN_RULES(model)
    return [fault.at(Where(file, column=name), says, hint) for fault, name, says, hint in found]


def check_catena_x(document: Any, file: str) -> list[Problem]:
    """All that is wrong or remarkable in a document that was read exactly."""
    model, problems = parsed_catena_x(document, file)
    return problems if model is None else catena_x_findings(model, file)


def _without_nulls(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_nulls(inner) for name, inner in value.items() if inner is not None}
    return [_without_nulls(inner) for inner in value] if isinstance(value, list) else value
