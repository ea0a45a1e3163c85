"""What forms of the console take as they are sent, over HTTP: a material with its weight, a market,
a parts list of a supplier, what is still open of a request."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import partial

import httpx
import pytest
from buyers_kit import QUESTIONS, campaign_pages
from console_kit import Console, console
from served import BOM, own_bom
from test_console_mistakes import TIER, drafted, product, revision_of, signed_in

from label_templates.console_pages import console_words

EN = console_words("en")
PCR = {"key": "pcr", "do": "yes", "value": "Metal fittings"}
OWN = {"Sec-Fetch-Site": "same-origin"}
#: A line without a mass, and one that has it.
PARTS = b"""\
# name: Tray
# country: CN
# declared_unit: 1 piece
name,quantity,unit,unit mass (g)
Odd gadget,1,piece,
Odd widget,1,piece,20
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console(tmp_path_factory.mktemp("choices")) as made:
        yield made


@pytest.fixture(scope="module")
def clerk(served: Console) -> Iterator[httpx.Client]:
    with signed_in(served.site) as client:
        yield client


def _lines(clerk: httpx.Client, path: str) -> dict[str, tuple[str, str]]:
    """The key and the part of the page of each line, by its name."""
    found = {}
    for part in clerk.get(f"{path}?lang=en").text.split('<details class="line')[1:]:
        key = re.search(r'id="line-([^"]+)"', part)
        name = re.search(r"Odd (?:gadget|widget)", part)
        if key and name:
            found[name[0]] = (key[1], part)
    return found


@pytest.mark.parametrize(
    ("line", "kind", "mass", "says"),
    [
        ("Odd gadget", "", "12 g", "pick_class"),
        ("Odd gadget", "metal", "", "mass_needed"),
        ("Odd gadget", "metal", "12", "mass_wrong"),
        ("Odd gadget", "metal", "12 g", ""),
        ("Odd widget", "metal", "", ""),
        ("Odd widget", "", "", "pick_class"),
    ],
)
def test_a_material_counts_by_a_mass_that_is_known(
    line: str, kind: str, mass: str, says: str, clerk: httpx.Client
) -> None:
    path = f"{drafted(clerk, PARTS)}/match"
    key, part = _lines(clerk, path)[line]
    classes = dict.fromkeys(re.findall(r'<option value="([^"]+)"', part.partition("class-")[2]))
    chosen = next(iter(classes)) if kind else ""
    sent = {"revision": revision_of(clerk.get(path)), "line": key, "do": "class"}
    answer = clerk.post(f"{path}?lang=en", data=sent | {"class": chosen, "mass": mass})
    if says:
        assert answer.status_code == 422
        slip = re.findall(rf'id="slip-{key}"[^>]*>([^<]*)<', answer.text)
        assert [html.unescape(one) for one in slip] == [EN.say(says)]
    else:
        assert answer.status_code == 303
        assert re.search(r'<span class="kg">[\d.]+ kg', _lines(clerk, path)[line][1])


@pytest.mark.parametrize(
    ("asked", "shown"), [("jp-cfp-display", ["jp-cfp-display"]), ("mars", []), ("", [])]
)
def test_tiers_are_shown_for_a_market_that_there_is(
    asked: str, shown: list[str], clerk: httpx.Client
) -> None:
    page = clerk.get(f"{drafted(clerk, BOM.encode())}/tiers", params={"market": asked}).text
    markets = page.partition('<select id="market"')[2].partition("</select>")[0]
    assert len(re.findall(r'<option value="([^"]*)"', markets)) > len(shown) + 1
    assert re.findall(r'<option value="([^"]*)" selected', markets) == shown


@pytest.mark.parametrize(
    ("form", "table", "says"),
    [
        (
            {"mass": "heavy"},
            BOM.replace("# mass: 0.5 kg\n", ""),
            "“Weight of one (such as 0.5 kg)”: 'heavy' is not an amount",
        ),
        ({"mass": "heavy"}, BOM, "row 6, column mass: 'mass' is given twice"),
        ({}, BOM.replace("0.55,kg", "0.55,furlong"), "row 9, column unit: unit 'furlong' is"),
    ],
)
def test_a_supplier_reads_which_field_or_row_of_his_is_wrong(
    form: dict[str, str], table: str, says: str, served: Console
) -> None:
    path = campaign_pages(served)["answer 0"]
    post = partial(served.site.visitor.post, f"{path}?lang=en", headers=OWN)
    assert post(data={"do": "begin"}).status_code == 303
    data = {"do": "calculate", "product": "0"} | form
    answer = post(data=data, files={"file": ("list.csv", table.encode())})
    assert answer.status_code == 422
    (errors,) = re.findall(r'<div class="errors".*?</ul>', answer.text, re.DOTALL)
    assert f'<li lang="en">{says}' in html.unescape(errors)


