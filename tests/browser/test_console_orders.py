"""From a kept product to a certificate and its life, in a real browser without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from console_kit import Console, console, entered, pressed
from playwright.sync_api import Browser, Page
from served import own_bom, running, settings_for

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

TIER = "scheme=th-tgo&tier=disclosure"


@pytest.fixture(params=["en", "zh-CN"])
def clerk(request: pytest.FixtureRequest, chromium: Browser, served: Console) -> Iterator[Page]:
    context = chromium.new_context(locale=request.param, java_script_enabled=False)
    page = context.new_page()
    entered(page, served)
    yield page
    context.close()


def bracket(page: Page, served: Console, folder: Path) -> str:
    """Keep the bracket of the API's tests as a product; its address."""
    file = folder / "bracket.csv"
    file.write_bytes(own_bom())
    page.goto(f"{served.address}/")
    page.set_input_files("#file", file)
    page.click("form.drop button")
    draft = page.url.rsplit("/", 1)[0]
    page.goto(f"{draft}/result")
    page.click("form[action$=keep] button")
    return page.url.split("?")[0]


def answer(page: Page, key: str, fields: dict[str, str]) -> None:
    """Answer one question of the page of evidence."""
    form = page.locator(f"form:has(input[name=key][value='{key}']):has(button[value=yes])")
    for name, value in fields.items():
        field = form.locator(f"[name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator("button[value=yes]").click()


def earned(page: Page, product: str) -> None:
    """Give the evidence that the disclosure tier of this scheme asks for."""
    page.goto(f"{product}/evidence?{TIER}")
    for key, fields in (
        ("sales_channel", {"value": "b2b"}),
        ("methods", {"value": "TGO CFP guideline"}),
        ("pcr", {"value": "Metal fittings"}),
        (
            "verification",
            {"by": "Example Verification Ltd", "kind": "registered-verifier",
             "date": "2026-10-30", "level": "limited"},
        ),
    ):  # fmt: skip
        if page.locator(f"input[name=key][value='{key}']").count() == 1:
            waiting = page.locator(f"form:has(input[value='{key}']) button[value=yes]")
            if waiting.count():
                with page.expect_navigation():
                    answer(page, key, fields)


def test_from_a_product_to_a_certificate_and_its_end(
    clerk: Page, served: Console, tmp_path: Path
) -> None:
    product = bracket(clerk, served, tmp_path)
    shown = clerk.inner_text("#headline .kg")
    earned(clerk, product)
    clerk.wait_for_selector(".answer.good")  # the answer to a form is a page that has to come first
    assert clerk.locator(".answer.good").count() == 1
    assert clerk.locator("button[value=yes]").count() == 0
    assert "sales_channel: b2b" in clerk.request.get(f"{product}/evidence.yaml").text()
    clerk.click("a[href*='/order?']")
    text = clerk.inner_text("main")
    for told in ("Wall bracket", "Example Metal Ltd"):
        assert told in text
    assert shown in text
    assert "Cold-rolled steel" not in text
    clerk.click("button.large")
    number = clerk.inner_text("a.number")
    assert number.startswith("FP-")
    clerk.goto(f"{served.address}/certificates")
    assert number in clerk.inner_text("main")
    clerk.goto(f"{served.address}/certificates/{number}")
    for do, state in (("suspend", "bad"), ("reinstate", "good")):
        clerk.click(f"details:has(button[value={do}]) summary")
        clerk.fill(f"#reason-{do}", "Checked again")
        clerk.click(f"button[value={do}]")
        clerk.wait_for_selector(
            f".answer.{state}"
        )  # the answer to a form is a page that has to come first
        assert clerk.locator(f".answer.{state}").count() == 1
    clerk.click("details:has(button[value=revoke]) summary")
    clerk.fill("#reason-revoke", "Recalled")
    clerk.fill("#confirm", "FP-0000-0000-0")
    clerk.click("button[value=revoke]")
    clerk.wait_for_selector("#errors")  # the answer to a form is a page that has to come first
    assert clerk.locator("#errors").count() == 1
    assert clerk.locator(".answer.good").count() == 1
    assert clerk.is_visible("#reason-revoke"), "the form that was refused stands open"
    assert clerk.input_value("#reason-revoke") == "Recalled"
    clerk.fill("#confirm", number.lower())
    clerk.click("button[value=revoke]")
    clerk.wait_for_selector(".answer.bad")  # the answer to a form is a page that has to come first
    assert clerk.locator(".answer.bad").count() == 1
    assert clerk.locator("button[value=revoke]").count() == 0


def test_an_answer_that_cannot_be_used_is_said_at_its_question_and_changes_nothing(
    person: Page, served: Console, tmp_path: Path
) -> None:
    product = bracket(person, served, tmp_path)
    person.goto(f"{product}/evidence?scheme=iso-14068-1&tier=neutral")
    before = person.request.get(f"{product}/evidence.yaml").text()
    answer(person, "plans.commitment", {"date": "in spring", "url": "here"})
    assert person.locator("#wrong .error").count() == 1
    assert person.input_value("#wrong [name=date]") == "in spring"
    assert person.request.get(f"{product}/evidence.yaml").text() == before
    person.locator("#wrong button[value=none]").click()
    assert "commitment: absent" in person.request.get(f"{product}/evidence.yaml").text()
    person.click("form:has(input[value='plans.commitment']) button[value=later]")
    assert "commitment" not in person.request.get(f"{product}/evidence.yaml").text()


def test_a_certificate_is_renewed_by_one_that_replaces_it(
    person: Page, served: Console, tmp_path: Path
) -> None:
    product = bracket(person, served, tmp_path)
    earned(person, product)
    person.goto(f"{product}/order?{TIER}")
    person.click("button.large")
    old = person.inner_text("a.number")
    person.click("a[href*='replaces=']")
    person.click("button.large")
    new = person.inner_text("a.number")
    assert new != old
    person.goto(f"{served.address}/certificates/{old}")
    assert person.inner_text("a.number >> nth=1") == new
    assert person.locator("a[href*='replaces=']").count() == 0


def test_the_same_order_again_names_the_certificate_in_force_and_asks_for_a_tick(
    clerk: Page, served: Console, tmp_path: Path
) -> None:
    product = bracket(clerk, served, tmp_path)
    earned(clerk, product)
    clerk.goto(f"{product}/order?{TIER}")
    assert clerk.locator("[name=replace]").count() == 0
    clerk.click("button.large")
    old = clerk.inner_text("a.number")
    clerk.goto(f"{product}/order?{TIER}")
    assert clerk.inner_text("#in-force a.number") == old
    sent = clerk.request.post(
        clerk.url, form={"key": "unticked"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert (sent.status, old in sent.text()) == (422, True)
    clerk.check("[name=replace]")
    clerk.click("button.large")
    new = clerk.inner_text("a.number")
    assert new != old
    clerk.goto(f"{served.address}/certificates/{old}")
    assert clerk.inner_text("a.number >> nth=1") == new


def test_with_four_eyes_an_order_is_handed_in_and_nothing_is_issued(
    chromium: Browser, tmp_path: Path
) -> None:
    with running(settings_for(tmp_path, four_eyes=True)) as site:
        served = Console(site, str(site.visitor.base_url).rstrip("/"))
        context = chromium.new_context(locale="en", java_script_enabled=False)
        page = context.new_page()
        entered(page, served)
        product = bracket(page, served, tmp_path)
        earned(page, product)
        page.goto(f"{product}/order?{TIER}")
        assert "the supplier states a verification" in page.inner_text("main")
        form: dict[str, str | float | bool] = {"key": page.input_value("[name=key]")}
        for _ in range(2):  # a button that is pressed twice
            own = {"Sec-Fetch-Site": "same-origin"}
            page.request.post(page.url, form=form, headers=own)
        page.goto(f"{served.address}/certificates")
        assert page.inner_text("main").count("waits to be checked") == 1
        assert page.locator("main a[href^='/certificates/']").count() == 0
        context.close()


def test_without_evidence_no_order_can_be_placed_and_the_page_says_what_lacks(
    person: Page, served: Console, tmp_path: Path
) -> None:
    product = bracket(person, served, tmp_path)
    person.goto(f"{product}/order?scheme=iso-14067&tier=disclosure")
    assert person.locator("#not-earned").count() == 1
    assert person.locator("button.large").count() == 0
    pressed(person, "main .actions a[href*='/evidence?']")
    assert person.locator("button[value=yes]").count() >= 1


def test_the_market_where_it_is_sold_shows_what_may_be_printed(
    person: Page, served: Console, tmp_path: Path
) -> None:
    product = bracket(person, served, tmp_path)
    person.goto(f"{product}/tiers")
    assert person.locator(".flag").count() == 0
    person.select_option("#market", "eu-2024-825")
    pressed(person, "form[method=get] button")
    assert "market=eu-2024-825" in person.url
    assert person.locator(".flag").count() >= 10
    person.reload()
    assert person.input_value("#market") == "eu-2024-825"


def test_back_after_a_refused_answer_comes_to_the_form_again(
    chromium: Browser, tmp_path: Path
) -> None:
    with console(tmp_path / "own") as served:  # nobody has answered there yet
        page = chromium.new_context(locale="en").new_page()
        entered(page, served)
        product = bracket(page, served, tmp_path)
        page.goto(f"{product}/evidence?{TIER}")
        form = page.locator("form:has(input[name=key][value=pcr])")
        form.locator("button[value=yes]").click()
        page.wait_for_selector("#errors")
        answer(page, "pcr", {"value": "Metal fittings"})
        page.wait_for_selector("#said")
        page.go_back()
        assert page.url.split("#")[0] == f"{product}/evidence?{TIER}"
        assert page.locator("section.ask").count()
        page.context.close()
