"""Site data, product facts and suppliers' footprints that come with a bill of materials."""

from __future__ import annotations

import copy
import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from served import BOM, Site, codes, running, settings_for

from footprint.certificates.verify_file import verify_file
from footprint.proof.bundle import read_bundle
from footprint.proof.manifest import engine_manifest
from footprint.proof.verify_bundle import verify_bundle
from footprint.proof.verify_results import Tools

COIL = {
    "id": "b1f8c0f0-0000-4000-8000-000000000001",
    "specVersion": "3.0.1",
    "companyName": "Steelworks",
    "productNameCompany": "Coil",
    "pcf": {
        "declaredUnitOfMeasurement": "kilogram",
        "declaredUnitAmount": "1000",
        "productMassPerDeclaredUnit": "1000",
        "referencePeriodStart": "2025-01-01T00:00:00Z",
        "referencePeriodEnd": "2025-12-31T00:00:00Z",
        "pcfExcludingBiogenicUptake": "2000",
        "pcfIncludingBiogenicUptake": "2000",
        "fossilGhgEmissions": "2000",
        "ipccCharacterizationFactors": ["AR6"],
        "primaryDataShare": "60",
        "dqi": {"technologicalDQR": "1.5", "geographicalDQR": "2", "temporalDQR": "1"},
    },
}
SITE = {
    "year": 2025,
    "flows": [
        {
            "name": "Own generator",
            "quantity": 1000,
            "unit": "kWh",
            "dataset": "electricity-gas-cn",
            "stage": "production",
        }
    ],
    "outputs": [{"product": "Bracket", "amount": 10000, "unit": "piece", "mass": "500 g"}],
    "this_product": "Bracket",
    "allocation": {"method": "pieces", "reason": "one product"},
}
TABLE = """\
id,name,quantity,unit,dataset,stage,supplier_pcf,contract
1,Coil,0.5,kg,,material,coil.json,
2,Electricity,0.8,kWh,electricity-grid-cn,production,,electricity-wind-cn
"""
FACTS = {
    "name": "Wall bracket",
    "company": "Example Metal Ltd",
    "country": "CN",
    "declared_unit": "1 piece",
    "mass": "0.5 kg",
    "reference_period": "2025-01-01/2025-12-31",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("files"))) as served:
        yield served


def send(site: Site, electricity: str = "location", **changes: Any) -> httpx.Response:
    parts = {
        "file": ("bracket.csv", TABLE.encode()),
        "product": ("bracket.product.yaml", yaml.safe_dump(FACTS).encode()),
        "site": ("bracket.site.yaml", yaml.safe_dump(SITE).encode()),
        "document": ("coil.json", json.dumps(COIL).encode()),
    } | changes
    files = [(name, part) for name, part in parts.items() if part is not None]
    return site.client.post(f"/v1/footprints?electricity={electricity}", files=files)


def made(site: Site, electricity: str = "location") -> dict[str, Any]:
    answer = send(site, electricity)
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    return document


def test_each_file_counts(site: Site) -> None:
    footprint = made(site)["footprint"]
    assert footprint["product"]["name"] == "Wall bracket"
    lines = {line["name"]: line for line in footprint["contributions"]}
    assert lines["Coil"]["kg_co2e"] == pytest.approx(0.5 * 2.0)
    assert lines["Own generator"]["quantity"] == pytest.approx(0.1)
    assert footprint["provenance"]["documents"][0]["file"] == "coil.json"


def test_electricity_counts_as_asked(site: Site) -> None:
    by_location = made(site)["footprint"]
    by_market = made(site, "market")["footprint"]
    assert by_market["electricity"]["basis"] == "market"
    total = "excluding_biogenic_uptake_kg_co2e"
    assert by_market["totals"][total] < by_location["totals"][total]
    assert by_market["totals"][total] == pytest.approx(
        by_location["electricity"]["market_based_kg_co2e"]
    )


