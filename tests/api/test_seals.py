"""The issuer's seals: made at the first start, published, rotated, bought; and the sealed PDFs."""

from __future__ import annotations

import hashlib
import json
import stat
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from cryptography import x509
from databases import BOTH, database_address
from pydantic import SecretStr
from seal_files import bought, with_bought
from served import EVIDENCE, Site, codes, own_bom, running, settings_for
from still_clock import NOON, StillClock
from typer.testing import CliRunner

from api.opening import opened
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.seals import issuer_keys
from api.services.service import Service
from api.store.certificates import StoredCertificate
from footprint.certificates.keys import did_document
from footprint.certificates.report import VerificationReport
from footprint.certificates.seal_keys import load_seal_pem
from footprint.certificates.verify_file import verify_file
from footprint.cli.main import application
from footprint.faults import InputRefused
from footprint.study import Inputs
from label_templates.render import pdf_candidates, renderer_id


@pytest.fixture(params=BOTH)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with opened(settings, StillClock()) as service:
            yield service


def order(service: Service) -> Order:
    footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", own_bom()))
    return Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE))


def issue(service: Service) -> StoredCertificate:
    return service.certificates.issue(LOCAL, order(service))


def verified(service: Service, pdf: bytes) -> VerificationReport:
    """Offline, with the issuer's keys as they are published now."""
    keys = did_document(service.issuer_did, service.published_keys)
    return verify_file(pdf, "c.pdf", keys, NOON, render=pdf_candidates, renderer_id=renderer_id())


def outcomes(report: VerificationReport) -> dict[str, str]:
    return {check.name: check.outcome for check in report.checks}


