"""What the OpenAPI document says beside the routes: errors, languages, schemes, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from api import faults
from api.evidence_says import evidence_shapes
from api.job_schemas import BomOrder
from api.problems import MEDIA_TYPE
from api.schemas import FootprintAnswer, ProblemDocument
from api.scopes import needed_scope
from footprint.documents.forms import DocumentName, document_schema
from footprint.rules import RuleBook, load_rules


def _codes(status: int) -> str:
    """The codes of all refusals with a status: there are many, and more are to come."""
    known = (one for one in vars(faults).values() if isinstance(one, faults.ServiceFault))
    return ", ".join(sorted({one.code for one in known if one.status == status}))


_SAYS = {
    400: "The request cannot be read (API-001, API-402).",
    401: "A valid access token is needed (API-101).",
    403: "The token may not do this (API-102), or it needs another person (API-505).",
    404: f"No such thing here, or it is another tenant's ({_codes(404)}).",
    409: f"The state does not allow this ({_codes(409)}).",
    413: "The request body is too large (API-301).",
    415: "The media type is not supported (API-302).",
    422: "The input was refused; `problems` lists everything that is wrong.",
    429: "Too many requests (API-701), failed sign-ins (API-702), or jobs that wait (API-601).",
    500: "The service failed (API-901).",
    503: "The database cannot be used now (API-902).",
}
#: Name of the way in which partners' systems come in.
PARTNER_SECURITY = "PartnerCredentials"
#: What every operation may answer: a parameter that it does not have, a limit, a failure.
_ALWAYS = (422, 429, 500, 503)
#: Published documents, and how the service calls their forms.
_DOCUMENTS: dict[DocumentName, str] = {
    "footprint": "FootprintDocument",
    "decision": "DecisionDocument",
}
_RETRY_AFTER = {
    "Retry-After": {
        "description": "Seconds to wait before the request is sent again.",
        "schema": {"type": "integer", "minimum": 1},
    }
}
_LANGUAGE = {
    "name": "lang",
    "in": "query",
    "required": False,
    "description": "Language of messages: `en` or `zh`. Left out, the better one of "
    "Accept-Language, else English.",
    "schema": {"type": "string", "enum": ["en", "zh"]},
}


def protocol_errors(
    says: Mapping[int, str], model: type[BaseModel]
) -> dict[int | str, dict[str, Any]]:
    """The error answers of an operation whose errors have the form of a protocol, for OpenAPI."""
    return {
        status: {
            "model": model,
            "description": text,
            **({"headers": _RETRY_AFTER} if status in (429, 503) else {}),
        }
        for status, text in says.items()
    }


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of an operation, for OpenAPI."""
    schema = {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}
    return {
        status: {
            "description": _SAYS[status],
            "content": {MEDIA_TYPE: {"schema": schema}},
            **({"headers": _RETRY_AFTER} if status in (429, 503) else {}),
        }
        for status in sorted({*statuses, *_ALWAYS})
    }


def describe_problems(app: FastAPI) -> None:
    """Add what no route can say of itself to the OpenAPI document that `app` makes."""
    make = app.openapi
    made: list[dict[str, Any]] = []

    def openapi() -> dict[str, Any]:
        if not made:
            document = make()
            _add_shapes(document)
            _add_scopes(document)
            _add_language(document)
            _add_schemes(document, load_rules())
            _add_patterns(document)
            made.append(document)
        return made[0]

    app.openapi = openapi  # type: ignore[method-assign]  # the documented way to extend it


