"""A buyer's system against a freshly started host, over TLS, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from databases import BOTH, database_address
from pact_buyer import Buyer, event
from pact_hosting import BRACKET, COMPANY, Hosting, bom, hosting, until

OTHER = "urn:gtin:06901234567908"


@pytest.fixture(scope="module", params=BOTH)
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("host")
    with (
        database_address(request.param, folder) as address,
        hosting(folder, address if request.param == "postgresql" else None) as served,
    ):
        yield served


@pytest.fixture(autouse=True)
def _clock(host: Hosting) -> Iterator[None]:
    """Whoever moves the clock leaves it as it was."""
    now = host.clock.now
    yield
    host.clock.now = now


@pytest.fixture(scope="module")
def filled(host: Hosting) -> dict[str, Any]:
    """Three footprints: an old one, the one that took its place, and one of another product."""
    return {
        "old": host.publish(bom(steel="0.60")),
        "new": host.publish(bom(steel="0.55")),
        "other": host.publish(bom(OTHER, country="DE", classifications="CPC:42999")),
    }


@pytest.fixture(scope="module")
def buyer(host: Hosting) -> Iterator[Buyer]:
    with host.buyer() as made:
        yield made


def test_all_that_is_published_is_listed_page_by_page(buyer: Buyer, filled: dict[str, Any]) -> None:
    whole = buyer.listed()
    assert {one["id"] for one in whole} == {one["id"] for one in filled.values()}
    pages = list(buyer.pages(limit="1"))
    assert [len(page) for page in pages] == [1, 1, 1]
    assert [page[0] for page in pages] == whole
    assert buyer.ask("/3/footprints", limit="0").json() == {"data": []}


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ({"productId": BRACKET}, {"old", "new"}),
        ({"productId": BRACKET.upper()}, {"old", "new"}),
        ({"productId": BRACKET, "status": "active"}, {"new"}),
        ({"productId": "urn:gtin:00000000000000"}, set()),
        ({"companyId": COMPANY}, {"old", "new", "other"}),
        ({"companyId": "urn:uuid:00000000-0000-4000-8000-000000000000"}, set()),
        ({"geography": "de"}, {"other"}),
        ({"geography": "DE-BW"}, set()),
        ({"geography": ""}, {"old", "new", "other"}),
        ({"geography": "Atlantis"}, set()),
        ({"status": "Deprecated"}, {"old"}),
        ({"status": "Lost"}, set()),
        ({"validOn": "2026-01-01T00:00:00Z"}, {"old", "new", "other"}),
        ({"validOn": "2029-01-01T00:00:00Z"}, {"old", "new", "other"}),
        ({"validOn": "2029-01-01T00:00:01Z"}, set()),
        ({"validOn": "2025-12-31T23:59:59Z"}, set()),
        ({"validAfter": "2025-12-31T23:59:59Z"}, {"old", "new", "other"}),
        ({"validAfter": "2026-01-01T00:00:00Z"}, set()),
        ({"validBefore": "2029-01-01T00:00:00Z"}, set()),
        ({"validBefore": "2029-01-01T00:00:01Z"}, {"old", "new", "other"}),
        ({"geography": "CN", "status": "Active", "validOn": "2026-06-01T08:00:00+08:00"}, {"new"}),
        ({"x-unknown": "1", "utm_source": "chat"}, {"old", "new", "other"}),
    ],
    ids=lambda one: None if isinstance(one, set) else str(one),
)
def test_filters(
    buyer: Buyer, filled: dict[str, Any], filters: dict[str, str], names: set[str]
) -> None:
    found = {one["id"] for one in buyer.listed(**filters)}
    assert found == {filled[name]["id"] for name in names}


def test_values_of_one_filter_are_joined_by_or(buyer: Buyer, filled: dict[str, Any]) -> None:
    classes = buyer.listed(status="Active")
    known = next(one["productClassifications"][0] for one in classes if "CPC" in str(one).upper())
    found = buyer.listed(classification=["urn:none:1", known])
    assert [one["id"] for one in found] == [filled["other"]["id"]]


def test_the_plus_of_an_offset_that_is_not_encoded(buyer: Buyer, filled: dict[str, Any]) -> None:
    del filled
    raw = buyer.ask("/3/footprints?validOn=2026-06-01T00:00:00+00:00")
    assert len(raw.json()["data"]) == 3


@pytest.mark.parametrize(
    "query", ["limit=-1", "limit=x", "limit=1.5", "validOn=2026", "validOn=x", "offset=zz"]
)
def test_what_cannot_be_understood_is_400(buyer: Buyer, query: str) -> None:
    answer = buyer.ask(f"/3/footprints?{query}")
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message"}
    assert answer.json()["code"] == "BadRequest"


def test_one_footprint_by_id(buyer: Buyer, filled: dict[str, Any]) -> None:
    listed = {one["id"]: one for one in buyer.listed()}
    for one in filled.values():
        assert buyer.ask(f"/3/footprints/{one['id']}").json() == {"data": listed[one["id"]]}
    upper = buyer.ask(f"/3/footprints/{filled['new']['id'].upper()}")
    assert upper.status_code == 200
    for unknown in ("00000000-0000-4000-8000-000000000000", "zz"):
        answer = buyer.ask(f"/3/footprints/{unknown}")
        assert (answer.status_code, answer.json()["code"]) == (404, "NotFound")


def test_a_later_footprint_takes_the_place_of_the_earlier(
    buyer: Buyer, filled: dict[str, Any]
) -> None:
    listed = {one["id"]: one for one in buyer.listed()}
    old, new = listed[filled["old"]["id"]], listed[filled["new"]["id"]]
    assert (old["status"], new["status"]) == ("Deprecated", "Active")
    assert new["precedingPfIds"] == [old["id"]]
    assert "precedingPfIds" not in listed[filled["other"]["id"]]


def test_published_again_nothing_changes(
    host: Hosting, buyer: Buyer, filled: dict[str, Any]
) -> None:
    before = buyer.listed()
    again = host.supplier.post("/v1/publications", json={"footprint_id": filled["new"]["id"]})
    assert again.json() == filled["new"]
    assert buyer.listed() == before
    late = host.supplier.post("/v1/publications", json={"footprint_id": filled["old"]["id"]})
    assert (late.status_code, late.json()["code"]) == (409, "API-515")


def test_a_footprint_for_one_partner_is_hidden_from_others(
    host: Hosting, buyer: Buyer, filled: dict[str, Any]
) -> None:
    del filled
    with host.buyer() as chosen:
        mine = next(
            one["id"]
            for one in host.supplier.get("/v1/partners").json()["partners"]
            if one["client_id"] == chosen.client_id
        )
        secret = host.publish(bom("urn:gtin:06901234567915"), partners=[mine])
        assert chosen.ask(f"/3/footprints/{secret['id']}").status_code == 200
        assert secret["id"] in {one["id"] for one in chosen.listed()}
        assert buyer.ask(f"/3/footprints/{secret['id']}").status_code == 404
        assert secret["id"] not in {one["id"] for one in buyer.listed()}
        assert buyer.listed(productId="urn:gtin:06901234567915") == []


def test_tokens(host: Hosting) -> None:
    with host.buyer() as someone:
        assert someone.ask("/3/footprints").status_code == 200
        host.clock.now += timedelta(minutes=59)
        assert someone.ask("/3/footprints").status_code == 200
        host.clock.now += timedelta(minutes=2)
        late = someone.ask("/3/footprints")
        assert (late.status_code, late.json()["code"]) == (401, "TokenExpired")
        someone.sign_in()
        assert someone.ask("/3/footprints").status_code == 200
        someone.token = "made-up"  # noqa: S105 - of a test
        assert someone.ask("/3/footprints").status_code == 401
        someone.token = ""
        refused = someone.ask("/3/footprints")
        assert refused.status_code == 401
        assert set(refused.json()) == {"code", "message"}


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"grant_type": "client_credentials"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({}, 400, "invalid_request"),
    ],
)
def test_no_token_for_strangers(
    buyer: Buyer, form: dict[str, str], status: int, error: str
) -> None:
    answer = buyer.http.post(f"{buyer.base}/auth/token", data=form, auth=("somebody", "guess"))
    assert (answer.status_code, answer.json()["error"]) == (status, error)


def test_a_secret_is_rotated_and_a_partner_closed(host: Hosting) -> None:
    with host.buyer() as someone:
        known = host.supplier.get("/v1/partners").json()["partners"]
        (partner,) = (one for one in known if one["client_id"] == someone.client_id)
        address = f"/v1/partners/{partner['id']}"
        rotated = host.supplier.post(f"{address}/secret").json()
        someone.sign_in()  # the old secret counts for a day
        host.clock.now += timedelta(hours=25)
        with pytest.raises(AssertionError, match="invalid_client"):
            someone.sign_in()
        someone.secret = rotated["client_secret"]
        someone.sign_in()
        assert host.supplier.delete(address).status_code == 204
        assert someone.ask("/3/footprints").status_code == 401
        with pytest.raises(AssertionError, match="invalid_client"):
            someone.sign_in()
        assert host.supplier.delete(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "http://pact.example.com",
        "https://user@pact.example.com",
        "https://a.example?x=1",
        "ftp://a",
    ],
)
def test_events_go_to_https_addresses_only(host: Hosting, address: str) -> None:
    answer = host.supplier.post("/v1/partners", json={"name": "Odd", "events_url": address})
    assert (answer.status_code, answer.json()["code"]) == (422, "API-003")


def test_another_tenants_partner_sees_nothing(host: Hosting, filled: dict[str, Any]) -> None:
    from api.services.access import let_in

    let_in(host.service.database, "other", "test", "other-secret", host.clock.now, b"0" * 16)
    headers = {"Authorization": "Bearer other-secret"}
    made = host.supplier.post("/v1/partners", json={"name": "Theirs"}, headers=headers).json()
    stranger = Buyer(
        host.base, made["client_id"], made["client_secret"], host.certificates.certificate
    )
    stranger.sign_in()
    assert stranger.listed() == []
    assert stranger.ask(f"/3/footprints/{filled['new']['id']}").status_code == 404
    assert host.supplier.delete(f"/v1/partners/{made['id']}").status_code == 404
    stranger.close()


def test_what_is_not_wanted_by_the_protocol_is_refused_in_its_form(buyer: Buyer) -> None:
    answer = buyer.ask("/3/nothing")
    assert answer.status_code == 404
    assert set(answer.json()) == {"code", "message"}


BAD = {
    "no JSON": b"{",
    "a list": b"[]",
    "no data": event("RequestCreatedEvent.3", {}) | {"data": None},
    "unknown type": event("Nothing.3", {}),
    "another version": event("RequestCreatedEvent.3", {}) | {"specversion": "0.3"},
    "no id": event("RequestCreatedEvent.3", {}, number=""),
    "no source": event("RequestCreatedEvent.3", {}, source=""),
    "a blank in the source": event("RequestCreatedEvent.3", {}, source="a b"),
    "no time": event("RequestCreatedEvent.3", {}, time="yesterday"),
    "a number as filter": event("RequestCreatedEvent.3", {"productId": [1]}),
    "no footprints": event("RequestFulfilledEvent.3", {"requestEventId": "1", "pfs": []}),
    "no request": event("RequestFulfilledEvent.3", {"pfs": [{}]}),
    "no error": event("RequestRejectedEvent.3", {"requestEventId": "1"}),
    "no UUID": event("PublishedEvent.3", {"pfIds": ["urn:x:1"]}),
    "no ids": event("PublishedEvent.3", {"pfIds": []}),
}


@pytest.mark.parametrize("name", BAD)
def test_events_that_are_none(buyer: Buyer, name: str) -> None:
    sent: Any = BAD[name]
    answer = buyer.send(sent)
    assert answer.status_code == 400, answer.text
    assert answer.json()["code"] == "BadRequest"


def test_events_without_a_token(buyer: Buyer) -> None:
    token, buyer.token = buyer.token, ""
    assert buyer.send(event("RequestCreatedEvent.3", {})).status_code == 401
    buyer.token = token


def test_other_events_are_taken_in(host: Hosting, buyer: Buyer) -> None:
    some = "5b2d3a52-7a6e-4f0e-9d6b-0c6a54a1b1c5"
    error = {"code": "NotFound", "message": "None."}
    sent = {
        "P/1": event("PublishedEvent.3", {"pfIds": [some]}, number="P/1"),
        "R/1": event("RequestRejectedEvent.3", {"requestEventId": "1", "error": error}, "R/1"),
        "F/1": event(
            "RequestFulfilledEvent.3", {"requestEventId": "1", "pfs": [{"id": some}]}, "F/1"
        ),
    }
    for one in sent.values():
        answer = buyer.send(one)
        assert (answer.status_code, answer.content) == (200, b"")
    kept = host.supplier.get("/v1/events/received").json()["events"]
    assert {one["id"]: one["type"] for one in kept if one["id"] in sent} == {
        number: one["type"] for number, one in sent.items()
    }


def test_a_request_of_one_without_an_address_is_refused(buyer: Buyer) -> None:
    answer = buyer.send(event("RequestCreatedEvent.3", {"productId": [BRACKET]}))
    assert answer.status_code == 400
    assert "address" in answer.json()["message"]


@pytest.mark.parametrize("discovery", [True, False])
def test_requests_are_answered_once(host: Hosting, filled: dict[str, Any], discovery: bool) -> None:
    with host.receiver(discovery=discovery) as receiver, host.buyer(receiver) as asking:
        wanted = event("RequestCreatedEvent.3", {"productId": [BRACKET], "comment": "please"})
        for _ in range(3):
            answer = asking.send(wanted)
            assert (answer.status_code, answer.content) == (200, b"")
        unknown = event("RequestCreatedEvent.3", {"productId": ["urn:x:none"]}, "UUID/2")
        assert asking.send(unknown, "application/cloudevents+json").status_code == 200
        until(lambda: len(receiver.got) >= 2)
        found = {one["data"]["requestEventId"]: one for one in receiver.distinct().values()}
        assert len(receiver.distinct()) == len(found) == 2
        fulfilled, rejected = found["UUID/1"], found["UUID/2"]
        assert fulfilled["type"].endswith("RequestFulfilledEvent.3")
        assert fulfilled["source"] == host.base
        (document,) = fulfilled["data"]["pfs"]
        assert asking.ask(f"/3/footprints/{filled['new']['id']}").json()["data"] == document
        assert rejected["type"].endswith("RequestRejectedEvent.3")
        assert rejected["data"]["error"]["code"] == "NotFound"
        asked = {
            one["id"]: one["state"]
            for one in host.supplier.get("/v1/events/received").json()["events"]
        }
        assert asked["UUID/1"] == "fulfilled"
        assert asked["UUID/2"] == "rejected"


def test_partners_are_told_of_what_is_published_and_servers_in_trouble_are_asked_again(
    host: Hosting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.partners.outbox.FIRST_PAUSE", timedelta(seconds=0.05))
    with host.receiver(refusing=2) as receiver, host.buyer(receiver):
        made = host.publish(bom("urn:gtin:06901234567922"))
        until(lambda: receiver.got)
        (told,) = receiver.distinct().values()
        assert told["type"].endswith("PublishedEvent.3")
        assert told["data"] == {"pfIds": [made["id"]]}
        until(lambda: _sent(host, told["id"])["state"] == "sent")
        assert _sent(host, told["id"])["attempts"] == 3


def test_where_tokens_are_given_is_asked_once(host: Hosting) -> None:
    with host.receiver(expires_in=0) as receiver, host.buyer(receiver) as asking:
        for sent in range(1, 5):
            wanted = event("RequestCreatedEvent.3", {"productId": ["urn:x:none"]}, f"D/{sent}")
            assert asking.send(wanted).status_code == 200
            until(lambda least=sent: len(receiver.got) >= least)
        assert receiver.tokens >= 4, "each token ended at once"
        assert receiver.discoveries == 1


def test_a_chain_of_three_versions(host: Hosting, buyer: Buyer) -> None:
    product = "urn:gtin:06901234567939"
    chain = [host.publish(bom(product, steel=steel))["id"] for steel in ("0.61", "0.62", "0.63")]
    listed = {one["id"]: one for one in buyer.listed(productId=product)}
    assert set(listed) == set(chain)
    assert [listed[one]["status"] for one in chain] == ["Deprecated", "Deprecated", "Active"]
    assert [listed[one].get("precedingPfIds") for one in chain] == [None, chain[:1], chain[1:2]]
    assert [one["id"] for one in buyer.listed(productId=product, status="Active")] == chain[2:]


def test_a_wrong_method_and_a_plain_connection(host: Hosting, buyer: Buyer) -> None:
    answer = buyer.http.delete(f"{buyer.base}/3/footprints", headers={"Authorization": "Bearer x"})
    assert answer.status_code == 405
    assert set(answer.json()) == {"code", "message"}
    plain = host.base.replace("https:", "http:")
    with pytest.raises(httpx.TransportError):
        httpx.get(f"{plain}/3/footprints", trust_env=False)


def test_the_answer_of_a_request_goes_where_the_partner_is_registered(host: Hosting) -> None:
    with host.receiver() as receiver, host.receiver() as other, host.buyer(receiver) as asking:
        wanted = event("RequestCreatedEvent.3", {}, "S/1", source=other.address)
        assert asking.send(wanted).status_code == 200
        until(lambda: receiver.got)
        assert other.got == []


def test_a_server_that_never_ends_its_answer_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    from api.partners import reach

    monkeypatch.setattr(reach, "WHOLE_ANSWER", -1.0)
    with pytest.raises(reach.Unreachable, match="took more than"):
        reach._read(httpx.Response(200, content=b"slow"), "partner.example")


def test_a_name_that_leads_to_this_network_is_not_reached() -> None:
    from api.partners.reach import Reach, Unreachable

    with pytest.raises(Unreachable, match="private address"):
        Reach().get("https://localhost:1/")
    with pytest.raises(Unreachable, match="no https address"):
        Reach(frozenset({"localhost"})).get("http://localhost:1/")


def _sent(host: Hosting, number: str) -> dict[str, Any]:
    found = host.supplier.get("/v1/events").json()["events"]
    return next(dict(one) for one in found if one["id"] == number)
