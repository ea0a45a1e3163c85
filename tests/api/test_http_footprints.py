"""Footprints over HTTP: ways to upload, refusals, access, idempotency."""

from __future__ import annotations

import io
from collections.abc import Iterator

import openpyxl
import pytest
from served import BOM, Site, codes, running, settings_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    settings = settings_for(tmp_path_factory.mktemp("footprints"), max_body_bytes=100_000)
    with running(settings) as served:
        yield served


def _workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in BOM.splitlines():
        sheet.append([row] if row.startswith("#") else row.split(","))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _total(answer: dict[str, dict[str, dict[str, float]]]) -> float:
    return answer["footprint"]["totals"]["excluding_biogenic_uptake_kg_co2e"]


def test_every_way_to_send_the_same_file_gives_the_same_footprint(site: Site) -> None:
    csv = BOM.encode()
    answers = [
        site.client.post("/v1/footprints", files={"file": ("bracket.csv", csv)}),
        site.client.post("/v1/footprints", content=csv, headers={"Content-Type": "text/csv"}),
        site.client.post("/v1/footprints", files={"file": ("bracket.xlsx", _workbook())}),
        site.client.post("/v1/footprints", content=_workbook(), headers={"Content-Type": XLSX}),
    ]
    assert [answer.status_code for answer in answers] == [201] * 4
    totals = {_total(answer.json()) for answer in answers}
    assert len(totals) == 1
    assert totals.pop() > 0


def test_a_stored_footprint_is_read_as_it_was_answered(site: Site) -> None:
    made = site.client.post("/v1/footprints", files={"file": ("../../a b.csv", BOM.encode())})
    assert made.headers["Location"].endswith(f"/v1/footprints/{made.json()['id']}")
    assert made.json()["file"] == "a b.csv"
    assert site.client.get(f"/v1/footprints/{made.json()['id']}").json() == made.json()


def test_the_gwp_set_is_the_one_asked_for(site: Site) -> None:
    sets = {}
    for name in ("AR6", "AR5"):
        files = {"file": ("a.csv", BOM.encode())}
        answer = site.client.post(f"/v1/footprints?gwp_set={name}", files=files)
        sets[answer.json()["footprint"]["gwp_set"]] = answer.status_code
    assert sets == {"AR6": 201, "AR5": 201}


def test_a_file_with_mistakes_is_refused_with_all_of_them(site: Site) -> None:
    broken = BOM.replace("0.55,kg", "half,kg").replace("production", "assembly")
    answer = site.client.post("/v1/footprints", files={"file": ("bracket.csv", broken.encode())})
    assert answer.status_code == 422
    assert answer.json()["code"] == "API-003"
    last = len(BOM.splitlines())
    places = {(problem["row"], problem["column"]) for problem in answer.json()["problems"]}
    assert places == {(last - 1, "quantity"), (last, "stage")}
    assert all(problem["code"].startswith("BOM-") for problem in answer.json()["problems"])
    assert all(problem["file"] == "bracket.csv" for problem in answer.json()["problems"])


def test_mistakes_are_said_in_chinese_to_who_reads_chinese(site: Site) -> None:
    broken = {"file": ("bracket.csv", BOM.replace("0.55,kg", "half,kg").encode())}
    asked = site.client.post("/v1/footprints?lang=zh", files=broken)
    preferred = site.client.post(
        "/v1/footprints", files=broken, headers={"Accept-Language": "zh-CN"}
    )
    for answer in (asked, preferred):
        [problem] = answer.json()["problems"]
        assert (problem["code"], problem["message"]) == ("BOM-006", "'half' 不是数字")
        assert answer.json()["detail"] == problem["message"]


def test_an_empty_file_is_refused(site: Site) -> None:
    answer = site.client.post("/v1/footprints", content=b"", headers={"Content-Type": "text/csv"})
    assert answer.status_code == 422
    assert codes(answer)[0] == "API-003"


