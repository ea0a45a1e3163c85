"""Forms of exchange over HTTP: out of a footprint, and in again as a supplier's document."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from served import Site, codes, running, settings_for

from footprint.exchange.belonging import belonging
from footprint.exchange.forms import FORM_MEDIA, ExchangeForm

BOM = """\
# name: Bolt
# company: Works
# company_ids: urn:bpn:BPNL00000000EXMP
# product_ids: urn:gtin:06901234567892
# classifications: CPC:42999
# reference_period: 2025
# declared_unit: 1 piece
# mass: 1 kg
# country: CN
id,name,quantity,unit,dataset,stage
1,Bar,1.1,kg,steel-bar-cn,material
2,Electricity,0.8,kWh,electricity-grid-cn,production
"""
BOUGHT = """\
# name: Rack
# country: CN
# declared_unit: 1 piece
# mass: 2 kg
name,quantity,unit,supplier_pcf,stage
Bolt,2,piece,bolt.{ending},material
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("exchange"))) as served:
        yield served


@pytest.fixture(scope="module")
def footprint(site: Site) -> str:
    return site.footprint(bom=BOM.encode())


#: The figures rest on two reports of the IPCC, which Catena-X 7.0.0 cannot say.
WRITTEN = [form for form in FORM_MEDIA if form != "catena-x-7"]


@pytest.mark.parametrize("form", WRITTEN)
def test_a_form_goes_out_and_stands_for_a_line_again(
    site: Site, footprint: str, form: ExchangeForm
) -> None:
    answer = site.client.get(f"/v1/footprints/{footprint}/exchange?format={form}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["Content-Type"].partition(";")[0] == FORM_MEDIA[form]
    tag = {"If-None-Match": answer.headers["ETag"]}
    again = site.client.get(f"/v1/footprints/{footprint}/exchange?format={form}", headers=tag)
    assert again.status_code == 304
    ending = "aasx" if form == "aasx" else "json"
    files = [
        ("file", ("rack.csv", BOUGHT.format(ending=ending).encode())),
        ("document", (f"bolt.{ending}", answer.content)),
    ]
    made = site.client.post("/v1/footprints", files=files)
    assert made.status_code == 201, made.text
    whole = site.client.get(f"/v1/footprints/{footprint}").json()["footprint"]["totals"]
    name = "excluding_biogenic_uptake_kg_co2e"
    assert made.json()["footprint"]["totals"][name] == pytest.approx(2 * whole[name], rel=1e-9)


def test_what_the_service_hands_out_is_what_a_certificate_binds(site: Site, footprint: str) -> None:
    view = site.certificate(footprint_id=footprint)["certificate"]
    outcomes = {}
    for form in WRITTEN:
        answer = site.client.get(f"/v1/footprints/{footprint}/exchange?format={form}")
        outcomes[form] = belonging(view, answer.content, "x").outcome
    assert outcomes == {
        "pact": "signed",
        "catena-x": "signed",
        "openepd": "agrees",
        "aasx": "signed",
        "untp": "agrees",
    }


def test_what_a_form_cannot_say_is_a_problem_with_its_code(site: Site) -> None:
    text = BOM.replace("# company_ids: urn:bpn:BPNL00000000EXMP", "# company_ids: urn:a:b")
    made = site.footprint(bom=text.encode())
    answer = site.client.get(f"/v1/footprints/{made}/exchange?format=catena-x")
    assert (answer.status_code, "EXC-003" in codes(answer)) == (422, True)
    assert site.client.get(f"/v1/footprints/{made}/exchange?format=pact").status_code == 200
    answer = site.client.get(f"/v1/footprints/{made}/exchange?format=catena-x-7")
    assert (answer.status_code, {"EXC-002", "EXC-003"} & {*codes(answer)} != set()) == (422, True)
    bare = site.footprint()
    answer = site.client.get(f"/v1/footprints/{bare}/exchange")
    assert (answer.status_code, "PAC-001" in codes(answer)) == (422, True)
    answer = site.client.get(f"/v1/footprints/{made}/exchange?format=ilcd")
    assert answer.status_code == 422


def test_the_description_names_each_media_type(site: Site) -> None:
    document = json.loads(site.visitor.get("/openapi.json").text)
    route = document["paths"]["/v1/footprints/{footprint_id}/exchange"]["get"]
    assert set(route["responses"]["200"]["content"]) == set(FORM_MEDIA.values())
