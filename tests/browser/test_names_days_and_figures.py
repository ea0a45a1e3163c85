"""What stands in lists and headings: names in the reader's language, whole days, and figures."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
import pytest
from buyers_kit import buyers_pages
from console_kit import Console, at_lines, entered, issuing, uploaded
from evidence import some
from playwright.sync_api import Browser, Page

from label_templates.languages import LANGUAGES

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

LIST = """\
# name: Wall bracket
# name_zh: 墙面支架
# country: CN
# declared_unit: 1 piece
# mass: 0.5 kg
# reference_period: 2025-01-01/2025-12-31
id,name,quantity,unit,dataset,stage
1,Cold-rolled steel,0.55,kg,steel-cold-rolled-cn,material
"""
#: Days in the text of a page that a browser may part, and days that stand on two lines.
PARTED = """() => {
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  for (let at = walk.nextNode(); at; at = walk.nextNode()) {
    const of = at.parentElement;
    if (of.closest("code, pre, option, textarea, script, style, svg, .day")) continue;
    found.push(...(at.data.match(/(?<![\\w-])\\d{4}-\\d\\d-\\d\\d(?![\\w-])/g) || []));
  }
  for (const day of document.querySelectorAll(".day"))
    if (day.getClientRects().length > 1) found.push(day.textContent);
  return found;
}"""


def kept(page: Page, served: Console, folder: Path) -> str:
    """Keep the list of a product that has two names; the path of the product."""
    file = folder / "bracket.csv"
    file.write_text(LIST, "utf-8")
    draft = at_lines(page, served, file)
    page.goto(f"{draft}/result")
    page.click("form[action$=keep] button")
    page.wait_for_url("**/products/*")
    return page.url.removeprefix(served.address)


@pytest.mark.parametrize(
    ("language", "named", "other"),
    [("zh-CN", "墙面支架", "Wall bracket"), ("en", "Wall bracket", "墙面支架")],
)
def test_a_product_has_its_name_in_the_language_of_each_page(
    chromium: Browser, served: Console, tmp_path: Path, language: str, named: str, other: str
) -> None:
    context = chromium.new_context(locale=language, java_script_enabled=False)
    page = context.new_page()
    entered(page, served)
    product = kept(page, served, tmp_path)
    page.goto(f"{served.address}{product}")
    page.click("form[action$=draft] button")
    draft = page.url.removeprefix(served.address).rsplit("/", 1)[0]
    order = "?scheme=th-tgo&tier=disclosure"
    own = [f"{product}/{one}" for one in ("tiers", f"evidence{order}", f"order{order}", "improve")]
    others = [f"{draft}/match", f"{draft}/result", f"{draft}/tiers", "/products"]
    for path in some((product, *own, *others)):
        page.goto(f"{served.address}{path}")
        text = page.title() + page.inner_text("main")
        assert named in text, path
        assert other not in text, path
    for word in some((named, other)):
        page.goto(f"{served.address}/products?q={word}")
        assert named in page.inner_text("ul.results"), "found by either name"
    context.close()


def test_a_day_is_never_parted(chromium: Browser, served: Console, tmp_path: Path) -> None:
    number = served.site.certificate()["number"]
    pages = issuing(served) | buyers_pages(served)
    pages |= {"register": "/register", "verify": f"/verify/{number}", "own": "/certificates"}
    pages |= {"one": f"/certificates/{number}", "products": "/products"}
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="zh-CN")
    page = context.new_page()
    entered(page, served)
    pages["product"] = kept(page, served, tmp_path)
    seen = 0
    for name, path in some(pages.items()):
        page.goto(f"{served.address}{path}")
        assert page.evaluate(PARTED) == [], name
        seen += page.locator(".day").count()
    assert seen > 20
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_certificate_in_the_register_has_its_figure(served: Console, language: str) -> None:
    number = served.site.certificate()["number"]
    page = served.site.visitor.get(f"/register?q={number}&lang={language}").text
    card = page[page.index('<ul class="results">') : page.index("</ul>", page.index("results"))]
    assert re.search(r"<strong>1\.93 kg CO<sub>2</sub>e</strong> \S*.{0,3}1", card)


def test_the_rows_of_the_register_have_the_figure_and_per_what(served: Console) -> None:
    number = served.site.certificate()["number"]
    (row,) = served.site.visitor.get(f"/register.json?q={number}").json()
    names = ("shown_amount", "shown_unit", "declared_amount", "declared_unit", "partial")
    assert [row[one] for one in names] == ["1.93", "kg", "1", "piece", False]


def test_what_a_pact_file_lacks_is_opened_where_it_is_stated(
    person: Page, served: Console, tmp_path: Path
) -> None:
    product = kept(person, served, tmp_path)
    person.goto(f"{served.address}{product}/files/pact")
    person.click("button[name=to][value=facts]")
    person.wait_for_url("**/facts?pact=1*")
    assert person.is_visible("#company")
    assert "Company is missing" in person.inner_text("#errors")


def test_figures_stay_in_sight_beside_a_long_name(
    chromium: Browser, served: Console, tmp_path: Path
) -> None:
    """A row whose name has no blank leaves room for its kg, on a phone too."""
    file = tmp_path / "long.csv"
    file.write_text(LIST.replace("Cold-rolled steel", "Coldrolled" * 12), "utf-8")
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en")
    page = context.new_page()
    entered(page, served)
    draft = at_lines(page, served, file)
    page.goto(f"{draft}/result")
    page.click("summary:has-text('As a table')")
    shown = [page.locator("td.n").first.bounding_box()]
    page.click("form[action$=keep] button")
    page.wait_for_url("**/products/*")
    shown.append(page.locator("td.n").first.bounding_box())
    for box in some(shown):
        assert box is not None
        assert 0 < box["x"] + box["width"] <= 390
    context.close()


def test_cells_stand_below_their_headings(person: Page, served: Console, tmp_path: Path) -> None:
    """Also where an export begins each row with an empty cell."""
    rows = (("", "Component number", "Description", "Qty", "Un"), ("", "RM-1", "Lid", "1", "PCS"))
    file = tmp_path / "display.txt"
    file.write_text("".join("\t".join(row) + "\n" for row in rows), "utf-8")
    person.goto(f"{uploaded(person, served, file)}/columns")
    heads = person.locator("table.sheet thead tr").last.locator("th .head").all_inner_texts()
    cells = person.locator("table.sheet tbody tr").first.locator("td").all_inner_texts()
    shown = dict(zip(heads, cells, strict=True))
    assert (shown["Component number"], shown["Description"]) == ("RM-1", "Lid")


def test_a_token_is_called_in_the_head_of_a_page_as_its_owner_called_it(served: Console) -> None:
    client = served.site.client
    secret = client.headers["Authorization"].removeprefix("Bearer ")
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=served.address, headers=headers, trust_env=False) as person:
        entered_by = person.post("/sign-in", data={"token": secret})
        name, _, value = entered_by.headers["set-cookie"].partition(";")[0].partition("=")
        person.cookies.clear()
        person.cookies.set(name, value)
        page = person.get("/products?lang=en").text
    assert ">first token</a>" in page
    assert "token:" not in page


def test_a_public_page_asks_for_no_picture_that_is_not_there(served: Console) -> None:
    number = served.site.certificate()["number"]
    for path in some((f"/verify/{number}", "/verify/FP-0000-0000-0")):
        answer = served.site.visitor.get(path)
        assert '<link rel="icon" href="data:,">' in answer.text
        assert "img-src 'self' data:" in answer.headers["Content-Security-Policy"]
