"""Choices of datasets per tenant: kept, marked by whom, used in later files, never by others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from served import Site, codes, running, settings_for

from api.jobs.payload import footprint_payload
from footprint.bom.choices import Choice, choices_text
from footprint.matching.candidates import candidates
from footprint.matching.query import Query
from footprint.study import Inputs

DAY = date(2026, 11, 29)

CSV = """\
# name: Fan
# country: CN
id,name,quantity,unit,unit_mass
1,风叶 定制,1,pcs,210 g
2,ABS plastic housing,1,pcs,100 g
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("matches"))) as served:
        yield served


def _post(site: Site, client: object = None) -> dict[str, object]:
    answer = (client or site.client).post(  # type: ignore[attr-defined]
        "/v1/footprints", files={"file": ("fan.csv", CSV.encode())}
    )
    return {"status": answer.status_code, **answer.json()}


@pytest.mark.parametrize("member", ["name", "material", "specification"])
def test_a_choice_holds_no_control_character(member: str, site: Site) -> None:
    """One that counts as a blank (U+0085) was cut off instead."""
    order = {"name": "screw", "unit": "kg", "dataset": "pp-resin-cn", member: "M3\x85"}
    answer = site.client.put("/v1/matches", json=order)
    assert (answer.status_code, answer.json()["code"]) == (422, "API-002")
    assert "U+0085" in answer.text


def test_a_choice_is_used_in_later_files_of_its_tenant_alone(site: Site) -> None:
    assert _post(site)["status"] == 422
    order = {"name": "风叶 定制", "unit": "个", "dataset": "pp-resin-cn"}
    kept = site.client.put("/v1/matches", json=order)
    assert kept.status_code == 200
    assert kept.json()["unit"] == "piece"
    assert site.client.get("/v1/matches").json() == {"matches": [kept.json()]}
    made = _post(site)
    assert made["status"] == 201, made
    document = made["footprint"]
    (line,) = [c for c in document["contributions"] if c["line"] == "1"]  # type: ignore[index]
    assert (line["dataset"], line["matched_by"]) == ("pp-resin-cn", "pick")
    said = [w["message"] for w in document["warnings"] if w["code"] == "ENG-019"]  # type: ignore[index]
    assert said == [
        f"'风叶 定制' counts as pp-resin-cn, chosen by {kept.json()['chosen_by']}, 2026-11-20"
    ]
    other = site.other_tenant()
    assert other.get("/v1/matches").json() == {"matches": []}
    assert _post(site, other)["status"] == 422


def test_a_later_choice_replaces_an_earlier_one(site: Site) -> None:
    for dataset in ("pp-resin-cn", "abs-resin-rna"):
        order = {"name": "后盖", "unit": "piece", "dataset": dataset}
        assert site.client.put("/v1/matches", json=order).status_code == 200
    found = [m for m in site.client.get("/v1/matches").json()["matches"] if m["name"] == "后盖"]
    assert [m["dataset"] for m in found] == ["abs-resin-rna"]


@pytest.mark.parametrize(
    ("change", "column"),
    [({"dataset": "no-such"}, "body.dataset"), ({"unit": "bushelweight"}, "body.unit")],
)
def test_what_is_unknown_is_refused(site: Site, change: dict[str, str], column: str) -> None:
    order = {"name": "盖", "unit": "piece", "dataset": "abs-resin-rna"} | change
    answer = site.client.put("/v1/matches", json=order)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["column"] == column


def test_choices_are_for_who_has_a_token(site: Site) -> None:
    assert site.visitor.get("/v1/matches").status_code == 401


@pytest.mark.parametrize(
    ("unit", "dataset"),
    [("kWh", "abs-resin-rna"), ("kg", "electricity-grid-cn"), ("h", "pp-resin-cn")],
)
def test_a_choice_that_fits_no_line_is_refused(site: Site, unit: str, dataset: str) -> None:
    order = {"name": "盖", "unit": unit, "dataset": dataset}
    answer = site.client.put("/v1/matches", json=order)
    assert answer.status_code == 422
    (problem,) = answer.json()["problems"]
    assert problem["column"] == "body.unit"
    assert dataset in problem["message"]


