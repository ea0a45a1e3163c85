"""After a refused form the focus is on the words that say why, or on the field: on every page, and
without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from console_kit import Console, at_lines, entered, uploaded
from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

_WHERE = """() => {
  const one = document.activeElement;
  return one.matches(".errors, .error, [aria-invalid='true']") ? one.innerText || "field" : "";
}"""


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def clerk(
    request: pytest.FixtureRequest, chromium: Browser, served: Console
) -> Iterator[tuple[Page, bool]]:
    context = chromium.new_context(locale="en", java_script_enabled=request.param)
    page = context.new_page()
    entered(page, served)
    yield page, request.param
    context.close()


def _sent(page: Page, selector: str) -> None:
    """Press a button although the browser would keep an empty field back, as others do not."""
    page.locator("form").evaluate_all("all => all.forEach(one => one.noValidate = true)")
    with page.expect_navigation():
        page.click(selector)


def _focused(page: Page, what: str) -> None:
    page.wait_for_load_state()
    assert page.evaluate(_WHERE), f"{what}: {page.evaluate('document.activeElement.outerHTML')}"


def test_the_focus_is_on_the_words_that_refuse(
    clerk: tuple[Page, bool], served: Console, list_file: Path, tmp_path: Path
) -> None:
    page, _ = clerk
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04no")
    page.goto(f"{served.address}/")
    page.set_input_files("#file", tmp_path / "no.xlsx")
    _sent(page, "form.drop button")
    _focused(page, "a file that cannot be read")
    draft = uploaded(page, served, list_file)
    page.goto(f"{draft}/columns")
    page.fill("#header_row", "x")
    _sent(page, "button[value=look]")
    _focused(page, "a row of headings that is no number")
    page.goto(f"{draft}/facts")
    page.fill("#mass", "heavy")
    _sent(page, "button.large")
    _focused(page, "a weight that is none")
    page.goto(f"{served.address}/verify?number=FP-1111-1111-2")
    _focused(page, "a number that is mistyped")


def test_the_focus_is_on_the_words_that_refuse_at_a_product_and_at_the_desk(
    clerk: tuple[Page, bool], served: Console, list_file: Path
) -> None:
    page, _ = clerk
    draft = at_lines(page, served, list_file)
    page.goto(f"{draft}/result")
    _sent(page, "form[action$=keep] button")
    product = page.url.partition("?")[0]
    page.goto(f"{product}/improve")
    page.fill("#v-lighter", "much")
    _sent(page, "section[aria-labelledby=h-lighter] button")
    _focused(page, "a change that is no number")
    page.goto(f"{product}/evidence?scheme=th-tgo&tier=disclosure")
    _sent(page, ".ask button[value=yes] >> nth=0")
    _focused(page, "an answer without words")
    page.goto(f"{served.address}/people")
    page.fill("#name", "Nobody")
    _sent(page, "form[action='/people'] button")
    _focused(page, "a person who may do nothing")
    number = served.site.certificate()["number"]
    page.goto(f"{served.address}/desk/certificates/{number}")
    _sent(page, "section[aria-labelledby=survey] button")
    _focused(page, "a visit without words")
