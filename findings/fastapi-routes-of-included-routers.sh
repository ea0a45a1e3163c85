#!/usr/bin/env bash
# FastAPI 0.165: `app.routes` has no route of an included router, and 405 names one method of two.
#
# One would expect: `for route in app.routes: if isinstance(route, APIRoute)` walks every operation,
# as it did for years, and `Allow` of a 405 lists every method that the path has.
# What happens: `include_router` adds one opaque entry; the APIRoutes are in its `original_router`.
# Two routes of one path with GET and POST answer DELETE with `Allow: GET`.
# Why it matters here: a service that issues certificates is held to a table of who may ask what. A
# test that walks `app.routes` so as to find a route that the table forgot finds none, and passes
# whatever is added. A buyer's client that reads `Allow` concludes that it cannot post.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  fastapi==0.165.0 starlette==1.10.0 httpx==0.28.1
cat > "$folder/probe.py" <<'PY'
import asyncio
from importlib.metadata import version

import httpx
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute

app = FastAPI()
router = APIRouter(prefix="/footprints")


@router.get("")
def listed() -> None: ...


@router.post("")
def made() -> None: ...


app.include_router(router)
walked = [route for route in app.routes if isinstance(route, APIRoute)]
documented = sum(len(methods) for methods in app.openapi()["paths"].values())


async def refused() -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.delete("/footprints")


answer = asyncio.run(refused())
print("fastapi", version("fastapi"), "starlette", version("starlette"))
print("operations in the OpenAPI document:", documented)
print("APIRoutes in app.routes:", len(walked))
print("DELETE:", answer.status_code, "Allow:", answer.headers["allow"])
assert documented == 2
assert walked == []
assert answer.status_code == 405
assert answer.headers["allow"] == "GET"
PY
"$folder/venv/bin/python" "$folder/probe.py"
