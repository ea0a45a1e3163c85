"""Many orders at the same time: unique numbers, unique places, an intact audit chain."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml
from databases import BOTH, database_address
from pydantic import SecretStr
from served import EVIDENCE, own_bom, settings_for
from still_clock import StillClock

from api.faults import ServiceRefused
from api.opening import opened
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.service import Service
from api.store.certificates import StoredCertificate
from api.store.tables import audit_log, certificates
from footprint.study import Inputs


@pytest.fixture(params=BOTH)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with opened(settings, StillClock()) as service:
            yield service


def order_on(service: Service) -> Order:
    """An order on a product of its own."""
    footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", own_bom()))
    return Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE))


def test_eight_threads_issue_at_once(service: Service) -> None:
    orders = [order_on(service) for _ in range(16)]

    def issue(order: Order) -> StoredCertificate:
        return service.certificates.issue(LOCAL, order)

    with ThreadPoolExecutor(8) as pool:
        issued = list(pool.map(issue, orders))

    assert len({certificate.number for certificate in issued}) == 16
    assert len({(made.status_list, made.status_index) for made in issued}) == 16
    report = service.check_audit_log()
    assert report.intact
    assert report.entries == 32
    with service.database.reading() as uow:
        stored = set(uow.connection.scalars(sa.select(certificates.c.number)))
        logged = set(
            uow.connection.scalars(
                sa.select(audit_log.c.subject).where(audit_log.c.action == "certificate.issued")
            )
        )
    assert stored == logged == {certificate.number for certificate in issued}


def test_eight_threads_with_the_same_key_get_the_same_certificate(service: Service) -> None:
    order = order_on(service)

    def issue(_: int) -> StoredCertificate:
        return service.certificates.issue(LOCAL, order, "the one key")

    with ThreadPoolExecutor(8) as pool:
        issued = set(pool.map(issue, range(8)))

    assert len(issued) == 1
    assert service.check_audit_log().entries == 2


def test_of_many_revocations_at_once_one_is_made(service: Service) -> None:
    order = order_on(service)
    number = service.certificates.issue(LOCAL, order).number

    def revoke(_: int) -> str:
        try:
            service.lifecycle.change_status(LOCAL, number, "revoked", "Recall")
        except ServiceRefused as refused:
            return refused.fault.code
        return "revoked"

    with ThreadPoolExecutor(8) as pool:
        outcomes = sorted(pool.map(revoke, range(8)))

    assert outcomes == ["API-503"] * 7 + ["revoked"]
    assert service.check_audit_log().entries == 3


def test_a_full_status_list_is_followed_by_the_next(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.services.places.PLACES_USED_PER_LIST", 2)
    issued = [service.certificates.issue(LOCAL, order_on(service)) for _ in range(5)]
    assert [certificate.status_list for certificate in issued] == [1, 1, 2, 2, 3]
    assert {service.register.verify(certificate).verdict for certificate in issued} == {"valid"}
    assert service.lists.named("revocation-3").token


def test_randomness_that_repeats_itself_is_noticed(tmp_path: Path) -> None:
    with opened(settings_for(tmp_path), StillClock(), lambda count: b"\x07" * count) as service:
        order = order_on(service)
        service.certificates.issue(LOCAL, order)
        with pytest.raises(RuntimeError, match="randomness"):
            service.certificates.issue(LOCAL, replace(order, replace=True))
