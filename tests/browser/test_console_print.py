"""A result on paper: at most two A4 pages, no control, nothing cut, nothing over another."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from console_kit import Console, at_lines, entered, speaker
from playwright.sync_api import Browser, Page, PdfMargins
from pypdf import PdfReader

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

#: The width of A4 without margins of 12 mm, in CSS pixels.
PAPER = {"width": 703, "height": 1000}
MARGIN: PdfMargins = {"top": "12mm", "right": "12mm", "bottom": "12mm", "left": "12mm"}
OVERLAPS = """() => {
  const main = document.querySelector("main");
  const blocks = [...main.querySelectorAll("h1, h2, p, li, tr, figure, dd")]
    .filter((one) => one.getClientRects().length && !one.closest(".hidden"));
  const found = [];
  for (const [at, one] of blocks.entries()) {
    const a = one.getBoundingClientRect();
    for (const other of blocks.slice(at + 1)) {
      if (one.contains(other) || other.contains(one)) continue;
      const b = other.getBoundingClientRect();
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      const both = one.outerHTML.slice(0, 60) + " / " + other.outerHTML.slice(0, 60);
      if (wide > 1 && high > 1) found.push(both);
    }
  }
  return found;
}"""
CUT = """() => [...document.querySelectorAll("main *")]
  .filter((one) => one.getClientRects().length && !one.closest("svg, .hidden"))
  .filter((one) => one.scrollWidth > one.clientWidth + 1)
  .filter((one) => getComputedStyle(one).overflowX !== "visible")
  .map((one) => one.outerHTML.slice(0, 80))"""


@pytest.fixture(params=["en", "zh-CN"])
def printed(
    request: pytest.FixtureRequest, chromium: Browser, served: Console, tmp_path: Path
) -> Iterator[Page]:
    context = chromium.new_context(locale=request.param, viewport=PAPER)  # type: ignore[arg-type]
    page = context.new_page()
    entered(page, served)
    draft = at_lines(page, served, speaker(tmp_path / f"paper-{request.param}.xlsx"))
    page.goto(f"{draft}/result?interval=1")
    yield page
    context.close()


def test_a_printed_result_has_two_pages_with_versions_and_address_and_no_control(
    printed: Page,
) -> None:
    number = printed.inner_text("#headline .kg")
    pages = PdfReader(io.BytesIO(printed.pdf(format="A4", margin=MARGIN))).pages
    assert len(pages) <= 2
    text = " ".join(page.extract_text() for page in pages)
    for told in (number, "/drafts/", "CO"):
        assert told in text
    printed.emulate_media(media="print")
    controls = printed.locator("button, input, select, nav, a.button")
    assert [one for one in controls.all() if one.is_visible()] == []
    versions = printed.locator("footer p").last.inner_text()
    assert printed.url.split("/drafts/")[1].split("/")[0] in versions


def test_nothing_is_cut_and_nothing_lies_over_something_else_on_paper(printed: Page) -> None:
    printed.emulate_media(media="print")
    assert printed.evaluate("document.documentElement.scrollWidth") <= PAPER["width"]
    assert printed.evaluate(CUT) == []
    assert printed.evaluate(OVERLAPS) == []
    assert printed.evaluate("getComputedStyle(document.querySelector('main')).position") == "static"
