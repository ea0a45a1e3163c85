"""What the frame of every page does, over HTTP: where a refusal leads, what it gives back, which
language it speaks, and who may come in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from served import BASE_URL, Site, own_bom, running, settings_for
from still_clock import NOON

from api.console.door import may_sign_in
from api.faults import ServiceRefused
from api.paging import cursor_at

#: Everything that people write in a form in words of their own.
WRITTEN = ("note", "words", "answer", "reason", "about", "text", "limits", "how")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("frame"))) as made:
        yield made


@pytest.fixture(scope="module")
def address(site: Site) -> str:
    return str(site.visitor.base_url).rstrip("/")


@pytest.fixture
def stranger(address: str) -> Iterator[httpx.Client]:
    headers = {"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"}
    with httpx.Client(base_url=address, headers=headers, trust_env=False, timeout=60) as made:
        yield made


@pytest.fixture
def clerk(site: Site, stranger: httpx.Client) -> httpx.Client:
    answer = stranger.post(f"/open/{site.service.sessions.new_link()}")
    name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
    stranger.cookies.clear()
    stranger.cookies.set(name, value)
    return stranger


def _buttons(answer: httpx.Response) -> dict[str, str]:
    """Where the buttons of a refusal lead, by what they say."""
    main = answer.text.partition("<main")[2]
    found = re.findall(r'<a class="button[^"]*" href="([^"]*)">([^<]*)</a>', main)
    return {says: link.replace("&amp;", "&") for link, says in found}


# What was refused -------------------------------------------------------------------------------


def test_words_are_given_back_where_a_session_has_ended_and_no_secret_is(
    stranger: httpx.Client,
) -> None:
    form = {name: f"my {name} of it" for name in (*WRITTEN, "token", "password", "name")}
    answer = stranger.post("/drafts/d1/columns", data=form)
    assert answer.status_code == 401
    assert re.findall(r'<q lang="">my (\w+) of it</q>', answer.text) == list(WRITTEN)
    empty = stranger.post("/drafts/d1/columns", data={"note": "  "})
    assert "<q" not in empty.text
    packed = stranger.post("/drafts/d1/columns", files={"file": ("a.csv", b"x")}, data=form)
    assert packed.status_code == 401
    assert "<q" not in packed.text  # what comes with files is not read for somebody unknown


@pytest.mark.parametrize(
    ("sent_from", "back"),
    [
        ("{here}/certificates?show=ended", "/certificates?show=ended"),
        ("{here}/certificates", "/certificates"),
        ("{here}/certificates/none/such?show=ended", "/certificates/none"),
        ("{here}/", ""),
        ("https://elsewhere.example/certificates", ""),
        ("", ""),
    ],
)
def test_a_refused_form_leads_back_to_its_page(
    sent_from: str, back: str, address: str, clerk: httpx.Client
) -> None:
    headers = {"Referer": sent_from.format(here=address)}
    refused = clerk.post("/products/none/name", headers=headers, data={"name": "x"})
    assert refused.status_code >= 400
    expected = {"To the front page": "/"} | ({"Back to the page": back} if back else {})
    assert _buttons(refused) == expected
    page = clerk.get("/products/none", headers=headers)
    assert page.status_code == 404
    assert _buttons(page) == {"To the front page": "/"}


def test_whoever_signs_in_comes_back_to_the_page_that_he_asked_for(
    address: str, stranger: httpx.Client
) -> None:
    for asked in ("/certificates", "/certificates?show=ended"):
        to = httpx.QueryParams({"to": asked})
        assert list(_buttons(stranger.get(asked)).values()) == [f"/sign-in?{to}"]
        headers = {"Referer": f"{address}{asked}"}
        sent = stranger.post("/products/p1/name", headers=headers, data={})
        assert list(_buttons(sent).values()) == [f"/sign-in?{to}"]
    assert list(_buttons(stranger.post("/products/p1/name", data={})).values()) == ["/sign-in"]


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("en", "Nothing is found at this address"),
        ("zh", "此地址无内容"),
        ("de", "Das ging nicht"),  # titles have two languages
    ],
)
def test_a_refusal_has_its_title_in_the_languages_that_titles_have(
    language: str, heading: str, clerk: httpx.Client
) -> None:
    answer = clerk.get("/products/none", params={"lang": language})
    assert answer.status_code == 404
    assert re.findall(r"<h1>(.*?)</h1>", answer.text) == [heading]


@pytest.mark.parametrize(
    ("path", "asked", "spoken"),
    [
        ("/verify", "de", "de"),
        ("/verify", "zh-Hant", "zh-Hant"),
        ("/certificates", "de", "en"),
        ("/certificates", "zh-Hant", "zh-Hans"),
        ("/certificates", "zh", "zh-Hans"),
    ],
)
def test_a_page_speaks_the_readers_language_or_the_nearest(
    path: str, asked: str, spoken: str, clerk: httpx.Client
) -> None:
    answer = clerk.get(path, params={"lang": asked})
    assert answer.headers["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in answer.text


# Who may come in --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("labels.example.com", 200),
        ("labels.example.com:8000", 404),
        ("elsewhere.example", 404),
        ("127.0.0.1:1", 200),
        ("localhost", 200),
        ("[::1]:8000", 200),
    ],
)
def test_only_a_name_of_this_installation_is_answered(
    host: str, status: int, stranger: httpx.Client
) -> None:
    assert stranger.get("/sign-in", headers={"Host": host}).status_code == status


@pytest.mark.parametrize(
    ("sent", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": BASE_URL}, True),
        ({"Origin": "https://elsewhere.example"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": BASE_URL}, False),
        ({}, False),
    ],
)
def test_a_form_is_taken_from_a_page_of_this_installation(
    sent: dict[str, str], taken: bool, address: str
) -> None:
    with httpx.Client(base_url=address, headers=sent, trust_env=False, timeout=60) as client:
        answer = client.post("/sign-in", data={"token": "fpt_none"})
        assert answer.status_code == (422 if taken else 403)
        assert client.get("/sign-in").status_code == 200


@pytest.mark.parametrize(
    ("host", "public", "safe"),
    [
        ("labels.example.com", "https://labels.example.com", True),
        ("labels.example.com", "http://labels.example.com", False),
        ("127.0.0.1:8000", "http://127.0.0.1:8000", True),
        ("localhost", "http://labels.example.com", True),
        ("[::1]:8000", "http://labels.example.com", True),
    ],
)
def test_nobody_signs_in_over_plain_http_from_afar(host: str, public: str, safe: bool) -> None:
    request: Any = SimpleNamespace(headers={"host": host})
    service: Any = SimpleNamespace(settings=SimpleNamespace(base_url=public))
    if safe:
        may_sign_in(request, service)
    else:
        with pytest.raises(ServiceRefused, match="without https"):
            may_sign_in(request, service)


def test_pages_and_their_style_are_packed_for_whoever_unpacks_them(stranger: httpx.Client) -> None:
    style = re.findall(r'href="(/static/[^"]+\.css)"', stranger.get("/sign-in").text)[0]
    for path in ("/sign-in", style):
        plain = stranger.get(path, headers={"Accept-Encoding": "identity"})
        packed = stranger.get(path, headers={"Accept-Encoding": "gzip"})
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert plain.content == packed.content
    assert stranger.get("/static/none.css").status_code == 404


def test_the_first_page_of_certificates_alone_shows_orders_on_their_way(
    site: Site, clerk: httpx.Client
) -> None:
    order = site.client.post("/v1/applications", json=site.order()).json()["id"]
    shown = {
        asked: f"/desk/{order}" in clerk.get(f"/certificates{asked}").text
        for asked in ("", "?show=ended", f"?cursor={cursor_at(NOON, 'A')}")
    }
    assert shown == {"": True, "?show=ended": False, f"?cursor={cursor_at(NOON, 'A')}": False}


def test_the_words_of_a_refusal_have_the_focus_unless_only_parts_are_asked_for(
    clerk: httpx.Client,
) -> None:
    sent = clerk.post("/drafts", files={"file": ("bracket.csv", own_bom())})
    facts = f"{sent.headers['location'].rpartition('/')[0]}/facts"
    wrong = {"name": "", "amount": "x", "unit": "piece"}
    shown = {
        "page": clerk.get(facts),
        "refused": clerk.post(facts, data=wrong),
        "part": clerk.post(facts, data=wrong, headers={"X-Fragment": "1"}),
    }
    assert [one.status_code for one in shown.values()] == [200, 422, 422]
    assert [name for name, one in shown.items() if " autofocus" in one.text] == ["refused"]
    assert [name for name, one in shown.items() if " data-refused" in one.text] == [
        "refused",
        "part",
    ]
    assert [name for name, one in shown.items() if "X-Fragment" in one.headers] == ["part"]


def test_a_language_that_was_chosen_is_kept_and_a_page_links_to_itself_in_the_others(
    clerk: httpx.Client,
) -> None:
    for asked, kept in (("zh", True), ("de", True), ("xx", False), ("", False)):
        cookies = clerk.get("/certificates", params={"lang": asked}).headers.get_list("set-cookie")
        assert any(one.startswith(f"footprint-language={asked};") for one in cookies) == kept
    page = clerk.get("/certificates?show=ended&lang=en").text
    assert 'href="/certificates?show=ended&amp;lang=zh"' in page
    refused = clerk.post("/products/none/name?lang=en", data={"name": "x"}).text
    assert 'href="/products/none?lang=zh"' in refused  # an address that takes forms is no page


def test_a_certificate_of_somebody_else_has_no_page_among_ones_own(
    site: Site, clerk: httpx.Client
) -> None:
    other = site.other_tenant()
    order = site.order(footprint_id=site.footprint(other))
    theirs = other.post("/v1/certificates", json=order).json()["number"]
    own = site.certificate()["number"]
    assert clerk.get(f"/certificates/{own}").status_code == 200
    assert clerk.get(f"/certificates/{theirs}").status_code == 404
