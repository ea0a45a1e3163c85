"""Two ASGI layers around everything: a limit on request bodies, and security headers."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.faults import TOO_LARGE
from api.headers import SECURITY_HEADERS
from api.problems import problem_response


class BodyLimit:
    """Refuse a request whose body is longer than `limit` bytes, announced or not; at the `others`
    the limit is another one, which is the named setting."""

    def __init__(
        self, app: ASGIApp, limit: int, others: Mapping[str, tuple[int, str]] | None = None
    ) -> None:
        self.app = app
        self.limit = (limit, "FOOTPRINT_MAX_BODY_BYTES")
        self.others = dict(others or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit, setting = self.others.get(f"{scope['method']} {scope['path']}", self.limit)
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > limit:
            refused = TOO_LARGE.refuse(f"{_too_long(limit, setting)}.")
            await problem_response(Request(scope), refused)(scope, receive, send)
            return
        seen = 0

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:  # of all exceptions the framework lets only this kind through
                raise HTTPException(TOO_LARGE.status, _too_long(limit, setting))
            return message

        await self.app(scope, counted, send)


def _too_long(limit: int, setting: str) -> str:
    return (
        f"What was sent is longer than {limit / 2**20:.3g} MB ({limit} bytes). Leave out pictures "
        "and sheets that are no list, or save the list as CSV; or ask the operator to raise "
        f"{setting}"
    )


class SecurityHeaders:
    """Set the headers that tell browsers to trust nothing; a route may set its own first."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY_HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, guarded)
