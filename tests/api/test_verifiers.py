"""The register of verifiers and their statements: over HTTP and by command, on both databases."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from databases import BOTH, database_address
from served import BOM, EVIDENCE, Site, codes, command, own_bom, running, settings_for
from still_clock import NOON

from api.services.access import LOCAL, let_in
from api.services.issuer import Order
from api.store.tenants import ALL_ROLES, ROLES
from footprint.certificates.keys import dump_jwk, generate_key, key_id, public_jwks
from footprint.certificates.view import view_from_document
from footprint.proof.bundle import read_bundle
from footprint.proof.manifest import engine_manifest
from footprint.proof.verify_bundle import verify_bundle
from footprint.proof.verify_results import Tools
from footprint.verifiers.published import against_verified_by, published_verifier
from footprint.verifiers.statement import (
    sign_statement,
    subject_from_values,
    terms_from_values,
)
from label_templates.render import LANGUAGES, Language, label_svg

ENTRY: dict[str, Any] = {
    "name": "Example Verification Ltd",
    "kind": "registered-verifier",
    "body": "Example Accreditation Service",
    "accreditation": "V-0042",
    "source": "https://accreditation.example.org/register/V-0042",
    "accredited_from": "2024-01-01",
    "accredited_until": "2026-12-31",
    "scope": {
        "standards": ["ISO 14067"],
        "subjects": ["product"],
        "levels": ["limited", "reasonable"],
    },
}
EVIDENCE_ON = EVIDENCE | {"verification": {"statement": "V-1"}}


@pytest.fixture(scope="module", params=BOTH)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("verifiers")
    with database_address(request.param, folder) as address:
        more = {"database_url": address} if request.param == "postgresql" else {}
        with running(settings_for(folder, **more)) as served:
            secret = os.urandom(16).hex()
            database = served.service.database
            let_in(database, "default", "owner", secret, NOON, os.urandom(16), "Ola", ALL_ROLES)
            served.others.append(
                httpx.Client(
                    base_url=served.client.base_url,
                    headers={"Authorization": f"Bearer {secret}"},
                    trust_env=False,
                    timeout=60,
                )
            )
            yield served


def owner(site: Site) -> httpx.Client:
    return site.others[0]


class Verifier:
    """A verifier of the register, with its private key."""

    def __init__(self, site: Site, **changes: Any) -> None:
        self.site, self.key = site, generate_key()
        answer = owner(site).post("/v1/verifiers", json=ENTRY | changes)
        assert answer.status_code == 201, answer.text
        self.id = answer.json()["id"]
        (jwk,) = public_jwks([self.key])["keys"]
        added = owner(site).post(f"/v1/verifiers/{self.id}/keys", json={"jwk": jwk})
        assert [one["id"] for one in added.json()["keys"]] == [key_id(self.key)]

    def change(self, **changes: Any) -> None:
        answer = owner(self.site).put(f"/v1/verifiers/{self.id}", json=ENTRY | changes)
        assert answer.status_code == 200, answer.text

    def signs(self, footprint: str, number: str = "V-1", **changes: Any) -> str:
        about = self.site.client.get(f"/v1/statements/subjects/{footprint}").json()
        terms = {
            "number": number,
            "verifier": "Example Verification Ltd",
            "date": "2026-10-30",
            "standard": "ISO 14067:2018",
            "level": "limited",
        } | changes
        return sign_statement(terms_from_values(terms), subject_from_values(about), self.key)

    def hands_in(self, footprint: str, number: str = "V-1", **changes: Any) -> httpx.Response:
        body = {"footprint_id": footprint, "statement": self.signs(footprint, number, **changes)}
        return self.site.client.post("/v1/statements", json=body)


def ordered(site: Site, footprint: str, **changes: Any) -> httpx.Response:
    order = site.order(footprint_id=footprint, evidence=EVIDENCE_ON) | changes
    return site.client.post("/v1/certificates", json=order)


def test_a_signed_statement_makes_verified_by_on_every_form(site: Site) -> None:
    verifier, footprint = Verifier(site), site.footprint()
    held = verifier.hands_in(footprint)
    assert held.status_code == 201, held.text
    made = ordered(site, footprint)
    assert made.status_code == 201, made.text
    document = made.json()
    shown = document["certificate"]
    assert (shown["self_declared"], shown["verifier"], shown["verifier_statement"]) == (
        False,
        "Example Verification Ltd",
        "V-1",
    )
    assert shown["statement_hash"] == held.json()["hash"]
    assert "stated_verifier" not in shown
    assert document["verification"]["verdict"] == "valid"
    (said,) = [one["says"] for one in shown["reasons"] if "Verification Ltd" in one["says"]]
    assert said.endswith(
        ": verified by a registered verifier (Example Verification Ltd), "
        "signed statement V-1 of 2026-10-30"
    )
    view = view_from_document(shown)
    shows: dict[Language, str] = {
        "en": "Verified by Example Verification Ltd, statement V-1",
        "zh": "核查机构：Example Verification Ltd，声明编号 V-1",
    }
    for language, words in shows.items():
        page = site.visitor.get(f"/verify/{document['number']}", params={"lang": language})
        assert words in page.text
        assert words in label_svg(view, language)


def test_words_alone_are_what_the_supplier_states(site: Site) -> None:
    shown = site.certificate()["certificate"]
    assert (shown["self_declared"], shown["verifier"], shown["stated_verifier"]) == (
        True,
        "",
        "Example Verification Ltd",
    )
    (said,) = [one for one in shown["reasons"] if "Verification Ltd" in one["says"]]
    assert ": the supplier states a check on 2026-10-30" in said["says"]
    assert "供应方称 2026-10-30" in said["says_zh"]
    view = view_from_document(shown)
    for language in LANGUAGES:
        assert "Verified by" not in label_svg(view, language)
    assert "the supplier states" in label_svg(view, "en")
    assert "供应方称" in label_svg(view, "zh")


def test_anybody_checks_the_statement_behind_a_certificate(site: Site) -> None:
    verifier, footprint = Verifier(site), site.footprint()
    verifier.hands_in(footprint)
    document = ordered(site, footprint).json()
    answer = site.visitor.get(f"/v1/certificates/{document['number']}/statement")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/jwt")
    published = site.visitor.get(f"/v1/verifiers/{verifier.id}").json()
    assert answer.headers["Link"].endswith(f'/v1/verifiers/{verifier.id}>; rel="author"')
    known, view = published_verifier(published), view_from_document(document["certificate"])
    assert against_verified_by(answer.text, known, view) == []
    other = view_from_document(site.certificate()["certificate"])
    assert [one.code for one in against_verified_by(answer.text, known, other)] == ["VFR-003"] * 2
    none = site.visitor.get(f"/v1/certificates/{other.number}/statement")
    assert (none.status_code, codes(none)[0]) == (404, "API-227")


def test_the_bundle_proves_the_statement_and_a_changed_one_is_found(site: Site) -> None:
    verifier, footprint = Verifier(site), site.footprint()
    verifier.hands_in(footprint)
    number = ordered(site, footprint).json()["number"]
    bundle = site.client.get(f"/v1/certificates/{number}/bundle").json()
    service = site.service
    tools = Tools(service.inventory, service.rules, engine_manifest())
    report = service.register.standing(number).report

    def outcomes(changed: dict[str, Any]) -> dict[str, str]:
        read = read_bundle(json.dumps(bundle | changed).encode())
        found = verify_bundle(report, read, tools)
        return {one.name: one.outcome for one in found.checks}

    sound = outcomes({})
    assert (sound["statement"], sound["decision"], sound["footprint"]) == ("passed",) * 3
    other = verifier.signs(footprint)
    conflict = {"party": "Example Metal Ltd", "why": "advised it"}
    for changed in (
        {"statement": ""},
        {"statement": other},
        {"verifier": None},
        {"verifier": bundle["verifier"] | {"keys": []}},
        {"verifier": bundle["verifier"] | {"conflicts": [conflict]}},
    ):
        assert outcomes(changed)["statement"] == "failed"


@pytest.mark.parametrize(
    ("entry", "terms", "code"),
    [
        ({"accredited_until": "2026-11-19"}, {}, "VFR-004"),
        ({"scope": ENTRY["scope"] | {"standards": ["PAS 2050"]}}, {}, "VFR-005"),
        ({"scope": ENTRY["scope"] | {"levels": ["reasonable"]}}, {}, "VFR-005"),
        ({"conflicts": [{"party": "EXAMPLE METAL LTD", "why": "owns it"}]}, {}, "VFR-006"),
        ({}, {"opinion": "adverse"}, "VFR-007"),
        ({}, {"date": "2025-12-30"}, "VFR-008"),
        ({}, {"date": "2026-11-21"}, "VFR-008"),
        ({}, {"verifier": "Another Ltd"}, "VFR-005"),
    ],
)
def test_a_statement_that_cannot_be_relied_on_is_refused(
    site: Site, entry: dict[str, Any], terms: dict[str, Any], code: str
) -> None:
    answer = Verifier(site, **entry).hands_in(site.footprint(), **terms)
    assert (answer.status_code, answer.json()["code"]) == (422, "API-524")
    assert [one["code"] for one in answer.json()["problems"]] == [code]
    sent = json.loads(answer.request.content)
    again = site.client.post("/v1/statements", json=sent, headers={"Accept-Language": "zh"})
    told = again.json()["problems"][0]["message"]
    assert any("\u4e00" <= letter <= "\u9fff" for letter in told), told


@pytest.mark.parametrize(
    "change",
    ["scheme", "conflict", "accreditation", "key", "withdrawn"],
)
def test_what_changes_after_the_statement_counts_when_it_is_relied_on(
    site: Site, change: str
) -> None:
    verifier, footprint = Verifier(site), site.footprint()
    held = verifier.hands_in(footprint).json()
    if change == "scheme":
        verifier.change(scope=ENTRY["scope"] | {"schemes": ["kr-keiti"]})
    elif change == "conflict":
        verifier.change(conflicts=[{"party": "Example Metal Ltd", "why": "owns it"}])
    elif change == "accreditation":
        verifier.change(accredited_until="2026-10-01")
    elif change == "key":
        ended = owner(site).delete(f"/v1/verifiers/{verifier.id}/keys/{key_id(verifier.key)}")
        assert ended.json()["keys"][0]["withdrawn_on"] == "2026-11-20"
    else:
        path, why = f"/v1/statements/{held['id']}/withdrawal", {"reason": "An error"}
        assert owner(site).post(path, json=why).status_code == 204
        assert owner(site).post(path, json=why).status_code == 404
    answer = ordered(site, footprint)
    code = {"scheme": "VFR-005", "conflict": "VFR-006", "accreditation": "VFR-004"}
    assert (answer.status_code, answer.json()["code"]) == (422, "API-524")
    assert {one["code"] for one in answer.json()["problems"]} == {code.get(change, "VFR-009")}
    listed = site.client.get("/v1/statements?limit=100").json()["statements"]
    (mine,) = [one for one in listed if one["id"] == held["id"]]
    assert bool(mine["against"]) == (change != "scheme")
    said = site.client.post(
        "/v1/decisions",
        json={"footprint_id": footprint, "scheme": "th-tgo", "evidence": EVIDENCE_ON},
    )
    assert "verified by" not in said.text


def test_a_decision_says_whether_a_statement_was_checked(site: Site) -> None:
    verifier, footprint = Verifier(site), site.footprint()
    verifier.hands_in(footprint)
    body = {"footprint_id": footprint, "scheme": "th-tgo", "tier": "disclosure"}
    for evidence, words in ((EVIDENCE_ON, "verified by"), (EVIDENCE, "the supplier states")):
        answer = site.client.post("/v1/decisions", json=body | {"evidence": evidence})
        assert answer.json()["decisions"][0]["verdict"] == "pass"
        assert words in answer.text


def test_evidence_that_says_something_else_than_the_statement_is_refused(site: Site) -> None:
    file = own_bom()
    verifier, footprint = Verifier(site), site.footprint(bom=file)
    verifier.hands_in(footprint)
    for changed in ({"level": "reasonable"}, {"date": "2026-11-01"}, {"kind": "accredited-body"}):
        evidence = EVIDENCE | {"verification": {"statement": "V-1"} | changed}
        answer = ordered(site, footprint, evidence=evidence)
        assert (answer.status_code, answer.json()["code"]) == (422, "API-524")
    for named in ({"statement": "V-9"}, {"statement": "V-1", "by": "Somebody else"}):
        answer = ordered(site, footprint, evidence=EVIDENCE | {"verification": named})
        assert (answer.status_code, answer.json()["code"]) == (404, "API-227")
    other = site.footprint(bom=file)  # the same file again: other salts, another commitment
    assert ordered(site, other).status_code == 404
    wrong = {"footprint_id": other, "statement": verifier.signs(footprint, "V-2")}
    answer = site.client.post("/v1/statements", json=wrong)
    assert [one["code"] for one in answer.json()["problems"]] == ["VFR-003"]


def test_one_file_is_one_statement_and_a_number_is_used_once(site: Site) -> None:
    verifier, footprint = Verifier(site), site.footprint()
    body = {"footprint_id": footprint, "statement": verifier.signs(footprint)}
    first, again = (site.client.post("/v1/statements", json=body) for _ in range(2))
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    answer = verifier.hands_in(footprint, level="reasonable")
    assert (answer.status_code, answer.json()["code"]) == (409, "API-526")
    (jwk,) = public_jwks([verifier.key])["keys"]
    twice = owner(site).post(f"/v1/verifiers/{Verifier(site).id}/keys", json={"jwk": jwk})
    assert (twice.status_code, twice.json()["code"]) == (409, "API-525")


def test_a_strangers_key_and_junk_are_refused(site: Site) -> None:
    verifier, footprint = Verifier(site), site.footprint()
    verifier.key = generate_key()
    assert verifier.hands_in(footprint).json()["code"] == "API-226"
    for junk in ("x", "a.b.c", "", "\u00e9" * 9):
        answer = site.client.post(
            "/v1/statements", json={"footprint_id": footprint, "statement": junk}
        )
        assert 400 <= answer.status_code < 500


def test_the_owner_of_the_installation_keeps_the_register(site: Site) -> None:
    verifier, _ = Verifier(site), Verifier(site)  # two: a list of one has more
    path = f"/v1/verifiers/{verifier.id}"
    private = json.loads(dump_jwk(generate_key()))
    shown = owner(site).post(f"{path}/keys", json={"jwk": private}).json()["keys"][-1]["jwk"]
    assert "d" not in shown
    foreign, approver = os.urandom(16).hex(), os.urandom(16).hex()
    database = site.service.database
    let_in(database, "other", "o", foreign, NOON, os.urandom(16), "O", ALL_ROLES)
    let_in(database, "default", "a", approver, NOON, os.urandom(16), "A", ROLES)
    for secret in (foreign, approver):
        headers = {"Authorization": f"Bearer {secret}"}
        for method, where, body in (
            ("POST", "/v1/verifiers", ENTRY),
            ("PUT", path, ENTRY),
            ("POST", f"{path}/keys", {"jwk": private}),
            ("DELETE", f"{path}/keys/{key_id(verifier.key)}", None),
        ):
            answer = site.client.request(method, where, json=body, headers=headers)
            assert (answer.status_code, codes(answer)[0]) == (403, "API-102")
    listed = site.visitor.get("/v1/verifiers?limit=100").json()
    assert verifier.id in [one["id"] for one in listed["verifiers"]]
    assert site.visitor.get("/v1/verifiers?limit=1").json()["next"]
    actions = [one["action"] for one in site.visitor.get("/v1/log?limit=500").json()["entries"]]
    assert {"verifier.registered", "verifier.key-added"} <= set(actions)


def test_orders_of_a_batch_rest_on_statements_too(site: Site) -> None:
    verifier, footprint = Verifier(site), site.footprint()
    verifier.hands_in(footprint)
    good, bad = (
        Order(footprint, "th-tgo", "disclosure", json.dumps(evidence))
        for evidence in (EVIDENCE_ON, EVIDENCE | {"verification": {"statement": "V-9"}})
    )
    done = site.service.batches.issue(LOCAL, [good, bad])
    assert [one.problems[0].code for one in done.refused] == ["API-227"]
    view = site.service.register.certificate(done.numbers[0]).view_content
    assert view["verifier"] == "Example Verification Ltd"


def test_the_commands_go_the_whole_way(tmp_path: Path) -> None:
    (tmp_path / "bracket.csv").write_text(BOM)
    today = datetime.now(UTC).date()
    entry = ENTRY | {"accredited_until": f"{today.year + 1}-12-31"}
    (tmp_path / "verifier.yaml").write_text(json.dumps(entry))
    evidence = EVIDENCE | {"verification": {"statement": "V-1"}}
    (tmp_path / "evidence.yaml").write_text(json.dumps(evidence))
    here = ["--store", str(tmp_path / "store")]
    key, public = tmp_path / "v.jwk.json", tmp_path / "v.public.jwk.json"

    def run(*words: str | Path, status: int = 0) -> str:
        done = command(*words, FOOTPRINT_PRIVATE_ADDRESS="allow")
        assert done.returncode == status, done.stderr + done.stdout
        return done.stdout

    run("statements", "keygen", "--out", key)
    assert key.stat().st_mode & 0o077 == 0
    assert '"d"' not in public.read_text()
    run("statements", "keygen", "--out", key, status=2)
    made = json.loads(
        run("verifiers", "add", tmp_path / "verifier.yaml", "--key", public, "--format", "json",
            *here)
    )  # fmt: skip
    subject = run("statements", "subject", tmp_path / "bracket.csv", *here)
    (tmp_path / "subject.json").write_text(subject)
    signed = tmp_path / "s.jwt"
    run(
        "statements", "sign", tmp_path / "subject.json", "--key", key, "--number", "V-1",
        "--verifier", "Example Verification Ltd", "--standard", "ISO 14067", "--level", "limited",
        "--out", signed,
    )  # fmt: skip
    footprint = json.loads(subject)["footprint_id"]
    run("statements", "add", signed, "--footprint", footprint, *here)
    run(
        "issue", tmp_path / "bracket.csv", "--scheme", "th-tgo", "--tier", "disclosure",
        "--evidence", tmp_path / "evidence.yaml", "--out", tmp_path / "out", *here,
    )  # fmt: skip
    (certificate,) = (tmp_path / "out").glob("FP-*.json")
    assert json.loads(certificate.read_text())["certificate"]["verifier_statement"] == "V-1"
    (tmp_path / "known.json").write_text(run("verifiers", "show", made["id"], *here))
    check: list[str | Path] = ["statements", "check", signed, "--verifier", tmp_path / "known.json"]
    assert "Genuine" in run(*check, "--certificate", certificate)
    (tmp_path / "v2.jwk.json").write_text(dump_jwk(generate_key()))
    (held,) = json.loads(run("statements", "list", "--format", "json", *here))["statements"]
    assert held["against"] == ""
    run("verifiers", "end-key", made["id"], made["keys"][0]["id"], *here)
    (tmp_path / "known.json").write_text(run("verifiers", "show", made["id"], *here))
    assert "withdrawn" in run(*check, "--certificate", certificate, status=1)
    (held,) = json.loads(run("statements", "list", "--format", "json", *here))["statements"]
    assert "withdrawn" in held["against"]
    run("verifiers", "key", made["id"], tmp_path / "v2.jwk.json", *here)
    run("verifiers", "change", made["id"], tmp_path / "verifier.yaml", *here)
    assert made["id"] in run("verifiers", "list", "--format", "json", *here)
    run("statements", "withdraw", held["id"], "--reason", "An error", *here)


def test_the_id_of_a_key_that_begins_with_a_hyphen_is_no_option(tmp_path: Path) -> None:
    (tmp_path / "verifier.yaml").write_text(json.dumps(ENTRY))
    here = ["--store", str(tmp_path / "store")]
    made = command("verifiers", "add", tmp_path / "verifier.yaml", "--format", "json", *here)
    known = json.loads(made.stdout)["id"]
    done = command("verifiers", "end-key", known, "-5HnhbxCA3f", *here)
    assert done.returncode == 1
    assert "No such option" not in done.stderr
    assert "-5HnhbxCA3f" in done.stderr
