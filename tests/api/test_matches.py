"""Choices of datasets per tenant: kept, marked by whom, used in later files, never by others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from served import Site, running, settings_for

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
