"""The public register: search, the log with its signed head, and verification of files."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response

from api.answers import listed_answers
from api.benchmark_schemas import BenchmarkPage
from api.caching import entity_tag, not_modified
from api.life_schemas import LogEntry, LogPage, RegisterPage
from api.openapi import problems
from api.paging import Limit, PageAsked
from api.routes.certificate_upload import OPENAPI_FILE, certificate_file
from api.routes.upload import Upload
from api.store.register_search import Search, SearchState
from api.wiring import ServiceNeeded
from footprint.certificates.number import parse_certificate_number
from footprint.certificates.report import report_document
from footprint.values.decision import Tier

router = APIRouter(prefix="/v1", tags=["Register"])

_Words = Query(max_length=100, description="Part of a name or an identifier, in any case.")


async def wanted_search(
    number: Annotated[
        str | None, Query(max_length=64, description="Number of a certificate, as printed.")
    ] = None,
    product: Annotated[str, _Words] = "",
    company: Annotated[str, _Words] = "",
    scheme: Annotated[str, Query(max_length=64, description="Id of a scheme.")] = "",
    tier: Annotated[Tier | None, Query(description="A tier.")] = None,
    status: Annotated[SearchState | None, Query(description="State today.")] = None,
) -> Search:
    """What the query asks for. Raises InputRefused (CER-006, CER-007) for what is no number."""
    canonical = parse_certificate_number(number) if number else ""
    return Search(canonical, product, company, scheme, tier or "", status)


@router.get(
    "/register",
    summary="Search the register",
    response_model=RegisterPage,
    responses={304: {"description": "You have the newest form."}, **problems(422)},
)
def search_register(
    service: ServiceNeeded,
    request: Request,
    response: Response,
    wanted: Annotated[Search, Depends(wanted_search)],
    asked: PageAsked,
) -> RegisterPage | Response:
    """Certificates by number, product, company, scheme, tier and status, newest first.

    Withdrawn, expired and superseded certificates stay in the register and are found.
    """
    found = service.register.search(wanted, *asked.window)
    page, following = asked.page(found, lambda one: (one.issued_at, one.number))
    answer = RegisterPage(certificates=listed_answers(service, page), next=following)
    headers = {"ETag": entity_tag(answer.model_dump(mode="json")), "Cache-Control": "no-cache"}
    unchanged = not_modified(request, headers["ETag"], headers)
    if unchanged is not None:
        return unchanged
    response.headers.update(headers)
    return answer


@router.get(
    "/register/benchmarks",
    summary="What the categories of the register look like",
    responses=problems(404, 409, 422),
)
def read_benchmarks(
    service: ServiceNeeded,
    category: Annotated[
        str,
        Query(max_length=200, description="A name in words, or a code such as `CPC:46410`."),
    ] = "",
    certificate: Annotated[
        str, Query(max_length=64, description="Number of a certificate: its groups, and its rank.")
    ] = "",
    limit: Limit = 50,
) -> BenchmarkPage:
    """Quartiles of the certificates in force by category, unit, boundary and GWP values, as of
    today. Numbers that differ in any of these are never joined, and a group of fewer than 5
    products of 3 companies has no figures. It is no sample of the market and no advertising."""
    return BenchmarkPage(**service.benchmarks.told(category, certificate, limit))


@router.get(
    "/log/head",
    summary="The signed head of the log",
    response_class=Response,
    responses={
        200: {
            "description": "Number of entries and the newest hash, as a compact JWS.",
            "content": {"application/jose": {}},
        },
        **problems(),
    },
)
def read_log_head(service: ServiceNeeded) -> Response:
    """How many entries the log has and the hash of the newest, signed with ES256. Keep it: with it
    you can tell later whether anything before was changed or cut off (`footprint verify-audit`)."""
    _, _, token = service.log.head()
    return Response(token, media_type="application/jose", headers={"Cache-Control": "no-cache"})


@router.get("/log", summary="Read the log", responses=problems(422))
def read_log(
    service: ServiceNeeded,
    after: Annotated[
        int, Query(ge=0, lt=2**31, description="Number of the last entry you have.")
    ] = 0,
    limit: Limit = 500,
) -> LogPage:
    """The append-only log of everything that happened here, oldest first. What is private is in it
    as a digest, so that anyone can follow the chain of hashes and nobody can read the rest."""
    found = service.log.entries(after, limit + 1)
    entries = found[:limit]
    return LogPage(
        entries=[LogEntry(**entry) for entry in entries],
        next=entries[-1]["sequence"] if len(found) > limit else None,
    )


@router.post(
    "/verify",
    summary="Verify a certificate file",
    responses=problems(413, 415, 422),
    openapi_extra={"requestBody": OPENAPI_FILE},
)
def verify_certificate_file(
    service: ServiceNeeded, upload: Annotated[Upload, Depends(certificate_file)]
) -> dict[str, Any]:
    """Check a certificate that you hold against this issuer's keys and today's status lists.

    The answer has every check and one verdict. A forged or broken file is no error: the verdict
    is `invalid`, and the failed check says why. Nothing is stored.
    """
    return report_document(service.register.verify_file(upload.data, upload.name))
