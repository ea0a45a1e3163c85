"""Our side as a client: an independent supplier, and two servers of ours, over TLS."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from databases import BOTH, database_address
from pact_buyer import Buyer, event
from pact_hosting import BRACKET, Hosting, bom, hosting, until
from pact_supplier import SupplierServer, document
from served import EVIDENCE

COIL = "urn:gtin:06901234567946"


@pytest.fixture(scope="module", params=BOTH)
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("client")
    with (
        database_address(request.param, folder) as address,
        hosting(folder, address if request.param == "postgresql" else None) as served,
    ):
        yield served


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.partners.fetcher.FIRST_PAUSE", timedelta(seconds=0.05))


@pytest.fixture
def steel(host: Hosting) -> Iterator[SupplierServer]:
    files = host.certificates
    with SupplierServer("we", "s:ecr+et%", files.certificate, files.key) as server:
        yield server


def registered(host: Hosting, server: SupplierServer, kind: str = "supplier") -> dict[str, Any]:
    body = {
        "name": "Steel Works",
        "kind": kind,
        "events_url": server.address,
        "their_client_id": server.client_id,
        "their_client_secret": server.secret,
    }
    answer = host.supplier.post("/v1/partners", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def asked(host: Hosting, partner: str, way: str = "event", product: str = COIL) -> str:
    body = {"partner": partner, "products": [product], "way": way}
    answer = host.supplier.post("/v1/supplier-requests", json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def ended(host: Hosting, ask: str) -> dict[str, Any]:
    address = f"/v1/supplier-requests/{ask}"
    until(lambda: host.supplier.get(address).json()["state"] != "waiting")
    found: dict[str, Any] = host.supplier.get(address).json()
    return found


def signed_in(host: Hosting, partner: dict[str, Any]) -> Buyer:
    """The supplier as a client of ours."""
    made = Buyer(
        host.base, partner["client_id"], partner["client_secret"], host.certificates.certificate
    )
    made.sign_in()
    return made


def kept(host: Hosting, pcf: str) -> dict[str, Any]:
    answer = host.supplier.get(f"/v1/supplier-footprints/{pcf}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def with_line(pcf: str) -> bytes:
    """The bracket of the host's tests, whose steel is the supplier's."""
    text = bom().decode().replace("dataset,stage", "dataset,stage,supplier_pcf")
    text = text.replace("steel-cold-rolled-cn,material", f",material,{pcf}.json")
    return text.replace(
        "electricity-grid-cn,production", "electricity-grid-cn,production,"
    ).encode()


def test_asked_by_event_and_answered(host: Hosting, steel: SupplierServer) -> None:
    partner = registered(host, steel)
    ask = asked(host, partner["id"])
    until(lambda: steel.got)
    (wanted,) = steel.distinct().values()
    assert wanted["id"] == ask
    assert wanted["type"].endswith("RequestCreatedEvent.3")
    assert wanted["data"] == {"productId": [COIL]}
    pcf = str(uuid4())
    him = signed_in(host, partner)
    data = {"requestEventId": ask, "pfs": [document(pcf, COIL)]}
    for _ in range(2):
        assert him.send(event("RequestFulfilledEvent.3", data, "F")).status_code == 200
    assert ended(host, ask)["state"] == "answered"
    found = kept(host, pcf)
    assert found["document"] == document(pcf, COIL)
    assert (found["usable"], found["status"], found["replaced_by"]) == (True, "Active", "")
    made = host.supplier.post(
        "/v1/footprints", content=with_line(pcf), headers={"Content-Type": "text/csv"}
    )
    assert made.status_code == 201, made.text
    (line,) = (one for one in made.json()["footprint"]["contributions"] if one["line"] == "1")
    assert line["kg_co2e"] == pytest.approx(0.55 * 2.5)
    him.close()


def test_an_answer_to_nobodys_question_is_not_kept(host: Hosting, steel: SupplierServer) -> None:
    partner, other = registered(host, steel), registered(host, steel)
    ask = asked(host, partner["id"])
    stranger = signed_in(host, other)
    pcf = str(uuid4())
    data = {"requestEventId": ask, "pfs": [document(pcf, COIL)]}
    assert stranger.send(event("RequestFulfilledEvent.3", data, "X")).status_code == 200
    assert host.supplier.get(f"/v1/supplier-footprints/{pcf}").status_code == 404
    assert host.supplier.get(f"/v1/supplier-requests/{ask}").json()["state"] == "waiting"
    stranger.close()


def test_a_supplier_says_no(host: Hosting, steel: SupplierServer) -> None:
    partner = registered(host, steel)
    ask = asked(host, partner["id"])
    him = signed_in(host, partner)
    error = {"code": "NotFound", "message": "We do not make that."}
    data = {"requestEventId": ask, "error": error}
    assert him.send(event("RequestRejectedEvent.3", data, "N")).status_code == 200
    found = ended(host, ask)
    assert (found["state"], found["said"]) == ("rejected", "NotFound: We do not make that.")
    him.close()


def test_his_list_is_read_page_after_page(host: Hosting, steel: SupplierServer) -> None:
    steel.listed += [document(str(uuid4()), COIL) for _ in range(5)]
    steel.listed.append(document(str(uuid4()), "urn:x:other"))
    partner = registered(host, steel)
    found = ended(host, asked(host, partner["id"], "list"))
    assert (found["state"], found["said"]) == ("answered", "Received: 5.")
    assert [one.get("offset") for one in steel.asked] == [None, ["2"], ["4"]]
    assert all(kept(host, one["id"])["document"] == one for one in steel.listed[:5])
    nothing = ended(host, asked(host, partner["id"], "list", "urn:x:none"))
    assert nothing["state"] == "rejected"


def test_a_slow_supplier_keeps_no_event_waiting(
    host: Hosting, steel: SupplierServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import Event

    from api.partners.reach import Reach

    begun, released = Event(), Event()
    usual = Reach.get

    def slow(self: Reach, url: str, headers: Any = None) -> Any:
        if "/3/footprints" in url:
            begun.set()
            assert released.wait(30)
        return usual(self, url, headers or {})

    monkeypatch.setattr(Reach, "get", slow)
    partner = registered(host, steel)
    listing = asked(host, partner["id"], "list")
    assert begun.wait(30)
    try:
        asking = asked(host, partner["id"])
        until(lambda: asking in {one["id"] for one in steel.got})
        state = host.supplier.get(f"/v1/supplier-requests/{listing}").json()["state"]
        assert state == "waiting"
    finally:
        released.set()
    ended(host, listing)


def test_a_next_page_elsewhere_is_not_followed(
    host: Hosting, steel: SupplierServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.partners.fetcher.MOST_ATTEMPTS", 1)
    files = host.certificates
    with SupplierServer("we", "s:ecr+et%", files.certificate, files.key) as elsewhere:
        steel.listed += [document(str(uuid4()), COIL) for _ in range(3)]
        steel.link_to = elsewhere.address
        found = ended(host, asked(host, registered(host, steel)["id"], "list"))
        assert (found["state"], elsewhere.asked) == ("failed", [])
        assert "another host" in found["said"]


def test_documents_that_do_not_add_up_are_kept_with_the_reason(
    host: Hosting, steel: SupplierServer
) -> None:
    bad = document(str(uuid4()), COIL, of_pcf={"pcfExcludingBiogenicUptake": "9"})
    odd = document(str(uuid4()), COIL, of_pcf={"declaredUnitAmount": "a few"})
    steel.listed += [bad, odd]
    assert ended(host, asked(host, registered(host, steel)["id"], "list"))["state"] == "answered"
    sums, form = kept(host, bad["id"]), kept(host, odd["id"])
    assert not sums["usable"]
    assert "SUP-004" in {one["code"] for one in sums["findings"]}
    assert "PAC-103" in {one["code"] for one in sums["findings"]}
    assert not form["usable"]
    made = host.supplier.post(
        "/v1/footprints", content=with_line(bad["id"]), headers={"Content-Type": "text/csv"}
    )
    assert made.status_code == 422
    assert "SUP-004" in {one["code"] for one in made.json()["problems"]}


def test_a_newer_footprint_and_what_it_touches(host: Hosting, steel: SupplierServer) -> None:
    old, product = document(str(uuid4()), COIL), BRACKET
    steel.listed.append(old)
    partner = registered(host, steel)
    ended(host, asked(host, partner["id"], "list"))
    made = host.supplier.post(
        "/v1/footprints", content=with_line(old["id"]), headers={"Content-Type": "text/csv"}
    ).json()
    order = {"footprint_id": made["id"], "scheme": "th-tgo", "tier": "disclosure"}
    order |= {"evidence": EVIDENCE, "draft": True}
    issued = host.supplier.post("/v1/certificates", json=order)
    assert issued.status_code == 201, issued.text
    address = f"/v1/supplier-footprints/{old['id']}/impact"
    before = host.supplier.post(address).json()
    assert before["replaced_by"] == ""
    assert "not come yet" in before["footprints"][0]["problem"]

    new = document(str(uuid4()), COIL, "5", precedingPfIds=[old["id"]])
    foreign = document(str(uuid4()), "urn:x:unasked")
    steel.listed = [old | {"status": "Deprecated"}, new, foreign]
    him = signed_in(host, partner)
    data = {"pfIds": [new["id"], foreign["id"], str(uuid4())]}
    assert him.send(event("PublishedEvent.3", data, "P")).status_code == 200
    until(lambda: kept(host, old["id"])["replaced_by"] == new["id"])
    assert kept(host, old["id"])["status"] == "Deprecated"
    assert host.supplier.get(f"/v1/supplier-footprints/{foreign['id']}").status_code == 404

    report = host.supplier.post(address, params={"apply": True}).json()
    (touched,) = report["footprints"]
    assert (touched["footprint"], touched["product"]) == (made["id"], "Wall bracket")
    assert touched["after_kg_co2e"] - touched["before_kg_co2e"] == pytest.approx(0.55 * 2.5)
    assert (touched["before_completeness"], touched["after_completeness"]) == ("complete",) * 2
    (impact,) = touched["certificates"]
    assert impact["number"] == issued.json()["number"]
    assert (impact["proposal"], impact["outcome"]) == ("suspend", "suspended")
    assert impact["touched_by"] == [old["id"]]
    state = host.supplier.get(f"/v1/certificates/{impact['number']}").json()["status"]
    assert "suspended" in json.dumps(state)
    assert product in bom().decode()
    him.close()


def test_the_same_id_with_other_figures_changes_nothing(
    host: Hosting, steel: SupplierServer
) -> None:
    first = document(str(uuid4()), COIL)
    steel.listed.append(first)
    partner = registered(host, steel)
    ended(host, asked(host, partner["id"], "list"))
    steel.listed[0] = document(first["id"], COIL, "1")
    said = ended(host, asked(host, partner["id"], "list"))["said"]
    assert "came before with other figures" in said
    assert kept(host, first["id"])["document"] == first


def test_a_supplier_fetches_nothing_of_ours(host: Hosting, steel: SupplierServer) -> None:
    host.publish(bom("urn:gtin:06901234567953"))
    him = signed_in(host, registered(host, steel))
    refused = him.ask("/3/footprints")  # a supplier answers, and may send events
    assert (refused.status_code, refused.json()["code"]) == (403, "AccessDenied")
    both = signed_in(host, registered(host, steel, "both"))
    assert both.listed(productId="urn:gtin:06901234567953")
    him.close()
    both.close()


def test_a_buyer_is_not_asked(host: Hosting) -> None:
    partner = host.partner()
    body = {"partner": partner["id"], "products": [COIL]}
    answer = host.supplier.post("/v1/supplier-requests", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "API-003")


def test_another_tenant_sees_none_of_it(host: Hosting, steel: SupplierServer) -> None:
    from api.services.access import let_in

    steel.listed.append(document(str(uuid4()), COIL))
    partner = registered(host, steel)
    ask = asked(host, partner["id"], "list")
    ended(host, ask)
    let_in(host.service.database, "third", "test", "third-secret", host.clock.now, b"1" * 16)
    headers = {"Authorization": "Bearer third-secret"}
    for path in (
        f"/v1/supplier-requests/{ask}",
        f"/v1/supplier-footprints/{steel.listed[0]['id']}",
    ):
        assert host.supplier.get(path, headers=headers).status_code == 404
    assert host.supplier.get("/v1/supplier-requests", headers=headers).json()["asks"] == []
    line = with_line(steel.listed[0]["id"])
    made = host.supplier.post(
        "/v1/footprints", content=line, headers=headers | {"Content-Type": "text/csv"}
    )
    assert "BOM-029" in {one["code"] for one in made.json()["problems"]}


def connected(host: Hosting, partner: dict[str, Any], other: Hosting, us: dict[str, Any]) -> None:
    body = {
        "events_url": other.base,
        "their_client_id": us["client_id"],
        "their_client_secret": us["client_secret"],
    }
    answer = host.supplier.put(f"/v1/partners/{partner['id']}/connection", json=body)
    assert (answer.status_code, answer.json()["events_url"]) == (200, other.base)


def test_two_servers_of_ours(host: Hosting, tmp_path: Path) -> None:
    product = "urn:gtin:06901234567960"
    with hosting(tmp_path, trusted=host.certificates) as theirs:
        made = theirs.publish(bom(product))
        us = theirs.supplier.post("/v1/partners", json={"name": "We"}).json()
        them = host.supplier.post("/v1/partners", json={"name": "They", "kind": "supplier"}).json()
        connected(theirs, us, host, them)
        connected(host, them, theirs, us)
        for way in ("event", "list"):
            assert ended(host, asked(host, them["id"], way, product))["state"] == "answered"
        assert kept(host, made["id"])["usable"]
        none = ended(host, asked(host, them["id"], "event", "urn:x:none"))
        assert (none["state"], none["said"].partition(":")[0]) == ("rejected", "NotFound")
        newer = theirs.publish(bom(product, steel="0.70"))  # announced by an event, then fetched
        until(lambda: kept(host, made["id"])["replaced_by"] == newer["id"])
