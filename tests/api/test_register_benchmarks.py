"""Benchmarks of the register over HTTP and as a command: what counts today, and who is told."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from evidence import some
from served import BOM, Site, codes, command, running, settings_for
from still_clock import NOON

COMPANIES = ("Alpha", "Beta", "Gamma", "Alpha", "Beta")


def bracket(number: int, company: str, facts: str = "# category: rebar\n") -> bytes:
    """A bill of materials of a product of its own, heavier with its number."""
    text = BOM.replace("Wall bracket", f"Bracket {number}").replace("Example Metal Ltd", company)
    return (facts + text.replace("0.55", f"{0.5 + number / 10:.2f}")).encode()


def issued(site: Site, bom: bytes) -> str:
    return str(site.certificate(footprint_id=site.footprint(bom=bom))["number"])


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("benchmarks"))) as served:
        yield served


@pytest.fixture(scope="module")
def numbers(site: Site) -> list[str]:
    """Five products of three companies, written in two words for one category."""
    facts = ("# category: rebar\n# classifications: CPC:41261\n", "# category: 钢筋\n")
    return [issued(site, bracket(n, company, facts[n % 2])) for n, company in enumerate(COMPANIES)]


def asked(site: Site, **query: Any) -> dict[str, Any]:
    answer = site.visitor.get("/v1/register/benchmarks", params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def content(site: Site, number: str) -> dict[str, Any]:
    return dict(site.visitor.get(f"/v1/certificates/{number}").json()["certificate"])


def test_anybody_may_ask_and_the_figures_are_those_of_the_certificates(
    site: Site, numbers: list[str]
) -> None:
    found = asked(site, category="reinforcing bars")
    (group,) = found["groups"]
    totals = [content(site, number)["total_kg_co2e"] for number in numbers]
    lowest, second, middle, fourth, highest = sorted(totals, key=float)
    assert [float(one) for one in group["kg_co2e"].values()] == pytest.approx(
        [float(one) for one in (lowest, second, middle, fourth, highest)], rel=1e-14
    )
    assert (group["products"], group["companies"], group["state"]) == (5, 3, "told")
    assert group["rests_on"] == sorted(numbers)
    assert found["day"] == NOON.date().isoformat()


def test_a_code_on_the_certificate_is_a_category_and_too_few_say_so(
    site: Site, numbers: list[str]
) -> None:
    assert content(site, numbers[0])["product_classifications"] == ["CPC:41261"]
    assert "CPC:41261" in site.visitor.get(f"/verify/{numbers[0]}").text
    (group,) = asked(site, category="cpc: 41261")["groups"]
    assert (group["kind"], group["products"]) == ("code", 3)
    assert (group["state"], group["kg_co2e"]) == ("too_few", None)


def test_a_certificate_gets_its_rank_in_each_of_its_groups(site: Site, numbers: list[str]) -> None:
    groups = asked(site, certificate=numbers[0].lower().replace("-", " "))["groups"]
    assert [one["category"] for one in groups] == ["reinforcing bar", "CPC:41261"]
    assert groups[0]["rank"] == {
        "others": 4, "higher": 4, "same": 0, "lower": 0, "lower_than_percent": "100.0"
    }  # fmt: skip
    assert groups[1]["rank"] is None


def test_no_rank_stands_on_the_page_of_a_certificate(site: Site, numbers: list[str]) -> None:
    page = site.visitor.get(f"/verify/{numbers[0]}", params={"lang": "en"}).text
    words = ("quartile", "percentile", "others", "lower than that")
    assert not [word for word in some(words) if word in page]


def test_only_what_is_in_force_today_counts(site: Site, numbers: list[str]) -> None:
    gone = issued(site, bracket(9, "Delta"))
    assert asked(site, category="rebar")["groups"][0]["products"] == 6
    change = {"status": "suspended", "reason": "A question is open"}
    site.client.post(f"/v1/certificates/{gone}/status", json=change)
    (group,) = asked(site, category="rebar")["groups"]
    assert group["products"] == 5
    assert gone not in group["rests_on"]
    refused = site.visitor.get("/v1/register/benchmarks", params={"certificate": gone})
    assert refused.status_code == 409
    assert codes(refused)[0] == "API-527"
    assert refused.json()["detail"].endswith("it is not in force today.")
    site.clock.now = NOON.replace(year=2031)
    try:
        assert asked(site)["groups"] == []
    finally:
        site.clock.now = NOON


def test_what_names_no_category_is_told_as_left_out(site: Site, numbers: list[str]) -> None:
    bare = issued(site, bracket(7, "Delta", ""))
    assert {"count": 1, "says": "it names no category", "says_zh": "未写明类别"} in asked(site)[
        "left_out"
    ]
    refused = site.visitor.get(
        "/v1/register/benchmarks", params={"certificate": bare}, headers={"Accept-Language": "zh"}
    )
    assert refused.status_code == 409
    assert refused.json()["detail"] == f"{bare} 不在任何基准统计中：未写明类别。"


def test_an_unknown_number_or_category_is_told(site: Site, numbers: list[str]) -> None:
    assert asked(site, category="never heard of")["groups"] == []
    assert asked(site, category="—")["groups"] == []
    for number, status in some([("FP-96V8-7RQC-A", 404), ("nonsense", 422)]):
        answer = site.visitor.get("/v1/register/benchmarks", params={"certificate": number})
        assert answer.status_code == status, number


def test_a_text_that_is_no_document_is_left_out_and_breaks_nothing(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("broken")
    with running(settings_for(folder)) as site:
        issued(site, bracket(1, "Alpha"))
        with sqlite3.connect(folder / "store" / "footprint.sqlite3") as connection:
            connection.execute("UPDATE certificates SET view = '[1'")
        connection.close()
        found = asked(site)
    assert found["groups"] == []
    assert [one["says"] for one in found["left_out"]] == ["its text cannot be read"]


def test_the_command_says_the_same_in_both_languages(site: Site, numbers: list[str]) -> None:
    store = site.service.settings.store_dir
    done = command("benchmark", "--format", "json", "--store", store)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["quantiles"] == asked(site)["quantiles"]
    english = command("benchmark", "--category", "rebar", "--store", store)
    chinese = command("benchmark", "--category", "rebar", "--lang", "zh", "--store", store)
    assert "lower quartile" in english.stdout
    assert "no words for advertising" in english.stderr
    assert "下四分位数" in chinese.stdout
    assert "并非市场抽样" in chinese.stderr
