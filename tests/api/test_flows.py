"""The whole way through a served installation, once as it should go and once as it should not."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from served import Site, codes, running, settings_for
from still_clock import NOON

from footprint.canonical import content_hash
from footprint.certificates.build import public_part
from footprint.certificates.verify import verify_credential
from footprint.certificates.verify_file import verify_file
from label_templates.render import pdf_candidates


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("flows"))) as served:
        yield served


def test_from_a_bill_of_materials_to_a_certificate_that_an_outsider_verifies(
    site: Site,
) -> None:
    footprint = site.client.get(f"/v1/footprints/{site.footprint()}").json()
    total = footprint["footprint"]["totals"]["excluding_biogenic_uptake_kg_co2e"]
    issued = site.client.post("/v1/certificates", json=site.order(footprint_id=footprint["id"]))
    assert issued.status_code == 201
    number = issued.json()["number"]
    assert issued.headers["Location"].endswith(f"/v1/certificates/{number}")

    public = site.visitor.get(f"/v1/certificates/{number}").json()
    assert public["status"]["state"] == "issued"
    assert float(public["certificate"]["total_kg_co2e"]) == total
    shown = content_hash(public_part(footprint["footprint"]))
    assert public["certificate"]["footprint_hash"] == shown
    assert public["verification"]["verdict"] == "valid"

    jwks = site.visitor.get("/.well-known/jwks.json").json()
    did = site.visitor.get("/.well-known/did.json").json()
    lists = [
        site.visitor.get(f"/v1/status/{name}").text for name in ("revocation-1", "suspension-1")
    ]
    credential = site.visitor.get(f"/v1/certificates/{number}/credential").text
    report = verify_credential(
        credential,
        jwks,
        NOON,
        issuer=did["id"],
        view_document=public["certificate"],
        status_lists=lists,
    )
    assert report.verdict == "valid"

    for language in ("en", "zh"):
        pdf = site.visitor.get(f"/v1/certificates/{number}/certificate.pdf?lang={language}").content
        drawn = site.visitor.get(f"/v1/certificates/{number}").json()
        expected = drawn["files"][language]["sha256"]
        assert "sha256:" + hashlib.sha256(pdf).hexdigest() == expected
        assert (
            verify_file(
                pdf, "certificate.pdf", did, NOON, status_lists=lists, render=pdf_candidates
            ).verdict
            == "valid"
        )


def test_a_certificate_that_the_rules_do_not_grant_is_refused_with_every_reason(
    site: Site,
) -> None:
    refused = site.client.post("/v1/certificates", json=site.order(evidence={}))
    assert refused.status_code == 422
    assert codes(refused) == ["API-501", "API-501"]
    decision = refused.json()["decision"]
    assert decision["verdict"] == "unknown"
    assert decision["missing"]
    assert all(name in refused.json()["problems"][0]["hint"] for name in decision["missing"])


def test_a_revoked_certificate_is_refused_by_everyone(site: Site) -> None:
    number = site.certificate()["number"]
    change = {"status": "revoked", "reason": "The bill of materials was wrong"}
    changed = site.client.post(f"/v1/certificates/{number}/status", json=change)
    assert changed.status_code == 200

    public = site.visitor.get(f"/v1/certificates/{number}").json()
    assert public["status"]["state"] == "revoked"
    assert public["status"]["reason"] == "The bill of materials was wrong"
    assert public["verification"]["verdict"] == "revoked"
    page = site.visitor.get(f"/verify/{number}").text
    assert "The bill of materials was wrong" in page
    again = site.client.post(f"/v1/certificates/{number}/status", json=change)
    assert again.status_code == 409
    assert codes(again)[0] == "API-503"


def test_a_certificate_is_in_force_to_its_last_day_and_no_longer(site: Site) -> None:
    public = site.certificate()
    assert public["valid_from"] == "2026-11-20"
    assert public["valid_until"] == "2029-11-19"
    states = []
    for day in (0, 1095, 1096):
        site.clock.now = NOON + timedelta(days=day)
        answer = site.visitor.get(f"/v1/certificates/{public['number']}").json()
        states.append((answer["status"]["state"], answer["verification"]["verdict"]))
    site.clock.now = NOON
    assert states == [("issued", "valid"), ("issued", "valid"), ("expired", "expired")]


def test_a_store_that_is_opened_again_has_the_same_certificates_and_keys(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with running(settings) as before:
        issued = before.certificate()
        assert not issued.pop("guesses")["lines"]  # told to whoever orders, and to nobody else
        keys = before.visitor.get("/.well-known/jwks.json").json()
    with running(settings) as after:
        again = after.visitor.get(f"/v1/certificates/{issued['number']}").json()
        assert again == issued
        assert after.visitor.get("/.well-known/jwks.json").json() == keys
        assert after.service.check_audit_log().intact
