"""The host of the PACT protocol, version 3: tokens, footprints, events.

Source: PACT Technical Specifications v3.0.3 (WBCSD, 2025-11-18), HTTP REST API; in our own words.
"""

from __future__ import annotations

import base64
import binascii
from typing import Annotated, Any
from urllib.parse import parse_qsl, unquote_plus, urlencode

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.addresses import address_key
from api.openapi import PARTNER_SECURITY, problems, protocol_errors
from api.pact_schemas import (
    EventBody,
    FootprintData,
    FootprintList,
    OpenIdDocument,
    PactError,
    TokenAnswer,
    TokenError,
)
from api.partners.errors import JSON, PactRefused, TokenRefused
from api.partners.events import EventError
from api.partners.filters import FilterError, wanted_from_query
from api.partners.model import Partner, Published
from api.partners.published import PagePlace
from api.partners.registry import TOKEN_LIFE
from api.rates import Rates
from api.request_log import of_tenant
from api.services.door import Knock
from api.services.service import Service
from api.store.tenants import Actor
from api.wiring import ServiceNeeded

router = APIRouter(tags=["PACT"])

#: Footprints of a page, where no limit is given, and at most.
PAGE, LARGEST_PAGE = 100, 1_000
#: How the description says that a partner's token is needed.
_SECURED: dict[str, Any] = {"security": [{PARTNER_SECURITY: []}]}
_NO_STORE = {"Cache-Control": "no-store"}


