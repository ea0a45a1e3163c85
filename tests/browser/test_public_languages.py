"""Public pages in eight languages: words, marks of language, picker, access, and width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest
from axe_kit import violations
from buyers_kit import campaign_pages
from console_kit import SCREENS, Console
from evidence import some
from playwright.sync_api import Browser

from label_templates.languages import LANGUAGES
from label_templates.words import own_names

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

OTHERS = [one for one in LANGUAGES if one not in {"en", "zh"}]
_VOID = {"meta", "link", "input", "br", "hr", "img"}
#: Parts of a page whose language is said to be another, or none; names of files and commands.
_FOREIGN = {"en", "", "zh-Hans"}
_WORD = re.compile(r"\b[A-Za-z][a-z]{2,}\b")
_LATIN = re.compile(r"[A-Za-z][A-Za-z' -]*[a-z] [a-z][A-Za-z' -]+[a-z]")


class Texts(HTMLParser):
    """What a page says in its own language, its tag, and the links of its picker."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self.tag = ""
        self.picker: dict[str, str] = {}
        self._open: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.tag = given.get("lang") or ""
        elif tag == "a" and "hreflang" in given:
            self.picker[str(given["hreflang"])] = str(given["href"])
        if tag not in _VOID:
            lang = given.get("lang", "own") or ""
            foreign = tag in {"code", "style"} or (tag != "html" and lang in _FOREIGN)
            self._open.append(foreign or bool(self._open and self._open[-1]))

    def handle_endtag(self, tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._open[-1]:
            self.said.append(" ".join(data.split()))


def read(html: str) -> Texts:
    page = Texts()
    page.feed(html)
    return page


@pytest.fixture(scope="module")
def public(served: Console) -> dict[str, str]:
    """Addresses of the public pages: empty, full, and with errors."""
    number = served.site.certificate()["number"]
    revoked = served.site.certificate()["number"]
    served.site.client.post(f"/v1/certificates/{revoked}/revoke", json={"reason": "Leck"})
    answers = {
        key: path for key, path in campaign_pages(served).items() if key.startswith("answer")
    }
    return answers | {
        "front": "/",
        "verify": "/verify",
        "mistyped": "/verify?number=FP-1111-1111-2",
        "register": "/register",
        "register of all": "/register?state=all",
        "found": f"/register?q={number}",
        "not found": "/register?q=nothing-like-it",
        "schemes": "/schemes",
        "scheme": "/schemes/th-tgo",
        "data": "/data",
        "found data": "/data?q=steel",
        "no data": "/data?q=xyzzy",
        "dataset": "/data/abs-resin-rna",
        "guide": "/guide",
        "log": "/log",
        "sign in": "/sign-in",
        "used": "/open/nothing",
        "unknown": "/no-such-page",
        "closed": "/products",
    }


@pytest.fixture(scope="module")
def visitor(served: Console) -> Iterator[httpx.Client]:
    """A browser without a cookie."""
    headers = {"Sec-Fetch-Site": "same-origin", "Accept": "text/html"}
    with httpx.Client(
        base_url=served.address, headers=headers, trust_env=False, timeout=60
    ) as made:
        yield made


def asked(visitor: httpx.Client, path: str, language: str) -> httpx.Response:
    visitor.cookies.clear()
    joined = "&" if "?" in path else "?"
    return visitor.get(f"{path}{joined}lang={language}")


@pytest.fixture(scope="module")
def in_english(visitor: httpx.Client, public: dict[str, str]) -> dict[str, httpx.Response]:
    """The same pages in English."""
    return {name: asked(visitor, path, "en") for name, path in public.items()}


@pytest.mark.parametrize("language", OTHERS)
def test_a_public_page_speaks_one_language(
    visitor: httpx.Client,
    public: dict[str, str],
    in_english: dict[str, httpx.Response],
    language: str,
) -> None:
    for name, path in some(public.items()):
        answer, english = asked(visitor, path, language), in_english[name]
        page, other = read(answer.text), read(english.text)
        assert page.tag == answer.headers["content-language"] == language, name
        assert answer.status_code == english.status_code
        sentences = {text for text in other.said if len(_WORD.findall(text)) > 2}
        both = sentences & set(page.said)
        assert not both, name
        if language not in {"de", "fr"}:
            assert not [text for text in page.said if _LATIN.search(text)], name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_picker_keeps_the_address(visitor: httpx.Client, language: str) -> None:
    page = read(asked(visitor, "/register?state=all&q=a+b", language).text)
    assert len(page.picker) == len(LANGUAGES) - 1
    for tag, href in page.picker.items():
        code = "zh" if tag == "zh-Hans" else tag
        assert href == f"/register?state=all&q=a+b&lang={code}"
        assert read(visitor.get(href).text).tag == tag
        assert read(visitor.get("/guide").text).tag == tag, "a cookie keeps it"


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [("de-AT,de;q=0.9,en;q=0.1", "de"), ("zh-TW", "zh-Hant"), ("th;q=0.4,ja;q=0.8", "ja")],
)
def test_the_browsers_language_is_the_first(visitor: httpx.Client, accepted: str, tag: str) -> None:
    visitor.cookies.clear()
    answer = visitor.get("/verify", headers={"Accept-Language": accepted})
    assert read(answer.text).tag == tag


def test_numbers_and_days_have_one_form_in_every_language(visitor: httpx.Client) -> None:
    """As on the certificates: a figure is compared digit by digit, whoever reads it."""
    pages = {one: asked(visitor, "/data?q=steel", one).text for one in LANGUAGES}
    figures = {
        one: re.findall(r"<strong>([\d.]+)</strong> kg", text) for one, text in pages.items()
    }
    days = {
        language: re.findall(r"\d{4}-\d\d-\d\d", asked(visitor, "/schemes/th-tgo", language).text)
        for language in LANGUAGES
    }
    assert len(figures["en"]) > 5
    assert len(days["en"]) > 3
    for language in OTHERS:
        assert figures[language] == figures["en"]
        assert days[language] == days["en"]


def test_a_page_behind_the_door_is_english_to_readers_of_other_languages(
    visitor: httpx.Client, served: Console
) -> None:
    visitor.cookies.clear()
    link = served.link().removeprefix(served.address)
    assert read(visitor.get(f"{link}?lang=ja").text).tag == "ja"
    answer = visitor.post(link)
    name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
    visitor.cookies.clear()
    cookie = {"Cookie": f"{name}={value}; footprint-language=zh-Hant"}
    assert read(visitor.get("/register", headers=cookie).text).tag == "zh-Hant"
    inside = read(visitor.get("/products", headers=cookie).text)
    assert inside.tag == "zh-Hans"
    assert set(inside.picker) == {"en"}


@pytest.mark.parametrize("size", SCREENS)
@pytest.mark.parametrize("language", OTHERS)
def test_axe_finds_nothing_and_no_page_is_too_wide(
    chromium: Browser, served: Console, public: dict[str, str], language: str, size: str
) -> None:
    context = chromium.new_context(viewport=SCREENS[size], locale=language)  # type: ignore[arg-type]
    page, found = context.new_page(), dict[str, Any]()
    for name, path in some(public.items()):
        page.goto(f"{served.address}{path}")
        for width in (SCREENS[size]["width"], 320):
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                found[f"{name} at {width}"] = "too wide"
        page.click("details.languages summary")
        assert own_names()["ja" if language != "ja" else "ko"] in page.inner_text(".languages")
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found[f"{name} with its picker"] = "too wide"
        page.set_viewport_size(SCREENS[size])  # type: ignore[arg-type]
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        if wrong := violations(page):
            found[name] = wrong
    context.close()
    assert not found
