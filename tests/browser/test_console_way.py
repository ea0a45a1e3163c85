"""A supplier's way in a real browser: from the link to an honest number, also without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from console_kit import PARTS, Console, at_lines, entered, speaker, total_of, uploaded
from openpyxl import Workbook
from playwright.sync_api import Browser, Page, expect

pytestmark = [
    pytest.mark.browser,
    # Playwright's own event loop is closed by its own thread.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


class Counted:
    """A page on which what a person does is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def press(self, what: str) -> None:
        self.actions += 1
        self.page.click(what)

    def give(self, what: str, file: Path) -> None:
        self.actions += 1
        self.page.set_input_files(what, file)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_from_the_link_to_a_number_in_twelve_actions_with_and_without_script(
    language: str, script: bool, chromium: Browser, served: Console, tmp_path: Path
) -> None:
    """The first, third and fifth figure are the same: a choice changes nothing but its own."""
    context = chromium.new_context(java_script_enabled=script, locale=language)
    by = Counted(context.new_page())
    by.actions += 1
    by.page.goto(served.link())
    by.press("main button")
    by.give("#file", speaker(tmp_path / f"list-{language}-{script}.xlsx"))
    by.press("form.drop button")
    if by.page.url.endswith("/columns"):
        by.press("button.large")
    by.press("button.large")
    first = total_of(by.page)
    assert re.fullmatch(r"\d+\.\d+", first)
    by.press("details[open] button[value=later]")
    expect(by.page.locator("summary .mark.later")).to_have_count(1)
    by.press("#bar .button")
    assert by.page.inner_text("#headline .kg") == first
    word = {"en": "At least", "zh-CN": "至少"}[language]
    says = by.page.inner_text("#headline")
    assert says.startswith(word) if language == "en" else says.startswith(f"每件{word}")
    assert by.actions <= 12
    context.close()


def test_the_way_without_script_ends_at_the_same_number(
    chromium: Browser, served: Console, list_file: Path
) -> None:
    found = []
    for script in (True, False):
        context = chromium.new_context(java_script_enabled=script, locale="en")
        page = context.new_page()
        entered(page, served)
        at_lines(page, served, list_file)
        choose_class(page)
        expect(page.locator("summary .mark.screening")).to_have_count(1)
        page.click("#bar .button")
        found.append(page.inner_text("#headline"))
        context.close()
    assert found[0] == found[1]


def choose_class(page: Page) -> str:
    """Estimate the open line by its material; its name."""
    line = page.locator("details[open]")
    name = line.locator("summary .name").inner_text()
    line.locator("select[name=class]").select_option("screening-plastic")
    line.locator("button[value=class]").click()
    return name


def test_after_a_choice_one_line_is_open_the_next_and_has_the_focus(
    person: Page, served: Console, list_file: Path
) -> None:
    at_lines(person, served, list_file)
    waiting = person.locator("summary .mark.open")
    names = person.locator("summary:has(.mark.open) .name").all_inner_texts()
    before = waiting.count()
    assert before >= 2
    choose_class(person)
    expect(waiting).to_have_count(before - 1)
    expect(person.locator("details[open]")).to_have_count(1)
    assert person.locator("details[open] summary .name").inner_text() == names[1]
    focused = person.evaluate("document.activeElement.querySelector('.name').innerText")
    assert focused == names[1]


def test_lines_are_taken_in_any_order_on_one_page(
    person: Page, served: Console, list_file: Path
) -> None:
    at_lines(person, served, list_file)
    lines = person.locator("details.line:has(summary .mark.open)")
    keys = [one.get_attribute("id") for one in lines.all()]
    assert len(keys) >= 3
    for left, key in ((1, keys[0]), (2, keys[-1])):
        line = person.locator(f"#{key}")
        if line.get_attribute("open") is None:
            line.locator("summary").first.click()
        line.locator("button[value=later]").click()
        expect(person.locator("summary .mark.later")).to_have_count(left)
    assert "behind" not in person.inner_text("#status")


def test_a_suppliers_number_stands_for_a_line_and_is_undone(
    person: Page, served: Console, list_file: Path
) -> None:
    draft = at_lines(person, served, list_file)
    before = total_of(person)
    key = person.locator("details[open]").get_attribute("id")
    line = person.locator(f"#{key}")
    line.locator("details.supplier summary").click()
    line.locator("details.supplier button").click()
    expect(person.locator(f"#{key} .error")).to_be_visible()  # beside the field: the fold is open
    line.locator("input[name=kg]").fill("1,25")
    line.locator("input[name=company]").fill("Sound Works <Ltd>")
    line.locator("details.supplier button").click()
    person.goto(f"{draft}/match?line={str(key).removeprefix('line-')}")
    amount = 2 if "喇叭" in person.inner_text(f"#{key} summary .name") else 1
    assert person.inner_text(f"#{key} summary .kg") == f"{1.25 * amount:.2f} kg"
    assert total_of(person) != before
    person.locator(f"#{key} button[value=undo]").click()
    expect(person.locator(f"#{key} summary .mark.open")).to_have_count(1)
    assert total_of(person) == before


def test_a_row_that_was_skipped_is_a_line_where_a_person_says_so(
    person: Page, served: Console, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["Name", "Quantity", "Unit", "Unit mass (g)"], ["Cover", 1, "pcs", 85],
                ["Total control unit", 1, "pcs", 40], ["Spare fuse", 0, "pcs", 2]):  # fmt: skip
        sheet.append(row)
    book.save(tmp_path / "skipped.xlsx")
    uploaded(person, served, tmp_path / "skipped.xlsx")
    person.click("details:has(button[name=line_row]) summary")
    skipped = person.locator("button[name=line_row]")
    before = skipped.count()
    assert before >= 1
    skipped.first.click()
    expect(person.locator("button[name=skip_row]")).to_have_count(1)
    assert skipped.count() == before - 1
    person.locator("button[name=skip_row]").click()
    expect(person.locator("button[name=skip_row]")).to_have_count(0)
    assert skipped.count() == before


