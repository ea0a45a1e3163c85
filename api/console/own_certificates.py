"""Own certificates: in force until when, and what to do about them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Path
from fastapi.responses import Response

from api.console.certificates_view import actions_for, certificate_rows, label_files
from api.console.desk_view import desk_row
from api.console.form_faults import NOTHING, in_fields
from api.console.forms import FormSent
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import REFUSED
from api.paging import cursor_at, place_after
from api.services.lifecycle import Wanted
from api.services.verdicts import Standing
from api.store.certificates import StoredCertificate
from footprint.certificates.number import parse_certificate_number
from footprint.faults import InputRefused

pages = router()

Number = Annotated[str, Path(max_length=40)]
#: Certificates on a page.
_PAGE = 25
#: Orders on their way that are listed: those that wait longest.
_MOST = 50
_WANTED: dict[str, Wanted] = {
    "suspend": "suspended",
    "reinstate": "reinstated",
    "revoke": "revoked",
}


@pages.get("/certificates")
def list_certificates(visit: SignedIn) -> Response:
    """Own certificates by the day on which they end, and orders on their way."""
    service, asked = visit.service, visit.request.query_params
    ended, today = asked.get("show") == "ended", service.clock().date()
    place = place_after(asked.get("cursor"))
    after = None if place is None else (place[0].date(), place[1])
    found = service.certificates.listed(visit.actor, _PAGE + 1, after, ended=ended)
    shown = found[:_PAGE]
    standings = service.register.standings([one.number for one in shown])
    first = not ended and after is None
    waiting = service.applications.waiting(visit.actor, _MOST) if first else []
    glances = service.glances.at(visit.actor, waiting, today) if waiting else []
    values = {
        "rows": certificate_rows(standings, service.rules, today, visit.language),
        "waiting": [
            (desk_row(known, glance.product, "", service.rules, visit.actor, today), known)
            for known, glance in zip(waiting, glances, strict=True)
        ],
        "ordered": asked.get("ordered") == "1",
        "ended": ended,
        "first": first,
        "next": _further(shown[-1], ended=ended) if len(found) > _PAGE else "",
    }
    return visit.show("certificates.html.j2", values, same=Same(call="GET /v1/register"))


def _further(last: StoredCertificate, *, ended: bool) -> str:
    end = datetime.combine(last.valid_until, time(), UTC)
    asked = {"show": "ended"} if ended else {}
    return "/certificates?" + urlencode(asked | {"cursor": cursor_at(end, last.number)})


@pages.get("/certificates/{number}")
def show_certificate(visit: SignedIn, number: Number) -> Response:
    """One of them: its state, its files, and what may be done."""
    return _page(visit, number)


@pages.post("/certificates/{number}")
def change_certificate(visit: SignedIn, number: Number, form: FormSent) -> Response:
    """Suspend, reinstate or revoke; a revocation needs the number typed, for it is final."""
    wanted = _WANTED.get(form.text("do"))
    if wanted is None:
        raise REFUSED.refuse("The form cannot be used.")
    try:
        if wanted == "revoked" and _typed(form.text("confirm")) != parse_certificate_number(number):
            raise REFUSED.refuse(
                "The number that was typed is another one. Nothing was changed.",
                "A revocation is final: type the number of this certificate.",
            )
        reason, key = form.text("reason")[:500], form.text("key")[:100] or None
        visit.service.lifecycle.change_status(visit.actor, number, wanted, reason, key)
    except InputRefused as refused:
        return _page(visit, number, refused, form.texts)
    return visit.go(f"/certificates/{parse_certificate_number(number)}")


def _typed(number: str) -> str:
    try:
        return parse_certificate_number(number)
    except InputRefused:
        return ""


def _signers(visit: PersonVisit, owned: StoredCertificate) -> list[str]:
    """Who made, checked and approved it; of a program that did, what its token is called."""
    names = visit.service.log.names(visit.actor)
    found = (owned.maker, owned.checker, owned.approver)
    return [names.get(one, one) for one in found if one]


def _page(
    visit: PersonVisit,
    number: str,
    refused: InputRefused | None = None,
    typed: Mapping[str, str] = NOTHING,
) -> Response:
    service = visit.service
    standing: Standing = service.register.standing(number)
    owned = standing.certificate
    if owned.tenant != visit.actor.tenant:
        owned = service.certificates.owned(visit.actor, number)  # refuses, as for no certificate
    today = service.clock().date()
    (row,) = certificate_rows([standing], service.rules, today, visit.language)
    kept = service.products.with_footprint(visit.actor, owned.footprint)
    values = {
        "row": row,
        "kept": kept,
        "owned": owned,
        "signers": _signers(visit, owned),
        "reason": standing.status.reason,
        "actions": actions_for(owned, visit.actor),
        "objections": service.objections.to(owned.number, 50),
        "files": label_files(standing),
        "problems": in_fields(visit, refused, {"reason": "reason_public"}),
        "typed": typed,
        "key": f"status-{service.drafts.entropy(16).hex()}",
    }
    same = Same(f"footprint status {owned.number}", f"GET /v1/certificates/{owned.number}")
    status = 422 if refused else 200
    return visit.show("certificate.html.j2", values, status=status, same=same)
