"""A corrected factor: who is touched, by how much, which tiers are lost, what is proposed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from served import BOM, EVIDENCE, Site, codes, running, settings_for
from still_clock import StillClock

from api.faults import ServiceRefused
from api.opening import opened
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.service import Service
from api.store.tenants import Actor
from footprint.inventory.compiled import CompiledInventory
from footprint.proof.facts_changed import facts_changed
from footprint.proof.impact import changed_datasets
from footprint.study import Inputs

OTHER_BOM = (
    BOM.replace("Wall bracket", "Box")
    .replace("steel-cold-rolled-cn", "board-corrugated-recycled-cn")
    .replace("Cold-rolled steel", "Board")
)
#: A tier that compares with a baseline just above the footprint of before: it is easily lost.
STEEL = "steel-cold-rolled-cn"


def corrected(inventory: CompiledInventory, factor: float, name: str = STEEL) -> CompiledInventory:
    """The inventory after the correction of one dataset."""
    column = inventory.datasets[name].column
    tables = {}
    for gwp_set, table in inventory.tables.items():
        changed = np.array(table)
        changed[:, column] *= factor
        tables[gwp_set] = changed
    return replace(inventory, tables=tables, hash="sha256:" + "c" * 64)


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Service]:
    with opened(settings_for(tmp_path), StillClock()) as service:
        yield service


def issued(service: Service, bom: str = BOM) -> str:
    footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", bom.encode()))
    order = Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE))
    return service.certificates.issue(LOCAL, order).number


def examined(service: Service, factor: float, **options: Any) -> dict[str, Any]:
    new = corrected(service.inventory, factor)
    return service.recalls.examine(LOCAL, service.inventory, new, **options)


def test_a_correction_touches_what_uses_the_dataset_and_nothing_else(service: Service) -> None:
    touched, untouched = issued(service), issued(service, OTHER_BOM)
    report = examined(service, 1.05)
    assert report["certificates"] == 2
    (impact,) = report["impacts"]
    assert (impact["number"], impact["touched_by"]) == (touched, (STEEL,))
    assert untouched not in str(report["impacts"])
    assert {row["dataset"] for row in report["datasets"]["AR6"]} == {STEEL}


def test_the_change_is_that_of_the_line_to_the_last_digit(service: Service) -> None:
    number = issued(service)
    public = service.register.certificate(number).view_content
    share = next(
        line["kg_co2e"]
        for line in service.footprints.get(
            LOCAL, service.register.certificate(number).footprint
        ).content["contributions"]
        if line["dataset"] == STEEL
    )
    (impact,) = examined(service, 1.5)["impacts"]
    assert impact["before_kg_co2e"] == public["total_kg_co2e"]
    expected = Decimal(public["total_kg_co2e"]) + Decimal(str(share)) / 2
    assert abs(Decimal(impact["after_kg_co2e"]) - expected) < Decimal("1e-12")
    change = Decimal(impact["after_kg_co2e"]) / Decimal(impact["before_kg_co2e"]) - 1
    assert Decimal(impact["change"]) == change.quantize(Decimal("1e-6"))


@pytest.mark.parametrize(
    ("factor", "proposal"), [(1.02, "reissue"), (0.5, "reissue"), (1.5, "suspend")]
)
def test_a_little_more_is_issued_anew_and_a_lot_more_is_suspended(
    service: Service, factor: float, proposal: str
) -> None:
    issued(service)
    (impact,) = examined(service, factor)["impacts"]
    assert (impact["proposal"], impact["tier_holds"]) == (proposal, True)


def test_nothing_is_touched_where_nothing_changed(service: Service) -> None:
    issued(service)
    assert examined(service, 1.0)["impacts"] == []
    assert examined(service, 1 + 1e-12)["impacts"] == []  # last bits of another processor


def test_a_dataset_that_is_gone_is_told_and_suspended(service: Service) -> None:
    issued(service)
    datasets = {name: entry for name, entry in service.inventory.datasets.items() if name != STEEL}
    new = replace(service.inventory, datasets=datasets, hash="sha256:" + "c" * 64)
    (impact,) = service.recalls.examine(LOCAL, service.inventory, new)["impacts"]
    assert (impact["proposal"], impact["after_kg_co2e"]) == ("suspend", "")
    assert impact["problem"]


def test_a_tier_that_is_lost_is_suspended(tmp_path: Path) -> None:
    """A low-carbon claim against a benchmark that the corrected footprint no longer meets."""
    examples = Path(__file__).parents[2] / "examples"
    bom = (examples / "power-bank.csv").read_bytes()
    evidence = (examples / "power-bank.evidence.yaml").read_text("utf-8")
    with opened(settings_for(tmp_path), StillClock()) as service:
        footprint = service.footprints.calculate(LOCAL, Inputs("power-bank.csv", bom))
        order = Order(footprint.id, "kr-keiti", "low-carbon", evidence)
        number = service.certificates.issue(LOCAL, order).number
        lines = footprint.content["contributions"]
        worst = max(lines, key=lambda line: line["kg_co2e"])["dataset"]
        new = corrected(service.inventory, 30.0, worst)
        (impact,) = service.recalls.examine(LOCAL, service.inventory, new)["impacts"]
    assert (impact["number"], impact["tier_holds"]) == (number, False)
    assert impact["verdict"] == "fail"
    assert impact["proposal"] == "suspend"
    assert "tier is lost" in impact["says"]
    assert "等级不再成立" in impact["says_zh"]


def test_a_dry_run_changes_nothing_and_applying_suspends_once(service: Service) -> None:
    number = issued(service)
    examined(service, 1.5)
    assert service.register.certificate(number).status == "issued"
    (impact,) = examined(service, 1.5, apply=True)["impacts"]
    assert impact["outcome"] == "suspended"
    found = service.register.certificate(number)
    assert (found.status, found.status_reason) == ("suspended", impact["says"])
    (again,) = examined(service, 1.5, apply=True)["impacts"]
    assert again["outcome"] == ""


def test_rules_that_changed_are_looked_through_with_the_footprints_of_before(
    service: Service,
) -> None:
    issued(service)
    recalls = replace(service.recalls, rules=replace(service.rules, hash="sha256:" + "d" * 64))
    report = recalls.examine(LOCAL, service.inventory, service.inventory)
    assert (report["certificates"], report["impacts"]) == (1, [])


def test_withdrawn_certificates_and_other_tenants_are_left_alone(service: Service) -> None:
    number = issued(service)
    service.lifecycle.change_status(LOCAL, number, "revoked", "Recall")
    assert examined(service, 1.5)["certificates"] == 0
    stranger = Actor("stranger", "local")
    new = corrected(service.inventory, 1.5)
    assert service.recalls.examine(stranger, service.inventory, new)["certificates"] == 0


DIESEL = "diesel-combustion-gb"


def heavier(inventory: CompiledInventory) -> CompiledInventory:
    """The inventory after the correction of a density; no intensity is another one."""
    entry = inventory.datasets[DIESEL]
    assert entry.density_kg_per_l is not None
    other = replace(entry, density_kg_per_l=entry.density_kg_per_l * 1.25)
    datasets = {**inventory.datasets, DIESEL: other}
    return replace(inventory, datasets=datasets, hash="sha256:" + "c" * 64)


def test_a_corrected_density_touches_what_was_converted_by_it(service: Service) -> None:
    untouched = issued(service)
    burnt = issued(service, f"{BOM.replace('Wall', 'Desk')}3,Diesel,0.3,l,{DIESEL},production\n")
    certificate = service.register.certificate(burnt)
    lines = service.footprints.get(LOCAL, certificate.footprint).content["contributions"]
    share = next(line["kg_co2e"] for line in lines if line["dataset"] == DIESEL)
    report = service.recalls.examine(LOCAL, service.inventory, heavier(service.inventory))
    assert report["certificates"] == 2
    assert report["datasets"]["AR6"] == []
    (impact,) = report["impacts"]
    assert impact["number"] == burnt != untouched
    apart = Decimal(impact["after_kg_co2e"]) - Decimal(impact["before_kg_co2e"])
    assert abs(apart - Decimal(str(share)) / 4) < Decimal("1e-12")


def test_a_corrected_gas_touches_what_emits_it(service: Service) -> None:
    bom = f"{BOM.replace('Wall', 'Desk')}3,Leak,0.001,kg,c2f6,direct_emission\n"
    leaking, untouched = issued(service, bom), issued(service)
    own = service.inventory
    gas = own.substances["c2f6"]
    other = replace(gas, gwp={name: (value or 0) * 2 for name, value in gas.gwp.items()})
    new = replace(own, substances={**own.substances, "c2f6": other}, hash="sha256:" + "c" * 64)
    (impact,) = service.recalls.examine(LOCAL, own, new)["impacts"]
    assert impact["number"] == leaking != untouched
    apart = Decimal(impact["after_kg_co2e"]) - Decimal(impact["before_kg_co2e"])
    assert abs(apart - Decimal("12.4")) < Decimal("1e-12")


def test_facts_that_change_no_number_touch_nothing(service: Service) -> None:
    issued(service)
    own = service.inventory
    entry = replace(own.datasets[STEEL], synonyms=("another name",))
    datasets = {**own.datasets, STEEL: entry}
    new = replace(own, datasets=datasets, hash="sha256:" + "c" * 64)
    assert facts_changed(own, new) == {STEEL}
    assert service.recalls.examine(LOCAL, own, new)["impacts"] == []


def test_only_an_approver_recalls(service: Service) -> None:
    maker = Actor("default", "local", "Mai", ("maker",))
    with pytest.raises(ServiceRefused, match="API-102"):
        service.recalls.examine(maker, service.inventory, service.inventory)


def test_every_recall_is_in_the_log(service: Service) -> None:
    examined(service, 1.5)
    assert "recall.examined" in {entry["action"] for entry in service.log.entries(0, 10)}


def test_corrections_upstream_count(inventory: CompiledInventory) -> None:
    """Intensities hold everything upstream: who only uses electricity sees its correction too."""
    new = corrected(inventory, 1.1)
    assert [change.dataset for change in changed_datasets(inventory, new, "AR6")] == [STEEL]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("recall")
    with running(settings_for(folder)) as served:
        yield served


def test_a_recall_over_http_names_inventories_by_their_hash(site: Site) -> None:
    own = site.service.inventory
    order = {"old_inventory": own.hash, "new_inventory": own.hash}
    answer = site.client.post("/v1/recalls", json=order)
    assert answer.status_code == 200, answer.text
    assert (answer.json()["type"], answer.json()["impacts"]) == ("recall", [])
    unknown = site.client.post("/v1/recalls", json=order | {"new_inventory": "sha256:" + "0" * 64})
    assert codes(unknown)[0] == "API-507"
    outside = site.client.post("/v1/recalls", json=order | {"new_inventory": "../../etc"})
    assert codes(outside)[0] == "API-507"


def test_bundle_and_proof_over_http_are_for_the_owner_only(site: Site) -> None:
    number = site.certificate()["number"]
    address = f"/v1/certificates/{number}"
    bundle = site.client.get(f"{address}/bundle")
    assert bundle.status_code == 200, bundle.text
    assert bundle.json()["number"] == number
    assert bundle.headers["Cache-Control"] == "no-store"
    proof = site.client.post(f"{address}/proofs", json={"lines": ["1"]})
    assert proof.status_code == 200, proof.text
    assert proof.json()["commitment"] == bundle.json()["certificate"]["bom_commitment"]
    stranger = site.other_tenant()
    assert codes(stranger.get(f"{address}/bundle"))[0] == "API-202"
    assert codes(stranger.post(f"{address}/proofs", json={"lines": ["1"]}))[0] == "API-202"
    assert site.visitor.get(f"{address}/bundle").status_code == 401
    missing = site.client.post(f"{address}/proofs", json={"lines": ["99"]})
    assert "VER-030" in codes(missing)


def test_a_bundle_needs_the_inventory_of_its_issue(tmp_path: Path) -> None:
    with opened(settings_for(tmp_path), StillClock()) as service:
        number = issued(service)
        other = replace(service.inventory, hash="sha256:" + "e" * 64)
        changed = replace(service.recompute, inventory=other)
        with pytest.raises(ServiceRefused, match="API-506"):
            changed.bundle(LOCAL, number)
        shutil.rmtree(tmp_path / "store" / "keys")  # the private key is not needed to show lines
        assert service.recompute.proof(LOCAL, number, ["1"])["number"] == number
