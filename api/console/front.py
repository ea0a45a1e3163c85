"""The front page, and the ways in and out."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Annotated

from fastapi import Path, Request
from fastapi.responses import Response

from api.addresses import address_key
from api.console.door import give_session, may_sign_in, session_secret, take_session
from api.console.forms import FormSent
from api.console.products_view import product_rows
from api.console.route import router
from api.console.shell import AnyVisit, Visit, own_page
from api.faults import UNKNOWN_PATH
from api.services.door import Knock
from api.services.drafts import DRAFT_LIFE
from api.store.drafts import ListedDraft
from footprint.examples import EXPORTS
from label_templates.console_files import static_files

pages = router()

#: Products that the front page shows.
_LAST = 5


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft in a list."""

    listed: ListedDraft

    @property
    def id(self) -> str:
        """Its id."""
        return self.listed.id

    @property
    def file(self) -> str:
        """The file that it is of."""
        return self.listed.file

    @property
    def name(self) -> str:
        """What it is called: its product, else its file."""
        name: str = json.loads(self.listed.content)["facts"].get("name", "")
        return name or self.listed.file

    @property
    def day(self) -> str:
        """The day of the last change."""
        return self.listed.changed_at.date().isoformat()


Secret = Annotated[str, Path(max_length=100)]


@pages.get("/")
def front(visit: AnyVisit) -> Response:
    """What can I do here; signed in: what is waiting for me."""
    if visit.actor is None:
        return visit.show("welcome.html.j2", {})
    drafts = [DraftRow(one) for one in visit.service.drafts.listed(visit.actor, 10)]
    kept = visit.service.products.listed(visit.actor, _LAST)
    values = {
        "drafts": drafts,
        "products": product_rows(kept, visit.language),
        "examples": EXPORTS,
        "days": DRAFT_LIFE.days,
    }
    return visit.show("front.html.j2", values)


@pages.get("/guide")
def guide(visit: AnyVisit) -> Response:
    """My customer wants a footprint: what now?"""
    return visit.show("guide.html.j2", {})


@pages.get("/open/{secret}")
def look_at_link(visit: AnyVisit, secret: Secret) -> Response:
    """A page with one button: looking at a link does not use it up, as previews of links do."""
    if visit.service.sessions.stands(secret):
        return visit.show("open.html.j2", {"secret": secret})
    return visit.show("used.html.j2", {}, status=410)


@pages.post("/open/{secret}")
def use_link(visit: AnyVisit, secret: Secret) -> Response:
    """Sign in by a link, once."""
    door, sessions = visit.service.door, visit.service.sessions
    knock = Knock("link", address_key(visit.request))
    door.refuse_locked(knock)
    if not sessions.stands(secret):
        door.failed(knock)
        return visit.show("used.html.j2", {}, status=410)
    may_sign_in(visit.request, visit.service)
    return _entered(visit, knock, sessions.open(secret))


@pages.get("/sign-in")
def ask_token(visit: AnyVisit) -> Response:
    """Where an access token is pasted."""
    to = own_page(visit.request, visit.request.query_params.get("to", "")[:500])
    return visit.show("sign_in.html.j2", {"wrong": False, "to": to})


@pages.post("/sign-in")
def sign_in(visit: AnyVisit, form: FormSent) -> Response:
    """Sign in with an access token."""
    may_sign_in(visit.request, visit.service)
    door, sessions = visit.service.door, visit.service.sessions
    knock = Knock("token", address_key(visit.request))
    door.refuse_locked(knock)
    to = own_page(visit.request, form.text("to")[:500])
    if not sessions.holds(form.text("token")):
        door.failed(knock)
        return visit.show("sign_in.html.j2", {"wrong": True, "to": to}, status=422)
    return _entered(visit, knock, sessions.enter(form.text("token")), to or "/")


def _entered(visit: Visit, knock: Knock, session: str, to: str = "/") -> Response:
    """The page `to`, with the session that was opened; it is remembered who came."""
    actor = visit.service.sessions.actor(session)
    if actor is not None:
        visit.service.door.came_in(knock, actor)
    answer = visit.go(to)
    give_session(answer, visit.service, session)
    return answer


@pages.post("/sign-out")
def sign_out(visit: AnyVisit, request: Request) -> Response:
    """End the session."""
    visit.service.sessions.close(session_secret(request, visit.service))
    answer = visit.go("/")
    take_session(answer, visit.service)
    return answer


@pages.get("/static/{name}")
def static(request: Request, name: Annotated[str, Path(max_length=100)]) -> Response:
    """Our own style and script: never changed under the same name."""
    found = static_files().get(name)
    if found is None:
        raise UNKNOWN_PATH.refuse("There is no such file.")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return Response(found.packed, 200, headers, found.media_type)
    return Response(found.content, 200, headers, found.media_type)
