"""Calculate footprints, and read them again."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Response

from api.openapi import problems
from api.routes.upload import OPENAPI_BODY, Upload, uploaded
from api.schemas import FootprintAnswer
from api.store.footprints import StoredFootprint
from api.wiring import ActorNeeded, IdempotencyKey, ServiceNeeded
from footprint.recompute.inputs import Inputs

router = APIRouter(prefix="/v1/footprints", tags=["Footprints"])


@router.post(
    "",
    status_code=201,
    summary="Calculate a footprint",
    responses={
        201: {"description": "The footprint. The header Location says where it is."},
        **problems(400, 401, 413, 415, 422),
    },
    openapi_extra={"requestBody": OPENAPI_BODY},
)
def calculate_footprint(
    service: ServiceNeeded,
    actor: ActorNeeded,
    upload: Annotated[Upload, Depends(uploaded)],
    response: Response,
    gwp_set: Annotated[
        Literal["AR6", "AR5", "AR4"],
        Query(description="IPCC report whose 100-year warming potentials are used."),
    ] = "AR6",
    electricity: Annotated[
        Literal["location", "market"],
        Query(description="Count lines with a contract by the grid's average, or by the contract."),
    ] = "location",
    idempotency_key: IdempotencyKey = None,
) -> FootprintAnswer:
    """Calculate the product carbon footprint of a bill of materials, in kg CO2e per declared unit.

    The file is CSV or XLSX, one row a line. It is stored with its result, and so are product facts,
    site data and suppliers' footprints that come with it. A file with mistakes is refused as a
    whole: the answer lists every problem with its row and column.
    """
    inputs = Inputs(
        upload.name,
        upload.data,
        upload.product_file,
        gwp_set,
        upload.site_file,
        upload.documents,
        electricity,
    )
    made = service.footprints.calculate(actor, inputs, idempotency_key)
    response.headers["Location"] = f"{service.settings.base_url}/v1/footprints/{made.id}"
    return _answer(made)


@router.get(
    "/{footprint_id}",
    summary="Read a footprint",
    responses=problems(401, 404, 422),
)
def read_footprint(
    service: ServiceNeeded,
    actor: ActorNeeded,
    footprint_id: Annotated[str, Path(description="Id of a footprint (UUID).", max_length=64)],
) -> FootprintAnswer:
    """One of your footprints, with all it was made of. Another tenant's id answers 404."""
    return _answer(service.footprints.get(actor, footprint_id))


def _answer(footprint: StoredFootprint) -> FootprintAnswer:
    return FootprintAnswer(
        id=footprint.id,
        created_at=footprint.created_at,
        file=footprint.file,
        bom_hash=footprint.bom_hash,
        document_hash=footprint.document_hash,
        footprint=footprint.content,
    )
