"""Changes with their effect, variants, and comparisons whose digits never change, in a browser."""

from __future__ import annotations

import csv
import io
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from console_kit import Console, entered, pressed
from playwright.sync_api import Browser, Page
from served import BOM

from footprint.inventory.compiled import CompiledInventory

sys.path.append(str(Path(__file__).parents[1] / "analysis"))  # where the toy inventory is made

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@pytest.fixture(params=["en", "zh-CN"])
def clerk(request: pytest.FixtureRequest, chromium: Browser, served: Console) -> Iterator[Page]:
    context = chromium.new_context(locale=request.param, java_script_enabled=False)
    page = context.new_page()
    entered(page, served)
    yield page
    context.close()


def kept(page: Page, served: Console, file: Path, bom: str) -> str:
    """Keep a list as a product of its own; its address."""
    file.write_text(bom, "utf-8")
    page.goto(f"{served.address}/")
    page.set_input_files("#file", file)
    page.click("form.drop button")
    page.goto(page.url.rsplit("/", 1)[0] + "/result")
    new = page.locator("input[name=product][value='']")
    if new.count():
        new.check()
    page.click("form[action$=keep] button")
    return page.url.split("?")[0]


def test_a_change_shows_its_effect_is_kept_as_a_variant_and_compared(
    clerk: Page, served: Console, tmp_path: Path
) -> None:
    product = kept(clerk, served, tmp_path / "bracket.csv", BOM)
    before = clerk.inner_text("#headline .kg")
    clerk.goto(f"{product}/improve")
    clerk.fill("#v-supplier", "1,3")
    clerk.fill("#company", "Steel Works")
    pressed(clerk, "form:has(#v-supplier) button")
    clerk.fill("#v-lighter", "10")
    pressed(clerk, "form:has(#v-lighter) button")
    assert clerk.locator("#then ~ ol li").count() == 2
    after = clerk.inner_text("#after .kg")
    # 0.55 kg of steel: 0.9 times 1.3 kg CO2e a kilogram, and the power as before.
    assert float(after) == pytest.approx(0.55 * 0.9 * 1.3 + 0.502, abs=0.006)
    address = clerk.url
    clerk.reload()
    assert (clerk.url, clerk.inner_text("#after .kg")) == (address, after)
    clerk.fill("#name", "Steel Works, lighter")
    pressed(clerk, "form:has(#name) button")
    figures = clerk.locator("ul.results .kg").all_inner_texts()
    assert figures == [before, after]
    assert "Steel Works, lighter" in clerk.inner_text("main")
    assert re.search(r"(99|100)\u00a0%", clerk.inner_text("#sure + p"))
    rows = clerk.locator("tbody tr").count()
    assert rows == len(clerk.request.get(clerk.url.replace("/compare?", "/compare.json?")).json())
    table = clerk.request.get(clerk.url.replace("/compare?", "/compare.csv?")).text()
    assert len(list(csv.reader(io.StringIO(table)))) == rows + 1
    picture = clerk.locator("figure.broad svg").text_content() or ""
    assert f"{after} kg" in picture


def test_different_units_are_refused_with_the_conversion_offered(
    person: Page, served: Console, tmp_path: Path
) -> None:
    one = kept(person, served, tmp_path / "one.csv", BOM)
    other = BOM.replace("1 piece", "1 kilogram").replace("Wall bracket", "Rail")
    kept(person, served, tmp_path / "other.csv", other)
    person.goto(f"{served.address}/compare")
    boxes = person.locator("input[name=of]")
    labels = person.locator("label.choice").all_inner_texts()
    ids = [boxes.nth(at).get_attribute("value") for at in range(boxes.count())]
    rail = next(id for id, label in zip(ids, labels, strict=True) if label.strip()[:4] == "Rail")
    wall = next(id for id, label in zip(ids, labels, strict=True) if label.strip()[:4] == "Wall")
    person.goto(f"{served.address}/compare?of={wall}&of={rail}")
    assert person.locator("figure").count() == 0
    pressed(person, "a[href*='per=kg']")
    assert person.locator("figure.broad").count() == 1
    assert "per=kg" in person.url
    person.goto(one)
    person.go_back()
    assert "per=kg" in person.url
    assert person.locator("figure.broad").count() == 1


def test_a_shared_link_shows_the_same_digits_after_the_data_were_replaced(
    person: Page, served: Console, tmp_path: Path, chained: CompiledInventory
) -> None:
    product = kept(person, served, tmp_path / "frozen.csv", BOM)
    person.goto(f"{product}/improve?c=lighter:8:20")
    row = person.locator("#r-lighter option").first.get_attribute("value")
    person.goto(f"{product}/improve?c=lighter:{row}:20")
    person.fill("#name", "20 % lighter")
    person.locator("form:has(#name) button").click()
    link, before = person.url, shown(person)
    app, service = served.site.app, served.site.service
    app.state.service = replace(service, inventory=chained)
    try:
        person.goto(link)
        assert shown(person) == before
        assert "?" in person.locator("ul.results .quiet").first.inner_text()
        person.goto(product)
        assert person.inner_text("#headline .kg") == before[0][0]
        assert person.locator("#today").count() == 1
    finally:
        app.state.service = service


def shown(page: Page) -> tuple[list[str], list[str], str, list[str]]:
    """Every figure of a comparison."""
    return (
        page.locator("ul.results .kg").all_inner_texts(),
        page.locator("tbody td").all_inner_texts(),
        page.inner_text("#sure + p"),
        page.locator("figure.broad text").all_text_contents(),
    )


def test_filters_of_the_register_survive_back_forward_and_reload(
    person: Page, served: Console
) -> None:
    served.site.certificate()
    person.goto(f"{served.address}/register?q=bracket&state=issued")
    first = person.locator("ul.results li").count()
    assert first >= 1
    person.goto(f"{served.address}/register?q=nothing-such&state=all")
    assert person.locator("ul.results li").count() == 0
    person.go_back()
    assert person.input_value("#q") == "bracket"
    assert person.locator("ul.results li").count() == first
    person.go_forward()
    person.reload()
    assert person.input_value("#q") == "nothing-such"
    rows = person.request.get(f"{served.address}/register.json?q=bracket&state=issued").json()
    table = person.request.get(f"{served.address}/register.csv?q=bracket&state=issued").text()
    read = list(csv.DictReader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [one["number"] for one in read] == [one["number"] for one in rows]
    assert len(rows) == first
