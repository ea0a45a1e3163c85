"""The desk: three people take an application to a certificate; nobody sees a dead button."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from console_kit import Console, drafted, signed_in, with_token
from evidence import some
from playwright.sync_api import Browser, Page, expect
from served import BOM, EVIDENCE

from api.services.access import LOCAL
from footprint.certificates.lifecycle import Role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

ROLES: dict[str, tuple[Role, ...]] = {
    "Mai": ("maker",),
    "Chen": ("checker",),
    "Ana": ("approver",),
    "Eve": ("maker", "checker", "approver"),
}


@pytest.fixture(scope="module")
def tokens(served: Console) -> dict[str, str]:
    return {name: with_token(served, name, roles) for name, roles in ROLES.items()}


@pytest.fixture(scope="module")
def casts(
    chromium: Browser, served: Console, tokens: dict[str, str]
) -> Iterator[dict[str, dict[str, Page]]]:
    """Everybody, signed in, in each language, without script."""
    found: dict[str, dict[str, Page]] = {}
    for language in ("en", "zh"):
        found[language] = {}
        for name, token in tokens.items():
            context = chromium.new_context(locale=language, java_script_enabled=False)
            found[language][name] = context.new_page()
            signed_in(found[language][name], served, token)
    yield found
    for cast in found.values():
        for page in cast.values():
            page.context.close()


@pytest.fixture
def people(casts: dict[str, dict[str, Page]]) -> dict[str, Page]:
    return casts["en"]


def buttons(page: Page, address: str) -> list[str]:
    """The steps that a page offers."""
    page.goto(address)
    found = page.locator("main form button[name=do]")
    return [found.nth(at).get_attribute("value") or "" for at in range(found.count())]


def pressed(page: Page, address: str, step: str, note: str = "") -> int:
    """Press the button of a step; the status of the answer."""
    page.goto(address)
    if note:
        page.fill("#note", note)
    with page.expect_response(lambda one: one.request.method == "POST") as answered:
        page.click(f"button[value={step}]")
    page.wait_for_load_state()
    return answered.value.status


#: What each person is offered in each state of an application that Mai hands in, Chen checks and
#: Ana approves: exactly what the law lets him do.
OFFERED: dict[str, dict[str, list[str]]] = {
    "draft": {"Mai": ["submit", "withdraw"], "Chen": [], "Ana": [], "Eve": ["submit", "withdraw"]},
    "submitted": {
        "Mai": ["withdraw"],
        "Chen": ["check", "return"],
        "Ana": [],
        "Eve": ["check", "return", "withdraw"],
    },
    "checked": {
        "Mai": ["withdraw"],
        "Chen": ["return"],
        "Ana": ["issue"],
        "Eve": ["issue", "return", "withdraw"],
    },
    "issued": {"Mai": [], "Chen": [], "Ana": [], "Eve": []},
}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_three_people_take_an_application_to_a_certificate(
    served: Console, tokens: dict[str, str], casts: dict[str, dict[str, Page]], language: str
) -> None:
    people = casts[language]
    application = drafted(served, tokens["Mai"])
    address = f"{served.address}/desk/{application}"
    way = {"draft": ("Mai", "submit"), "submitted": ("Chen", "check"), "checked": ("Ana", "issue")}
    for state, offered in some(OFFERED.items()):
        for name, steps in some(offered.items()):
            assert buttons(people[name], address) == steps, (state, name)
        if state in way:
            who, step = way[state]
            assert pressed(people[who], address, step) == 303
    number = people["Ana"].locator(f"main a.number[href*='lang={language}']").first.inner_text()
    public = people["Mai"].goto(f"{served.address}/verify/{number}")
    assert public is not None
    assert public.status == 200
    course = people["Ana"]
    course.goto(address)
    told = course.inner_text("ol.course")
    assert [name for name in ("Mai", "Chen", "Ana") if name in told] == ["Mai", "Chen", "Ana"]


def test_every_button_that_is_shown_works_and_every_other_step_is_refused(
    served: Console, tokens: dict[str, str], people: dict[str, Page]
) -> None:
    """The page offers what the service accepts: no more, and no less."""
    steps = ("submit", "check", "return", "withdraw", "issue")
    for name in some(("Mai", "Chen", "Ana")):
        application = drafted(served, tokens["Mai"])
        address = f"{served.address}/desk/{application}"
        offered = buttons(people[name], address)
        cookies = {one["name"]: one["value"] for one in people[name].context.cookies()}
        state = served.site.service.applications.get
        for step in steps:
            if step in offered:
                continue
            known = state(served.site.service.sessions.actor(_session(cookies)), application)  # type: ignore[arg-type]
            data = {"do": step, "note": "x", "seen": known.changed_at.isoformat()}
            answer = httpx.post(
                address,
                data=data,
                cookies=cookies,
                headers={"Sec-Fetch-Site": "same-origin"},
                trust_env=False,
                timeout=60,
            )
            assert answer.status_code in {403, 409}, (name, step)


def _session(cookies: dict[str, str]) -> str:
    return next(value for name, value in cookies.items() if name.startswith("__Host-"))


def test_two_roles_of_one_person_are_one_pair_of_eyes(
    served: Console, tokens: dict[str, str], people: dict[str, Page]
) -> None:
    address = f"{served.address}/desk/{drafted(served, tokens['Eve'])}"
    assert pressed(people["Eve"], address, "submit") == 303
    assert buttons(people["Eve"], address) == ["withdraw"]
    assert "somebody else" in people["Eve"].inner_text("main .note")
    people["Eve"].goto(f"{served.address}/desk")
    assert people["Eve"].locator("section[aria-labelledby=others] li").count() > 0


def test_sending_back_needs_words_and_they_reach_the_maker(
    served: Console, tokens: dict[str, str], people: dict[str, Page]
) -> None:
    address = f"{served.address}/desk/{drafted(served, tokens['Mai'])}"
    pressed(people["Mai"], address, "submit")
    assert pressed(people["Chen"], address, "return") == 422
    assert people["Chen"].locator("#note[aria-invalid=true]").count() == 1
    assert pressed(people["Chen"], address, "return", "The year\nis missing") == 303
    people["Mai"].goto(address)
    expect(people["Mai"].locator("main .note").first).to_contain_text("The year is missing")
    assert buttons(people["Mai"], address) == ["submit", "withdraw"]
    people["Mai"].goto(f"{served.address}/desk")
    mine = people["Mai"].locator("section[aria-labelledby=mine] a").all()
    assert address in {f"{served.address}{one.get_attribute('href')}" for one in mine}


def test_somebody_else_was_first(
    served: Console, tokens: dict[str, str], people: dict[str, Page]
) -> None:
    address = f"{served.address}/desk/{drafted(served, tokens['Mai'])}"
    pressed(people["Mai"], address, "submit")
    people["Chen"].goto(address)
    assert pressed(people["Eve"], address, "return", "Too early") == 303
    with people["Chen"].expect_response(lambda one: one.request.method == "POST") as answered:
        people["Chen"].click("button[value=check]")
    assert answered.value.status == 409
    told = people["Chen"].inner_text("main .errors")
    assert "Eve" in told
    assert people["Chen"].locator("main form button[name=do]").count() == 0


def test_evidence_of_a_day_to_come_stops_the_approval(
    served: Console, tokens: dict[str, str], people: dict[str, Page]
) -> None:
    """The clock was wrong, and is set right: on that day the verification is still to come."""
    address = f"{served.address}/desk/{drafted(served, tokens['Mai'])}"
    pressed(people["Mai"], address, "submit")
    pressed(people["Chen"], address, "check")
    ana, before = people["Ana"], served.site.clock.now
    assert buttons(ana, address) == ["issue"]
    try:
        served.site.clock.now = before - timedelta(days=50)
        with ana.expect_response(lambda one: one.request.method == "POST") as answered:
            ana.click("button[value=issue]")
        assert answered.value.status == 422
        told = ana.inner_text("main .errors")
        assert re.search("verification.date.* has not come yet", told, re.DOTALL)
        assert buttons(ana, address) == []
    finally:
        served.site.clock.now = before
    assert buttons(ana, address) == ["issue"]


#: A reduction that rests on a tier which is held to the end of the day of these tests.
HELD_TODAY = {
    "sales_channel": "b2b",
    "function": "to hold a shelf",
    "methods": ["TGO CFP guideline"],
    "pcr": "Metal fittings",
    "verification": EVIDENCE["verification"],
    "tiers_held": [
        {"scheme": "th-tgo", "tier": "disclosure", "number": "T-1", "valid_until": "2026-11-20"}
    ],
    "references": {
        "base_year": {
            "value": 4.0, "per": "1 piece", "date": "2023-12-31", "boundary": "cradle-to-gate",
            "function": "to hold a shelf", "method": "TGO CFP guideline", "pcr": "Metal fittings",
            "gwp_set": "AR6",
        }
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "it was “fulfilled”. Decided anew on 2026-11-21 it is “not fulfilled”"),
        ("zh", "结论是“符合”，2026-11-21 重新判定为“不符合”"),
    ],
)
def test_a_verdict_that_changes_between_check_and_approval_stops_it_and_both_are_said(
    chromium: Browser, served: Console, tokens: dict[str, str], people: dict[str, Page],
    language: str, told: str,
) -> None:  # fmt: skip
    """What was checked held until midnight; it is approved after midnight, on a page of before."""
    order = {"tier": "reduction", "evidence": HELD_TODAY}
    address = f"{served.address}/desk/{drafted(served, tokens['Mai'], **order)}"
    pressed(people["Mai"], address, "submit")
    pressed(people["Chen"], address, "check")
    noon = served.site.clock.now
    context = chromium.new_context(locale=language, java_script_enabled=False)
    try:
        served.site.clock.now = noon.replace(hour=23, minute=50)
        ana = context.new_page()
        signed_in(ana, served, tokens["Ana"])
        assert buttons(ana, address) == ["issue"]
        served.site.clock.now = noon + timedelta(hours=12, minutes=10)
        with ana.expect_response(lambda one: one.request.method == "POST") as answered:
            ana.click("button[value=issue]")
        ana.wait_for_load_state()
        assert answered.value.status == 422
        assert told in ana.inner_text("main .errors")
        expired = {"en": "the tier 'disclosure' has expired", "zh": "“碳足迹披露”等级已过期"}
        assert expired[language] in ana.inner_text(".reasons")
        assert buttons(ana, address) == []
        assert "verdict-fail" in ana.inner_html(".two")
    finally:
        served.site.clock.now = noon
        context.close()


def test_surveillance_and_objections_on_the_desk(
    served: Console, tokens: dict[str, str], people: dict[str, Page]
) -> None:
    address = f"{served.address}/desk/{drafted(served, tokens['Mai'])}"
    pressed(people["Mai"], address, "submit")
    pressed(people["Chen"], address, "check")
    pressed(people["Ana"], address, "issue")
    number = people["Ana"].locator("main a.number").first.inner_text()
    watched = f"{served.address}/desk/certificates/{number}"
    served.site.client.post(
        f"/v1/certificates/{number}/objections", json={"party": "A rival", "text": "Too low."}
    )
    for name in some(ROLES):
        people[name].goto(watched)
        assert people[name].locator("#survey-note").count() == (name in {"Chen", "Eve"})
        assert people[name].locator("button[value=upheld]").count() == (name in {"Ana", "Eve"})
    ana, chen = people["Ana"], people["Chen"]
    ana.goto(f"{served.address}/desk")
    assert number in ana.inner_text("section[aria-labelledby=objections]")
    ana.goto(watched)
    ana.fill("textarea[name=answer]", "Measured again: it is right.")
    ana.click("button[value=rejected]")
    expect(ana.locator(".objection")).to_contain_text("Measured again")
    due = chen.goto(f"{served.address}/desk")
    assert due is not None
    assert number in chen.inner_text("section[aria-labelledby=due]")
    chen.goto(watched)
    chen.fill("#survey-note", "Visited the works")
    chen.click("section[aria-labelledby=survey] button")
    chen.go_back()
    assert chen.url == watched


def test_more_than_a_page_is_said_and_the_longest_waiting_come_first(
    served: Console, people: dict[str, Page]
) -> None:
    token = with_token(served, "Ada", ("maker",), "busy")
    headers = {"Authorization": f"Bearer {token}"}
    site = f"{served.address}/v1"
    with httpx.Client(headers=headers, trust_env=False, timeout=60) as client:
        bom = {"Content-Type": "text/csv"}
        made = client.post(f"{site}/footprints", content=BOM.encode(), headers=bom).json()["id"]
        order = served.site.order(footprint_id=made)
        ids = [client.post(f"{site}/applications", json=order).json()["id"] for _ in range(51)]
    page = people["Mai"].context.browser.new_context(locale="en").new_page()  # type: ignore[union-attr]
    signed_in(page, served, token)
    page.goto(f"{served.address}/desk")
    shown = page.locator("section[aria-labelledby=mine] li").count()
    assert (shown, len(ids)) == (50, 51)
    assert "50 applications that wait longest" in page.inner_text("main .note")
    page.context.close()


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "null"}, {}],
    ids=["cross-site", "other-port", "null-origin", "nothing"],
)
def test_a_form_from_elsewhere_changes_nothing_here_either(
    served: Console, tokens: dict[str, str], people: dict[str, Page], headers: dict[str, str]
) -> None:
    application = drafted(served, tokens["Eve"])
    cookies = {one["name"]: one["value"] for one in people["Eve"].context.cookies()}
    known = served.site.service.applications.get(LOCAL, application)
    before = served.site.service.log.head()[:2]
    forms = {
        f"/desk/{application}": {"do": "submit", "seen": known.changed_at.isoformat()},
        f"/room/{application}/links": {"name": "Somebody", "days": "7"},
        "/people": {"name": "Somebody", "role-maker": "1"},
        "/tokens": {"name": "Somebody", "days": "30", "role-maker": "1"},
    }
    for path, data in some(forms.items()):
        answer = httpx.post(
            served.address + path,
            data=data,
            cookies=cookies,
            headers=headers,
            trust_env=False,
            timeout=60,
        )
        assert answer.status_code == 403, path
    assert served.site.service.log.head()[:2] == before


def test_the_desk_of_another_tenant_is_not_there(
    chromium: Browser, served: Console, tokens: dict[str, str]
) -> None:
    application = drafted(served, tokens["Mai"])
    certificate = served.site.certificate()["number"]
    stranger = with_token(served, "Zoe", ("maker", "checker", "approver"), "elsewhere")
    context = chromium.new_context(locale="en")
    page = context.new_page()
    signed_in(page, served, stranger)
    cookies = {one["name"]: one["value"] for one in context.cookies()}
    context.close()
    unknown = "00000000-0000-4000-8000-000000000000"
    paths = (
        f"desk/{application}",
        f"desk/{application}/label.svg",
        f"desk/certificates/{certificate}",
    )
    for path in some(paths):
        for one in (path, path.replace(application, unknown)):
            answer = httpx.get(
                f"{served.address}/{one}", cookies=cookies, trust_env=False, timeout=60
            )
            assert answer.status_code == 404, one
    posts = (
        (f"desk/{application}", {"do": "submit", "seen": "2026-01-01T00:00:00+00:00"}),
        (f"desk/certificates/{certificate}/surveillance", {"note": "x"}),
        (f"desk/certificates/{certificate}/objections/x", {"answer": "x", "state": "upheld"}),
    )
    for path, data in some(posts):
        answer = httpx.post(
            f"{served.address}/{path}",
            data=data,
            cookies=cookies,
            headers={"Sec-Fetch-Site": "same-origin"},
            trust_env=False,
            timeout=60,
        )
        assert answer.status_code == 404, path
    listed = httpx.get(f"{served.address}/desk", cookies=cookies, trust_env=False, timeout=60)
    assert application not in listed.text
