"""Calculate footprints, and read them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from api.answers import footprint_body, footprint_entry, job_address, job_answer
from api.caching import entity_tag, not_modified
from api.job_schemas import FootprintPage, JobAnswer
from api.jobs.model import Job
from api.openapi import problems
from api.paging import PageAsked
from api.routes.upload import JSON, OPENAPI_BODY, Upload, uploaded
from api.schemas import FootprintAnswer
from api.services.reports import report_on, reportable
from api.wiring import ActorNeeded, IdempotencyKey, LanguageAsked, ServiceNeeded
from footprint.study import Inputs
from label_templates.render import renderer_id
from label_templates.report.forms import MEDIA_TYPES, ReportForm

router = APIRouter(prefix="/v1/footprints", tags=["Footprints"])

FootprintId = Annotated[str, Path(description="Id of a footprint (UUID).", max_length=64)]


@dataclass(frozen=True, slots=True)
class CalculationChoices:
    """What is chosen about a calculation, beside its files."""

    gwp_set: str
    electricity: Literal["location", "market"]
    allow_gaps: bool
    screening: bool


async def choices(
    gwp_set: Annotated[
        Literal["AR6", "AR5", "AR4", "AR5-CH4-28"],
        Query(
            description="IPCC report whose 100-year warming potentials are used; AR5-CH4-28 is AR5 "
            "with 28 for all methane, as publishers of combustion factors read it."
        ),
    ] = "AR6",
    electricity: Annotated[
        Literal["location", "market"],
        Query(description="Count lines with a contract by the grid's average, or by the contract."),
    ] = "location",
    allow_gaps: Annotated[
        bool,
        Query(
            description="Leave lines without a dataset, mass or conversion out. The result is then "
            "marked `at least`, its coverage is below 1, and no certificate can rest on it."
        ),
    ] = False,
    screening: Annotated[
        bool,
        Query(
            description="Count lines that have a mass and a class of material but no dataset with "
            "the figure of their class, marked and with its interval."
        ),
    ] = False,
) -> CalculationChoices:
    """The choices in the query of a request."""
    return CalculationChoices(gwp_set, electricity, allow_gaps, screening)


@router.post(
    "",
    status_code=201,
    summary="Calculate a footprint",
    response_model=FootprintAnswer,
    responses={
        201: {"description": "The footprint. The header Location says where it is."},
        202: {
            "model": JobAnswer,
            "description": "A job: it has many lines, or `Prefer: respond-async` asked for one. "
            "The header Location says where to ask after it.",
        },
        **problems(400, 401, 413, 415, 422),
    },
    openapi_extra={"requestBody": OPENAPI_BODY},
)
def calculate_footprint(
    service: ServiceNeeded,
    actor: ActorNeeded,
    language: LanguageAsked,
    upload: Annotated[Upload, Depends(uploaded)],
    choices: Annotated[CalculationChoices, Depends(choices)],
    idempotency_key: IdempotencyKey = None,
    prefer: Annotated[
        str | None,
        Header(max_length=200, description="`respond-async` to be answered with a job (RFC 7240)."),
    ] = None,
) -> Response:
    """Calculate the product carbon footprint of a bill of materials, in kg CO2e per declared unit.

    The file is CSV, XLSX or JSON, one row a line. It is stored with its result, and so are product
    facts, site data and suppliers' footprints that come with it. A file with mistakes is refused as
    a whole: the answer lists every problem with its row and column. With `allow_gaps` or
    `screening` lines that have no dataset do not refuse it: the result says what it lacks.
    """
    inputs = Inputs(
        upload.name,
        upload.data,
        upload.product_file,
        choices.gwp_set,
        upload.site_file,
        upload.documents,
        choices.electricity,
        upload.matches_file,
        upload.mapping_file,
        choices.allow_gaps,
        choices.screening,
    )
    asked = prefer is not None and "respond-async" in prefer
    made = service.footprint_or_job(actor, inputs, idempotency_key, as_job=asked)
    if isinstance(made, Job):
        headers = {"Location": job_address(service, made.id), "Retry-After": "1"}
        headers |= {"Preference-Applied": "respond-async"} if asked else {}
        body = job_answer(service, made, language).model_dump_json()
        return Response(body, 202, headers, JSON)
    headers = {"Location": f"{service.settings.base_url}/v1/footprints/{made.id}"}
    return Response(footprint_body(made), 201, headers, JSON)


@router.get("", summary="List footprints", responses=problems(401))
def list_footprints(
    service: ServiceNeeded,
    actor: ActorNeeded,
    asked: PageAsked,
) -> FootprintPage:
    """Your footprints, newest first, one page at a time, without their documents."""
    found = service.footprints.listed(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.created_at, one.id))
    return FootprintPage(footprints=[footprint_entry(service, one) for one in page], next=following)


@router.get(
    "/{footprint_id}",
    summary="Read a footprint",
    response_model=FootprintAnswer,
    responses=problems(401, 404, 422),
)
def read_footprint(
    service: ServiceNeeded,
    actor: ActorNeeded,
    footprint_id: FootprintId,
) -> Response:
    """One of your footprints, with all it was made of. Another tenant's id answers 404."""
    return Response(footprint_body(service.footprints.get(actor, footprint_id)), media_type=JSON)


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