def _errors(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return protocol_errors({one: _SAYS[one] for one in (*statuses, 400, *_ALWAYS)}, PactError)


_SAYS = {
    400: "The request cannot be understood.",
    401: "A valid token is needed; ask for a new one.",
    403: "Not allowed.",
    404: "No such footprint, or none that you may fetch.",
    429: "Too many requests; the header Retry-After says how long to wait.",
    500: "The service failed.",
    503: "The database cannot be used now.",
}
_ALWAYS = (401, 429, 500, 503)


def the_partner(
    request: Request,
    service: ServiceNeeded,
    authorization: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Partner:
    """Whose token the request has. Raises PactRefused 401."""
    kind, _, token = (authorization or "").partition(" ")
    found = (
        service.exchange.registry.holder(token.strip())
        if kind.lower() == "bearer" and token
        else None
    )
    if found is None:
        raise PactRefused(401, "A token of this service is needed.", "BadRequest")
    partner, good = found
    if not good:
        raise PactRefused(401, "The token has expired; ask for a new one.", "TokenExpired")
    of_tenant(request.scope, partner.tenant)
    token_rates: Rates = request.app.state.token_rates
    refused = token_rates.refused(f"partner:{partner.id}")
    if refused is not None:
        raise refused
    return partner


PartnerNeeded = Annotated[Partner, Depends(the_partner)]


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
                        "properties": {"grant_type": {"const": "client_credentials"}},
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
    token = await run_in_threadpool(_granted, service, address_key(request), *pair)
    response.headers.update(_NO_STORE | {"Pragma": "no-cache"})
    return TokenAnswer(access_token=token, expires_in=int(TOKEN_LIFE.total_seconds()))


def _granted(service: Service, address: str, client: str, secret: str) -> str:
    """A token for a client. Raises TokenRefused 401, ServiceRefused API-702 for who is locked."""
    registry, door = service.exchange.registry, service.door
    knock = Knock("client", address, client, registry.tenant_of(client))
    door.refuse_locked(knock)
    token = registry.grant(client, secret)
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


_Texts = Annotated[list[str] | None, Query()]


@router.get(
    "/3/footprints",
    summary="List footprints for a partner",
    response_model=FootprintList,
    responses=_errors(),
    openapi_extra=_SECURED,
)
def list_footprints_v3(  # noqa: PLR0913, PLR0917 - the protocol's filters, for the description
    request: Request,
    service: ServiceNeeded,
    partner: PartnerNeeded,
    limit: Annotated[str | None, Query(description="Footprints of a page, at most.")] = None,
    offset: Annotated[str | None, Query(description="Only as a Link header gives it.")] = None,
    product_id: Annotated[_Texts, Query(alias="productId", description="Product URNs.")] = None,
    company_id: Annotated[_Texts, Query(alias="companyId", description="Company URNs.")] = None,
    geography: Annotated[_Texts, Query(description="Country, subdivision or region.")] = None,
    classification: Annotated[_Texts, Query(description="Classification URNs.")] = None,
    valid_on: Annotated[str | None, Query(alias="validOn", description="Valid then.")] = None,
    valid_after: Annotated[
        str | None, Query(alias="validAfter", description="Valid only after then.")
    ] = None,
    valid_before: Annotated[
        str | None, Query(alias="validBefore", description="No longer valid then.")
    ] = None,
    status: Annotated[str | None, Query(description="Active or Deprecated.")] = None,
) -> Response:
    """Footprints that were published for you, a page at a time; the header Link leads to the next.

    Criteria are joined by AND, values of one by OR; case does not count, an empty one asks nothing.
    """
    del product_id, company_id, geography, classification, valid_on, valid_after, valid_before
    del status, limit, offset  # read from the query as it stands: empty ones are no filters
    query = request.query_params.multi_items()
    try:
        wanted = wanted_from_query(query)
    except FilterError as error:
        raise PactRefused(400, f"{error}.") from None
    asked = _limit(request.query_params.get("limit"))
    after = _place(request.query_params.get("offset"))
    found = service.exchange.host.listed(partner, wanted, asked + 1, after) if asked else []
    page = found[:asked]
    headers = dict(_NO_STORE)
    if len(found) > asked:
        kept = [(name, value) for name, value in query if name not in ("offset", "limit")]
        more = [*kept, ("limit", str(asked)), ("offset", _offset(page[-1]))]
        address = f"{service.settings.base_url}/3/footprints?{urlencode(more)}"
        headers["Link"] = f'<{address}>; rel="next"'
    body = '{"data":[' + ",".join(one.document for one in page) + "]}"
    return Response(body, 200, headers, JSON)


@router.get(
    "/3/footprints/{footprint_id}",
    summary="Read a footprint as a partner",
    response_model=FootprintData,
    responses=_errors(404),
    openapi_extra=_SECURED,
)
def read_footprint_v3(
    service: ServiceNeeded,
    partner: PartnerNeeded,
    footprint_id: Annotated[str, Path(description="Id of a footprint (UUID).")],
) -> Response:
    """One footprint that was published for you, deprecated ones included."""
    found = service.exchange.host.get(partner, footprint_id)
    if found is None:
        raise PactRefused(404, "There is no footprint of this id that you may fetch.")
    return Response('{"data":' + found.document + "}", 200, _NO_STORE, JSON)


@router.post(
    "/3/events",
    summary="Send an event",
    response_class=Response,
    responses={
        200: {"description": "The event was taken in; a request is answered by an event."},
        **_errors(),
    },
    openapi_extra=_SECURED
    | {
        "requestBody": {
            "required": True,
            "content": {"application/cloudevents+json": {"schema": EventBody.model_json_schema()}},
        }
    },
)
async def send_event(request: Request, service: ServiceNeeded, partner: PartnerNeeded) -> Response:
    """Ask for footprints, answer a request, or tell that footprints are published.

    A request is answered at the address that you are registered with, exactly once: the answer may
    arrive more than once, with the same source, id and bytes. An event that was sent before changes
    nothing.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in ("application/cloudevents+json", JSON):
        raise PactRefused(400, "The media type is not application/cloudevents+json.")
    body = await request.body()
    try:
        await run_in_threadpool(service.exchange.inbox.take, partner, body)
    except EventError as error:
        raise PactRefused(400, f"{error}.") from None
    return Response(status_code=200)


def _limit(text: str | None) -> int:
    if text is None or not text.strip():
        return PAGE
    if not text.isascii() or not text.isdecimal():
        raise PactRefused(400, "limit is no whole number of zero or more.")
    return min(int(text[:9]), LARGEST_PAGE)


def _offset(last: Published) -> str:
    return f"{last.group_id}.{last.number}"


def _place(text: str | None) -> PagePlace:
    if not text:
        return PagePlace()
    group, _, number = text.partition(".")
    digits = group + number
    if not (group and number and digits.isascii() and digits.isdecimal() and len(text) < 40):
        raise PactRefused(400, "offset is none that a Link header gave.")
    place = PagePlace(int(group), int(number))
    if max(place.group, place.number) >= 2**63:
        raise PactRefused(400, "offset is none that a Link header gave.")
    return place
