"""One verdict on a certificate: page, label, PDF, list, API, file check and command line agree.

`CHANGES` is the table: what somebody does to the store -> how, the verdict, and the code."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from databases import database_address
from pydantic import SecretStr
from pypdf import PdfReader
from seal_files import with_bought
from served import Site, codes, command, running, settings_for
from still_clock import NOON

from api.services.access import LOCAL
from api.store.tables import audit_log, certificate_files, certificates, signing_keys
from footprint.certificates import standing
from footprint.certificates.report import Verdict
from label_templates.render import SIZES
from label_templates.words import words

Change = Callable[[Site, str], Any]


def edit(site: Site, number: str, **values: Any) -> None:
    """What someone with the database's password can do: change a row past the service."""
    with site.service.database.writing() as uow:
        query = sa.update(certificates).where(certificates.c.number == number)
        uow.connection.execute(query.values(**values))


def edit_view(site: Site, number: str, **changes: Any) -> None:
    view = json.loads(site.service.register.certificate(number).view)
    edit(site, number, view=json.dumps({**view, **changes}))


def edit_pdf(site: Site, number: str) -> None:
    with site.service.database.writing() as uow:
        table = certificate_files
        where = (table.c.number == number, table.c.language == "en")
        pdf = uow.connection.scalar(sa.select(table.c.pdf).where(*where)) or b""
        uow.connection.execute(sa.update(table).where(*where).values(pdf=pdf + b"\n%"))


def edit_log(site: Site, number: str) -> None:
    with site.service.database.writing() as uow:
        guards = {
            "sqlite": "audit_log_no_update",
            "postgresql": "audit_log_no_update ON audit_log",
        }
        guard = guards[uow.connection.dialect.name]
        uow.connection.execute(sa.text(f"DROP TRIGGER {guard}"))
        query = sa.update(audit_log).where(audit_log.c.subject == number)
        uow.connection.execute(query.values(actor="somebody else"))


def change(site: Site, number: str, status: str) -> None:
    answer = site.client.post(
        f"/v1/certificates/{number}/status", json={"status": status, "reason": "Recall"}
    )
    assert answer.is_success, answer.text


def hide_revocation(site: Site, number: str) -> None:
    change(site, number, "revoked")
    edit(site, number, status="issued", status_reason="", status_at=NOON)


def take_leak_back(rotate: Callable[[Site], Any]) -> Change:
    """A key leaks, and somebody writes into its row that it never did."""

    def made(site: Site, _number: str) -> None:
        rotate(site)
        with site.service.database.writing() as uow:
            uow.connection.execute(sa.update(signing_keys).values(leaked_at=None))

    return made


def leak_key(site: Site) -> None:
    site.service.keyring.rotate(LOCAL, leaked=True)


def leak_seal(site: Site) -> None:
    site.service.seals.rotate(LOCAL, leaked=True)


def later(site: Site, _number: str) -> None:
    site.clock.now = NOON + timedelta(days=2000)


CHANGES: dict[str, tuple[Change, Verdict, str]] = {
    "nothing": (lambda _site, _number: None, "valid", ""),
    "leaked signing key": (lambda site, _: leak_key(site), "invalid", "VER-005"),
    "leaked seal": (lambda site, _: leak_seal(site), "invalid", "VER-020"),
    "a leak taken back in the row": (take_leak_back(leak_key), "invalid", "VER-005"),
    "a leak of the seal taken back": (take_leak_back(leak_seal), "invalid", "VER-020"),
    "a smaller footprint in the text": (
        lambda site, number: edit_view(site, number, total_kg_co2e="0.01", shown_amount="0.01"),
        "invalid",
        "VER-011",
    ),
    "another product in the row": (
        lambda site, number: edit(site, number, product="Cleaner bracket"),
        "invalid",
        "VER-032",
    ),
    "a better tier in the row": (
        lambda site, number: edit(site, number, tier="low-carbon"),
        "invalid",
        "VER-032",
    ),
    "a longer term in the row": (
        lambda site, number: edit(site, number, valid_until=NOON.date() + timedelta(days=9999)),
        "invalid",
        "VER-032",
    ),
    "a revocation taken back in the row": (hide_revocation, "invalid", "VER-032"),
    "other evidence in the row": (
        lambda site, number: edit(site, number, evidence="sales_channel: b2c"),
        "invalid",
        "VER-032",
    ),
    "no text at all in the row": (
        lambda site, number: edit(site, number, view="{"),
        "invalid",
        "VER-011",
    ),
    "a byte behind the PDF": (edit_pdf, "invalid", "VER-018"),
    "another actor in the log": (edit_log, "invalid", "VER-032"),
    "revoked": (lambda site, number: change(site, number, "revoked"), "revoked", "VER-013"),
    "suspended": (lambda site, number: change(site, number, "suspended"), "suspended", "VER-014"),
    "superseded": (
        lambda site, number: site.certificate(replaces=number),
        "superseded",
        "VER-017",
    ),
    "over": (later, "expired", "VER-010"),
}


