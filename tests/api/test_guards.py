"""The layers around every route: body limit, security headers, errors without stack traces."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request

from api.guards import BodyLimit, SecurityHeaders
from api.problems import handle_problems

LIMIT = 100


def _app() -> FastAPI:
    app = FastAPI()

    @app.post("/length")
    async def length(request: Request) -> int:
        return len(await request.body())

    @app.post("/json")
    async def echo(body: dict[str, Any]) -> dict[str, Any]:
        return body

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("secret detail")

    handle_problems(app)
    app.add_middleware(BodyLimit, limit=LIMIT)
    app.add_middleware(SecurityHeaders)
    return app


def _ask(method: str, path: str, **arguments: Any) -> httpx.Response:
    async def ask() -> httpx.Response:
        transport = httpx.ASGITransport(_app(), raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return await client.request(method, path, **arguments)

    return asyncio.run(ask())


async def _chunks(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * 50


def test_a_body_of_the_largest_size_is_read() -> None:
    assert _ask("POST", "/length", content=b"x" * LIMIT).json() == LIMIT


@pytest.mark.parametrize("path", ["/length", "/json"])
def test_an_announced_body_that_is_too_large_is_refused(path: str) -> None:
    answer = _ask("POST", path, content=b"x" * (LIMIT + 1))
    assert answer.status_code == 413
    assert answer.json()["code"] == "API-301"


@pytest.mark.parametrize("path", ["/length", "/json"])
def test_a_streamed_body_that_is_too_large_is_refused(path: str) -> None:
    headers = {"Content-Type": "application/json"}
    answer = _ask("POST", path, content=_chunks(3), headers=headers)
    assert answer.status_code == 413
    assert answer.json()["code"] == "API-301"
    assert str(LIMIT) in answer.json()["detail"]


def test_a_streamed_body_within_the_limit_is_read() -> None:
    assert _ask("POST", "/length", content=_chunks(2)).json() == 100


@pytest.mark.parametrize("path", ["/length", "/nowhere", "/broken"])
def test_every_answer_has_the_security_headers(path: str) -> None:
    headers = _ask("GET", path).headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_an_unexpected_error_shows_nothing_of_its_inside() -> None:
    answer = _ask("GET", "/broken")
    assert answer.status_code == 500
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "API-901"
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [("GET", "/nowhere", 404, "API-204"), ("DELETE", "/json", 405, "API-205")],
)
def test_the_frameworks_own_refusals_are_problem_documents(
    method: str, path: str, status: int, code: str
) -> None:
    answer = _ask(method, path)
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == code
    assert "detail" in answer.json()


def test_the_title_is_in_the_language_asked_for() -> None:
    answer = _ask("GET", "/nowhere", headers={"Accept-Language": "zh-CN"})
    assert answer.headers["Content-Language"] == "zh"
    assert answer.json()["title"] == "此地址无内容"
