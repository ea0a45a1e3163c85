"""Partners: other companies' systems that fetch footprints; and what is published for them."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.openapi import problems
from api.paging import PageAsked
from api.partner_schemas import (
    ConnectionBody,
    EventAnswer,
    EventPage,
    PartnerAnswer,
    PartnerBody,
    PartnerList,
    PublicationAnswer,
    PublicationBody,
    PublicationPage,
    ScopesBody,
)
from api.partners.host import PublishOrder
from api.partners.model import Partner, Published, ReceivedEvent, SentEvent
from api.partners.registry import PartnerOrder
from api.wiring import ActorNeeded, ServiceNeeded

router = APIRouter(prefix="/v1", tags=["Partners"])

PartnerId = Annotated[str, Path(description="Id of a partner (UUID).", max_length=64)]


@router.post(
    "/partners", status_code=201, summary="Add a partner", responses=problems(400, 401, 403, 413)
)
def add_partner(service: ServiceNeeded, actor: ActorNeeded, body: PartnerBody) -> PartnerAnswer:
    """Let another company's system fetch what you publish. The answer has its client secret, which
    is shown this once."""
    order = PartnerOrder(**body.model_dump() | {"scopes": tuple(body.scopes)})
    partner, secret = service.exchange.registry.add(actor, order)
    return _partner(partner, secret)


@router.get("/partners", summary="List partners", responses=problems(401))
def list_partners(service: ServiceNeeded, actor: ActorNeeded) -> PartnerList:
    """Your partners, oldest first, closed ones included; never a secret."""
    return PartnerList(partners=[_partner(one) for one in service.exchange.registry.listed(actor)])


@router.post(
    "/partners/{partner_id}/secret",
    summary="Give a partner another secret",
    responses=problems(401, 403, 404),
)
def rotate_secret(
    service: ServiceNeeded, actor: ActorNeeded, partner_id: PartnerId
) -> PartnerAnswer:
    """A new client secret, shown this once. The present one counts for 24 hours more."""
    partner, secret = service.exchange.registry.rotate(actor, partner_id)
    return _partner(partner, secret)


@router.put(
    "/partners/{partner_id}/connection",
    summary="Say where a partner's server is",
    responses=problems(400, 401, 403, 404, 413),
)
def connect_partner(
    service: ServiceNeeded, actor: ActorNeeded, partner_id: PartnerId, body: ConnectionBody
) -> PartnerAnswer:
    """Address of a partner's server, and what it gave you to come in there, once you have it."""
    order = PartnerOrder("", **body.model_dump())
    return _partner(service.exchange.registry.connect(actor, partner_id, order))


@router.put(
    "/partners/{partner_id}/scopes",
    summary="Say what a partner may do",
    responses=problems(400, 401, 403, 404, 413),
)
def allow_partner(
    service: ServiceNeeded, actor: ActorNeeded, partner_id: PartnerId, body: ScopesBody
) -> PartnerAnswer:
    """The scopes of a partner's machine from now on. Tokens that it has may do no more, at once."""
    return _partner(service.exchange.registry.allow(actor, partner_id, body.scopes))


@router.delete(
    "/partners/{partner_id}",
    status_code=204,
    summary="Close a partner",
    response_class=Response,
    responses=problems(401, 403, 404),
)
def close_partner(service: ServiceNeeded, actor: ActorNeeded, partner_id: PartnerId) -> Response:
    """Let a partner in no more, at once; events that wait for it are given up."""
    service.exchange.registry.close(actor, partner_id)
    return Response(status_code=204)


@router.post(
    "/publications",
    status_code=201,
    summary="Publish a footprint to partners",
    responses=problems(400, 401, 403, 404, 409, 413),
)
def publish_footprint(
    service: ServiceNeeded, actor: ActorNeeded, body: PublicationBody
) -> PublicationAnswer:
    """Let partners fetch one of your footprints as a PACT v3 document. Partners who take events are
    told. It takes the place of an earlier one of the same product and place, which is deprecated.
    Sent again, it changes nothing."""
    order = PublishOrder(body.footprint_id, tuple(body.partners), body.screening)
    published = service.exchange.host.publish(actor, order)
    return _publication(service.settings.base_url, published)


@router.get("/publications", summary="List what is published", responses=problems(401))
def list_publications(
    service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked
) -> PublicationPage:
    """Your published footprints, newest first, whoever may fetch them."""
    found = service.exchange.host.published(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.published_at, one.id))
    base_url = service.settings.base_url
    return PublicationPage(
        publications=[_publication(base_url, one) for one in page], next=following
    )


@router.get("/events", summary="List events", responses=problems(401))
def list_events(service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked) -> EventPage:
    """Events to your partners, newest first: whether they arrived, and what was said if not."""
    found = service.exchange.registry.sent(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.created_at, one.id))
    return EventPage(events=[_sent(one) for one in page], next=following)


@router.get("/events/received", summary="List events of partners", responses=problems(401))
def list_received_events(service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked) -> EventPage:
    """Events of your partners, newest first: what was asked for, and whether it was fulfilled."""
    found = service.exchange.registry.received(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.received_at, one.event))
    return EventPage(events=[_received(one) for one in page], next=following)


def _partner(partner: Partner, secret: str | None = None) -> PartnerAnswer:
    return PartnerAnswer(
        id=partner.id,
        name=partner.name,
        client_id=partner.client_id,
        client_secret=secret,
        events_url=partner.events_url,
        auth_url=partner.auth_url,
        their_client_id=partner.their_client_id,
        kind=partner.kind,
        scopes=partner.scopes.split(),
        created_at=partner.created_at.isoformat(),
        closed_at=None if partner.closed_at is None else partner.closed_at.isoformat(),
    )


def _publication(base_url: str, published: Published) -> PublicationAnswer:
    document = json.loads(published.document)
    return PublicationAnswer(
        id=published.id,
        status=document["status"],
        published_at=published.published_at.isoformat(),
        url=f"{base_url}/3/footprints/{published.id}",
        replaces=document.get("precedingPfIds", []),
    )


def _sent(event: SentEvent) -> EventAnswer:
    return EventAnswer(
        id=event.id,
        partner=event.partner,
        type=event.type,
        at=event.created_at.isoformat(),
        state=event.state,
        attempts=event.attempts,
        said=event.said,
    )


def _received(event: ReceivedEvent) -> EventAnswer:
    return EventAnswer(
        id=event.event,
        partner=event.partner,
        type=event.type,
        at=event.received_at.isoformat(),
        state=event.outcome,
    )
