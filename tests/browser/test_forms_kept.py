"""Forms of buyers that are refused come back with what was typed; other refusals lead back to the
page that they were sent from. Without a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import httpx
import pytest
from buyers_kit import buyers_pages
from console_kit import Console, console
from evidence import some
from test_console_mistakes import drafted, kept_product, signed_in

from api.services.access import LOCAL

BAD_LIST = ("suppliers.csv", "公司,产品\n甲厂,外壳\n".encode())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console(tmp_path_factory.mktemp("forms")) as made:
        yield made


@pytest.fixture(scope="module")
def clerk(served: Console) -> Iterator[httpx.Client]:
    with signed_in(served.site) as client:
        yield client


@pytest.mark.parametrize(
    ("language", "says", "label"),
    [
        ("en", "No row has a heading", "This is no day."),
        ("zh", "没有同时包含供应商名称", "日期无效"),
    ],
)
def test_a_campaign_with_a_list_that_cannot_be_read_keeps_what_was_typed(
    clerk: httpx.Client, language: str, says: str, label: str
) -> None:
    typed = {"name": "前十家", "buyer": "示例汽车", "why": "2027", "due": "2026-12-18"}
    texts = {"text-en": "Our own words {link}", "text-zh": "我们自己的话 {link}"}
    path = f"/campaigns?lang={language}"
    sent = clerk.post(path, data=typed | texts, files={"file": BAD_LIST})
    assert sent.status_code == 422
    assert says in sent.text
    for name, value in some(typed.items()):
        assert re.search(rf'name="{name}" value="{value}"', sent.text)
    for value in some(texts.values()):
        assert f">{value}</textarea>" in sent.text
    assert label in clerk.post(path, data=typed | {"due": "soon"}, files={"file": BAD_LIST}).text
    assert "示例汽车" not in clerk.get("/campaigns").text


@pytest.mark.parametrize(
    ("language", "says"), [("en", "“Buyer” is blank."), ("zh", "“客户”为空白。")]
)
def test_a_request_without_a_buyer_keeps_what_was_typed(
    clerk: httpx.Client, language: str, says: str
) -> None:
    data = {"buyer": " ", "product": "外壳", "note": "一段备注", "due": "2026-12-18"}
    sent = clerk.post(f"/requests?lang={language}", data=data)
    assert sent.status_code == 422
    assert says in sent.text
    assert re.search(r'id="errors"[^>]* autofocus', sent.text)
    for value in some(("外壳", "一段备注", "2026-12-18")):
        assert f'value="{value}"' in sent.text


def test_evidence_that_cannot_be_kept_stays_in_its_form(
    served: Console, clerk: httpx.Client
) -> None:
    path = buyers_pages(served)["request"]
    data = {"kind": "clean-energy", "title": "电力", "fact-period": "2025", "fact-kwh": "many"}
    data |= {"fact-clean_kwh": "1"}
    sent = clerk.post(f"{path}/evidence?lang=zh", data=data)
    assert sent.status_code == 422
    assert "“总用能（kWh）”不是数字" in sent.text
    (form,) = re.findall(r"<details[^>]* open>.*?</form>", sent.text, re.DOTALL)
    for name, value in some((("title", "电力"), ("fact-kwh", "many"), ("fact-period", "2025"))):
        assert f'name="{name}" value="{value}"' in form
    # The address takes forms alone: the page's other language is at what stands above it.
    assert f'href="{path}?lang=en"' in sent.text


def test_steps_that_are_refused_keep_what_was_typed(served: Console, clerk: httpx.Client) -> None:
    """A certificate's end with a wrong number, a token and a person without a name."""
    number = served.site.certificate()["number"]
    ends = {"do": "revoke", "reason": "Out of production", "confirm": "FP-0000-0000-0"}
    token = {"name": " ", "days": "30", "role-checker": "1", "scope-partners:read": "1"}
    member = {"name": " ", "role-approver": "1"}
    for path, said, kept in some((
        (f"/certificates/{number}", ends, (
            'value="Out of production"', 'value="FP-0000-0000-0"',
            '<details class="plain-details" open',
        )),
        ("/tokens", token, (
            '<option value="30" selected', 'name="role-checker" value="1" checked',
            'name="scope-partners:read" value="1" checked',
        )),
        ("/people", member, ('name="role-approver" value="1" checked',)),
    )):  # fmt: skip
        answer = clerk.post(path, data=said)
        assert answer.status_code == 422, path
        for one in some(kept):
            assert answer.text.count(one) == 1, (path, one)