@pytest.mark.parametrize("unit", ["piece", "个", "m2", "kg"])
def test_a_choice_that_a_mass_makes_fit_is_kept(site: Site, unit: str) -> None:
    order = {"name": f"盖 {unit}", "unit": unit, "dataset": "abs-resin-rna"}
    assert site.client.put("/v1/matches", json=order).status_code == 200


def test_candidates_over_http_are_those_of_the_command(site: Site) -> None:
    asked = {"name": "Bracket", "material": "PA66 GF30", "unit": "pcs", "mass_kg": "0.012"}
    answer = site.client.get("/v1/matches/candidates", params=asked | {"country": "CN"})
    assert answer.status_code == 200, answer.text
    query = Query("Bracket", country="CN", material="PA66 GF30", unit="piece", mass_kg=0.012)
    offers = [offer.as_json() for offer in candidates(query, site.service.inventory, 5)]
    assert answer.json() == {"candidates": offers}
    assert offers[0]["fit"] == "mass"
    assert offers[0]["kg_co2e_per_line_unit"] > 0


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"unit": "bushelweight"}, "query.unit"),
        ({"country": "Utopia"}, "query.country"),
        ({"mass_kg": "-1"}, "query.mass_kg"),
        ({"nme": "x"}, "query.nme"),
    ],
)
def test_candidates_of_what_is_unknown_are_refused(
    site: Site, change: dict[str, str], column: str
) -> None:
    answer = site.client.get("/v1/matches/candidates", params={"name": "Bracket"} | change)
    assert answer.status_code in {400, 422}
    assert answer.json()["problems"][0]["column"] == column


def test_a_choice_for_another_material_is_named_where_a_line_has_none(site: Site) -> None:
    order = {"name": "Xyzzy", "unit": "piece", "material": "PP", "dataset": "pp-resin-cn"}
    assert site.client.put("/v1/matches", json=order).status_code == 200
    table = CSV.replace("风叶 定制", "Xyzzy")
    kept = choices_text([Choice("Xyzzy", "piece", "pp-resin-cn", "Li Na", DAY, material="PP")])
    answer = site.client.post(
        "/v1/footprints",
        files={"file": ("fan.csv", table.encode()), "matches": ("m.yaml", kept.encode())},
    )
    (problem,) = answer.json()["problems"]
    assert problem["code"] == "ENG-001"
    assert "pp-resin-cn for PP (Li Na, 2026-11-29)" in problem["hint"]
    assert "--allow-gaps" in problem["hint"]


def test_a_partial_result_is_made_when_asked_for_and_marked(site: Site) -> None:
    files = {"file": ("fan.csv", CSV.replace("风叶 定制", "Xyzzy").encode())}
    assert site.client.post("/v1/footprints", files=files).status_code == 422
    answer = site.client.post("/v1/footprints", files=files, params={"allow_gaps": "true"})
    assert answer.status_code == 201, answer.text
    document = answer.json()["footprint"]
    assert document["completeness"]["word"] == "at least"
    assert "gaps" in document["completeness"]["lacks"]
    assert document["coverage"]["lines"] == 0.5
    again = site.client.get(f"/v1/footprints/{answer.json()['id']}/report?format=html")
    assert again.status_code == 200, again.text  # calculated again from what was kept
    order = site.order(footprint_id=answer.json()["id"])
    refused = site.client.post("/v1/certificates", json=order)
    assert refused.status_code in {409, 422}
    assert "API-501" in codes(refused) or refused.json()["code"].startswith("API-5")


def test_a_screening_figure_is_used_when_asked_for(site: Site) -> None:
    table = CSV.replace("风叶 定制", "EPDM foot").encode()
    answer = site.client.post(
        "/v1/footprints", files={"file": ("fan.csv", table)}, params={"screening": "true"}
    )
    assert answer.status_code == 201, answer.text
    document = answer.json()["footprint"]
    assert document["completeness"]["screening_lines"] == 1
    assert document["completeness"]["screening_result"]


def test_a_job_keeps_what_was_chosen() -> None:
    inputs = Inputs("fan.csv", b"", allow_gaps=True, screening=True)
    payload = footprint_payload(inputs)
    assert payload["allow_gaps"] is payload["screening"] is True
    assert inputs.fingerprint() != Inputs("fan.csv", b"").fingerprint()
