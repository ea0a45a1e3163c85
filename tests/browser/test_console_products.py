"""Products in a real browser: keep, find again, go on, and the files for a buyer."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from console_kit import Console, at_lines, entered, speaker
from playwright.sync_api import Browser, Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


def kept(page: Page, served: Console, file: Path) -> str:
    """Take a file to its result and keep it; the address of the product."""
    draft = at_lines(page, served, file)
    page.goto(f"{draft}/result")
    page.click("form[action$=keep] button")
    page.wait_for_url("**/products/*")
    return page.url


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_a_kept_result_is_found_again_with_the_same_digits_and_its_completeness(
    language: str, chromium: Browser, served: Console, tmp_path: Path
) -> None:
    context = chromium.new_context(locale=language, java_script_enabled=False)
    page = context.new_page()
    entered(page, served)
    draft = at_lines(page, served, speaker(tmp_path / f"kept-{language}.xlsx"))
    page.goto(f"{draft}/result")
    figures = [page.inner_text("#headline .kg"), page.inner_text("#headline .word")]
    page.click("form[action$=keep] button")
    assert [page.inner_text("#headline .kg"), page.inner_text("#headline .word")] == figures
    page.goto(f"{served.address}/products")
    row = page.inner_text("ul.results li >> nth=0")
    assert figures[0] in row
    assert figures[1] in row
    context.close()


def test_a_change_makes_a_further_version_and_the_first_keeps_its_number(
    person: Page, served: Console, tmp_path: Path
) -> None:
    product = kept(person, served, speaker(tmp_path / "first.xlsx"))
    first = person.inner_text("#headline .kg")
    listed = person.locator("#versions-h ~ ul li")
    number = listed.count()
    person.click("form[action$=draft] button")
    person.wait_for_url("**/match")
    line = person.locator("details[open]")
    line.locator("select[name=class]").select_option("screening-plastic")
    with person.expect_response("**/match"):
        line.locator("button[value=class]").click()
    person.goto(person.url.split("/match")[0] + "/result")
    assert person.locator("input[name=product]:checked").input_value() in product
    person.click("form[action$=keep] button")
    person.wait_for_url(product)
    second = person.inner_text("#headline .kg")
    assert second != first
    person.goto(f"{product}?version={number}")
    assert person.inner_text("#headline .kg") == first
    assert listed.count() == number + 1


def test_a_product_is_called_otherwise(person: Page, served: Console, tmp_path: Path) -> None:
    kept(person, served, speaker(tmp_path / "named.xlsx"))
    person.fill("#name", "Speaker <S1>")
    person.click("form[action$=name] button")
    person.wait_for_load_state()
    assert person.inner_text("h1") == "Speaker <S1>"


def test_the_answer_pack_and_each_file_are_downloaded(
    person: Page, served: Console, tmp_path: Path
) -> None:
    product = kept(person, served, speaker(tmp_path / "files.xlsx"))
    found = {}
    for form in ("answer", "pdf", "html", "xlsx"):
        answer = person.request.get(f"{product}/files/{form}?version=1&lang=zh")
        assert answer.ok
        assert "attachment" in answer.headers["content-disposition"]
        found[form] = answer.body()
    assert found["pdf"].startswith(b"%PDF")
    assert found["xlsx"].startswith(b"PK")
    names = zipfile.ZipFile(io.BytesIO(found["answer"])).namelist()
    assert {"report-zh.pdf", "read-me-zh.txt"} <= set(names)


def test_a_pact_file_that_cannot_be_made_leads_to_what_it_lacks(
    person: Page, served: Console, tmp_path: Path
) -> None:
    product = kept(person, served, speaker(tmp_path / "pact.xlsx"))
    person.click(f"a[href*='{product.rsplit('/', 1)[1]}/files/pact']")
    person.wait_for_url("**pact=1*")
    assert "Company is missing" in person.inner_text("#errors")
    person.click("button[value=facts]")
    person.wait_for_url("**/facts?pact=1*")
    person.fill("#company", "Example Audio Ltd")
    person.click("button.large")
    person.wait_for_url("**/match")
    person.goto(person.url.split("/match")[0] + "/facts?pact=1")
    assert person.input_value("#company") == "Example Audio Ltd"
    assert "Company is missing" not in person.inner_text("#errors")


def test_another_tenants_product_is_as_unknown_as_none(
    person: Page, served: Console, tmp_path: Path
) -> None:
    product = kept(person, served, speaker(tmp_path / "own.xlsx"))
    assert person.request.get(product).status == 200
    unknown = f"{served.address}/products/00000000-0000-4000-8000-000000000000"
    assert person.request.get(unknown).status == 404
