"""The door over HTTP, for owners: who came in or was refused, and what is locked."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response
from pydantic import BaseModel, Field

from api.openapi import problems
from api.paging import PageAsked
from api.wiring import ActorNeeded, ServiceNeeded

router = APIRouter(prefix="/v1", tags=["Door"])


class SignInAnswer(BaseModel):
    """Somebody came to the door."""

    id: str = Field(description="Id of the record.")
    at: str = Field(description="When (ISO 8601, UTC).")
    way: str = Field(description="link, token or client.", examples=["token"])
    outcome: str = Field(description="in, refused or locked.", examples=["in"])
    actor: str = Field(description="Whose token, link or client it was; empty if not known.")
    person: str = Field(description="Who that is; empty if not known.")
    address: str = Field(description="From which address, or network.")


class SignInPage(BaseModel):
    """A page of sign-ins."""

    sign_ins: list[SignInAnswer] = Field(description="Sign-ins, newest first.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")


class LockAnswer(BaseModel):
    """What is locked after too many failures."""

    id: str = Field(description="Id of the lock.")
    kind: str = Field(description="address, client or client-address.", examples=["client"])
    what: str = Field(description="Which; empty for a client id that nobody has.")
    failures: int = Field(description="How many sign-ins failed.")
    locked_until: str = Field(description="When it ends by itself (ISO 8601, UTC).")


class LockList(BaseModel):
    """What is locked now."""

    locks: list[LockAnswer] = Field(description="Locks, the longest first.")


@router.get("/sign-ins", summary="List sign-ins", responses=problems(401, 403))
def read_sign_ins(service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked) -> SignInPage:
    """Who came in, who was refused and what was locked, newest first. Needs the role owner."""
    found = service.door.listed(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.at, one.id))
    rows = [
        SignInAnswer(
            id=one.id,
            at=one.at.isoformat(),
            way=one.way,
            outcome=one.outcome,
            actor=one.actor,
            person=one.person,
            address=one.address,
        )
        for one in page
    ]
    return SignInPage(sign_ins=rows, next=following)


@router.get("/locks", summary="List locks", responses=problems(401, 403))
def read_locks(service: ServiceNeeded, actor: ActorNeeded) -> LockList:
    """What is locked now after too many failed sign-ins. Needs the role owner."""
    rows = [
        LockAnswer(
            id=one.id,
            kind=one.kind,
            what=one.what,
            failures=one.failures,
            locked_until=one.locked_until.isoformat() if one.locked_until else "",
        )
        for one in service.door.locks(actor)
    ]
    return LockList(locks=rows)


@router.delete(
    "/locks/{lock_id}",
    status_code=204,
    summary="Open a lock",
    response_class=Response,
    responses=problems(401, 403, 404),
)
def unlock_over_http(
    service: ServiceNeeded,
    actor: ActorNeeded,
    lock_id: Annotated[str, Path(description="Id of a lock (UUID).", max_length=64)],
) -> Response:
    """Let what is locked try again at once. Needs the role owner; it stands in the log."""
    service.door.unlock(actor, lock_id)
    return Response(status_code=204)
