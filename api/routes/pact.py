"""The host of the PACT protocol, version 3: tokens, footprints, events.

Source: PACT Technical Specifications v3.0.3 (WBCSD, 2025-11-18), HTTP REST API; in our own words.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from starlette.concurrency import run_in_threadpool

from api.openapi import PARTNER_SECURITY, protocol_errors
from api.pact_schemas import (
    EventBody,
    FootprintData,
    FootprintList,
    PactError,
)
from api.partners.dialect import THIRD, Dialect
from api.partners.errors import JSON, PactRefused
from api.partners.events import EventError
from api.partners.filters import FilterError, Wanted, wanted_from_query
from api.partners.model import Partner, Published
from api.partners.published import PagePlace
from api.rates import Rates
from api.request_log import of_tenant
from api.scopes import PartnerScope
from api.services.service import Service
from api.wiring import ServiceNeeded

router = APIRouter(tags=["PACT"])

#: Footprints of a page, where no limit is given, and at most.
PAGE, LARGEST_PAGE = 100, 1_000
#: How the description says that a partner's token is needed.
SECURED: dict[str, Any] = {"security": [{PARTNER_SECURITY: []}]}
NO_STORE = {"Cache-Control": "no-store"}


def pact_answers(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The errors that a route of the protocol may answer, for the description."""
    return protocol_errors({one: _SAYS[one] for one in (*statuses, 400, *_ALWAYS)}, PactError)


_SAYS = {
    400: "The request cannot be understood.",
    401: "A valid token is needed; ask for a new one.",
    403: "The token lacks the scope that this needs.",
    404: "No such footprint, or none that you may fetch.",
    429: "Too many requests; the header Retry-After says how long to wait.",
    500: "The service failed.",
    503: "The database cannot be used now.",
}
_ALWAYS = (401, 403, 429, 500, 503)


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


def _may(scope: PartnerScope) -> Callable[[Partner], Awaitable[Partner]]:
    """The partner, if its token has this scope. The dependency raises PactRefused 403."""

    async def allowed(partner: Annotated[Partner, Depends(the_partner)]) -> Partner:
        if not partner.may(scope):
            raise PactRefused(403, f"The token lacks the scope {scope}.", "AccessDenied")
        return partner

    return allowed


ReaderNeeded = Annotated[Partner, Depends(_may("footprints:read"))]
SenderNeeded = Annotated[Partner, Depends(_may("events:write"))]


_Texts = Annotated[list[str] | None, Query()]


@router.get(
    "/3/footprints",
    summary="List footprints for a partner",
    response_model=FootprintList,
    responses=pact_answers(),
    openapi_extra=SECURED,
)
def list_footprints_v3(  # noqa: PLR0913, PLR0917 - the protocol's filters, for the description
    request: Request,
    service: ServiceNeeded,
    partner: ReaderNeeded,
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
    kept = [(name, value) for name, value in query if name not in ("offset", "limit")]
    page, headers = listed_page(request, service, partner, wanted, kept)
    body = '{"data":[' + ",".join(one.document for one in page) + "]}"
    return Response(body, 200, headers, JSON)


def listed_page(
    request: Request,
    service: Service,
    partner: Partner,
    wanted: Wanted,
    kept: Sequence[tuple[str, str]] = (),
) -> tuple[list[Published], dict[str, str]]:
    """The page that is asked for, and its headers: Link leads to the next, with the filters that
    are to be `kept`. Raises PactRefused 400."""
    asked = asked_limit(request.query_params.get("limit"))
    after = asked_place(request.query_params.get("offset"))
    found = service.exchange.host.listed(partner, wanted, asked + 1, after) if asked else []
    page, headers = found[:asked], dict(NO_STORE)
    if len(found) > asked:
        more = [*kept, ("limit", str(asked)), ("offset", offset_behind(page[-1]))]
        address = f"{service.settings.base_url}{request.url.path}?{urlencode(more)}"
        headers["Link"] = f'<{address}>; rel="next"'
    return page, headers


@router.get(
    "/3/footprints/{footprint_id}",
    summary="Read a footprint as a partner",
    response_model=FootprintData,
    responses=pact_answers(404),
    openapi_extra=SECURED,
)
def read_footprint_v3(
    service: ServiceNeeded,
    partner: ReaderNeeded,
    footprint_id: Annotated[str, Path(description="Id of a footprint (UUID).")],
) -> Response:
    """One footprint that was published for you, deprecated ones included."""
    found = service.exchange.host.get(partner, footprint_id)
    if found is None:
        raise PactRefused(404, "There is no footprint of this id that you may fetch.")
    return Response('{"data":' + found.document + "}", 200, NO_STORE, JSON)


@router.post(
    "/3/events",
    summary="Send an event",
    response_class=Response,
    responses={
        200: {"description": "The event was taken in; a request is answered by an event."},
        **pact_answers(),
    },
    openapi_extra=SECURED
    | {
        "requestBody": {
            "required": True,
            "content": {"application/cloudevents+json": {"schema": EventBody.model_json_schema()}},
        }
    },
)
async def send_event(request: Request, service: ServiceNeeded, partner: SenderNeeded) -> Response:
    """Ask for footprints, answer a request, or tell that footprints are published.

    A request is answered at the address that you are registered with, exactly once: the answer may
    arrive more than once, with the same source, id and bytes. An event that was sent before changes
    nothing.
    """
    return await taken_in(request, service, partner, THIRD)


async def taken_in(
    request: Request, service: Service, partner: Partner, dialect: Dialect
) -> Response:
    """Take an event of one of the versions in. Raises PactRefused 400."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media not in ("application/cloudevents+json", JSON):
        raise PactRefused(400, "The media type is not application/cloudevents+json.")
    body = await request.body()
    try:
        await run_in_threadpool(service.exchange.inbox.take, partner, body, dialect)
    except EventError as error:
        raise PactRefused(400, f"{error}.") from None
    return Response(status_code=200)


def asked_limit(text: str | None) -> int:
    """How many footprints a page shall have. Raises PactRefused 400."""
    if text is None or not text.strip():
        return PAGE
    if not text.isascii() or not text.isdecimal():
        raise PactRefused(400, "limit is no whole number of zero or more.")
    return min(int(text[:9]), LARGEST_PAGE)


def offset_behind(last: Published) -> str:
    """The offset of the page that begins behind this footprint."""
    return f"{last.group_id}.{last.number}"


def asked_place(text: str | None) -> PagePlace:
    """Where an offset leads. Raises PactRefused 400 for one that was not given out."""
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
