"""Every page of the console, in every state: rules of access, width, languages, policy, budgets."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_kit import violations
from buyers_kit import buyers_pages
from console_kit import SCREENS, Console, at_lines, entered, issuing, uploaded
from evidence import some
from fastapi.routing import APIRoute
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, Response
from served import BOM

from api.app import _CONSOLE
from api.console.supplier_side import SUPPLIER_ROOMS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

LANGUAGES = ("en", "zh")


def addresses(page: Page, served: Console, list_file: Path, folder: Path) -> dict[str, str]:
    """Addresses of all pages: signed in, empty, full, and with errors."""
    made = {"front": "/", "new": "/products/new", "unknown": "/no-such-page"}
    made["used"], made["sign-in"] = "/open/nothing", "/sign-in"
    made["begin"] = "/drafts"
    made["open"] = served.link().removeprefix(served.address)
    made["nothing"], made["none-like-it"] = "/register?q=none-like-it", "/products?q=none-like-it"
    made["ended"], made["no-data"] = "/certificates?show=ended", "/data?q=none-like-it"
    for one in ("verify", "register", "schemes", "guide"):
        made[one] = f"/{one}"
    made["scheme"], made["data"] = "/schemes/th-tgo", "/data?q=steel"
    made["dataset"], made["mistyped"] = "/data/abs-resin-rna", "/verify?number=FP-1111-1111-2"
    draft = at_lines(page, served, list_file).removeprefix(served.address)
    for one in ("columns", "facts", "match", "result", "tiers"):
        made[one] = f"{draft}/{one}"
    made["interval"] = f"{draft}/result?interval=1"
    line = page.locator("details[open]").get_attribute("id") or ""
    made["searched"] = f"{draft}/match?line={line.removeprefix('line-')}&search=zinc"
    made["products"], made["pact"] = "/products", f"{draft}/facts?pact=1"
    page.goto(f"{served.address}{draft}/result")
    page.click("form[action$=keep] button")
    product = made["product"] = page.url.removeprefix(served.address)
    made["labels"] = f"{product}/tiers?market=eu-2024-825"
    made["evidence"] = f"{product}/evidence?scheme=iso-14068-1&tier=neutral"
    made["order"], made["own"] = f"{product}/order?scheme=th-tgo&tier=disclosure", "/certificates"
    made["no-grid"] = f"{product}/improve?c=grid:VN"
    page.goto(f"{served.address}{product}/improve")
    row = page.locator("#r-lighter option").first.get_attribute("value")
    made["improve"] = f"{product}/improve?c=lighter:{row}:10"
    page.goto(served.address + made["improve"])
    page.fill("#name", "轻一成")
    page.locator("form:has(#name) button").click()
    made["compare"], made["chooser"] = page.url.removeprefix(served.address), "/compare"
    bom = BOM.replace("Wall bracket", "墙面支架").encode()
    kept = served.site.footprint(bom=bom)
    number = served.site.certificate(footprint_id=kept)["number"]
    made["certificate"], made["public"] = f"/certificates/{number}", f"/verify/{number}"
    draft_of_one = served.site.certificate(footprint_id=kept, draft=True)["number"]
    made["public-draft"] = f"/verify/{draft_of_one}"
    broken = uploaded(page, served, broken_list(folder)).removeprefix(served.address)
    made["broken"] = f"{broken}/columns"
    return made | issuing(served) | buyers_pages(served)


def broken_list(folder: Path) -> Path:
    """A list with wrong cells and an open question."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Name", "Quantity", "Unit"], ["Plate", "a few", "kg"], ["Foot", 4, "sqyd"]):
        sheet.append(row)
    path = folder / "broken.xlsx"
    book.save(path)
    return path


