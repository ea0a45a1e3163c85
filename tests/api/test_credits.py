"""Carbon credits behind certificates: each once, across products, tenants and time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from databases import BOTH, database_address
from pydantic import SecretStr
from served import BOM, own_bom, settings_for
from still_clock import StillClock

from api.faults import ServiceRefused
from api.opening import opened
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.service import Service
from api.store.credits import draft_entries_about
from api.store.tables import audit_log
from api.store.tenants import Actor, add_tenant
from footprint.rules.ledger import CreditUse
from footprint.study import Inputs

PLANS = (
    "commitment",
    "baseline",
    "targets",
    "reduction_path",
    "residual_emissions",
    "credit_criteria_evidence",
    "programme_criteria_evidence",
)


def evidence(first: int = 1, last: int = 300, **changes: Any) -> str:
    """What the neutral tier of ISO 14068-1 asks for: 100,000 brackets of about 1.5 kg."""
    block = {
        "tonnes": last - first + 1,
        "programme": "VCS",
        "vintage": 2024,
        "issuance": "ex-post",
        "retired_on": "2026-05-01",
        "serial": f"VCS-001-{first}-{last}",
        "registry": "Verra",
        "beneficiary": "Example Metal Ltd",
        "reason": "wall brackets sold in 2025",
    } | changes
    return yaml.safe_dump(
        {
            "sales_channel": "b2b",
            "methods": ["ISO 14067"],
            "pcr": "absent",
            "renewal": False,
            "units_sold": 100_000,
            "verification": {
                "by": "Example Verification Ltd",
                "kind": "third-party",
                "date": "2026-06-01",
                "level": "reasonable",
            },
            "plans": {name: {"date": "2025-01-01"} for name in PLANS},
            "publications": {
                "neutrality_report": {"date": "2026-10-01", "url": "https://example.com/report"}
            },
            "credits": [block],
        }
    )


@pytest.fixture(params=BOTH)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with opened(settings, StillClock()) as service:
            yield service


def issued(service: Service, text: str, actor: Actor = LOCAL, name: str = "", **order: Any) -> str:
    bom = own_bom().decode().replace("Wall bracket", name or "Wall bracket")
    footprint = service.footprints.calculate(actor, Inputs("bracket.csv", bom.encode()))
    asked = Order(footprint.id, "iso-14068-1", "neutral", text, 12, **order)
    return service.certificates.issue(actor, asked).number


def refused(service: Service, text: str, **more: Any) -> str:
    with pytest.raises(ServiceRefused) as caught:
        issued(service, text, **more)
    assert caught.value.fault.code == "API-510", str(caught.value)
    return str(caught.value)


def held_by(service: Service, text: str, name: str) -> str:
    """The draft that a further draft is told of."""
    with pytest.raises(ServiceRefused) as caught:
        issued(service, text, name=name, draft=True)
    assert caught.value.fault.code == "API-532", str(caught.value)
    number: str = caught.value.details["certificate"]
    assert f"held by your draft {number}" in str(caught.value)
    return number


def test_a_credit_stands_behind_one_certificate_of_one_product(service: Service) -> None:
    issued(service, evidence())
    assert "Credits 1 to 300" in refused(service, evidence(), name="Shelf bracket")
    issued(service, evidence(301, 600), name="Shelf bracket")


@pytest.mark.parametrize(("first", "last"), [(300, 599), (10, 309), (1, 400)])
def test_no_part_of_a_range_counts_again(service: Service, first: int, last: int) -> None:
    issued(service, evidence())
    refused(service, evidence(first, last))


@pytest.mark.parametrize(
    ("registry", "serial"),
    [
        ("VCS", "VCS-001-1-300"),
        ("Verified Carbon Standard", "VCS-001-1-300"),
        ("The VERRA registry", "VCS-001-1-300"),
        ("Verra (VCS)", "001-1-300"),
        ("V\u0435rra", "VCS-001-1-300"),
        ("Verra", "V\u0421S-OO1-1-300"),
        ("\uff36\uff23\uff33", "vcu 1 1 to 300"),
    ],
)
def test_no_other_name_of_a_registry_frees_a_credit(
    service: Service, registry: str, serial: str
) -> None:
    issued(service, evidence())
    refused(service, evidence(serial=serial, registry=registry))


def test_credits_of_an_unknown_registry_carry_no_certificate(service: Service) -> None:
    with pytest.raises(ServiceRefused) as told:
        issued(service, evidence(registry="Carbon Registry of Atlantis"))
    assert told.value.problems[0].code == "API-501"
    assert "credits.registry" in told.value.problems[0].hint


def test_the_spelling_of_a_serial_changes_nothing(service: Service) -> None:
    issued(service, evidence())
    refused(service, evidence(serial="vcs 1 1-300", registry="VERRA"))


def test_another_tenant_cannot_use_it_and_learns_no_number(service: Service) -> None:
    number = issued(service, evidence())
    with service.database.writing() as uow:
        add_tenant(uow, "other", "Other", service.register.clock())
    says = refused(service, evidence(), actor=Actor("other", "o"))
    assert number not in says


def test_a_withdrawn_certificate_keeps_its_credits(service: Service) -> None:
    number = issued(service, evidence())
    service.lifecycle.change_status(LOCAL, number, "revoked", "Withdrawn by the holder")
    refused(service, evidence())


def test_the_certificate_that_replaces_it_takes_them_over(service: Service) -> None:
    first = issued(service, evidence())
    second = issued(service, evidence(), replaces=first)
    third = issued(service, evidence(), replaces=second)
    assert third != first
    refused(service, evidence(), name="Shelf bracket")


def test_a_disclosure_certificate_uses_none(service: Service) -> None:
    footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", BOM.encode()))
    text = yaml.safe_load(evidence()) | {
        "methods": ["TGO CFP guideline"],
        "pcr": "Metal fittings",
        "verification": {
            "by": "Example Verification Ltd",
            "kind": "registered-verifier",
            "date": "2026-10-30",
            "level": "limited",
        },
    }
    order = Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(text))
    service.certificates.issue(LOCAL, order)
    issued(service, evidence())


def test_of_many_at_once_one_gets_the_credits(service: Service) -> None:
    def attempt(_: int) -> str:
        try:
            return issued(service, evidence())
        except ServiceRefused as error:
            return error.fault.code

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(attempt, range(8)))
    assert sorted(outcomes)[:7] == ["API-510"] * 7
    assert service.check_audit_log().intact


def test_the_log_says_what_was_taken(service: Service) -> None:
    number = issued(service, evidence())
    with service.database.reading() as uow:
        query = sa.select(audit_log.c.facts).where(audit_log.c.subject == number)
        facts = json.loads(uow.connection.scalars(query).one())
    assert facts["credits"] == ["verra 1 1-300"]


def test_a_batch_takes_no_orders_that_use_credits(service: Service) -> None:
    with pytest.raises(ValueError, match="cannot use credits"):
        service.batches.issue(LOCAL, [Order("x", "iso-14068-1", "neutral", evidence())])


def test_a_draft_does_not_stand_in_the_way_of_a_certificate_for_use(service: Service) -> None:
    issued(service, evidence(), draft=True)
    issued(service, evidence())
    refused(service, evidence(), name="Shelf bracket")
    refused(service, evidence(), name="Shelf bracket", draft=True)


def test_the_certificate_of_a_draft_takes_its_credits_and_keeps_them(service: Service) -> None:
    draft = issued(service, evidence(), draft=True)
    number = issued(service, evidence(), replaces=draft)
    service.lifecycle.change_status(LOCAL, number, "revoked", "Withdrawn by the holder")
    refused(service, evidence(), name="Shelf bracket")
    refused(service, evidence(), name="Shelf bracket", draft=True)


def test_a_second_draft_is_told_which_draft_holds_the_credits(service: Service) -> None:
    first = issued(service, evidence(), draft=True)
    for again in (evidence(), evidence(300, 599), evidence(serial="vcs 1 1-300")):
        assert held_by(service, again, "Shelf bracket") == first
    second = issued(service, evidence(), name="Shelf bracket", draft=True, replaces=first)
    assert held_by(service, evidence(), "Third bracket") == second
    issued(service, evidence(301, 600), name="Third bracket", draft=True)


def test_a_withdrawn_draft_frees_its_credits_a_suspended_one_does_not(service: Service) -> None:
    first = issued(service, evidence(), draft=True)
    service.lifecycle.change_status(LOCAL, first, "suspended", "Looked at again")
    assert held_by(service, evidence(), "Shelf bracket") == first
    service.lifecycle.change_status(LOCAL, first, "revoked", "Only a trial")
    second = issued(service, evidence(), name="Shelf bracket", draft=True)
    assert held_by(service, evidence(), "Third bracket") == second


def test_a_draft_holds_credits_until_its_last_day_and_for_its_tenant_alone(
    service: Service,
) -> None:
    number = issued(service, evidence(), draft=True)
    until = service.certificates.owned(LOCAL, number).valid_until
    use = CreditUse("verra", "1", 300, 400, "N", "N")
    taken = CreditUse("verra", "1", 1, 300, number, number)
    with service.database.reading() as uow:
        assert draft_entries_about(uow, use, LOCAL.tenant, until) == [taken]
        assert draft_entries_about(uow, use, LOCAL.tenant, until + timedelta(days=1)) == []
        assert draft_entries_about(uow, use, "other", until) == []
    with service.database.writing() as uow:
        add_tenant(uow, "other", "Other", service.register.clock())
    issued(service, evidence(), actor=Actor("other", "o"), draft=True)
    issued(service, evidence(), actor=Actor("other", "o"))
