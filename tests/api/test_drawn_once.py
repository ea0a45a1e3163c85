"""PDFs of a certificate: drawn when they are first asked for, once, the same whenever that is."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from databases import BOTH, database_address
from pydantic import SecretStr
from seal_files import bought
from served import BOM, EVIDENCE, Site, running, settings_for
from still_clock import NOON, StillClock

from api.opening import opened, opened_read_only
from api.services import issuer as issuing
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.seals import bought_seal
from api.services.service import Service
from api.services.storing import issued_event
from api.store.audit import append_all
from api.store.certificates import StoredCertificate, add_certificates
from api.store.files import add_files
from api.store.tables import audit_log
from footprint.certificates.keys import did_document
from footprint.certificates.report import VerificationReport
from footprint.certificates.verify_file import verify_file
from footprint.faults import InputRefused
from footprint.study import Inputs
from label_templates.render import certificate_pdf, pdf_candidates, renderer_id

YEAR = timedelta(days=366)


@pytest.fixture(params=BOTH)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with opened(settings, StillClock()) as service:
            yield service


@pytest.fixture(params=BOTH)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    with (
        database_address(request.param, tmp_path) as address,
        running(settings_for(tmp_path, database_url=SecretStr(address))) as site,
    ):
        yield site


@pytest.fixture
def drawings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The languages that were drawn, one after the other."""
    drawn: list[str] = []
    draw = certificate_pdf

    def told(view: Any, language: Any, *more: Any) -> bytes:
        drawn.append(language)
        return draw(view, language, *more)

    monkeypatch.setattr(issuing, "certificate_pdf", told)
    return drawn


def order(service: Service) -> Order:
    footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", BOM.encode()))
    return Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE))


def offline(service: Service, pdf: bytes, renderer: str = "") -> VerificationReport:
    keys = did_document(service.issuer_did, service.published_keys)
    drawn_by = renderer or renderer_id()
    return verify_file(pdf, "c.pdf", keys, NOON, render=pdf_candidates, renderer_id=drawn_by)


def outcomes(report: VerificationReport) -> dict[str, str]:
    return {check.name: check.outcome for check in report.checks}


def logged(service: Service, action: str) -> list[dict[str, Any]]:
    with service.database.reading() as uow:
        found = sa.select(audit_log.c.facts).where(audit_log.c.action == action)
        return [json.loads(facts) for facts in uow.connection.scalars(found)]


def test_issuing_draws_nothing_and_the_first_reader_of_a_language_once(
    site: Site, drawings: list[str]
) -> None:
    made = site.certificate()
    assert drawings == []
    assert {one["sha256"] for one in made["files"].values()} == {None}
    address = f"/v1/certificates/{made['number']}/certificate.pdf"
    first = site.visitor.get(address, params={"lang": "zh"})
    assert drawings == ["zh"]
    again = site.visitor.get(address, params={"lang": "zh"})
    assert drawings == ["zh"]
    assert again.content == first.content
    files = site.visitor.get(f"/v1/certificates/{made['number']}").json()["files"]
    assert first.headers["etag"] == f'"{files["zh"]["sha256"]}"'
    assert files["en"]["sha256"] is None
    (facts,) = logged(site.service, "certificate.drawn")
    assert facts == {"language": "zh", "sha256": files["zh"]["sha256"]}
    assert site.service.check_audit_log().intact


def test_a_year_later_the_same_bytes_are_drawn(service: Service) -> None:
    made = service.certificates.issue(LOCAL, order(service))
    at_once = service.certificates.issuer.draw(made, service.seals.active, "en")
    assert isinstance(service.register.clock, StillClock)
    service.register.clock.now = NOON + YEAR / 2
    later = service.register.file(made, "en")
    assert later == at_once
    assert outcomes(offline(service, later.pdf))["page"] == "passed"


