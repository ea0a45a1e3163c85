"""The issuer's pages in the states that only a form leads to: axe, width, and the language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_kit import violations
from console_kit import SCREENS, Console, drafted, entered, signed_in, with_token
from playwright.sync_api import Browser, Page
from test_console_pages import DOCUMENTS, PAIRS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

_ENGLISH = re.compile(r"[A-Za-z][A-Za-z' -]*[a-z] [a-z][A-Za-z' -]+[a-z]")
_TEXTS = """() => {
  document.querySelectorAll("details").forEach(one => one.open = true);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const foreign = walker.currentNode.parentElement.closest("[lang=en], [lang=''], code");
    if (!foreign) found.push(walker.currentNode.textContent.trim());
  }
  return found;
}"""


def opened(browser: Browser, language: str, size: str) -> Page:
    """A page of a browser of its own."""
    return browser.new_context(viewport=SCREENS[size], locale=language).new_page()  # type: ignore[arg-type]


def pressed(page: Page, selector: str) -> None:
    """Press a button, and wait for the page that it leads to."""
    with page.expect_navigation():
        page.click(selector)
    page.wait_for_selector("#main")


def owners(page: Page, at: str, name: str) -> Iterator[str]:
    """What an owner sees once: a link, a name that is taken, a token."""
    for state in ("invitation", "name taken"):
        page.goto(f"{at}/people")
        page.fill("#name", name)
        page.check("form[action='/people'] input[name=role-checker]")
        pressed(page, "form[action='/people'] button")
        yield state
    page.goto(f"{at}/tokens")
    page.fill("#name", "ERP")
    page.check("form[action='/tokens'] input[name=role-maker]")
    pressed(page, "form[action='/tokens'] button")
    yield "token"


def verifiers(page: Page, link: str) -> Iterator[str]:
    """The room from its door to the statement."""
    page.goto(link)
    yield "door"
    pressed(page, "main button")
    yield "empty room"
    pressed(page, "button[value=draw]")
    pressed(page, "ul.lines button[value=open] >> nth=0")
    page.click("section[aria-labelledby=findings] summary")
    page.check("input[name=severity][value=major]")
    page.fill("#about", "1")
    page.fill("#text", "?")
    pressed(page, "button[value=find]")
    pressed(page, "button[value=conclude]")
    yield "finding open"
    pressed(page, "button[value=close]")
    pressed(page, "button[value=conclude]")
    yield "stated"


def states(
    browser: Browser, served: Console, language: str, size: str
) -> Iterator[tuple[str, Page]]:
    """The states one after another, each with the page that shows it."""
    owner, maker, checker, verifier = (opened(browser, language, size) for _ in range(4))
    at, mark = served.address, f"{language}-{size}"
    entered(owner, served, language)
    for state in owners(owner, at, f"Li-{mark}"):
        yield state, owner
    token = with_token(served, f"Mai-{mark}", ("maker",))
    application = drafted(served, token)
    signed_in(maker, served, token)
    maker.goto(f"{at}/desk/{application}?lang={language}")
    pressed(maker, "button[value=submit]")
    yield "handed in", maker
    signed_in(checker, served, with_token(served, f"Chen-{mark}", ("checker",)))
    checker.goto(f"{at}/desk/{application}?lang={language}")
    pressed(checker, "button[value=return]")
    yield "words needed", checker
    maker.goto(f"{at}/room/{application}")
    maker.fill("#name", "Prüf GmbH")
    pressed(maker, "section[aria-labelledby=links] form.fields button")
    yield "link", maker
    link = maker.inner_text(".note pre").replace(served.site.service.settings.base_url, at)
    for state in verifiers(verifier, f"{link}?lang={language}"):
        yield state, verifier
    for page in (owner, maker, checker, verifier):
        page.context.close()


def faults_of(page: Page, pair: str) -> list[str]:
    """What axe finds, a page wider than its window, and English on a Chinese page."""
    texts = page.evaluate(_TEXTS)
    wrong = violations(page) if pair in DOCUMENTS else []
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if wide > 0:
        wrong.append(f"{wide} px too wide")
    if pair.endswith("zh"):
        wrong += [text for text in texts if _ENGLISH.search(text)]
    return wrong


@pytest.mark.parametrize("pair", PAIRS)
def test_every_state_is_as_clean_as_the_pages(
    chromium: Browser, served: Console, pair: str
) -> None:
    size, _, language = pair.partition("-")
    shown = states(chromium, served, language, size)
    found = {name: faults_of(page, pair) for name, page in shown}
    assert len(found) == 10
    assert not {name: wrong for name, wrong in found.items() if wrong}
