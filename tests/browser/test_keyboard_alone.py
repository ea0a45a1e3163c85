"""From a file to a certificate by the keys alone: Tab, Enter, arrows and letters; no mouse.

The supplier calculates, gives evidence and orders; the desk checks and approves.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from console_kit import Console, with_token
from playwright.sync_api import Browser, Page
from served import BOM, running, settings_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

#: More stops than any page has.
_STOPS = 400


class Keys:
    """A page that is worked by keys. What has the focus is asked of the page; nothing sets it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, what: str) -> None:
        """Press Tab until what has the focus is this."""
        self.page.wait_for_selector(what, state="attached")
        for _ in range(_STOPS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("what => document.activeElement.matches(what)", what):
                shown = self.page.evaluate(
                    "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
                )
                assert shown, f"the focus on {what} is not seen"
                return
        raise AssertionError(f"no Tab leads to {what} on {self.page.url}")

    def press(self, what: str) -> None:
        """Go to a link or a button, and press Enter: another page comes."""
        self.reach(what)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.page.wait_for_load_state()

    def type(self, what: str, text: str) -> None:
        """Go to a field and type."""
        self.reach(what)
        self.page.keyboard.type(text)

    def choose(self, what: str, value: str) -> None:
        """Go to a list and press the arrow until this is chosen."""
        self.reach(what)
        for _ in range(60):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow leads to {value} in {what}")


@pytest.fixture
def four_eyes(tmp_path: Path) -> Iterator[Console]:
    with running(settings_for(tmp_path, four_eyes=True)) as site:
        yield Console(site, str(site.visitor.base_url).rstrip("/"))


def somebody(chromium: Browser) -> Keys:
    return Keys(chromium.new_context(locale="en").new_page())


def calculated(by: Keys, served: Console, file: Path) -> None:
    """From the link to a kept product."""
    by.page.goto(served.link())
    by.press("main button")
    by.page.set_input_files("#file", file)
    by.press("form.drop button")
    if by.page.url.endswith("/columns"):
        by.press("button.large")
    by.press("button.large")
    by.page.wait_for_url("**/match")
    by.press("#bar .button")
    by.press("form[action$=keep] button")


#: The questions of the tier with the fields of each answer: lists by their value, the others typed.
ANSWERS: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "sales_channel": (("value", "b2b", True),),
    "methods": (("value", "TGO CFP guideline", False),),
    "pcr": (("value", "Metal fittings", False),),
    "verification": (
        ("by", "Example Verification Ltd", False),
        ("kind", "registered-verifier", True),
        ("date", "2026-10-30", False),
        ("level", "limited", True),
    ),
}


def ordered(by: Keys) -> None:
    """From the product over labels and evidence to the order."""
    by.press("main a[href$='/tiers']")
    by.press("a[href*='/evidence?scheme=th-tgo&tier=disclosure']")
    for key, fields in ANSWERS.items():
        form = f"form:has(input[name=key][value='{key}'])"
        if not by.page.locator(f"{form} button[value=yes]").count():
            continue  # answered together with the one before
        for name, text, chosen in fields:
            (by.choose if chosen else by.type)(f"{form} [name={name}]", text)
        by.press(f"{form} button[value=yes]")
    by.press("main a[href*='/order?']")
    by.press("button.large")
    assert "/certificates" in by.page.url


def at_the_desk(by: Keys, served: Console, token: str, step: str) -> None:
    """Sign in, go to the application whose turn it is, and take a step."""
    by.page.goto(f"{served.address}/sign-in")
    by.type("#token", token)
    by.press("main button")
    by.press("nav a[href='/desk']")
    by.press("section[aria-labelledby=mine] h3 a")
    by.press(f"button[value={step}]")


