"""Every route as nobody, as another tenant, and in every role: the table says what is answered."""

from __future__ import annotations

import base64
import csv
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from pact_hosting import bom
from pact_supplier import document
from served import BOM, Site, running, settings_for
from still_clock import NOON

from api.console.route import ConsoleRoute
from api.first_match import all_routes
from api.partners.receiving import Arrived, keep_arrived
from api.services.access import LOCAL, let_in
from api.store.tenants import ROLES
from api.verifier_schemas import VERIFIER_EXAMPLE
from footprint.certificates.lifecycle import Role

TABLE = Path(__file__).with_name("who_may_what.csv")
#: Who asks: the tenant, and the roles of the token. Nobody has none.
WHO: dict[str, tuple[str, tuple[Role, ...]]] = {
    "other": ("other", ROLES),
    "maker": ("default", ("maker",)),
    "checker": ("default", ("checker",)),
    "approver": ("default", ("approver",)),
    "everyone": ("default", ROLES),
}

WEBHOOK = {"url": "https://erp.invalid/hook"}
PARTNER = {"name": "Example Motors"}
TABLES = {
    "POST /v1/footprints": BOM.encode(),
    "POST /v1/catalogues": b"product,name,quantity,unit\nA,Steel,1,kg\n",
}
#: Paths whose refusals have the form of a protocol: the members that they have instead of ours.
PROTOCOLS = {"/3/": {"code", "message"}, "/auth/token": {"error", "error_description"}}

with TABLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    # No worker: a job that waits for ever can be cancelled by whoever may.
    settings = settings_for(tmp_path_factory.mktemp("who"), job_workers=0)
    with pytest.MonkeyPatch.context() as patch, running(settings) as served:
        patch.setattr("api.routes.jobs.LOOKS", 1)  # a job that waits for ever is told once
        yield served


@pytest.fixture(scope="module")
def clients(site: Site) -> Iterator[dict[str, httpx.Client]]:
    made = {"nobody": site.visitor}
    for name, (tenant, roles) in WHO.items():
        secret = os.urandom(16).hex()
        person = name.title()
        database = site.service.database
        let_in(database, tenant, name, secret, NOON, os.urandom(16), person, roles)
        headers = {"Authorization": f"Bearer {secret}"}
        made[name] = httpx.Client(
            base_url=site.client.base_url, headers=headers, timeout=60, trust_env=False
        )
    yield made
    for name in WHO:
        made[name].close()


def test_every_route_is_in_the_table(site: Site) -> None:
    app = site.app
    routes = {
        f"{method} {getattr(route, 'path', '')}"
        for route in all_routes(app.routes)
        if not isinstance(route, ConsoleRoute)  # pages for people: no token opens one
        for method in getattr(route, "methods", None) or ()
        if method != "HEAD"
    }
    assert len(routes) > 40
    assert routes == {row["route"] for row in ROWS}


def _asked(site: Site, route: str) -> dict[str, Any]:  # noqa: C901, PLR0912 - a case a thing
    """The request of a route, on things of the default tenant that are made anew."""
    method, path = route.split(" ")
    request: dict[str, Any] = {"method": method}
    if "{number}" in path:
        number = site.certificate()["number"]
        path = path.replace("{number}", number)
    if "{objection_id}" in path:
        order = {"party": "Somebody", "text": "It is too low."}
        made = site.client.post(f"/v1/certificates/{number}/objections", json=order)
        path = path.replace("{objection_id}", made.json()["id"])
    if "{footprint_id}" in path:
        path = path.replace("{footprint_id}", site.footprint())
    if "{application_id}" in path:
        made = site.client.post("/v1/applications", json=site.order())
        path = path.replace("{application_id}", made.json()["id"])
    if "{job_id}" in path:
        path = path.replace("{job_id}", site.service.jobs.submit(LOCAL, "footprint", {}).id)
    if "{partner_id}" in path:
        path = path.replace(
            "{partner_id}", site.client.post("/v1/partners", json=PARTNER).json()["id"]
        )
    if "{webhook_id}" in path:
        made = site.client.post("/v1/webhooks", json=WEBHOOK)
        path = path.replace("{webhook_id}", made.json()["id"])
    if "{ask_id}" in path:
        made = site.client.post("/v1/supplier-requests", json=_supplier_ask(site))
        path = path.replace("{ask_id}", made.json()["id"])
    if "{pcf_id}" in path:
        path = path.replace("{pcf_id}", _supplier_pcf(site))
    if "{verifier_id}" in path:
        made = site.client.post("/v1/verifiers", json=VERIFIER_EXAMPLE)
        path = path.replace("{verifier_id}", made.json()["id"]).replace("{key_id}", "k")
    path = path.replace("{statement_id}", str(uuid4()))
    path = path.replace("{person_id}", "Mo").replace("{scheme}", "th-tgo")
    if "{request_id}" in path:
        path = path.replace("{request_id}", _buyer_request(site))
    if "{pack_id}" in path:
        made = site.client.post(path.partition("/{pack_id}")[0], json={})
        path = path.replace("{pack_id}", made.json()["id"])
    if "{evidence_id}" in path:
        made = site.client.post("/v1/evidence", json=EVIDENCE_PIECE)
        path = path.replace("{evidence_id}", made.json()["id"])
    if "{campaign_id}" in path:
        path = _with_campaign(site, path)
    if "{plan_id}" in path:
        made = site.client.post("/v1/surveillance/plans", json={"seed": "1"})
        path = path.replace("{plan_id}", made.json()["id"])
    path = path.replace("{name}", "revocation-1")
    request["url"] = path
    request |= _body(site, route)
    return request


