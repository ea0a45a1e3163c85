"""Error answers in the OpenAPI document: what they look like, and which operation has which."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI

from api.problems import MEDIA_TYPE
from api.schemas import ProblemDocument

_SAYS = {
    400: "The request cannot be read (API-001, API-402).",
    401: "A valid access token is needed (API-101).",
    403: "The token may not do this (API-102), or it needs another person (API-505).",
    404: "No such thing here, or it is another tenant's (API-201 to API-207).",
    409: "The state does not allow this (API-503, API-506, API-509).",
    413: "The request body is too large (API-301).",
    415: "The media type is not supported (API-302).",
    422: "The input was refused; `problems` lists everything that is wrong.",
    500: "The service failed (API-901).",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error answers of an operation, for OpenAPI."""
    schema = {"$ref": f"#/components/schemas/{ProblemDocument.__name__}"}
    return {
        status: {
            "description": _SAYS[status],
            "content": {MEDIA_TYPE: {"schema": schema}},
        }
        for status in (*statuses, 500)
    }


def describe_problems(app: FastAPI) -> None:
    """Add the shape of problem documents to the OpenAPI document that `app` makes."""
    make = app.openapi

    def openapi() -> dict[str, Any]:
        document = make()
        shape = ProblemDocument.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = document["components"]["schemas"]
        schemas.update(shape.pop("$defs"))
        schemas[ProblemDocument.__name__] = shape
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # the documented way to extend it
