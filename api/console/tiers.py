"""The page of tiers: which labels the number as it is would earn."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.console.held_view import held_back
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.console.tiers_view import OUT_OF_REACH, tier_groups
from api.console.total_view import total_view
from footprint.canonical_fast import canonical_bytes
from footprint.documents.footprint import footprint_document
from footprint.faults import InputRefused
from footprint.rules import decide_all, read_evidence
from footprint.study import facts_of

pages = router()


@pages.get("/drafts/{draft_id}/tiers")
def show_tiers(visit: SignedIn, draft_id: Annotated[str, Path(max_length=64)]) -> Response:
    """Which label, and what is missing?"""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    try:
        work = visit.service.drafts.work(opened)
    except InputRefused:
        return visit.go(f"/drafts/{opened.id}/columns")
    rules, day = visit.service.rules, visit.service.clock().date()
    document = json.loads(canonical_bytes(footprint_document(work.footprint)))
    decisions = decide_all(rules, facts_of(document), read_evidence("", "evidence"), day)
    total = total_view(work, visit.language)
    values = {
        "draft": opened.stored,
        "product": work.bom.product,
        "total": total,
        "groups": tier_groups(decisions, rules, visit.language, asked_market(visit)),
        "markets": market_names(visit),
        "market": asked_market(visit),
        "ordering": "",
        "out_of_reach": OUT_OF_REACH,
        "held": held_back(decisions, total.left, document, visit.service.inventory),
    }
    same = Same(f"footprint decide {opened.draft.file} --evidence FILE")
    return visit.show("tiers.html.j2", values, same=same)


def asked_market(visit: PersonVisit) -> str:
    """The market that the address names; "" for none that is known."""
    asked = visit.request.query_params.get("market", "")
    return asked if asked in visit.service.rules.markets else ""


def market_names(visit: PersonVisit) -> list[tuple[str, str]]:
    """Every market with the name of its place."""
    found = visit.service.rules.markets.values()
    return [(one.id, one.place.zh if visit.language == "zh" else one.place.en) for one in found]
