"""People, tokens and the log: who may do what, and what was done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from console_kit import Console, drafted, entered, pressed, signed_in, with_token
from evidence import some
from playwright.sync_api import Browser, Page, expect

from api.services.access import LOCAL
from api.services.staff import INVITATION_LIFE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def owner(chromium: Browser, served: Console) -> Iterator[Page]:
    """Who opened the console from the machine that serves, without script."""
    context = chromium.new_context(locale="en", java_script_enabled=False)
    page = context.new_page()
    entered(page, served)
    yield page
    context.close()


@pytest.fixture
def other(chromium: Browser) -> Iterator[Page]:
    """Somebody else's browser."""
    context = chromium.new_context(locale="en")
    yield context.new_page()
    context.close()


def invited(owner: Page, served: Console, name: str, *roles: str) -> str:
    """Invite somebody by the page; the link that it shows."""
    owner.goto(f"{served.address}/people")
    owner.fill("#name", name)
    for role in roles:
        owner.check(f"form[action='/people'] input[name=role-{role}]")
    owner.click("form[action='/people'] button")
    link = owner.inner_text(".note pre")
    base = served.site.service.settings.base_url
    assert link.startswith(f"{base}/open/")
    return link.replace(base, served.address)


def card(owner: Page, served: Console, name: str) -> str:
    """The selector of a person on the page of people."""
    owner.goto(f"{served.address}/people")
    return f"ul.results li:has(h2:text-is('{name}'))"


