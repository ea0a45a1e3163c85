"""A code leads somewhere, or says that it is a draft; the port and the address agree."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PdfReader
from served import EVIDENCE, codes, command, own_bom, running, settings_for
from still_clock import StillClock

from api.faults import ServiceRefused
from api.opening import opened
from api.serve import with_port
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.service import Service
from api.settings import Settings
from api.store.certificates import StoredCertificate
from footprint.certificates.address import is_private_address
from footprint.cli.settings_text import settings as printed_settings
from footprint.study import Inputs
from footprint.variables import OTHERS
from label_templates.render import SIZES, label_svg
from label_templates.words import words

LOOPBACK = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    "address",
    [
        LOOPBACK,
        "http://localhost:8000",
        "http://[::1]:8000",
        "https://10.1.2.3",
        "https://192.168.0.9/labels",
        "https://172.16.0.1",
        "https://169.254.1.1",
        "https://[fd00::1]",
        "https://[fe80::1%25eth0]",
        "https://100.64.0.1",
        "https://0.0.0.0",
        "https://labels",
        "https://labels.local",
        "https://labels.lan.",
        "https://labels.internal",
        "https://a.localhost",
    ],
)
def test_an_address_that_others_cannot_reach_is_private(address: str) -> None:
    assert is_private_address(address)


@pytest.mark.parametrize(
    "address",
    ["https://labels.example.com", "https://8.8.8.8", "https://[2606:4700::1111]", "https://l.cn"],
)
def test_a_public_address_is_not(address: str) -> None:
    assert not is_private_address(address)


def private(folder: Path, **more: Any) -> Settings:
    return settings_for(folder).model_copy(update={"base_url": LOOPBACK, **more})


def issue(service: Service, **more: Any) -> StoredCertificate:
    footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", own_bom()))
    order = Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE), **more)
    return service.certificates.issue(LOCAL, order)


def test_under_a_private_address_only_drafts_are_issued(tmp_path: Path) -> None:
    with opened(private(tmp_path), StillClock()) as service:
        with pytest.raises(ServiceRefused, match="API-512"):
            issue(service)
        made = issue(service, draft=True)
        standing = service.register.standing(made.number)
        assert (standing.report.verdict, standing.status.state) == ("draft", "draft")
        assert standing.report.codes == ("VER-033",)


@pytest.mark.parametrize(("setting", "verdict"), [("draft", "draft"), ("allow", "valid")])
def test_a_setting_says_otherwise(setting: str, verdict: str, tmp_path: Path) -> None:
    with opened(private(tmp_path, private_address=setting), StillClock()) as service:
        made = issue(service)
        assert service.register.standing(made.number).report.verdict == verdict


def test_a_draft_says_so_on_label_page_and_pdf(tmp_path: Path) -> None:
    with running(settings_for(tmp_path)) as site:
        certificate = site.certificate(draft=True)
        number = certificate["number"]
        assert (certificate["status"]["state"], certificate["certificate"]["draft"]) == (
            "draft",
            True,
        )
        for language in ("en", "zh"):
            says = words(language).word("state_says", "draft")
            page = site.visitor.get(f"/verify/{number}?lang={language}").text
            assert page.index(says) < page.index("<figure")
            for size in SIZES:
                address = f"/v1/certificates/{number}/label.svg?lang={language}&size={size}"
                assert words(language).word("states", "draft") in site.visitor.get(address).text
            address = f"/v1/certificates/{number}/certificate.pdf?lang={language}"
            pages = PdfReader(BytesIO(site.visitor.get(address).content)).pages
            assert all(says in page.extract_text().replace("\n", " ") for page in pages)
        whole = site.certificate()
        assert "draft" not in whole["certificate"]


def test_a_draft_stays_one_where_nobody_says_its_state(tmp_path: Path) -> None:
    """The label of a draft is marked whoever draws it."""
    from footprint.certificates.view import view_from_document

    with opened(private(tmp_path), StillClock()) as service:
        view = view_from_document(issue(service, draft=True).view_content)
    assert ">DRAFT<" in label_svg(view, "en")


def test_over_http_a_private_address_is_refused_with_a_way_out(tmp_path: Path) -> None:
    with running(private(tmp_path)) as site:
        answer = site.client.post("/v1/certificates", json=site.order())
        assert (answer.status_code, codes(answer)[0]) == (422, "API-512")
        assert "FOOTPRINT_BASE_URL" in answer.json()["problems"][0]["hint"]


def test_an_address_that_was_left_out_follows_the_port() -> None:
    assert with_port(Settings(), 9123).base_url == "http://127.0.0.1:9123"


def test_an_address_of_this_computer_with_another_port_is_refused() -> None:
    with pytest.raises(ServiceRefused, match="API-513"):
        with_port(Settings(base_url="http://localhost:8000"), 9123)
    assert with_port(Settings(base_url="http://localhost:9123"), 9123).base_url.endswith("9123")


def test_a_public_address_has_a_proxy_in_front() -> None:
    kept = with_port(Settings(base_url="https://labels.example.com"), 9123)
    assert kept.base_url == "https://labels.example.com"


def test_the_settings_are_in_the_help_and_in_the_docs(update_golden: bool) -> None:
    page = Path(__file__).parents[2] / "docs" / "settings.md"
    text = "\n".join(
        (
            "# Settings\n\nRead from the environment by every command that opens a store, and by "
            "`footprint serve`, whose `--help` lists\nthem too. This page is written by "
            "`make golden`.\n\n| variable | default | what it does |\n|---|---|---|",
            *(f"| `{name}` | {default} | {says} |" for name, default, says in printed_settings()),
            "\nTests and benchmarks read further ones:\n\n| variable | what it does |\n|---|---|",
            *(f"| `{name}` | {says} |" for name, says in OTHERS.items()),
            "",
        )
    )
    if update_golden:
        page.write_text(text, "utf-8")
    assert page.read_text("utf-8") == text
    shown = command("serve", "--help").stdout
    assert all(f"FOOTPRINT_{name.upper()}" in shown for name in Settings.model_fields)
