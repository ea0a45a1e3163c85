"""Pictures of every page of the console, in both languages, wide and on a phone; of the public
pages in all languages.

    python -m bench.console_pictures FOLDER [FILE]

They are for looking at, and kept nowhere. FILE is a parts list to take through (default: the fan).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from playwright.sync_api import Page

sys.path[:0] = [str(Path(__file__).parents[1] / "tests" / one) for one in ("api", "browser")]
from buyers_kit import buyers_pages  # noqa: E402
from console_kit import Console, console, entered, issuing, launched, uploaded  # noqa: E402
from test_console_pages import broken_list  # noqa: E402

from label_templates.languages import LANGUAGES  # noqa: E402
from label_templates.type.fonts import FONT_FOLDERS  # noqa: E402

ROOT = Path(__file__).parents[1]
PUBLIC = {
    "verify": "/verify",
    "mistyped": "/verify?number=FP-1111-1111-2",
    "register": "/register",
    "nothing": "/register?q=nothing-like-it",
    "schemes": "/schemes",
    "scheme": "/schemes/th-tgo",
    "data": "/data?q=steel",
    "dataset": "/data/abs-resin-rna",
    "guide": "/guide",
    "log": "/log",
}
SCREENS = {"wide": (1280, 900), "phone": (390, 844)}


def draw(folder: Path, file: Path) -> None:
    """Take a list through, and a picture of each page on the way."""
    folder.mkdir(parents=True, exist_ok=True)
    _fonts(folder)
    with console(folder / "served") as site, launched() as browser:
        number = site.site.certificate()["number"]
        buyers = buyers_pages(site)
        public = PUBLIC | {one: path for one, path in buyers.items() if one.startswith("answer")}
        for language in LANGUAGES:
            for screen, (width, height) in SCREENS.items():
                context = browser.new_context(
                    viewport={"width": width, "height": height}, locale=language
                )
                context.set_default_timeout(120_000)  # a picture is no test of speed
                page = context.new_page()
                shown = _public(page, site, public)
                if language in {"en", "zh"}:
                    shown = chain(
                        shown,
                        _walk(page, site, file),
                        _issued(page, site, number),
                        _at(page, site, {k: v for k, v in buyers.items() if k not in public}),
                        _wrong(page, site, folder),
                    )
                for name in shown:
                    target = folder / f"{name}-{language}-{screen}.png"
                    page.screenshot(path=target, full_page=True)
                context.close()


def _public(page: Page, site: Console, public: Mapping[str, str]) -> Iterator[str]:
    """Pages of somebody without an account: empty, full, and with errors."""
    for name, path in public.items():
        page.goto(f"{site.address}{path}")
        yield f"public-{name}"
    page.goto(site.address)
    page.click("details.languages summary")
    yield "public-picker"


def _fonts(folder: Path) -> None:
    """Let the browser have the fonts of the project, where the machine has none."""
    found = "".join(f"<dir>{one}</dir>" for one in FONT_FOLDERS)
    conf = folder / "fonts.conf"
    conf.write_text(
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        f"<include ignore_missing='yes'>/etc/fonts/fonts.conf</include>{found}"
        "</fontconfig>",
        "utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(conf)


def _walk(page: Page, site: Console, file: Path) -> Iterator[str]:
    address = site.address
    page.goto(address)
    yield "welcome"
    page.goto(f"{address}/sign-in")
    yield "sign-in"
    entered(page, site)
    yield "front"
    page.set_input_files("#file", file)
    page.click("form.drop button")
    draft = page.url.rsplit("/", 1)[0]
    page.goto(f"{draft}/columns")
    yield "columns"
    page.click("button.large")
    yield "facts"
    page.fill("#mass", "0.35")
    page.click("button.large")
    yield "facts-wrong"
    page.fill("#mass", "350 g")
    page.click("button.large")
    yield "match"
    page.goto(f"{draft}/result")
    yield "result"
    yield from _kept(page, address, draft)
    page.goto(f"{draft}/nothing")
    yield "unknown"
    yield from _at(page, site, issuing(site) | {"new": "/products/new"})


def _at(page: Page, site: Console, places: Mapping[str, str]) -> Iterator[str]:
    for name, path in places.items():
        page.goto(f"{site.address}{path}")
        yield name


def _wrong(page: Page, site: Console, folder: Path) -> Iterator[str]:
    """Pages with errors: a broken list, a list that is none, a line that is not understood."""
    page.goto(f"{uploaded(page, site, broken_list(folder))}/columns")
    yield "columns-broken"
    (folder / "no.csv").write_text("x\n")
    uploaded(page, site, folder / "no.csv")
    yield "new-unreadable"
    page.goto(f"{site.address}/open/nothing")
    yield "used"


def _kept(page: Page, address: str, draft: str) -> Iterator[str]:
    """From the result on: the product, its labels, an order, changes, a comparison."""
    page.goto(f"{draft}/result")
    page.click("form[action$=keep] button")
    product = page.url.split("?")[0]
    yield "product"
    for name in ("tiers?market=eu-2024-825", "evidence?scheme=th-tgo&tier=disclosure"):
        page.goto(f"{product}/{name}")
        yield name.partition("?")[0]
    page.goto(f"{product}/order?scheme=th-tgo&tier=disclosure")
    yield "order-not-earned"
    page.goto(f"{product}/files/pact")
    yield "pact-lacks"
    page.goto(f"{product}/improve")
    yield "improve"
    row = page.locator("#r-lighter option").first.get_attribute("value")
    page.goto(f"{product}/improve?c=lighter:{row}:20")
    yield "improve-effect"
    page.fill("#name", "-20 %")
    page.locator("form:has(#name) button").click()
    page.wait_for_url("**/compare?*")
    yield "compare"
    page.goto(f"{address}/products")
    yield "products"


def _issued(page: Page, site: Console, number: str) -> Iterator[str]:
    """Own certificates."""
    page.goto(f"{site.address}/certificates")
    yield "certificates"
    page.goto(f"{site.address}/certificates/{number}")
    yield "certificate"


if __name__ == "__main__":
    given = [Path(one) for one in sys.argv[1:]]
    draw(given[0], given[1] if len(given) > 1 else ROOT / "examples" / "fan-erp.xlsx")
