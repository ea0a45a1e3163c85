"""What a walk through the console found: each word and each way on, without a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import httpx
import pytest
from console_kit import console
from evidence import some
from served import Site
from test_console_mistakes import drafted, product, revision_of, signed_in
from test_console_verify import changed, pdf_of

GUESSED = b"name,quantity,unit,weight (g)\nCorrugated tube NW10,1,pcs,20\nSteel plate,1,pcs,900\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with console(tmp_path_factory.mktemp("walk")) as made:
        yield made.site


@pytest.fixture(scope="module")
def clerk(site: Site) -> Iterator[httpx.Client]:
    with signed_in(site) as client:
        yield client


def summary_of(page: str, name: str) -> tuple[str, str]:
    """The key of a line and its summary, by its name."""
    found = re.findall(r'id="line-(\w+)"(.*?)</summary>', page, re.DOTALL)
    return next((key, text) for key, text in found if name in text)


def test_a_match_that_shares_a_word_is_a_guess_until_it_is_confirmed(clerk: httpx.Client) -> None:
    draft = drafted(clerk, GUESSED)
    page = clerk.get(f"{draft}/match?lang=en")
    key, shown = summary_of(page.text, "Corrugated tube")
    assert "Our guess" in shown
    assert "Matched" not in shown
    assert "Guesses of ours that nobody confirmed: 1." in page.text
    (dataset,) = re.findall(
        r'name="dataset" value="([\w-]+)" checked', page.text.partition(f'id="line-{key}"')[2]
    )[:1]
    said = {"revision": revision_of(page), "line": key, "do": "take", "dataset": dataset}
    assert clerk.post(f"{draft}/match", data=said).status_code == 303
    after = clerk.get(f"{draft}/match?lang=en").text
    assert "You chose" in summary_of(after, "Corrugated tube")[1]
    assert "Guesses of ours" not in after


def test_a_draft_is_deleted_after_a_question_only(clerk: httpx.Client) -> None:
    """The button that deletes stands behind a fold, and says what it deletes."""
    draft = drafted(clerk, GUESSED)
    page = clerk.get("/?lang=en").text
    before, _, form = page.partition(f'action="{draft}/delete"')
    assert before.rstrip().endswith('<form method="post"')
    assert before.rpartition("<details")[2].count("</details>") == 0
    assert "for good</button>" in form.partition("</form>")[0]


@pytest.mark.parametrize(("language", "says"), [("en", "not copied whole"), ("zh", "没有复制完整")])
def test_a_link_that_never_was_is_not_called_used(site: Site, language: str, says: str) -> None:
    answer = site.visitor.get(f"/open/{'x' * 43}?lang={language}")
    assert answer.status_code == 410
    assert says in answer.text


def test_the_language_of_the_facts_changes_and_what_was_typed_stays(clerk: httpx.Client) -> None:
    draft = drafted(clerk, GUESSED)
    page = clerk.get(f"{draft}/facts?lang=en").text
    assert re.search(r'<button[^>]*form="facts-form"[^>]*formmethod="get"[^>]*value="zh"', page)
    typed = {"name": "Half a name", "mass": "35", "year": "2024", "amount": "2", "lang": "zh"}
    again = clerk.get(f"{draft}/facts", params=typed).text
    assert 'lang="zh-Hans"' in again
    for value in some(("Half a name", "35", "2024", "2")):
        assert f'value="{value}"' in again


def test_a_change_that_cannot_be_stays_in_its_field(site: Site, clerk: httpx.Client) -> None:
    path = product(site, clerk)
    asked = {"kind": "lighter", "row": "2", "value": "abc"}
    answer = clerk.get(f"{path}/improve", params=asked)
    assert answer.status_code == 422
    assert re.search(r'id="v-lighter"[^>]*value="abc"[^>]*aria-invalid="true"', answer.text)
    assert 'id="v-recycled" name="value" inputmode="decimal" required>' in answer.text


def test_a_supplier_whose_number_is_there_is_not_asked_again(clerk: httpx.Client) -> None:
    draft = drafted(clerk, GUESSED)
    page = clerk.get(f"{draft}/match?lang=en")
    key, _ = summary_of(page.text, "Steel plate")
    asked = 'Ask the supplier of <span lang="">Steel plate</span>'
    assert asked in clerk.get(f"{draft}/result?lang=en").text
    said = {
        "revision": revision_of(page), "line": key, "kg": "2", "unit": "piece", "company": "Stahl",
    }  # fmt: skip
    assert clerk.post(f"{draft}/supplier", data=said).status_code == 303
    result = clerk.get(f"{draft}/result?lang=en").text
    assert asked not in result


@pytest.mark.parametrize(
    ("language", "order"), [("en", ["At least", "kg CO2e", "per piece"]), ("zh", ["每件", "至少"])]
)
def test_a_total_stands_in_the_order_of_its_language(
    clerk: httpx.Client, language: str, order: list[str]
) -> None:
    draft = drafted(clerk, b"name,quantity,unit\nSteel plate,1,kg\nQwxyz,1,pcs\n")
    page = clerk.get(f"{draft}/result?lang={language}").text
    (headline,) = re.findall(r'id="headline">(.*?)</p>', page, re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]+>", "", headline))
    places = [text.index(one) for one in order]
    assert places == sorted(places)


def test_the_answer_of_a_check_has_the_number_and_what_does_not_hold(site: Site) -> None:
    number = site.certificate()["number"]
    pdf = pdf_of(site, number)
    headers = {"Sec-Fetch-Site": "same-origin"}

    def checked(data: bytes) -> str:
        files = {"file": ("certificate.pdf", data)}
        return site.visitor.post("/verify?lang=en", files=files, headers=headers).text

    good = checked(pdf)
    assert "It certifies:" in good
    assert re.search(r"<strong>[\d.]+ k?g CO<sub>2</sub>e</strong> per", good)
    assert "What does not hold:" not in good
    bad = checked(changed(pdf))
    assert "What does not hold:" in bad
    assert "It certifies:" not in bad
    shown = bad.partition("What does not hold:")[2].partition("</section>")[0]
    assert len(re.findall(r'class="code">[A-Z]{3}-\d{3}<', shown)) >= 1
