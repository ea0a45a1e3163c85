"""Many certificates at once: whole chunks, reasons for what is refused, PDFs when asked for."""

from __future__ import annotations

import gc
import json
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
from api.services.places import free_places
from api.services.service import Service
from api.store.certificates import StoredCertificate
from api.store.footprints import StoredFootprint
from api.store.tables import audit_log, certificate_files, certificates
from api.store.tenants import Actor
from footprint.faults import InputRefused
from footprint.study import Inputs


@pytest.fixture(params=BOTH)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with opened(settings, StillClock()) as service:
            yield service


def order_on(service: Service) -> Order:
    footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", own_bom()))
    return Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE))


def test_a_batch_is_issued_signed_registered_and_logged(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.services.batches.CHUNK", 7)
    result = service.batches.issue(LOCAL, [order_on(service) for _ in range(20)])
    assert (len(set(result.numbers)), result.refused) == (20, ())
    with service.database.reading() as uow:
        places = uow.connection.execute(
            sa.select(certificates.c.status_list, certificates.c.status_index)
        ).all()
        logged = uow.connection.scalars(
            sa.select(audit_log.c.subject).where(audit_log.c.action == "certificate.issued")
        ).all()
    assert len(set(places)) == 20
    assert set(logged) == set(result.numbers)
    assert service.check_audit_log().intact
    verdicts = {
        service.register.verify(service.register.certificate(number)).verdict
        for number in result.numbers
    }
    assert verdicts == {"valid"}


def test_processes_beside_this_one_make_the_same(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.services.batches.CHUNK", 5)
    result = service.batches.issue(LOCAL, [order_on(service) for _ in range(23)], processes=2)
    assert len(set(result.numbers)) == 23
    found = service.register.certificate(result.numbers[0])
    assert service.register.verify(found).verdict == "valid"
    assert service.check_audit_log().intact


def test_what_is_not_granted_is_told_and_the_others_are_issued(service: Service) -> None:
    for processes in (1, 2):
        good = order_on(service)
        unknown = replace(good, footprint="6f1c2c9e-6d0e-4f5b-9a43-0d2f7a6f1b77")
        bad = [replace(good, evidence=""), unknown, replace(good, tier="low-carbon")]
        orders = [good, *bad, order_on(service)]
        result = service.batches.issue(LOCAL, orders, processes)
        assert len(result.numbers) == 2
        assert {refused.problems[0].code for refused in result.refused} == {
            "API-501",
            "API-201",
            "RUL-021",
        }


def test_pdfs_are_drawn_when_asked_for_and_are_the_same_ever_after(service: Service) -> None:
    (number,) = service.batches.issue(LOCAL, [order_on(service)]).numbers
    found = service.register.certificate(number)
    assert service.register.file_hashes(found) == {}
    with ThreadPoolExecutor(4) as pool:
        files = list(pool.map(lambda _: service.register.file(found, "en"), range(4)))
    assert len({file.sha256 for file in files}) == 1
    assert service.register.file_hashes(found) == {"en": files[0].sha256}
    with service.database.reading() as uow:
        kept = uow.connection.scalar(sa.select(sa.func.count()).select_from(certificate_files))
        drawn = uow.connection.scalars(
            sa.select(audit_log.c.facts).where(audit_log.c.action == "certificate.drawn")
        ).all()
    assert kept == 1
    assert len(drawn) == 1
    assert files[0].sha256 in drawn[0]
    with pytest.raises(LookupError):
        service.register.file(found, "xx")


def test_two_batches_at_once_share_no_number_and_no_place(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.services.batches.CHUNK", 4)
    monkeypatch.setattr("api.services.places.LENGTH", 256)  # so small that both draw the same
    monkeypatch.setattr("api.services.places.PLACES_USED_PER_LIST", 192)
    orders = [[order_on(service) for _ in range(40)] for _ in range(2)]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda mine: service.batches.issue(LOCAL, mine), orders))
    numbers = [number for result in results for number in result.numbers]
    assert len(set(numbers)) == 80
    assert service.check_audit_log().intact


def test_a_batch_replaces_nothing_and_needs_its_roles(service: Service) -> None:
    order = order_on(service)
    with pytest.raises(ValueError, match="replace"):
        service.batches.issue(LOCAL, [replace(order, replaces="FP-0000-0000-0")])
    maker = Actor("default", "local", "Mai", ("maker",))
    with pytest.raises(ServiceRefused, match="API-102"):
        service.batches.issue(maker, [order])
    with pytest.raises(ServiceRefused, match="API-505"):
        replace(service.batches, four_eyes=True).issue(LOCAL, [order])


def test_places_avoid_what_is_given_out_and_roll_over(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.services.places.PLACES_USED_PER_LIST", 10)
    with service.database.reading() as uow:
        first = free_places(uow, 8, service.certificates.entropy)
        second = free_places(uow, 25, service.certificates.entropy, first)
    both = [(place.status_list, place.status_index) for place in (*first, *second)]
    assert len(set(both)) == 33
    assert len({place.number for place in (*first, *second)}) == 33
    assert [place.status_list for place in second].count(1) == 2
    assert {place.status_list for place in second} == {1, 2, 3, 4}


def test_files_at_once_become_what_each_becomes_alone(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.services.footprints.CHUNK", 3)
    texts = [own_bom().decode().replace("0.55", f"0.{55 + at}") for at in range(7)]
    texts[4] = texts[4].replace("steel-cold-rolled-cn", "no-such-dataset")
    files = [Inputs(f"bracket {at}.csv", text.encode()) for at, text in enumerate(texts)]
    together = service.footprints.calculate_all(LOCAL, files)
    assert gc.isenabled()
    for at, (file, made) in enumerate(zip(files, together, strict=True)):
        if at == 4:
            assert isinstance(made, InputRefused)
            with pytest.raises(InputRefused) as refused:
                service.footprints.calculate(LOCAL, file)
            assert refused.value.problems == made.problems
            continue
        assert isinstance(made, StoredFootprint)
        single = service.footprints.calculate(LOCAL, file)
        assert single.document == made.document
        assert service.footprints.get(LOCAL, made.id) == made
    sound = [one for one in together if isinstance(one, StoredFootprint)]
    orders = [Order(one.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE)) for one in sound]
    issued = service.batches.issue(LOCAL, orders)
    for order, number in zip(orders, issued.numbers, strict=True):
        certificate = service.register.certificate(number)
        assert service.register.verify(certificate).verdict == "valid"
        alone = service.certificates.issue(LOCAL, replace(order, replace=True))
        assert certificate.decision == alone.decision
        assert _told(certificate) == _told(alone)
    assert service.check_audit_log().intact


def _told(certificate: StoredCertificate) -> str:
    """The view, without the number and the place that each certificate has for itself."""
    view = certificate.view_content
    for name in ("number", "verify_url", "status_index", "status_list"):
        view.pop(name)
    return json.dumps(view, sort_keys=True).replace(certificate.number, "")


def test_files_stored_at_once_are_stored_or_not(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("api.services.footprints.append_all", stopped)
    with pytest.raises(KeyboardInterrupt):
        service.footprints.calculate_all(LOCAL, [Inputs("bracket.csv", own_bom())] * 3)
    assert gc.isenabled()
    assert service.footprints.listed(LOCAL, 10) == []


def test_files_stored_at_once_use_the_choices_of_their_tenant_which_are_read_once(
    service: Service,
) -> None:
    service.matches.keep(LOCAL, "Cold-rolled steel", "kg", "steel-carbon-average-cn", "", "")
    named = own_bom().decode().replace("steel-cold-rolled-cn", "")
    files = [Inputs(f"{at}.csv", named.replace("0.55", f"0.{55 + at}").encode()) for at in range(3)]
    asked: list[str] = []

    def keep(_1: object, _2: object, statement: str, *_: object) -> None:
        asked.append(statement)

    engine = service.database.engine
    sa.event.listen(engine, "before_cursor_execute", keep)
    together = service.footprints.calculate_all(LOCAL, files)
    sa.event.remove(engine, "before_cursor_execute", keep)
    assert sum("FROM matches" in statement for statement in asked) == 1
    for file, made in zip(files, together, strict=True):
        assert isinstance(made, StoredFootprint)
        assert "steel-carbon-average-cn" in {
            one["dataset"] for one in made.content["contributions"]
        }
        assert service.footprints.calculate(LOCAL, file).document == made.document
