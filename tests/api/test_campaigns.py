"""A buyer, a hundred suppliers, and nothing but links: every count adds up, no line is seen."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from databases import BOTH, database_address
from evidence import some
from pact_supplier import document
from served import BOM, Site, running, settings_for
from still_clock import NOON

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
COUNT, DUE = 100, "2026-12-01"
SECRET_LINE = "Geheime Legierung 4711"  # noqa: S105 - a line of a list


@pytest.fixture(scope="module", params=BOTH)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("campaigns")
    with database_address(request.param, folder) as address:
        chosen = {"database_url": address} if request.param == "postgresql" else {}
        with running(settings_for(folder, job_workers=0, **chosen)) as served:
            yield served


@pytest.fixture(autouse=True)
def _clock(site: Site) -> Iterator[None]:
    yield
    site.clock.now = NOON


def suppliers(count: int = COUNT) -> bytes:
    rows = ["Vendor,Contact e-mail,Part,Purchase share (%)"]
    rows += [
        f'Supplier {n},"s{n}@supplier.example","Part {n}; Part {n} b",{n / 100}'
        if n % 2
        else f"供应商{n},s{n}@supplier.example,Part {n},"
        for n in range(1, count + 1)
    ]
    return "\n".join(rows).encode()


def started(site: Site, content: bytes | None = None, **more: Any) -> dict[str, Any]:
    body = {"name": "Top 100", "buyer": "Example Motors", "due": DUE, "file": "top.csv"} | more
    body["content"] = base64.b64encode(content or suppliers()).decode()
    answer = site.client.post("/v1/campaigns", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def board(site: Site, campaign: dict[str, Any], count: int = COUNT) -> dict[str, Any]:
    found: dict[str, Any] = site.client.get(f"/v1/campaigns/{campaign['id']}").json()
    assert sum(found["counts"].values()) == count
    states = [one["state"] for one in found["suppliers"]]
    assert found["counts"] == {state: states.count(state) for state in found["counts"]}
    return found


def posted(
    site: Site, link: str, do: str, file: bytes | None = None, **fields: str
) -> httpx.Response:
    """A form of the supplier's page, as his browser sends it."""
    path = re.sub("^https?://[^/]+", "", link)
    files = (
        {} if file is None else {"file": ("file.json" if file[:1] == b"{" else "list.csv", file)}
    )
    return site.visitor.post(
        path, data={"do": do} | fields, files=files or None, headers=SAME_ORIGIN
    )


def seen(site: Site, link: str) -> httpx.Response:
    return site.visitor.get(re.sub("^https?://[^/]+", "", link), headers={"Accept": "text/html"})


def pcf(fossil: str = "2.5", **of_pcf: str) -> bytes:
    number = f"{abs(hash((fossil, str(of_pcf)))) % 10**12:012d}"
    return json.dumps(
        document(f"00000000-0000-4000-8000-{number}", "urn:x:1", fossil, of_pcf=of_pcf)
    ).encode()


