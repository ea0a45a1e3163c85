"""The evidence room: a verifier with a link of one object samples, opens, finds and states."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx
import pytest
import yaml
from console_kit import Console, drafted, pressed, signed_in, with_token
from evidence import some
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from sqlalchemy import update

from api.services.access import LOCAL
from api.store.tables import footprints
from footprint.canonical import canonical_json
from footprint.faults import Where
from footprint.proof.chain import line_shares
from footprint.proof.sample import draw_sample
from footprint.sheets import open as open_module
from footprint.sheets.model import Book

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def bracket(lines: int = 30) -> bytes:
    """A list of many lines, two of which are heavy."""
    head = (
        "# name: Wall bracket\n# name_zh: 墙面支架\n# company: Example Metal Ltd\n# country: CN\n"
    )
    head += "# declared_unit: 1 piece\n# mass: 0.5 kg\n"
    head += "# reference_period: 2025-01-01/2025-12-31\n"
    rows = ["id,name,quantity,unit,dataset,stage,loss"]
    rows += [
        f"{at},Secret part {at},{5 if at < 3 else 0.01},kg,steel-cold-rolled-cn,material,0.05"
        for at in range(1, lines + 1)
    ]
    return (head + "\n".join(rows) + "\n").encode()


@pytest.fixture(scope="module")
def maker(chromium: Browser, served: Console) -> Iterator[tuple[Page, str]]:
    token = with_token(served, "Mai", ("maker",))
    context = chromium.new_context(locale="en", java_script_enabled=False)
    page = context.new_page()
    signed_in(page, served, token)
    yield page, token
    context.close()


@pytest.fixture
def application(served: Console, maker: tuple[Page, str]) -> str:
    """A new application on thirty lines."""
    return drafted(served, maker[1], footprint_id=served.site.footprint(bom=bracket()))


@pytest.fixture
def verifier(
    chromium: Browser, served: Console, maker: tuple[Page, str], application: str
) -> Iterator[Page]:
    """A verifier's own browser, in the room by the link that the maker's page showed."""
    context = chromium.new_context(locale="en", java_script_enabled=False)
    page = context.new_page()
    page.goto(link_for(maker[0], served, application))
    page.click("main button")
    assert page.url == f"{served.address}/room/{application}"
    yield page
    context.close()


def link_for(page: Page, served: Console, application: str) -> str:
    """Let a verifier in by the page; his link."""
    page.goto(f"{served.address}/room/{application}")
    page.fill("#name", "Prüf GmbH")
    page.select_option("#days", "7")
    page.click("section[aria-labelledby=links] form.fields button")
    shown = page.inner_text(".note pre")
    return shown.replace(served.site.service.settings.base_url, served.address)


def cookies_of(page: Page) -> dict[str, str]:
    return {one["name"]: one["value"] for one in page.context.cookies()}


def test_a_link_opens_one_room_until_its_end_and_nothing_else(
    served: Console, maker: tuple[Page, str], application: str, verifier: Page
) -> None:
    cookies = cookies_of(verifier)
    other = drafted(served, maker[1])
    got = {
        path: httpx.get(
            f"{served.address}{path}", cookies=cookies, trust_env=False, timeout=60
        ).status_code
        for path in (f"/room/{application}", f"/room/{other}", "/room/nothing", "/desk",
                     f"/desk/{application}", "/audit", "/v1/applications")
    }  # fmt: skip
    assert list(got.values()) == [200, 404, 404, 401, 401, 401, 401]
    before = served.site.clock.now
    try:
        served.site.clock.now = before + timedelta(days=7)
        assert verifier.goto(f"{served.address}/room/{application}").status == 404  # type: ignore[union-attr]
    finally:
        served.site.clock.now = before
    page, _ = maker
    page.goto(f"{served.address}/room/{application}")
    page.click("details.sure summary")
    page.click("button[value=revoke]")
    assert verifier.goto(f"{served.address}/room/{application}").status == 404  # type: ignore[union-attr]


def test_lines_are_sealed_until_they_are_opened_and_that_is_logged(
    served: Console, application: str, verifier: Page
) -> None:
    assert "Secret part" not in verifier.content()
    verifier.click("button[value=draw]")
    told = verifier.inner_text("section[aria-labelledby=sample]")
    seed = int(re.search(r"seed (\d+)", told).group(1))  # type: ignore[union-attr]
    known = served.site.service.applications.get(LOCAL, application)
    found, inputs = served.site.service.recompute.made_from(LOCAL, known.footprint)
    sample = draw_sample(line_shares(inputs.read(), found.content), seed)
    assert sample.heavy == (1, 2)
    assert len(sample.drawn) == 7
    offered = verifier.locator("ul.lines input[name=line]").evaluate_all(
        "all => all.map(one => Number(one.value))"
    )
    assert tuple(offered) == sample.numbers
    assert "Secret part" not in verifier.content()
    pressed(verifier, "ul.lines button[value=open] >> nth=0")
    text = verifier.content()
    assert set(re.findall(r"Secret part \d+", text)) == {"Secret part 1"}
    logged = served.site.service.log.own(LOCAL, 5, about=application)
    assert [one.action for one in logged][:2] == ["room.opened", "room.drawn"]
    expect(verifier.locator("#line-1")).to_contain_text("5")


def test_the_chain_leads_to_the_kg_and_what_was_published(served: Console, verifier: Page) -> None:
    verifier.click("button[value=draw]")
    verifier.click("ul.lines button[value=open] >> nth=0")
    chain = verifier.inner_text("#line-1")
    for word in some(("Secret part 1", "steel-cold-rolled-cn", "/ (1 − 0.05)", "lca.cityghg.com")):
        assert word in chain
    inventory = served.site.service.inventory
    locator = inventory.document()["datasets"]["steel-cold-rolled-cn"]["locator"]
    assert locator in chain
    assert "2.6 t" in verifier.locator("#line-1").evaluate("one => one.textContent")


def test_it_comes_out_the_same_or_the_first_part_that_differs_is_named(
    served: Console, application: str, verifier: Page
) -> None:
    verifier.click("section[aria-labelledby=again] a.button")
    expect(verifier.locator(".answer")).to_contain_text("equal to the last digit")
    known = served.site.service.applications.get(LOCAL, application)
    found = served.site.service.footprints.get(LOCAL, known.footprint)
    changed = found.content
    changed["contributions"][3]["kg_co2e"] += 1e-9
    with served.site.service.database.writing() as uow:
        query = update(footprints).where(footprints.c.id == found.id)
        uow.connection.execute(query.values(document=canonical_json(changed).decode()))
    verifier.goto(f"{served.address}/room/{application}?recompute=1")
    expect(verifier.locator(".answer")).to_contain_text("differently")
    expect(verifier.locator(".answer code")).to_have_text("contributions.4.kg_co2e")


@pytest.mark.parametrize("asked", ["", "?recompute=1"])
def test_a_page_of_a_room_opens_its_list_once(
    application: str, served: Console, verifier: Page, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    verifier.click("button[value=draw]")
    verifier.click("ul.lines button[value=open] >> nth=0")
    opened: list[int] = []
    plainly = open_module._open

    def counted(data: bytes, where: Where) -> Book:
        opened.append(len(data))
        return plainly(data, where)

    monkeypatch.setattr(open_module, "_open", counted)
    verifier.goto(f"{served.address}/room/{application}{asked}")
    expect(verifier.locator("section[aria-labelledby=opened]")).to_contain_text("Secret part")
    assert opened == [len(bracket())]


def test_findings_go_from_open_to_answered_to_closed(
    served: Console, maker: tuple[Page, str], application: str, verifier: Page
) -> None:
    verifier.click("section[aria-labelledby=findings] summary")
    verifier.check("input[name=severity][value=major]")
    verifier.fill("#about", "Line 1")
    verifier.fill("#text", "The loss is\nnot shown")
    pressed(verifier, "button[value=find]")
    assert verifier.locator("button[value=answer]").count() == 0
    refused = conclude(verifier)
    assert refused == 409
    expect(verifier.locator("main .errors")).to_contain_text("not closed")
    page, _ = maker
    page.goto(f"{served.address}/room/{application}")
    assert (
        page.locator("button[value=close], button[value=conclude], button[value=draw]").count() == 0
    )
    page.fill("textarea[name=answer]", "It is in the works' book, page 4")
    page.click("button[value=answer]")
    verifier.goto(f"{served.address}/room/{application}")
    expect(verifier.locator("#finding-1")).to_contain_text("page 4")
    pressed(verifier, "button[value=reopen]")
    page.reload()
    assert page.locator("button[value=answer]").count() == 1
    verifier.click("button[value=close]")
    expect(verifier.locator("#finding-1 .mark")).to_have_text("closed")


def conclude(verifier: Page) -> int:
    """Make the statement; the status of the answer."""
    verifier.select_option("#kind", "accredited-body")
    verifier.select_option("#level", "reasonable")
    verifier.fill("#limits", "Lines 1 and 2 only")
    with verifier.expect_response(lambda one: one.request.method == "POST") as answered:
        verifier.click("button[value=conclude]")
    verifier.wait_for_load_state()
    return answered.value.status


def test_the_statement_goes_into_the_evidence_until_it_is_decided(
    served: Console, maker: tuple[Page, str], application: str, verifier: Page
) -> None:
    page, _ = maker
    seen = served.site.service.applications.get(LOCAL, application).changed_at
    served.site.clock.now += timedelta(seconds=1)
    assert conclude(verifier) == 303
    known = served.site.service.applications.get(LOCAL, application)
    assert known.changed_at > seen
    assert yaml.safe_load(known.evidence)["verification"] == {
        "by": "Prüf GmbH",
        "kind": "accredited-body",
        "date": served.site.clock.now.date().isoformat(),
        "level": "reasonable",
    }
    assert verifier.locator("button[value=conclude]").count() == 0
    page.goto(f"{served.address}/desk/{application}")
    # The scheme wants a verifier of its own register: the verdict is another one now.
    assert page.locator("input[name=verdict]").get_attribute("value") == "fail"
    assert "Prüf GmbH" in page.content()


def test_a_form_that_saw_the_evidence_before_is_behind(
    served: Console, maker: tuple[Page, str], application: str, verifier: Page
) -> None:
    page, _ = maker
    page.goto(f"{served.address}/desk/{application}")
    served.site.clock.now += timedelta(seconds=1)
    conclude(verifier)
    with page.expect_response(lambda one: one.request.method == "POST") as answered:
        page.click("button[value=submit]")
    assert answered.value.status == 409


def test_the_printed_room_shows_the_chain_and_no_control(
    served: Console, application: str, verifier: Page
) -> None:
    verifier.click("button[value=draw]")
    verifier.click("ul.lines button[value=open] >> nth=0")
    verifier.wait_for_load_state("networkidle")  # a page that is still leaving cannot be printed
    pdf = verifier.pdf(format="A4")
    text = "\n".join(one.extract_text() for one in PdfReader(BytesIO(pdf)).pages)
    assert "Secret part 1" in text
    assert "seed" in text
    assert f"/room/{application}" in text.replace("\n", "")
    for control in some(("Draw another one", "State it", "Another line", "Sign in")):
        assert control not in text


def test_another_tenant_finds_no_room(chromium: Browser, served: Console, application: str) -> None:
    context = chromium.new_context(locale="en")
    page = context.new_page()
    signed_in(page, served, with_token(served, "Zoe", ("maker",), "elsewhere"))
    cookies = cookies_of(page)
    context.close()
    send: dict[str, Any] = {"cookies": cookies, "trust_env": False, "timeout": 60}
    headers = {"Sec-Fetch-Site": "same-origin"}
    where = f"{served.address}/room/{application}"
    assert httpx.get(where, **send).status_code == 404
    for path, data in some((("", {"do": "draw"}), ("/links", {"name": "x", "days": "7"}))):
        answer = httpx.post(where + path, data=data, headers=headers, **send)
        assert answer.status_code == 404
