"""What tokens and partners may be used for: least for new ones, 403 in the form of the protocol."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from databases import BOTH, database_address
from evidence import some
from served import Site, codes, running, settings_for
from still_clock import NOON

from api.scopes import EVERYTHING, LEAST, PARTNER_SCOPES, SCOPES, held_scopes, needed_scope
from api.services.access import LOCAL, let_in
from api.store.tenants import find_token
from footprint.faults import InputRefused

TABLE = Path(__file__).with_name("who_may_what.csv")
FORM = {"Sec-Fetch-Site": "same-origin"}

with TABLE.open(encoding="utf-8", newline="") as file:
    #: Every route that needs an access token.
    SECURED = [
        row["route"]
        for row in csv.DictReader(file)
        if row["nobody"] == "401" and "/v1/" in row["route"]
    ]


@pytest.fixture(scope="module", params=BOTH)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("scopes")
    with database_address(request.param, folder) as address:
        more = {"database_url": address} if request.param == "postgresql" else {}
        with running(settings_for(folder, lock_failures=1000, **more)) as served:
            yield served


@pytest.fixture(autouse=True)
def _clock(site: Site) -> Iterator[None]:
    site.clock.now = NOON
    yield
    site.clock.now = NOON


def with_scopes(site: Site, *scopes: str) -> dict[str, str]:
    """The header of a new token that is used for these alone."""
    secret = os.urandom(16).hex()
    database = site.service.database
    let_in(database, "default", "t", secret, NOON, os.urandom(16), "Li", scopes=" ".join(scopes))
    return {"Authorization": f"Bearer {secret}"}


def partner(site: Site, **more: Any) -> dict[str, Any]:
    made = site.client.post("/v1/partners", json={"name": "Example Motors"} | more)
    assert made.status_code == 201, made.text
    document: dict[str, Any] = made.json()
    return document


def granted(site: Site, one: dict[str, Any], **form: str) -> httpx.Response:
    pair = (one["client_id"], one["client_secret"])
    body = {"grant_type": "client_credentials"} | form
    return site.visitor.post("/auth/token", data=body, auth=pair)


def asks(site: Site, answer: httpx.Response) -> tuple[int, int]:
    """Statuses of reading the list and of sending an event with the token of an answer."""
    header = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    listed = site.visitor.get("/3/footprints", headers=header)
    events = {"Content-Type": "application/cloudevents+json"} | header
    sent = site.visitor.post("/3/events", content=b"{}", headers=events)
    for one in (listed, sent):
        if one.status_code == 403:
            assert one.json()["code"] == "AccessDenied"
            assert set(one.json()) == {"code", "message"}
    return listed.status_code, sent.status_code


def test_every_route_with_a_token_needs_exactly_its_scope(site: Site) -> None:
    assert len(SECURED) > 50
    openapi = site.visitor.get("/openapi.json").json()
    for route in some(SECURED):
        method, path = route.split(" ")
        scope = needed_scope(method, path)
        others = with_scopes(site, *(one for one in SCOPES if one != scope))
        answer = site.visitor.request(method, path, headers=others)
        assert (answer.status_code, codes(answer)[0]) == (403, "API-102"), route
        assert scope in answer.json()["detail"]
        own = site.visitor.request(method, path, headers=with_scopes(site, scope))
        assert "lacks the scope" not in own.text, route
        operation = openapi["paths"][path][method.lower()]
        assert "403" in operation["responses"]
        assert f"`{scope}`" in operation["description"]


def test_the_refusal_is_said_in_chinese_too(site: Site) -> None:
    header = with_scopes(site, "admin") | {"Accept-Language": "zh"}
    assert "缺少权限范围 footprints:read" in site.visitor.get("/v1/footprints", headers=header).text


def test_an_address_of_no_area_needs_a_decision() -> None:
    with pytest.raises(KeyError):
        needed_scope("GET", "/v1/new-thing")


def test_to_look_at_a_list_is_reading_and_to_keep_it_is_writing() -> None:
    assert needed_scope("POST", "/v1/readings") == "footprints:read"
    assert needed_scope("POST", "/v1/footprints") == "footprints:write"
    assert needed_scope("POST", "/v1/certificates/{number}/proofs") == "certificates:read"
    assert needed_scope("PUT", "/v1/partners/{partner_id}/scopes") == "partners:write"
    assert needed_scope("GET", "/v1/locks") == "admin"


def test_tokens_of_before_may_do_everything_and_new_ones_read(site: Site) -> None:
    assert held_scopes(EVERYTHING) == set(SCOPES)
    made, secret = site.service.tokens.make(LOCAL, "ERP", ["maker"], 30)
    assert made.scopes.split() == list(LEAST)
    header = {"Authorization": f"Bearer {secret}"}
    assert site.visitor.get("/v1/footprints", headers=header).status_code == 200
    content = header | {"Content-Type": "text/csv"}
    refused = site.visitor.post("/v1/footprints", content=b"x", headers=content)
    assert codes(refused)[0] == "API-102"
    assert not [one for one in LEAST if one.endswith("write") or one == "admin"]


@pytest.mark.parametrize("scopes", [[], ["king"], ["footprints:read", "*"]])
def test_a_token_for_nothing_or_for_what_there_is_not_is_refused(
    site: Site, scopes: list[str]
) -> None:
    with pytest.raises(InputRefused, match="no scope"):
        site.service.tokens.make(LOCAL, "ERP", ["maker"], 30, scopes)


def test_a_machine_s_token_opens_no_pages(site: Site) -> None:
    _, machine = site.service.tokens.make(LOCAL, "M", ["maker"], 30, ["footprints:read"])
    _, person = site.service.tokens.make(LOCAL, "P", ["maker"], 30, ["sign-in"])
    refused = site.visitor.post("/sign-in", data={"token": machine}, headers=FORM)
    assert refused.status_code == 422
    entered = site.visitor.post("/sign-in", data={"token": person}, headers=FORM)
    assert entered.status_code == 303


def test_two_secrets_of_a_token_count_for_a_day_and_then_the_new_one(site: Site) -> None:
    made, old = site.service.tokens.make(LOCAL, "ERP", ["maker"], 30)
    _, new = site.service.tokens.rotate(LOCAL, made.id)

    def statuses() -> list[int]:
        return [
            site.visitor.get(
                "/v1/footprints", headers={"Authorization": f"Bearer {one}"}
            ).status_code
            for one in (old, new)
        ]

    assert statuses() == [200, 200]
    site.clock.now = NOON + timedelta(hours=23, minutes=59)
    assert statuses() == [200, 200]
    site.clock.now = NOON + timedelta(hours=24)
    assert statuses() == [401, 200]
    site.clock.now = NOON
    site.service.tokens.revoke(LOCAL, made.id)
    assert statuses() == [401, 401]
    with pytest.raises(InputRefused):
        site.service.tokens.rotate(LOCAL, made.id)
    with site.service.database.reading() as uow:
        assert old not in repr(find_token(uow, made.id))


def test_a_partner_has_what_its_kind_needs(site: Site) -> None:
    buyer, supplier = partner(site), partner(site, kind="supplier")
    assert buyer["scopes"] == list(PARTNER_SCOPES)
    assert supplier["scopes"] == ["events:write"]
    assert granted(site, buyer).json()["scope"] == "footprints:read events:write"
    assert asks(site, granted(site, buyer)) == (200, 400), "the event is empty, and let in"
    assert asks(site, granted(site, supplier)) == (403, 400)


def test_a_partner_has_no_more_than_it_is_given(site: Site) -> None:
    reader = partner(site, scopes=["footprints:read"])
    assert asks(site, granted(site, reader)) == (200, 403)
    asked = granted(site, reader, scope="events:write")
    assert (asked.status_code, asked.json()["error"]) == (400, "invalid_scope")
    odd = site.client.post("/v1/partners", json={"name": "Odd", "scopes": ["admin"]})
    assert odd.status_code == 422


def test_a_client_asks_for_less(site: Site) -> None:
    less = granted(site, partner(site), scope="events:write")
    assert less.json()["scope"] == "events:write"
    assert asks(site, less) == (403, 400)


def test_what_is_taken_from_a_partner_counts_at_once(site: Site) -> None:
    one = partner(site)
    token = granted(site, one)
    address = f"/v1/partners/{one['id']}/scopes"
    changed = site.client.put(address, json={"scopes": ["events:write"]})
    assert changed.json()["scopes"] == ["events:write"]
    assert asks(site, token) == (403, 400)
    assert site.client.put(address, json={"scopes": []}).json()["scopes"] == []
    assert asks(site, token) == (403, 403)
    site.client.put(address, json={"scopes": list(PARTNER_SCOPES)})
    assert asks(site, token) == (200, 400)
    assert site.other_tenant().put(address, json={"scopes": []}).status_code == 404