def test_from_a_file_to_a_certificate_without_a_mouse(
    chromium: Browser, four_eyes: Console, tmp_path: Path
) -> None:
    file = tmp_path / "bracket.csv"
    file.write_text(BOM, "utf-8")
    supplier, checker, approver = (somebody(chromium) for _ in range(3))
    calculated(supplier, four_eyes, file)
    product = supplier.page.inner_text("h1")
    ordered(supplier)
    at_the_desk(checker, four_eyes, with_token(four_eyes, "Chen", ("checker",)), "check")
    at_the_desk(approver, four_eyes, with_token(four_eyes, "Ana", ("approver",)), "issue")
    number = approver.page.locator("main a.number").first.inner_text()
    supplier.press("nav a[href='/certificates']")
    supplier.press(f"a[href='/certificates/{number}']")
    assert supplier.page.inner_text("h1") == product
    supplier.press("main a.number")
    assert f"/verify/{number}" in supplier.page.url
    assert supplier.page.locator("section.status.issued").count() == 1
    for one in (supplier, checker, approver):
        one.page.context.close()


#: A list as an office program writes it: a title, the unit of the weight in its heading, no units.
RAW = """强光手电筒 物料清单
序号,零件名称,规格,材质,数量,单重(g)
1,筒身,Ø28×95,6061铝合金,1,62
2,驱动板,Ø20,FR-4,1,5.4
3,弹簧,Ø0.6,磷铜,2,0.9
"""


def told_by_suppliers(by: Keys) -> None:
    """Give every open line the number of its supplier."""
    for _ in range(3):
        opened = by.page.locator("details.line.open")
        if not opened.count():
            break
        line = str(opened.first.get_attribute("id"))
        key = line.removeprefix("line-")
        if opened.first.get_attribute("open") is None:
            by.reach(f"#sum-{key}")
            by.page.keyboard.press("Enter")
        by.reach(f"#{line} details.supplier > summary")
        by.page.keyboard.press("Enter")
        by.type(f"#kg-{key}", "0.25")
        by.type(f"#who-{key}", "Example Parts Ltd")
        by.press(f"#{line} details.supplier button")
    assert by.page.locator("details.line.open").count() == 0


def test_a_raw_list_comes_to_its_draft_by_the_keys_in_chinese(
    chromium: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "手电筒.csv"
    file.write_text(RAW, "utf-8")
    with running(settings_for(tmp_path, private_address="draft")) as site:
        served = Console(site, str(site.visitor.base_url).rstrip("/"))
        by = Keys(chromium.new_context(locale="zh-CN").new_page())
        by.page.goto(served.link())
        by.press("main button")
        by.reach("#file")
        with by.page.expect_file_chooser() as chooser:
            by.page.keyboard.press("Space")
        chooser.value.set_files(file)
        by.press("form.drop button")
        by.press("button.large")
        by.press("button.large")
        told_by_suppliers(by)
        by.press("#bar .button")
        by.press("form[action$=keep] button")
        by.press("main a[href$='/tiers']")
        assert "methods" not in by.page.inner_text("main")
        by.press("a[href*='/evidence?scheme=cn-gb-t-24067&tier=disclosure']")
        answers = {"methods": "GB/T 24067-2024", "pcr": "例", "plans.critical_review": "2026-10-30"}
        for key, text in answers.items():
            form = f"form:has(input[name=key][value='{key}'])"
            by.type(f"{form} [name={'date' if key.startswith('plans') else 'value'}]", text)
            if key.startswith("plans"):
                by.type(f"{form} [name=url]", "https://example.com/review.pdf")
            by.press(f"{form} button[value=yes]")
        assert by.page.url.endswith("#earned")
        by.page.keyboard.press("Tab")
        assert "/order?" in str(by.page.evaluate("document.activeElement.href"))
        with by.page.expect_navigation():
            by.page.keyboard.press("Enter")
        by.type("#months", "12")
        by.press("button.large")
        by.press("button.large")
        assert "/certificates/FP-" in by.page.url
        assert by.page.inner_text("h1") == "强光手电筒"
        by.page.context.close()
