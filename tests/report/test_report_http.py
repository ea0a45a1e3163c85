"""GET /v1/footprints/{id}/report: forms, languages, caching, tenants, refusals."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

sys.path.append(str(Path(__file__).parents[1] / "api"))
from served import Site, codes, running, settings_for

from api.faults import ServiceRefused
from api.services.reports import report_on, reportable
from api.store.tenants import Actor

BEGINS = {"html": b"<!doctype html>", "pdf": b"%PDF-", "xlsx": b"PK"}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("reports"))) as served:
        yield served


def _path(site: Site) -> str:
    return f"/v1/footprints/{site.footprint()}/report"


@pytest.mark.parametrize("kind", BEGINS)
def test_every_form_is_a_file_with_a_plain_name(kind: str, site: Site) -> None:
    path = _path(site)
    answer = site.client.get(path, params={"format": kind, "lang": "zh"})
    assert answer.status_code == 200
    assert answer.content.startswith(BEGINS[kind])
    identity = path.split("/")[3]
    name = f'attachment; filename="footprint-{identity}-zh.{kind}"'
    assert answer.headers["Content-Disposition"] == name
    assert answer.headers["Content-Language"] == "zh"
    assert "private" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    again = site.client.get(path, params={"format": kind, "lang": "zh"})
    assert again.content == answer.content


def test_the_report_is_dated_with_the_day_of_the_calculation(site: Site) -> None:
    path, day = _path(site), site.clock.now
    site.clock.now = day.replace(year=day.year + 1)
    try:
        answer = site.client.get(path)
    finally:
        site.clock.now = day
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert day.date().isoformat() in text
    assert "Wall bracket" in text


def test_the_language_is_asked_for_or_accepted(site: Site) -> None:
    path = f"{_path(site)}?format=html"
    english = site.client.get(path)
    accepted = site.client.get(path, headers={"Accept-Language": "zh-CN,en;q=0.5"})
    asked = site.client.get(f"{path}&lang=zh", headers={"Accept-Language": "en"})
    assert "Product carbon footprint report" in english.text
    assert accepted.text == asked.text
    assert "墙面支架" in asked.text
    assert accepted.headers["Vary"] == "Accept-Language"


def test_a_client_that_has_the_report_is_sent_nothing(site: Site) -> None:
    path = f"{_path(site)}?format=html"
    first = site.client.get(path)
    tag = first.headers["ETag"]
    second = site.client.get(path, headers={"If-None-Match": tag})
    assert (second.status_code, second.content) == (304, b"")
    other = site.client.get(f"{path}&lang=zh", headers={"If-None-Match": tag})
    assert other.status_code == 200
    assert other.headers["ETag"] != tag


def test_another_tenant_and_a_visitor_get_nothing(site: Site) -> None:
    path = _path(site)
    stranger = site.other_tenant("stranger").get(path)
    assert (stranger.status_code, codes(stranger)[0]) == (404, "API-201")
    visitor = site.visitor.get(path)
    assert (visitor.status_code, codes(visitor)[0]) == (401, "API-101")


@pytest.mark.parametrize(
    ("query", "column"), [("format=docx", "query.format"), ("lang=xx", "query.lang")]
)
def test_an_unknown_form_or_language_is_refused(query: str, column: str, site: Site) -> None:
    answer = site.client.get(f"{_path(site)}?{query}")
    assert answer.status_code == 422
    assert codes(answer)[0] == "API-002"
    assert answer.json()["problems"][0]["column"] == column


def test_an_unknown_footprint_has_no_report(site: Site) -> None:
    answer = site.client.get("/v1/footprints/none/report")
    assert (answer.status_code, codes(answer)[0]) == (404, "API-201")


def test_letters_that_no_font_shows_are_refused_as_a_problem(site: Site) -> None:
    bom = "# name: \U0001f50b\nid,name,quantity,unit,dataset\n1,a,1,kg,board-gb\n"
    files = {"file": ("a.csv", bom.encode())}
    made = site.client.post("/v1/footprints", files=files).json()["id"]
    answer = site.client.get(f"/v1/footprints/{made}/report?format=pdf")
    assert answer.status_code == 422
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert codes(answer) == ["API-003", "RPT-001"]
    assert site.client.get(f"/v1/footprints/{made}/report?format=html").status_code == 200


@pytest.mark.parametrize("changed", ["inventory", "document"])
def test_a_footprint_that_cannot_be_calculated_again_is_refused(changed: str, site: Site) -> None:
    actor = _actor(site)
    found = reportable(site.service.database, actor, site.footprint())
    inventory = site.service.inventory
    if changed == "inventory":
        inventory = replace(inventory, hash="sha256:" + "0" * 64)
    else:
        stored = replace(found.footprint, document_hash="sha256:" + "0" * 64)
        found = replace(found, footprint=stored)
    with pytest.raises(ServiceRefused) as refused:
        report_on(found, inventory, "html", "en")
    assert refused.value.problems[0].code == "API-509"
    assert refused.value.fault.status == 409


def _actor(site: Site) -> Actor:
    from api.services.access import entry_for

    secret = str(site.client.headers["Authorization"]).removeprefix("Bearer ")
    entry = entry_for(site.service.database, secret, site.clock.now)
    actor = None if entry is None else entry[0]
    assert actor is not None
    return actor


def test_the_report_is_described(site: Site) -> None:
    document = site.visitor.get("/openapi.json").json()
    operation = document["paths"]["/v1/footprints/{footprint_id}/report"]["get"]
    assert {"200", "304", "401", "404", "409", "422", "500"} <= operation["responses"].keys()
    assert "application/pdf" in operation["responses"]["200"]["content"]
    names = {parameter["name"] for parameter in operation["parameters"]}
    assert names >= {"format", "lang", "footprint_id"}
    assert all(one.get("description") for one in operation["parameters"])


def test_the_interval_is_in_the_report_when_it_is_asked_for(site: Site) -> None:
    path = f"{_path(site)}?format=html"
    plain, drawn = site.client.get(path), site.client.get(f"{path}&interval=true")
    assert "No interval was drawn for this report" in plain.text
    assert "No interval was drawn for this report" not in drawn.text
    assert "of 1000 draws" in drawn.text
    assert drawn.headers["ETag"] != plain.headers["ETag"]
    assert site.client.get(f"{path}&interval=true").content == drawn.content
