"""Orders over HTTP say how much they rest on guesses; what everyone may see does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from served import BOM, Site, running, settings_for

FACTS = "".join(line for line in BOM.splitlines(keepends=True) if line.startswith("#"))
GUESSED = "name,quantity,unit,weight (g)\nSteel plate,1,pcs,480\nPaper label roll,1,pcs,20\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("guesses"))) as found:
        yield found


@pytest.mark.parametrize("path", ["/v1/certificates", "/v1/applications"])
def test_an_order_says_what_rests_on_guesses(site: Site, path: str) -> None:
    guessed = site.footprint(
        bom=f"# product_ids: urn:example:{path[4:]}\n{FACTS}{GUESSED}".encode()
    )
    made = site.client.post(path, json=site.order(footprint_id=guessed))
    assert made.status_code == 201, made.text
    told = made.json()["guesses"]
    assert (told["lines"], told["of"], told["rows"]) == (1, 2, [11])
    assert 0 < told["share"] < 0.1
    assert told["kg_co2e"] > 0
    again = site.client.get(made.headers["location"].replace(site.service.settings.base_url, ""))
    assert again.status_code == 200
    assert ("guesses" in again.json()) == (path == "/v1/applications")
    sure = site.client.post(path, json=site.order(footprint_id=site.footprint())).json()
    assert (sure["guesses"]["lines"], sure["guesses"]["rows"]) == (0, [])
