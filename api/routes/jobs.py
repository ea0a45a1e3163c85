"""Ask after work that takes longer than a request."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Path, Response
from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse

from api.answers import job_answer
from api.job_schemas import JobAnswer, JobPage
from api.jobs.model import OPEN, Job
from api.language import Language
from api.openapi import problems
from api.paging import PageAsked
from api.services.service import Service
from api.store.tenants import Actor
from api.wiring import ActorNeeded, LanguageAsked, ServiceNeeded

#: How often a job that is followed is looked at, in seconds, and how often before the stream ends.
PAUSE, LOOKS = 0.5, 60

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


@router.get(
    "/{job_id}/events",
    summary="Follow a job",
    response_class=StreamingResponse,
    responses={
        200: {
            "description": "Server-sent events: each change, until the job has ended or half a "
            "minute is over.",
            "content": {"text/event-stream": {"schema": {}}},
        },
        **problems(401, 404),
    },
)
async def follow_job(
    service: ServiceNeeded, actor: ActorNeeded, language: LanguageAsked, job_id: JobId
) -> StreamingResponse:
    """How far one of your jobs is, told as it changes: each event is named by the job's state, and
    its data is what `GET /v1/jobs/{job_id}` answers. Ask again when the stream ends before the job;
    clients of event streams do so by themselves."""
    first = await run_in_threadpool(service.jobs.get, actor, job_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    told = _events(service, actor, first, language)
    return StreamingResponse(told, media_type="text/event-stream", headers=headers)


async def _events(
    service: Service, actor: Actor, job: Job, language: Language
) -> AsyncIterator[str]:
    """Not longer than half a minute: a server that stops waits for its streams."""
    said = ""
    yield "retry: 1000\n\n"
    for _ in range(LOOKS):
        text = job_answer(service, job, language).model_dump_json()
        if text != said:
            said = text
            yield f"event: {job.state}\ndata: {text}\n\n"
        if job.state not in OPEN:
            return
        await asyncio.sleep(PAUSE)
        job = await run_in_threadpool(service.jobs.get, actor, job.id)


@router.post("/{job_id}/cancel", summary="Cancel a job", responses=problems(401, 404, 409))
def cancel_job(
    service: ServiceNeeded, actor: ActorNeeded, language: LanguageAsked, job_id: JobId
) -> JobAnswer:
    """Give up a job of yours that waits or runs; nothing of it is stored."""
    return job_answer(service, service.jobs.cancel(actor, job_id), language)