def _add_shapes(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    for model in (ProblemDocument, BomOrder):  # those that no route names as a type
        shape = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(shape.pop("$defs"))
        schemas[model.__name__] = shape
    schemas.update(evidence_shapes())
    document["components"]["securitySchemes"][PARTNER_SECURITY] = {
        "type": "oauth2",
        "description": "A partner's client id and secret, as `POST /v1/partners` answered.",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "/auth/token",
                "scopes": {
                    "footprints:read": "Fetch footprints that are published for it.",
                    "events:write": "Send events: ask, answer, tell.",
                },
            }
        },
    }
    for published, shown in _DOCUMENTS.items():
        shape = document_schema(published, "#/components/schemas/{model}")
        schemas.update(shape.pop("$defs"))
        schemas[shown] = {key: value for key, value in shape.items() if key != "$schema"}
    # Named here: pydantic refuses a reference to what it has not made itself.
    answered = schemas[FootprintAnswer.__name__]["properties"]["footprint"]
    schemas[FootprintAnswer.__name__]["properties"]["footprint"] = {
        "$ref": "#/components/schemas/FootprintDocument",
        "description": answered["description"],
    }
    schemas[ProblemDocument.__name__]["properties"]["decision"] = {
        "$ref": "#/components/schemas/DecisionDocument",
        "description": "The whole decision, with API-501.",
    }
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    for _, _, operation in operations(document):  # a protocol's errors are 400 where ours are 422
        if "HTTPValidationError" in str(operation["responses"].get("422", "")):
            del operation["responses"]["422"]


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, method, operation) of everything in an OpenAPI document."""
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _add_scopes(document: dict[str, Any]) -> None:
    """Say of every operation that needs an access token which scope that must have."""
    for path, method, operation in operations(document):
        if {"HTTPBearer": []} in operation.get("security", []):
            scope = needed_scope(method.upper(), path)
            operation["description"] += f"\n\nNeeds a token with the scope `{scope}`."
            operation["responses"].setdefault("403", problems(403)[403])


def _add_language(document: dict[str, Any]) -> None:
    for path, _, operation in operations(document):
        parameters = operation.setdefault("parameters", [])
        if path.startswith("/v1/") and all(one["name"] != "lang" for one in parameters):
            parameters.append(_LANGUAGE)


def _add_schemes(document: dict[str, Any], rules: RuleBook) -> None:
    order = document["components"]["schemas"]["CertificateOrder"]["properties"]
    order["scheme"]["enum"] = sorted(rules.schemes)


#: What `footprint.printable` refuses, as a range of a regular expression of JSON Schema. Lone
#: surrogates are left out: no text of JSON Schema can hold one.
_CONTROLS = "\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f"
_PRINTABLE = f"^[^{_CONTROLS}]*$"
_NOT_BLANK = f"^[^{_CONTROLS}]*[^\\s{_CONTROLS}][^{_CONTROLS}]*$"


def _add_patterns(document: dict[str, Any]) -> None:
    """Say of every text that is sent that it holds no control characters."""
    for path, _, operation in operations(document):
        for parameter in operation.get("parameters", []):
            if path.startswith("/v1/") and parameter["in"] in ("path", "query"):
                _add_pattern(parameter["schema"])
        content = operation.get("requestBody", {}).get("content", {})
        _walk(document, content.get("application/json", {}).get("schema", {}), set())


def _walk(document: dict[str, Any], schema: Any, seen: set[str]) -> None:
    if isinstance(schema, list):
        for one in schema:
            _walk(document, one, seen)
    if not isinstance(schema, dict):
        return
    _add_pattern(schema)
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    if name and name not in seen:
        seen.add(name)
        _walk(document, document["components"]["schemas"][name], seen)
    if isinstance(schema.get("additionalProperties"), dict):
        schema.setdefault("propertyNames", {}).setdefault("pattern", _PRINTABLE)
    for member in ("anyOf", "oneOf", "items", "additionalProperties"):
        _walk(document, schema.get(member), seen)
    for one in schema.get("properties", {}).values():
        _walk(document, one, seen)


def _add_pattern(schema: dict[str, Any]) -> None:
    for one in (schema, *schema.get("anyOf", [])):
        if one.get("type") == "string" and not {"pattern", "enum", "format", "const"} & set(one):
            one["pattern"] = _NOT_BLANK if one.get("minLength") else _PRINTABLE
