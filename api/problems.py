"""Every error leaves as an RFC 9457 problem document with our codes; none shows a stack trace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import DataError, OperationalError
from starlette.exceptions import HTTPException

from api import faults
from api.console.route import refusal_page
from api.faults import ServiceFault, ServiceRefused
from api.headers import SECURITY_HEADERS
from api.language import Language, preferred
from api.partners.errors import (
    PactRefused,
    TokenRefused,
    pact_error,
    pact_response,
    speaks_pact,
    token_error,
)
from api.strict import hint_for, members_beside, methods_of
from api.words import translated_problem
from footprint.faults import InputRefused, Problem, Where
from footprint.printable import shown

MEDIA_TYPE = "application/problem+json"
#: Refusals that come from the framework and not from us.
_BY_STATUS = {
    400: faults.MALFORMED,
    404: faults.UNKNOWN_PATH,
    405: faults.WRONG_METHOD,
    413: faults.TOO_LARGE,
    415: faults.WRONG_MEDIA,
}


def problem_document(
    fault: ServiceFault,
    problems: tuple[Problem, ...],
    language: Language,
    details: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The answer's body. `detail` is the first problem's message; `problems` has them all."""
    said = [translated_problem(problem, language) for problem in problems]
    return {
        **(details or {}),
        "type": f"/v1/problems#{fault.code}",
        "title": fault.title_zh if language == "zh" else fault.title,
        "status": fault.status,
        "detail": said[0].message,
        "code": fault.code,
        "problems": [problem.as_json() for problem in said],
    }


def problem_response(request: Request, refused: ServiceRefused) -> Response:
    """`refused` as an HTTP answer in the language the client prefers."""
    if speaks_pact(request.url.path):
        return pact_response(request, refused)
    fault = refused.fault
    if reads_pages(request):
        return refusal_page(request, refused)
    language = language_of(request)
    # An unexpected error is answered outside of all layers, so the headers are set here as well.
    headers = SECURITY_HEADERS | {"Content-Language": language, "Cache-Control": "no-store"}
    if fault is faults.UNAUTHORIZED:
        headers["WWW-Authenticate"] = 'Bearer realm="footprint"'
    headers |= refused.headers
    document = problem_document(fault, refused.problems, language, refused.details)
    # A message may quote what was sent, and half a character cannot be written as UTF-8.
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(body, status_code=fault.status, headers=headers, media_type=MEDIA_TYPE)


def reads_pages(request: Request) -> bool:
    """Whether a person in a browser asks, and not a program: a problem is then said as a page."""
    return not request.url.path.startswith("/v1/") and "text/html" in request.headers.get(
        "accept", ""
    )


def language_of(request: Request) -> Language:
    """The language of messages for this request: `lang`, else Accept-Language, else English."""
    return preferred(request.query_params.get("lang"), request.headers.get("accept-language"))


def handle_problems(app: FastAPI) -> None:
    """Register the handlers for everything that can go wrong."""
    app.add_exception_handler(PactRefused, _pact_refused)
    app.add_exception_handler(TokenRefused, _token_refused)
    app.add_exception_handler(InputRefused, _input_refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DataError, _unstorable)
    app.add_exception_handler(OperationalError, _busy)
    app.add_exception_handler(Exception, _failed)


async def _pact_refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, PactRefused)  # noqa: S101 - what this handler is registered for
    return pact_error(error)


async def _token_refused(_request: Request, error: Exception) -> Response:
    assert isinstance(error, TokenRefused)  # noqa: S101 - what this handler is registered for
    return token_error(error)


async def _input_refused(request: Request, error: Exception) -> Response:
    if isinstance(error, ServiceRefused):
        return problem_response(request, error)
    problems = error.problems if isinstance(error, InputRefused) else ()
    return problem_response(request, ServiceRefused(faults.REFUSED, problems))


async def _invalid(request: Request, error: Exception) -> Response:
    errors = error.errors() if isinstance(error, RequestValidationError) else []
    fault = faults.INVALID
    if any(found["type"] == "json_invalid" for found in errors):
        fault = faults.MALFORMED
    problems = [
        Problem(
            fault.code,
            f"{found['msg']}.",
            Where(column=".".join(shown(str(step)) for step in found["loc"])),
            _hint(request, found),
        )
        for found in errors
    ]
    return problem_response(request, ServiceRefused(fault, problems))


def _hint(request: Request, found: Mapping[str, Any]) -> str:
    """What to do about an error of the schema: a misspelt member is named, else where to look."""
    if found["type"] == "extra_forbidden":
        return hint_for(str(found["loc"][-1])[:40], members_beside(request, found["loc"]))
    return "See /openapi.json for what this request may contain."


async def _http(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        return await _failed(request, error)
    fault = _BY_STATUS.get(error.status_code)
    if fault is None:
        return await _failed(request, error)
    says = f"{error.detail.rstrip('.')}."
    if says == "Not Found.":  # the framework's own words say less than the title does
        says = "The address may be mistyped, or what stood there is gone."
    response = problem_response(request, fault.refuse(says))
    response.headers.update(error.headers or {})
    if fault is faults.WRONG_METHOD:  # the framework names the methods of the first route only
        response.headers["Allow"] = ", ".join(methods_of(request))
    return response


async def _unstorable(request: Request, _error: Exception) -> Response:
    """PostgreSQL keeps no NUL in texts, and no number beyond its columns."""
    refused = faults.INVALID.refuse(
        "A text of this request cannot be stored: it holds NUL, or a number that is too large.",
        "Send it without control characters.",
    )
    return problem_response(request, refused)


async def _busy(request: Request, _error: Exception) -> Response:
    refused = faults.BUSY.refuse(
        "The database is busy, full or not reachable. Nothing was stored.",
        "Try again in a minute; tell the operator if it happens again.",
    )
    response = problem_response(request, refused)
    response.headers["Retry-After"] = "60"
    return response


async def _failed(request: Request, _error: Exception) -> Response:
    refused = faults.FAILED.refuse(
        "An unexpected error stopped this request. Nothing was stored.",
        "Try again; tell the operator the time and the address if it happens again.",
    )
    return problem_response(request, refused)
