"""Products: a draft is kept, its versions never change, and nobody else finds them."""

from __future__ import annotations

import io
import json
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from databases import BOTH, database_address
from pydantic import SecretStr
from served import settings_for
from still_clock import NOON, StillClock

from api.faults import STALE_DRAFT, UNKNOWN_PATH, ServiceRefused
from api.opening import opened
from api.services.access import let_in
from api.services.answer_pack import answer_pack
from api.services.drafts import OpenDraft
from api.services.service import Service
from api.store.tenants import Actor
from footprint.bom.choices import NOT_A_PART

ME, OTHER = Actor("default", "local", "Li"), Actor("elsewhere", "x", "Eve")
LIST = """Name,Quantity,Unit,Unit mass (g),Material
Cover,2,pcs,85,ABS
Bracket,1,pcs,120,SPCC
Mystery widget,3,pcs,,
"""


@pytest.fixture(params=BOTH)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with opened(settings, StillClock(), secrets.token_bytes) as found:
            yield found


def draft_of(service: Service, name: str = "Thing") -> OpenDraft:
    draft, _ = service.drafts.upload(ME, "list.csv", LIST.encode())
    return service.drafts.state_facts(draft, {"name": name, "country": "CN"})


def test_what_a_draft_gives_is_kept_with_its_completeness(service: Service) -> None:
    draft = draft_of(service)
    work = service.drafts.work(draft)
    version = service.products.keep(ME, draft)
    told = json.loads(version.summary)
    assert told["kg"] == work.footprint.total
    assert (told["word"], told["open"], told["counted"]) == ("at least", 1, 2)
    assert told["low"] <= told["kg"] <= told["high"]
    found = service.products.footprint(ME, version)
    total = found.footprint.content["totals"]["excluding_biogenic_uptake_kg_co2e"]
    assert total == pytest.approx(work.footprint.total, rel=1e-15)
    assert found.footprint.content["completeness"]["word"] == "at least"
    assert service.products.get(ME, version.product).product.name == "Thing"


def test_the_same_result_twice_makes_neither_a_twin_nor_a_version(service: Service) -> None:
    draft = draft_of(service)
    first = service.products.keep(ME, draft)
    again = service.products.keep(ME, service.drafts.get(ME, draft.id))
    assert again.id == first.id
    assert service.products.keep(ME, service.drafts.get(ME, draft.id), first.product) == first
    assert len(service.products.listed(ME)) == 1


def test_a_change_makes_the_next_version_and_the_first_stays(service: Service) -> None:
    first = service.products.keep(ME, draft_of(service))
    draft = service.products.continued(ME, first)
    assert draft.draft.facts["name"] == "Thing"
    open_line = service.drafts.work(draft).open[0]
    draft = service.drafts.choose(ME, draft, open_line.key, NOT_A_PART)
    likely = service.products.likely(ME, draft, "Thing")
    assert likely is not None
    second = service.products.keep(ME, draft, likely.product.id)
    kept = service.products.get(ME, first.product)
    assert [one.number for one in kept.versions] == [2, 1]
    assert kept.version(1) == first
    assert json.loads(second.summary)["open"] == 0
    assert service.products.listed(ME)[0][1] == second
    with pytest.raises(ServiceRefused) as refused:
        kept.version(3)
    assert refused.value.fault is UNKNOWN_PATH


def test_a_draft_that_was_changed_meanwhile_is_not_kept(service: Service) -> None:
    draft = draft_of(service)
    service.drafts.change(draft, replace(draft.draft, last="x"))
    with pytest.raises(ServiceRefused) as refused:
        service.products.keep(ME, draft)
    assert refused.value.fault is STALE_DRAFT
    assert service.products.listed(ME) == []


def test_another_tenant_finds_no_product(service: Service) -> None:
    version = service.products.keep(ME, draft_of(service))
    assert service.products.listed(OTHER) == []
    let_in(service.database, OTHER.tenant, "test", "secret", NOON, secrets.token_bytes(16))
    draft, _ = service.drafts.upload(OTHER, "list.csv", LIST.encode())
    for attempt in (
        lambda: service.products.get(OTHER, version.product),
        lambda: service.products.rename(OTHER, version.product, "Mine"),
        lambda: service.products.keep(OTHER, draft, version.product),
    ):
        with pytest.raises(ServiceRefused) as refused:
            attempt()
        assert refused.value.fault is UNKNOWN_PATH
    assert service.products.get(ME, version.product).product.name == "Thing"


def test_a_product_may_be_called_otherwise_but_not_nothing(service: Service) -> None:
    version = service.products.keep(ME, draft_of(service))
    service.products.rename(ME, version.product, " Speaker S1 ")
    assert service.products.get(ME, version.product).product.name == "Speaker S1"
    with pytest.raises(ServiceRefused, match="needs a name"):
        service.products.rename(ME, version.product, "  ")


MADE = {
    "name": "Thing", "country": "CN", "reference_period": "2025", "mass": "0.29 kg",
    "company": "Example Audio Ltd", "company_ids": "urn:uuid:7b0f3a5e-5a0e-4b0f-8c39-0d0b3c1f9a11",
    "product_ids": "urn:gtin:06901234567892",
}  # fmt: skip


def packed(service: Service, draft: OpenDraft) -> zipfile.ZipFile:
    found = service.products.footprint(ME, service.products.keep(ME, draft))
    content = answer_pack(service, ME, found)
    assert content == answer_pack(service, ME, found)
    return zipfile.ZipFile(io.BytesIO(content))


def test_an_answer_pack_without_a_pact_file_says_why(service: Service) -> None:
    archive = packed(service, draft_of(service))
    assert set(archive.namelist()) == {
        "read-me-en.txt", "read-me-zh.txt", "report-en.pdf", "report-en.xlsx", "report-zh.pdf"
    }  # fmt: skip
    says = archive.read("read-me-en.txt").decode()
    assert "At least 0.983 kg CO2e per 1 piece" in says
    for lacking in (
        "Company number, as a URN",
        "Year or period of the data",
        "Weight of one product",
    ):
        assert f"- {lacking} is missing" in says
    assert "product fact" not in says
    assert "每 1 件至少 0.983 千克 CO2e" in archive.read("read-me-zh.txt").decode()


def test_the_pact_file_of_an_answer_pack_holds_no_line(service: Service) -> None:
    draft = service.drafts.state_facts(draft_of(service), MADE)
    key = service.drafts.work(draft).open[0].key
    archive = packed(service, service.drafts.choose(ME, draft, key, "part-screw-steel", 0.004))
    pact = archive.read("footprint-pact.json").decode()
    assert "Example Audio Ltd" in pact
    for line in ("Cover", "Bracket", "Mystery widget"):
        assert f'"{line}"' not in pact
