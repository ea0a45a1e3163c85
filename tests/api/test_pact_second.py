"""Version 2.3 of the protocol beside version 3, as a buyer's system of that version meets it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from databases import BOTH, database_address
from pact_buyer import TOKEN, Buyer, Receiver
from pact_hosting import BRACKET, Hosting, bom, hosting
from pact_hosting import until as soon
from served import running, settings_for

sys.path.append(str(Path(__file__).parents[1] / "exchange"))

from test_version_two import agrees, checked

PREFIX = "org.wbcsd.pathfinder."
CREATED = f"{PREFIX}ProductFootprintRequest.Created.v1"


@pytest.fixture(scope="module", params=BOTH)
def host(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Hosting]:
    folder = tmp_path_factory.mktemp("second")
    with (
        database_address(request.param, folder) as database,
        hosting(folder, database, pact_version_two=True) as made,
    ):
        for steel in ("0.51", "0.52", "0.53"):
            made.publish(bom(f"urn:x:bracket:{steel}", steel=steel))
        yield made


def listed(buyer: Buyer, query: str = "") -> list[dict[str, Any]]:
    """All documents of version 2.3, page after page."""
    found: list[dict[str, Any]] = []
    url = f"{buyer.base}/2/footprints{query}"
    while url:
        answer = buyer.ask(url)
        assert answer.status_code == 200, answer.text
        found += answer.json()["data"]
        url = answer.links.get("next", {}).get("url", "")
        assert not url or url.startswith(f"{buyer.base}/2/footprints?")
    return found


def second_event(kind: str, data: dict[str, Any], number: str) -> dict[str, Any]:
    """An event of version 2.3 as a buyer sends it."""
    usual = {"specversion": "1.0", "source": "//buyer.example", "time": "2026-11-20T12:00:00Z"}
    return {"type": kind, "id": number, **usual, "data": data}


def send(buyer: Buyer, event: dict[str, Any]) -> Any:
    headers = {
        "Authorization": f"Bearer {buyer.token}",
        "Content-Type": "application/cloudevents+json; charset=UTF-8",
    }
    return buyer.http.post(
        f"{buyer.base}/2/events", content=json.dumps(event).encode(), headers=headers
    )


def test_both_versions_say_the_same_of_every_footprint(host: Hosting) -> None:
    with host.buyer() as buyer:
        second = {one["id"]: one for one in listed(buyer, "?limit=2")}
        third = buyer.ask(f"{buyer.base}/3/footprints").json()["data"]
        assert len(third) == len(second) == 3
        for one in third:
            number = checked(second[one["id"]])
            agrees(one, number)
            assert second[one["id"]]["pcf"]["declaredUnit"] == "kilogram"
            assert number["unitaryProductAmount"] == Decimal("0.5"), "a piece is 500 g"
            alone = buyer.ask(f"{buyer.base}/2/footprints/{one['id']}").json()["data"]
            assert alone == second[one["id"]]


def test_refusals_have_the_codes_of_version_two(host: Hosting) -> None:
    with host.buyer() as buyer:
        unknown = buyer.ask(f"{buyer.base}/2/footprints/7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a11")
        filtered = buyer.ask(f"{buyer.base}/2/footprints?%24filter=created%20ge%202024")
        limit = buyer.ask(f"{buyer.base}/2/footprints?limit=x")
        buyer.token = "nonsense"  # noqa: S105 - none
        foreign = buyer.ask(f"{buyer.base}/2/footprints")
        wrong = send(buyer, second_event(CREATED, {"pf": {}}, "0"))
    told = [(one.status_code, one.json()["code"]) for one in (unknown, filtered, limit)]
    assert told == [(404, "NoSuchFootprint"), (400, "NotImplemented"), (400, "BadRequest")]
    assert foreign.status_code == wrong.status_code == 401
    assert wrong.json()["code"] == "BadRequest"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"pf": "x"},
        {"pf": {"productIds": [1]}},
    ],
)
def test_events_that_are_none_are_refused(host: Hosting, data: dict[str, Any]) -> None:
    with host.receiver() as receiver, host.buyer(receiver) as buyer:
        assert send(buyer, second_event(CREATED, data, "1")).status_code == 400
        other = second_event("org.wbcsd.pact.ProductFootprint.RequestCreatedEvent.3", data, "1")
        assert send(buyer, other).status_code == 400


def test_a_request_is_answered_once_in_its_own_version(host: Hosting) -> None:
    with _SecondReceiver.of(host) as receiver, host.buyer(receiver) as buyer:
        for _ in range(2):
            wanted = {"pf": {"productIds": ["urn:x:bracket:0.52"]}}
            assert send(buyer, second_event(CREATED, wanted, "R/1")).status_code == 200
        nothing = {"pf": {"productIds": ["urn:x:none"]}}
        assert send(buyer, second_event(CREATED, nothing, "R/2")).status_code == 200
        soon(lambda: len(receiver.got) == 2, 240)
        ids = {"pfIds": ["7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a11"]}
        told = second_event(f"{PREFIX}ProductFootprint.Published.v1", ids, "P/1")
        assert send(buyer, told).status_code == 200
    by_request = {one["data"]["requestEventId"]: one for one in receiver.got}
    yes, no = by_request["R/1"], by_request["R/2"]
    assert yes["type"] == f"{PREFIX}ProductFootprintRequest.Fulfilled.v1"
    (document,) = yes["data"]["pfs"]
    checked(document)
    assert document["productIds"] == ["urn:x:bracket:0.52"]
    assert no["type"] == f"{PREFIX}ProductFootprintRequest.Rejected.v1"
    assert no["data"]["error"]["code"] == "NoSuchFootprint"


def test_what_has_no_place_in_version_two_is_left_out_there_alone(host: Hosting) -> None:
    own = {"exempted_emissions_percent": "6", "exempted_emissions_description": "No data."}
    published = host.publish(bom("urn:x:cut", **own))
    with host.buyer() as buyer:
        assert published["id"] not in {one["id"] for one in listed(buyer)}
        answer = buyer.ask(f"{buyer.base}/2/footprints/{published['id']}")
        assert (answer.status_code, answer.json()["code"]) == (404, "NoSuchFootprint")
        assert "5 %" in answer.json()["message"]
        assert buyer.ask(f"{buyer.base}/3/footprints/{published['id']}").status_code == 200


def test_footprints_of_others_are_nobodys_in_version_two_either(host: Hosting) -> None:
    with host.buyer() as buyer, host.buyer() as other:
        partners = host.supplier.get("/v1/partners").json()["partners"]
        (mine,) = [one for one in partners if one["client_id"] == buyer.client_id]
        published = host.publish(bom(BRACKET, steel="0.7"), partners=[mine["id"]])
        url = f"{buyer.base}/2/footprints/{published['id']}"
        assert [one.ask(url).status_code for one in (buyer, other)] == [200, 404]
        assert published["id"] not in {one["id"] for one in listed(other)}


def test_without_the_setting_there_is_no_version_two(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as site:
        paths = site.client.get("/openapi.json").json()["paths"]
        assert not any(one.startswith("/2/") for one in paths)
        assert "/3/footprints" in paths
        assert site.client.get("/2/footprints").status_code == 404


class _SecondReceiver(Receiver):
    """A buyer's server of version 2.3: events come in at its own path."""

    @classmethod
    def of(cls, host: Hosting) -> _SecondReceiver:
        files = host.certificates
        return cls("supplier 4711", "s:ecr+et%", files.certificate, files.key)

    def __enter__(self) -> _SecondReceiver:
        super().__enter__()
        handler: Any = self.server.RequestHandlerClass

        class Second(handler):  # type: ignore[misc]
            path: str

            def do_POST(self) -> None:  # noqa: N802 - as the library names it
                assert self.path != "/3/events"
                if self.path == "/2/events":
                    assert self.headers["Authorization"] == f"Bearer {TOKEN}"
                    self.path = "/3/events"
                super().do_POST()

        self.server.RequestHandlerClass = Second
        return self