def test_a_hundred_suppliers_three_late_two_refusals_and_a_file_that_does_not_add_up(  # noqa: PLR0915
    site: Site,
) -> None:
    campaign = started(site)
    assert board(site, campaign)["counts"]["not-sent"] == COUNT
    mails = table(site.client.get(f"/v1/campaigns/{campaign['id']}/mail.csv"))
    assert len(mails) == len({one["link"] for one in mails}) == COUNT
    for one in some(mails):
        assert one["link"] in one["text"]
        assert (one["language"] == "zh") == one["name"].startswith("供应商")
        assert ("碳足迹" in one["text"]) == (one["language"] == "zh")
    site.client.post(f"/v1/campaigns/{campaign['id']}/sent")
    links = {one["name"]: one["link"] for one in board(site, campaign)["suppliers"]}
    names = list(links)
    two_parts, one_part = names[0::2], names[1::2]

    assert seen(site, links[names[0]]).status_code == 200
    assert board(site, campaign)["counts"]["sent"] == COUNT, "looking opens nothing"
    for name in names[:8]:
        assert posted(site, links[name], "begin").status_code == 303
    assert board(site, campaign)["counts"]["opened"] == 8

    late, refusing, odd = one_part[0:3], one_part[3:5], one_part[5]
    prompt = one_part[6:10]
    for name in prompt:
        assert posted(site, links[name], "file", pcf(), product="0").status_code == 303
        board(site, campaign)
        sent = posted(site, links[name], "send", None, **{"step-inventory": "inventory"})
        assert sent.status_code == 303
        board(site, campaign)
    for name in refusing:
        assert (
            posted(site, links[name], "decline", words="We stopped making it.").status_code == 303
        )
    wrong = posted(site, links[odd], "file", pcf(pcfExcludingBiogenicUptake="9"), product="0")
    assert wrong.status_code == 422
    assert "SUP-004" in wrong.text
    assert posted(site, links[odd], "send").status_code == 422
    counts = board(site, campaign)["counts"]
    assert (counts["answered"], counts["declined"], counts["working"]) == (4, 2, 1)

    site.clock.now = NOON + timedelta(days=12)  # 2026-12-02
    found = board(site, campaign)
    assert found["overdue"] == COUNT - 6
    for name in late:
        list_of_his = BOM.replace("Cold-rolled steel", SECRET_LINE).encode()
        made = posted(site, links[name], "calculate", list_of_his, product="0")
        assert made.status_code == 303, made.text
        assert posted(site, links[name], "send").status_code == 303
        assert "1.93" in seen(site, links[name]).text
    found = board(site, campaign)
    assert (found["late"], found["counts"]["answered"]) == (3, 7)
    assert found["overdue"] == COUNT - 9

    rows = table(site.client.get(f"/v1/campaigns/{campaign['id']}/answers.csv"))
    assert len(rows) == sum(2 if name in two_parts else 1 for name in names)
    by = {(one["supplier"], one["product"]): one for one in rows}
    gave = [one for one in rows if one["kg_co2e"]]
    assert {one["supplier"] for one in gave} == {*prompt, *late}
    assert {one["supplier"] for one in rows if one["late"] == "True"} == set(late)
    for name in prompt:
        one = next(row for key, row in by.items() if key[0] == name)
        assert (float(one["kg_co2e"]), one["unit"], one["kind"]) == (2.5, "kilogram", "pact")
        assert (one["measured_percent"], one["next_step"]) == ("40.0", "target")
    assert {one["next_step"] for one in rows if one["supplier"] in late} == {"inventory"}
    odd_row = next(row for key, row in by.items() if key[0] == odd)
    assert (odd_row["kg_co2e"], int(odd_row["findings"]) >= 1) == ("", True)
    everything = [rows, board(site, campaign), site.client.get("/v1/campaigns").json()]
    assert SECRET_LINE not in json.dumps(everything, ensure_ascii=False)


