"""A whole catalogue of products: a table sent as it is, calculated as a job, tables to download."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import FileResponse
from starlette.concurrency import run_in_threadpool

from api.answers import job_address, job_answer
from api.faults import WRONG_MEDIA
from api.job_schemas import JobAnswer
from api.openapi import problems
from api.services.service import Service
from api.wiring import ActorNeeded, IdempotencyKey, LanguageAsked, ServiceNeeded

router = APIRouter(prefix="/v1/catalogues", tags=["Catalogues"])

PARQUET = "application/vnd.apache.parquet"
#: Forms of a table, and the name that tells the form.
_NAMES = {"text/csv": "products.csv", PARQUET: "products.parquet"}
_EXAMPLE = "product,name,quantity,unit,dataset\nP-1,Steel,0.5,kg,steel-cold-rolled-cn\n"
_TABLE: dict[str, Any] = {
    "required": True,
    "description": "The table, docs/catalogue.md; it is written to disk as it comes.",
    "content": {
        "text/csv": {
            "schema": {"type": "string"},
            "examples": {"one": {"summary": "One product of one line", "value": _EXAMPLE}},
        },
        PARQUET: {"schema": {"type": "string", "contentMediaType": PARQUET}},
    },
}
CatalogueId = Annotated[str, Path(description="Id of the catalogue's job (UUID).", max_length=64)]
_DONE: dict[int | str, dict[str, Any]] = {
    200: {"description": "The table.", "content": {PARQUET: {}}},
    **problems(401, 404, 409),
}


async def catalogue_choices(
    gwp_set: Annotated[
        Literal["AR6", "AR5", "AR4", "AR5-CH4-28"],
        Query(description="IPCC report whose 100-year warming potentials are used."),
    ] = "AR6",
    allow_gaps: Annotated[
        bool,
        Query(description="Leave out lines without a dataset; their products say `at least`."),
    ] = False,
    screening: Annotated[
        bool,
        Query(description="Count such lines that have a mass by their class of material."),
    ] = False,
) -> dict[str, str | bool]:
    """What is chosen about a calculation, beside its table."""
    return {"gwp_set": gwp_set, "allow_gaps": allow_gaps, "screening": screening}


@router.post(
    "",
    status_code=202,
    summary="Calculate a catalogue",
    responses={
        202: {"description": "The job. The header Location says where to ask after it."},
        **problems(400, 401, 413, 415, 422, 429),
    },
    openapi_extra={"requestBody": _TABLE},
)
async def submit_catalogue(
    service: ServiceNeeded,
    actor: ActorNeeded,
    language: LanguageAsked,
    request: Request,
    response: Response,
    choices: Annotated[dict[str, str | bool], Depends(catalogue_choices)],
    idempotency_key: IdempotencyKey = None,
) -> JobAnswer:
    """Every product of a long table (CSV or Parquet, docs/catalogue.md), as a job. `progress`
    counts lines; `/v1/jobs/{job_id}/events` tells it as it changes. A product that is refused stops
    no other. The largest table is a setting of its own (FOOTPRINT_CATALOGUE_MAX_BYTES)."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    name = _NAMES.get(media_type)
    if name is None:
        raise WRONG_MEDIA.refuse(
            f"A catalogue cannot be sent as {media_type[:60] or 'a body without a type'}.",
            f"Send one of: {', '.join(_NAMES)}.",
        )
    catalogues = service.catalogues
    table = await run_in_threadpool(catalogues.arriving, name)
    try:
        async for piece in request.stream():
            await run_in_threadpool(table.add, piece)
    except BaseException:  # too long, or the caller has gone: nothing of it stays
        table.drop()
        raise
    job = await run_in_threadpool(catalogues.submit, actor, table, choices, idempotency_key)
    response.headers["Location"] = job_address(service, job.id)
    return job_answer(service, job, language)


@router.get(
    "/{job_id}/results.parquet",
    summary="The results of a catalogue",
    response_class=FileResponse,
    responses=_DONE,
)
def read_results(service: ServiceNeeded, actor: ActorNeeded, job_id: CatalogueId) -> FileResponse:
    """A row a product, as docs/catalogue.md says."""
    return _file(service, actor, job_id, "results", PARQUET)


@router.get(
    "/{job_id}/refused.parquet",
    summary="What was refused of a catalogue",
    response_class=FileResponse,
    responses=_DONE,
)
def read_refused(service: ServiceNeeded, actor: ActorNeeded, job_id: CatalogueId) -> FileResponse:
    """Product, row, column, code, message and hint of everything that was refused."""
    return _file(service, actor, job_id, "refused", PARQUET)


@router.get(
    "/{job_id}/manifest.json",
    summary="What a catalogue's results were made of",
    response_class=FileResponse,
    responses={
        200: {"description": "The hashes.", "content": {"application/json": {}}},
        **problems(401, 404, 409),
    },
)
def read_manifest(service: ServiceNeeded, actor: ActorNeeded, job_id: CatalogueId) -> FileResponse:
    """Hashes of the table, the inventory and the results."""
    return _file(service, actor, job_id, "manifest", "application/json")


@router.delete(
    "/{job_id}",
    status_code=204,
    summary="Remove the files of a catalogue",
    responses=problems(401, 404, 409),
)
def remove_catalogue(service: ServiceNeeded, actor: ActorNeeded, job_id: CatalogueId) -> Response:
    """Remove the table and its results; the job stays listed. They are kept until then."""
    service.catalogues.remove(actor, job_id)
    return Response(status_code=204)


def _file(
    service: Service, actor: ActorNeeded, job_id: str, name: str, media_type: str
) -> FileResponse:
    path = service.catalogues.file(actor, job_id, name)
    headers = {"Cache-Control": "no-store"}
    shown = f"{job_id}-{name}{path.suffix}"
    return FileResponse(path, media_type=media_type, filename=shown, headers=headers)
