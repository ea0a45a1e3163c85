"""Applications: a certificate made by one person, checked by another, approved by a third."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response

from api.answers import application_answer, certificate_address, certificate_answer
from api.bom_examples import CERTIFICATE_EXAMPLES
from api.guess_answers import OwnApplication, guesses_answer
from api.life_schemas import (
    ApplicationAnswer,
    ApplicationPage,
    Approved,
    CheckNote,
    ReturnNote,
)
from api.openapi import problems
from api.paging import PageAsked
from api.routes.certificates import order_of
from api.schemas import CertificateOrder
from api.services.service import Service
from api.store.applications import Application
from api.store.tenants import Actor
from api.wiring import ActorNeeded, IdempotencyKey, ServiceNeeded
from footprint.certificates.lifecycle import ApplicationState

router = APIRouter(prefix="/v1/applications", tags=["Applications"])

ApplicationId = Annotated[str, Path(description="Id of an application (UUID).", max_length=64)]


@router.post(
    "",
    status_code=201,
    summary="Draft an application",
    responses={
        201: {"description": "The draft. The header Location says where it is."},
        **problems(400, 401, 403, 404, 409, 413, 422),
    },
)
def draft_application(
    service: ServiceNeeded,
    actor: ActorNeeded,
    order: Annotated[CertificateOrder, Body(openapi_examples=CERTIFICATE_EXAMPLES)],
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> OwnApplication:
    """Begin an order for a certificate (role maker). Nothing is public before it is issued. The
    answer says how much rests on guesses that nobody confirmed (`guesses`)."""
    made = service.applications.draft(actor, order_of(order), idempotency_key)
    base_url = service.settings.base_url
    response.headers["Location"] = f"{base_url}/v1/applications/{made.id}"
    return _own(service, actor, made)


@router.get("", summary="List applications", responses=problems(401, 422))
def list_applications(
    service: ServiceNeeded,
    actor: ActorNeeded,
    asked: PageAsked,
    state: Annotated[
        ApplicationState | None, Query(description="Only those in this state.")
    ] = None,
) -> ApplicationPage:
    """Your applications, oldest first, one page at a time."""
    found = service.applications.listed(actor, state, *asked.window)
    page, following = asked.page(found, lambda one: (one.created_at, one.id))
    return ApplicationPage(applications=[application_answer(one) for one in page], next=following)


@router.get("/{application_id}", summary="Read an application", responses=problems(401, 404, 422))
def read_application(
    service: ServiceNeeded, actor: ActorNeeded, application_id: ApplicationId
) -> OwnApplication:
    """One of your applications: what was asked for, how far it is, who did what, and what it rests
    on (`guesses`)."""
    return _own(service, actor, service.applications.get(actor, application_id))


def _own(service: Service, actor: Actor, application: Application) -> OwnApplication:
    guesses = guesses_answer(service, actor, application.footprint)
    return OwnApplication(**dict(application_answer(application)), guesses=guesses)


@router.post(
    "/{application_id}/submit",
    summary="Submit a draft",
    responses=problems(401, 403, 404, 409, 422),
)
def submit_application(
    service: ServiceNeeded, actor: ActorNeeded, application_id: ApplicationId
) -> ApplicationAnswer:
    """Hand a draft in for checking (role maker). Whoever hands it in is its maker."""
    return application_answer(service.applications.submit(actor, application_id))


@router.post(
    "/{application_id}/check",
    summary="Check an application",
    responses=problems(400, 401, 403, 404, 409, 422),
)
def check_application(
    service: ServiceNeeded, actor: ActorNeeded, application_id: ApplicationId, body: CheckNote
) -> ApplicationAnswer:
    """Say that it was checked (role checker). The maker cannot; API-505 says so."""
    return application_answer(service.applications.check(actor, application_id, body.note))


@router.post(
    "/{application_id}/return",
    summary="Send an application back",
    responses=problems(400, 401, 403, 404, 409, 422),
)
def return_application(
    service: ServiceNeeded, actor: ActorNeeded, application_id: ApplicationId, body: ReturnNote
) -> ApplicationAnswer:
    """Give an application back to its maker with what has to be mended (role checker)."""
    return application_answer(service.applications.send_back(actor, application_id, body.note))


@router.post(
    "/{application_id}/withdraw",
    summary="Withdraw an application",
    responses=problems(401, 403, 404, 409, 422),
)
def withdraw_application(
    service: ServiceNeeded, actor: ActorNeeded, application_id: ApplicationId
) -> ApplicationAnswer:
    """Give an application up (role maker). It stays on record and leads nowhere."""
    return application_answer(service.applications.withdraw(actor, application_id))


@router.post(
    "/{application_id}/approve",
    status_code=201,
    summary="Approve an application and issue its certificate",
    responses={
        201: {"description": "The certificate. The header Location says where it is."},
        **problems(401, 403, 404, 409, 422),
    },
)
def approve_application(
    service: ServiceNeeded,
    actor: ActorNeeded,
    application_id: ApplicationId,
    response: Response,
) -> Approved:
    """Decide as of today and issue (role approver), by somebody who neither made nor checked it.

    When the rules do not grant the tier, the answer is API-501 with the whole decision, and the
    application stays checked. Sent again after a success, it answers API-503.
    """
    application, made = service.applications.approve(actor, application_id)
    response.headers["Location"] = certificate_address(service, made.number)
    return Approved(
        application=application_answer(application),
        certificate=certificate_answer(service, made),
    )
