"""What is typed into the console is asked for again where no product can be so; over HTTP too."""

from __future__ import annotations

import html
from collections.abc import Iterator

import httpx
import pytest
from console_kit import console
from served import EVIDENCE, Site
from test_console_mistakes import TOLD, drafted, product, revision_of, signed_in

from api.services.access import LOCAL

LIST = b"name,quantity,unit\nQwxyz,1,pcs\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with console(tmp_path_factory.mktemp("plausible")) as made:
        yield made.site


@pytest.fixture(scope="module")
def clerk(site: Site) -> Iterator[httpx.Client]:
    with signed_in(site) as client:
        yield client


@pytest.mark.parametrize(
    ("field", "typed", "language", "says"),
    [
        ("mass", "1000 t", "en", "is that unit meant?"),
        ("mass", "1000 t", "zh", "单位对吗？"),
        ("year", "1900", "en", "no data are so old"),
        ("year", "1989", "zh", "没有这么早的数据"),
        ("year", "2062", "en", "has not begun"),
        ("year", "2027", "zh", "还没有开始"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_at_its_field(
    clerk: httpx.Client, field: str, typed: str, language: str, says: str
) -> None:
    draft = drafted(clerk, LIST)
    facts = {"name": "Stand", "amount": "1", "unit": "piece", "year": "2025"} | {field: typed}
    answer = clerk.post(f"{draft}/facts?lang={language}", data=facts)
    assert answer.status_code == 422
    text = html.unescape(answer.text)
    assert says in text
    assert f'id="{field}-error"' in text
    assert f'value="{typed}"' in text


@pytest.mark.parametrize("year", ["1990", "2026"])
def test_the_running_year_and_the_first_one_are_taken(clerk: httpx.Client, year: str) -> None:
    facts = {"name": "Stand", "amount": "1", "unit": "piece", "year": year, "mass": "999 t"}
    assert clerk.post(f"{drafted(clerk, LIST)}/facts", data=facts).status_code == 303


def test_a_weight_typed_at_a_line_is_asked_for_again(clerk: httpx.Client) -> None:
    draft = drafted(clerk, LIST)
    page = clerk.get(f"{draft}/match")
    key = page.text.partition('id="line-')[2].partition('"')[0]
    said = {"revision": revision_of(page), "line": key, "do": "mass", "mass": "1000 t"}
    answer = clerk.post(f"{draft}/match?lang=en", data=said)
    assert answer.status_code == 422
    assert "is that unit meant?" in answer.text
    assert clerk.post(f"{draft}/match", data=said | {"mass": "900 t"}).status_code == 303


def test_evidence_of_a_day_to_come_is_refused_and_nothing_is_changed(
    site: Site, clerk: httpx.Client
) -> None:
    path = product(site, clerk)
    before = site.service.products.get(LOCAL, path.rsplit("/", 1)[1]).product.evidence
    said = {"key": "verification", "do": "yes", "by": "X", "kind": "third-party"}
    answer = clerk.post(f"{path}/evidence?{TOLD}", data=said | {"date": "2062-01-01"})
    assert ">2062-01-01</span> has not come yet" in html.unescape(answer.text)
    assert site.service.products.get(LOCAL, path.rsplit("/", 1)[1]).product.evidence == before


def test_the_service_refuses_such_evidence_in_decisions_and_orders(site: Site) -> None:
    order = site.order()
    late = EVIDENCE | {"verification": EVIDENCE["verification"] | {"date": "2062-01-01"}}
    for path in ("/v1/certificates", "/v1/applications"):
        answer = site.client.post(path, json=order | {"evidence": late})
        assert answer.status_code == 422, path
        assert "RUL-012" in answer.text, path
