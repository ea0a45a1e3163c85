"""A certificate on the desk: surveillance of its holder, and what is held against it."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Path
from fastapi.responses import Response
from pydantic import ValidationError

from api.console.form_faults import in_fields, mendable
from api.console.forms import FormSent
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import INVALID, STATUS_FINAL, ServiceRefused
from api.plan_schemas import PlanOrder
from api.store.certificates import StoredCertificate
from footprint.certificates.lifecycle import (
    CERTIFICATE_RULES,
    ObjectionGround,
    against_certificate,
)
from footprint.certificates.lifecycle import Person as Signatory
from footprint.faults import InputRefused

pages = router()

Number = Annotated[str, Path(max_length=64)]
#: Objections that a page shows.
_MOST = 100


@pages.get("/desk/certificates/{number}")
def show_watched(visit: SignedIn, number: Number) -> Response:
    """Is the holder still as he was, and what do others say?"""
    return _page(visit, visit.service.lifecycle.owned(visit.actor, number))


def _page(
    visit: PersonVisit,
    found: StoredCertificate,
    *,
    wrong: str = "",
    refused: InputRefused | None = None,
    note: str = "",
) -> Response:
    """The certificate with its forms. `wrong`: the form that lacks words; `refused`: why the `note`
    of a surveillance was not taken, which stays."""
    actor = visit.actor
    person = Signatory(actor.identity, actor.roles)
    may = "approver" in actor.roles
    # Whoever made a certificate that others signed too does not judge what is held against it.
    own = bool(found.approver) and found.maker == actor.identity
    over = found.valid_until < visit.service.clock().date() and found.status == "issued"
    draft = found.status == "issued" and bool(found.view_content.get("draft"))
    values = {
        "found": found,
        "view": found.view_content,
        "state": "expired" if over else "draft" if draft else found.status,
        "objections": visit.service.objections.to(found.number, _MOST),
        "may_survey": against_certificate("survey", found.status, person) is None,
        "may_answer": may and not own,
        "judged": may and own,
        "once": visit.service.certificates.entropy(16).hex(),
        "wrong": wrong,
        "problems": in_fields(visit, refused, {"note": "survey_note"}),
        "note": note,
    }
    status = 422 if wrong or refused else 200
    if isinstance(refused, ServiceRefused):
        status = refused.fault.status
    same = Same("", f"GET /v1/certificates/{found.number}")
    return visit.show("watched.html.j2", values, status=status, same=same)


@pages.post("/desk/plans")
def draw_plan(visit: SignedIn, form: FormSent) -> Response:
    """Draw whom to visit, by a seed; the same form draws once."""
    try:
        order = PlanOrder(seed=form.line("seed"))
    except ValidationError:
        raise INVALID.refuse(
            "A seed has 1 to 64 printable ASCII characters.",
            "Such as 2026-Q4, or the number of a lottery.",
        ) from None
    visit.service.plans.draw(visit.actor, order.seed, form.text("once")[:64] or None)
    return visit.go("/desk#plan")


@pages.post("/desk/certificates/{number}/surveillance")
def record_survey(visit: SignedIn, number: Number, form: FormSent) -> Response:
    """Record that the holder was looked at again today; the same form counts once."""
    found = visit.service.lifecycle.owned(visit.actor, number)
    note = form.line("note")
    may = CERTIFICATE_RULES["survey"].role in visit.actor.roles
    if may and not note:
        return _page(visit, found, wrong="survey")
    once = form.text("once")[:64] or None
    lifecycle = visit.service.lifecycle
    try:
        lifecycle.record_surveillance(visit.actor, found.number, note, once)
    except InputRefused as refused:
        if not (isinstance(refused, ServiceRefused) and refused.fault is STATUS_FINAL):
            mendable(refused)
        now = lifecycle.owned(visit.actor, found.number)
        return _page(visit, now, refused=refused, note=form.text("note"))
    return visit.go(f"/desk/certificates/{found.number}")


@pages.post("/desk/certificates/{number}/objections/{objection_id}")
def judge_objection(
    visit: SignedIn,
    number: Number,
    objection_id: Annotated[str, Path(max_length=64)],
    form: FormSent,
) -> Response:
    """Uphold or reject an objection, in public."""
    found = visit.service.lifecycle.owned(visit.actor, number)
    if not form.text("answer") and "approver" in visit.actor.roles:
        return _page(visit, found, wrong=objection_id)
    state: Literal["upheld", "rejected"] = "upheld"
    if form.text("state") != "upheld":
        if form.text("state") != "rejected":
            raise INVALID.refuse("The form cannot be used: there is no such step.")
        state = "rejected"
    answer = form.line("answer")
    ground: ObjectionGround = "falsification" if form.text("falsification") else "other"
    visit.service.objections.answer(visit.actor, found.number, objection_id, state, answer, ground)
    return visit.go(f"/desk/certificates/{found.number}")
