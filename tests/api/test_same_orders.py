"""The same order twice: refused with the number of the certificate in force, or replacing it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
import yaml
from databases import BOTH, database_address
from pydantic import SecretStr
from served import BOM, EVIDENCE, Site, codes, own_bom, running, settings_for
from still_clock import StillClock

from api.faults import ServiceRefused
from api.opening import opened
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.service import Service
from api.store.tables import certificates
from footprint.study import Inputs

NAMED = f"# product_ids: urn:gtin:06901234567892\n{BOM}"
#: Other writings of the same product and a period that overlaps by a day.
SAME = (
    NAMED,
    NAMED.replace("urn:gtin", "URN:GTIN").replace("# name: Wall bracket", "# name: Bracket 2"),
    NAMED.replace("urn:gtin:0690", "urn:gtin: 0690 "),
    NAMED.replace("2025-01-01/2025-12-31", "2025-12-31/2026-06-30"),
    BOM,
)
OTHER = (
    NAMED.replace("67892", "67908"),
    NAMED.replace("2025-01-01/2025-12-31", "2024-01-01/2024-12-31"),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("same"))) as site:
        yield site


def ordered(site: Site, bom: str, **more: Any) -> httpx.Response:
    footprint = site.footprint(bom=bom.encode())
    body = site.order(footprint_id=footprint, **more)
    return site.client.post("/v1/certificates", json=body)


def test_the_second_of_the_same_order_is_refused_and_names_the_first(site: Site) -> None:
    first = ordered(site, NAMED).json()["number"]
    for bom in SAME:
        answer = ordered(site, bom)
        assert answer.status_code == 409, answer.text
        assert codes(answer)[0] == "API-531"
        assert answer.json()["certificate"] == first
        assert first in answer.json()["detail"]
    for bom in OTHER:
        assert ordered(site, bom).status_code == 201, bom
    chinese = site.client.post(
        "/v1/certificates",
        json=site.order(footprint_id=site.footprint(bom=NAMED.encode())),
        headers={"Accept-Language": "zh"},
    ).json()
    assert f"{first} 有效至" in chinese["detail"]
    assert "--replace" in chinese["problems"][0]["hint"]

    second = ordered(site, NAMED, replace=True).json()
    assert second["replaces"] == first
    old = site.client.get(f"/v1/certificates/{first}").json()
    assert old["status"]["state"] == "superseded"
    assert old["status"]["superseded_by"] == second["number"]
    assert second["number"] in old["status"]["reason"]
    for language, words in (("en", "Replaced by"), ("zh", "")):
        page = site.visitor.get(f"/verify/{first}?lang={language}").text
        assert second["number"] in page
        assert words in page
    log = [one["event"] for one in old["history"]]
    assert log == ["issued", "superseded"]
    named = ordered(site, NAMED, replaces=second["number"])
    assert named.json()["replaces"] == second["number"]


def test_the_same_order_of_another_tenant_is_its_own(site: Site) -> None:
    bom = own_bom()
    assert ordered(site, bom.decode()).status_code == 201
    other = site.other_tenant("beside")
    order = site.order(footprint_id=site.footprint(other, bom))
    assert other.post("/v1/certificates", json=order).status_code == 201


def test_what_is_no_longer_in_force_stands_in_no_ones_way(site: Site) -> None:
    bom = own_bom().decode()
    first = ordered(site, bom).json()["number"]
    change = {"status": "suspended", "reason": "Doubts"}
    assert site.client.post(f"/v1/certificates/{first}/status", json=change).status_code == 200
    refused = ordered(site, bom)
    assert codes(refused)[0] == "API-531"
    assert "suspended" in refused.json()["detail"]
    change["status"] = "revoked"
    assert site.client.post(f"/v1/certificates/{first}/status", json=change).status_code == 200
    second = ordered(site, bom, months=1)
    assert (second.status_code, second.json()["replaces"]) == (201, None)
    then = site.clock.now
    try:
        site.clock.now = then + timedelta(days=29)
        assert codes(ordered(site, bom))[0] == "API-531"
        site.clock.now = then + timedelta(days=30)  # the day after its last
        third = ordered(site, bom)
        assert (third.status_code, third.json()["replaces"]) == (201, None)
    finally:
        site.clock.now = then


def test_a_draft_and_a_certificate_stand_beside_each_other(site: Site) -> None:
    bom = own_bom().decode()
    trial = ordered(site, bom, draft=True).json()["number"]
    second = ordered(site, bom, draft=True)
    assert codes(second)[0] == "API-531"
    assert "is a draft, not for use, that is kept until" in second.json()["detail"]
    assert "in force" not in second.json()["detail"]
    real = ordered(site, bom)
    assert (real.status_code, real.json()["replaces"]) == (201, None)
    again = ordered(site, bom, draft=True, replace=True).json()
    assert again["replaces"] == trial
    refused = ordered(site, bom, draft=True, replaces=real.json()["number"], replace=True)
    assert codes(refused)[0] == "API-503"
    state = site.client.get(f"/v1/certificates/{real.json()['number']}").json()["status"]["state"]
    assert state == "issued"


def test_the_same_key_gives_the_certificate_that_was_issued_under_it(site: Site) -> None:
    order = site.order()
    key = {"Idempotency-Key": "same-order"}
    first = site.client.post("/v1/certificates", json=order, headers=key)
    again = site.client.post("/v1/certificates", json=order, headers=key)
    assert (first.status_code, again.json()["number"]) == (201, first.json()["number"])
    other = site.client.post("/v1/certificates", json=order | {"replace": True}, headers=key)
    assert codes(other)[0] == "API-401"


@pytest.fixture(params=BOTH)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with opened(settings, StillClock()) as service:
            yield service


def order_on(service: Service, bom: str = NAMED, **more: Any) -> Order:
    footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", bom.encode()))
    return Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE), **more)


def in_force(service: Service) -> list[str]:
    query = sa.select(certificates.c.number).where(certificates.c.status == "issued")
    with service.database.reading() as uow:
        return list(uow.connection.scalars(query))


def test_of_eight_same_orders_at_once_one_wins(service: Service) -> None:
    orders = [order_on(service, bom) for bom in (NAMED, *SAME[2:]) * 2]

    def issue(order: Order) -> str:
        try:
            return service.certificates.issue(LOCAL, order).number
        except ServiceRefused as refused:
            return refused.fault.code

    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(issue, orders))
    assert told.count("API-531") == 7
    assert len(in_force(service)) == 1
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(issue, [replace(order, replace=True) for order in orders]))
    assert "API-531" not in told
    assert len(set(told)) == 8
    assert len(in_force(service)) == 1
    assert service.check_audit_log().intact


def test_a_batch_tells_which_rows_are_the_same_order(service: Service) -> None:
    one, other = order_on(service), order_on(service, OTHER[0])
    result = service.batches.issue(LOCAL, [one, other, order_on(service, SAME[1])])
    assert len(result.numbers) == 2
    (refused,) = result.refused
    assert (refused.order.footprint != one.footprint, refused.problems[0].code) == (True, "API-531")
    assert result.numbers[0] in refused.problems[0].message

    again = [replace(one, replace=True), replace(one, replace=True), other]
    result = service.batches.issue(LOCAL, again)
    assert len(result.numbers) == 2
    assert [one.problems[0].code for one in result.refused] == ["API-531"]
    assert len(in_force(service)) == 2
    found = service.register.certificate(result.numbers[0])
    assert (found.status, found.superseded_by) == ("superseded", result.numbers[1])
    assert service.check_audit_log().intact


def test_an_application_is_refused_when_it_is_drafted_and_when_it_is_approved(
    service: Service,
) -> None:
    def people(role: Any) -> Any:
        return replace(LOCAL, person=role, roles=(role,))

    applications = service.applications

    def approved(application: str) -> str:
        applications.submit(people("maker"), application)
        applications.check(people("checker"), application)
        return applications.approve(people("approver"), application)[1].number

    early = applications.draft(people("maker"), order_on(service))
    late = applications.draft(people("maker"), order_on(service))
    first = approved(early.id)
    with pytest.raises(ServiceRefused, match=first):
        applications.draft(people("maker"), order_on(service))
    with pytest.raises(ServiceRefused, match=first):
        approved(late.id)
    assert in_force(service) == [first]
    second = approved(applications.draft(people("maker"), order_on(service, replace=True)).id)
    third = applications.draft(people("maker"), order_on(service, replaces=second.lower()))
    assert approved(third.id) in in_force(service)
    assert len(in_force(service)) == 1


def test_several_in_force_from_before_the_rule_are_all_replaced(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = order_on(service)
    with monkeypatch.context() as patch:
        patch.setattr("api.services.same_orders.same_order", lambda *_: False)
        old = [service.certificates.issue(LOCAL, order).number for _ in range(2)]
    assert sorted(in_force(service)) == sorted(old)
    with pytest.raises(ServiceRefused, match="API-531"):
        service.certificates.issue(LOCAL, replace(order, replaces=old[0]))
    assert sorted(in_force(service)) == sorted(old)
    made = service.certificates.issue(LOCAL, replace(order, replace=True))
    assert made.replaces in old
    assert in_force(service) == [made.number]
    assert {service.register.certificate(one).superseded_by for one in old} == {made.number}
