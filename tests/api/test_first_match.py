"""The short way to a router leads where the framework's long way leads."""

from __future__ import annotations

import re
from typing import Any

import pytest
from evidence import some
from fastapi import FastAPI
from starlette.routing import BaseRoute, Match

from api.app import create_app
from api.first_match import FirstMatch, all_routes
from api.settings import Settings


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    return create_app(Settings(store_dir=tmp_path_factory.mktemp("store")))


def request(path: str, method: str) -> dict[str, Any]:
    return {"type": "http", "path": path, "root_path": "", "method": method, "headers": []}


def test_each_address_leads_to_the_router_that_has_it(app: FastAPI) -> None:
    first, *routers = app.router.routes
    assert isinstance(first, FirstMatch)
    for route in some(all_routes(routers)):
        method = sorted(route.methods)[0]  # type: ignore[attr-defined]
        path = re.sub(r"\{\w+\}", "x-1", route.path)  # type: ignore[attr-defined]
        long = next(one for one in routers if one.matches(request(path, method))[0] is Match.FULL)
        match, child = first.matches(request(path, method))
        assert (match, child["footprint.router"]) == (Match.FULL, long), path


@pytest.mark.parametrize(
    ("path", "method"),
    [("/nowhere", "GET"), ("/v1/footprints", "DELETE"), ("/v1/footprints/", "GET"), ("", "GET")],
)
def test_what_no_router_takes_goes_the_long_way(app: FastAPI, path: str, method: str) -> None:
    assert app.router.routes[0].matches(request(path, method)) == (Match.NONE, {})


def test_another_kind_of_connection_goes_the_long_way(app: FastAPI) -> None:
    route: BaseRoute = app.router.routes[0]
    scope = request("/v1/footprints", "GET") | {"type": "websocket"}
    assert route.matches(scope) == (Match.NONE, {})


def test_it_is_no_route_of_its_own(app: FastAPI) -> None:
    assert not [one for one in some(all_routes(app.routes)) if isinstance(one, FirstMatch)]
    assert "/v1/footprints" in app.openapi()["paths"]
