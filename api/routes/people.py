"""What is held about a person: handed out, or forgotten."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field

from api.openapi import problems
from api.wiring import ActorNeeded, ServiceNeeded

router = APIRouter(prefix="/v1", tags=["Door"])

PersonId = Annotated[
    str,
    Path(
        description="Id of a person, or the name that he signs with.",
        min_length=1,
        max_length=100,
        examples=["Li Wei"],
    ),
]


class PersonHeld(BaseModel):
    """All that is held about a person; no secret and no hash of one."""

    name: str = Field(description="The name that he signs with.")
    person: list[dict[str, Any]] = Field(description="As one who was invited, with his roles.")
    tokens: list[dict[str, Any]] = Field(description="His access tokens.")
    sign_ins: list[dict[str, Any]] = Field(description="When and from where he signed in.")
    signed: list[dict[str, Any]] = Field(description="Where his name stands: table, id, as what.")
    log: list[dict[str, Any]] = Field(description="Entries of the audit log that name him.")


class ForgottenAnswer(BaseModel):
    """What came of it."""

    alias: str = Field(description="What stands instead of the name.")
    places: int = Field(description="In how many places.")
    entries: int = Field(description="How many entries of the audit log were changed.")


@router.get(
    "/people/{person_id}/data", summary="What is held about a person", responses=problems(401, 404)
)
def export_person(service: ServiceNeeded, actor: ActorNeeded, person_id: PersonId) -> PersonHeld:
    """Everything about a person, for himself and for owners."""
    return PersonHeld(**service.personal.export(actor, person_id))


@router.delete("/people/{person_id}", summary="Forget a person", responses=problems(401, 403, 404))
def forget_person(
    service: ServiceNeeded, actor: ActorNeeded, person_id: PersonId
) -> ForgottenAnswer:
    """Shut a person out and write an alias wherever he signed. The log's chain, the register and
    certificates hold as before. It cannot be undone. Needs the role owner."""
    done = service.personal.forget(actor, person_id)
    return ForgottenAnswer(alias=done.alias, places=done.places, entries=done.entries)