@pytest.fixture(scope="module")
def known(
    chromium: Browser, served: Console, list_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    context = chromium.new_context(locale="en")
    page = context.new_page()
    entered(page, served)
    found = addresses(page, served, list_file, tmp_path_factory.mktemp("broken"))
    context.close()
    return found


PAIRS = [f"{size}-{language}" for size in SCREENS for language in LANGUAGES]
#: Each width and each language once. What axe and the policy look at is the document, and that is
#: the same at each width and, but for its words, in each language.
DOCUMENTS = ("wide-en", "phone-zh")


@pytest.fixture(params=PAIRS)
def visitor(
    request: pytest.FixtureRequest, chromium: Browser, served: Console
) -> Iterator[tuple[Page, str]]:
    size, _, language = request.param.partition("-")
    context = chromium.new_context(viewport=SCREENS[size], locale=language)  # type: ignore[arg-type]
    page = context.new_page()
    entered(page, served, language)
    yield page, language
    context.close()


#: What is handed out as a file is no page.
_FILES = re.compile(r"\.(json|csv|yaml|svg)$|^/static/|/files/|/packs/")


def test_the_list_has_every_page(known: dict[str, str]) -> None:
    """A page that is added later is looked at too, or this fails."""
    routes = [
        route
        for room in (*_CONSOLE, *SUPPLIER_ROOMS)
        for route in room.pages.routes
        if isinstance(route, APIRoute) and "GET" in (route.methods or ())
    ]
    shown = {path.partition("?")[0] for path in known.values()}
    missing = [
        route.path
        for route in some(routes)
        if not _FILES.search(route.path) and not any(map(route.path_regex.fullmatch, shown))
    ]
    assert not missing


@pytest.mark.parametrize("visitor", DOCUMENTS, indirect=True)
def test_axe_finds_nothing_on_any_page(
    visitor: tuple[Page, str], served: Console, known: dict[str, str]
) -> None:
    page, _ = visitor
    found = {}
    for name, path in some(known.items()):
        page.goto(served.address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        if wrong := violations(page):
            found[name] = wrong
    assert not found


def test_no_page_is_wider_than_the_window(
    visitor: tuple[Page, str], served: Console, known: dict[str, str]
) -> None:
    page, _ = visitor
    widths = ((page.viewport_size or {"width": 390})["width"], 320)
    for name, path in some(known.items()):
        page.goto(served.address + path)
        for width in some(widths):  # a page needs no new answer for another width
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} is {wide} wide at {width}"


@pytest.mark.parametrize("visitor", DOCUMENTS, indirect=True)
def test_no_page_breaks_the_policy_or_asks_another_host(
    visitor: tuple[Page, str], served: Console, known: dict[str, str]
) -> None:
    page, _ = visitor
    said: list[str] = []
    asked: list[str] = []
    page.on(
        "console", lambda one: said.append(one.text) if one.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda one: asked.append(one.url))
    for path in known.values():
        page.goto(served.address + path)
    # The browser itself tells of pages that are not there, with their status.
    assert [one for one in said if "Failed to load resource" not in one] == []
    assert [one for one in asked if not one.startswith((served.address, "data:"))] == []


#: Words that are the same in both languages: names, codes and addresses. What somebody wrote is in
#: a language that nobody knows (`lang=""`).
_LATIN = re.compile(r"[A-Za-z][A-Za-z' -]*[a-z] [a-z][A-Za-z' -]+[a-z]")
#: On a certificate's page titles of sources and licences stand as they were published; its own
#: words are kept complete by `test_public_words`.
_QUOTING = {"public", "public-draft"}


@pytest.mark.parametrize("visitor", [one for one in PAIRS if one.endswith("zh")], indirect=True)
def test_on_a_chinese_page_no_sentence_is_english(
    visitor: tuple[Page, str], served: Console, known: dict[str, str]
) -> None:
    page, _ = visitor
    found: dict[str, Any] = {}
    for name, path in known.items():
        if name in _QUOTING:
            continue
        page.goto(served.address + path)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        texts = page.evaluate(
            """() => {
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const found = [];
              while (walker.nextNode()) {
                const parent = walker.currentNode.parentElement;
                const foreign = parent.closest("[lang=en], [lang=''], code, script");
                if (!foreign) found.push(walker.currentNode.textContent.trim());
              }
              return found;
            }"""
        )
        english = [text for text in texts if _LATIN.search(text)]
        if english:
            found[name] = english[:5]
    assert not found


@pytest.mark.parametrize("visitor", ["wide-en"], indirect=True)
def test_on_an_english_page_what_is_chinese_is_marked_as_another_language(
    visitor: tuple[Page, str], served: Console, known: dict[str, str]
) -> None:
    page, _ = visitor
    found: dict[str, Any] = {}
    for name, path in some(known.items()):
        if name in _QUOTING:
            continue
        page.goto(served.address + path)
        unmarked = page.evaluate(
            """() => {
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              const found = [];
              while (walker.nextNode()) {
                const text = walker.currentNode.textContent;
                const spoken = walker.currentNode.parentElement.closest("[lang], script, svg");
                if (/[\u4e00-\u9fff]/.test(text) && spoken === document.documentElement)
                  found.push(text.trim());
              }
              return found;
            }"""
        )
        if unmarked:
            found[name] = unmarked[:5]
    assert not found


def test_nothing_that_has_the_focus_lies_under_what_sticks(
    visitor: tuple[Page, str], served: Console, known: dict[str, str]
) -> None:
    page, _ = visitor
    page.goto(served.address + known["match"])
    hidden = []
    for _ in range(120):
        page.keyboard.press("Tab")
        under = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (!one || one === document.body) return "";
              const place = one.getBoundingClientRect();
              const bar = document.getElementById("bar");
              if (bar.contains(one)) return "";
              const over = bar.getBoundingClientRect();
              const fixed = ["fixed", "sticky"].includes(getComputedStyle(bar).position);
              const inside = place.top >= over.top && place.bottom <= over.bottom;
              return fixed && inside ? one.outerHTML.slice(0, 80) : "";
            }"""
        )
        if under:
            hidden.append(under)
    assert not hidden


def test_the_first_visit_to_forty_lines_keeps_its_budget(
    chromium: Browser, served: Console, tmp_path: Path
) -> None:
    context = chromium.new_context(locale="en")
    page = context.new_page()
    entered(page, served)
    draft = at_lines(page, served, forty_lines(tmp_path))
    cookies = context.cookies()
    context.close()
    fresh = chromium.new_context(locale="en")
    fresh.add_cookies(cookies)  # type: ignore[arg-type]
    page = fresh.new_page()
    answers: list[Response] = []
    page.on("response", lambda one: answers.append(one))  # noqa: PLW0108  # playwright marks it
    page.goto(f"{draft}/match")
    page.wait_for_load_state("networkidle")
    asked = {
        one.url: len(gzip.compress(one.body(), 6, mtime=0))
        for one in answers
        if not one.url.startswith("data:")
    }
    assert len(asked) <= 4
    assert page.locator("details.line").count() == 40
    script = sum(size for url, size in asked.items() if url.endswith(".js"))
    style = sum(size for url, size in asked.items() if url.endswith(".css"))
    html = next(size for url, size in asked.items() if url.endswith("/match"))
    assert 0 < script <= 6_000
    assert 0 < style <= 10_000
    assert 0 < html <= 40_000
    fresh.close()


_WORDS = (
    "ABS cover, Steel plate, Copper wire, PP tray, Aluminium profile, Paper manual, Screw M3x8, "
    "Carton box, PE bag, Rubber foot"
)


def forty_lines(folder: Path) -> Path:
    """A list of forty different lines."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Name", "Quantity", "Unit", "Unit mass (g)"])
    names = _WORDS.split(", ")
    for at in range(40):
        sheet.append([f"{names[at % 10]} {at // 10 + 1}", 1 + at % 3, "pcs", 10 + at])
    path = folder / "forty.xlsx"
    book.save(path)
    return path
