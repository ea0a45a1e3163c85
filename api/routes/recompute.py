"""Bundles, proofs and recalls: what is behind certificates, for their owners."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import JSONResponse, Response

from api.inventories import compiled_inventory
from api.life_schemas import ProofOrder, RecallOrder, RecallReport
from api.openapi import problems
from api.routes.certificates import Number
from api.wiring import ActorNeeded, ServiceNeeded

router = APIRouter(prefix="/v1", tags=["Recomputation"])


@router.get(
    "/certificates/{number}/bundle",
    summary="The bundle of a certificate, for a verifier",
    response_class=JSONResponse,
    responses={
        200: {
            "description": "Everything that the certificate was made of.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        },
        **problems(401, 404, 409, 422),
    },
)
def read_bundle(service: ServiceNeeded, actor: ActorNeeded, number: Number) -> Response:
    """Bill of materials, evidence, factors, rules, engine: with it `footprint verify --bundle`
    calculates the certificate again, offline and to the last digit. It holds all your lines: give
    it to a verifier under confidence, never to a buyer."""
    bundle = service.recompute.bundle(actor, number)
    name = f'attachment; filename="{bundle["number"]}.bundle.json"'
    headers = {"Cache-Control": "no-store", "Content-Disposition": name}
    return JSONResponse(bundle, headers=headers)


@router.post(
    "/certificates/{number}/proofs",
    summary="Prove chosen lines",
    responses=problems(400, 401, 404, 409, 422),
)
def prove_lines(
    service: ServiceNeeded, actor: ActorNeeded, number: Number, order: ProofOrder
) -> dict[str, Any]:
    """Show chosen lines of the bill of materials, each with the proof that the certificate commits
    to it. The other lines stay hidden; `footprint verify --proof` checks it offline."""
    return service.recompute.proof(actor, number, order.lines)


@router.post(
    "/recalls", summary="Recall after a correction", responses=problems(400, 401, 403, 422)
)
def recall(service: ServiceNeeded, actor: ActorNeeded, order: RecallOrder) -> RecallReport:
    """Find your certificates in force that a corrected inventory (or the rules in use) touches: by
    how much, which tiers are lost, what to do, and the notice to send. With `apply` those that are
    to be suspended are suspended; without it nothing changes."""
    cache = service.settings.cache
    report = service.recalls.examine(
        actor,
        compiled_inventory(cache, order.old_inventory),
        compiled_inventory(cache, order.new_inventory),
        apply=order.apply,
    )
    return RecallReport.model_validate(report)
