"""Many partners at once: clients that each get a token and page through filtered lists.

A real server on each database, with footprints that `bench.partners` stores; every answer that is
not 200, and every connection that fails, counts as an error.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import httpx
from pydantic import SecretStr

from api.partners.registry import PartnerOrder
from api.store.tenants import Actor
from bench.partners import TENANT, fill_published

CLIENTS, PAGES = 200, 5
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"geography": "jp"},
    {"status": "Active"},
    {"validOn": "2026-03-01T00:00:00Z"},
    {"classification": "urn:pact:productclassification:un-cpc:110"},
)


def main() -> None:
    """Print how many requests 200 clients sent, how fast, and how many were no 200."""
    count = int(os.environ.get("FOOTPRINT_PUBLISHED", "100000"))
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "api"))
    from databases import database_address
    from served import running, settings_for

    for kind in ("sqlite", "postgresql"):
        with (
            tempfile.TemporaryDirectory() as folder,
            database_address(kind, Path(folder)) as address,
        ):
            more: dict[str, Any] = {}
            if kind == "postgresql":
                more["database_url"] = SecretStr(address)
            with running(settings_for(Path(folder), **more)) as site:
                fill_published(site.service.database, count)
                registry = site.service.exchange.registry
                partner, secret = registry.add(Actor(TENANT, "bench"), PartnerOrder("Buyer"))
                base = str(site.client.base_url)
                print(f"{kind}: {count:,} footprints, {_run(base, partner.client_id, secret)}")


def _run(base: str, client_id: str, secret: str) -> str:
    together, seen = Barrier(CLIENTS), Counter[str]()
    with ThreadPoolExecutor(CLIENTS) as pool:
        began = time.perf_counter()
        each = pool.map(
            lambda number: _client(base, (client_id, secret), number, together), range(CLIENTS)
        )
        for statuses in each:
            seen.update(statuses)
        seconds = time.perf_counter() - began
    errors = sum(number for status, number in seen.items() if status != "200")
    total = sum(seen.values())
    return f"{CLIENTS} clients, {total} requests in {seconds:.1f} s, {errors} errors {dict(seen)}"


def _client(base: str, pair: tuple[str, str], number: int, together: Barrier) -> list[str]:
    """The statuses of one client's requests, or the kind of error where there is no answer."""
    statuses = []
    with httpx.Client(base_url=base, timeout=300, trust_env=False) as client:
        together.wait()
        try:
            form = {"grant_type": "client_credentials"}
            given = client.post("/auth/token", data=form, auth=pair)
            statuses.append(str(given.status_code))
            header = {"Authorization": f"Bearer {given.json()['access_token']}"}
            wanted = FILTERS[number % len(FILTERS)]
            answer = client.get("/3/footprints", params=wanted, headers=header)
            for _ in range(PAGES):
                statuses.append(str(answer.status_code))
                following = answer.links.get("next")
                if following is None:
                    break
                query = httpx.URL(following["url"]).query.decode()
                answer = client.get(f"/3/footprints?{query}", headers=header)
        except httpx.HTTPError as error:
            statuses.append(type(error).__name__)
    return statuses


if __name__ == "__main__":
    main()
