"""Footprints in the forms that buyers ask for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.caching import entity_tag, not_modified
from api.openapi import problems
from api.routes.footprints import FootprintId
from api.services.exchange_forms import exchanged
from api.wiring import ActorNeeded, ServiceNeeded
from footprint.canonical import bytes_hash
from footprint.exchange.forms import FORM_MEDIA, ExchangeForm

router = APIRouter(prefix="/v1/footprints", tags=["Footprints"])
_BINARY = {"type": "string", "format": "binary"}


@router.get(
    "/{footprint_id}/exchange",
    summary="A footprint in a form of exchange",
    response_class=Response,
    responses={
        200: {
            "description": "The document; a package for aasx.",
            "content": {
                media: {"schema": _BINARY if form == "aasx" else {"type": "object"}}
                for form, media in FORM_MEDIA.items()
            },
        },
        304: {"description": "You have it already."},
        **problems(401, 404, 409, 422),
    },
)
def read_exchange(
    service: ServiceNeeded,
    actor: ActorNeeded,
    request: Request,
    footprint_id: FootprintId,
    form: Annotated[
        ExchangeForm,
        Query(
            alias="format",
            description="pact: PACT 3.0.3; catena-x: 9.0.0; catena-x-7: 7.0.0; openepd; aasx: IDTA "
            "02023 1.0; untp: Digital Product Passport 0.7.0, not signed.",
        ),
    ] = "pact",
) -> Response:
    """One of your footprints as a document that a buyer's system takes. It has passed the check of
    its form; a value without a place in it refuses the whole (EXC-002), never gets lost."""
    content = exchanged(service.database, actor, footprint_id, service.inventory, form)
    name = f"footprint-{footprint_id}.{form}.json" if form != "aasx" else f"{footprint_id}.aasx"
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{name}"',
        "ETag": entity_tag(bytes_hash(content)),
    }
    unchanged = not_modified(request, headers["ETag"], headers)
    return unchanged or Response(content, media_type=FORM_MEDIA[form], headers=headers)
