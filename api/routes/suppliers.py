"""Suppliers: what they are asked for, their footprints that came, and what a newer one touches."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from api.openapi import problems
from api.paging import PageAsked
from api.partners.client import AskOrder
from api.schemas import Asked
from api.store.supplier_pcfs import KeptPcf, SupplierAsk
from api.wiring import ActorNeeded, ServiceNeeded

router = APIRouter(prefix="/v1", tags=["Partners"])

AskId = Annotated[str, Path(description="Id of what was asked.", max_length=64)]
PcfId = Annotated[str, Path(description="Id of a supplier's footprint (UUID).", max_length=64)]


class AskBody(Asked):
    """What a supplier is asked for."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "partner": "5b2d3a52-7a6e-4f0e-9d6b-0c6a54a1b1c5",
                    "products": ["urn:gtin:06901234567892"],
                }
            ]
        },
    )

    partner: Annotated[str, Field(min_length=1, max_length=64, description="Id of the supplier.")]
    products: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=500)]],
        Field(min_length=1, max_length=100, description="URNs of products."),
    ]
    way: Annotated[
        Literal["event", "list"],
        Field(description="Send a request that he answers, or read what he lists."),
    ] = "event"
    comment: Annotated[str, Field(max_length=2000, description="Words for the supplier.")] = ""


class AskAnswer(BaseModel):
    """What was asked, and what became of it."""

    id: str = Field(description="Id; of an event that of the event.")
    partner: str = Field(description="Id of the supplier.")
    way: str = Field(description="event, list, or ids for what he said is published.")
    wanted: dict[str, Any] = Field(description="What was asked for.")
    state: str = Field(description="waiting, answered, rejected or failed.")
    said: str = Field(description="What came, or why nothing did.")
    asked_at: str = Field(description="When (ISO 8601, UTC).")
    answered_at: str | None = Field(description="When it ended.")


class AskPage(BaseModel):
    """A page of what was asked."""

    asks: list[AskAnswer] = Field(description="What was asked, newest first.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")


class PcfEntry(BaseModel):
    """A supplier's footprint in a list."""

    id: str = Field(description="Its own id.")
    partner: str = Field(description="Id of the supplier.")
    file: str = Field(description="Name by which a line uses it, in the column supplier_pcf.")
    company: str = Field(description="Company, as the document says.")
    product: str = Field(description="Product, as the document says.")
    status: str = Field(description="Active or Deprecated.")
    replaced_by: str = Field(description="Id of the footprint that took its place, else empty.")
    usable: bool = Field(description="Whether a line can use it as it is.")
    findings: list[dict[str, Any]] = Field(description="What the check found, each with advice.")
    received_at: str = Field(description="When it came (ISO 8601, UTC).")


class PcfAnswer(PcfEntry):
    """A supplier's footprint."""

    document: dict[str, Any] = Field(description="The document as it came.")


class PcfPage(BaseModel):
    """A page of suppliers' footprints."""

    footprints: list[PcfEntry] = Field(description="Suppliers' footprints, newest first.")
    next: str | None = Field(description="Cursor of the next page; null at the end.")


@router.post(
    "/supplier-requests",
    status_code=201,
    summary="Ask a supplier for a footprint",
    responses=problems(400, 401, 403, 404, 413),
)
def ask_supplier(service: ServiceNeeded, actor: ActorNeeded, body: AskBody) -> AskAnswer:
    """Ask a supplier for footprints of products. The answer comes later: look at its state."""
    order = AskOrder(body.partner, tuple(body.products), body.way, body.comment)
    return _ask(service.exchange.client.ask(actor, order))


@router.get("/supplier-requests", summary="List what suppliers were asked", responses=problems(401))
def list_supplier_requests(service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked) -> AskPage:
    """What your suppliers were asked for, newest first."""
    found = service.exchange.client.asks(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.asked_at, one.id))
    return AskPage(asks=[_ask(one) for one in page], next=following)


@router.get(
    "/supplier-requests/{ask_id}",
    summary="What became of a request to a supplier",
    responses=problems(401, 404),
)
def read_supplier_request(service: ServiceNeeded, actor: ActorNeeded, ask_id: AskId) -> AskAnswer:
    """One of them: whether it waits, was answered, was rejected, or failed."""
    return _ask(service.exchange.client.asked(actor, ask_id))


@router.get("/supplier-footprints", summary="List suppliers' footprints", responses=problems(401))
def list_supplier_footprints(
    service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked
) -> PcfPage:
    """Suppliers' footprints that came, newest first, with what the check found."""
    found = service.exchange.client.kept(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.received_at, one.id))
    return PcfPage(footprints=[PcfEntry(**_entry(one)) for one in page], next=following)


@router.get(
    "/supplier-footprints/{pcf_id}",
    summary="Read a supplier's footprint",
    responses=problems(401, 404),
)
def read_supplier_footprint(service: ServiceNeeded, actor: ActorNeeded, pcf_id: PcfId) -> PcfAnswer:
    """One of them, with its document as it came."""
    found = service.exchange.client.pcf(actor, pcf_id)
    return PcfAnswer(**_entry(found), document=json.loads(found.document))


@router.post(
    "/supplier-footprints/{pcf_id}/impact",
    summary="What a supplier's newer footprint touches",
    responses=problems(401, 403, 404),
)
def examine_supplier_footprint(
    service: ServiceNeeded,
    actor: ActorNeeded,
    pcf_id: PcfId,
    apply: Annotated[
        bool, Query(description="Suspend the certificates that are to be suspended.")
    ] = False,
) -> dict[str, Any]:
    """Your footprints and certificates that rest on this footprint of a supplier, each with the
    number that its successor gives."""
    return service.exchange.superseded.examine(actor, pcf_id, apply=apply)


def _ask(ask: SupplierAsk) -> AskAnswer:
    return AskAnswer(
        id=ask.id,
        partner=ask.partner,
        way=ask.way,
        wanted=json.loads(ask.wanted),
        state=ask.state,
        said=ask.said,
        asked_at=ask.asked_at.isoformat(),
        answered_at=None if ask.answered_at is None else ask.answered_at.isoformat(),
    )


def _entry(pcf: KeptPcf) -> dict[str, Any]:
    return {
        "id": pcf.id,
        "partner": pcf.partner,
        "file": pcf.file,
        "company": pcf.company,
        "product": pcf.product,
        "status": pcf.status,
        "replaced_by": pcf.replaced_by,
        "usable": pcf.usable,
        "findings": json.loads(pcf.findings),
        "received_at": pcf.received_at.isoformat(),
    }
