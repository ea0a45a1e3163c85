"""The public page in a real browser: without script, on a phone, in every language."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "api"))
sys.path.append(str(Path(__file__).parents[1] / "certificates"))
from label_views import long_named, tiered
from served import Site, running, settings_for
from still_clock import NOON

from footprint.certificates.register import RegisterStatus, State
from footprint.certificates.report import VerificationCheck, VerificationReport, passed_check
from label_templates.render import LANGUAGES, Language, certificate_page, label_svg
from label_templates.words import words

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium browser on this machine"),
    # Playwright's own event loop is closed by its own thread.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
PHONE = {"width": 360, "height": 740}
#: What the page is measured on: it takes at most three of these while everything is folded.
SCREEN = {"width": 390, "height": 844}
STATES = get_args(State)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("browser"))) as served:
        yield served


@pytest.fixture(scope="module")
def certificate(site: Site) -> dict[str, Any]:
    return site.certificate()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def opened(page: Page, site: Site, number: str, language: str) -> Page:
    page.goto(f"{site.visitor.base_url}/verify/{number}?lang={language}")
    return page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_fits_a_phone_without_script(
    language: str, phone: Page, site: Site, certificate: dict[str, Any]
) -> None:
    page = opened(phone, site, certificate["number"], language)
    assert certificate["number"] in page.inner_text("body")
    box = page.locator("body").bounding_box()
    assert box is not None
    assert box["width"] <= PHONE["width"]
    for element in page.locator("main *").all():
        place = element.bounding_box()
        if place is not None and place["width"] > 0:
            assert place["x"] + place["width"] <= PHONE["width"] + 1, element.inner_text()[:60]


def test_the_page_names_product_footprint_status_and_market(
    phone: Page, site: Site, certificate: dict[str, Any]
) -> None:
    page = opened(phone, site, certificate["number"], "en")
    text = page.inner_text("body")
    view = certificate["certificate"]
    assert view["product_name"] in text
    assert view["shown_amount"] in text
    folded = text.count("European Union")
    page.click(f"summary:has-text('{words('en').say('markets')}')")
    assert page.inner_text("body").count("European Union") > folded
    page = opened(phone, site, certificate["number"], "zh")
    page.click(f"summary:has-text('{words('zh').say('markets')}')")
    chinese = page.inner_text("body")
    assert "墙面支架" in chinese
    assert "欧盟" in chinese


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("language", ["en", "zh", "de", "th"])
def test_folded_the_page_takes_three_screens_of_a_phone_at_most(
    browser: Browser, state: State, language: Language
) -> None:
    context = browser.new_context(viewport=SCREEN, java_script_enabled=False)  # type: ignore[arg-type]
    page = context.new_page()
    view = replace(tiered("disclosure", language), self_declared=True, verifier="")
    status = RegisterStatus(state, NOON, NOON, "Data error in the bill of materials, found late")
    page.set_content(certificate_page(view, language, status, _report(state)))
    box = page.locator("html").bounding_box()
    assert box is not None
    assert box["height"] <= 3 * SCREEN["height"]
    assert page.locator("details[open]").count() == 0
    context.close()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_self_declared_stands_as_large_as_the_statement(
    language: Language, browser: Browser, site: Site, certificate: dict[str, Any]
) -> None:
    page = opened(browser.new_page(), site, certificate["number"], language)
    tier, declared = page.locator(".claim p").all()
    assert declared.inner_text() == words(language).say("self_declared_short")
    heights = [one.evaluate("e => getComputedStyle(e).fontSize") for one in (tier, declared)]
    assert heights[0] == heights[1]
    sizes = {
        text.text_content(): text.get_attribute("font-size")
        for text in page.locator("figure svg text").all()
    }
    assert sizes[tier.inner_text()] == sizes[declared.inner_text()]
    page.close()


def _report(state: State) -> VerificationReport:
    checks = [
        passed_check(name, "It holds.", "通过。") for name in ("key", "signature", "status", "seal")
    ]
    if state != "issued":
        checks.append(VerificationCheck("register", "failed", "VER-032", "It differs.", "不一致。"))
    return VerificationReport("valid", tuple(checks))


def test_a_link_changes_the_language(phone: Page, site: Site, certificate: dict[str, Any]) -> None:
    page = opened(phone, site, certificate["number"], "en")
    assert page.get_attribute("html", "lang") == "en"
    page.click("a[href='?lang=zh']")
    assert (page.get_attribute("html", "lang") or "").startswith("zh")
    page.click("a[href='?lang=th']")
    assert page.get_attribute("html", "lang") == "th"
    assert words("th").say("certificate") in page.inner_text("body")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_of_a_label_leaves_its_frame_whatever_fonts_the_viewer_has(
    language: Language, phone: Page
) -> None:
    """Measured lengths hold even where the viewer lacks the font and shows boxes."""
    svg = label_svg(long_named(language), language, size="compact", state="revoked")
    phone.set_content(f"<!doctype html><body style='margin:0'>{svg}")
    frame = phone.locator("svg").bounding_box()
    assert frame is not None
    for text in phone.locator("svg text:not([transform])").all():
        place = text.bounding_box()
        assert place is not None
        assert place["x"] + place["width"] <= frame["x"] + frame["width"] + 1, text.text_content()


def test_the_label_is_drawn_and_the_page_loads_nothing_from_elsewhere(
    browser: Browser, site: Site, certificate: dict[str, Any]
) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, site, certificate["number"], "en")
    label = page.locator("svg").first.bounding_box()
    assert label is not None
    assert label["width"] > 150
    assert label["height"] > 150
    assert all(url.startswith(str(site.visitor.base_url)) for url in asked)
    page.close()


def test_an_unknown_number_is_answered_with_a_page_that_says_so(phone: Page, site: Site) -> None:
    answer = phone.goto(f"{site.visitor.base_url}/verify/FP-0000-0000-0?lang=en")
    assert answer is not None
    assert answer.status == 404