def test_a_document_that_is_not_sent_is_missed_by_name(site: Site) -> None:
    answer = send(site, document=None)
    assert answer.status_code == 422
    problem = answer.json()["problems"][0]
    assert (problem["code"], problem["column"]) == ("BOM-029", "supplier_pcf")
    assert "coil.json" in problem["message"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ([("file", ("a.csv", b"x")), ("file", ("b.csv", b"x"))], "'file' stands twice"),
        ([("document", ("a.json", b"x"))], "no file in the field 'file'"),
        ([("file", ("a.csv", b"x")), ("photo", ("b.png", b"x"))], "no form field 'photo'"),
        ([("file", ("a.csv", b"x")), ("processes", ("p.yaml", b"x"))], "not take own processes"),
    ],
)
def test_a_form_of_another_shape_is_refused(site: Site, files: Any, says: str) -> None:
    answer = site.client.post("/v1/footprints", files=files)
    assert answer.status_code == 422
    problem = answer.json()["problems"][0]
    assert problem["code"] == "API-002"
    assert says in problem["message"]


def test_two_documents_of_one_name_are_refused(site: Site) -> None:
    files = [("file", ("a.csv", b"x")), *2 * [("document", ("../c.json", b"x"))]]
    answer = site.client.post("/v1/footprints", files=files)
    assert (answer.status_code, codes(answer)) == (422, ["API-003", "API-003"])
    assert "'c.json'" in answer.json()["problems"][0]["message"]


@pytest.fixture(scope="module")
def bundle(site: Site) -> tuple[dict[str, Any], dict[str, Any]]:
    """A certificate of the market-based footprint, and its bundle."""
    identifier = made(site, "market")["id"]
    order = site.order(footprint_id=identifier)
    answer = site.client.post("/v1/certificates", json=order)
    assert answer.status_code == 201, answer.text
    number = answer.json()["number"]
    found = site.client.get(f"/v1/certificates/{number}/bundle").json()
    return answer.json(), found


def recomputed(site: Site, bundle: dict[str, Any]) -> dict[str, str]:
    """The outcome of each check of the recomputation from a bundle."""
    data = {"credential": bundle["credential"], "certificate": bundle["certificate"]}
    keys = site.visitor.get("/.well-known/jwks.json").json()
    report = verify_file(json.dumps(data).encode(), "c.json", keys, site.clock.now)
    tools = Tools(site.service.inventory, site.service.rules, engine_manifest())
    again = verify_bundle(report, read_bundle(json.dumps(bundle).encode()), tools)
    return {check.name: check.outcome for check in again.checks}


def test_the_bundle_holds_all_files_and_recomputes(
    site: Site, bundle: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    _, document = bundle
    assert [one["name"] for one in document["documents"]] == ["coil.json"]
    assert document["electricity"] == "market"
    assert set(recomputed(site, document).values()) <= {"passed", "skipped"}


def _flipped(part: dict[str, str]) -> None:
    data = bytearray(b64decode(part["base64"]))
    at = data.index(b"2")
    data[at : at + 1] = b"3"
    part["base64"] = b64encode(bytes(data)).decode()


@pytest.mark.parametrize(
    "change",
    [
        lambda b: _flipped(b["documents"][0]),
        lambda b: _flipped(b["site_file"]),
        lambda b: _flipped(b["product_file"]),
        lambda b: b.update(electricity="location"),
        lambda b: b["documents"].clear(),
        lambda b: b.update(site_file=None),
    ],
    ids=["document", "site", "product", "basis", "no document", "no site"],
)
def test_a_flipped_byte_in_what_was_sent_along_names_the_bill_of_materials(
    site: Site,
    bundle: tuple[dict[str, Any], dict[str, Any]],
    change: Callable[[dict[str, Any]], None],
) -> None:
    changed = copy.deepcopy(bundle[1])
    change(changed)
    assert recomputed(site, changed)["bom"] == "failed"


def test_the_command_takes_the_files_beside_the_table(tmp_path: Path, site: Site) -> None:
    from footprint.cli.issuing import inputs_beside

    for name, content in (
        ("bracket.csv", TABLE),
        ("bracket.product.yaml", yaml.safe_dump(FACTS)),
        ("bracket.site.yaml", yaml.safe_dump(SITE)),
        ("coil.json", json.dumps(COIL)),
        ("other.json", "not named by any line"),
    ):
        (tmp_path / name).write_text(content)
    inputs = inputs_beside(tmp_path / "bracket.csv", "AR6", "market")
    assert list(inputs.documents) == ["coil.json"]
    assert made(site, "market")["footprint"]["provenance"]["bom"] == inputs.read().hash


def test_a_table_alone_is_read_as_before(site: Site) -> None:
    files = [("file", ("bracket.csv", BOM.encode()))]
    assert site.client.post("/v1/footprints", files=files).status_code == 201
