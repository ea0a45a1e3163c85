"""Who comes in, and what cannot be done: forms from elsewhere, two tabs, a server that fails."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from console_kit import Console, at_lines, entered, pressed, total_of
from playwright.sync_api import Browser, Page, Route, expect

from api.services.access import let_in
from api.services.sessions import LINK_LIFE
from api.store.tenants import Actor

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def test_a_link_opens_once_and_looking_at_it_does_not_use_it_up(
    chromium: Browser, served: Console
) -> None:
    link = served.link()
    for _ in range(3):
        assert httpx.get(link, trust_env=False, timeout=60).status_code == 200
    context = chromium.new_context(locale="en")
    page = context.new_page()
    page.goto(link)
    pressed(page, "main button")
    assert page.locator("form.drop").count() == 1
    other = chromium.new_context(locale="en").new_page()
    answer = other.goto(link)
    assert answer is not None
    assert answer.status == 410
    assert "already" in other.inner_text("p.lead")
    assert other.locator("main a.button").get_attribute("href") == "/sign-in"
    other.context.close()
    context.close()


def test_a_link_is_over_after_fifteen_minutes(chromium: Browser, served: Console) -> None:
    link, before = served.link(), served.site.clock.now
    try:
        served.site.clock.now = before + LINK_LIFE + timedelta(seconds=1)
        assert httpx.get(link, trust_env=False, timeout=60).status_code == 410
    finally:
        served.site.clock.now = before


def test_a_token_signs_in_and_a_wrong_one_is_said(chromium: Browser, served: Console) -> None:
    context = chromium.new_context(locale="en")
    page = context.new_page()
    page.goto(f"{served.address}/sign-in")
    page.fill("#token", "fpt_wrong")
    pressed(page, "main button")
    assert page.locator("#token[aria-invalid=true]").count() == 1
    token = (served.site.service.settings.store_dir / "access-token").read_text().strip()
    page.fill("#token", token)
    pressed(page, "main button")
    assert page.locator("form.drop").count() == 1
    page.click("header form button")
    page.goto(f"{served.address}/products/new")
    assert page.locator("main a.button[href='/sign-in?to=%2Fproducts%2Fnew']").count() == 1
    context.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {},
    ],
    ids=["cross-site", "other-port", "typed", "foreign-origin", "null-origin", "nothing"],
)
def test_a_form_from_elsewhere_changes_nothing(
    headers: dict[str, str], person: Page, served: Console
) -> None:
    cookies = {one["name"]: one["value"] for one in person.context.cookies()}
    before = len(served.site.service.drafts.listed(Actor("default", "local"), 100))
    answer = httpx.post(
        f"{served.address}/drafts",
        data={"example": "fan-erp.xlsx"},
        cookies=cookies,
        headers=headers,
        trust_env=False,
        timeout=60,
    )
    assert answer.status_code == 403
    assert len(served.site.service.drafts.listed(Actor("default", "local"), 100)) == before


def test_our_own_form_without_script_gets_through(chromium: Browser, served: Console) -> None:
    context = chromium.new_context(java_script_enabled=False, locale="en")
    page = context.new_page()
    entered(page, served)
    page.click("button.tile >> nth=0")
    assert page.url.endswith("/columns")
    context.close()


def test_a_page_of_another_port_cannot_post(chromium: Browser, served: Console) -> None:
    """The same host, another port: the browser calls it same-site, and sends the cookie along."""
    context = chromium.new_context(locale="en")
    page = context.new_page()
    entered(page, served)
    foreign = "http://127.0.0.1:9/"
    page.route(
        f"{foreign}**",
        lambda route: route.fulfill(
            content_type="text/html",
            body=f"<form method=post action='{served.address}/drafts'>"
            "<input name=example value=fan-erp.xlsx><button>go</button></form>",
        ),
    )
    page.goto(foreign)
    with page.expect_response("**/drafts") as answered:
        page.click("button")
    assert answered.value.status == 403
    context.close()


def test_another_tenant_finds_nothing_and_the_cookie_opens_no_api(
    chromium: Browser, served: Console, list_file: Path
) -> None:
    context = chromium.new_context(locale="en")
    page = context.new_page()
    entered(page, served)
    draft = at_lines(page, served, list_file)
    cookies = {one["name"]: one["value"] for one in context.cookies()}
    assert (
        httpx.get(f"{served.address}/v1/footprints", cookies=cookies, timeout=60).status_code == 401
    )
    bearer = {"Authorization": served.site.client.headers["Authorization"]}
    assert httpx.get(f"{draft}/match", headers=bearer, timeout=60).status_code == 401
    database, now = served.site.service.database, served.site.clock.now
    let_in(database, "other", "other", "fpt_other", now, b"0123456789abcdef", "Other")
    secret = served.site.service.sessions.enter("fpt_other")
    name = next(name for name in cookies if name.startswith("__Host-"))
    asked = ["columns", "facts", "match", "result", "files/pdf", "files/pact"]
    for path in asked:
        answer = httpx.get(f"{draft}/{path}", cookies={name: secret}, trust_env=False, timeout=60)
        unknown = httpx.get(
            re.sub(r"[0-9a-f]{8}-[0-9a-f-]+", "00000000-0000-4000-8000-000000000000", draft)
            + f"/{path}",
            cookies={name: secret},
            trust_env=False,
            timeout=60,
        )
        assert (answer.status_code, unknown.status_code) == (404, 404), path
    for path in ("columns", "facts", "match", "file", "delete"):
        answer = httpx.post(
            f"{draft}/{path}",
            data={"revision": "1", "line": "x", "do": "later"},
            cookies={name: secret},
            headers={"Sec-Fetch-Site": "same-origin"},
            trust_env=False,
            timeout=60,
        )
        assert answer.status_code == 404, path
    context.close()


def test_a_server_that_fails_leaves_the_number_and_the_user_sees_it(
    person: Page, served: Console, list_file: Path
) -> None:
    at_lines(person, served, list_file)
    before = total_of(person)
    failed: list[str] = []

    def answer(route: Route) -> None:
        if route.request.method == "POST":
            failed.append(route.request.headers.get("x-fragment", ""))
            body = "<!doctype html><h1>The service failed</h1>"
            route.fulfill(status=500, content_type="text/html", body=body)
        else:
            route.continue_()

    person.route("**/match", answer)
    person.click("details[open] button[value=later]")
    expect(person.locator("h1")).to_have_text("The service failed")
    assert failed == ["1", ""]
    person.unroute("**/match")
    person.go_back()
    assert total_of(person) == before


def test_of_two_tabs_the_one_that_was_behind_says_so(
    person: Page, served: Console, list_file: Path
) -> None:
    draft = at_lines(person, served, list_file)
    second = person.context.new_page()
    second.goto(f"{draft}/match")
    second.click("details[open] button[value=not-part]")
    expect(second.locator("summary .mark.not-part")).to_have_count(1)
    person.click("details[open] button[value=later]")
    expect(person.locator("#status")).to_contain_text("was behind")
    expect(person.locator("summary .mark.not-part")).to_have_count(1)
    person.reload()
    expect(person.locator("summary .mark.not-part")).to_have_count(1)
    second.close()


def test_of_two_quick_choices_on_one_line_the_later_one_stays(
    person: Page, served: Console, list_file: Path
) -> None:
    """Both are sent before either is answered; the first is held back until the second is done."""
    at_lines(person, served, list_file)
    key = person.locator("details[open]").get_attribute("id")
    person.evaluate(
        """key => {
          const form = document.querySelector(`#${key} form`);
          form.requestSubmit(form.querySelector("[value=later]"));
          form.requestSubmit(form.querySelector("[value=not-part]"));
        }""",
        key,
    )
    expect(person.locator(f"#{key} summary .mark.not-part")).to_have_count(1)
    person.reload()
    expect(person.locator(f"#{key} summary .mark.not-part")).to_have_count(1)
