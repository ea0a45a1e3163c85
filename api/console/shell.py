"""What every page has: language, who is signed in, where one can go, versions; and its headers."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, cast
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Match

from api.console.door import session_secret, the_same_place
from api.console.figures import place_text
from api.faults import UNAUTHORIZED
from api.language import Language, best_of, nearest_language
from api.request_log import of_tenant
from api.services.service import Service
from api.store.tenants import Actor
from footprint.version import __version__
from label_templates.console_pages import console_language, languages_of, page, tag_of
from label_templates.languages import LANGUAGES
from label_templates.languages import Language as PageLanguage

#: The language that a visitor chose, kept by his browser.
LANGUAGE_COOKIE = "footprint-language"
CONSOLE_CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class Same:
    """The same as a page shows: as a command, as an API call, as a file."""

    command: str = ""
    call: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """A request to the console: to which service, for a reader of which language, by whom (None:
    nobody)."""

    request: Request
    service: Service
    reader: PageLanguage
    actor: Actor | None

    @property
    def language(self) -> Language:
        """The language of messages, and of pages that have two."""
        return console_language(self.reader)

    @property
    def fragment(self) -> bool:
        """Whether only parts of the page are asked for."""
        return self.request.headers.get("x-fragment") == "1"

    def show(
        self,
        template: str,
        values: Mapping[str, Any],
        *,
        status: int = 200,
        same: Same | None = None,
    ) -> Response:
        """A page, with everything that all pages have."""
        spoken = languages_of(template)
        language = self.reader if self.reader in spoken else self.language
        refused = status in {409, 422} and self.request.method == "POST"
        shared = {
            "shell": self._shell(spoken, same, refused=status in {409, 422} and not self.fragment),
            "refused_form": refused,
            "place": lambda code: place_text(code, language),
        }
        text = page(template, language, shared | dict(values))
        headers = self.headers() | {"Content-Language": tag_of(language)}
        content = text.encode("utf-8", "xmlcharrefreplace")
        if self.fragment:
            headers["X-Fragment"] = "1"
        if "gzip" in self.request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            content = gzip.compress(content, 5, mtime=0)
        answer = HTMLResponse(content, status, headers)
        self._keep_language(answer)
        return answer

    def go(self, address: str) -> Response:
        """A redirect after a form: the next page is asked for by itself."""
        return RedirectResponse(address, 303, self.headers())

    def headers(self) -> dict[str, str]:
        """The headers of every page of the console."""
        return {
            "Content-Security-Policy": CONSOLE_CSP,
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-store" if self.actor is not None else "no-cache",
            "Content-Language": self.language,
            "Vary": "Accept-Encoding, Accept-Language, Cookie, X-Fragment",
        }

    def _called(self) -> str:
        """What whoever is signed in is called; of a token, as its owner called it."""
        own = "" if self.actor is None else self.actor.identity
        if self.actor is None or not own.startswith("token:"):
            return own
        return self.service.log.names(self.actor).get(own, own)

    def _keep_language(self, answer: Response) -> None:
        asked = self.request.query_params.get("lang")
        if asked in LANGUAGES:
            answer.set_cookie(
                LANGUAGE_COOKIE,
                asked,
                max_age=365 * 24 * 3600,
                samesite="lax",
                secure=self.request.url.scheme == "https",
            )

    def _shell(self, spoken: Sequence[PageLanguage], same: Same | None, *, refused: bool) -> Shell:
        path = self.request.url.path
        if self.request.method == "POST":  # an address that takes forms alone is no page
            path = nearest_page(self.request, path)
        others = [(k, v) for k, v in self.request.query_params.multi_items() if k != "lang"]
        links = {one: f"{path}?{urlencode([*others, ('lang', one)])}" for one in spoken}
        return Shell(
            person=self._called(),
            signed_in=self.actor is not None,
            path=path,
            languages=links,
            data=self.service.inventory.hash.removeprefix("sha256:")[:12],
            rules=self.service.rules.hash.removeprefix("sha256:")[:12],
            engine=__version__,
            issuer=self.service.settings.issuer_name,
            issuer_zh=self.service.settings.issuer_name_zh,
            refused=refused,
            same=same or Same(),
        )


def nearest_page(request: Request, path: str) -> str:
    """An address of ours, or what stands above it where it is no page; at last the front page."""
    path = "/" + path.strip("/")
    while path and not _is_page(request, path):
        path = path.rpartition("/")[0]
    return path or "/"


def own_page(request: Request, address: str) -> str:
    """An address of ours that leads to a page: path and query alone; "" for any other, as a
    stranger may have written it."""
    try:
        split = urlsplit(address)
    except ValueError:
        return ""
    path = split.path
    if split.scheme or split.netloc or not path.startswith("/") or path.startswith("//"):
        return ""
    if path == "/" or nearest_page(request, path) != path:
        return ""
    return f"{path}?{split.query}" if split.query else path


def _is_page(request: Request, path: str) -> bool:
    scope = {**request.scope, "path": path, "method": "GET"}
    return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)


@dataclass(frozen=True, slots=True)
class Shell:
    """What the frame of a page shows. `languages`: this page in each language. `refused`: what was
    sent could not be done, and the words that say why have the focus."""

    person: str
    signed_in: bool
    path: str
    languages: Mapping[PageLanguage, str]
    data: str
    rules: str
    engine: str
    issuer: str
    issuer_zh: str
    refused: bool
    same: Same = field(default_factory=Same)


def language_for(request: Request) -> PageLanguage:
    """The language of a reader: asked for in the address, chosen before, else his browser's."""
    asked = request.query_params.get("lang") or request.cookies.get(LANGUAGE_COOKIE)
    accepted = request.headers.get("accept-language")
    return cast(
        "PageLanguage", nearest_language(LANGUAGES, asked) or best_of(LANGUAGES, None, accepted)
    )


def the_visit(request: Request) -> Visit:
    """The visit of anybody. A form from another place is refused. Raises ServiceRefused API-104."""
    service: Service = request.app.state.service
    the_same_place(request, service)
    secret = session_secret(request, service)
    actor = service.sessions.actor(secret) if secret else None
    if actor is not None:
        of_tenant(request.scope, actor.tenant)
    return Visit(request, service, language_for(request), actor)


AnyVisit = Annotated[Visit, Depends(the_visit)]


@dataclass(frozen=True, slots=True)
class PersonVisit(Visit):
    """A visit of somebody who is signed in."""

    actor: Actor


async def the_person(visit: AnyVisit) -> PersonVisit:
    """The visit of somebody who is signed in. Raises ServiceRefused API-101."""
    if visit.actor is None:
        if visit.request.method != "GET":
            raise UNAUTHORIZED.refuse(
                "You are not signed in, or your session has ended: nothing of this was stored.",
                "Sign in, go back to the page, and send it again.",
            )
        raise UNAUTHORIZED.refuse("This page is for people who are signed in.")
    return PersonVisit(visit.request, visit.service, visit.reader, visit.actor)


SignedIn = Annotated[PersonVisit, Depends(the_person)]