def status(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer is not None
    return answer.status


def test_an_invitation_works_once_and_gives_its_roles_only(
    served: Console, owner: Page, other: Page
) -> None:
    link = invited(owner, served, "Chen Li", "checker")
    other.goto(link)
    other.click("main button")
    assert other.inner_text("header .tools a[href='/tokens']") == "Chen Li"
    assert httpx.get(link, trust_env=False, timeout=60).status_code == 410
    token = with_token(served, "Mai", ("maker",))
    address = f"{served.address}/desk/{drafted(served, token)}"
    other.goto(address)
    assert other.locator("main form button[name=do]").count() == 0
    for path in some(("people", "audit", "settings")):
        assert status(other, f"{served.address}/{path}") == 403
    assert "came in on" in owner.inner_text(card(owner, served, "Chen Li"))
    owner.goto(f"{served.address}/people")
    assert link not in owner.content()


def test_an_invitation_is_over_after_a_week(served: Console, owner: Page) -> None:
    link, before = invited(owner, served, "Late Comer", "maker"), served.site.clock.now
    try:
        served.site.clock.now = before + INVITATION_LIFE + timedelta(seconds=1)
        assert httpx.get(link, trust_env=False, timeout=60).status_code == 410
    finally:
        served.site.clock.now = before


def test_a_name_is_one_pair_of_eyes(served: Console, owner: Page) -> None:
    with_token(served, "Taken", ("maker",))
    owner.goto(f"{served.address}/people")
    owner.fill("#name", "Taken")
    owner.check("form[action='/people'] input[name=role-checker]")
    owner.click("form[action='/people'] button")
    expect(owner.locator("main .errors")).to_contain_text("taken")
    assert owner.input_value("#name") == "Taken"


def test_whoever_is_shut_out_is_out_at_once_with_his_tokens(
    served: Console, owner: Page, other: Page
) -> None:
    other.goto(invited(owner, served, "Gone Soon", "maker", "owner"))
    other.click("main button")
    secret = made_token(other, served, "maker")
    assert _api(served, secret) == 200
    gone = card(owner, served, "Gone Soon")
    owner.click(f"{gone} details.sure summary")
    owner.click(f"{gone} button[value=end]")
    assert status(other, f"{served.address}/desk") == 401
    assert _api(served, secret) == 401


def test_other_roles_reach_sessions_and_tokens(served: Console, owner: Page, other: Page) -> None:
    other.goto(invited(owner, served, "Less Now", "maker", "checker"))
    other.click("main button")
    secret = made_token(other, served, "maker", "checker")
    one = card(owner, served, "Less Now")
    owner.uncheck(f"{one} input[name=role-maker]")
    owner.click(f"{one} button[value=roles]")
    assert status(other, f"{served.address}/desk") == 401
    order = served.site.order()
    headers = {"Authorization": f"Bearer {secret}"}
    address = f"{served.address}/v1/applications"
    refused = httpx.post(address, json=order, headers=headers, trust_env=False, timeout=60)
    assert refused.status_code == 403


def test_nobody_gives_himself_more(served: Console, owner: Page, other: Page) -> None:
    other.goto(invited(owner, served, "Self Made", "owner"))
    pressed(other, "main button")
    assert other.locator(f"{card(other, served, 'Self Made')} form").count() == 0
    mine = next(one for one in served.site.service.staff.listed(LOCAL) if one.name == "Self Made")
    cookies = {one["name"]: one["value"] for one in other.context.cookies()}
    answer = httpx.post(
        f"{served.address}/people/{mine.id}",
        data={"do": "roles", "role-approver": "1"},
        cookies=cookies,
        headers={"Sec-Fetch-Site": "same-origin"},
        trust_env=False,
        timeout=60,
    )
    assert answer.status_code == 403
    other.goto(f"{served.address}/tokens")
    assert other.locator("input[name=role-approver]").count() == 0


def made_token(page: Page, served: Console, *roles: str, name: str = "ERP export") -> str:
    """Make a token by the page; its secret."""
    page.goto(f"{served.address}/tokens")
    page.fill("#name", name)
    page.select_option("#days", "30")
    for role in roles:
        page.check(f"form[action='/tokens'] input[name=role-{role}]")
    page.click("form[action='/tokens'] button")
    return page.inner_text("#secret")


def _api(served: Console, secret: str) -> int:
    return httpx.get(
        f"{served.address}/v1/applications",
        headers={"Authorization": f"Bearer {secret}"},
        trust_env=False,
        timeout=60,
    ).status_code


def test_a_token_is_shown_once_has_an_end_and_can_be_revoked(served: Console, owner: Page) -> None:
    secret = made_token(owner, served, "maker", name="Short lived")
    assert _api(served, secret) == 200
    owner.goto(f"{served.address}/tokens")
    assert secret not in owner.content()
    before = served.site.clock.now
    try:
        served.site.clock.now = before + timedelta(days=30)
        assert _api(served, secret) == 401
    finally:
        served.site.clock.now = before
    short = "ul.results li:has(h2:text-is('Short lived')) details.sure"
    owner.click(f"{short} summary")
    owner.click(f"{short} button")
    assert _api(served, secret) == 401


def test_a_session_ends_with_its_token_and_makes_none_that_lives_longer(
    served: Console, owner: Page, other: Page
) -> None:
    signed_in(other, served, made_token(owner, served, "maker"))
    later = made_token(other, served, "maker")
    before = served.site.clock.now
    try:
        served.site.clock.now = before + timedelta(days=30)
        assert _api(served, later) == 401
    finally:
        served.site.clock.now = before


def test_the_log_is_paged_newest_first_without_gap_or_repetition(
    served: Console, owner: Page
) -> None:
    for _ in range(30):
        served.site.footprint()
    with_token(served, "Pia", ("maker",))
    seen: list[int] = []
    owner.goto(f"{served.address}/audit")
    while True:
        values = owner.locator("ol.entries > li").all()
        seen += [int(one.get_attribute("value") or 0) for one in values]
        following = owner.locator("main p > a.button")
        if following.count() == 0:
            break
        following.click()
    log = served.site.service.log
    own = [one.sequence for one in log.own(LOCAL, 10_000)]
    assert seen == own == sorted(own, reverse=True)
    owner.goto(f"{served.address}/audit?kind=token")
    assert set(owner.locator("ol.entries strong").all_inner_texts()) <= {
        "Token made",
        "Token revoked",
    }
    about = served.site.certificate()["number"]
    owner.goto(f"{served.address}/audit?about={about}")
    assert owner.locator("ol.entries > li").count() >= 1
    assert set(owner.locator("ol.entries summary code").all_inner_texts()) == {about}


def test_everybody_can_walk_the_public_log_and_reads_nothing_private(
    served: Console, other: Page
) -> None:
    number = served.site.certificate()["number"]
    other.goto(f"{served.address}/log")
    assert number in other.inner_text("ol.entries")
    hashes: list[str] = []
    before: list[str] = []
    while True:
        other.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert "Chen" not in other.content()
        codes = other.locator("ol.entries dd code").all_inner_texts()
        hashes += codes[0::3]
        before += codes[1::3]
        following = other.locator("main p > a.button[href^='/log?']")
        if following.count() == 0:
            break
        following.click()
    assert len(hashes) == served.site.service.log.head()[0]
    assert hashes[1:] == before[:-1]


def test_another_tenant_sees_none_of_it_and_the_cookie_opens_no_api(
    served: Console, owner: Page, other: Page
) -> None:
    invited(owner, served, "Ours Only", "maker")
    ours = next(one for one in served.site.service.staff.listed(LOCAL) if one.name == "Ours Only")
    token = served.site.service.tokens.listed(LOCAL)[0]
    stranger = with_token(served, "Zoe", ("maker", "checker", "approver", "owner"), "elsewhere")
    signed_in(other, served, stranger)
    for path in some(("people", "tokens", "audit")):
        other.goto(f"{served.address}/{path}")
        text = other.content()
        assert "Ours Only" not in text
        assert ours.id not in text
        assert token.id not in text
    cookies = {one["name"]: one["value"] for one in other.context.cookies()}
    unknown = "00000000-0000-4000-8000-000000000000"
    for path in some((f"people/{ours.id}", f"tokens/{token.id}/revoke")):
        for one in (path, path.replace(ours.id, unknown).replace(token.id, unknown)):
            answer = httpx.post(
                f"{served.address}/{one}",
                data={"do": "end"},
                cookies=cookies,
                headers={"Sec-Fetch-Site": "same-origin"},
                trust_env=False,
                timeout=60,
            )
            assert answer.status_code == 404, one
    for path in some(("v1/applications", "v1/footprints", "v1/jobs")):
        answer = httpx.get(f"{served.address}/{path}", cookies=cookies, trust_env=False, timeout=60)
        assert answer.status_code == 401
