"""Buyers' requests as cases: from the event, the file or the telephone to the pack."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from databases import BOTH, database_address
from openpyxl import Workbook, load_workbook
from pact_buyer import check_footprint, event
from pact_hosting import BRACKET, Hosting, bom, hosting, until
from pypdf import PdfReader
from served import Site, running, settings_for
from still_clock import NOON

from footprint.canonical import bytes_hash

TARGETS: dict[str, Any] = {
    "kind": "targets",
    "title": "Targets of the group",
    "facts": {
        "scope": "all sites",
        "base_year": "2020",
        "target_year": "2030",
        "reduction_percent": "42",
        "neutral_year": "2045",
    },
}
CLEAN: dict[str, Any] = {
    "kind": "clean-energy",
    "title": "Electricity of 2025",
    "facts": {"period": "2025", "kwh": "1,200,000", "clean_kwh": "300000", "sources": "wind"},
}
DECLINED = {"state": "declined", "words": "Not this year."}


@pytest.fixture(scope="module", params=BOTH)
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    folder: Path = tmp_path_factory.mktemp("requests")
    with database_address(request.param, folder) as address:
        chosen = {"database_url": address} if request.param == "postgresql" else {}
        with running(settings_for(folder, job_workers=0, **chosen)) as served:
            yield served


def taken(site: Site, **more: Any) -> dict[str, Any]:
    answer = site.client.post("/v1/requests", json={"buyer": "Example Motors"} | more)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def changed(site: Site, case: dict[str, Any], **change: Any) -> httpx.Response:
    now = site.client.get(f"/v1/requests/{case['id']}").json()
    body = {"revision": now["revision"]} | change
    return site.client.put(f"/v1/requests/{case['id']}", json=body)


def answered(site: Site, case: dict[str, Any], **answers: Any) -> dict[str, Any]:
    given = {name.replace("_", "-"): one for name, one in answers.items()}
    answer = changed(site, case, answers=given)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made


def kept(site: Site, piece: dict[str, Any], **more: Any) -> str:
    answer = site.client.post("/v1/evidence", json=piece | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def packed(site: Site, case: dict[str, Any], language: str = "en") -> dict[str, Any]:
    answer = site.client.post(f"/v1/requests/{case['id']}/packs", json={"language": language})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def test_the_four_asks_from_upload_to_sent_pack(site: Site) -> None:
    case = taken(site, product="Wall bracket", product_ids=[BRACKET], due="2026-12-18")
    assert (case["state"], case["origin"], case["due"]) == ("asked", "typed", "2026-12-18")
    before = site.footprint(bom=bom(steel="0.60"))
    footprint = site.footprint(bom=bom())
    order = site.order(footprint_id=footprint)
    number = site.client.post("/v1/certificates", json=order).json()["number"]
    statement = b"%PDF-1.4 targets, signed"
    shown = {"file": "targets.pdf", "content": base64.b64encode(statement).decode()}
    targets, clean = kept(site, TARGETS, **shown), kept(site, CLEAN)
    case = answered(
        site,
        case,
        footprint={"state": "answered", "footprint": footprint},
        targets={"state": "answered", "evidence": [targets]},
        measures={"state": "answered", "footprint": footprint, "against": before},
        clean_energy={"state": "answered", "evidence": [clean], "footprint": footprint},
    )
    assert (case["state"], case["worker"]) == ("working", "token:" + case["worker"][6:])
    pack = packed(site, case)
    address = f"/v1/requests/{case['id']}/packs/{pack['id']}"
    data = site.client.get(address).content
    assert bytes_hash(data) == pack["hash"]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    manifest = json.loads(files.pop("answer.json"))
    assert manifest == pack["manifest"]
    assert {name: bytes_hash(one) for name, one in files.items()} == manifest["files"]
    evidence = f"evidence/targets-{targets[:8]}.pdf"
    assert set(files) == {
        *("answer.xlsx", "footprint.json", "pact.json", "report.en.pdf", evidence),
        f"certificate.{number}.en.pdf",
    }
    assert files[evidence] == statement
    check_footprint(json.loads(files["pact.json"]))
    asked = manifest["questions"]
    assert asked["clean-energy"]["evidence"][0]["facts"]["clean_share_percent"] == "25.0"
    assert asked["clean-energy"]["of_product"]["clean_share_percent"] == 0
    stored = site.client.get(f"/v1/footprints/{footprint}").json()
    assert asked["footprint"]["document_hash"] == stored["document_hash"]
    word = "complete"
    assert asked["footprint"]["completeness"] == word
    measure = asked["measures"]["of_product"]
    assert measure["after_kg_co2e"] < measure["before_kg_co2e"]
    assert measure["change_percent"] < 0
    assert (measure["before_completeness"], measure["after_completeness"]) == (word, word)
    sheet = load_workbook(io.BytesIO(files["answer.xlsx"])).active
    assert sheet is not None
    cells = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Targets of the group" in cells
    sent = site.client.post(f"{address}/sent", json={"how": "mail"})
    assert sent.json()["state"] == "answered"
    assert site.client.get(address.rpartition("/")[0]).json()["packs"][0]["sent_at"]
    assert changed(site, case, worker="Somebody").json()["code"] == "API-516"
    ended = site.client.post(f"/v1/requests/{case['id']}/outcome", json={"outcome": "accepted"})
    assert ended.json()["state"] == "accepted"
    assert site.client.get(address).content == data


def test_no_line_of_the_list_is_in_a_pack(site: Site) -> None:
    names = ("Geheime Stahlplatte 7", "Electricity Werk Nord")
    secret = bom().decode().replace("Cold-rolled steel", names[0])
    secret = secret.replace("Electricity,", f"{names[1]},")
    case = taken(site)
    footprint = site.footprint(bom=secret.encode())
    answers = dict.fromkeys(("targets", "measures", "clean_energy"), DECLINED)
    answered(site, case, footprint={"state": "answered", "footprint": footprint}, **answers)
    for language in ("en", "zh"):
        pack = packed(site, case, language)
        data = site.client.get(f"/v1/requests/{case['id']}/packs/{pack['id']}").content
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: archive.read(name) for name in archive.namelist()}
        report = PdfReader(io.BytesIO(files[f"report.{language}.pdf"]))
        texts = [page.extract_text() for page in report.pages]
        texts += [
            one.decode("utf-8", "replace") for some in report.attachments.values() for one in some
        ]
        texts += [one.decode("utf-8", "replace") for n, one in files.items() if n.endswith("json")]
        assert len("".join(texts)) > 2_000
        for name in names:
            assert name not in "".join(texts)
            assert name.encode() not in data


def test_a_pack_needs_every_question_answered(site: Site) -> None:
    case = taken(site)
    address = f"/v1/requests/{case['id']}/packs"
    early = site.client.post(address, json={})
    assert (early.status_code, early.json()["code"]) == (409, "API-516")
    assert "targets" in early.json()["detail"]
    every = dict.fromkeys(("footprint", "targets", "measures", "clean_energy"), DECLINED)
    answered(site, case, **every)
    manifest = packed(site, case)["manifest"]
    assert manifest["questions"]["targets"]["words"] == "Not this year."
    assert set(manifest["files"]) == {"answer.xlsx"}


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("footprint", {"state": "answered"}),
        ("footprint", {"state": "answered", "footprint": "00000000-0000-4000-8000-000000000000"}),
        ("targets", {"state": "answered", "words": "We have targets, believe us."}),
        ("targets", {"state": "answered", "evidence": ["00000000-0000-4000-8000-000000000000"]}),
        ("targets", {"state": "declined"}),
        ("measures", {"state": "answered"}),
        ("clean-energy", {"state": "answered", "words": "100 %"}),
    ],
)
def test_an_answer_is_not_only_words(site: Site, question: str, answer: dict[str, Any]) -> None:
    refused = changed(site, taken(site), answers={question: answer})
    assert refused.status_code in (404, 422), refused.text
    assert refused.json()["code"] in ("API-003", "API-201")


def test_evidence_of_another_question_or_of_the_past_does_not_answer(site: Site) -> None:
    clean = kept(site, CLEAN)
    old = kept(site, TARGETS, valid_until="2026-11-19")
    today = kept(site, TARGETS, valid_until="2026-11-20")
    case = taken(site)
    for piece, status in ((clean, 422), (old, 422), (today, 200)):
        answer = {"state": "answered", "evidence": [piece]}
        assert changed(site, case, answers={"targets": answer}).status_code == status


@pytest.mark.parametrize(
    ("kind", "facts", "says"),
    [
        ("targets", {"scope": "x", "base_year": "2030", "target_year": "2020"}, "missing"),
        ("targets", TARGETS["facts"] | {"target_year": "2019"}, "not after"),
        ("targets", TARGETS["facts"] | {"reduction_percent": "120"}, "100"),
        ("targets", TARGETS["facts"] | {"reduction_percent": "NaN"}, "no number"),
        ("clean-energy", CLEAN["facts"] | {"clean_kwh": "2000000"}, "more clean"),
        ("clean-energy", CLEAN["facts"] | {"kwh": "0", "clean_kwh": "0"}, "none at all"),
        ("measures", {"what": "New kiln", "since": "2025", "colour": "red"}, "no fact"),
    ],
)
def test_facts_that_cannot_be(site: Site, kind: str, facts: dict[str, str], says: str) -> None:
    body = {"kind": kind, "title": "T", "facts": facts}
    refused = site.client.post("/v1/evidence", json=body)
    assert (refused.status_code, refused.json()["code"]) == (422, "API-003")
    assert says in refused.json()["detail"]
    chinese = site.client.post("/v1/evidence", json=body, params={"lang": "zh"}).json()["detail"]
    assert not chinese.isascii()


def questionnaire() -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    rows: list[list[object]] = [
        ["供应商碳信息问卷"],
        ["产品", BRACKET],
        ["回复截止日期", "2026年12月18日"],
        ["1", "请提供产品碳足迹报告"],
        ["2", "贵司的减排目标是什么？"],
        ["3", "清洁能源使用比例"],
        ["4", "贵司是否使用冲突矿产？"],
    ]
    for row in rows:
        sheet.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_questionnaire_is_looked_through(site: Site) -> None:
    content = base64.b64encode(questionnaire()).decode()
    case = taken(site, file="问卷.xlsx", content=content)
    assert (case["origin"], case["due"]) == ("file", "2026-12-18")
    assert case["product_ids"] == [BRACKET]
    assert case["note"] == "贵司是否使用冲突矿产？"
    kept = site.client.get(f"/v1/requests/{case['id']}/file")
    assert kept.content == base64.b64decode(content)
    assert kept.headers["content-type"] == "application/octet-stream"
    none = site.client.get(f"/v1/requests/{taken(site)['id']}/file")
    assert (none.status_code, none.json()["code"]) == (404, "API-212")
    scan = base64.b64encode(b"%PDF-1.7 a scan").decode()
    assert taken(site, file="scan.pdf", content=scan)["product_ids"] == []


def test_two_people_cannot_cross(site: Site) -> None:
    case = taken(site)
    body = {"revision": case["revision"], "worker": "Li Wei"}
    assert site.client.put(f"/v1/requests/{case['id']}", json=body).status_code == 200
    late = site.client.put(f"/v1/requests/{case['id']}", json=body | {"worker": "Wang"})
    assert (late.status_code, late.json()["code"]) == (409, "API-406")
    assert site.client.get(f"/v1/requests/{case['id']}").json()["worker"] == "Li Wei"
    for revision, status in [(2**70, 422), (2**31 - 1, 422), (2**31 - 2, 409)]:
        huge = site.client.put(f"/v1/requests/{case['id']}", json=body | {"revision": revision})
        assert huge.status_code == status, revision


def test_sent_back_it_is_worked_on_again(site: Site) -> None:
    case = taken(site)
    every = dict.fromkeys(("footprint", "targets", "measures", "clean_energy"), DECLINED)
    answered(site, case, **every)
    pack = packed(site, case)
    address = f"/v1/requests/{case['id']}"
    site.client.post(f"{address}/packs/{pack['id']}/sent", json={"how": "portal"})
    silent = site.client.post(f"{address}/outcome", json={"outcome": "sent-back"})
    assert silent.status_code == 422
    body = {"outcome": "sent-back", "words": "The year is missing"}
    back = site.client.post(f"{address}/outcome", json=body).json()
    assert (back["state"], "The year is missing" in back["note"]) == ("sent-back", True)
    answered(site, case, targets={"state": "declined", "words": "Set in 2027."})
    second = packed(site, case)
    assert second["manifest"]["questions"]["targets"]["words"] == "Set in 2027."
    every_pack = {one["id"]: one for one in site.client.get(f"{address}/packs").json()["packs"]}
    assert set(every_pack) == {pack["id"], second["id"]}
    first = every_pack[pack["id"]]
    assert first["manifest"]["questions"]["targets"]["words"] == "Not this year."


#: Every fact of each kind of evidence, and whether it has to be given.
FACTS: dict[str, dict[str, tuple[str, bool]]] = {
    "targets": {
        "scope": ("company", True),
        "base_year": ("2020", True),
        "target_year": ("2030", True),
        "reduction_percent": ("42", True),
        "neutral_year": ("2050", False),
        "validated_by": ("SBTi", False),
    },
    "measures": {
        "what": ("A new kiln", True),
        "since": ("2025", True),
        "saving_kg_co2e_per_year": ("12000", False),
        "until": ("2030", False),
    },
    "clean-energy": {
        "period": ("2025", True),
        "kwh": ("1000", True),
        "clean_kwh": ("250", True),
        "sources": ("solar", False),
        "instrument": ("GEC", False),
    },
}


@pytest.mark.parametrize("kind", sorted(FACTS))
def test_each_kind_of_evidence_has_its_facts(site: Site, kind: str) -> None:
    facts = {name: value for name, (value, _) in FACTS[kind].items()}
    piece = {"kind": kind, "title": "All of them", "facts": facts}
    kept = site.client.post("/v1/evidence", json=piece)
    assert kept.status_code == 201
    assert set(facts) <= set(kept.json()["facts"])
    for name, (_, needed) in FACTS[kind].items():
        fewer = {one: value for one, value in facts.items() if one != name}
        answer = site.client.post("/v1/evidence", json=piece | {"facts": fewer})
        assert answer.status_code == (422 if needed else 201), name
        assert not needed or f"{name} is missing" in answer.text
    others = {name for other, named in FACTS.items() if other != kind for name in named}
    others -= set(facts)
    assert others
    for name in sorted(others):
        refused = site.client.post("/v1/evidence", json=piece | {"facts": facts | {name: "2025"}})
        assert refused.status_code == 422, name
        assert f"{name} is no fact of {kind}" in refused.text


def test_the_digest_tells_what_is_due(site: Site) -> None:
    for day, buyer in (
        ("2026-11-10", "Late Ltd"),
        ("2026-11-25", "Soon Ltd"),
        ("2027-03-01", "Far"),
    ):
        taken(site, buyer=buyer, due=day)
    done = taken(site, buyer="Done Ltd", due="2026-11-22")
    body = {"outcome": "declined", "words": "We do not make it."}
    site.client.post(f"/v1/requests/{done['id']}/outcome", json=body)
    digest = site.client.get("/v1/requests/digest", params={"days": 7}).json()
    buyers = [one["buyer"] for one in digest["requests"]]
    assert buyers[0] == "Late Ltd"
    assert "Soon Ltd" in buyers
    assert not {"Far", "Done Ltd"} & set(buyers)
    assert "days overdue: 10" in digest["text"]
    assert "已逾期 10 天" in digest["text_zh"]
    site.clock.now = NOON + timedelta(days=120)
    later = site.client.get("/v1/requests/digest", params={"days": 0}).json()
    site.clock.now = NOON
    assert "Far" in [one["buyer"] for one in later["requests"]]


def test_another_tenant_sees_none_of_it(site: Site) -> None:
    case, piece = taken(site), kept(site, CLEAN)
    stranger = site.other_tenant("stranger")
    assert stranger.get(f"/v1/requests/{case['id']}").status_code == 404
    assert stranger.get(f"/v1/evidence/{piece}/file").status_code == 404
    theirs = stranger.post("/v1/requests", json={"buyer": "B"}).json()
    body = {"revision": 1, "answers": {"clean-energy": {"state": "answered", "evidence": [piece]}}}
    assert stranger.put(f"/v1/requests/{theirs['id']}", json=body).status_code == 422
    assert [one["id"] for one in stranger.get("/v1/requests").json()["requests"]] == [theirs["id"]]


def test_the_counts_are_those_of_the_list(site: Site) -> None:
    taken(site)
    page = site.client.get("/v1/requests", params={"limit": 500}).json()
    states = [one["state"] for one in page["requests"]]
    assert page["counts"] == {state: states.count(state) for state in set(states)}
    asked = site.client.get("/v1/requests", params={"state": "asked", "limit": 500}).json()
    assert {one["state"] for one in asked["requests"]} == {"asked"}


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Hosting]:
    with hosting(tmp_path) as served:
        yield served


def test_an_event_becomes_a_request(host: Hosting) -> None:
    host.publish(bom())
    with host.receiver() as receiver, host.buyer(receiver) as asking:
        here = event("RequestCreatedEvent.3", {"productId": [BRACKET], "comment": "for 2027"}, "A")
        lacks = event("RequestCreatedEvent.3", {"productId": ["urn:x:new\x7f"]}, "B")
        for one in (here, here, lacks):
            assert asking.send(one).status_code == 200
        until(lambda: len(receiver.got) == 2)
    found = host.supplier.get("/v1/requests").json()["requests"]
    assert len(found) == 2
    by = {one["product"]: one for one in found}
    assert (by[BRACKET]["state"], by[BRACKET]["note"]) == ("answered", "for 2027")
    assert (by["urn:x:new "]["state"], by["urn:x:new "]["origin"]) == ("asked", "event")
    assert {one["buyer"] for one in found} == {"Buyer"}


def test_commands_do_the_same(tmp_path: Path) -> None:
    from served import command

    store = ("--store", tmp_path / "store")
    bill = tmp_path / "bracket.csv"
    bill.write_bytes(bom())
    made = json.loads(
        command(
            "requests", "add", "Example Motors", "--due", "2026-12-18", "--format", "json", *store
        ).stdout
    )
    facts = tmp_path / "targets.yaml"
    facts.write_text("\n".join(f"{k}: {v}" for k, v in {"title": "T", **TARGETS["facts"]}.items()))
    piece = command("requests", "evidence", "targets", facts, *store).stdout.strip()
    command("requests", "answer", made["id"], "targets", "--evidence", piece, *store)
    for question in ("footprint", "measures", "clean-energy"):
        done = command("requests", "answer", made["id"], question, "--decline", "No.", *store)
        assert done.returncode == 0, done.stderr
    out = tmp_path / "answer.zip"
    pack = json.loads(
        command("requests", "pack", made["id"], "--out", out, "--format", "json", *store).stdout
    )
    assert bytes_hash(out.read_bytes()) == pack["hash"]
    assert (
        command("requests", "sent", made["id"], pack["id"], "--how", "mail", *store).returncode == 0
    )
    assert command("requests", "end", made["id"], "accepted", *store).returncode == 0
    listed = json.loads(command("requests", "list", "--format", "json", *store).stdout)
    assert [one["state"] for one in listed["requests"]] == ["accepted"]
    assert "No request is due" in command("requests", "digest", *store).stdout
