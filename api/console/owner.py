"""Pages of who may do what: people and their invitations, tokens, settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Path
from fastapi.responses import Response

from api.console.desk_view import readable_moment
from api.console.form_faults import NOTHING, in_fields
from api.console.forms import FormSent, Posted
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import INVALID, ServiceRefused
from api.paging import cursor_at, place_after
from api.scopes import LEAST, SCOPES
from api.services.people import need_role
from api.services.staff import INVITATION_LIFE
from api.services.tokens import TERMS
from api.store.staff import Member
from api.store.tenants import ALL_ROLES
from api.words import translated_problem
from footprint.faults import InputRefused

pages = router()

#: Sign-ins on a page.
SIGN_INS = 50

Id = Annotated[str, Path(max_length=64)]


@pages.get("/people")
def show_people(visit: SignedIn) -> Response:
    """Who belongs here, and who may do what?"""
    return _people(visit)


def _people(
    visit: PersonVisit,
    *,
    invited: Member | None = None,
    link: str = "",
    refused: InputRefused | None = None,
    typed: Mapping[str, str] = NOTHING,
) -> Response:
    values = {
        "members": visit.service.staff.listed(visit.actor),
        "roles": ALL_ROLES,
        "me": visit.actor.identity,
        "invited": invited,
        "link": link,
        "days": INVITATION_LIFE.days,
        "problems": in_fields(visit, refused, {"name": "person_name"}),
        "typed": typed,
    }
    status = 422 if refused else 200
    return visit.show("people.html.j2", values, status=status, same=Same("footprint tokens add"))


@pages.post("/people")
def invite(visit: SignedIn, form: FormSent) -> Response:
    """Invite somebody: the answer shows the link, once."""
    name = form.line("name")
    try:
        made, secret = visit.service.staff.invite(visit.actor, name, _roles(form))
    except InputRefused as refused:
        if isinstance(refused, ServiceRefused) and refused.fault is not INVALID:
            raise
        return _people(visit, refused=refused, typed=form.texts)
    return _people(visit, invited=made, link=_address(visit, secret))


@pages.post("/people/{member}")
def change_person(visit: SignedIn, member: Id, form: FormSent) -> Response:
    """Give a person other roles, a new link, or an end."""
    staff, what = visit.service.staff, form.text("do")
    if what == "link":
        found, secret = staff.invite_again(visit.actor, member)
        return _people(visit, invited=found, link=_address(visit, secret))
    if what == "end":
        staff.end(visit.actor, member)
    elif what == "roles":
        try:
            staff.give(visit.actor, member, _roles(form))
        except ServiceRefused as refused:
            if refused.fault is not INVALID:
                raise
            return _people(visit, refused=refused)
    else:
        raise INVALID.refuse("The form cannot be used: there is no such step.")
    return visit.go("/people")


def _roles(form: Posted) -> list[str]:
    """The roles that are ticked."""
    return [role for role in ALL_ROLES if form.text(f"role-{role}")]


def _scopes(form: Posted) -> list[str]:
    """The scopes that are ticked."""
    return [scope for scope in SCOPES if form.text(f"scope-{scope}")]


def _address(visit: PersonVisit, secret: str) -> str:
    return f"{visit.service.settings.base_url}/open/{secret}"


@pages.get("/tokens")
def show_tokens(visit: SignedIn) -> Response:
    """Which programs may come in for me, until when, and to do what?"""
    return _tokens(visit)


def _tokens(
    visit: PersonVisit,
    *,
    secret: str = "",
    refused: InputRefused | None = None,
    typed: Mapping[str, str] = NOTHING,
) -> Response:
    problems = [] if refused is None else refused.problems
    now = visit.service.clock()
    values = {
        "tokens": visit.service.tokens.listed(visit.actor),
        "roles": visit.actor.roles,
        "terms": TERMS,
        "now": now,
        "secret": secret,
        "scopes": SCOPES,
        "typed": typed,
        "least": LEAST,
        "owner": "owner" in visit.actor.roles,
        "problems": [translated_problem(one, visit.language) for one in problems],
    }
    status = 422 if problems else 200
    return visit.show("tokens.html.j2", values, status=status, same=Same("footprint tokens list"))


@pages.post("/tokens")
def make_token(visit: SignedIn, form: FormSent) -> Response:
    """Make a token: the answer shows its secret, once."""
    try:
        name, days = form.line("name"), form.number("days")
        _, secret = visit.service.tokens.make(visit.actor, name, _roles(form), days, _scopes(form))
    except InputRefused as refused:
        if isinstance(refused, ServiceRefused) and refused.fault is not INVALID:
            raise
        return _tokens(visit, refused=refused, typed=form.texts)
    return _tokens(visit, secret=secret)


@pages.post("/tokens/{token}/rotate")
def renew_token(visit: SignedIn, token: Id) -> Response:
    """Give a token another secret: the answer shows it, once."""
    _, secret = visit.service.tokens.rotate(visit.actor, token)
    return _tokens(visit, secret=secret)


@pages.post("/tokens/{token}/revoke")
def end_token(visit: SignedIn, token: Id) -> Response:
    """Shut a token out for good."""
    visit.service.tokens.revoke(visit.actor, token)
    return visit.go("/tokens")


@pages.get("/sign-ins")
def show_sign_ins(visit: SignedIn) -> Response:
    """Who came in, who was refused, and who is locked out for a while?"""
    door, now = visit.service.door, visit.service.clock()
    after = place_after(visit.request.query_params.get("cursor"))
    found = door.listed(visit.actor, SIGN_INS + 1, after)
    shown, last = found[:SIGN_INS], found[SIGN_INS - 1 : SIGN_INS]
    more = len(found) > SIGN_INS
    values = {
        "locks": [
            (one, max(1, round((one.locked_until - now).total_seconds() / 60)))
            for one in door.locks(visit.actor)
            if one.locked_until is not None
        ],
        "rows": [(one, readable_moment(one.at)) for one in shown],
        "names": visit.service.log.names(visit.actor),
        "next": urlencode({"cursor": cursor_at(last[0].at, last[0].id)}) if more else "",
        "owner": True,
    }
    same = Same("footprint door sign-ins", "GET /v1/sign-ins")
    return visit.show("sign_ins.html.j2", values, same=same)


@pages.post("/locks/{lock}")
def unlock_on_page(visit: SignedIn, lock: Id) -> Response:
    """Let what is locked try again at once."""
    visit.service.door.unlock(visit.actor, lock)
    return visit.go("/sign-ins")


@pages.get("/settings")
def show_settings(visit: SignedIn) -> Response:
    """How is this installation set up? Nothing secret, and nothing to change from here."""
    need_role(visit.actor, "owner")
    settings, service = visit.service.settings, visit.service
    rows = (
        ("issuer_name", settings.issuer_name),
        ("issuer_name_zh", settings.issuer_name_zh),
        ("base_url", settings.base_url),
        ("private_address", settings.private_address),
        ("four_eyes", "true" if settings.four_eyes else "false"),
        ("surveillance_months", str(settings.surveillance_months)),
        ("max_body_bytes", str(settings.max_body_bytes)),
        ("rate_per_address", settings.rate_per_address),
        ("rate_per_token", settings.rate_per_token),
        ("lock_failures", str(settings.lock_failures)),
        ("lock_minutes", str(settings.lock_minutes)),
        ("job_workers", str(settings.job_workers)),
        ("job_lines", str(settings.job_lines)),
    )
    values = {"rows": rows, "did": service.issuer_did, "key": service.keyring.active_id}
    return visit.show("settings.html.j2", values, same=Same("footprint keys list"))
