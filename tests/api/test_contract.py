"""What the OpenAPI document promises is so: examples, media types, methods, limits, pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from evidence import some
from served import BOM, Site, codes, running, settings_for

from api.openapi import operations
from api.services.objections import MAX_OPEN
from api.starting import starting_lines
from footprint.certificates.number import parse_certificate_number

CSV = {"Content-Type": "text/csv"}
STEEL = {
    "id": "#1",
    "name": "Cold-rolled steel",
    "quantity": 1.234,
    "unit": "kg",
    "dataset": "steel-cold-rolled-cn",
    "stage": "material",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("contract"))) as served:
        yield served


@pytest.fixture(scope="module")
def openapi(site: Site) -> dict[str, Any]:
    document: dict[str, Any] = site.visitor.get("/openapi.json").json()
    return document


def test_every_example_is_valid(openapi: dict[str, Any]) -> None:
    found = list(_examples(openapi))
    for name, schema, example in found:
        jsonschema.validate(example, schema | {"components": openapi["components"]})
        if name == "number":
            assert parse_certificate_number(example) == example
    assert len(found) > 40


def _examples(openapi: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], Any]]:
    """(name, schema, example) of everything that has one."""
    for _, _, operation in operations(openapi):
        for one in operation.get("parameters", []):
            for example in [*one["schema"].get("examples", ()), *_values(one)]:
                yield one["name"], one["schema"], example
        for media in operation.get("requestBody", {}).get("content", {}).values():
            for example in _values(media):
                yield "body", media["schema"], example
    for shape in openapi["components"]["schemas"].values():
        for name, schema in shape.get("properties", {}).items():
            for example in schema.get("examples", ()):
                yield name, schema, example


def _values(holder: dict[str, Any]) -> list[Any]:
    examples = holder.get("examples", {})
    return [one["value"] for one in examples.values()] if isinstance(examples, dict) else examples


def test_whole_bodies_in_both_languages_are_answered_as_documented(
    site: Site, openapi: dict[str, Any]
) -> None:
    sent = 0
    for path in ("/v1/footprints", "/v1/certificates", "/v1/applications"):
        content = openapi["paths"][path]["post"]["requestBody"]["content"]
        for media_type, media in content.items():
            examples = media.get("examples", {})
            assert not examples or set(examples) == {"english", "chinese"}
            for example in examples.values():
                body = example["value"]
                if path == "/v1/footprints" and media_type == "text/csv":
                    answer = site.client.post(path, content=body.encode(), headers=CSV)
                else:
                    if "footprint_id" in body:
                        body = body | {"footprint_id": site.footprint()}
                    answer = site.client.post(path, json=body)
                assert answer.status_code == 201, (path, media_type, answer.text)
                sent += 1
    assert sent == 8


@pytest.mark.parametrize(
    ("address", "media_type"),
    [
        ("/.well-known/did.json", "application/did+json"),
        ("/.well-known/jwks.json", "application/jwk-set+json"),
    ],
)
def test_media_types_are_the_documented_ones(
    site: Site, openapi: dict[str, Any], address: str, media_type: str
) -> None:
    documented = openapi["paths"][address]["get"]["responses"]["200"]["content"]
    assert list(documented) == [media_type]
    assert site.visitor.get(address).headers["Content-Type"].split(";")[0] == media_type


def test_every_operation_may_be_told_to_wait(openapi: dict[str, Any]) -> None:
    for path, method, operation in some(operations(openapi)):
        for status in ("429", "503"):
            headers = operation["responses"][status]["headers"]
            assert "Retry-After" in headers, (method, path)


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("DELETE", "/v1/footprints", {"GET", "POST"}),
        ("PUT", "/v1/certificates/FP-7K3M-Q2ZD-4/objections", {"GET", "POST"}),
        ("POST", "/v1/register", {"GET"}),
        ("PATCH", "/healthz", {"GET"}),
        ("DELETE", "/v1/requests/digest", {"GET"}),
        ("DELETE", "/v1/requests/x", {"GET", "PUT"}),
    ],
)
def test_a_wrong_method_is_told_the_right_ones(
    site: Site, method: str, address: str, allowed: set[str]
) -> None:
    answer = site.client.request(method, address)
    assert (answer.status_code, codes(answer)[0]) == (405, "API-205")
    assert set(answer.headers["Allow"].split(", ")) == allowed


def test_schemes_and_evidence_are_typed(site: Site, openapi: dict[str, Any]) -> None:
    schemas = openapi["components"]["schemas"]
    order = schemas["CertificateOrder"]["properties"]
    assert set(order["scheme"]["enum"]) == set(site.service.rules.schemes)
    assert {"$ref": "#/components/schemas/EvidenceFile"} in order["evidence"]["anyOf"]
    assert "b2b" in str(schemas["EvidenceFile"]["properties"]["sales_channel"])


# Bills of materials as JSON


def test_json_and_a_table_give_the_same_footprint(site: Site) -> None:
    product = {
        "name": "Wall bracket",
        "name_zh": "墙面支架",
        "company": "Example Metal Ltd",
        "country": "CN",
        "declared_unit": "1 piece",
        "mass": "0.5 kg",
        "reference_period": "2025-01-01/2025-12-31",
    }
    power = {"id": "2", "name": "Electricity", "quantity": 0.8, "unit": "kWh"}
    power |= {"dataset": "electricity-grid-cn", "stage": "production"}
    lines = [STEEL | {"id": "1", "quantity": 0.55}, power]
    as_json = site.client.post("/v1/footprints", json={"product": product, "lines": lines})
    as_table = site.client.post("/v1/footprints", content=BOM.encode(), headers=CSV)
    assert as_json.status_code == as_table.status_code == 201, as_json.text
    one, other = as_json.json()["footprint"], as_table.json()["footprint"]
    assert one["totals"] == other["totals"]
    assert one["product"] == other["product"]
    assert one["provenance"]["bom"] == other["provenance"]["bom"]


def test_a_number_of_json_is_never_two_numbers(site: Site) -> None:
    """1.234 in a table of its own could be a thousand and more; in JSON it is what it is."""
    body = {"product": {"name": "A"}, "lines": [STEEL]}
    one = site.client.post("/v1/footprints", json=body)
    assert one.status_code == 201, one.text
    line = one.json()["footprint"]["contributions"][0]
    twice = body | {"lines": [STEEL | {"quantity": 2.468}]}
    other = site.client.post("/v1/footprints", json=twice).json()["footprint"]["contributions"][0]
    assert other["kg_co2e"] == pytest.approx(2 * line["kg_co2e"], rel=1e-12)
    assert line["line"] == "#1"


def test_a_problem_of_json_names_the_line(site: Site) -> None:
    lines = [STEEL, STEEL | {"id": "2", "unit": "furlong"}]
    body = {"product": {"name": "A"}, "lines": lines}
    answer = site.client.post("/v1/footprints", json=body)
    assert codes(answer) == ["API-003", "BOM-012"]
    assert answer.json()["problems"][0]["row"] == 3  # the members are row 1


def test_a_certificate_rests_on_json_and_is_bundled(site: Site, openapi: dict[str, Any]) -> None:
    content = openapi["paths"]["/v1/footprints"]["post"]["requestBody"]["content"]
    body = content["application/json"]["examples"]["english"]["value"]
    footprint = site.client.post("/v1/footprints", json=body).json()["id"]
    made = site.client.post("/v1/certificates", json=site.order(footprint_id=footprint))
    assert made.status_code == 201, made.text
    assert site.client.get(f"/v1/certificates/{made.json()['number']}/bundle").status_code == 200


def test_documents_and_site_data_come_inside_of_json(site: Site) -> None:
    line = STEEL | {"supplier_pcf": "acme.json"}
    body = {"product": {"name": "A"}, "lines": [line], "documents": {"acme.json": {"a": 1}}}
    answer = site.client.post("/v1/footprints", json=body)
    assert codes(answer) == ["API-003", "SUP-002"]
    site_data = {"product": {"name": "A"}, "lines": [STEEL], "site": {"nonsense": 1}}
    assert codes(site.client.post("/v1/footprints", json=site_data))[:2] == ["API-003", "BOM-028"]


# Lists


def test_footprints_are_listed_newest_first_page_by_page(site: Site) -> None:
    for _ in range(3):
        site.footprint()
    found: list[str] = []
    address: str | None = "/v1/footprints?limit=2"
    while address:
        page = site.client.get(address).json()
        assert len(page["footprints"]) <= 2
        found += [one["id"] for one in page["footprints"]]
        address = f"/v1/footprints?limit=2&cursor={page['next']}" if page["next"] else None
    everything = site.client.get("/v1/footprints?limit=500").json()["footprints"]
    assert found == [one["id"] for one in everything]
    assert len(set(found)) == len(found) >= 3
    assert "footprint" not in everything[0]
    assert site.other_tenant("listless").get("/v1/footprints").json()["footprints"] == []


def test_objections_are_limited_and_paged(site: Site) -> None:
    number = site.certificate()["number"]
    address = f"/v1/certificates/{number}/objections"
    for place in range(MAX_OPEN):
        made = site.client.post(address, json={"party": "A", "text": f"Reason {place}"})
        assert made.status_code == 201, made.text
    refused = site.client.post(address, json={"party": "A", "text": "One more"})
    assert (refused.status_code, codes(refused)[0]) == (409, "API-514")
    for tenant in ("b", "c"):
        other = site.other_tenant(tenant)
        for place in range(MAX_OPEN):
            other.post(address, json={"party": tenant, "text": f"Reason {place}"})
    shown = site.visitor.get(f"/v1/certificates/{number}").json()
    assert len(shown["objections"]) == 20
    found: list[str] = []
    at: str | None = f"{address}?limit=7"
    while at:
        page = site.visitor.get(at).json()
        found += [one["id"] for one in page["objections"]]
        at = f"{address}?limit=7&cursor={page['next']}" if page["next"] else None
    assert len(set(found)) == len(found) == 3 * MAX_OPEN
    assert found[:20] == [one["id"] for one in shown["objections"]]
    site.client.post(f"{address}/{found[0]}/answer", json={"state": "rejected", "answer": "No."})


# Limits


def test_an_address_that_asks_too_often_has_to_wait(tmp_path: Any) -> None:
    with running(settings_for(tmp_path, rate_per_address="5/hour")) as site:
        answers = [site.visitor.get("/v1/problems") for _ in range(7)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 2
        assert codes(answers[-1])[0] == "API-701"
        assert 0 < int(answers[-1].headers["Retry-After"]) <= 3600
        assert "default-src" in answers[-1].headers["Content-Security-Policy"]
        assert site.visitor.get("/healthz").status_code == 200


def test_a_token_that_asks_too_often_has_to_wait_and_no_other_does(tmp_path: Any) -> None:
    with running(settings_for(tmp_path, rate_per_token="3/hour")) as site:  # noqa: S106
        answers = [site.client.get("/v1/footprints") for _ in range(5)]
        assert [answer.status_code for answer in answers] == [200] * 3 + [429] * 2
        assert int(answers[-1].headers["Retry-After"]) > 0
        assert site.other_tenant("patient").get("/v1/footprints").status_code == 200
        assert site.visitor.get("/v1/register").status_code == 200


def test_the_start_says_what_matters(site: Site) -> None:
    said = "\n".join(starting_lines(site.service))
    secret = (site.service.settings.store_dir / "access-token").read_text().strip()
    assert secret not in said
    for part in (
        site.service.settings.base_url,
        site.service.issuer_did,
        "Four eyes: off",
        str(site.service.settings.store_dir),
        "People:",
    ):
        assert part in said