#: Each on a file of its own, and those that differ by database on a server too.
ON_A_SERVER = (
    "a leak taken back in the row",
    "a longer term in the row",
    "a revocation taken back in the row",
    "a byte behind the PDF",
    "another actor in the log",
)
EVERY = [(name, "sqlite") for name in CHANGES]
EVERY += [
    pytest.param(name, "postgresql", marks=pytest.mark.postgres)  # type: ignore[misc]
    for name in ON_A_SERVER
]


@pytest.mark.parametrize(("name", "kind"), EVERY)
def test_every_place_shows_the_same_verdict(name: str, kind: str, tmp_path: Path) -> None:
    with database_address(kind, tmp_path) as address:
        _changed(name, tmp_path, address if kind == "postgresql" else "")


def _changed(name: str, tmp_path: Path, server: str) -> None:
    made, verdict, code = CHANGES[name]
    state = "issued" if verdict == "valid" else verdict
    more = {"database_url": SecretStr(server)} if server else {}
    with running(settings_for(tmp_path, **more)) as site:
        number = site.certificate()["number"]
        credential = site.service.register.certificate(number).credential
        pdf = site.visitor.get(f"/v1/certificates/{number}/certificate.pdf?lang=en").content
        for language in ("en", "zh"):  # drawn and kept: what changes now has to show all the same
            site.visitor.get(f"/verify/{number}", params={"lang": language}).raise_for_status()
        made(site, number)

        entry = site.service.register.standing(number)
        assert (entry.report.verdict, entry.status.state) == (verdict, state)
        assert code in entry.report.codes or not code

        (listed,) = [
            one
            for one in site.visitor.get("/v1/register").json()["certificates"]
            if one["number"] == number
        ]
        assert (listed["state"], code in listed["failed"] or not code) == (state, True)
        page = site.visitor.get("/register?state=")
        assert (page.status_code, number in page.text) == (200, True)

        answer = site.visitor.get(f"/v1/certificates/{number}")
        document = answer.json()
        assert document["status"]["state"] == state
        assert document["verification"]["verdict"] == verdict
        if name == "no text at all in the row":
            for what in ("label.svg", "label.png", "label.pdf", "bundle"):
                refused = site.client.get(f"/v1/certificates/{number}/{what}")
                assert (refused.status_code, codes(refused)[0]) == (409, "API-511"), what
        else:
            _labels(site, number, state)
        _page(site, number, state)
        _pdf(site, number, verdict)
        for document in ("credential", "certificate.json"):  # they travel alone
            answer = site.visitor.get(f"/v1/certificates/{number}/{document}")
            assert (answer.status_code == 200) == (verdict != "invalid"), document
            assert answer.status_code == 200 or codes(answer)[0] == "API-511", document

        held = {"application/pdf": pdf, "application/vc+jwt": credential.encode()}
        for media_type, data in held.items():
            report = site.visitor.post(
                "/v1/verify", content=data, headers={"Content-Type": media_type}
            ).json()
            assert report["verdict"] == verdict, media_type
        moment = f"{site.clock.now:%Y-%m-%dT%H:%M:%S}"
    environment = {"FOOTPRINT_DATABASE_URL": server} if server else {}
    _command_line(tmp_path, pdf, credential, (verdict, moment), environment)


def _page(site: Site, number: str, state: str) -> None:
    page = site.visitor.get(f"/verify/{number}?lang=en")
    assert page.status_code == 200
    says = words("en").word("state_says", state)
    assert says in page.text
    assert (words("en").word("state_says", "issued") in page.text) == (state == "issued")