def table(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def small(site: Site, count: int = 2) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    campaign = started(site, suppliers(count))
    return campaign, board(site, campaign, count)["suppliers"]


def test_a_total_that_its_parts_do_not_make_can_be_taken_as_stated(site: Site) -> None:
    campaign, them = small(site)
    link, bad = them[1]["link"], pcf(pcfExcludingBiogenicUptake="9", pcfIncludingBiogenicUptake="9")
    refused = posted(site, link, "file", bad, product="0")
    assert (refused.status_code, 'name="as_stated"' in refused.text) == (422, True)
    assert posted(site, link, "file", bad, product="0", as_stated="1").status_code == 303
    assert posted(site, link, "send").status_code == 303
    (answer,) = board(site, campaign, 2)["suppliers"][1]["answers"]
    assert (answer["kind"], answer["kg_co2e"]) == ("stated", 9)


def test_a_list_that_has_a_name_keeps_it_where_the_page_proposes_the_buyers(site: Site) -> None:
    _, them = small(site)
    given = posted(site, them[1]["link"], "calculate", BOM.encode(), product="0", name="上盖")
    assert given.status_code == 303, given.text


def test_a_total_that_is_only_at_least_is_no_complete_answer(site: Site) -> None:
    """Every line has a figure, but of one only the material counts."""
    campaign, them = small(site)
    facts = "".join(line for line in BOM.splitlines(keepends=True) if line.startswith("#"))
    for at, lines in enumerate(
        (BOM, f"{facts}name,material,quantity,unit,weight\nLid,ABS,1,pcs,9 g\n")
    ):
        given = posted(site, them[1]["link"], "calculate", lines.encode(), product="0")
        assert given.status_code == 303, given.text
        rows = table(site.client.get(f"/v1/campaigns/{campaign['id']}/answers.csv"))
        (row,) = [one for one in rows if one["kg_co2e"]]
        assert row["complete"] == ("True", "False")[at]
        assert ("not complete" in seen(site, them[1]["link"]).text) == bool(at)
        assert "kg CO2e per piece" in seen(site, them[1]["link"]).text


def test_a_document_that_exempts_emissions_is_no_complete_answer(site: Site) -> None:
    campaign, them = small(site)
    for stated, complete in (("0", "True"), ("2", "False")):
        sent = pcf(exemptedEmissionsPercent=stated, exemptedEmissionsDescription="Cleaning")
        given = posted(site, them[1]["link"], "file", sent, product="0")
        assert given.status_code == 303, given.text
        rows = table(site.client.get(f"/v1/campaigns/{campaign['id']}/answers.csv"))
        (row,) = [one for one in rows if one["kg_co2e"]]
        assert row["complete"] == complete


def test_the_text_to_a_supplier_has_no_empty_line_for_no_reason(site: Site) -> None:
    for why, between in (("", "\n\n"), ("For 2027.", "\nFor 2027.\n\n")):
        campaign = started(site, suppliers(1), why=why)
        (mail,) = table(site.client.get(f"/v1/campaigns/{campaign['id']}/mail.csv"))
        assert "\n\n\n" not in mail["text"]
        assert f"Part 1 b.{between}" in mail["text"]


def test_an_answer_is_sent_back_and_comes_again(site: Site) -> None:
    campaign, them = small(site)
    one = them[1]
    address = f"/v1/campaigns/{campaign['id']}/suppliers/{one['id']}"
    early = site.client.post(f"{address}/judgement", json={"accept": True})
    assert (early.status_code, early.json()["code"]) == (409, "API-516")
    posted(site, one["link"], "file", pcf(), product="0")
    posted(site, one["link"], "send")
    assert posted(site, one["link"], "decline", words="No").status_code == 409
    assert site.client.post(f"{address}/judgement", json={"accept": False}).status_code == 422
    back = {"accept": False, "words": "Wrong year"}
    assert site.client.post(f"{address}/judgement", json=back).status_code == 204
    assert "Wrong year" in seen(site, one["link"]).text
    posted(site, one["link"], "file", pcf("3"), product="0")
    assert board(site, campaign, 2)["counts"]["sent-back"] == 1
    posted(site, one["link"], "send")
    assert site.client.post(f"{address}/judgement", json={"accept": True}).status_code == 204
    assert board(site, campaign, 2)["counts"]["accepted"] == 1


def test_a_link_is_withdrawn(site: Site) -> None:
    campaign, them = small(site)
    address = f"/v1/campaigns/{campaign['id']}/suppliers/{them[0]['id']}/link"
    new = site.client.post(address).json()["link"]
    old = seen(site, them[0]["link"])
    assert (old.status_code, "withdrawn" in old.text) == (410, True)
    assert posted(site, them[0]["link"], "begin").status_code == 410
    assert posted(site, new, "begin").status_code == 303
    assert seen(site, f"{new[:-3]}xyz").status_code == 404


def test_nobody_is_reminded_twice_in_seven_days(site: Site) -> None:
    campaign, them = small(site, 4)
    address = f"/v1/campaigns/{campaign['id']}"
    assert table(site.client.post(f"{address}/reminders")) == [], "nobody was invited"
    site.client.post(f"{address}/sent")
    posted(site, them[1]["link"], "file", pcf(), product="0")
    posted(site, them[1]["link"], "send")
    site.clock.now = NOON + timedelta(days=6)
    assert table(site.client.post(f"{address}/reminders")) == []
    site.clock.now = NOON + timedelta(days=7)
    reminded = table(site.client.post(f"{address}/reminders"))
    assert {one["name"] for one in reminded} == {one["name"] for one in them} - {them[1]["name"]}
    assert table(site.client.post(f"{address}/reminders")) == []


def test_a_link_opens_one_answer_and_nothing_else(site: Site) -> None:
    _, them = small(site)
    secret = them[0]["link"].rpartition("/")[2]
    for path in ("/v1/campaigns", "/v1/footprints"):
        headers = {"Authorization": f"Bearer {secret}"}
        assert site.visitor.get(path, headers=headers).status_code == 401
    database = site.service.database
    with database.reading() as uow:
        rows = uow.connection.exec_driver_sql("SELECT * FROM campaign_suppliers").all()
    assert len(rows) > 1
    assert secret not in str(rows)
    other = posted(site, them[0]["link"], "file", pcf(), product="7")
    assert other.status_code == 422
    foreign = site.visitor.post(f"/answer/{secret}", data={"do": "begin"})
    assert foreign.status_code == 403


def test_a_file_sent_before_beginning_is_refused_with_its_reasons(site: Site) -> None:
    _, them = small(site)
    refused = posted(site, them[0]["link"], "calculate", b"Table\n", product="0")
    assert refused.status_code == 422
    assert "BOM" in refused.text or "物料" in refused.text or "parts list" in refused.text
    assert 'name="file"' in refused.text


def test_a_list_that_cannot_be_read_names_every_row(site: Site) -> None:
    content = b"supplier,mail\nA,a@a.example\nB,nobody\n,c@c.example\n"
    body = {"name": "T", "buyer": "B", "due": DUE, "file": "s.csv"}
    body["content"] = base64.b64encode(content).decode()
    refused = site.client.post("/v1/campaigns", json=body)
    assert refused.status_code == 422
    assert [one["row"] for one in refused.json()["problems"]] == [3, 4]
    chinese = site.client.post("/v1/campaigns", json=body, params={"lang": "zh"}).json()
    assert all(not one["message"].isascii() for one in chinese["problems"])
    body["content"] = base64.b64encode(b"a,b\n1,2\n").decode()
    assert "heading" in site.client.post("/v1/campaigns", json=body).json()["detail"]
    late = body | {"due": "2026-01-01", "content": base64.b64encode(suppliers(1)).decode()}
    assert site.client.post("/v1/campaigns", json=late).status_code == 422


def test_rows_of_one_supplier_are_one(site: Site) -> None:
    rows = ["供应商名称,邮箱,物料", "甲,a@a.example,螺丝", "甲,a@a.example,外壳", "乙,b@b.example,"]
    campaign = started(site, "\n".join(rows).encode())
    them = board(site, campaign, 2)["suppliers"]
    assert [[a["product"] for a in one["answers"]] for one in them] == [["螺丝", "外壳"], [""]]


def test_another_tenant_sees_none_of_it(site: Site) -> None:
    campaign, them = small(site)
    stranger = site.other_tenant("elsewhere")
    address = f"/v1/campaigns/{campaign['id']}"
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}/mail.csv").status_code == 404
    theirs = f"{address}/suppliers/{them[0]['id']}"
    assert stranger.post(f"{theirs}/link").status_code == 404
    assert stranger.post(f"{theirs}/judgement", json={"accept": True}).status_code == 404
    assert stranger.get("/v1/campaigns").json()["campaigns"] == []


def test_commands_do_the_same(tmp_path: Path) -> None:
    from served import command

    store = ("--store", tmp_path / "store")
    file = tmp_path / "suppliers.csv"
    file.write_bytes(suppliers(5))
    facts = ("--name", "Top", "--buyer", "Example Motors", "--due", "2100-01-01")
    made = command("campaigns", "start", file, *facts, "--format", "json", *store)
    assert made.returncode == 0, made.stderr
    campaign = json.loads(made.stdout)
    assert campaign["suppliers"] == 5
    out = tmp_path / "mail.csv"
    assert command("campaigns", "mail", campaign["id"], "--out", out, *store).returncode == 0
    assert len(list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))) == 5
    shown = command("campaigns", "board", campaign["id"], "--format", "json", *store)
    assert sum(json.loads(shown.stdout)["counts"].values()) == 5


def test_several_suppliers_are_named_in_one_request(site: Site) -> None:
    campaign, them = small(site, 4)
    address = f"/v1/campaigns/{campaign['id']}"
    two = [("supplier", one["id"]) for one in them[:2]]
    assert site.client.post(f"{address}/sent", params=two).json()["suppliers"] == 2
    assert board(site, campaign, 4)["counts"]["sent"] == 2
