"""Calculate footprints, and read them again."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response

from api.caching import entity_tag, not_modified
from api.openapi import problems
from api.routes.upload import OPENAPI_BODY, Upload, uploaded
from api.schemas import FootprintAnswer
from api.services.reports import report_on, reportable
from api.store.footprints import StoredFootprint
from api.wiring import ActorNeeded, IdempotencyKey, LanguageAsked, ServiceNeeded
from footprint.recompute.inputs import Inputs
from label_templates.render import renderer_id
from label_templates.report_forms import MEDIA_TYPES, ReportForm

router = APIRouter(prefix="/v1/footprints", tags=["Footprints"])

FootprintId = Annotated[str, Path(description="Id of a footprint (UUID).", max_length=64)]


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
        upload.matches_file,
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
    footprint_id: FootprintId,
) -> FootprintAnswer:
    """One of your footprints, with all it was made of. Another tenant's id answers 404."""
    return _answer(service.footprints.get(actor, footprint_id))


@router.get(
    "/{footprint_id}/report",
    summary="The report on a footprint",
    response_class=Response,
    responses={
        200: {
            "description": "The report as a file.",
            "content": {
                media_type.partition(";")[0]: {"schema": {"type": "string", "format": "binary"}}
                for media_type in MEDIA_TYPES.values()
            },
        },
        304: {"description": "You have the newest form."},
        **problems(401, 404, 409, 422),
    },
)
def read_report(
    service: ServiceNeeded,
    actor: ActorNeeded,
    request: Request,
    footprint_id: FootprintId,
    language: LanguageAsked,
    form: Annotated[
        ReportForm,
        Query(alias="format", description="html: one page; pdf: PDF/A-3; xlsx: a workbook."),
    ] = "pdf",
    interval: Annotated[
        bool,
        Query(description="Add the 95 % interval: 1,000 draws, seed 1 (the first time slower)."),
    ] = False,
) -> Response:
    """The report on one of your footprints that buyers and verifiers ask for.

    It has a page for purchasers (number, boundary, quality, largest contributors, what is not
    covered), and all lines with datasets, factors, sources and licences, in kg CO2e per declared
    unit. It is dated with the day of the calculation; the PDF has the result attached as JSON.
    """
    found = reportable(service.database, actor, footprint_id)
    file = f"footprint-{found.footprint.id}-{language}.{form}"
    headers = {
        "Cache-Control": "private, no-cache",
        "Content-Disposition": f'attachment; filename="{file}"',
        "Content-Language": language,
        "ETag": entity_tag(
            found.footprint.document_hash,
            renderer_id(with_reports=True),
            form,
            language,
            "interval" if interval else "",
        ),
        "Vary": "Accept-Language",
    }
    unchanged = not_modified(request, headers["ETag"], headers)
    if unchanged is not None:
        return unchanged
    content = report_on(found, service.inventory, form, language, interval=interval)
    return Response(content, media_type=MEDIA_TYPES[form], headers=headers)


def _answer(footprint: StoredFootprint) -> FootprintAnswer:
    return FootprintAnswer(
        id=footprint.id,
        created_at=footprint.created_at,
        file=footprint.file,
        bom_hash=footprint.bom_hash,
        document_hash=footprint.document_hash,
        footprint=footprint.content,
    )
