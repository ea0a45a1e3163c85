"""Where partners' systems get their tokens: OpenID discovery, and OAuth 2 client credentials."""

from __future__ import annotations

import base64
import binascii
from typing import Annotated
from urllib.parse import parse_qsl, unquote_plus

from fastapi import APIRouter, Header, Request, Response
from starlette.concurrency import run_in_threadpool

from api.addresses import address_key
from api.openapi import problems, protocol_errors
from api.pact_schemas import OpenIdDocument, TokenAnswer, TokenError
from api.partners.errors import TokenRefused
from api.partners.registry import TOKEN_LIFE, WrongScope
from api.services.door import Knock
from api.services.service import Service
from api.store.tenants import Actor
from api.wiring import ServiceNeeded

router = APIRouter(tags=["PACT"])

_NEVER_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}


@router.get(
    "/.well-known/openid-configuration", summary="Where tokens are given", responses=problems()
)
def read_openid_configuration(service: ServiceNeeded) -> OpenIdDocument:
    """Where a client asks for a token, for OpenID discovery."""
    base = service.settings.base_url
    return OpenIdDocument(issuer=base, token_endpoint=f"{base}/auth/token")


@router.post(
    "/auth/token",
    summary="Get a token",
    responses=protocol_errors(
        {
            400: "The request is not what OAuth 2 asks for.",
            401: "Client id and secret are not known here.",
            429: "Too many requests, or too many that failed.",
            500: "The service failed.",
            503: "The database cannot be used now.",
        },
        TokenError,
    ),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/x-www-form-urlencoded": {
                    "schema": {
                        "type": "object",
                        "required": ["grant_type"],
                        "properties": {
                            "grant_type": {"const": "client_credentials"},
                            "scope": {
                                "type": "string",
                                "description": "Scopes, divided by blanks; left out: all that "
                                "the client has.",
                                "examples": ["footprints:read"],
                            },
                        },
                    }
                }
            },
        },
    },
)
async def give_token(
    request: Request,
    response: Response,
    service: ServiceNeeded,
    authorization: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> TokenAnswer:
    """A token for an hour, for a partner's client id and secret (OAuth 2 client credentials)."""
    form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
    if "grant_type" not in form:
        raise TokenRefused(400, "invalid_request", "The form has no grant_type.")
    if form["grant_type"] != "client_credentials":
        raise TokenRefused(400, "unsupported_grant_type", "Only client_credentials is known here.")
    client, secret = _basic(authorization) or (
        form.get("client_id", ""),
        form.get("client_secret", ""),
    )
    pair = client[:200], secret[:200]
    asked = form.get("scope", "")[:200]
    token, scopes = await run_in_threadpool(_granted, service, address_key(request), pair, asked)
    response.headers.update(_NEVER_STORED)
    life = int(TOKEN_LIFE.total_seconds())
    return TokenAnswer(access_token=token, expires_in=life, scope=scopes)


def _granted(service: Service, address: str, pair: tuple[str, str], asked: str) -> tuple[str, str]:
    """A token for a client and its scopes. Raises TokenRefused, ServiceRefused API-702 for who is
    locked."""
    client, secret = pair
    registry, door = service.exchange.registry, service.door
    knock = Knock("client", address, client, registry.tenant_of(client))
    door.refuse_locked(knock)
    try:
        token = registry.grant(client, secret, asked)
    except WrongScope:
        raise TokenRefused(400, "invalid_scope", "The client has no such scope.") from None
    if token is None:
        door.failed(knock)
        raise TokenRefused(401, "invalid_client", "No partner has this client id and secret.")
    door.came_in(knock, Actor(knock.tenant, client))
    return token


def _basic(authorization: str | None) -> tuple[str, str] | None:
    """Client id and secret of HTTP Basic, each form-encoded (RFC 6749, section 2.3.1)."""
    kind, _, packed = (authorization or "").partition(" ")
    if kind.lower() != "basic":
        return None
    try:
        pair = base64.b64decode(packed.strip(), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return None
    client, _, secret = pair.partition(":")
    return unquote_plus(client), unquote_plus(secret)