def test_a_verifier_keeps_what_he_wrote(served: Console, clerk: httpx.Client) -> None:
    made = served.site.client.post("/v1/applications", json=served.site.order()).json()["id"]
    _, secret = served.site.service.rooms.invite(LOCAL, made, "Prüf GmbH", 30)
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=served.address, headers=headers, trust_env=False) as verifier:
        entered = verifier.post(f"/room/enter/{secret}")
        name, _, value = entered.headers["set-cookie"].partition(";")[0].partition("=")
        verifier.cookies.clear()
        verifier.cookies.set(name, value)
        found = {"do": "find", "severity": "major", "about": " ", "text": "The loss is not shown"}
        answer = verifier.post(f"/room/{made}", data=found)
    assert answer.status_code == 422
    assert ">The loss is not shown</textarea>" in answer.text
    assert 'value="major" checked' in answer.text
    sent = {"name": " ", "days": "7"}
    answer = clerk.post(f"/room/{made}/links", data=sent)
    assert answer.status_code == 422
    assert '<option value="7" selected' in answer.text


@pytest.mark.parametrize("step", ["check", "return"])
def test_who_came_second_at_the_desk_keeps_his_words(
    served: Console, clerk: httpx.Client, step: str
) -> None:
    site = served.site
    made = site.client.post("/v1/applications", json=site.order()).json()["id"]
    site.client.post(f"/v1/applications/{made}/submit")
    said = {"do": "return", "note": "The year is missing", "seen": "2026-01-01T00:00:00+00:00"}
    answer = clerk.post(f"/desk/{made}?lang=en", data=said | {"do": step})
    assert answer.status_code == 409
    assert "The year is missing" in answer.text


def test_a_refusal_leads_back_to_the_page_of_the_form(clerk: httpx.Client) -> None:
    path = kept_product(clerk, drafted(clerk, b"name,quantity,unit\nSteel plate,1,kg\n"))
    home = str(clerk.base_url).rstrip("/")

    def refused(referer: str) -> str:
        address, headers = f"{path}/name?lang=en", {"Referer": referer}
        answer = clerk.post(address, data={"name": " "}, headers=headers)
        assert answer.status_code == 422
        return answer.text

    back = f'<a class="button" href="{path}?lang=en">Back to the page</a>'
    assert back in refused(f"{home}{path}?lang=en")
    assert f'href="{path}">Back' in refused(f"{home}{path}/name")
    for other in some(("", f"https://elsewhere.example{path}", f"{home}/")):
        text = refused(other)
        assert "Back to the page" not in text
        assert "To the front page" in text


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("en", ("“Reason (everybody will see it)” is blank.", "signs” is blank.", "“Day”")),
        ("zh", ("”为空白。", "“姓名（与其签署时相同）”为空白。", "“日期”的值无法使用")),
    ],
)
def test_fields_are_called_as_their_labels_call_them(
    served: Console, clerk: httpx.Client, language: str, says: tuple[str, str, str]
) -> None:
    number = served.site.certificate()["number"]
    path = kept_product(clerk, drafted(clerk, b"name,quantity,unit\nSteel plate,1,kg\n"))
    answer = {"key": "verification", "by": "X", "date": "soon", "do": "yes"}
    tier = "scheme=th-tgo&tier=disclosure"
    sent = (
        clerk.post(f"/certificates/{number}?lang={language}", data={"do": "suspend"}),
        clerk.post(f"/people?lang={language}", data={"name": " ", "role-maker": "1"}),
        clerk.post(f"{path}/evidence?{tier}&lang={language}", data=answer),
    )
    for one, words in some(zip(sent, says, strict=True)):
        assert one.status_code == 422
        text = html.unescape(one.text)
        assert words in text
        assert "reason 为空白" not in text
        assert "verification.date" not in text.partition("<main")[2]


def test_a_draft_on_the_desk_is_not_said_to_be_in_force(
    served: Console, clerk: httpx.Client
) -> None:
    for draft, state in ((True, "draft"), (False, "in force")):
        number = served.site.certificate(draft=draft)["number"]
        page = clerk.get(f"/desk/certificates/{number}?lang=en").text
        assert f"<dt>State</dt><dd>{state}</dd>" in page


def test_a_supplier_is_told_in_his_language_what_is_wrong_with_his_list(
    served: Console, clerk: httpx.Client
) -> None:
    links = [path for name, path in buyers_pages(served).items() if name.startswith("answer")]
    table = "品名,数量,单位,单重\n上盖,1,个,85\n下盖,1,个,90 g\n".encode()
    facts = {"declared_unit": "1 件", "country": "CN", "reference_period": "2025", "mass": "0.2 kg"}
    sent = clerk.post(
        f"{links[1]}?lang=zh",
        data={"do": "calculate", "product": "0", **facts},
        files={"file": ("list.csv", table)},
    )
    assert sent.status_code == 422
    (told,) = re.findall(r'<div class="errors"[^>]* autofocus>.*?</div>', sent.text, re.DOTALL)
    assert "第 2 行，“单重”列：质量" in told
    assert "has no unit" not in told
    assert "--map" not in told
    for name, value in some(facts.items()):
        assert f'name="{name}" maxlength="200" value="{value}"' in sent.text
    (open_one,) = re.findall(r"<details[^>]* open><summary>在这里计算", sent.text)
    assert open_one