def test_a_copy_that_cannot_be_written_draws_the_same_file_and_keeps_nothing(
    tmp_path: Path,
) -> None:
    settings = settings_for(tmp_path)
    with opened(settings, StillClock()) as service:
        made = service.certificates.issue(LOCAL, order(service))
    with opened_read_only(settings, StillClock()) as copy:
        standing = copy.register.standing(made.number)
        first = copy.register.marked_file(standing, "en")
        assert copy.register.file_hashes(made) == {}
        assert logged(copy, "certificate.drawn") == []
        assert copy.lists.named("revocation-1").token
    with opened(settings, StillClock()) as service:
        assert service.register.file(made, "en") == first


def test_a_certificate_whose_pdfs_were_drawn_at_issue_still_verifies(service: Service) -> None:
    """As it was done before: its files and their hashes are those of the issue's own entry."""
    made = service.certificates.prepare(LOCAL, order(service), issuing.Signatures("Ann"))
    seal = service.seals.active
    files = [service.certificates.issuer.draw(made, seal, one) for one in ("en", "zh")]
    event = issued_event(LOCAL, made)
    facts = {**event.facts, "files": {one.language: one.sha256 for one in files}}
    with service.database.writing() as uow:
        add_certificates(uow, [made])
        add_files(uow, files)
        append_all(uow, [replace(event, facts=facts)])
    assert service.register.standing(made.number).report.verdict == "valid"
    assert service.register.file(made, "en") == files[0]
    changed = service.certificates.issuer.draw(made, seal, "en", "revoked")
    with service.database.writing() as uow:
        uow.connection.execute(
            sa.text("UPDATE certificate_files SET pdf = :pdf WHERE language = 'en'"),
            {"pdf": changed.pdf},
        )
    assert service.register.standing(made.number).report.verdict == "invalid"


def issued_by_another_renderer(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> StoredCertificate:
    with monkeypatch.context() as before:
        before.setattr(issuing, "renderer_id", lambda: "a renderer of before")
        return service.certificates.issue(LOCAL, order(service))


def test_a_page_of_a_newer_renderer_says_so_in_its_seal(
    service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever still has the renderer of the issue must not take the page for a forged one."""
    made = issued_by_another_renderer(service, monkeypatch)
    pdf = service.register.file(made, "en").pdf
    here = offline(service, pdf)
    assert outcomes(here)["page"] == "passed"
    before = offline(service, pdf, "a renderer of before")
    assert before.verdict == "genuine"
    assert outcomes(before)["page"] == "skipped"
    changed = pdf.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    assert offline(service, changed, "a renderer of before").verdict == "invalid"


def test_only_the_issuers_own_seal_is_believed_about_the_renderer(
    service: Service, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = service.certificates.issue(LOCAL, order(service))
    with opened(settings_for(tmp_path / "stranger"), StillClock()) as stranger:
        monkeypatch.setattr(issuing, "renderer_id", lambda: "nobody has this renderer")
        monkeypatch.setattr(issuing, "certificate_pdf", lying_page(certificate_pdf))
        forged = service.certificates.issuer.draw(made, stranger.seals.active, "en").pdf
    report = offline(service, forged)
    assert report.verdict == "invalid"
    assert (outcomes(report)["seal"], outcomes(report)["page"]) == ("failed", "failed")


def lying_page(draw: Any) -> Any:
    """A drawing that no renderer makes, with all that is attached to a true one."""

    def page(view: Any, language: Any, token: str, state: Any) -> bytes:
        drawn: bytes = draw(view, language, token, state)
        return drawn.replace(b"%PDF-1.7", b"%PDF-1.6", 1)

    return page


def test_no_certificate_is_signed_under_a_seal_that_has_ended(
    service: Service, tmp_path: Path
) -> None:
    wanted = order(service)
    store = bought_seal(bought(tmp_path), "secret")
    ended = replace(service.seals, store=store, clock=lambda: NOON + 9 * YEAR)
    with pytest.raises(InputRefused, match="CER-013"):
        replace(service.certificates, seals=ended).issue(LOCAL, wanted)
    assert service.certificates.listed(LOCAL) == []