def _sales(site: Site) -> dict[str, Any]:
    product = {"footprint_id": site.footprint(), "sold": 10}
    return {"company": "Works", "products": [product]}


def _limit(site: Site) -> dict[str, Any]:
    limit = {"value": 9, "per": "1 piece", "boundary": "cradle-to-gate", "since": "2025-01-01"}
    return {"footprint_id": site.footprint(), "title": "Rule 1", **limit}


#: Evidence of a company.
EVIDENCE_PIECE = {
    "kind": "measures",
    "title": "New kiln",
    "facts": {"what": "New kiln", "since": "2025"},
}


#: A campaign of one supplier.
CAMPAIGN = {
    "name": "Top",
    "buyer": "Example Motors",
    "due": "2026-12-18",
    "file": "suppliers.csv",
    "content": base64.b64encode(b"supplier,mail\nSteel Works,a@steel.example\n").decode(),
}


def _with_campaign(site: Site, path: str) -> str:
    """The path with a campaign whose one supplier has answered."""
    campaign = site.client.post("/v1/campaigns", json=CAMPAIGN).json()["id"]
    (one,) = site.client.get(f"/v1/campaigns/{campaign}").json()["suppliers"]
    links, secret = site.service.desk.links, one["link"].rpartition("/")[2]
    links.give_file(secret, 0, "pcf.json", json.dumps(document(str(uuid4()), "urn:x:1")).encode())
    links.send(secret, ())
    return path.replace("{campaign_id}", campaign).replace("{supplier_id}", one["id"])


def _buyer_request(site: Site) -> str:
    """A request that came as a file, whose four questions are declined."""
    asked = {"buyer": "Example Motors", "file": "asked.txt", "content": "TGlzdA=="}
    made = site.client.post("/v1/requests", json=asked).json()
    no = {"state": "declined", "words": "No."}
    answers = dict.fromkeys(("footprint", "targets", "measures", "clean-energy"), no)
    body = {"revision": 1, "answers": answers}
    site.client.put(f"/v1/requests/{made['id']}", json=body)
    return str(made["id"])


def _supplier_ask(site: Site) -> dict[str, Any]:
    supplier = PARTNER | {"kind": "supplier", "events_url": "https://supplier.invalid"}
    supplier |= {"their_client_id": "we", "their_client_secret": "secret"}
    partner = site.client.post("/v1/partners", json=supplier).json()
    return {"partner": partner["id"], "products": ["urn:gtin:06901234567892"], "way": "list"}


def _supplier_pcf(site: Site) -> str:
    """The id of a supplier's footprint that came."""
    ask = site.client.post("/v1/supplier-requests", json=_supplier_ask(site)).json()
    partner = next(
        one for one in site.service.exchange.registry.listed(LOCAL) if one.id == ask["partner"]
    )
    pcf = str(uuid4())
    arrived = Arrived(partner, ask["id"], [document(pcf, "urn:x:1")], NOON)
    with site.service.database.writing() as uow:
        keep_arrived(uow, arrived)
    return pcf


