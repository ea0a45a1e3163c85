"""The public page in a real browser: without script, on a phone, in every language."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

sys.path.append(str(Path(__file__).parents[1] / "api"))
sys.path.append(str(Path(__file__).parents[1] / "certificates"))
from label_views import long_named
from served import Site, running, settings_for

from label_templates.render import LANGUAGES, Language, label_svg
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
    text = opened(phone, site, certificate["number"], "en").inner_text("body")
    view = certificate["certificate"]
    assert view["product_name"] in text
    assert view["shown_amount"] in text
    assert "European Union" in text
    chinese = opened(phone, site, certificate["number"], "zh").inner_text("body")
    assert "墙面支架" in chinese
    assert "欧盟" in chinese


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
