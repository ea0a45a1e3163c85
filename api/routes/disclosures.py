"""Figures of your products for corporate disclosure."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from api.faults import REFUSED
from api.field_types import Amount
from api.law_schemas import LawAnswer
from api.openapi import problems
from api.schemas import Asked
from api.wiring import ActorNeeded, ServiceNeeded
from footprint.report.disclosure import SoldProduct, disclosure

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
    for one in asked.products:
        if one.bought is not None and one.bought > one.sold:
            raise REFUSED.refuse("More was bought than sold.", "Give `bought` as a part of `sold`.")
    products = [
        SoldProduct(service.footprints.get(actor, one.footprint_id).content, one.sold, one.bought)
        for one in asked.products
    ]
    return LawAnswer(answer=disclosure(products, asked.company, asked.buyer))