def _body(site: Site, route: str) -> dict[str, Any]:  # noqa: C901, PLR0912 - a case a route
    inventory = site.service.inventory.hash
    bodies: dict[str, Any] = {
        "POST /v1/applications": site.order,
        "POST /v1/certificates": site.order,
        "/check": {"note": "Seen"},
        "/return": {"note": "Mend it"},
        "/status": {"status": "suspended", "reason": "Test"},
        "/surveillance": {"note": "Visited"},
        "/objections": {"party": "Somebody", "text": "It is too low."},
        "/public-objections": {"text": "It is too low."},
        "/answer": {"state": "rejected", "answer": "It is not."},
        "/v1/surveillance/plans": {"seed": "2026-Q4"},
        "/proofs": {"lines": ["1"]},
        "/v1/verifiers": VERIFIER_EXAMPLE,
        "/keys": {"jwk": {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43}},
        "/withdrawal": {"reason": "An error"},
        "/v1/statements": lambda: {"footprint_id": site.footprint(), "statement": "a.b.c"},
        "/v1/partners": PARTNER,
        "/v1/webhooks": WEBHOOK,
        "/v1/decisions": lambda: {"footprint_id": site.footprint(), "scheme": "th-tgo"},
        "/laws/battery": {"kind": "ev"},
        "/laws/cbam": {"cn": "7208"},
        "/laws/textile": {"kind": "clothing"},
        "/v1/journeys": {"subject": "Works"},
        "/v1/disclosures": lambda: _sales(site),
        "/v1/disclosures/workbook": lambda: _sales(site),
        "/laws/procurement": lambda: _limit(site),
        "/v1/requests": {"buyer": "Example Motors"},
        "/v1/evidence": EVIDENCE_PIECE,
        "/v1/campaigns": CAMPAIGN,
        "/judgement": {"accept": True},
        "/campaigns/{campaign_id}/sent": {},
        "/packs": {},
        "{pack_id}/sent": {"how": "mail"},
        "/outcome": {"outcome": "declined", "words": "No."},
        "/v1/supplier-requests": lambda: _supplier_ask(site),
        "/recalls": {"old_inventory": inventory, "new_inventory": inventory},
    }
    if route == "POST /verify/{number}":
        return {"data": {"text": "It is too low."}}
    if route == "POST /v1/publications":
        return {"json": {"footprint_id": site.footprint(bom=bom())}}
    if route in TABLES:
        return {"content": TABLES[route], "headers": {"Content-Type": "text/csv"}}
    if route == "POST /v1/verify":
        return {"content": b"x", "headers": {"Content-Type": "application/vc+jwt"}}
    if route == "POST /v1/readings":
        return {"files": {"file": ("bom.csv", BOM.encode())}}
    if route == "GET /v1/matches/candidates":
        return {"params": {"name": "Plate"}}
    if route == "PUT /v1/matches":
        return {"json": {"name": "Plate", "unit": "kg", "dataset": "steel-cold-rolled-cn"}}
    if route == "PUT /v1/requests/{request_id}":
        return {"json": {"revision": 2, "worker": "Li Wei"}}
    if route == "PUT /v1/verifiers/{verifier_id}":
        return {"json": VERIFIER_EXAMPLE}
    if route.endswith("/scopes"):
        return {"json": {"scopes": ["footprints:read"]}}
    if route.endswith("/connection"):
        return {"json": {"events_url": "https://partner.invalid"}}
    if not route.startswith("POST"):
        return {}
    for ending, body in bodies.items():
        if route.endswith(ending):
            return {"json": body() if callable(body) else body}
    return {}


@pytest.mark.parametrize("row", ROWS, ids=[row["route"] for row in ROWS])
def test_who_may_what(site: Site, clients: dict[str, httpx.Client], row: dict[str, str]) -> None:
    answered = {}
    for name, client in clients.items():
        answer = client.request(**_asked(site, row["route"]))
        answered[name] = str(answer.status_code)
        if name in ("nobody", "other") and answer.status_code >= 400:
            usual = {"type", "title", "status", "detail", "code", "problems"}
            path = row["route"].partition(" ")[2]
            told = next((PROTOCOLS[one] for one in PROTOCOLS if path.startswith(one)), usual)
            assert set(answer.json()) == told, "a stranger is told more than that it is refused"
    assert answered == {name: status for name, status in row.items() if name != "route"}
