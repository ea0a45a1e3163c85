"""What the console says to a slip of the hand, without a browser: refused at its field, with what
was typed kept, and a way on."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from console_kit import console
from served import EVIDENCE, Site, own_bom, running, settings_for

from api.services.access import LOCAL
from api.store.register_search import numbers_in_force

TOLD = "scheme=th-tgo&tier=disclosure&lang=en"
UNTOLD = "scheme=uk-carbon-trust&tier=disclosure&lang=en"


@contextmanager
def signed_in(site: Site) -> Iterator[httpx.Client]:
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx.Client(
        base_url=str(site.visitor.base_url), headers=headers, trust_env=False, timeout=60
    ) as client:
        answer = client.post(f"/open/{site.service.sessions.new_link()}")
        name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
        client.cookies.clear()
        client.cookies.set(name, value)
        yield client


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with console(tmp_path_factory.mktemp("mistakes")) as made:
        yield made.site


@pytest.fixture(scope="module")
def clerk(site: Site) -> Iterator[httpx.Client]:
    with signed_in(site) as client:
        yield client


def drafted(clerk: httpx.Client, table: bytes) -> str:
    """The path of a draft of this table."""
    sent = clerk.post("/drafts", files={"file": ("bracket.csv", table)})
    return str(sent.headers["location"]).rsplit("/", 1)[0].partition("?")[0]


def revision_of(page: httpx.Response) -> str:
    (found, *_) = re.findall(r'name="revision" value="(\d+)"', page.text)
    return str(found)


TIER = "scheme=th-tgo&tier=disclosure"


def product(site: Site, clerk: httpx.Client, **more: Any) -> str:
    """The path of a kept product whose evidence earns a disclosure."""
    draft = drafted(clerk, own_bom())
    revision = revision_of(clerk.get(f"{draft}/result"))
    kept = clerk.post(f"{draft}/keep", data={"revision": revision, "product": ""})
    path = str(kept.headers["location"]).partition("?")[0]
    site.service.products.say(LOCAL, path.rsplit("/", 1)[1], lambda _: EVIDENCE | more)
    return path


def kept_product(clerk: httpx.Client, draft: str) -> str:
    """Keep a draft; the path of its product."""
    revision = revision_of(clerk.get(f"{draft}/result"))
    kept = clerk.post(f"{draft}/keep", data={"revision": revision, "product": ""})
    return str(kept.headers["location"]).partition("?")[0]


def certificates(site: Site) -> int:
    return len(site.service.certificates.listed(LOCAL))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("typed", ["abc", "-1", "0", "999", "1.5", "²"])
def test_a_term_that_is_no_number_issues_nothing(
    typed: str, language: str, site: Site, clerk: httpx.Client
) -> None:
    before, path = certificates(site), product(site, clerk)
    url = f"{path}/order?{TOLD}&lang={language}"
    answer = clerk.post(url, data={"months": typed, "key": f"{path}{language}"})
    assert answer.status_code == 422
    assert certificates(site) == before
    assert 'aria-invalid="true" aria-describedby="months-error"' in answer.text
    assert f'name="months" inputmode="numeric" maxlength="3" value="{typed}"' in answer.text
    assert {"en": "whole number of months", "zh": "整数月数"}[language] in answer.text


def test_a_term_is_asked_for_where_the_rules_state_none(site: Site, clerk: httpx.Client) -> None:
    checked = EVIDENCE["verification"] | {"kind": "third-party"}
    path = product(site, clerk, methods=["ISO 14067"], verification=checked)
    order = f"{path}/order?{UNTOLD}"
    shown = clerk.get(order)
    assert shown.status_code == 200
    assert 'id="months"' in shown.text
    assert "API-502" not in shown.text
    assert "Show what becomes public" in shown.text
    assert "查看将公开的内容" in clerk.get(f"{order}&lang=zh").text
    wrong = clerk.get(f"{order}&months=abc")
    assert (wrong.status_code, 'id="months-error"' in wrong.text) == (422, True)
    assert clerk.post(order, data={"months": "", "key": path}).status_code == 422
    seen = clerk.get(f"{order}&months=12")
    assert "Issue it now" in seen.text
    assert 'value="12"' in seen.text
    made = clerk.post(order, data={"months": "12", "key": path})
    assert made.status_code == 303
    number = made.headers["location"].rsplit("/", 1)[1]
    certificate = site.service.register.certificate(number)
    assert (certificate.valid_until - certificate.valid_from).days < 366


def test_the_number_of_a_certificate_is_not_foretold(site: Site, clerk: httpx.Client) -> None:
    shown = clerk.get(f"{product(site, clerk)}/order?{TOLD}").text
    main = shown[shown.index("<main") :]
    assert "This becomes public" in main
    assert not re.findall(r"FP-\w{4}-\w{4}", main)


@pytest.mark.parametrize("setting", ["refuse", "draft"])
def test_under_an_address_of_this_machine_a_draft_can_be_ordered(
    setting: str, tmp_path: Path
) -> None:
    settings = settings_for(tmp_path).model_copy(
        update={"base_url": "http://127.0.0.1:8000", "private_address": setting}
    )
    with running(settings) as site, signed_in(site) as clerk:
        path = product(site, clerk)
        order = f"{path}/order?{TOLD}"
        if setting == "refuse":
            shown = clerk.get(order).text
            for said in ("FOOTPRINT_BASE_URL", "FOOTPRINT_PRIVATE_ADDRESS", "Order a draft"):
                assert said in shown
            assert "API-512" not in shown
            assert "申请草稿：不可使用" in clerk.get(f"{order}&lang=zh").text
            order += "&draft=1"
        shown = html.unescape(clerk.get(order).text)
        assert "The draft will say" in shown
        for never in ("This becomes public", "Issue it now"):
            assert never not in shown
        assert "生成草稿：不可使用" in clerk.get(f"{order}&lang=zh").text
        made = clerk.post(order, data={"months": "", "key": "1"})
        number = made.headers["location"].rsplit("/", 1)[1]
        assert site.service.register.standing(number).status.state == "draft"


@pytest.mark.parametrize("typed", ["abc", "1.5", "-2"])
def test_a_row_that_is_none_is_refused_and_kept(typed: str, clerk: httpx.Client) -> None:
    columns = f"{drafted(clerk, own_bom())}/columns"
    sent = {"header_row": typed, "header_was": "8", "do": "look"}
    answer = clerk.post(f"{columns}?lang=en", data=sent)
    assert answer.status_code == 422
    assert f'value="{typed}" aria-invalid="true"' in answer.text
    assert "is not a row number" in html.unescape(answer.text)


PARTS = b"""\
# name: Tray
# country: CN
# declared_unit: 1 piece
name,quantity,unit
Cold-rolled steel sheet xyz,2,piece
Odd gadget,1,piece
"""


def line_needing_weight(clerk: httpx.Client) -> tuple[str, str, str]:
    """The path of the page of lines, the key of a line and a card of it that is per kilogram."""
    path = f"{drafted(clerk, PARTS)}/match"
    page = clerk.get(f"{path}?lang=en").text
    for part in page.split('<details class="line')[1:]:
        key = re.search(r'id="line-([^"]+)"', part)
        cards = re.findall(r'name="dataset" value="([^"]+)"(?: checked)?>', part)
        if key and cards and "per kg: add the weight" in part:
            card = re.search(
                r'value="([^"]+)">\s*<span class="what">(?:(?!</label>).)*add the weight',
                part,
                re.DOTALL,
            )
            assert card is not None
            return path, key[1], card[1]
    raise AssertionError("no line needs a weight")


@pytest.mark.parametrize("fragment", [True, False])
@pytest.mark.parametrize("typed", ["", "abc", "120", "-3 g", "0 g"])
def test_a_card_by_weight_is_not_taken_without_one(
    typed: str, fragment: bool, clerk: httpx.Client
) -> None:
    path, key, card = line_needing_weight(clerk)
    revision = revision_of(clerk.get(path))
    sent = {"revision": revision, "line": key, "do": "take", "dataset": card, "mass": typed}
    headers = {"X-Fragment": "1"} if fragment else {}
    for language, said in (("en", "such as 12 g"), ("zh", "例如 12 g")):
        answer = clerk.post(f"{path}?lang={language}", data=sent, headers=headers)
        assert answer.status_code == 422
        assert revision_of(clerk.get(path)) == revision  # nothing was stored
        field = re.search(rf'<input id="mass-{key}"[^>]*>', answer.text)
        assert field is not None
        assert f'value="{typed}"' in field[0]
        assert 'aria-invalid="true"' in field[0]
        assert re.search(rf'id="slip-{key}"[^>]*>[^<]*{said}', answer.text)
        assert f'value="{card}" checked' in answer.text


def test_with_the_weight_the_card_counts(clerk: httpx.Client) -> None:
    path, key, card = line_needing_weight(clerk)
    revision = revision_of(clerk.get(path))
    sent = {"revision": revision, "line": key, "do": "take", "dataset": card, "mass": "12 g"}
    assert clerk.post(path, data=sent).status_code == 303
    (part,) = [one for one in clerk.get(path).text.split("<details ") if f'id="line-{key}"' in one]
    assert re.search(r'<span class="kg">[\d.]+ kg', part)


@pytest.mark.parametrize(
    ("changes", "at", "english", "chinese"),
    [
        ({"kg": "abc"}, "kg", "“abc” is no number", "“abc”不是数字"),
        ({"kg": "-1"}, "kg", "-1 is negative", "-1 是负数"),
        ({"kg": "1" * 13}, "kg", "too many digits", "位数过多"),
        ({"kg": ""}, "kg", "Give the supplier's file", "请提供供应商的文件"),
        ({"kg": "99999999"}, "kg", "ACME: 1e+08 kg CO2e per kilogram is beyond", "ACME"),
        ({"company": ""}, "who", "Write who the supplier is", "请填写供应商是谁"),
        ({"year": "25"}, "of", "The year is written as 2025", "2025"),
        ({"mass": "120"}, "weigh", "with its unit", "例如 12 g"),
    ],
)
def test_a_suppliers_number_that_cannot_be_used_stays_open(
    changes: dict[str, str], at: str, english: str, chinese: str, clerk: httpx.Client
) -> None:
    path, key, _ = line_needing_weight(clerk)
    good = {"kg": "1.5", "unit": "kilogram", "company": "ACME", "year": "2025", "mass": "12 g"}
    typed = good | changes
    sent = typed | {"revision": revision_of(clerk.get(path)), "line": key}
    for language, said in (("en", english), ("zh", chinese)):
        answer = clerk.post(f"{path.removesuffix('match')}supplier?lang={language}", data=sent)
        assert answer.status_code == 422
        text = html.unescape(answer.text)
        (told,) = re.findall(rf'id="slip-{key}"[^>]*>([^<]*)<', text)
        assert said in told
        assert "supplier-" not in told
        start = text.index(f'id="line-{key}"')
        fold = text[text.index('<details class="plain-details supplier"', start) :]
        assert fold.startswith('<details class="plain-details supplier" open>')
        names = {"kg": "kg", "who": "company", "of": "year", "weigh": "mass"}
        for field, name in names.items():
            found = re.search(rf'<input id="{field}-{key}"[^>]*>', fold)
            assert found is not None
            assert f'value="{typed[name]}"' in found[0]
            assert ('aria-invalid="true"' in found[0]) == (field == at)
        assert '<option value="kilogram" selected>' in fold


def test_a_draft_is_not_in_force_in_the_register(site: Site, clerk: httpx.Client) -> None:
    def counts() -> dict[str, int]:
        page = clerk.get("/register?lang=en").text
        found = re.findall(r"state=(\w+)[^>]*>[^<(]*\((\d+)\)", page)
        return {state: int(count) for state, count in found}

    whole, before = site.certificate()["number"], counts()
    draft = site.certificate(draft=True)["number"]
    after = counts()
    assert after["issued"] == before["issued"]
    assert after["draft"] == before["draft"] + 1
    for named in ("", "&q=Wall+bracket", "&product=wall"):
        shown = {
            state: clerk.get(f"/register.json?state={state}{named}").text
            for state in ("issued", "draft", "expired")
        }
        assert [whole in shown["issued"], whole in shown["draft"]] == [True, False]
        assert [draft in text for text in shown.values()] == [False, True, False]
    for status, number in (("issued", whole), ("draft", draft)):
        answer = site.visitor.get("/v1/register", params={"status": status, "product": "wall"})
        numbers = {one["number"]: one["state"] for one in answer.json()["certificates"]}
        assert numbers[number] == status
        assert set(numbers.values()) == {status}
    with site.service.database.reading() as uow:
        today = site.clock.now.date()
        assert draft not in numbers_in_force(uow, today)
        assert whole in numbers_in_force(uow, today)


def test_a_card_of_the_register_has_its_chinese_name(site: Site, clerk: httpx.Client) -> None:
    site.certificate()
    text = clerk.get("/register?lang=zh").text
    assert ">墙面支架</a>" in text
    assert ">Wall bracket</a>" not in text
    assert ">Wall bracket</a>" in clerk.get("/register?lang=en").text


def test_what_stands_against_a_tier_is_shown_with_a_way_to_change_it(
    site: Site, clerk: httpx.Client
) -> None:
    checked = EVIDENCE["verification"] | {"date": "2031-01-01"}
    path, now = product(site, clerk), site.clock.now
    site.clock.now = datetime(2031, 1, 2, tzinfo=UTC)  # evidence of a day to come is refused
    said = EVIDENCE | {"verification": checked}
    site.service.products.say(LOCAL, path.rsplit("/", 1)[1], lambda _: said)
    site.clock.now = now
    for language, title, change in (
        ("en", "What stands against it", "Change an answer"),
        ("zh", "未满足的条件", "修改回答"),
    ):
        text = clerk.get(f"{path}/evidence?{TOLD}&lang={language}").text
        shown = text[text.index("<main") : text.rindex("<details")]
        against = shown[shown.index('id="against"') : shown.index('id="asks"')]
        assert title in against
        assert "2031-01-01" in against
        assert f'href="#said">{change}</a>' in against
        assert "Nothing more can be answered here" not in shown
    again = clerk.post(f"{path}/evidence?{TOLD}", data={"key": "verification", "do": "later"})
    assert again.status_code == 303
    assert 'id="against"' not in clerk.get(f"{path}/evidence?{TOLD}").text


@pytest.mark.parametrize("page", ["tiers", f"evidence?{TIER}", f"order?{TIER}"])
def test_lines_left_out_lead_to_their_choice_and_not_to_the_facts(
    page: str, site: Site, clerk: httpx.Client
) -> None:
    path = kept_product(clerk, drafted(clerk, own_bom() + b"3,Odd gadget,1,piece,,material\n"))
    shown = clerk.get(f"{path}/{page}").text
    assert 'id="gaps"' in shown
    assert 'value="facts"' not in shown
    led = clerk.post(f"{path}/draft", data={"version": "1"})
    assert str(led.headers["location"]).endswith("/match")
    assert "Odd gadget" in clerk.get(str(led.headers["location"])).text


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "Lines are only estimated by material"), ("zh", "有物料只是按材料估算")],
)
def test_estimates_that_keep_labels_away_lead_to_the_choice_of_data(
    language: str, says: str, site: Site, clerk: httpx.Client
) -> None:
    # One small line suffices: 1 g of 550.
    draft = drafted(clerk, own_bom() + b"3,Odd gadget,1,piece,,material\n")
    page = clerk.get(f"{draft}/match")
    shown = page.text
    key = re.findall(r'id="line-(\w+)"', shown)[-1]
    assert "Odd gadget" in shown.split(f'id="line-{key}"')[1]
    sent = {"revision": revision_of(page), "line": key, "mass": "1 g", "do": "class"}
    clerk.post(f"{draft}/match", data=sent | {"class": "screening-steel"})
    assert says in clerk.get(f"{draft}/tiers?lang={language}").text
    path = kept_product(clerk, draft)
    for name in ("tiers", f"evidence?{TIER}", f"order?{TIER}"):
        joined = "&" if "?" in name else "?"
        shown = clerk.get(f"{path}/{name}{joined}lang={language}").text
        assert says in shown
        assert 'value="facts"' not in shown


@pytest.mark.parametrize(
    ("language", "says"),
    [("en", "ask for: Year of the data</p>"), ("zh", "信息：数据年份</p>")],
)
def test_a_fact_that_lacks_is_called_by_its_name(
    language: str, says: str, site: Site, clerk: httpx.Client
) -> None:
    without = own_bom().replace(b"# reference_period: 2025-01-01/2025-12-31\n", b"")
    path = kept_product(clerk, drafted(clerk, without))
    address = f"{path}/evidence?scheme=uk-carbon-trust&tier=reduction&lang={language}"
    shown = clerk.get(address).text
    assert says in shown
    assert 'value="facts"' in shown


def test_a_product_without_gaps_is_not_sent_back_to_its_lines(
    site: Site, clerk: httpx.Client
) -> None:
    path = product(site, clerk)
    assert 'id="gaps"' not in clerk.get(f"{path}/tiers").text


@pytest.mark.parametrize(
    ("sent", "english", "chinese"),
    [
        (
            b"{\n  oops",
            "x.json is not JSON: line 2, column 3. Give a PACT",
            "x.json 不是 JSON：第 2 行第 3 列。请",
        ),
        ("你好".encode("gbk"), "is no text in UTF-8. Give a PACT", "不是 UTF-8 编码的文本。请提供"),
        (b"[]", "nor a certificate. Give a PACT v3", "也不是证书。请提供 JSON 格式的 PACT"),
        (
            b'{"specVersion": "2.1.0", "pcf": {}}',
            "specVersion is 2.1.0, not 3. ",
            "specVersion 为 2.1.0，不是 3。",
        ),
    ],
)
def test_a_suppliers_file_that_cannot_be_used_says_where_and_what_to_do(
    sent: bytes, english: str, chinese: str, clerk: httpx.Client
) -> None:
    path, key, _ = line_needing_weight(clerk)
    fields = {"revision": revision_of(clerk.get(path)), "line": key}
    for language, said in (("en", english), ("zh", chinese)):
        address = f"{path.removesuffix('match')}supplier?lang={language}"
        answer = clerk.post(address, data=fields, files={"file": ("x.json", sent)})
        assert answer.status_code == 422
        (told,) = re.findall(rf'id="slip-{key}"[^>]*>([^<]*)<', html.unescape(answer.text))
        assert said in told


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", "longer than 10 MB (10485760 bytes). Leave out pictures"),
        ("zh", "发送的内容超过 10 MB（10485760 字节）。请去掉图片"),
    ],
)
def test_a_file_that_is_too_large_is_told_the_limit_and_what_to_leave_out(
    language: str, says: str, clerk: httpx.Client
) -> None:
    sent = {"file": ("large.csv", b"x" * 11_000_000)}
    answer = clerk.post(f"/drafts?lang={language}", files=sent, headers={"Accept": "text/html"})
    assert answer.status_code == 413
    assert says in html.unescape(answer.text)
