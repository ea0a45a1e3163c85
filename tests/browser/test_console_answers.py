"""What makers do by the forms of the console, over HTTP: lists, comparisons, files, requests, and
answers of suppliers; each address shows its own thing, and what is none is refused."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest
from buyers_kit import campaign_pages
from console_kit import Console, console
from served import BOM, Site, own_bom
from test_console_mistakes import (
    TOLD,
    drafted,
    kept_product,
    line_needing_weight,
    product,
    revision_of,
    signed_in,
)

from api.console import match, own_certificates, products, public, requests
from api.console.improve_view import MOST_CHANGES
from api.faults import INVALID, STALE_DRAFT
from api.services.access import LOCAL
from api.services.products import Products
from label_templates.console_pages import console_words

EN = console_words("en")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console(tmp_path_factory.mktemp("answers")) as made:
        yield made


@pytest.fixture(scope="module")
def site(served: Console) -> Site:
    return served.site


@pytest.fixture(scope="module")
def clerk(site: Site) -> Iterator[httpx.Client]:
    with signed_in(site) as client:
        client.headers["Accept-Language"] = "en"
        yield client


@pytest.fixture(scope="module")
def two(site: Site, clerk: httpx.Client) -> tuple[str, str, str]:
    """The path of a product of two versions, and the ids of both, the newer one first."""
    path = kept_product(clerk, drafted(clerk, own_bom()))
    name = path.rsplit("/", 1)[1]
    heavier = own_bom().replace(b"1,Cold-rolled steel,0.55", b"1,Cold-rolled steel,0.75")
    draft = drafted(clerk, heavier)
    revision = revision_of(clerk.get(f"{draft}/result"))
    clerk.post(f"{draft}/keep", data={"revision": revision, "product": name})
    newer, older = (one.id for one in site.service.products.get(LOCAL, name).versions)
    return path, newer, older


# Comparisons ------------------------------------------------------------------------------------


def test_two_are_compared_and_one_is_not(clerk: httpx.Client, two: tuple[str, str, str]) -> None:
    _, newer, older = two
    page = clerk.get(f"/compare?of={older}&of={newer}").text
    assert "<figure" in page
    assert EN.say("compare_boundaries") not in html.unescape(page)
    assert "<figure" not in clerk.get(f"/compare?of={older}").text
    rows = clerk.get(f"/compare.json?of={older}&of={newer}").json()
    (steel,) = [one for one in rows if one["name"] == "Cold-rolled steel"]
    assert float(steel["b"]) / float(steel["a"]) == pytest.approx(0.75 / 0.55, rel=0.01)
    assert clerk.get(f"/compare.json?of={older}").status_code == 404
    table = clerk.get(f"/compare.csv?of={older}&of={newer}").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(table)))) == len(rows) + 1
    # The product weighs 0.5 kg: twice as much a kilogram, and as much for one.
    for per, by in (("kg", 2.0), ("one", 1.0), ("pound", 1.0)):
        (shown,) = [
            one
            for one in clerk.get(f"/compare.json?of={older}&of={newer}&per={per}").json()
            if one["name"] == "Cold-rolled steel"
        ]
        assert float(shown["a"]) == pytest.approx(float(steel["a"]) * by, rel=0.01)


def test_a_comparison_of_earlier_data_says_what_they_would_be_today(
    site: Site, clerk: httpx.Client, two: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, newer, older = two
    address = f"/compare?of={older}&of={newer}"
    said = re.escape(html.escape(EN.say("today_would_be", now="@"))).replace("@", r"[\d.?]+")
    assert not re.search(said, clerk.get(address).text)
    whole = site.service.variants.compared
    earlier: Any = lambda self, actor, one: with_earlier(whole(actor, one))  # noqa: E731
    monkeypatch.setattr(type(site.service.variants), "compared", earlier)
    assert re.search(said, clerk.get(address).text)


def with_earlier(found: Any) -> Any:
    return replace(found, summary=found.summary | {"inventory": "sha256:before"})


# Changes ----------------------------------------------------------------------------------------


def test_a_change_is_added_to_those_of_the_address(
    clerk: httpx.Client, two: tuple[str, str, str]
) -> None:
    path, _, _ = two
    page = clerk.get(f"{path}/improve").text
    (row,) = re.findall(r'value="(\d+)"[^>]*>[^<]*Cold-rolled steel', page)[:1]
    asked = {"kind": "lighter", "row": row, "value": "10", "version": "1", "c": "grid:VN"}
    led = clerk.get(f"{path}/improve", params=asked).headers["location"]
    assert led == f"{path}/improve?version=1&c=grid%3AVN&c=lighter%3A{row}%3A10"
    del asked["version"]
    led = clerk.get(f"{path}/improve", params=asked).headers["location"]
    assert led == f"{path}/improve?c=grid%3AVN&c=lighter%3A{row}%3A10"
    for number, full in ((MOST_CHANGES - 1, False), (MOST_CHANGES, True)):
        changes = "&".join([f"c=lighter:{row}:1"] * number)
        shown = clerk.get(f"{path}/improve?{changes}")
        assert shown.status_code == 200
        assert ('id="v-lighter"' not in shown.text) == full


# Files ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "begins"),
    [("answer", b"PK"), ("pact", b"{"), ("pdf", b"%PDF"), ("xlsx", b"PK"), ("html", b"<!")],
)
def test_each_file_of_a_version_is_of_its_kind(
    form: str, begins: bytes, site: Site, clerk: httpx.Client
) -> None:
    path = kept_product(clerk, drafted(clerk, whole()))
    answer = clerk.get(f"{path}/files/{form}")
    assert answer.status_code == 200
    assert answer.content.lstrip().startswith(begins)
    assert ("answer.zip" in answer.headers["content-disposition"]) == (form == "answer")


def whole() -> bytes:
    """A list with everything that a PACT file names."""
    more = b"# company_ids: urn:example:company\n"
    return more + own_bom()


def test_a_file_that_is_none_or_of_earlier_data_is_refused(
    site: Site, clerk: httpx.Client, two: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _, _ = two
    assert clerk.get(f"{path}/files/docx").status_code == 404
    without = kept_product(clerk, drafted(clerk, bare()))
    led = clerk.get(f"{without}/files/pact").headers["location"]
    assert led == f"{without}?version=1&pact=1#errors"
    lacks = html.escape(EN.say("pact_lacks"))
    assert lacks in clerk.get(led).text
    assert lacks not in clerk.get(without).text


def bare() -> bytes:
    """A list that names no company."""
    return own_bom().replace(b"# company: Example Metal Ltd\n", b"")


def test_files_of_a_draft(clerk: httpx.Client) -> None:
    draft = drafted(clerk, whole())
    assert clerk.get(f"{draft}/files/pact").json()["productNameCompany"]
    assert clerk.get(f"{draft}/files/pdf").content.startswith(b"%PDF")
    assert clerk.get(f"{draft}/files/docx").status_code == 404
    without = drafted(clerk, bare())
    led = clerk.get(f"{without}/files/pact").headers["location"]
    assert led == f"{without}/facts?pact=1#errors"


def test_a_version_of_the_address_is_shown(
    site: Site, clerk: httpx.Client, two: tuple[str, str, str]
) -> None:
    path, _, _ = two
    newest = html.escape(EN.say("newest_version"))
    assert newest not in clerk.get(path).text
    assert newest not in clerk.get(f"{path}?version=2").text
    assert newest in clerk.get(f"{path}?version=1").text
    assert clerk.get(f"{path}?version=99999999").status_code == 404
    # A number that is too long is none: the newest version is shown.
    assert clerk.get(f"{path}?version=999999999").status_code == 200
    assert 'id="today"' not in clerk.get(path).text


def test_a_version_of_earlier_data_says_what_it_would_be_today(
    clerk: httpx.Client, two: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    class _Now:
        total = 42.0

    monkeypatch.setattr(Products, "today", lambda *_: _Now())
    page = clerk.get(two[0]).text
    assert 'id="today"' in page
    assert "42.0" in page


# Lists that are paged ---------------------------------------------------------------------------


def test_a_list_that_just_fills_its_page_has_no_further_one(
    site: Site, clerk: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        site.certificate()
    client = site.client
    for buyer in ("A", "B"):
        client.post("/v1/requests", json={"buyer": buyer})
    counts = {
        (public, "/register"): len(clerk.get("/register.json").json()),
        (own_certificates, "/certificates"): len(
            site.service.certificates.listed(LOCAL, 999, ended=False)
        ),
        (products, "/products"): len(site.service.products.listed(LOCAL, 999)),
        (requests, "/requests"): len(client.get("/v1/requests").json()["requests"]),
    }
    for (module, path), number in counts.items():
        assert number > 1
        for page, more in ((number, False), (number - 1, True)):
            monkeypatch.setattr(module, "_PAGE", page)
            assert ("cursor=" in clerk.get(path).text) == more


def test_a_list_of_requests_is_narrowed_by_a_state_that_there_is(clerk: httpx.Client) -> None:
    assert "/requests/" in clerk.get("/requests?state=open").text
    everything = clerk.get("/requests").text
    assert clerk.get("/requests?state=never").text.count("/requests/") == everything.count(
        "/requests/"
    )
    assert clerk.get("/requests?state=declined").text.count('href="/requests/') == 0


# Lines ------------------------------------------------------------------------------------------


def test_of_two_quick_choices_the_later_one_counts(clerk: httpx.Client) -> None:
    path, key, card = line_needing_weight(clerk)
    said = {"revision": revision_of(clerk.get(path)), "line": key, "page": "p1", "do": "take"}
    said |= {"dataset": card}

    def takes(order: str, mass: str) -> int:
        headers = {"X-Order": order, "X-Fragment": "1"}
        return clerk.post(path, data=said | {"mass": mass}, headers=headers).status_code

    def kg() -> float:
        line = clerk.get(path).text.split(f'id="line-{key}"')[1].split("</summary>")[0]
        return float(re.findall(r'class="kg">([\d.]+) kg', line)[0])

    assert takes("2", "10 g") == 200
    ten = kg()
    for order, mass, counts in (
        ("1", "20 g", 1),  # it was sent before, and comes late
        ("2", "30 g", 3),
        ("3", "40 g", 4),
        ("9" * 9, "50 g", 4),  # an order of nine digits is none: it counts as the first
    ):
        assert takes(order, mass) == 200
        assert kg() == pytest.approx(ten * counts, rel=0.02)
    # From another page it came too late.
    other = clerk.post(path, data=said | {"page": "p2", "mass": "17 g"})
    assert other.status_code == 409
    assert html.escape(EN.say("behind")) in other.text


def test_a_choice_that_was_overtaken_is_tried_again(
    site: Site, clerk: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key, card = line_needing_weight(clerk)
    said = {"revision": revision_of(clerk.get(path)), "line": key, "do": "take", "mass": "1 g"}
    wrong = clerk.post(path, data=said | {"dataset": "no-such-dataset"})
    assert wrong.status_code == 422
    assert clerk.post(path, data=said | {"do": "bless"}).status_code == 422
    drafts = type(site.service.drafts)
    sound, times = drafts.choose, [0]

    def overtaken(self: Any, *said: Any) -> Any:
        times[0] += 1
        if times[0] == 1:
            raise STALE_DRAFT.refuse("It was changed.")
        return sound(self, *said)

    monkeypatch.setattr(drafts, "choose", overtaken)
    done = clerk.post(path, data=said | {"dataset": card, "page": "p"})
    assert (done.status_code, times[0]) == (303, 2)


def test_a_search_shows_cards_with_the_mass_of_all_that_is_part(clerk: httpx.Client) -> None:
    table = b"name,quantity,unit,weight (g)\nOdd gadget,1,pcs,100\nPacking note,1,pcs,300\n"
    path = f"{drafted(clerk, table)}/match"
    keys = dict(re.findall(r'id="line-(\w+)".*?lang="">([^<]*)<', clerk.get(path).text, re.DOTALL))
    key = {name: at for at, name in keys.items()}
    said = {"revision": revision_of(clerk.get(path)), "line": key["Packing note"]}
    assert clerk.post(path, data=said | {"do": "not-part"}).status_code == 303
    before = clerk.get(path).text
    sought = {"line": key["Odd gadget"], "do": "search", "search": "steel",
              "revision": revision_of(clerk.get(path))}  # fmt: skip
    found = clerk.post(path, data=sought, headers={"X-Fragment": "1"}).text

    def line(page: str) -> str:
        return page.split(f'id="line-{key["Odd gadget"]}"')[1].split("</summary>", maxsplit=1)[0]

    # It is all of the mass, before the search and after it.
    for page in (before, found):
        assert re.search(r'<span class="kg">100\s% of the mass<', line(page))
    assert "steel" in found.split(f'id="line-{key["Odd gadget"]}"')[1].split("<details class")[0]
    # Of a page that was behind, the part around the line is sent.
    late = sought | {"do": "later", "revision": "1"}
    answer = clerk.post(path, data=late, headers={"X-Fragment": "1"})
    assert answer.status_code == 409
    assert f'id="line-{key["Odd gadget"]}"' in answer.text


def test_a_page_that_was_behind_shows_the_lines_around_its_own(
    clerk: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = b"name,quantity,unit\n" + b"".join(b"Odd %c,1,pcs\n" % at for at in b"ABCD")
    path = f"{drafted(clerk, table)}/match"
    keys = re.findall(r'<details class="line[^>]*id="line-(\w+)"', clerk.get(path).text)
    assert len(keys) == 4
    monkeypatch.setattr(match, "PAGE", 2)
    said = {"revision": "0", "line": keys[2], "do": "later"}
    answer = clerk.post(path, data=said, headers={"X-Fragment": "1"}).text
    assert re.findall(r'<details class="line[^>]*id="line-(\w+)"', answer) == keys[2:]


@pytest.mark.parametrize(("year", "status"), [("2026", 303), ("2027", 422), ("", 303)])
def test_a_suppliers_number_is_of_this_year_or_before(
    year: str, status: int, clerk: httpx.Client
) -> None:
    path, key, _ = line_needing_weight(clerk)
    good = {"kg": "1.5", "unit": "kilogram", "company": "ACME", "year": year, "mass": "12 g"}
    sent = good | {"revision": revision_of(clerk.get(path)), "line": key}
    answer = clerk.post(f"{path.removesuffix('match')}supplier", data=sent)
    assert answer.status_code == status


def test_a_suppliers_number_that_was_overtaken_is_said_so(
    clerk: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, key, _ = line_needing_weight(clerk)
    good = {"kg": "1.5", "unit": "kilogram", "company": "ACME", "mass": "12 g"}
    sent = good | {"revision": revision_of(clerk.get(path)), "line": key}

    def refused(fault: Any) -> int:
        def choose(*_: Any) -> Any:
            raise fault.refuse("No.")

        monkeypatch.setattr("api.console.supplier_numbers.choose_supplier", choose)
        return clerk.post(f"{path.removesuffix('match')}supplier", data=sent).status_code

    assert refused(STALE_DRAFT) == 409
    assert refused(INVALID) == 422


# Columns ----------------------------------------------------------------------------------------


def test_answers_about_columns_stay_beside_another_one(site: Site, clerk: httpx.Client) -> None:
    table = b"Stand\n\nname,amount,weight\nPlate,1,600\nBolt,2,5\n"
    draft = drafted(clerk, table)
    said = {"header_row": "3", "header_was": "1", "do": "look", "heading-0": "weight",
            "means-0": "unit_mass:g", "heading-1": "name", "means-1": "name"}  # fmt: skip
    assert clerk.post(f"{draft}/columns", data=said).status_code == 303

    def options() -> Any:
        return site.service.drafts.get(LOCAL, draft.rsplit("/", 1)[1]).draft.options

    columns = {"weight": ("unit_mass", "g"), "name": ("name", None)}
    assert (options().header_row, dict(options().columns)) == (3, columns)
    again = {"header_row": "3", "header_was": "3", "do": "look", "unit": "piece"}
    assert clerk.post(f"{draft}/columns", data=again).status_code == 303
    assert (options().header_row, dict(options().columns)) == (3, columns)
    assert options().unit == "piece"


# Schemes and data -------------------------------------------------------------------------------


def test_schemes_and_data_are_shown_where_they_are(site: Site) -> None:
    page = site.visitor.get("/schemes?lang=en").text
    groups = page.split("<h2")[1:]
    assert len(groups) > 1
    names = [set(re.findall(r'href="/schemes/([\w-]+)"', one)) for one in groups]
    assert not names[0] & names[1]
    assert site.visitor.get("/schemes/th-tgo").status_code == 200
    assert site.visitor.get("/schemes/no-such").status_code == 404
    assert site.visitor.get("/data/no-such").status_code == 404
    inventory = site.service.inventory
    entry = next(
        one for one in inventory.datasets.values()
        if any(name != one.source and name in inventory.sources for name in one.uses)
    )  # fmt: skip
    shown = html.unescape(site.visitor.get(f"/data/{entry.id}?lang=en").text)
    for name in (entry.source, *entry.uses):
        assert inventory.sources[name]["citation"] in shown


# Orders -----------------------------------------------------------------------------------------


def test_an_order_in_the_way_of_another_is_named(site: Site, clerk: httpx.Client) -> None:
    path = product(site, clerk)
    order = f"{path}/order?{TOLD}"
    made = clerk.post(order, data={"months": "", "key": "a"}).headers["location"]
    number = made.rsplit("/", 1)[1]
    again = clerk.get(order).text
    assert number in again
    replaced = clerk.get(f"{order}&replaces={number}").text
    assert 'name="replace"' in again
    assert 'name="replace"' not in replaced


# Requests of buyers -----------------------------------------------------------------------------


def test_the_file_that_a_request_came_as_can_be_had_again(clerk: httpx.Client) -> None:
    files = {"file": ("问卷.csv", BOM.encode())}
    path = clerk.post("/requests", data={"buyer": "Cars"}, files=files).headers["location"]
    assert f'<a href="{path}/files/asked" lang="">问卷.csv</a>' in clerk.get(path).text
    kept = clerk.get(f"{path}/files/asked")
    assert kept.content == BOM.encode()
    assert kept.headers["content-disposition"].endswith("''%E9%97%AE%E5%8D%B7.csv")


def test_a_request_is_answered_by_its_forms(site: Site, clerk: httpx.Client) -> None:
    taken = clerk.post("/requests", data={"buyer": "Cars", "due": "2026-12-01"})
    path = taken.headers["location"]
    assert clerk.post("/requests", data={"buyer": "X", "due": "soon"}).status_code == 422
    footprint, earlier = site.footprint(), site.footprint()

    def case() -> Any:
        return site.service.desk.cases.get(LOCAL, path.rsplit("/", 1)[1])

    def says(**form: str) -> int:
        return clerk.post(path, data={"revision": str(case().revision), **form}).status_code

    assert says(worker="Li Wei", due="2026-12-24") == 303
    assert (case().worker, case().due.isoformat()) == ("Li Wei", "2026-12-24")
    for wrong in ({"question": "x", "do": "open"}, {"question": "targets", "do": "x"}):
        assert says(**wrong) == 422
    assert says(question="targets", do="declined", words="No") == 303
    assert (case().questions["targets"].state, case().questions["targets"].words) == (
        "declined", "No",
    )  # fmt: skip
    assert says(question="targets", do="open") == 303
    assert case().questions["targets"].state == "open"
    kept = {"title": "Kiln", "fact-what": "A kiln", "fact-since": "2025"}
    assert clerk.post(f"{path}/evidence", data=kept | {"kind": "x"}).status_code == 422
    assert clerk.post(f"{path}/evidence", data=kept | {"kind": "measures"}).status_code == 303
    (piece,) = [one for one in site.service.desk.evidence.listed(LOCAL) if one.title == "Kiln"]
    # A suggested footprint is no evidence of a measure without the one it is held against.
    for against, answered in (("", ""), (earlier, footprint)):
        form = {"question": "measures", "do": "answered", "footprint": footprint}
        assert says(**form, against=against, **{"evidence-0": piece.id}) == 303
        assert case().questions["measures"].footprint == answered
    assert says(question="footprint", do="answered", footprint=footprint) == 303
    assert case().questions["footprint"].footprint == footprint
    energy = {"kind": "clean-energy", "title": "Sun", "fact-period": "2025", "fact-kwh": "2000",
              "fact-clean_kwh": "500"}  # fmt: skip
    assert clerk.post(f"{path}/evidence", data=energy).status_code == 303
    (sun,) = [one for one in site.service.desk.evidence.listed(LOCAL) if one.title == "Sun"]
    form = {"question": "clean-energy", "do": "answered", "footprint": footprint}
    assert says(**form) == 303
    assert case().questions["clean-energy"].footprint == footprint
    assert says(**form, **{"evidence-0": sun.id}) == 303
    assert case().questions["clean-energy"].footprint == ""
    left = [name for name, one in case().questions.items() if one.state == "open"]
    assert left == ["targets"]
    page = clerk.get(path).text
    assert html.escape(EN.word("questions", "targets")) in page
    assert says(question="targets", do="declined", words="No") == 303
    for language in ("zh", "en"):
        made = clerk.post(f"{path}/packs", data={"language": language})
        assert made.headers["location"] == f"{path}#pack"
        named = {f"report.{one}.pdf" for one in ("zh", "en")}
        made_of = [one.manifest for one in site.service.desk.packs.of_case(case())]
        found = {name for name in named for text in made_of if name in text}
        assert found == ({"report.zh.pdf"} if language == "zh" else named)
    assert clerk.post(f"{path}/outcome", data={"outcome": "x"}).status_code == 422
    pack = site.service.desk.packs.of_case(case())[0].id
    sent = clerk.post(f"{path}/packs/{pack}", data={"how": "mail"})
    assert (sent.headers["location"], case().state) == (f"{path}#pack", "answered")
    assert clerk.post(f"{path}/outcome", data={"outcome": "accepted"}).status_code == 303
    assert case().state == "accepted"


def test_a_supplier_answers_by_his_link(served: Console, site: Site) -> None:
    pages = campaign_pages(served)
    visitor = site.visitor
    headers = {"Sec-Fetch-Site": "same-origin"}
    path = pages["answer 0"]
    for do in ("bless", ""):
        assert visitor.post(path, data={"do": do}, headers=headers).status_code == 422
    assert visitor.post(path, data={"do": "begin"}, headers=headers).status_code == 303
    sent = {"file": ("list.csv", BOM.encode())}
    form = {"do": "calculate", "product": "0"}
    assert visitor.post(path, data=form, files=sent, headers=headers).status_code == 303
    wrong = {"file": ("oops.json", b"{}")}
    answer = visitor.post(path, data=form | {"do": "file"}, files=wrong, headers=headers)
    assert answer.status_code == 422
    said = visitor.post(path, data={"do": "decline", "words": "We make none"}, headers=headers)
    assert said.headers["location"] == path
    board = site.service.desk.campaigns.board(LOCAL, pages["campaign"].rsplit("/", 1)[1])
    assert "declined" in {one.state for one in board.suppliers}
    assert {one.state for one in board.suppliers} >= {"opened", "declined"}


def test_a_campaign_is_over_on_the_day_after_its_last(served: Console, site: Site) -> None:
    path, now = campaign_pages(served)["answer 0"], site.clock.now
    pages = []
    try:
        for day in (18, 19):
            site.clock.now = now.replace(month=12, day=day)
            pages.append(site.visitor.get(f"{path}?lang=en").text)
    finally:
        site.clock.now = now
    assert pages[0] != pages[1]
