"""The service itself: OpenAPI, keys, health, the list of errors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from evidence import some
from served import BASE_URL, Site, codes, running, settings_for

import api
from footprint.documents.forms import DocumentName, document_schema


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("service"))) as served:
        yield served


@pytest.fixture(scope="module")
def openapi(site: Site) -> dict[str, Any]:
    document: dict[str, Any] = site.visitor.get("/openapi.json").json()
    return document


def _operations(openapi: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [
        (f"{method.upper()} {path}", operation)
        for path, methods in openapi["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_operation_is_described(openapi: dict[str, Any]) -> None:
    operations = _operations(openapi)
    assert len(operations) >= 14
    for name, operation in operations:
        assert operation.get("summary"), name
        assert len(operation.get("description", "")) > 40, name
        assert operation.get("tags"), name
        for parameter in operation.get("parameters", []):
            assert parameter.get("description"), (name, parameter["name"])


def test_every_member_of_every_shape_is_described(openapi: dict[str, Any]) -> None:
    published = {"FootprintDocument", "DecisionDocument"}  # docs/result.md says what is in them
    for kind in get_args(DocumentName):
        published |= set(document_schema(kind)["$defs"])
    shapes = openapi["components"]["schemas"]
    for name, shape in some(one for one in shapes.items() if one[0] not in published):
        assert shape.get("description"), name
        for member, schema in shape.get("properties", {}).items():  # a list of words has none
            assert schema.get("description") or "$ref" in schema, (name, member)


def test_every_error_answer_is_a_problem_document(openapi: dict[str, Any]) -> None:
    for name, operation in _operations(openapi):
        for status, answer in operation["responses"].items():
            if status >= "400" and name != "GET /verify/{number}":
                # A protocol has errors of its own form.
                own = "/3/" in name or name == "POST /auth/token"
                own = own or (name, status) == (
                    "GET /readyz",
                    "503",
                )  # what is not ready is said as what is
                kind = "application/json" if own else "application/problem+json"
                assert list(answer["content"]) == [kind], (name, status)
    assert "HTTPValidationError" not in openapi["components"]["schemas"]


def test_every_reference_leads_somewhere(site: Site, openapi: dict[str, Any]) -> None:
    references = re.findall(
        r'"\$ref":\s*"#/components/schemas/(\w+)"', str(openapi).replace("'", '"')
    )
    assert references
    assert set(references) <= set(openapi["components"]["schemas"])


def test_a_problem_document_has_the_shape_that_is_documented(
    site: Site, openapi: dict[str, Any]
) -> None:
    shape = {"$ref": "#/components/schemas/ProblemDocument", "components": openapi["components"]}
    for path in ("/nowhere", "/v1/footprints/x", "/v1/certificates/x", "/v1/status/x"):
        jsonschema.validate(site.visitor.get(path).json(), shape)


#: Routes about what buyers ask and what suppliers answer.
_BUYERS_AND_SUPPLIERS = (
    "POST /v1/supplier-requests",
    "GET /v1/supplier-requests",
    "GET /v1/supplier-requests/{ask_id}",
    "GET /v1/supplier-footprints",
    "GET /v1/supplier-footprints/{pcf_id}",
    "POST /v1/supplier-footprints/{pcf_id}/impact",
    "POST /v1/requests",
    "GET /v1/requests",
    "GET /v1/requests/digest",
    "GET /v1/requests/{request_id}",
    "PUT /v1/requests/{request_id}",
    "POST /v1/requests/{request_id}/outcome",
    "POST /v1/requests/{request_id}/packs",
    "GET /v1/requests/{request_id}/file",
    "GET /v1/requests/{request_id}/packs",
    "GET /v1/requests/{request_id}/packs/{pack_id}",
    "POST /v1/requests/{request_id}/packs/{pack_id}/sent",
    "POST /v1/evidence",
    "GET /v1/evidence",
    "GET /v1/evidence/{evidence_id}/file",
    "POST /v1/campaigns",
    "GET /v1/campaigns",
    "GET /v1/campaigns/{campaign_id}",
    "GET /v1/campaigns/{campaign_id}/mail.csv",
    "GET /v1/campaigns/{campaign_id}/answers.csv",
    "POST /v1/campaigns/{campaign_id}/sent",
    "POST /v1/campaigns/{campaign_id}/reminders",
    "POST /v1/campaigns/{campaign_id}/suppliers/{supplier_id}/judgement",
    "POST /v1/campaigns/{campaign_id}/suppliers/{supplier_id}/link",
)


#: Routes about catalogues, sums, messages, and who comes to the door.
_CATALOGUES_AND_DOOR = (
    "DELETE /v1/catalogues/{job_id}",
    "DELETE /v1/locks/{lock_id}",
    "DELETE /v1/people/{person_id}",
    "DELETE /v1/webhooks/{webhook_id}",
    "GET /v1/catalogues/{job_id}/manifest.json",
    "GET /v1/catalogues/{job_id}/refused.parquet",
    "GET /v1/catalogues/{job_id}/results.parquet",
    "GET /v1/footprints/{footprint_id}/exchange",
    "GET /v1/jobs/{job_id}/events",
    "GET /v1/locks",
    "GET /v1/people/{person_id}/data",
    "GET /v1/sign-ins",
    "GET /v1/statements",
    "GET /v1/statements/subjects/{footprint_id}",
    "DELETE /v1/verifiers/{verifier_id}/keys/{key_id}",
    "POST /v1/statements",
    "POST /v1/statements/{statement_id}/withdrawal",
    "POST /v1/verifiers",
    "POST /v1/verifiers/{verifier_id}/keys",
    "PUT /v1/verifiers/{verifier_id}",
    "GET /v1/webhooks",
    "GET /v1/webhooks/messages",
    "POST /v1/catalogues",
    "POST /v1/disclosures",
    "POST /v1/disclosures/workbook",
    "POST /v1/webhooks",
    "POST /v1/webhooks/{webhook_id}/secret",
    "POST /v1/webhooks/{webhook_id}/test",
    "PUT /v1/partners/{partner_id}/scopes",
)


def test_only_what_belongs_to_a_tenant_asks_for_a_token(openapi: dict[str, Any]) -> None:
    guarded = {name for name, operation in _operations(openapi) if operation.get("security")}
    assert guarded == {
        "POST /v1/readings",
        "GET /v1/matches",
        "GET /v1/matches/candidates",
        "PUT /v1/matches",
        "POST /v1/footprints",
        "GET /v1/footprints",
        "GET /v1/footprints/{footprint_id}",
        "GET /v1/footprints/{footprint_id}/report",
        "POST /v1/certificates",
        "POST /v1/certificates/{number}/status",
        "POST /v1/certificates/{number}/surveillance",
        "POST /v1/certificates/{number}/objections",
        "POST /v1/certificates/{number}/objections/{objection_id}/answer",
        "GET /v1/objections",
        "POST /v1/surveillance/plans",
        "GET /v1/surveillance/plans",
        "GET /v1/surveillance/plans/{plan_id}",
        "GET /v1/certificates/{number}/bundle",
        "POST /v1/certificates/{number}/proofs",
        "POST /v1/recalls",
        "GET /v1/jobs",
        "GET /v1/jobs/{job_id}",
        "POST /v1/jobs/{job_id}/cancel",
        "POST /v1/applications",
        "GET /v1/applications",
        "GET /v1/applications/{application_id}",
        "GET /v1/partners",
        "POST /v1/partners",
        "POST /v1/partners/{partner_id}/secret",
        "DELETE /v1/partners/{partner_id}",
        "GET /v1/publications",
        "POST /v1/publications",
        "GET /v1/events",
        "GET /v1/events/received",
        "PUT /v1/partners/{partner_id}/connection",
        "POST /v1/decisions",
        "POST /v1/laws/procurement",
        *_BUYERS_AND_SUPPLIERS,
        *_CATALOGUES_AND_DOOR,
        "GET /3/footprints",
        "GET /3/footprints/{footprint_id}",
        "POST /3/events",
        *(
            f"POST /v1/applications/{{application_id}}/{step}"
            for step in ("submit", "check", "return", "withdraw", "approve")
        ),
    }


def test_the_did_document_and_the_key_set_show_the_same_public_keys(site: Site) -> None:
    did = site.visitor.get("/.well-known/did.json").json()
    keys = site.visitor.get("/.well-known/jwks.json").json()["keys"]
    assert did["id"] == "did:web:labels.example.com"
    assert [method["publicKeyJwk"] for method in did["verificationMethod"]] == keys
    assert all("d" not in key for key in keys)
    assert site.visitor.get("/did.json").json() == did


def test_health_says_what_is_calculated_with(site: Site) -> None:
    answer = site.visitor.get("/healthz").json()
    assert answer["status"] == "ok"
    assert answer["inventory"] == site.service.inventory.hash
    assert answer["rules"] == site.service.rules.hash


def test_every_code_in_the_source_is_listed(site: Site) -> None:
    listed = {kind["code"] for kind in site.visitor.get("/v1/problems").json()}
    folder = Path(api.__file__).parent
    written = {
        code
        for file in folder.rglob("*.py")
        for code in re.findall(r"API-\d{3}", file.read_text("utf-8"))
    }
    assert written == listed


def test_a_problems_type_leads_to_the_list(site: Site) -> None:
    answer = site.visitor.get("/nowhere").json()
    address, _, code = answer["type"].partition("#")
    assert code in {kind["code"] for kind in site.visitor.get(address).json()}


@pytest.mark.parametrize("body", [b"{", b"", b"[]", b'"text"', b"null", b"\xff\xfe", b"{}"])
def test_a_malformed_order_is_a_problem_document(site: Site, body: bytes) -> None:
    headers = {"Content-Type": "application/json"}
    answer = site.client.post("/v1/certificates", content=body, headers=headers)
    assert answer.status_code in (400, 422)
    assert codes(answer)[0] in ("API-001", "API-002")


def test_addresses_in_answers_are_the_public_ones(site: Site) -> None:
    certificate = site.certificate()
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    text = site.visitor.get(f"/v1/certificates/{certificate['number']}", headers=headers).text
    assert BASE_URL in text
    assert "evil" not in text
