"""Ask after work that takes longer than a request."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.answers import job_answer
from api.job_schemas import JobAnswer, JobPage
from api.openapi import problems
from api.paging import PageAsked
from api.wiring import ActorNeeded, LanguageAsked, ServiceNeeded

router = APIRouter(prefix="/v1/jobs", tags=["Jobs"])

JobId = Annotated[str, Path(description="Id of a job (UUID).", max_length=64)]


@router.get("", summary="List jobs", responses=problems(401))
def list_jobs(
    service: ServiceNeeded,
    actor: ActorNeeded,
    language: LanguageAsked,
    asked: PageAsked,
) -> JobPage:
    """Your jobs, newest first, one page at a time."""
    found = service.jobs.listed(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.created_at, one.id))
    return JobPage(jobs=[job_answer(service, one, language) for one in page], next=following)


@router.get("/{job_id}", summary="Ask after a job", responses=problems(401, 404))
def read_job(
    service: ServiceNeeded,
    actor: ActorNeeded,
    language: LanguageAsked,
    response: Response,
    job_id: JobId,
) -> JobAnswer:
    """How far one of your jobs is, and what came of it. While it waits or runs the header
    Retry-After says when to ask again. It goes on when the service is stopped and started."""
    answer = job_answer(service, service.jobs.get(actor, job_id), language)
    if answer.state in ("waiting", "running"):
        response.headers["Retry-After"] = "1"
    response.headers["Cache-Control"] = "no-store"
    return answer


@router.post("/{job_id}/cancel", summary="Cancel a job", responses=problems(401, 404, 409))
def cancel_job(
    service: ServiceNeeded, actor: ActorNeeded, language: LanguageAsked, job_id: JobId
) -> JobAnswer:
    """Give up a job of yours that waits or runs; nothing of it is stored."""
    return job_answer(service, service.jobs.cancel(actor, job_id), language)
