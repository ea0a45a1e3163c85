"""Routes of the console: what goes wrong is said as a page, not as a problem document."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from fastapi.routing import APIRoute
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from api.console.door import session_secret
from api.console.forms import keep_written, written_in
from api.console.shell import Visit, language_for, nearest_page, own_page
from api.faults import INVALID, UNKNOWN_PATH, ServiceRefused
from api.services.service import Service
from api.store.tenants import Actor
from api.words import translated_problem
from footprint.faults import InputRefused

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class ConsoleRoute(APIRoute):
    """A route whose refusals are pages, each with a way on."""

    def get_route_handler(self) -> Handler:
        """The handler, with refusals shown as pages."""
        inner = super().get_route_handler()

        async def shown(request: Request) -> Response:
            try:
                return await inner(request)
            except InputRefused as error:
                refused: InputRefused = error
            except RequestValidationError:
                refused = INVALID.refuse("The form cannot be read.")
            except HTTPException as error:
                if error.status_code != UNKNOWN_PATH.status:
                    raise
                refused = UNKNOWN_PATH.refuse("There is no such page.")
            await keep_written(request, refused)
            return await run_in_threadpool(refusal_page, request, refused)

        return shown


def router() -> APIRouter:
    """A router of the console: its routes are pages, and no part of the API's contract."""
    return APIRouter(route_class=ConsoleRoute, include_in_schema=False)


def _actor(request: Request, service: Service) -> Actor | None:
    """Who asks; nobody where the database cannot be asked: the page must still be shown."""
    secret = session_secret(request, service)
    try:
        return service.sessions.actor(secret) if secret else None
    except SQLAlchemyError:
        return None


def _form_of(request: Request) -> str:
    """The page of ours that a form was sent from; "" where none was, or it is not told."""
    sent = urlsplit(request.headers.get("referer", ""))
    if request.method != "POST" or sent.netloc != request.url.netloc:
        return ""
    path = nearest_page(request, sent.path)
    if path == "/":
        return ""
    return f"{path}?{sent.query}" if sent.query and path == sent.path else path


def _sign_in_for(request: Request, form: str) -> str:
    """Where somebody signs in to come back to the page that he asked for, or sent a form from."""
    query = f"?{request.url.query}" if request.url.query else ""
    asked = form if request.method == "POST" else request.url.path + query
    return f"/sign-in?{urlencode({'to': asked})}" if own_page(request, asked) else "/sign-in"


def refusal_page(request: Request, refused: InputRefused) -> Response:
    """A page that says what was refused, where, and what to do."""
    service: Service = request.app.state.service
    visit = Visit(request, service, language_for(request), _actor(request, service))
    status = refused.fault.status if isinstance(refused, ServiceRefused) else 422
    problems = [translated_problem(one, visit.language) for one in refused.problems]
    title = ""
    if isinstance(refused, ServiceRefused) and visit.reader == visit.language:
        fault = refused.fault
        title = fault.title_zh if visit.language == "zh" else fault.title
    back = _form_of(request)
    values = {
        "title": title,
        "problems": problems,
        "code": status,
        "back": back,
        "written": written_in(request),
        "sign_in": _sign_in_for(request, back),
    }
    answer = visit.show("refused.html.j2", values, status=status)
    if isinstance(refused, ServiceRefused):
        answer.headers.update(refused.headers)
    return answer
