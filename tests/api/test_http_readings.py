"""POST /v1/readings: any file of parts, what is said about it, and how it is understood."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from served import Site, codes, running, settings_for

from footprint.reading.document import reading_document
from footprint.reading.read import read_table

LIST = "Pos;Bezeichnung;Menge;Gewicht\n1;Grundplatte;2;85,5\n2;Schraube M4x12;4;1,25\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("readings"))) as served:
        yield served


def read(site: Site, text: str = LIST, query: str = "", **fields: Any) -> Any:
    files = {"file": ("../lamp.csv", text.encode("cp1252"))}
    return site.client.post(f"/v1/readings{query}", files=files, data=fields)


def test_a_file_is_read_as_the_command_reads_it(site: Site) -> None:
    answer = read(site)
    assert answer.status_code == 200
    document = answer.json()
    expected = reading_document(read_table(LIST.encode("cp1252"), "lamp.csv"))
    assert {key: document[key] for key in expected} == expected
    assert [line["name"] for line in document["lines"]] == ["Grundplatte", "Schraube M4x12"]


def test_a_mass_without_a_unit_is_a_problem_until_it_is_said(site: Site) -> None:
    before = read(site).json()
    assert "mass_unit" in {ask["about"] for ask in before["asks"]}
    assert before["problems"]
    after = read(site, map=["Gewicht=unit_mass:g"]).json()
    assert [line["mass_kg"] for line in after["lines"]] == pytest.approx([0.171, 0.005])
    assert "mass_unit" not in {ask["about"] for ask in after["asks"]}


def test_a_field_that_was_left_empty_says_nothing(site: Site) -> None:
    """As a form that people fill in sends it."""
    empty = dict.fromkeys(("base", "header_row", "decimal", "loss", "sheet", "map", "name"), "")
    assert read(site, **empty).json() == read(site).json()


@pytest.mark.parametrize(
    ("field", "text"),
    [("base", "1e3"), ("base", "nan"), ("base", "\u0663"), ("header_row", "00"), ("base", " 5")],
)
def test_a_number_is_written_as_the_document_says(field: str, text: str, site: Site) -> None:
    answer = read(site, **{field: text})
    assert (answer.status_code, codes(answer)) == (422, ["API-002", "API-002"])
    assert answer.json()["problems"][0]["column"] == f"body.{field}"


def test_a_list_without_headings_is_read_by_the_places_of_its_columns(site: Site) -> None:
    bare = {"file": ("lamp.csv", b"Grundplatte;2;85,5\nSchraube;8;1,2\n")}
    said = {"map": ["#1=name", "#2=quantity", "#3=unit_mass:g"]}
    answer = site.client.post("/v1/readings", files=bare, data=said).json()
    assert answer["header_row"] == 0
    assert [line["row"] for line in answer["lines"]] == [1, 2]
    assert [line["mass_kg"] for line in answer["lines"]] == pytest.approx([0.171, 0.0096])
    untold = site.client.post("/v1/readings", files=bare, data={"header_row": "0"}).json()
    assert "BOM-042" in {one["code"] for one in untold["problems"]}


def test_saved_answers_come_as_a_file_and_answers_of_now_go_before_them(site: Site) -> None:
    saved = b"columns:\n  Gewicht: unit_mass:kg\nname: Lampe\n"
    files = {"file": ("lamp.csv", LIST.encode()), "mapping": ("lamp.mapping.yaml", saved)}
    kept = site.client.post("/v1/readings", files=files).json()
    assert kept["lines"][0]["unit_mass_kg"] == 85.5
    changed = site.client.post(
        "/v1/readings", files=files, data={"map": "Gewicht=unit_mass:g"}
    ).json()
    assert changed["lines"][0]["unit_mass_kg"] == pytest.approx(0.0855)


def test_questions_are_in_the_language_asked_for(site: Site) -> None:
    english, chinese = read(site).json(), read(site, query="?lang=zh").json()
    assert [one["code"] for one in english["problems"]] == [
        one["code"] for one in chinese["problems"]
    ]
    assert all(one["message"].isascii() or "'" in one["message"] for one in english["problems"])
    assert any("\u4e00" <= char <= "\u9fff" for char in chinese["problems"][0]["message"])


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"map": "Gewicht=weighty"}, "BOM-046"),
        ({"map": "Gewicht"}, "BOM-046"),
        ({"unit": "furlong"}, "BOM-046"),
        ({"decimal": "dot"}, "BOM-046"),
        ({"header_row": "first"}, "API-002"),
        ({"base": "-1"}, "API-002"),
        ({"base": "nan"}, "API-002"),
        ({"base": "1e999"}, "API-002"),
        ({"unit": ["pcs", "kg"]}, "API-002"),
        ({"colour": "red"}, "API-002"),
        ({"header_row": "99"}, "BOM-040"),
        ({"sheet": "nowhere"}, "BOM-041"),
    ],
)
def test_an_answer_that_is_none_is_refused(site: Site, fields: dict[str, Any], code: str) -> None:
    answer = read(site, **fields)
    assert answer.status_code == 422
    assert code in codes(answer)


def test_a_drawing_is_refused_with_the_export_to_make(site: Site) -> None:
    answer = read(site, "ISO-10303-21;\nHEADER;\n", query="?lang=zh")
    assert codes(answer) == ["API-003", "BOM-032"]
    assert "STEP" in answer.json()["detail"]
    assert "导出" in answer.json()["problems"][0]["hint"]


def test_a_request_without_a_form_or_a_file_or_a_token_is_refused(site: Site) -> None:
    raw = site.client.post("/v1/readings", content=b"a,b", headers={"Content-Type": "text/csv"})
    assert raw.status_code == 415
    files = {"mapping": ("m.yaml", b"unit: pcs")}
    assert site.client.post("/v1/readings", files=files).status_code == 422
    files = {"file": ("lamp.csv", LIST.encode())}
    assert site.visitor.post("/v1/readings", files=files).status_code == 401
