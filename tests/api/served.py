"""A running installation for tests: the real application, a real server, a real client."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.app import create_app
from api.services.access import let_in
from api.services.service import Service
from api.settings import Settings

sys.path.append(str(Path(__file__).parents[1]))  # benches and scripts know this folder alone

import forked
from still_clock import NOON, StillClock

REPOSITORY = Path(__file__).parents[2]
BASE_URL = "https://labels.example.com"

BOM = """\
# name: Wall bracket
# name_zh: 墙面支架
# company: Example Metal Ltd
# country: CN
# declared_unit: 1 piece
# mass: 0.5 kg
# reference_period: 2025-01-01/2025-12-31
id,name,quantity,unit,dataset,stage
1,Cold-rolled steel,0.55,kg,steel-cold-rolled-cn,material
2,Electricity,0.8,kWh,electricity-grid-cn,production
"""

_PRODUCTS = count(1)


def own_bom(name: str = "") -> bytes:
    """The bill of materials of a product of its own (processes of their own give it a `name`): the
    same order twice would be refused."""
    return f"# product_ids: urn:example:bracket-{name or next(_PRODUCTS)}\n{BOM}".encode()


#: What the disclosure tier of th-tgo asks for.
EVIDENCE: dict[str, Any] = {
    "sales_channel": "b2b",
    "methods": ["TGO CFP guideline"],
    "pcr": "Metal fittings",
    "verification": {
        "by": "Example Verification Ltd",
        "kind": "registered-verifier",
        "date": "2026-10-30",
        "level": "limited",
    },
}


#: A rate that no test reaches; what a limit does is a test of its own.
UNLIMITED = "1000000/second"


def settings_for(folder: Path, **more: Any) -> Settings:
    """Settings of a store in `folder`, with the compiled inventory that all tests share."""
    cache = Path(os.environ.get("FOOTPRINT_CACHE", REPOSITORY / ".cache" / "footprint"))
    given: dict[str, Any] = {
        "rate_per_address": UNLIMITED,
        "rate_per_token": UNLIMITED,
        "rate_objections_per_address": UNLIMITED,
        "rate_objections_per_certificate": UNLIMITED,
        "log": "off",
    } | more
    return Settings(store_dir=folder / "store", cache=cache, base_url=BASE_URL, **given)


@dataclass
class Site:
    """A served installation: `client` has the first token, `visitor` none."""

    service: Service
    clock: StillClock
    client: httpx.Client
    visitor: httpx.Client
    app: FastAPI
    others: list[httpx.Client] = field(default_factory=list)

    def other_tenant(self, tenant: str = "other") -> httpx.Client:
        """A client with a token of another tenant."""
        secret = os.urandom(16).hex()
        let_in(self.service.database, tenant, "test", secret, NOON, os.urandom(16))
        client = _client(str(self.client.base_url), secret)
        self.others.append(client)
        return client

    def footprint(self, client: httpx.Client | None = None, bom: bytes | None = None) -> str:
        """The id of a new footprint, of a product of its own unless its table is given."""
        table = own_bom() if bom is None else bom
        answer = (client or self.client).post(
            "/v1/footprints", content=table, headers={"Content-Type": "text/csv"}
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["id"])

    def order(self, **changes: Any) -> dict[str, Any]:
        """An order that the rules grant, for a certificate of a product of its own."""
        order = {
            "footprint_id": changes.get("footprint_id") or self.footprint(),
            "scheme": "th-tgo",
            "tier": "disclosure",
            "evidence": EVIDENCE,
        }
        return order | changes

    def certificate(self, **changes: Any) -> dict[str, Any]:
        """The public document of a new certificate."""
        answer = self.client.post("/v1/certificates", json=self.order(**changes))
        assert answer.status_code == 201, answer.text
        document: dict[str, Any] = answer.json()
        return document


@contextmanager
def running(settings: Settings, told: Callable[[int], None] | None = None) -> Iterator[Site]:
    """Serve on a free port of this machine until the block ends; `told` hears each status."""
    clock = StillClock()
    app = create_app(settings, clock=clock)
    layered = app if told is None else _Told(app, told)
    server = uvicorn.Server(uvicorn.Config(layered, log_level="critical", lifespan="on"))
    # With the protocol named, asyncio sends small answers at once (TCP_NODELAY): 3 ms and not 43.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    thread = Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        while not server.started:
            assert thread.is_alive(), "the server did not start"
            time.sleep(0.01)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        secret = (settings.store_dir / "access-token").read_text().strip()
        with _client(address, secret) as client, _client(address) as visitor:
            site = Site(app.state.service, clock, client, visitor, app)
            yield site
            for other in site.others:
                other.close()
    finally:
        server.should_exit = True
        thread.join()
        listener.close()


@dataclass
class _Told:
    """An ASGI layer that tells the status of each answer."""

    app: ASGIApp
    told: Callable[[int], None]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.told(int(message["status"]))
            await send(message)

        await self.app(scope, receive, telling)


def command(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `footprint ARGUMENTS` in a process of its own, with these variables besides."""
    variables = {**os.environ, "FOOTPRINT_CACHE": str(settings_for(Path()).cache), **environment}
    return forked.footprint([str(one) for one in arguments], variables)


def _client(address: str, secret: str | None = None) -> httpx.Client:
    headers = {} if secret is None else {"Authorization": f"Bearer {secret}"}
    # The server closes an idle connection after 5 s, as long as the client would keep it: one that
    # is used in that very moment is reset.
    limits = httpx.Limits(keepalive_expiry=2.0)
    return httpx.Client(
        base_url=address, headers=headers, timeout=60, trust_env=False, limits=limits
    )


def job_processes() -> list[int]:
    """The processes of jobs that this process has started and that still run."""
    return forked.running("api.workers.worker")


def codes(answer: httpx.Response) -> list[str]:
    """The codes of a problem document, the kind first."""
    assert answer.headers["Content-Type"] == "application/problem+json", answer.text
    document = answer.json()
    assert document["status"] == answer.status_code
    return [document["code"], *(problem["code"] for problem in document["problems"])]
