"""Version 2.3 of the PACT protocol, where a setting asks for it: read-only, and events.

Source: PACT Technical Specifications v2.3.3 (WBCSD, 2025-12-11), HTTP REST API; in our own words.
"""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.pact_schemas import FootprintData, FootprintList
from api.partners.errors import JSON, PactRefused
from api.partners.filters import Wanted
from api.partners.second import SECOND, second_text
from api.routes.pact import (
    NO_STORE,
    SECURED,
    ReaderNeeded,
    SenderNeeded,
    listed_page,
    pact_answers,
    taken_in,
)
from api.wiring import ServiceNeeded

router = APIRouter(tags=["PACT"])


@router.get(
    "/2/footprints",
    summary="List footprints in version 2.3",
    response_model=FootprintList,
    responses=pact_answers(),
    openapi_extra=SECURED,
)
def list_footprints_v2(
    request: Request,
    service: ServiceNeeded,
    partner: ReaderNeeded,
    limit: Annotated[str | None, Query(description="Footprints of a page, at most.")] = None,
    offset: Annotated[str | None, Query(description="Only as a Link header gives it.")] = None,
) -> Response:
    """Footprints that were published for you, a page at a time, per one unit as version 2.3 counts.
    What that version has no place for is left out. `$filter` is refused: no answer is a guess."""
    if request.query_params.get("$filter", "").strip():
        raise PactRefused(
            400, "$filter is not known here; version 3 has filters.", "NotImplemented"
        )
    del limit, offset  # read where version 3 reads them
    page, headers = listed_page(request, service, partner, Wanted())
    documents = [text for one in page if (text := second_text(one.document)[0])]
    return Response('{"data":[' + ",".join(documents) + "]}", 200, headers, JSON)


@router.get(
    "/2/footprints/{footprint_id}",
    summary="Read a footprint in version 2.3",
    response_model=FootprintData,
    responses=pact_answers(404),
    openapi_extra=SECURED,
)
def read_footprint_v2(
    service: ServiceNeeded,
    partner: ReaderNeeded,
    footprint_id: Annotated[str, Path(description="Id of a footprint (UUID).")],
) -> Response:
    """One footprint that was published for you, per one unit as version 2.3 counts."""
    found = service.exchange.host.get(partner, footprint_id)
    if found is None:
        message = "There is no footprint of this id that you may fetch."
        raise PactRefused(404, message, "NoSuchFootprint")
    text, why = second_text(found.document)
    if not text:
        raise PactRefused(404, f"{why}. Fetch it in version 3.", "NoSuchFootprint")
    return Response('{"data":' + text + "}", 200, NO_STORE, JSON)


@router.post(
    "/2/events",
    summary="Send an event of version 2.3",
    response_class=Response,
    responses={
        200: {"description": "The event was taken in; a request is answered by an event."},
        **pact_answers(),
    },
    openapi_extra=SECURED,
)
async def send_event_v2(
    request: Request, service: ServiceNeeded, partner: SenderNeeded
) -> Response:
    """Ask for footprints, or tell that some are published. A request is answered in version 2.3 at
    the address that you are registered with, exactly once."""
    return await taken_in(request, service, partner, SECOND)
