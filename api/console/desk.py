"""The issuer's desk: whose turn it is, and an application with everything that decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, get_args

from fastapi import Path
from fastapi.responses import Response

from api.console.desk_view import (
    DeskRow,
    desk_row,
    happenings,
    readable_moment,
    reason_tree,
    total_text,
    turn_of,
)
from api.console.forms import FormSent, Posted
from api.console.guesses_view import guesses_view
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import INVALID, NOT_EARNED, STATUS_FINAL, UNKNOWN_PATH, ServiceRefused
from api.paging import cursor_at, place_after
from api.services.applications import order_in
from api.services.issuer import Signatures
from api.store.applications import Application
from api.store.footprints import StoredFootprint
from api.words import translated_problem
from footprint.certificates.lifecycle import ApplicationStep
from footprint.faults import InputRefused
from footprint.rules import markets_at_a_glance
from footprint.study import DecidedQuestion, decide_question
from footprint.values.decision import Decision
from label_templates.render import label_svg

pages = router()

ApplicationId = Annotated[str, Path(max_length=64)]
#: Rows of a list on the page of the desk.
_ROWS = 25
#: Applications without an end that it shows: those that wait longest.
_OPEN = 50
#: The word in the form of each step.
_STEPS: tuple[ApplicationStep, ...] = get_args(ApplicationStep)


@pages.get("/desk")
def show_desk(visit: SignedIn) -> Response:
    """Whose turn is it? Three lists, what is to be looked at again, and what is held against."""
    asked = visit.request.query_params
    service, actor = visit.service, visit.actor
    cursor = asked.get("cursor")
    waiting = [] if cursor else service.applications.waiting(actor, _OPEN + 1)
    done = service.applications.ended(actor, _ROWS + 1, place_after(cursor))
    shown, more = done[:_ROWS], len(done) > _ROWS
    rows, ended = _rows(visit, waiting[:_OPEN], shown)
    today = service.clock().date()
    values = {
        "mine": [row for row in rows if row.turn.mine],
        "others": [row for row in rows if not row.turn.mine],
        "cut": _OPEN if len(waiting) > _OPEN else 0,
        "done": ended,
        "further": cursor or "",
        "next": f"/desk?cursor={cursor_at(shown[-1].changed_at, shown[-1].id)}" if more else "",
        "due": [] if cursor else service.lifecycle.due(actor, _ROWS),
        "objections": [] if cursor else service.objections.waiting(actor, _ROWS),
        "plan": None if cursor else service.plans.newest(actor),
        "once": service.plans.entropy(16).hex(),
        "today": today,
        "may_survey": "checker" in actor.roles,
    }
    return visit.show("desk.html.j2", values, same=Same("", "GET /v1/applications"))


def _rows(
    visit: PersonVisit, waiting: Sequence[Application], ended: Sequence[Application]
) -> tuple[list[DeskRow], list[DeskRow]]:
    """The rows of both, with the verdict of today where one is still to be given."""
    service, today, every = visit.service, visit.service.clock().date(), [*waiting, *ended]
    glances = service.glances.at(visit.actor, every, today)
    rows = [
        desk_row(
            known,
            glance.product,
            glance.verdict if at < len(waiting) else "",
            service.rules,
            visit.actor,
            today,
        )
        for at, (known, glance) in enumerate(zip(every, glances, strict=True))
    ]
    return rows[: len(waiting)], rows[len(waiting) :]


def _decision(visit: PersonVisit, known: Application, footprint: StoredFootprint) -> Decision:
    text, statement = visit.service.statements.tried(footprint, known.scheme, known.evidence)
    day, tier = visit.service.clock().date(), order_in(known).tier
    question = DecidedQuestion(known.scheme, tier, day, text, statement is not None)
    rules, content = visit.service.rules, footprint.content
    return decide_question(content, question, rules, footprint.document_hash)


@pages.get("/desk/{application_id}")
def show_application(visit: SignedIn, application_id: ApplicationId) -> Response:
    """What will be printed, why it may be, and who did what."""
    return _page(visit, visit.service.applications.get(visit.actor, application_id))


def _page(visit: PersonVisit, known: Application, *, status: int = 200, **told: Any) -> Response:
    footprint = visit.service.footprints.get(visit.actor, known.footprint)
    decision = _decision(visit, known, footprint)
    content = footprint.content
    scheme = visit.service.rules.schemes[known.scheme]
    values = {
        "known": known,
        "guesses": guesses_view(content),
        "seen": known.changed_at.isoformat(),
        "since": readable_moment(known.changed_at),
        "product": content["product"],
        "amount": total_text(content),
        "lacks": content["completeness"]["lacks"],
        "scheme": scheme,
        "decision": decision,
        "reasons": [reason_tree(one, visit.language) for one in decision.trace.children]
        or [reason_tree(decision.trace, visit.language)],
        "markets": markets_at_a_glance(decision, visit.language),
        "turn": turn_of(known, visit.actor),
        "course": happenings(visit.service.applications.course(known), known),
        "label": decision.verdict == "pass" and known.state not in {"issued", "withdrawn"},
        "note": "",
        "problems": [],
        "wrong_note": False,
        "acted": "",
        "saw": "",
    } | told
    same = Same("", f"GET /v1/applications/{known.id}")
    return visit.show("application.html.j2", values, status=status, same=same)


@pages.get("/desk/{application_id}/label.svg")
def preview_label(visit: SignedIn, application_id: ApplicationId) -> Response:
    """The label as it would be drawn today, marked as a draft."""
    known = visit.service.applications.get(visit.actor, application_id)
    footprint = visit.service.footprints.get(visit.actor, known.footprint)
    text, statement = visit.service.statements.tried(footprint, known.scheme, known.evidence)
    order, now = replace(order_in(known), evidence=text), visit.service.clock()
    signatures = Signatures(known.maker, known.checker or "-", "-", known.id, statement)
    view = visit.service.certificates.issuer.preview(footprint, order, now, signatures)
    if view is None:
        raise UNKNOWN_PATH.refuse("There is no such file.")
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": "default-src 'none'"}
    drawn = label_svg(view, visit.language)
    return Response(drawn, media_type="image/svg+xml", headers=headers)


@pages.post("/desk/{application_id}")
def take_step(visit: SignedIn, application_id: ApplicationId, form: FormSent) -> Response:
    """One step: hand in, check, send back, approve, give up."""
    known = visit.service.applications.get(visit.actor, application_id)
    step, note = form.text("do"), form.line("note")
    if step not in _STEPS:
        raise INVALID.refuse("The form cannot be used: there is no such step.")
    if step == "return" and not note:
        return _page(visit, known, status=422, wrong_note=True)
    try:
        _taken(visit, known.id, step, form)
    except ServiceRefused as refused:
        if refused.fault is STATUS_FINAL:
            return _overtaken(visit, known.id, note)
        if refused.fault is NOT_EARNED:
            return _page(visit, known, status=422, saw=form.text("verdict"), note=note)
        raise
    except InputRefused as refused:
        problems = [translated_problem(one, visit.language) for one in refused.problems]
        return _page(visit, known, status=422, problems=problems, note=note)
    return visit.go(f"/desk/{known.id}")


def _taken(visit: PersonVisit, application: str, step: str, form: Posted) -> None:
    """Take a step on what the form has seen. Raises as the services do."""
    service, actor, note = visit.service.applications, visit.actor, form.line("note")
    seen = _moment(form.text("seen"))
    if step == "submit":
        service.submit(actor, application, seen)
    elif step == "check":
        service.check(actor, application, note, seen)
    elif step == "return":
        service.send_back(actor, application, note, seen)
    elif step == "withdraw":
        service.withdraw(actor, application, seen)
    else:
        service.approve(actor, application, seen)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise INVALID.refuse("The form cannot be used: it names no state.") from None


def _overtaken(visit: PersonVisit, application: str, note: str) -> Response:
    """Somebody else acted first: who, what, when, and the present state; what was written stays."""
    known = visit.service.applications.get(visit.actor, application)
    last = happenings(visit.service.applications.course(known), known)[-1]
    return _page(visit, known, status=409, acted=last, note=note)
