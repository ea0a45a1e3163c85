"""Errors in the form of the protocol: `code` and `message` under /3, OAuth's own for tokens."""

from __future__ import annotations

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from api.faults import ServiceRefused
from api.headers import SECURITY_HEADERS

#: Paths whose errors have the protocol's form.
PACT_PATHS, TOKEN_PATH = ("/3/", "/2/"), "/auth/token"
JSON = "application/json"
_CODES = {
    400: "BadRequest",
    401: "TokenExpired",
    403: "AccessDenied",
    404: "NotFound",
    405: "NotImplemented",
    413: "BadRequest",
    422: "BadRequest",
    429: "BadRequest",
    501: "NotImplemented",
}
#: The protocol knows fewer statuses than HTTP.
_STATUS = {413: 400, 415: 400, 422: 400}


class PactRefused(Exception):
    """An answer of the protocol that is no footprint."""

    def __init__(self, status: int, message: str, code: str = "") -> None:
        self.status = status
        self.code = code or _CODES.get(status, "InternalError")
        super().__init__(message)


class TokenRefused(Exception):
    """No token is given; `error` is one of RFC 6749, section 5.2."""

    def __init__(self, status: int, error: str, message: str) -> None:
        self.status, self.error = status, error
        super().__init__(message)


def speaks_pact(path: str) -> bool:
    """Whether errors at this path have the protocol's form."""
    return path.startswith(PACT_PATHS) or path == TOKEN_PATH


def pact_response(request: Request, refused: ServiceRefused) -> Response:
    """A refusal by any part of the service, in the form of the path it is about."""
    status = _STATUS.get(refused.fault.status, refused.fault.status)
    message = refused.problems[0].message
    if request.url.path == TOKEN_PATH:
        error = "invalid_request" if status < 500 else "server_error"
        return token_error(TokenRefused(status, error, message), refused.headers)
    return pact_error(PactRefused(status, message), refused.headers)


def pact_error(refused: PactRefused, more: dict[str, str] | None = None) -> Response:
    """The answer to a request under /3 that is refused."""
    headers = {"WWW-Authenticate": 'Bearer realm="footprint"'} if refused.status == 401 else {}
    return _response(refused.status, {"code": refused.code, "message": str(refused)}, headers, more)


def token_error(refused: TokenRefused, more: dict[str, str] | None = None) -> Response:
    """The answer to a request for a token that is refused."""
    body = {"error": refused.error, "error_description": str(refused)}
    headers = {"WWW-Authenticate": 'Basic realm="footprint"'} if refused.status == 401 else {}
    return _response(refused.status, body, headers, more)


def _response(
    status: int, body: dict[str, Any], headers: dict[str, str], more: dict[str, str] | None
) -> Response:
    # A message may quote what was sent, and half a character cannot be written as UTF-8.
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    every = SECURITY_HEADERS | {"Cache-Control": "no-store"} | headers | (more or {})
    return Response(text, status, every, JSON)
