"""No dead end: every refusal of a spoilt file says where, and has a way to a repaired state."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import httpx
import pytest
from console_kit import Console

sys.path.append(str(Path(__file__).parents[1] / "bom"))
from bom_corruptions import Place, corpus, examples

#: Every fourth file of the corpus: all kinds of mistakes are among them.
SPOILT = list(corpus())[::4]
_FORM = re.compile(r'<form class="drop" method="post" action="([^"]+)"')


@contextmanager
def client(served: Console, language: str) -> Iterator[httpx.Client]:
    """A client that is signed in as a browser is."""
    secret = served.site.service.sessions.new_link()
    headers = {
        "Sec-Fetch-Site": "same-origin",
        "Accept": "text/html",
        "Accept-Language": language,
    }
    with httpx.Client(
        base_url=served.address,
        headers=headers,
        follow_redirects=True,
        trust_env=False,
        timeout=60,
    ) as made:
        answer = made.post(f"/open/{secret}", follow_redirects=False)
        name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
        made.cookies.clear()
        made.cookies.set(name, value)  # not as secure as it is: this client speaks plain http
        yield made


def test_there_are_fifty_of_them() -> None:
    assert len(SPOILT) >= 50


@pytest.mark.parametrize(("name", "data", "places"), SPOILT, ids=[name for name, _, _ in SPOILT])
def test_a_spoilt_file_ends_on_a_page_that_leads_on(
    name: str, data: bytes, places: list[Place], served: Console
) -> None:
    with client(served, "en") as browser:
        page = browser.post("/drafts", files={"file": ("spoilt.csv", data)})
        assert page.status_code in {200, 422}
        if 'class="errors"' not in page.text:  # the file can be read: a line of it stays open
            open_ones = {"BOM-012", "ENG-001", "ENG-002", "ENG-004", "ENG-005"}
            assert {code for code, _, _ in places} <= open_ones
            return
        text = unescape(re.sub(r"<[^>]+>", "", page.text))
        for code, row, column in places:
            if code.startswith("BOM") and row is not None:
                assert f"row {row}" in text, (code, row)
            if code.startswith("BOM") and row is not None and column:
                assert f"“{column}”" in text or f"column {column}" in text, (code, column)
        (action,) = _FORM.findall(page.text)[:1]
        sound = next(iter(examples()))
        repaired = browser.post(action, files={"file": ("sound.csv", sound.data())})
        assert repaired.status_code == 200
        assert 'class="errors"' not in repaired.text


def test_what_is_no_list_at_all_says_how_to_save_it_anew(served: Console) -> None:
    with client(served, "zh") as browser:
        for content in (b"", b"\x89PNG\r\n\x1a\n" + bytes(200), b"\xd0\xcf\x11\xe0" + bytes(600)):
            page = browser.post("/drafts", files={"file": ("photo.xls", content)})
            assert page.status_code == 422
            assert "WPS" in page.text
            assert _FORM.findall(page.text) == ["/drafts"]


def test_an_unknown_address_is_a_page_for_people_and_a_document_for_programs(
    served: Console,
) -> None:
    with client(served, "en") as browser:
        page = browser.get("/nowhere")
        assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert 'href="/"' in page.text
        assert browser.get("/v1/nowhere").headers["content-type"] == "application/problem+json"
        plain = browser.get("/nowhere", headers={"Accept": "*/*"})
        assert plain.headers["content-type"] == "application/problem+json"
