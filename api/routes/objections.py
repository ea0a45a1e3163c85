"""Objections of readers without a token, and those that wait for the answer of an issuer."""

from __future__ import annotations

from fastapi import APIRouter, Request

from api.answers import objection_answer, own_objection_answer
from api.life_schemas import OwnObjectionPage, ReaderObjection
from api.openapi import problems
from api.paging import PageAsked
from api.rates import ReaderRates
from api.routes.certificates import Number
from api.schemas import ObjectionAnswer
from api.services.objections import ReaderSays
from api.services.service import Service
from api.store.objections import Objection
from api.wiring import ActorNeeded, ServiceNeeded

router = APIRouter(prefix="/v1", tags=["Certificates"])


@router.post(
    "/certificates/{number}/public-objections",
    status_code=201,
    summary="Object to a certificate without a token",
    responses={
        201: {"description": "The objection, as everyone sees it until it is answered."},
        **problems(400, 404, 409, 413, 422, 429),
    },
)
def object_as_reader(
    service: ServiceNeeded, number: Number, order: ReaderObjection, request: Request
) -> ObjectionAnswer:
    """Say what you hold against a certificate, whoever you are; its public page has the form. That
    somebody objects is public at once, the text with the issuer's answer, name and contact never.
    The same words once more give the objection that is open. An address and a certificate have
    limits of their own (FOOTPRINT_RATE_OBJECTIONS_PER_ADDRESS, ..._PER_CERTIFICATE)."""
    says = ReaderSays(order.text, order.ground, order.name, order.contact)
    return objection_answer(raised_by_reader(service, request, number, says))


@router.get(
    "/objections",
    summary="List the open objections to your certificates",
    responses=problems(401, 422),
)
def list_open_objections(
    service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked
) -> OwnObjectionPage:
    """What is held against certificates of yours and waits for an answer, oldest first, with what
    readers gave to be reached by."""
    found = service.objections.waiting(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.at, one.id))
    return OwnObjectionPage(objections=[own_objection_answer(one) for one in page], next=following)


def raised_by_reader(
    service: Service, request: Request, number: str, says: ReaderSays
) -> Objection:
    """A reader's objection, stored. Raises ServiceRefused API-701, and as
    `Objections.raise_as_reader` does."""
    known = service.register.certificate(number)
    limits: ReaderRates = request.app.state.reader_rates
    limits.refuse_too_fast(request, known.number)
    return service.objections.raise_as_reader(known.number, says)