@pytest.mark.parametrize("media_type", ["application/xml", "application/x-www-form-urlencoded"])
def test_another_media_type_is_refused(site: Site, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    answer = site.client.post("/v1/footprints", content=b"a=b", headers=headers)
    assert answer.status_code == 415
    assert codes(answer)[0] == "API-302"


def test_a_form_without_the_file_is_refused(site: Site) -> None:
    answer = site.client.post("/v1/footprints", files={"bom": ("a.csv", b"x")})
    assert answer.status_code == 422
    assert codes(answer)[0] == "API-002"


def test_a_form_that_is_cut_off_is_refused(site: Site) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    answer = site.client.post("/v1/footprints", content=b"--x\r\nContent-", headers=headers)
    assert answer.status_code in (400, 422)
    assert codes(answer)[0] in ("API-001", "API-002")


def test_a_file_that_is_too_large_is_refused(site: Site) -> None:
    files = {"file": ("a.csv", b"x" * 100_000)}
    answer = site.client.post("/v1/footprints", files=files)
    assert answer.status_code == 413
    assert codes(answer)[0] == "API-301"


def test_an_unknown_gwp_set_is_refused(site: Site) -> None:
    files = {"file": ("a.csv", BOM.encode())}
    answer = site.client.post("/v1/footprints?gwp_set=AR7", files=files)
    assert answer.status_code == 422
    assert codes(answer) == ["API-002", "API-002"]
    assert answer.json()["problems"][0]["column"] == "query.gwp_set"


def test_a_repeated_upload_makes_one_footprint(site: Site) -> None:
    headers = {"Idempotency-Key": "upload-1"}
    files = {"file": ("a.csv", BOM.encode())}
    ids = {
        site.client.post("/v1/footprints", files=files, headers=headers).json()["id"]
        for _ in range(3)
    }
    assert len(ids) == 1


def test_a_key_is_not_taken_for_another_file(site: Site) -> None:
    headers = {"Idempotency-Key": "upload-2"}
    site.client.post("/v1/footprints", files={"file": ("a.csv", BOM.encode())}, headers=headers)
    other = {"file": ("a.csv", BOM.encode() + b"\n")}
    answer = site.client.post("/v1/footprints", files=other, headers=headers)
    assert answer.status_code == 422
    assert codes(answer)[0] == "API-401"


@pytest.mark.parametrize("authorization", [None, "Bearer wrong", "Bearer", "Basic dXNlcjpwYXNz"])
def test_nobody_comes_in_without_a_valid_token(site: Site, authorization: str | None) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    known = site.footprint()
    answers = [
        site.visitor.get(f"/v1/footprints/{known}", headers=headers),
        site.visitor.post("/v1/footprints", files={"file": ("a.csv", b"x")}, headers=headers),
        site.visitor.post("/v1/certificates", json={}, headers=headers),
    ]
    assert [answer.status_code for answer in answers] == [401, 401, 401]
    assert [codes(answer)[0] for answer in answers] == ["API-101"] * 3
    assert answers[0].headers["WWW-Authenticate"].startswith("Bearer")


def test_a_tampered_token_is_refused(site: Site) -> None:
    secret = str(site.client.headers["Authorization"])
    for changed in (secret[:-1], secret + "A", secret.swapcase()):
        answer = site.visitor.get("/v1/footprints/x", headers={"Authorization": changed})
        assert answer.status_code == 401


def test_another_tenants_footprint_is_unknown(site: Site) -> None:
    mine = site.footprint()
    answer = site.other_tenant().get(f"/v1/footprints/{mine}")
    assert answer.status_code == 404
    assert codes(answer)[0] == "API-201"


def test_tenants_do_not_share_idempotency_keys(site: Site) -> None:
    headers = {"Idempotency-Key": "shared"}
    files = {"file": ("a.csv", BOM.encode())}
    mine = site.client.post("/v1/footprints", files=files, headers=headers).json()["id"]
    theirs = site.other_tenant("third").post("/v1/footprints", files=files, headers=headers)
    assert theirs.status_code == 201
    assert theirs.json()["id"] != mine
