"""Two windows on one draft, and a session that ends: what is said, where, and what stays true."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from console_kit import Console, at_lines, entered, speaker, with_token
from evidence import some
from playwright.sync_api import Browser, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

SMALL = """\
# name: Cover
# mass: 200 g
id,name,quantity,unit,unit_mass_g,material
1,Lower cover,1,pcs,100,ABS
2,Gizmo,1,pcs,100,
"""
#: Whether an element is seen in the window, and none of it lies under the words that were told.
CLEAR = """(name) => {
  const one = document.querySelector(name).getBoundingClientRect();
  const told = document.querySelector("#status").getBoundingClientRect();
  const seen = one.top >= 0 && one.bottom <= innerHeight;
  return seen && (name === "#status" || one.bottom <= told.top || one.top >= told.bottom);
}"""


def opened(page: Page, name: str) -> str:
    """Open a line by its name; the id of its element."""
    line = page.locator(f"details.line:has(summary .name:has-text('{name}'))")
    if line.get_attribute("open") is None:
        line.locator("summary").first.click()
    return str(line.get_attribute("id"))


@pytest.mark.parametrize("screen", [(1280, 900), (390, 844)])
def test_the_window_that_was_behind_says_so_in_sight(
    chromium: Browser, served: Console, tmp_path: Path, screen: tuple[int, int]
) -> None:
    viewport = {"width": screen[0], "height": screen[1]}
    context = chromium.new_context(viewport=viewport, locale="en")  # type: ignore[arg-type]
    first = context.new_page()
    entered(first, served)
    draft = at_lines(first, served, speaker(tmp_path / "two.xlsx"))
    second = context.new_page()
    second.goto(f"{draft}/match")
    lines = first.locator("details.line.open .name > span:first-child").all_inner_texts()
    own, other = opened(first, lines[0]), opened(second, lines[1])
    first.locator(f"#{own} button[value=later]").click()
    expect(first.locator(f"#{own} summary .mark.later")).to_have_count(1)
    second.locator(f"#{other} button[value=later]").click()
    expect(second.locator("#status.note")).to_contain_text("What you chose just now was not taken")
    expect(second.locator(f"#{own} summary .mark.later")).to_have_count(1)
    assert second.evaluate("document.activeElement.id") == other.replace("line-", "sum-")
    for name in some(("#status", f"#{other} summary")):
        assert second.evaluate(CLEAR, name), name
    left, right = second.evaluate(
        "[...['left', 'right'].map(s => document.querySelector('#status')"
        ".getBoundingClientRect()[s])]"
    )
    assert left >= 0
    assert right <= screen[0]
    assert abs(left - (screen[0] - right)) < 20, "in the middle"
    second.locator(f"#{other} button[value=later]").click()
    expect(second.locator("#status.note")).to_have_count(0)
    context.close()


def test_sentences_about_all_lines_change_with_each_choice(
    person: Page, served: Console, tmp_path: Path
) -> None:
    """Guesses that nobody confirmed, and that nothing is open: true after each choice, and back."""
    file = tmp_path / "cover.csv"
    file.write_text(SMALL, "utf-8")
    at_lines(person, served, file)
    lines = person.locator("details.line")
    keys = [lines.nth(at).get_attribute("id") for at in range(2)]
    for done, key in enumerate(some(keys), start=1):
        assert person.locator("#settled p").count() == 0
        if person.locator(f"#{key}").get_attribute("open") is None:
            person.click(f"#{key} summary")
        person.locator(f"#{key} select[name=class]").select_option("screening-plastic")
        person.locator(f"#{key} button[value=class]").click()
        expect(person.locator("details.line .mark.screening")).to_have_count(done)
    expect(person.locator("#settled p")).to_have_count(1)
    expect(person.locator("#guesses p")).to_have_count(0)
    gizmo = lines.filter(has_text="Gizmo")
    gizmo.locator("> summary").click()
    gizmo.locator("button[value=undo]").click()
    expect(person.locator("details.line.open")).to_have_count(1)
    expect(person.locator("#settled p")).to_have_count(0)


def test_an_estimate_by_material_is_called_in_the_readers_language(
    chromium: Browser, served: Console, tmp_path: Path
) -> None:
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()
    entered(page, served)
    draft = at_lines(page, served, speaker(tmp_path / "zh.xlsx"))
    line = page.locator("details.line[open]")
    line.locator("select[name=class]").select_option("screening-steel-stainless")
    chosen = line.locator("select[name=class] option:checked").inner_text()
    assert "用“钢铁”的数据" in chosen, "two sheets of stainless steel are too few"
    line.locator("button[value=class]").click()
    expect(page.locator("summary .mark.screening")).to_have_count(1)
    shown = page.locator("details.line.screening .means").inner_text()
    assert shown == "按材料类别估算：不锈钢"
    page.goto(f"{draft}/result")
    assert "Screening figure" not in (page.text_content("main") or "")
    context.close()


def test_whoever_signs_in_again_comes_back_to_his_page(
    chromium: Browser, served: Console, tmp_path: Path
) -> None:
    token = with_token(served, "Li Wei", ("maker",))
    context = chromium.new_context(locale="en")
    page = context.new_page()
    page.goto(f"{served.address}/sign-in")
    page.fill("#token", token)
    page.click("main button")
    draft = at_lines(page, served, speaker(tmp_path / "again.xlsx"))
    other = context.new_page()
    other.goto(f"{served.address}/products")
    other.click("header form button")
    page.locator("details.line[open] button[value=later]").click()
    page.click("main a.button[href^='/sign-in?to=']")
    page.fill("#token", "wrong")
    page.click("main button")
    page.fill("#token", token)
    page.click("main button")
    page.wait_for_url(f"{draft}/match")
    context.close()


def test_signing_in_leads_to_no_other_place(served: Console) -> None:
    token = with_token(served, "Wang Fang", ("maker",))
    headers = {"Sec-Fetch-Site": "same-origin"}
    places = {
        "/products?q=a": "/products?q=a",
        "//evil.example/": "/",
        "https://evil.example/products": "/",
        "/\\evil.example": "/",
        "products": "/",
        "/no-such-page": "/",
        "http://[": "/",
        "": "/",
    }
    for to, goes in some(places.items()):
        said = {"token": token, "to": to}
        answer = httpx.post(
            f"{served.address}/sign-in", data=said, headers=headers, trust_env=False, timeout=60
        )
        assert (answer.status_code, answer.headers["location"]) == (303, goes), to