def _labels(site: Site, number: str, state: str) -> None:
    word = words("en").word("states", state)
    for size in SIZES:
        address = f"/v1/certificates/{number}/label"
        svg = site.visitor.get(f"{address}.svg?lang=en&size={size}").text
        assert (f">{word.upper()}<" in svg) == (state != "issued"), size
        pdf = site.visitor.get(f"{address}.pdf?lang=en&size={size}").content
        text = PdfReader(BytesIO(pdf)).pages[0].extract_text()
        assert (word.upper() in text) == (state != "issued"), size


def _pdf(site: Site, number: str, verdict: str) -> None:
    """One that was drawn and one that was not: neither says more than the page."""
    for language in ("en", "de"):
        answer = site.visitor.get(f"/v1/certificates/{number}/certificate.pdf?lang={language}")
        if verdict == "invalid":
            assert (answer.status_code, codes(answer)[0]) == (409, "API-511")
            continue
        says = words(language).word("state_says", "revoked" if verdict == "valid" else verdict)
        pages = PdfReader(BytesIO(answer.content)).pages
        texts = [page.extract_text().replace("\n", " ") for page in pages]
        assert all((says in text) == (verdict != "valid") for text in texts), language
        report = site.visitor.post(
            "/v1/verify", content=answer.content, headers={"Content-Type": "application/pdf"}
        ).json()
        assert report["verdict"] == verdict, [check for check in report["checks"] if check["code"]]


def _command_line(
    folder: Path,
    pdf: bytes,
    credential: str,
    expected: tuple[str, str],
    environment: dict[str, str],
) -> None:
    verdict, moment = expected
    files = {"held.pdf": pdf, "held.jwt": credential.encode()}
    for name, data in files.items():
        (folder / name).write_bytes(data)
        done = command(
            "verify",
            folder / name,
            "--store",
            folder / "store",
            "--as-of",
            moment,
            "--format",
            "json",
            **environment,
        )
        assert json.loads(done.stdout)["verdict"] == verdict, (name, done.stdout, done.stderr)
        assert done.returncode == (0 if verdict == "valid" else 1)


def test_a_verdict_is_kept_until_something_that_it_rests_on_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(settings_for(tmp_path)) as site:
        number = site.certificate()["number"]
        site.service.register.standing(number)
        asked: list[str] = []
        real = standing.standing

        def counted(*given: Any) -> Any:
            asked.append(number)
            return real(*given)

        monkeypatch.setattr("api.services.verdicts.standing", counted)
        for _ in range(3):
            assert site.service.register.standing(number).status.state == "issued"
        assert not asked
        edit(site, number, company="Somebody Else")
        assert site.service.register.standing(number).status.state == "invalid"
        site.clock.now = NOON + timedelta(days=1)
        site.service.register.standing(number)
        assert len(asked) == 2


