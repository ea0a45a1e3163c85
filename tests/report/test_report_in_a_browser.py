"""The HTML report in a real browser: on a phone, on a desk, without script, with long names."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from report_kit import LANGUAGES, NAMES, example, form, of_text, renamed

from footprint.inventory.compiled import CompiledInventory
from label_templates.report.words import ReportLanguage

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
WIDTHS = {"phone": 360, "desk": 1200}
LONG = "Verylongnamewithoutanyblank" * 8 + " 产品名称很长" * 14

#: Elements that stick out to the right of the window, but for those in a picture that scrolls.
STICKING_OUT = """() => [...document.querySelectorAll("main *")]
  .filter(e => !e.closest("figure:not(.two) .wide") || e.matches("figure, figure > .wide"))
  .filter(e => e.getBoundingClientRect().width > 0)
  .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
  .map(e => e.tagName + ": " + e.textContent.slice(0, 60))"""
#: Texts of a table that are wider than their cell.
CUT = """() => [...document.querySelectorAll("td, th, dd, p, h1, h2")]
  .filter(e => e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0)
  .map(e => e.textContent.slice(0, 60))"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": WIDTHS[request.param], "height": 740})
    yield context.new_page()
    context.close()


def _table(lines: int) -> str:
    head = "# name: Cabinet\n# country: CN\n# mass: 60 kg\nid,name,quantity,unit,dataset,stage\n"
    rows = [f"L-{at},{LONG[: at + 5]},{at / 7:.3f},kg,board-gb,material" for at in range(1, lines)]
    return head + "\n".join(rows)


def _html(name: str, language: ReportLanguage, inventory: CompiledInventory) -> bytes:
    if name == "long":
        return form(renamed(LONG, inventory), inventory, "html", language)
    if name == "200 lines":
        return form(of_text(_table(201), inventory), inventory, "html", language)
    return form(example(name, inventory), inventory, "html", language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [*NAMES, "long", "200 lines"])
def test_nothing_sticks_out_and_nothing_is_cut(
    name: str, language: ReportLanguage, page: Page, inventory: CompiledInventory, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(_html(name, language, inventory))
    page.goto(file.as_uri())
    width = page.evaluate("window.innerWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(STICKING_OUT) == []
    assert page.evaluate(CUT) == []


def test_the_report_loads_nothing_and_complains_about_nothing(
    page: Page, inventory: CompiledInventory, tmp_path: Path
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(_html("power-bank.csv", "zh", inventory))
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert said == []
    assert page.locator("svg:visible").count() == 3
