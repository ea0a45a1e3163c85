"""The page of a result, and its files."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.console.result_view import result_view
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import UNKNOWN_PATH
from api.services.answer_pack import pact_bytes, pact_problems
from api.services.drafts import OpenDraft
from footprint.drafts.work import Work
from footprint.faults import InputRefused
from footprint.report.build import footprint_report
from footprint.uncertainty.simulate import add_uncertainty
from label_templates.report.forms import MEDIA_TYPES, rendered

pages = router()

DraftId = Annotated[str, Path(max_length=64)]


@pages.get("/drafts/{draft_id}/result")
def show_result(visit: SignedIn, draft_id: DraftId) -> Response:
    """How much, how sure, from where?"""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    try:
        work = visit.service.drafts.work(opened)
    except InputRefused:
        return visit.go(f"/drafts/{opened.id}/columns")
    if visit.request.query_params.get("interval") == "1" and work.settled:
        drawn = add_uncertainty(work.footprint, visit.service.inventory)
        work = replace(work, footprint=drawn)
    product = work.bom.product
    values = {"draft": opened.stored, "product": product} | _values(visit, work)
    values["likely"] = visit.service.products.likely(visit.actor, opened, product.name)
    same = Same(
        f"footprint calculate {opened.draft.file} --allow-gaps",
        "POST /v1/footprints",
        "result.json",
    )
    return visit.show("result.html.j2", values, same=same)


def _values(visit: PersonVisit, work: Work) -> dict[str, object]:
    day = visit.service.clock().date()
    return {"view": result_view(work, visit.service.inventory, visit.language, day)}


@pages.get("/drafts/{draft_id}/files/{form}")
def download(
    visit: SignedIn, draft_id: DraftId, form: Annotated[str, Path(max_length=8)]
) -> Response:
    """The report as PDF, web page or workbook; or the PACT document."""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    work = visit.service.drafts.work(opened)
    if form == "pact":
        moment = visit.service.clock().astimezone(UTC)
        if pact_problems(work.footprint, moment):
            return visit.go(f"/drafts/{opened.id}/facts?pact=1#errors")
        content = pact_bytes(work.footprint, moment)
        return _file(opened, content, "application/json", "pact.json")
    if form not in MEDIA_TYPES:
        raise UNKNOWN_PATH.refuse("There is no such file.")
    day = visit.service.clock().date()
    report = footprint_report(work.footprint, work.bom, visit.service.inventory, day)
    content = rendered(report, work.footprint, form, visit.language)
    return _file(opened, content, MEDIA_TYPES[form], f"{visit.language}.{form}")


def _file(opened: OpenDraft, content: bytes, media_type: str, ending: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="footprint-{opened.id[:8]}-{ending}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=media_type, headers=headers)