def test_a_row_whose_pdf_was_never_drawn_says_so(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as site:
        number = site.certificate()["number"]
        for language in ("en", "zh"):
            pdf = f"/v1/certificates/{number}/certificate.pdf?lang={language}"
            assert site.visitor.get(pdf).status_code == 200
        (listed,) = site.visitor.get("/v1/register").json()["certificates"]
        assert listed["drawn"] == ["en", "zh"]
        with site.service.database.writing() as uow:
            uow.connection.execute(sa.delete(certificate_files))
        (listed,) = site.visitor.get("/v1/register").json()["certificates"]
        assert (listed["drawn"], listed["state"]) == ([], "issued")
        checks = site.service.register.standing(number).report.checks
        (seal,) = [check for check in checks if check.name == "seal"]
        assert (seal.outcome, "ever drawn" in seal.says) == ("skipped", True)


def _far_away(site: Site, folder: Path, credential: str) -> str:
    """The verdict of somebody who has the file, the keys and the status lists of now."""
    (folder / "c.jwt").write_text(credential)
    (folder / "did.json").write_bytes(site.visitor.get("/.well-known/did.json").content)
    asked: list[str | Path] = ["verify", folder / "c.jwt", "--keys", folder / "did.json"]
    for purpose in ("revocation", "suspension"):
        file = folder / f"{purpose}.jwt"
        file.write_bytes(site.visitor.get(f"/v1/status/{purpose}-1").content)
        asked += ["--status", file]
    asked += ["--format", "json", "--as-of", f"{site.clock.now:%Y-%m-%dT%H:%M:%S}"]
    return str(json.loads(command(*asked).stdout)["verdict"])


@pytest.mark.parametrize("status", ["revoked", "suspended"])
@pytest.mark.parametrize(
    "edited",
    [
        {"status": "issued", "status_reason": "", "status_at": NOON},
        {"status_index": 7},
        {"status": "issued", "status_index": 7, "status_list": 2},
    ],
)
def test_an_edited_row_gives_nothing_back_its_force_far_away(
    status: str, edited: dict[str, Any], tmp_path: Path
) -> None:
    """The signed lists were made of the rows: page and register said that it was tampered with, and
    whoever checked the file with a list of the same minute was told that it is valid."""
    with running(settings_for(tmp_path)) as site:
        certificate = site.certificate()
        assert _far_away(site, tmp_path, certificate["credential"]) == "valid"
        change(site, certificate["number"], status)
        assert _far_away(site, tmp_path, certificate["credential"]) == status
        edit(site, certificate["number"], **edited)
    with running(settings_for(tmp_path)) as site:  # what was read before the edit is forgotten
        assert _far_away(site, tmp_path, certificate["credential"]) == status


def test_a_reinstated_certificate_is_valid_far_away_too(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as site:
        certificate = site.certificate()
        change(site, certificate["number"], "suspended")
        change(site, certificate["number"], "issued")
        assert _far_away(site, tmp_path, certificate["credential"]) == "valid"


def test_no_drawing_is_kept_by_a_cache_while_its_state_changes(tmp_path: Path) -> None:
    """For five minutes a cache handed out the label of a certificate that was just revoked."""
    with running(settings_for(tmp_path)) as site:
        number = site.certificate()["number"]
        for form in ("label.svg", "label.png", "label.pdf", "certificate.pdf"):
            address = f"/v1/certificates/{number}/{form}"
            first = site.visitor.get(address)
            assert first.headers["Cache-Control"] == "no-cache", form
            held = {"If-None-Match": first.headers["ETag"]}
            assert site.visitor.get(address, headers=held).status_code == 304, form
            change(site, number, "suspended")
            again = site.visitor.get(address, headers=held)
            assert (again.status_code, again.content != first.content) == (200, True), form
            change(site, number, "issued")


def test_the_verdict_tells_how_long_lists_count(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as site:
        certificate = site.certificate()
        number = certificate["number"]
        (status,) = [c for c in certificate["verification"]["checks"] if c["name"] == "status"]
        assert "24 hours" in status["says"]
        assert "24 小时" in status["says_zh"]
        (tmp_path / "c.jwt").write_text(certificate["credential"])
        (tmp_path / "did.json").write_bytes(site.visitor.get("/.well-known/did.json").content)
        lists: list[str | Path] = []
        for purpose in ("revocation", "suspension"):
            file = tmp_path / f"{purpose}.jwt"
            file.write_bytes(site.visitor.get(f"/v1/status/{purpose}-1").content)
            lists += ["--status", file]
    asked: list[str | Path] = [
        "verify",
        tmp_path / "c.jwt",
        "--keys",
        tmp_path / "did.json",
        *lists,
    ]
    done = command(*asked, "--as-of", f"{NOON:%Y-%m-%dT%H:%M:%S}")
    assert done.returncode == 0, done.stdout
    assert "Its status lists count until 2026-11-21T12:00:00Z." in done.stdout.splitlines()[-1]
    assert number in done.stdout


def test_a_store_is_read_with_its_keys_elsewhere_and_a_bought_seal(tmp_path: Path) -> None:
    """The keys are in a folder of their own, and the command line is not told which."""
    elsewhere = {"keys_dir": tmp_path / "elsewhere"}
    with running(with_bought(tmp_path).model_copy(update=elsewhere)) as site:
        number = site.certificate()["number"]
        pdf = site.visitor.get(f"/v1/certificates/{number}/certificate.pdf").content
    (tmp_path / "c.pdf").write_bytes(pdf)
    asked: list[str | Path] = ["verify", tmp_path / "c.pdf", "--store", tmp_path / "store"]
    asked += ["--format", "json"]
    done = command(*asked, "--as-of", f"{NOON:%Y-%m-%dT%H:%M:%S}")
    report = json.loads(done.stdout)
    assert (report["verdict"], done.returncode) == ("valid", 0)
    assert {c["name"]: c["outcome"] for c in report["checks"]}["seal"] == "passed"


def test_a_store_and_keys_are_not_given_together(tmp_path: Path) -> None:
    done = command("verify", tmp_path / "c.pdf", "--store", tmp_path, "--keys", tmp_path / "k")
    assert done.returncode == 2