def test_a_request_names_the_questions_that_are_still_open(
    served: Console, clerk: httpx.Client
) -> None:
    made = served.site.client.post("/v1/requests", json={"buyer": "Cars"}).json()
    no = {one: {"state": "declined", "words": "No"} for one in QUESTIONS[:2]}
    path = f"/requests/{made['id']}"
    served.site.client.put(f"/v1{path}", json={"revision": 1, "answers": no})
    text = html.unescape(clerk.get(f"{path}?lang=en").text)
    left = EN["list_comma"].join(EN.word("questions", one) for one in QUESTIONS[2:])
    assert f"<p>{EN.say('request_pack_open', questions=left)}</p>" in text


def test_a_term_is_one_month_to_as_many_as_the_rules_give(
    served: Console, clerk: httpx.Client
) -> None:
    order = f"{product(served.site, clerk)}/order?{TIER}&lang=en"
    refused = clerk.get(f"{order}&months=999").text
    (most,) = re.findall(r'id="months-error">[^<]*?(\d+)[^<\d]*<', refused)
    for months, taken in (("0", False), ("1", True), (most, True), (f"{int(most) + 1}", False)):
        page = clerk.get(f"{order}&months={months}").text
        assert ("months-error" in page) != taken


def test_the_desk_calls_a_draft_a_draft(served: Console, clerk: httpx.Client) -> None:
    for draft, says in ((True, "draft"), (False, "in force")):
        number = served.site.certificate(draft=draft)["number"]
        page = clerk.get(f"/desk/certificates/{number}?lang=en").text
        assert f"<dt>State</dt><dd>{says}</dd>" in page


def test_an_answer_leads_to_the_next_question_or_to_the_order(
    served: Console, clerk: httpx.Client
) -> None:
    page = f"{product(served.site, clerk)}/evidence?{TIER}"
    said = {"key": "methods", "do": "later"}
    for change, place in (({"do": "none", "key": "pcr"}, "asks"), (PCR, "earned")):
        sent = clerk.post(page, data=said | change)
        assert sent.headers["location"].rpartition("#")[2] == place


@pytest.mark.parametrize(
    ("table", "heading", "asked", "skipped"),
    [
        (b"name,quantity,unit\nLeg,4,piece\nTotal,4,\n", ("columns_read", 1, 2), False, True),
        (b"name,quantity\nLeg,4\nSeat,1\n", ("columns_read", 2, 2), True, False),
        (b"nothing here\n", ("columns_none", 0, 0), False, False),
    ],
)
def test_a_file_is_shown_as_it_was_read(
    table: bytes, heading: tuple[str, int, int], asked: bool, skipped: bool, clerk: httpx.Client
) -> None:
    page = html.unescape(clerk.get(f"{drafted(clerk, table)}/columns?lang=en").text)
    word, lines, rows = heading
    assert f"<h1>{EN.say(word, lines=lines, rows=rows)}</h1>" in page
    assert ('name="unit"' in page) == asked
    assert (EN.say("skipped", count=1) in page) == skipped


def test_how_sure_a_result_is_is_told_where_it_is_asked_for(clerk: httpx.Client) -> None:
    result = f"{drafted(clerk, own_bom())}/result"
    says = EN.say("interval", low="LOW", high="HIGH").partition("LOW")[0]
    pages = [clerk.get(f"{result}?lang=en{asked}").text for asked in ("", "&interval=1")]
    assert [says in page for page in pages] == [False, True]
    assert ['href="?interval=1"' in page for page in pages] == [True, False]


def test_next_steps_have_a_column_once_somebody_has_answered(
    served: Console, clerk: httpx.Client
) -> None:
    pages = campaign_pages(served)
    links, secret = served.site.service.desk.links, pages["answer 0"].rpartition("/")[2]
    heading = f'<th scope="col">{EN.say("campaign_next")}</th>'
    board = f"{pages['campaign']}?lang=en"
    assert heading not in clerk.get(board).text  # another one has declined
    for product_asked in (0, 1):
        links.calculate(secret, product_asked, "list.csv", BOM.encode(), {})
    links.send(secret, [])
    assert heading in clerk.get(board).text
