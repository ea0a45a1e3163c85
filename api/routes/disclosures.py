"""Figures of your products for corporate disclosure."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import Field

from api.faults import REFUSED
from api.field_types import Amount
from api.law_schemas import LawAnswer
from api.openapi import problems
from api.routes.upload import XLSX
from api.schemas import Asked
from api.services.service import Service
from api.store.tenants import Actor
from api.wiring import ActorNeeded, ServiceNeeded
from footprint.report.disclosure import SoldProduct, disclosure
from footprint.report.disclosure_workbook import disclosure_workbook

router = APIRouter(prefix="/v1", tags=["Footprints"])


class SoldAsked(Asked):
    """One of your footprints, and the units sold."""

    footprint_id: str = Field(description="Id of one of your footprints.", max_length=64)
    sold: Amount = Field(description="Declared units sold in the year.")
    bought: Amount | None = Field(default=None, description="Of them, by the buyer.")


class DisclosureAsked(Asked):
    """What an export is made of."""

    company: Annotated[str, Field(min_length=1, max_length=2000, description="Who discloses.")]
    buyer: str = Field(default="", max_length=2000, description="Whose category 1 is wanted.")
    products: list[SoldAsked] = Field(
        min_length=1, max_length=1000, description="Products and units sold."
    )


@router.post(
    "/disclosures",
    summary="Export for corporate disclosure",
    responses=problems(400, 401, 404, 413, 422),
)
def export_for_disclosure(
    service: ServiceNeeded, actor: ActorNeeded, asked: DisclosureAsked
) -> LawAnswer:
    """Footprint times units sold by product, sums by boundary and GWP set, and the figures of the
    buyer's scope 3 category 1 from cradle-to-gate footprints. Nothing is stored."""
    return LawAnswer(answer=_export(service, actor, asked))


@router.post(
    "/disclosures/workbook",
    summary="Export for corporate disclosure, as a workbook",
    response_class=Response,
    responses={
        200: {"description": "The workbook (XLSX).", "content": {XLSX: {}}},
        **problems(400, 401, 404, 413, 422),
    },
)
def workbook_for_disclosure(
    service: ServiceNeeded, actor: ActorNeeded, asked: DisclosureAsked
) -> Response:
    """The same export as a workbook of our own layout: the same request, the same bytes. Nothing is
    stored."""
    book = disclosure_workbook(_export(service, actor, asked))
    headers = {"Content-Disposition": 'attachment; filename="disclosure.xlsx"'}
    return Response(book, media_type=XLSX, headers=headers)


def _export(service: Service, actor: Actor, asked: DisclosureAsked) -> dict[str, Any]:
    """Raises ServiceRefused API-003 (more bought than sold) and API-201."""
    for one in asked.products:
        if one.bought is not None and one.bought > one.sold:
            raise REFUSED.refuse("More was bought than sold.", "Give `bought` as a part of `sold`.")
    products = [
        SoldProduct(service.footprints.get(actor, one.footprint_id).content, one.sold, one.bought)
        for one in asked.products
    ]
    return disclosure(products, asked.company, asked.buyer)