def test_after_a_choice_every_figure_of_the_total_is_the_same(
    person: Page, served: Console, list_file: Path
) -> None:
    draft = at_lines(person, served, list_file)
    first = total_of(person)
    choose_class(person)
    expect(person.locator("summary .mark.screening")).to_have_count(1)
    total = total_of(person)
    assert total != first
    assert f" {total} " in person.inner_text("#status")
    assert f" {total} " in (person.text_content("#bar svg desc") or "")
    person.goto(f"{draft}/result")
    assert person.inner_text("#headline .kg") == total
    assert f" {total} " in (person.text_content(".covered svg desc") or "")
    drawn = person.locator("#sankey-title").locator("xpath=..").text_content() or ""
    assert f" {total}" in drawn


def test_while_a_line_is_open_the_total_is_at_least_and_what_is_left_out_is_drawn(
    person: Page, served: Console, list_file: Path
) -> None:
    draft = at_lines(person, served, list_file)
    assert person.inner_text("#bar .word") == "At least"
    person.goto(f"{draft}/result")
    assert person.inner_text("#headline .word") == "At least"
    picture = person.locator("figure.broad svg").first
    assert "Not counted yet" in (picture.text_content() or "")
    assert "?" in (picture.text_content() or "")
    assert picture.locator("rect[stroke-dasharray]").count() == 1


def test_each_card_gives_what_the_line_adds_once_it_is_taken(
    person: Page, served: Console, list_file: Path
) -> None:
    draft = at_lines(person, served, list_file)
    person.wait_for_load_state()
    lines = person.locator("details.line:has(.card:nth-of-type(2))")
    taken = 0
    for key in [line.get_attribute("id") or "" for line in lines.all()][:4]:
        person.goto(f"{draft}/match?line={key.removeprefix('line-')}")
        for at in range(person.locator(f"#{key} .card .gives strong").count()):
            line = person.locator(f"#{key}")
            if line.get_attribute("open") is None:
                line.locator("summary").first.click()
            said = line.locator(".card .gives strong").nth(at).inner_text()
            line.locator(".card:has(.gives strong) input").nth(at).check()
            line.locator("button[value=take]").click()
            expect(person.locator(f"#{key} summary .mark.chosen")).to_have_count(1)
            expect(person.locator(f"#{key} summary .kg")).to_have_text(f"{said} kg")
            taken += 1
    assert taken >= 5


def test_arrows_through_the_cards_change_no_number_and_enter_takes(
    person: Page, served: Console, list_file: Path
) -> None:
    at_lines(person, served, list_file)
    line = person.locator("details.line:has(.card:nth-of-type(2))").first
    key = line.get_attribute("id")
    person.focus(f"#{key} summary")
    person.keyboard.press("Enter")
    before = total_of(person)
    person.focus(f"#{key} .card input:not(:disabled) >> nth=0")
    person.keyboard.press("ArrowDown")
    person.keyboard.press("ArrowDown")
    person.wait_for_timeout(300)
    assert total_of(person) == before
    person.keyboard.press("Enter")
    expect(person.locator(f"#{key} summary .mark.chosen")).to_have_count(1)


def test_the_lines_are_worked_from_first_to_last_by_keyboard_alone(
    person: Page, served: Console, list_file: Path
) -> None:
    at_lines(person, served, list_file)
    for _ in range(10):
        if person.locator("summary .mark.open").count() == 0:
            break
        before = person.locator("summary .mark.open").count()
        tabs_to(person, "value", "later")
        person.keyboard.press("Enter")
        expect(person.locator("summary .mark.open")).to_have_count(before - 1)
        assert person.evaluate("document.activeElement.tagName") != "BODY"
    assert person.locator("summary .mark.open").count() == 0


def tabs_to(page: Page, name: str, value: str) -> None:
    """Press Tab until an element of the open line with this attribute has the focus."""
    for _ in range(400):
        page.keyboard.press("Tab")
        reached = page.evaluate(f"document.activeElement.getAttribute('{name}')")
        inside = page.evaluate("Boolean(document.activeElement.closest('details[open]'))")
        if reached == value and inside:
            return
    raise AssertionError(f"no Tab leads to {name}={value}")


def test_a_unit_in_the_heading_is_applied_before_anything_is_calculated(
    person: Page, served: Console, tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["名称", "用量", "单重(g)", "材料"],
        ["上盖", 1, 85, "ABS"],
        ["下盖", 2, 40, "ABS"],
    ):
        sheet.append(row)
    book.save(tmp_path / "grams.xlsx")
    uploaded(person, served, tmp_path / "grams.xlsx")
    assert "weight of one (g)" in person.inner_text("table.sheet")
    person.click("button.large")
    person.click("button.large")
    text = person.locator("details.line").first.text_content() or ""
    assert "85.0 g" in text


def test_the_second_file_of_a_layout_goes_straight_to_the_facts(
    person: Page, served: Console, tmp_path: Path
) -> None:
    first, second = speaker(tmp_path / "may.xlsx"), speaker(tmp_path / "june.xlsx")
    at_lines(person, served, first)
    uploaded(person, served, second)
    assert "/facts" in person.url
    assert "june.xlsx" in person.inner_text("main .note")


def test_the_list_is_the_one_that_the_tests_think_it_is() -> None:
    assert len(PARTS) == 15
