"""What somebody wrote is given back where its form is over: the status changed, a session ended,
the network is away. And what pages of buyers and suppliers say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from buyers_kit import QUESTIONS, campaign_pages
from console_kit import Console, at_lines, console, entered, launched, with_token
from evidence import some
from test_console_mistakes import drafted, kept_product, signed_in

from api.services.access import LOCAL
from footprint.certificates.lifecycle import Role

WORDS = "去过现场：两条生产线，用电记录齐全"
PARTS = "名称,数量,单位,材料,单重(g)\n上盖,1,个,ABS,85\n奇件,1,个,,3\n".encode()
FACTS = {"declared_unit": "1 件", "country": "CN", "reference_period": "2025", "mass": "88 g"}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Console]:
    with console(tmp_path_factory.mktemp("words")) as made:
        yield made


@pytest.fixture(scope="module")
def clerk(served: Console) -> Iterator[httpx.Client]:
    with signed_in(served.site) as client:
        yield client


def main(answer: httpx.Response) -> str:
    return answer.text.partition("<main")[2]


def test_the_note_of_a_surveillance_stays_where_the_certificate_was_withdrawn_meanwhile(
    served: Console, clerk: httpx.Client
) -> None:
    number = served.site.certificate()["number"]
    page = f"/desk/certificates/{number}"
    once = re.findall(r'name="once" value="(\w+)"', clerk.get(page).text)[0]
    ended = served.site.client.post(
        f"/v1/certificates/{number}/status", json={"status": "revoked", "reason": "Withdrawn"}
    )
    assert ended.status_code == 200, ended.text
    sent = clerk.post(f"{page}/surveillance?lang=zh", data={"note": WORDS, "once": once})
    assert sent.status_code == 409
    assert f">{WORDS}<" in main(sent)
    assert "的状态为 已撤销，不能记录监督" in main(sent)
    assert '<dl class="facts">' in main(sent)  # the certificate as it is now, no bare refusal


def test_a_note_that_cannot_be_kept_stays_in_its_field(
    served: Console, clerk: httpx.Client
) -> None:
    number = served.site.certificate()["number"]
    sent = clerk.post(f"/desk/certificates/{number}/surveillance", data={"note": "x" * 5_000})
    assert sent.status_code == 422
    assert f"{'x' * 5_000}</textarea>" in sent.text


@pytest.fixture(scope="module")
def answered(served: Console) -> tuple[str, str, str]:
    """A supplier who has answered with a list of which a line has no figure: his page at the desk,
    his own, and the secret of it."""
    pages = campaign_pages(served)
    secret, links = pages["answer 0"].rpartition("/")[2], served.site.service.desk.links
    for product in (0, 1):
        links.calculate(secret, product, "list.csv", PARTS, FACTS)
    links.send(secret, [])
    board = served.site.client.get(f"/v1{pages['campaign']}").json()
    return f"{pages['campaign']}/{board['suppliers'][0]['id']}", pages["answer 0"], secret


def test_who_came_second_gets_his_words_back(
    clerk: httpx.Client, answered: tuple[str, str, str]
) -> None:
    desk, own, _ = answered
    late = clerk.post(f"{own}?lang=zh", data={"do": "decline", "words": WORDS})
    assert late.status_code == 409
    assert f'<q lang="">{WORDS}</q>' in main(late)
    assert clerk.post(desk, data={"do": "accept", "words": "收到"}).status_code == 303
    second = clerk.post(f"{desk}?lang=zh", data={"do": "back", "words": WORDS})
    assert second.status_code == 409
    assert f'<q lang="">{WORDS}</q>' in main(second)
    assert "对该答复已作处理：已接受。" in main(second)
    shown = main(clerk.get(f"{desk}?lang=zh"))
    assert "给供应商的说明：" in shown
    assert "他的说明" not in shown
    assert "收到" in main(clerk.get(f"{own}?lang=zh"))


@pytest.mark.parametrize(
    ("language", "least", "why"),
    [("zh", "至少 ", "不完整：留空的物料"), ("de", "mindestens ", "unvollständig: ausgelassene")],
)
def test_a_number_that_is_not_complete_is_the_least_and_says_why(
    clerk: httpx.Client, answered: tuple[str, str, str], language: str, least: str, why: str
) -> None:
    desk, own, _ = answered
    pages = [own, desk] if language == "zh" else [own]
    for page in some(pages):
        shown = main(clerk.get(f"{page}?lang={language}"))
        assert least in shown
        assert why in shown
        assert "奇件" not in shown


def test_facts_that_cannot_be_read_are_called_as_the_fields_of_the_page(
    served: Console, clerk: httpx.Client
) -> None:
    own = campaign_pages(served)["answer 1"]
    facts = FACTS | {"mass": "0.3", "country": "中国大陆", "product": "0", "do": "calculate"}
    sent = clerk.post(f"{own}?lang=zh", data=facts, files={"file": ("a.csv", PARTS)})
    assert sent.status_code == 422
    assert "“单件净重（如 0.5 kg）”：" in main(sent).replace("&#34;", '"')
    assert "没有单位；请写成" in main(sent)
    assert "“country”" not in main(sent)
    assert "has no unit" not in main(sent)


def test_what_became_of_an_answer_is_told_in_words(served: Console, clerk: httpx.Client) -> None:
    client = served.site.client
    made = client.post("/v1/requests", json={"buyer": "示例汽车", "note": "一段备注"}).json()["id"]
    no = {one: {"state": "declined", "words": "否"} for one in QUESTIONS}
    client.put(f"/v1/requests/{made}", json={"revision": 1, "answers": no})
    pack = client.post(f"/v1/requests/{made}/packs", json={}).json()["id"]
    clerk.post(f"/requests/{made}/packs/{pack}", data={"how": "邮件"})
    ended = clerk.post(f"/requests/{made}/outcome", data={"outcome": "accepted", "words": "合格"})
    assert ended.status_code == 303
    shown = main(clerk.get(f"/requests/{made}?lang=zh"))
    assert "已接受：合格" in shown
    assert "accepted" not in shown
    data = {"outcome": "sent-back", "words": WORDS}
    late = clerk.post(f"/requests/{made}/outcome?lang=zh", data=data)
    assert late.status_code == 409
    assert f'<q lang="">{WORDS}</q>' in main(late)
    assert "请求处于 已接受 状态，现在不能变为 已退回。" in main(late)


@pytest.mark.parametrize(
    ("language", "says"), [("en", "needs a new order"), ("zh", "再从产品页重新申请")]
)
def test_an_order_that_was_sent_back_says_that_its_evidence_does_not_change(
    served: Console, clerk: httpx.Client, language: str, says: str
) -> None:
    site = served.site
    made = site.client.post("/v1/applications", json=site.order()).json()["id"]
    assert says not in main(clerk.get(f"/desk/{made}?lang={language}"))
    site.client.post(f"/v1/applications/{made}/submit")
    page = clerk.get(f"/desk/{made}").text
    seen = re.findall(r'name="seen" value="([^"]+)"', page)[0]
    note = {"do": "return", "note": "补充用电凭证", "seen": seen}
    assert clerk.post(f"/desk/{made}", data=note).status_code == 303
    assert says in main(clerk.get(f"/desk/{made}?lang={language}"))


def test_who_is_signed_in_no_more_gets_his_words_back(served: Console) -> None:
    number = served.site.certificate()["number"]
    headers = {"Sec-Fetch-Site": "same-origin"}
    address = f"{served.address}/desk/certificates/{number}/surveillance?lang=zh"
    secret = {"note": WORDS, "token": "a secret of his"}
    sent = httpx.post(address, data=secret, headers=headers, trust_env=False, timeout=60)
    assert sent.status_code == 401
    assert f'<q lang="">{WORDS}</q>' in main(sent)
    assert "a secret of his" not in sent.text
    elsewhere = headers | {"Sec-Fetch-Site": "cross-site"}
    other = httpx.post(address, data=secret, headers=elsewhere, trust_env=False, timeout=60)
    assert other.status_code == 403
    assert WORDS not in other.text


@pytest.mark.browser
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_a_choice_without_a_network_stays_on_its_page(served: Console, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(PARTS)
    with launched() as browser:
        page = browser.new_page()
        entered(page, served, "zh")
        draft = at_lines(page, served, file)
        line = page.locator("details.line:has(summary .name:has-text('奇件'))")
        if line.get_attribute("open") is None:
            line.locator("summary").first.click()
        page.context.set_offline(True)
        choose = line.locator("button:has-text('不属于本产品')").first
        choose.click()
        page.wait_for_function("document.querySelector('#status').textContent.includes('网络')")
        assert page.url == f"{draft}/match"
        assert line.count() == 1
        page.context.set_offline(False)
        choose.click()
        page.wait_for_function("!document.querySelector('#status').textContent.includes('网络')")
        assert page.url.startswith(draft)


@pytest.mark.parametrize(
    ("base", "says"),
    [("Losgröße;12 Stk\n", "用量对应 12 件产品"), ("Basismenge;1 Stk\n", "")],
)
def test_for_how_many_products_a_list_is_stands_above_its_columns(
    clerk: httpx.Client, base: str, says: str
) -> None:
    base = base.replace("Losgröße", "Basismenge")
    table = f"Benennung;Tisch\n{base}Pos;Benennung;Menge;Einheit;Gewicht (g)\n1;Platte;24;Stk;85\n"
    file = {"file": ("list.csv", table.encode())}
    made = clerk.post("/drafts?lang=zh", files=file)
    shown = clerk.get(made.headers["location"].rpartition("/")[0] + "/columns?lang=zh").text
    assert "Platte" in shown
    assert (says in shown) if says else ("用量对应" not in shown)


def test_an_answer_that_no_rule_knows_is_said_to_leave_the_condition_open(
    clerk: httpx.Client,
) -> None:
    path = kept_product(clerk, drafted(clerk, b"name,quantity,unit\nSteel plate,1,kg\n"))
    page = f"{path}/evidence?scheme=cn-gb-t-24067&tier=disclosure&lang=zh"
    title = "已回答但仍不清楚的条件"
    assert title not in clerk.get(page).text
    for value, shown in (("某规则 1.0", True), ("GB/T 24067", False)):
        sent = clerk.post(page, data={"key": "methods", "value": value, "do": "yes"})
        assert sent.status_code == 303
        section = clerk.get(page).text.partition(f">{title}<")[2].partition("</section>")[0]
        assert (f"未能识别“{value}”" in section) is shown


@pytest.mark.parametrize(
    ("roles", "says"), [(("maker",), "须同时有“提交人”和“批准人”权限"), (("maker", "approver"), "")]
)
def test_a_maker_who_cannot_issue_alone_is_told_which_role_he_lacks(
    served: Console, clerk: httpx.Client, roles: tuple[Role, ...], says: str
) -> None:
    path = kept_product(clerk, drafted(clerk, b"name,quantity,unit\nSteel plate,1,kg\n"))
    page = f"{path}/order?scheme=cn-gb-t-24067&tier=disclosure&months=12&lang=zh"
    for key, value in (("methods", "GB/T 24067"), ("pcr", "PCR 1.0")):
        data = {"key": key, "value": value, "do": "yes"}
        clerk.post(f"{path}/evidence?scheme=cn-gb-t-24067&tier=disclosure", data=data)
    review = {"key": "plans.critical_review", "date": "2026-10-01", "do": "yes"}
    review["url"] = "https://example.com/review.pdf"
    clerk.post(f"{path}/evidence?scheme=cn-gb-t-24067&tier=disclosure", data=review)
    token = with_token(served, f"Mai {len(roles)}", roles)
    headers = {"Sec-Fetch-Site": "same-origin"}
    with httpx.Client(base_url=served.address, headers=headers, trust_env=False) as person:
        entered_by = person.post("/sign-in", data={"token": token})
        name, _, value = entered_by.headers["set-cookie"].partition(";")[0].partition("=")
        person.cookies.clear()
        person.cookies.set(name, value)
        shown = main(person.get(page, timeout=60))
    assert "由谁审核" in shown
    assert (says in shown) if says else ("权限" not in shown)


@pytest.mark.parametrize(
    ("row", "says"),
    [("彩盒,350g白卡纸,1,个,110", True), ("Steel plate,,1,kg,", False)],
)
def test_the_desk_says_why_a_result_is_not_complete(
    served: Console, clerk: httpx.Client, row: str, says: bool
) -> None:
    table = f"名称,规格,数量,单位,单重(g)\n{row}\n"
    path = kept_product(clerk, drafted(clerk, table.encode()))
    kept = served.site.service.products.get(LOCAL, path.rpartition("/")[2])
    order = served.site.order(footprint_id=kept.versions[0].footprint)
    made = served.site.client.post("/v1/applications", json=order).json()["id"]
    shown = main(clerk.get(f"/desk/{made}?lang=zh"))
    assert "将印出的内容" in shown
    assert ("它还不完整，因为有：零件模型未包含的加工步骤" in shown) is says
