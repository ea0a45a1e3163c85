"""For who runs the service: is it up, can it work, and its numbers."""

from __future__ import annotations

import hmac
from typing import Annotated, Any

from fastapi import APIRouter, Header, Request, Response
from fastapi.responses import JSONResponse
from prometheus_client import CONTENT_TYPE_LATEST
from pydantic import BaseModel, Field

from api.faults import UNAUTHORIZED, UNKNOWN_PATH
from api.metrics import Metrics
from api.openapi import problems
from api.schemas import Health
from api.services.readiness import ready_checks
from api.wiring import ServiceNeeded
from footprint.version import __version__

router = APIRouter(tags=["Service"])

#: Seconds after which a server that is not ready may be asked again.
_AGAIN = "10"


class ReadyCheckAnswer(BaseModel):
    """One thing that must be so."""

    name: str = Field(description="database, schema, keys or disk.", examples=["database"])
    ok: bool = Field(description="Whether it is so.")
    says: str = Field(description="What was seen.", examples=["It can be read."])


class Readiness(BaseModel):
    """Whether this server can do its work now."""

    ready: bool = Field(description="Whether everything is as it must be.")
    checks: list[ReadyCheckAnswer] = Field(description="What was looked at.")


_NOT_READY: dict[int | str, dict[str, Any]] = {
    503: {
        "model": Readiness,
        "description": "The server cannot do its work now; `checks` says why.",
        "headers": {
            "Retry-After": {
                "description": "Seconds to wait before it is asked again.",
                "schema": {"type": "integer", "minimum": 1},
            }
        },
    }
}


@router.get("/healthz", summary="Is the service up?", responses=problems())
def read_health(service: ServiceNeeded) -> Health:
    """Answers when the database can be read; says what the service calculates with."""
    service.check_database()
    return Health(
        status="ok",
        version=__version__,
        inventory=service.inventory.hash,
        rules=service.rules.hash,
    )


@router.get(
    "/readyz",
    summary="Can the service do its work now?",
    response_model=Readiness,
    responses=problems() | _NOT_READY,
)
def read_readiness(service: ServiceNeeded) -> Response:
    """Looks at the database, its schema, the signing key and the free space of the store."""
    checks = [
        ReadyCheckAnswer(name=one.name, ok=one.ok, says=one.says) for one in ready_checks(service)
    ]
    answer = Readiness(ready=all(one.ok for one in checks), checks=checks)
    headers = {"Cache-Control": "no-store"}
    if not answer.ready:
        headers["Retry-After"] = _AGAIN
    return JSONResponse(answer.model_dump(), 200 if answer.ready else 503, headers)


@router.get(
    "/metrics",
    summary="Numbers for Prometheus",
    response_class=Response,
    responses={
        200: {
            "description": "Requests and durations of this process; jobs, events and certificates "
            "of the database.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **problems(401, 404),
    },
)
def read_metrics(
    request: Request,
    service: ServiceNeeded,
    authorization: Annotated[str | None, Header(include_in_schema=False)] = None,
) -> Response:
    """Needs the token of FOOTPRINT_METRICS_TOKEN as a bearer token; without that setting there are
    no numbers. No label names a tenant or a person."""
    secret = service.settings.metrics_token
    if secret is None:
        raise UNKNOWN_PATH.refuse(
            "This installation gives no numbers.", "Set FOOTPRINT_METRICS_TOKEN to have them."
        )
    kind, _, given = (authorization or "").partition(" ")
    wanted = secret.get_secret_value().encode()
    right = hmac.compare_digest(given.strip().encode("utf-8", "surrogatepass"), wanted)
    if kind.lower() != "bearer" or not right:
        raise UNAUTHORIZED.refuse(
            "The numbers of this installation need its own token.",
            "Send the header `Authorization: Bearer` with the value of FOOTPRINT_METRICS_TOKEN.",
        )
    metrics: Metrics = request.app.state.metrics
    return Response(metrics.text(), media_type=CONTENT_TYPE_LATEST)
