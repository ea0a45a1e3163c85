"""The verifier's evidence room: one application, by a link of its own, until a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, get_args

from fastapi import Path
from fastapi.responses import Response

from api.console.desk_view import total_text
from api.console.door import give_room, may_sign_in, room_cookie
from api.console.figures import line_unit
from api.console.form_faults import NOTHING
from api.console.forms import FormSent, Posted
from api.console.room_view import made_again, room_view
from api.console.route import router
from api.console.shell import AnyVisit, Same, SignedIn, Visit
from api.faults import (
    FINDING_OPEN,
    INVALID,
    LINK_USED,
    STATUS_FINAL,
    UNKNOWN_APPLICATION,
    ServiceRefused,
)
from api.services.rooms import ROOM_TERMS
from api.store.applications import Application
from api.store.rooms import Grant, Severity
from api.store.tenants import Actor
from api.words import translated_problem
from footprint.faults import InputRefused
from footprint.rules.evidence import AssuranceLevel, VerifierKind

pages = router()

ApplicationId = Annotated[str, Path(max_length=64)]
Secret = Annotated[str, Path(max_length=100)]
#: Refusals that are said on the page itself, beside what can be done.
_SAID = (INVALID, STATUS_FINAL, FINDING_OPEN)


@dataclass(frozen=True, slots=True)
class Room:
    """A visit to a room: by a verifier with his grant, or by whose application it is."""

    visit: Visit
    known: Application
    grant: Grant | None
    actor: Actor

    @property
    def may_answer(self) -> bool:
        """Whether findings are answered by this person."""
        return self.grant is None and "maker" in self.actor.roles


def _room(visit: Visit, application: str) -> Room:
    """The room, if this visitor may be in it. Raises ServiceRefused API-206 as for one that is not
    there."""
    service = visit.service
    secret = visit.request.cookies.get(room_cookie(service), "")
    if secret:
        try:
            grant = service.rooms.grant(secret)
        except ServiceRefused:
            grant = None
        if grant is not None and grant.application == application:
            actor = Actor(grant.tenant, f"room:{grant.id}", grant.verifier, ())
            return Room(visit, service.rooms.entered(grant), grant, actor)
    if visit.actor is None:
        raise UNKNOWN_APPLICATION.refuse(
            "There is no such room, or its link opens it no more.",
            "Open the link once more, or ask for a new one.",
        )
    return Room(visit, service.applications.get(visit.actor, application), None, visit.actor)


@pages.get("/room/enter/{secret}")
def look_at_room(visit: AnyVisit, secret: Secret) -> Response:
    """A page with one button."""
    try:
        grant = visit.service.rooms.grant(secret)
    except ServiceRefused as refused:
        if refused.fault is not LINK_USED:
            raise
        return visit.show("used.html.j2", {}, status=410)
    values = {"secret": secret, "verifier": grant.verifier, "day": grant.expires_at.date()}
    return visit.show("room_door.html.j2", values)


@pages.post("/room/enter/{secret}")
def enter_room(visit: AnyVisit, secret: Secret) -> Response:
    """Go into the room, until the day on which the link ends."""
    grant = visit.service.rooms.grant(secret)
    may_sign_in(visit.request, visit.service)
    answer = visit.go(f"/room/{grant.application}")
    seconds = int((grant.expires_at - visit.service.clock()).total_seconds())
    give_room(answer, visit.service, secret, seconds)
    return answer


@pages.get("/room/{application_id}")
def show_room(visit: AnyVisit, application_id: ApplicationId) -> Response:
    """Does the evidence carry the claim?"""
    return _page(_room(visit, application_id))


def _page(
    room: Room,
    *,
    refused: InputRefused | None = None,
    link: str = "",
    typed: Mapping[str, str] = NOTHING,
) -> Response:
    visit, service = room.visit, room.visit.service
    footprint, inputs = service.recompute.made_from(room.actor, room.known.footprint)
    content, state = footprint.content, service.rooms.state(room.known)
    bom, table = inputs.read_with_table()
    here = content["provenance"]["inventory"] == service.inventory.hash
    asked = visit.request.query_params.get("recompute") == "1"
    problems = [] if refused is None else refused.problems
    values: dict[str, Any] = {
        "known": room.known,
        "verifier": room.grant is not None,
        "may_answer": room.may_answer,
        "may_invite": room.may_answer,
        "product": content["product"],
        "amount": total_text(content),
        "scheme": service.rules.schemes[room.known.scheme],
        "view": room_view(bom, table, content, service.inventory, state),
        "line_unit": line_unit,
        "state": state,
        "here": here,
        "inventory": content["provenance"]["inventory"],
        "again": made_again(bom, inputs, content, service.inventory) if asked and here else None,
        "total": repr(content["totals"]["excluding_biogenic_uptake_kg_co2e"]),
        "decided": room.known.state not in {"draft", "returned", "submitted"},
        "stated": any(one.verifier == room.actor.person for one in state.statements),
        "kinds": [kind for kind in get_args(VerifierKind) if kind != "self"],
        "levels": get_args(AssuranceLevel),
        "now": service.clock(),
        "terms": ROOM_TERMS,
        "link": link,
        "typed": typed,
        "problems": [translated_problem(one, visit.language) for one in problems],
    }
    status = 200
    if refused is not None:
        status = refused.fault.status if isinstance(refused, ServiceRefused) else 422
    same = Same(f"footprint bundle {room.known.number}" if room.known.number else "")
    return visit.show("room.html.j2", values, status=status, same=same)


@pages.post("/room/{application_id}")
def act_in_room(visit: AnyVisit, application_id: ApplicationId, form: FormSent) -> Response:
    """What a verifier does, and what is answered to him."""
    room = _room(visit, application_id)
    try:
        where = _done(room, form)
    except InputRefused as refused:
        if isinstance(refused, ServiceRefused) and refused.fault not in _SAID:
            raise
        return _page(room, refused=refused, typed=form.texts)
    return visit.go(f"/room/{room.known.id}#{where}")


def _done(room: Room, form: Posted) -> str:
    """Do it; the part of the page where it is seen. Raises as `Rooms` does."""
    rooms, what = room.visit.service.rooms, form.text("do")
    if what == "answer":
        # Whoever is in by a link asks the question; he does not answer it.
        actor = room.actor
        rooms.answer(actor, room.known.id, form.text("finding"), form.line("answer"))
        return "findings"
    if room.grant is None:
        raise INVALID.refuse("The form cannot be used: it is the verifier's.")
    if what == "draw":
        rooms.draw(room.grant)
        return "sample"
    if what == "open":
        number = form.number("line")
        _, inputs = room.visit.service.recompute.made_from(room.actor, room.known.footprint)
        if not 1 <= number <= len(inputs.read().lines):
            raise INVALID.refuse("The form cannot be used: there is no such line.")
        rooms.open(room.grant, number)
        return f"line-{number}"
    if what == "find":
        severities: tuple[Severity, ...] = get_args(Severity)
        wanted = [one for one in severities if one == form.text("severity")]
        if not wanted:
            raise INVALID.refuse("The form cannot be used: there is no such step.")
        rooms.find(room.grant, wanted[0], form.line("about"), form.line("text"))
        return "findings"
    if what in {"close", "reopen"}:
        (rooms.close if what == "close" else rooms.reopen)(room.grant, form.text("finding"))
        return "findings"
    if what == "conclude":
        kind, level = form.text("kind"), form.text("level")
        rooms.conclude(room.grant, kind, level, form.line("limits"))
        return "statement"
    raise INVALID.refuse("The form cannot be used: there is no such step.")


@pages.post("/room/{application_id}/links")
def invite_verifier(visit: SignedIn, application_id: ApplicationId, form: FormSent) -> Response:
    """Let a verifier in: the answer shows the link, once; or end a link."""
    known = visit.service.applications.get(visit.actor, application_id)
    room = Room(visit, known, None, visit.actor)
    if form.text("do") == "revoke":
        visit.service.rooms.revoke(visit.actor, known.id, form.text("grant"))
        return visit.go(f"/room/{known.id}#links")
    try:
        days = form.number("days")
        _, secret = visit.service.rooms.invite(visit.actor, known.id, form.line("name"), days)
    except InputRefused as refused:
        if isinstance(refused, ServiceRefused) and refused.fault not in _SAID:
            raise
        return _page(room, refused=refused, typed=form.texts)
    link = f"{visit.service.settings.base_url}/room/enter/{secret}"
    return _page(room, link=link)
