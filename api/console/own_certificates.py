"""Own certificates: in force until when, and what to do about them."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.console.certificates_view import actions_for, certificate_rows, label_files
from api.console.forms import FormSent
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import REFUSED
from api.services.lifecycle import Wanted
from api.services.verdicts import Standing
from api.words import translated_problem
from footprint.certificates.number import parse_certificate_number
from footprint.faults import InputRefused, Problem

pages = router()

Number = Annotated[str, Path(max_length=40)]
#: Certificates and applications that are listed.
_MOST = 200
_WANTED: dict[str, Wanted] = {
    "suspend": "suspended",
    "reinstate": "reinstated",
    "revoke": "revoked",
}


@pages.get("/certificates")
def list_certificates(visit: SignedIn) -> Response:
    """Own certificates by the day on which they end, and orders on their way."""
    service = visit.service
    numbers = [one.number for one in service.certificates.listed(visit.actor, _MOST)]
    standings = service.register.standings(numbers)
    today = service.clock().date()
    waiting = [
        one
        for one in service.applications.listed(visit.actor, None, _MOST)
        if one.state not in {"issued", "withdrawn"}
    ]
    values = {
        "rows": certificate_rows(standings, service.rules, today, visit.language),
        "waiting": waiting,
        "ordered": visit.request.query_params.get("ordered") == "1",
    }
    return visit.show("certificates.html.j2", values, same=Same(call="GET /v1/register"))


@pages.get("/certificates/{number}")
def show_certificate(visit: SignedIn, number: Number) -> Response:
    """One of them: its state, its files, and what may be done."""
    return _page(visit, number, ())


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
        return _page(visit, number, refused.problems)
    return visit.go(f"/certificates/{parse_certificate_number(number)}")


def _typed(number: str) -> str:
    try:
        return parse_certificate_number(number)
    except InputRefused:
        return ""


def _page(visit: PersonVisit, number: str, problems: tuple[Problem, ...]) -> Response:
    service = visit.service
    owned = service.certificates.owned(visit.actor, number)
    standing: Standing = service.register.standing(owned.number)
    today = service.clock().date()
    (row,) = certificate_rows([standing], service.rules, today, visit.language)
    kept = service.products.with_footprint(visit.actor, owned.footprint)
    values = {
        "row": row,
        "kept": kept,
        "owned": owned,
        "reason": standing.status.reason,
        "actions": actions_for(owned, visit.actor),
        "objections": service.objections.to(owned.number, 50),
        "files": label_files(standing),
        "problems": [translated_problem(one, visit.language) for one in problems],
        "key": f"status-{service.drafts.entropy(16).hex()}",
    }
    same = Same(f"footprint status {owned.number}", f"GET /v1/certificates/{owned.number}")
    status = 422 if problems else 200
    return visit.show("certificate.html.j2", values, status=status, same=same)
