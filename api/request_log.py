"""A line of the log for each request: what was asked by its route, never what was in it.

Addresses, queries, bodies and headers may hold secrets (a link that signs in stands in its path),
so none of them is ever logged: the template of the route says what was asked.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, Literal, TextIO, cast
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics

LogForm = Literal["plain", "json", "off"]
#: Where layers and routes leave what the log says of a request.
TENANT, REQUEST_ID = "footprint.tenant", "footprint.request"
#: A request id of a proxy is taken over if it is a UUID: no secret of ours has that form.
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def request_logger(form: LogForm, stream: TextIO | None = None) -> Any:
    """What writes the lines, to stderr if no stream is given; None for `off`."""
    if form == "off":
        return None
    render: Any = structlog.processors.JSONRenderer(ensure_ascii=False)
    if form == "plain":
        render = structlog.processors.KeyValueRenderer(
            key_order=["at", "event"], repr_native_str=False
        )
    stamp = structlog.processors.TimeStamper(fmt="iso", utc=True, key="at")
    return structlog.wrap_logger(
        structlog.WriteLogger(stream or sys.stderr),
        processors=[stamp, render],
        wrapper_class=structlog.BoundLogger,
        cache_logger_on_first_use=True,
    )


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that was answered. `route` is its template, empty where no route fits."""

    request: str
    tenant: str
    method: str
    route: str
    status: int
    seconds: float


class Observed:
    """The outermost ASGI layer: gives each request an id, and counts and logs its answer."""

    def __init__(self, app: ASGIApp, logger: Any, metrics: Metrics) -> None:
        self.app, self.logger, self.metrics = app, logger, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope[REQUEST_ID] = named = _request_id(scope)
        started, status = time.perf_counter(), 500  # what fails is answered outside of all layers

        async def telling(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
                MutableHeaders(scope=message)["X-Request-Id"] = named
            await send(message)

        try:
            await self.app(scope, receive, telling)
        finally:
            self._answered(scope, status, time.perf_counter() - started)

    def _answered(self, scope: Scope, status: int, seconds: float) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "OTHER"
        route = str(getattr(scope.get("route"), "path", ""))
        one = Answered(
            scope[REQUEST_ID], scope.get(TENANT, ""), method, route, status, round(seconds, 4)
        )
        self.metrics.count(method, route, status, seconds)
        if self.logger is not None:
            said = {name: getattr(one, name) for name in Answered.__dataclass_fields__}
            self.logger.info("request", **said)


def _request_id(scope: Scope) -> str:
    given = Headers(scope=scope).get("x-request-id", "")
    return given.lower() if _UUID.fullmatch(given) else str(uuid4())


def of_tenant(scope: MutableMapping[str, Any], tenant: str) -> None:
    """Remember whose request this is, for its line of the log."""
    cast("dict[str, Any]", scope)[TENANT] = tenant
