"""The workbook of an export for disclosure holds what the JSON says, and refuses as it does."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pytest
from evidence import some
from openpyxl import load_workbook
from served import Site, codes, running, settings_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("disclosures"))) as served:
        yield served


def asked(site: Site, **change: Any) -> dict[str, Any]:
    product = {"footprint_id": site.footprint(), "sold": "1000.5", "bought": "10", **change}
    return {"company": "Works", "buyer": "Motors", "products": [product]}


def test_the_workbook_holds_the_figures_of_the_json(site: Site) -> None:
    order = asked(site)
    export = site.client.post("/v1/disclosures", json=order).json()["answer"]
    answer = site.client.post("/v1/disclosures/workbook", json=order)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == XLSX
    assert "disclosure.xlsx" in answer.headers["content-disposition"]
    assert answer.content == site.client.post("/v1/disclosures/workbook", json=order).content
    book = load_workbook(io.BytesIO(answer.content))
    cells = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    told = [
        str(figure)
        for row in (*export["products"], *export["category_1"])
        for name, figure in row.items()
        if "kg_co2e" in name
    ]
    assert [figure for figure in some(told) if figure not in cells] == []


def test_what_the_json_refuses_the_workbook_refuses(site: Site) -> None:
    more = asked(site, bought="2000")
    unknown = asked(site, footprint_id="00000000-0000-0000-0000-000000000000")
    for order in (more, unknown):
        answers = [
            site.client.post(f"/v1/disclosures{end}", json=order) for end in ("", "/workbook")
        ]
        assert [one.status_code >= 400 for one in answers] == [True, True]
        assert codes(answers[0]) == codes(answers[1])