def test_the_first_start_makes_a_seal_that_only_its_owner_can_read(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with opened(settings, StillClock()) as service:
        first = service.seals.active.id
    file = settings.store_dir / "keys" / "seal-0001.pem"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert load_seal_pem(file.read_bytes()).id == first
    with opened(settings, StillClock()) as service:
        assert service.seals.active.id == first


def test_every_issued_pdf_is_sealed_and_its_hash_is_published(service: Service) -> None:
    made = issue(service)
    for language in ("en", "zh"):
        pdf = service.register.file(made, language).pdf
        found = outcomes(verified(service, pdf))
        assert (found["seal"], found["page"]) == ("passed", "passed")
        digest = "sha256:" + hashlib.sha256(pdf).hexdigest()
        assert service.register.file_hashes(made)[language] == digest


def test_a_pdf_of_a_batch_is_sealed_when_it_is_first_asked_for(service: Service) -> None:
    (number,) = service.batches.issue(LOCAL, [order(service)]).numbers
    certificate = service.register.certificate(number)
    assert service.register.file_hashes(certificate) == {}
    file = service.register.file(certificate, "en")
    assert outcomes(verified(service, file.pdf))["seal"] == "passed"
    assert service.register.file_hashes(certificate) == {"en": file.sha256}
    again = service.certificates.issuer.draw(certificate, service.seals.active, "en")
    assert again == file  # byte for byte, whenever it is drawn


def test_a_rotated_seal_stays_published_and_a_leaked_one_does_not(service: Service) -> None:
    old = service.register.file(issue(service), "en").pdf
    first = service.seals.active.id
    second = service.seals.rotate(LOCAL)
    new = service.register.file(issue(service), "en").pdf
    assert [verified(service, pdf).verdict for pdf in (old, new)] == ["genuine", "genuine"]
    third = service.seals.rotate(LOCAL, leaked=True)
    assert verified(service, old).verdict == "genuine"
    assert verified(service, new).codes == ("VER-020",)
    listed = {one["id"]: (one["seals"], bool(one["leaked_at"])) for one in service.seals.listed()}
    assert listed == {first: (False, False), second: (False, True), third: (True, False)}
    told = [(one["action"], one["subject"]) for one in service.log.entries(0, 50)]
    assert ("seal.rotated", second) in told


def test_a_language_first_drawn_after_a_rotation_states_when_its_seal_began(
    tmp_path: Path,
) -> None:
    clock = StillClock()
    with opened(settings_for(tmp_path), clock) as service:
        (number,) = service.batches.issue(LOCAL, [order(service)]).numbers
        clock.now = NOON + timedelta(days=3)
        service.seals.rotate(LOCAL)
        pdf = service.register.file(service.register.certificate(number), "en").pdf
        assert b"/M (D\\07220261123120000Z)" in pdf
        assert outcomes(verified(service, pdf))["seal"] == "passed"


def test_a_pdf_from_before_the_issuer_sealed_still_verifies(service: Service) -> None:
    """The keys name a seal that began after the issue; the file has none."""
    pdf = service.register.file(issue(service), "en").pdf
    page = pdf[: pdf.index(b"%%EOF") + 5]
    keys = issuer_keys(service.keyring, service.seals)
    for jwk in keys["keys"]:
        if "iat" in jwk:
            jwk["iat"] += 1
    document = did_document(service.issuer_did, keys)
    report = verify_file(
        page, "c.pdf", document, NOON, render=pdf_candidates, renderer_id=renderer_id()
    )
    assert report.verdict == "genuine"
    assert (outcomes(report)["seal"], outcomes(report)["page"]) == ("skipped", "passed")


def test_no_private_part_of_a_seal_is_published_or_in_the_database(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as site:
        site.certificate()
        public = site.visitor.get("/.well-known/jwks.json").text
        pem = site.visitor.get("/v1/issuer/seal.pem").text
        private = site.service.seals.active.private.private_numbers()
        secret = private.d.to_bytes(384, "big")
    assert '"d"' not in public
    assert "PRIVATE" not in pem
    stored = b"".join(path.read_bytes() for path in (tmp_path / "store").glob("*.sqlite3*"))
    for form in (secret, secret.hex().encode(), b64encode(secret)[:100]):
        assert form not in stored


def test_seals_are_published_in_three_places(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as site:
        first = site.service.seals.active
        site.clock.now = NOON + timedelta(days=1)
        second = site.service.seals.rotate(LOCAL)
        did = site.visitor.get("/.well-known/did.json").json()
        jwks = site.visitor.get("/.well-known/jwks.json").json()
        answer = site.visitor.get("/v1/issuer/seal.pem")
    ids = [first.id, second]
    assert [key["kid"] for key in jwks["keys"] if key["kty"] == "RSA"] == ids
    methods = [method["id"] for method in did["verificationMethod"]]
    assert [f"{did['id']}#{one}" for one in ids] == methods[-2:]
    assert not set(methods[-2:]) & set(did["assertionMethod"])
    assert answer.headers["Content-Type"] == "application/x-pem-file"
    certificates = x509.load_pem_x509_certificates(answer.content)
    assert certificates[0] == first.certificate
    assert len(certificates) == 2


# A bought certificate


def test_a_bought_certificate_takes_the_place_of_the_own_one(tmp_path: Path) -> None:
    with opened(settings_for(tmp_path), StillClock()) as service:
        before = service.register.file(issue(service), "en").pdf
    with opened(with_bought(tmp_path), StillClock()) as service:
        after = service.register.file(issue(service), "en").pdf
        assert b"Example Label Office".hex().upper().encode() in after
        assert [verified(service, pdf).verdict for pdf in (before, after)] == ["genuine"] * 2
        with pytest.raises(InputRefused, match="CER-013"):
            service.seals.rotate(LOCAL)


def test_with_a_bought_certificate_no_own_one_is_made(tmp_path: Path) -> None:
    settings = with_bought(tmp_path)
    with opened(settings, StillClock()) as service:
        assert len(service.seals.listed()) == 1
    assert not list((settings.store_dir / "keys").glob("seal-*"))


def test_a_wrong_password_stops_the_start(tmp_path: Path) -> None:
    settings = settings_for(tmp_path, seal_file=bought(tmp_path), seal_password=SecretStr("wrong"))
    with pytest.raises(InputRefused, match="CER-013"), opened(settings, StillClock()):
        pass


def test_a_certificate_that_has_ended_issues_nothing(tmp_path: Path) -> None:
    clock = StillClock()
    with opened(with_bought(tmp_path, days=30), clock) as service:
        issue(service)
        clock.now = NOON + timedelta(days=31)
        with pytest.raises(InputRefused, match="CER-013"):
            issue(service)
        with service.database.reading() as uow:
            assert uow.connection.exec_driver_sql("SELECT count(*) FROM certificates").scalar() == 1


# The command line


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("seals"))) as site:
        yield site


def test_the_command_line_checks_the_seal_with_the_stores_own_keys(
    store: Site, tmp_path: Path
) -> None:
    number = store.certificate()["number"]
    pdf = store.visitor.get(f"/v1/certificates/{number}/certificate.pdf").content
    (tmp_path / "c.pdf").write_bytes(pdf)
    folder = str(store.service.settings.store_dir)
    arguments = ["verify", str(tmp_path / "c.pdf"), "--store", folder, "--format", "json"]
    answer = CliRunner().invoke(application(), [*arguments, "--as-of", "2026-11-20"])
    report = json.loads(answer.stdout)
    seal = next(check for check in report["checks"] if check["name"] == "seal")
    assert (report["verdict"], seal["outcome"]) == ("valid", "passed")


def test_the_command_line_rotates_and_lists_seals(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    place = ["--store", str(settings.store_dir), "--cache", str(settings.cache), "--format", "json"]
    new = json.loads(
        CliRunner().invoke(application(), ["keys", "rotate", "--seal", *place]).stdout
    )["seals"]
    listed = json.loads(CliRunner().invoke(application(), ["keys", "list", *place]).stdout)
    assert [one["id"] for one in listed["seals"] if one["seals"]] == [new]
    assert (len(listed["seals"]), len(listed["keys"])) == (2, 1)
    rest = CliRunner().invoke(application(), ["keys", "list", *place[:-2]]).stdout.splitlines()
    # Two seals of one second are listed in any order.
    assert sorted(line.rpartition("Z")[2].split("  ")[-1] for line in rest) == [
        "old, seals no more",
        "seals",
        "signs",
    ]


def test_an_ended_seal_is_told_over_http_without_a_trace(tmp_path: Path) -> None:
    with running(with_bought(tmp_path, days=30)) as site:
        order = site.order()
        site.clock.now = NOON + timedelta(days=31)
        answer = site.client.post("/v1/certificates", json=order)
        assert "CER-013" in codes(answer)
