"""What the console says to a slip of the hand, without a browser: refused at its field, with what
was typed kept, and a way on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from console_kit import console
from served import EVIDENCE, Site, own_bom, running, settings_for

from api.services.access import LOCAL

TOLD = "scheme=th-tgo&tier=disclosure&lang=en"
UNTOLD = "scheme=uk-carbon-trust&tier=disclosure&lang=en"


@contextmanager
def signed_in(site: Site) -> Iterator[httpx.Client]:
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx.Client(
        base_url=str(site.visitor.base_url), headers=headers, trust_env=False, timeout=60
    ) as client:
        answer = client.post(f"/open/{site.service.sessions.new_link()}")
        name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
        client.cookies.clear()
        client.cookies.set(name, value)
        yield client


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with console(tmp_path_factory.mktemp("mistakes")) as made:
        yield made.site


@pytest.fixture(scope="module")
def clerk(site: Site) -> Iterator[httpx.Client]:
    with signed_in(site) as client:
        yield client


def drafted(clerk: httpx.Client, table: bytes) -> str:
    """The path of a draft of this table."""
    sent = clerk.post("/drafts", files={"file": ("bracket.csv", table)})
    return str(sent.headers["location"]).rsplit("/", 1)[0].partition("?")[0]


def revision_of(page: httpx.Response) -> str:
    (found, *_) = re.findall(r'name="revision" value="(\d+)"', page.text)
    return str(found)


def product(site: Site, clerk: httpx.Client, **more: Any) -> str:
    """The path of a kept product whose evidence earns a disclosure."""
    draft = drafted(clerk, own_bom())
    revision = revision_of(clerk.get(f"{draft}/result"))
    kept = clerk.post(f"{draft}/keep", data={"revision": revision})
    path = str(kept.headers["location"]).partition("?")[0]
    site.service.products.say(LOCAL, path.rsplit("/", 1)[1], lambda _: EVIDENCE | more)
    return path


def certificates(site: Site) -> int:
    return len(site.service.certificates.listed(LOCAL))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("typed", ["abc", "-1", "0", "999", "1.5", "²"])
def test_a_term_that_is_no_number_issues_nothing(
    typed: str, language: str, site: Site, clerk: httpx.Client
) -> None:
    before, path = certificates(site), product(site, clerk)
    url = f"{path}/order?{TOLD}&lang={language}"
    answer = clerk.post(url, data={"months": typed, "key": f"{path}{language}"})
    assert answer.status_code == 422
    assert certificates(site) == before
    assert 'aria-invalid="true" aria-describedby="months-error"' in answer.text
    assert f'name="months" inputmode="numeric" maxlength="3" value="{typed}"' in answer.text
    assert {"en": "whole number of months", "zh": "整数月数"}[language] in answer.text


def test_a_term_is_asked_for_where_the_rules_state_none(site: Site, clerk: httpx.Client) -> None:
    checked = EVIDENCE["verification"] | {"kind": "third-party"}
    path = product(site, clerk, methods=["ISO 14067"], verification=checked)
    order = f"{path}/order?{UNTOLD}"
    shown = clerk.get(order)
    assert shown.status_code == 200
    assert 'id="months"' in shown.text
    assert "API-502" not in shown.text
    assert "Show what becomes public" in shown.text
    assert "查看将公开的内容" in clerk.get(f"{order}&lang=zh").text
    wrong = clerk.get(f"{order}&months=abc")
    assert (wrong.status_code, 'id="months-error"' in wrong.text) == (422, True)
    assert clerk.post(order, data={"months": "", "key": path}).status_code == 422
    seen = clerk.get(f"{order}&months=12")
    assert "Issue it now" in seen.text
    assert 'value="12"' in seen.text
    made = clerk.post(order, data={"months": "12", "key": path})
    assert made.status_code == 303
    number = made.headers["location"].rsplit("/", 1)[1]
    certificate = site.service.register.certificate(number)
    assert (certificate.valid_until - certificate.valid_from).days < 366


def test_the_number_of_a_certificate_is_not_foretold(site: Site, clerk: httpx.Client) -> None:
    shown = clerk.get(f"{product(site, clerk)}/order?{TOLD}").text
    main = shown[shown.index("<main") :]
    assert "This becomes public" in main
    assert not re.findall(r"FP-\w{4}-\w{4}", main)


@pytest.mark.parametrize("setting", ["refuse", "draft"])
def test_under_an_address_of_this_machine_a_draft_can_be_ordered(
    setting: str, tmp_path: Path
) -> None:
    settings = settings_for(tmp_path).model_copy(
        update={"base_url": "http://127.0.0.1:8000", "private_address": setting}
    )
    with running(settings) as site, signed_in(site) as clerk:
        path = product(site, clerk)
        order = f"{path}/order?{TOLD}"
        if setting == "refuse":
            shown = clerk.get(order).text
            for said in ("FOOTPRINT_BASE_URL", "FOOTPRINT_PRIVATE_ADDRESS", "Order a draft"):
                assert said in shown
            assert "API-512" not in shown
            assert "申请草稿：不可使用" in clerk.get(f"{order}&lang=zh").text
            order += "&draft=1"
        shown = html.unescape(clerk.get(order).text)
        assert "The draft will say" in shown
        for never in ("This becomes public", "Issue it now"):
            assert never not in shown
        assert "生成草稿：不可使用" in clerk.get(f"{order}&lang=zh").text
        made = clerk.post(order, data={"months": "", "key": "1"})
        number = made.headers["location"].rsplit("/", 1)[1]
        assert site.service.register.standing(number).status.state == "draft"


@pytest.mark.parametrize("typed", ["abc", "0", "-2"])
def test_a_row_that_is_none_is_refused_and_kept(typed: str, clerk: httpx.Client) -> None:
    columns = f"{drafted(clerk, own_bom())}/columns"
    sent = {"header_row": typed, "header_was": "8", "do": "look"}
    answer = clerk.post(f"{columns}?lang=en", data=sent)
    assert answer.status_code == 422
    assert f'value="{typed}" aria-invalid="true"' in answer.text
    assert "is not a row number from 1" in html.unescape(answer.text)
