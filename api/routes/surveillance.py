"""Plans of surveillance: samples of certificates in force that are to be visited."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.openapi import problems
from api.paging import PageAsked
from api.plan_schemas import PlanAnswer, PlanOrder, PlanPage, plan_answer, plan_entry
from api.wiring import ActorNeeded, IdempotencyKey, ServiceNeeded

router = APIRouter(prefix="/v1/surveillance/plans", tags=["Applications"])


@router.post(
    "",
    status_code=201,
    summary="Draw a sample for surveillance",
    responses={
        201: {"description": "The plan. The header Location says where it is."},
        **problems(400, 401, 403, 413, 422),
    },
)
def draw_plan(
    service: ServiceNeeded,
    actor: ActorNeeded,
    order: PlanOrder,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> PlanAnswer:
    """Draw which of your certificates in force are to be visited (role checker), and keep it. The
    same seed and the same register draw the same; each drawing is in the log."""
    made = service.plans.draw(actor, order.seed, idempotency_key)
    base_url = service.settings.base_url
    response.headers["Location"] = f"{base_url}/v1/surveillance/plans/{made.plan.id}"
    return plan_answer(made)


@router.get("", summary="List plans of surveillance", responses=problems(401, 422))
def list_plans(service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked) -> PlanPage:
    """Your plans, the newest first, one page at a time."""
    found = service.plans.listed(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.drawn_at, one.id))
    return PlanPage(plans=[plan_entry(one) for one in page], next=following)


@router.get("/{plan_id}", summary="Read a plan of surveillance", responses=problems(401, 404, 422))
def read_plan(
    service: ServiceNeeded,
    actor: ActorNeeded,
    plan_id: Annotated[str, Path(description="Id of a plan (UUID).", max_length=64)],
) -> PlanAnswer:
    """One of your plans: whom it drew, and who was visited since (a surveillance that was recorded
    counts)."""
    return plan_answer(service.plans.get(actor, plan_id))
