"""The event: emissions of a meeting's days, credits retired for it, its certificate; used twice."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from databases import BOTH, database_address
from pydantic import SecretStr
from served import REPOSITORY, Site, codes, command, running, settings_for

EXAMPLES = REPOSITORY / "examples"
EVENT = (EXAMPLES / "summit.csv").read_bytes()
EVIDENCE = (EXAMPLES / "summit.evidence.yaml").read_text("utf-8")
#: Another meeting of the same organiser, a month later.
OTHER = EVENT.replace(b"City summit", b"Spring meeting")


@pytest.fixture(params=BOTH)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with running(settings) as served:
            yield served


def order(site: Site, bom: bytes = EVENT, **changes: Any) -> dict[str, Any]:
    asked = {
        "footprint_id": site.footprint(bom=bom),
        "scheme": "iso-14068-1",
        "tier": "neutral",
        "months": 12,
        "evidence": EVIDENCE,
    }
    return asked | changes


def test_an_event_is_certified_and_its_credits_are_spent(site: Site) -> None:
    made = site.client.post("/v1/certificates", json=order(site))
    assert made.status_code == 201, made.text
    number = made.json()["number"]
    told = site.visitor.get(f"/v1/certificates/{number}").json()
    assert (made.json()["subject"], told["subject"]) == ("event", "event")
    assert told["status"]["state"] == "issued"  # its rows say what was signed
    view = site.visitor.get(f"/v1/certificates/{number}/certificate.json").json()
    assert view["boundary"] == "event"
    assert view["subject_boundary"].startswith("Meeting period of two days")
    assert [part["name"] for part in view["stages"]][:2] == ["travel", "nights"]
    assert Decimal(view["total_kg_co2e"]) <= Decimal(view["claim"]["tonnes"]) * 1000
    asked = {"as_of": told["valid_from"], "most_kg": view["total_kg_co2e"], "per": "whole event"}
    bought = site.visitor.get(f"/v1/certificates/{number}/purchase", params=asked).json()
    assert (bought["reply"], bought["per"]) == ("yes", "whole event")
    one = site.visitor.get(
        f"/v1/certificates/{number}/purchase", params={**asked, "per": "1 piece"}
    ).json()
    assert one["reply"] == "unknown"
    assert "per whole event" in one["why"][0]
    # The whole event is covered, whatever number of units the evidence might say.
    assert view["claim"]["units"] == "1"
    for language, said in (("en", "for the whole event"), ("zh", "活动全部")):
        page = site.visitor.get(f"/verify/{number}?lang={language}").text
        assert said in page
        assert "CCER-2024-0917-1001-1032" in page
    # The same credits stand behind no other event.
    again = site.client.post("/v1/certificates", json=order(site, OTHER))
    assert (again.status_code, codes(again)[0]) == (409, "API-510")
    fewer = EVIDENCE.replace("1001-1032", "1032-1063")
    part = site.client.post("/v1/certificates", json=order(site, OTHER, evidence=fewer))
    assert codes(part)[0] == "API-510"
    unused = EVIDENCE.replace("1001-1032", "1033-1064")
    third = site.client.post("/v1/certificates", json=order(site, OTHER, evidence=unused))
    assert third.status_code == 201, third.text


def test_less_than_the_event_is_refused_however_few_units_are_said(site: Site) -> None:
    short = EVIDENCE.replace("tonnes: 32", "tonnes: 31").replace("1001-1032", "1001-1031")
    told = site.client.post(
        "/v1/certificates", json=order(site, evidence=f"units_sold: 0.5\n{short}")
    )
    assert codes(told)[0] == "API-501"
    assert "fail" in told.text


def test_a_label_for_products_is_not_for_an_event(site: Site) -> None:
    told = site.client.post("/v1/certificates", json=order(site, scheme="us-carbonfree"))
    assert codes(told)[0] == "API-501"
    decided = site.client.post(
        "/v1/decisions",
        json={
            "footprint_id": site.footprint(bom=EVENT),
            "scheme": "th-tgo",
            "tier": "disclosure",
            "evidence": EVIDENCE,
        },
    )
    assert "This scheme does not apply to an event" in decided.text


def test_the_same_by_command(tmp_path: Path, cache: Path) -> None:
    variables = {"FOOTPRINT_CACHE": str(cache), "FOOTPRINT_BASE_URL": "https://labels.example.com"}
    shown = command("calculate", EXAMPLES / "summit.csv", "--lang", "zh", **variables)
    assert "交通" in shown.stdout
    other = tmp_path / "other.csv"
    other.write_bytes(OTHER)

    def issue(bom: Path, *more: str) -> CompletedProcess[str]:
        return command(
            *("issue", bom, "--scheme", "cn-event-neutral", "--tier", "neutral", "--months", "12"),
            *("--evidence", EXAMPLES / "summit.evidence.yaml", "--store", tmp_path / "store"),
            *("--out", tmp_path / "files", "--format", "json"),
            *more,
            **variables,
        )

    def number_of(answer: CompletedProcess[str]) -> str:
        assert answer.returncode == 0, answer.stderr
        return str(json.loads(answer.stdout)["number"])

    draft = number_of(issue(EXAMPLES / "summit.csv", "--draft"))
    held = issue(other, "--draft")
    assert (held.returncode, "API-532" in held.stdout, draft in held.stdout) == (1, True, True)
    ended = command(
        *("revoke", draft, "--reason", "only a trial", "--store", tmp_path / "store"), **variables
    )
    assert ended.stdout == f"{draft} is revoked.\n", ended.stderr
    assert "free again" in ended.stderr
    number_of(issue(other, "--draft"))

    number = number_of(issue(EXAMPLES / "summit.csv"))
    verified = command(
        *("verify", tmp_path / "files" / f"{number}.en.pdf"),
        *("--keys", tmp_path / "files" / "issuer.did.json"),
        **variables,
    )
    assert verified.returncode == 0, verified.stderr
    second = issue(other)
    assert second.returncode != 0
    assert "API-510" in second.stdout
    kept = command(
        *("revoke", number, "--reason", "withdrawn", "--store", tmp_path / "store"), **variables
    )
    assert "stay used" in kept.stderr
    assert "API-510" in issue(other).stdout
