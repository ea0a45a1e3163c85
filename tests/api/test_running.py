"""What who runs the service asks: is it ready, its numbers, and a log in which no secret stands."""

from __future__ import annotations

import io
import json
import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest
import uvicorn
from databases import BOTH, database_address
from pact_hosting import bom
from prometheus_client.parser import text_string_to_metric_families
from served import Site, codes, running, settings_for
from sqlalchemy import delete, text

from api.app import create_app
from api.services.access import LOCAL
from api.store.partner_tables import events_sent
from api.store.tables import jobs
from api.transport import server_options

NUMBERS = "numbers-4711"


@pytest.fixture(scope="module", params=BOTH)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("running")
    with database_address(request.param, folder) as address:
        more = {"database_url": address} if request.param == "postgresql" else {}
        settings = settings_for(folder, metrics_token=NUMBERS, job_workers=0, **more)
        with running(settings) as served:
            yield served


def numbers(
    site: Site, token: str = NUMBERS
) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    """Every sample by name and labels."""
    answer = site.visitor.get("/metrics", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    return {
        (one.name, tuple(sorted(one.labels.items()))): one.value
        for family in text_string_to_metric_families(answer.text)
        for one in family.samples
    }


def labelled(name: str, **labels: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    return name, tuple(sorted(labels.items()))


def test_a_server_that_can_work_is_ready(site: Site) -> None:
    answer = site.visitor.get("/readyz")
    assert answer.status_code == 200, answer.text
    document = answer.json()
    assert document["ready"] is True
    assert [one["name"] for one in document["checks"]] == ["database", "schema", "keys", "disk"]


def test_without_its_key_a_server_is_up_and_not_ready(site: Site) -> None:
    folder = site.service.settings.keys_folder
    hidden = folder.rename(folder.with_name("elsewhere"))
    try:
        answer = site.visitor.get("/readyz")
        assert site.visitor.get("/healthz").status_code == 200
    finally:
        hidden.rename(folder)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    failed = [one["name"] for one in answer.json()["checks"] if not one["ok"]]
    assert failed == ["keys"]
    assert str(folder) not in answer.text
    assert site.visitor.get("/readyz").status_code == 200


def test_a_schema_of_another_version_is_not_ready(site: Site) -> None:
    database = site.service.database
    with database.writing() as uow:
        (own,) = uow.connection.execute(text("SELECT version_num FROM alembic_version")).one()
        uow.connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    try:
        answer = site.visitor.get("/readyz")
    finally:
        with database.writing() as uow:
            back = text("UPDATE alembic_version SET version_num = :own")
            uow.connection.execute(back, {"own": own})
    failed = [one["name"] for one in answer.json()["checks"] if not one["ok"]]
    assert (answer.status_code, failed) == (503, ["schema"])


def test_a_full_disk_is_not_ready(tmp_path: Path) -> None:
    with running(settings_for(tmp_path, ready_disk_mb=10**9)) as full:
        answer = full.visitor.get("/readyz")
    failed = [one["name"] for one in answer.json()["checks"] if not one["ok"]]
    assert (answer.status_code, failed) == (503, ["disk"])


def test_numbers_need_their_own_token(site: Site) -> None:
    assert codes(site.visitor.get("/metrics"))[0] == "API-101"
    assert site.client.get("/metrics").status_code == 401, "an access token is another"
    wrong = {"Authorization": f"Bearer {NUMBERS}x"}
    assert site.visitor.get("/metrics", headers=wrong).status_code == 401


def test_without_the_setting_there_are_no_numbers(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as silent:
        answer = silent.visitor.get("/metrics", headers={"Authorization": "Bearer None"})
    assert codes(answer)[0] == "API-204"


def test_requests_are_counted_by_template_and_status(site: Site) -> None:
    before = numbers(site)
    made = site.footprint()
    for _ in range(3):
        site.client.get(f"/v1/footprints/{made}?lang=zh")
    site.visitor.get(f"/v1/footprints/{made}")
    site.visitor.get("/no/such/place")
    site.visitor.request("BREW", "/healthz")
    after = numbers(site)
    name, route = "footprint_http_requests_total", "/v1/footprints/{footprint_id}"

    def more(**labels: str) -> float:
        key = labelled(name, **labels)
        return after.get(key, 0) - before.get(key, 0)

    assert more(method="GET", route=route, status="200") == 3
    assert more(method="GET", route=route, status="401") == 1
    assert more(method="POST", route="/v1/footprints", status="201") == 1
    assert more(method="GET", route="none", status="404") == 1
    assert any("OTHER" in str(key) for key in after)
    assert not any("BREW" in str(key) or made in str(key) for key in after)
    took = labelled("footprint_http_request_seconds_count", method="GET", route=route)
    assert after[took] - before.get(took, 0) == 4


def test_jobs_events_and_certificates_are_counted_and_aged(site: Site) -> None:
    with site.service.database.writing() as uow:
        uow.connection.execute(delete(jobs))
        uow.connection.execute(delete(events_sent))
    quiet = numbers(site)
    assert quiet[labelled("footprint_job_oldest_seconds")] == 0
    site.service.jobs.submit(LOCAL, "footprint", {})
    buyer = {"name": "Secretive Motors", "events_url": "https://buyer.invalid"}
    buyer |= {"their_client_id": "we", "their_client_secret": "callback-secret"}
    site.client.post("/v1/partners", json=buyer)
    made = site.footprint(bom=bom())
    assert site.client.post("/v1/publications", json={"footprint_id": made}).status_code == 201
    number = site.certificate()["number"]
    found = numbers(site)
    assert found[labelled("footprint_jobs", state="waiting")] == 1
    assert found[labelled("footprint_job_oldest_seconds")] > 0
    assert found[labelled("footprint_events", state="waiting")] == 1
    assert found[labelled("footprint_event_oldest_seconds")] > 0
    issued = labelled("footprint_certificates", status="issued")
    assert found[issued] == quiet.get(issued, 0) + 1
    said = repr(found)
    assert not [one for one in (number, made, "default", "Secretive", "callback") if one in said]


# The log


@contextmanager
def logged(folder: Path, **more: Any) -> Iterator[tuple[str, str, io.StringIO, Any]]:
    """An installation served as `footprint serve` does it: address, first token, its log."""
    stream = io.StringIO()
    settings = settings_for(folder, **more)
    app = create_app(settings, log=stream)
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", **server_options()))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            assert thread.is_alive()
            time.sleep(0.02)
        try:
            secret = (settings.store_dir / "access-token").read_text().strip()
            yield f"http://127.0.0.1:{listener.getsockname()[1]}", secret, stream, app
        finally:
            server.should_exit = True
            thread.join()


def lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_each_request_is_one_line_of_json_with_route_tenant_and_id(tmp_path: Path) -> None:
    given = "5b2d3a52-7a6e-4f0e-9d6b-0c6a54a1b1c5"
    with (
        logged(tmp_path, log="json") as (address, token, stream, _),
        httpx.Client(base_url=address, trust_env=False, timeout=60) as client,
    ):
        bearer = {"Authorization": f"Bearer {token}"}
        first = client.get("/v1/footprints?limit=7", headers=bearer)
        second = client.get("/healthz", headers={"X-Request-Id": given})
        third = client.get("/healthz", headers={"X-Request-Id": "my secret"})
    one, two, three = lines(stream)
    assert set(one) == {"at", "event", "request", "tenant", "method", "route", "status", "seconds"}
    assert (one["event"], one["tenant"], one["method"]) == ("request", "default", "GET")
    assert (one["route"], one["status"]) == ("/v1/footprints", 200)
    assert one["seconds"] >= 0
    assert one["request"] == first.headers["X-Request-Id"]
    assert (two["request"], second.headers["X-Request-Id"]) == (given, given)
    assert three["request"] == third.headers["X-Request-Id"] != "my secret"
    assert (two["tenant"], two["route"]) == ("", "/healthz")


def test_plain_lines_and_no_lines(tmp_path: Path) -> None:
    for form, wanted in (
        ("plain", r"at=\S+ event=request .*route=/healthz status=200"),
        ("off", ""),
    ):
        with logged(tmp_path / form, log=form) as (address, _, stream, _):
            httpx.get(f"{address}/healthz", trust_env=False, timeout=60)
        assert re.match(wanted, stream.getvalue()), stream.getvalue()
        assert bool(stream.getvalue()) == bool(wanted)


def test_no_secret_and_no_value_of_a_query_is_in_the_log(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with logged(tmp_path, log="json", metrics_token=NUMBERS) as (address, token, stream, app):
        link = app.state.service.sessions.new_link()
        with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
            secrets = _everything_secret(client, token, link)

    said = stream.getvalue() + "".join(capfd.readouterr())
    assert len(lines(stream)) >= 10
    assert {one["status"] for one in lines(stream)} >= {200, 201, 303, 401, 404, 410, 422}
    found = [one for one in secrets if one in said]
    assert not found
    assert "/open/{secret}" in said, "the route itself is told"


def _everything_secret(client: httpx.Client, token: str, link: str) -> list[str]:
    """Send each kind of secret once, in each place where it may stand; all of them."""
    bearer, form = {"Authorization": f"Bearer {token}"}, {"Sec-Fetch-Site": "same-origin"}
    partner = {"name": "Buyer", "events_url": "https://buyer.invalid/hook-path-77"}
    partner |= {"their_client_id": "callback-id-77", "their_client_secret": "callback-secret-77"}
    made = client.post("/v1/partners", json=partner, headers=bearer).json()
    pair = (made["client_id"], made["client_secret"])
    granted = client.post("/auth/token", data={"grant_type": "client_credentials"}, auth=pair)
    pact = granted.json()["access_token"]
    client.get(
        "/3/footprints?productId=urn:query-value-77", headers={"Authorization": f"Bearer {pact}"}
    )
    client.post(
        "/auth/token", data={"grant_type": "client_credentials"}, auth=("me", "wrong-pass-77")
    )
    client.post("/sign-in", data={"token": "fpt_typed-77"}, headers=form)
    client.post("/sign-in", data={"token": token}, headers=form)
    client.post(f"/open/{link}", headers=form)
    client.get("/open/used-link-77", headers={"Accept": "text/html"})
    client.get("/answer/supplier-link-77")
    client.get("/v1/footprints?cursor=cursor-value-77", headers=bearer)
    client.get("/v1/footprints", headers={"Authorization": "Bearer bearer-wrong-77"})
    client.get("/no/such/path-secret-77?token=token-value-77")
    client.get("/metrics", headers={"Authorization": f"Bearer {NUMBERS}"})
    session = next(iter(client.cookies.values()), "cookie-missing")
    told = ["hook-path-77", "callback-id-77", "callback-secret-77", "query-value-77"]
    told += ["wrong-pass-77", "fpt_typed-77", "used-link-77", "supplier-link-77", "cursor-value-77"]
    told += ["bearer-wrong-77", "path-secret-77", "token-value-77", NUMBERS, token, link, pact]
    return [*told, made["client_secret"], session]
