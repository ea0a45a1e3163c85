"""Schemes, decisions, laws and the purchaser's question over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from evidence import some
from served import EVIDENCE, Site, codes, running, settings_for
from still_clock import NOON


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("laws"))) as served:
        yield served


def test_schemes_are_listed_and_each_can_be_read(site: Site) -> None:
    listed = site.visitor.get("/v1/schemes", params={"as_of": "2026-11-20"}).json()
    ids = [one["id"] for one in listed["schemes"]]
    assert {"th-tgo", "kr-keiti", "uk-carbon-trust"} <= set(ids)
    read = site.visitor.get("/v1/schemes/kr-keiti").json()["scheme"]
    assert read["id"] == "kr-keiti"
    assert read["tiers"]["low-carbon"]
    unknown = site.visitor.get("/v1/schemes/no-such")
    assert unknown.status_code == 422
    assert codes(unknown)[-1] == "RUL-020"


def test_the_scheme_that_a_credential_names_leads_somewhere(site: Site) -> None:
    number = site.certificate()["number"]
    view = site.visitor.get(f"/v1/certificates/{number}").json()["certificate"]
    answer = site.visitor.get(f"/v1/schemes/{view['scheme']}")
    assert answer.status_code == 200


def decisions(site: Site, **more: Any) -> dict[str, Any]:
    body = {"footprint_id": site.footprint(), "evidence": EVIDENCE, "as_of": "2026-11-20"} | more
    answer = site.client.post("/v1/decisions", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_decisions_come_with_the_short_form_first(site: Site) -> None:
    found = decisions(site)
    assert list(found)[-1] == "decisions"
    assert "th-tgo/disclosure" in found["passes"]
    assert "au-carbon-reduction-label/reduction" in found["not_offered"]
    listed = [
        *found["passes"],
        *(one["tier"] for one in found["nearly"]),
        *(one["tier"] for one in found["open"]),
        *found["fails"],
        *found["not_offered"],
    ]
    assert len(listed) == len(set(listed)) == len(found["decisions"])
    one = decisions(site, scheme="th-tgo", tier="disclosure", markets=["DE", "AU"])
    (decision,) = one["decisions"]
    assert {answer["market"] for answer in decision["markets"]} == {"DE", "AU"}
    assert decisions(site, scheme="th-tgo", as_of="2028-01-01")["passes"] == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scheme": "no-such"}, "RUL-020"),
        ({"scheme": "th-tgo", "tier": "neutral"}, "RUL-021"),
        ({"markets": ["XX"]}, "RUL-022"),
        ({"evidence": {"sale_channel": "b2c"}}, "RUL-011"),
        ({"footprint_id": "no-such"}, "API-201"),
    ],
)
def test_decisions_that_cannot_be_made_are_refused(
    site: Site, change: dict[str, Any], code: str
) -> None:
    body = {"footprint_id": site.footprint(), "evidence": EVIDENCE} | change
    answer = site.client.post("/v1/decisions", json=body)
    assert code in codes(answer), answer.text


def law(site: Site, name: str, **body: Any) -> dict[str, Any]:
    answer = site.visitor.post(f"/v1/laws/{name}", json={"as_of": "2026-11-20"} | body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["answer"]
    return found


def test_each_law_answers_over_http_as_by_command(site: Site) -> None:
    battery = law(
        site,
        "battery",
        kind="ev",
        stages_kg={"material": 3500, "production": 900, "distribution": 40, "end_of_life": 60},
        energy_per_cycle_kwh=60,
        cycles=1500,
    )
    assert battery["declared"]["kg_co2e_per_kwh"] == "0.05"
    cbam = law(site, "cbam", cn="7208 10 00", activity_level=1000, direct_t=1800.5)
    assert cbam["actual"]["direct_t_co2e"] == "1.8005"
    textile = law(site, "textile", kind="clothing", unmodelled_mass=0.1)
    assert textile["scope"]["reply"] == "yes"


@pytest.mark.parametrize(
    ("name", "body", "code"),
    [
        ("cbam", {"cn": "72"}, "RUL-031"),
        ("battery", {"kind": "ev", "cycles": 5}, "RUL-030"),
        ("battery", {"kind": "toy"}, "API-002"),
        ("textile", {"kind": "clothing", "footprint_kg": 1}, "RUL-032"),
    ],
)
def test_what_a_law_cannot_answer_is_refused(
    site: Site, name: str, body: dict[str, Any], code: str
) -> None:
    answer = site.visitor.post(f"/v1/laws/{name}", json=body)
    assert answer.status_code == 422
    assert codes(answer)[-1] == code


def test_a_limit_is_kept_or_not(site: Site) -> None:
    footprint = site.footprint()
    total = site.client.get(f"/v1/footprints/{footprint}").json()
    unit = total["footprint"]["declared_unit"] if "footprint" in total else None
    assert unit is None or unit["amount"] == 1
    for most, keeps in ((1000, "yes"), (0.001, "no")):
        body = {
            "footprint_id": footprint,
            "value": most,
            "per": "1 piece",
            "boundary": "cradle-to-gate",
            "since": "2025-01-01",
            "title": "Purchasing rule 7",
            "gwp_set": "AR6",
            "as_of": "2026-11-20",
        }
        answer = site.client.post("/v1/laws/procurement", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["answer"]["keeps"] == keeps


def asked(site: Site, number: str, **query: Any) -> dict[str, Any]:
    answer = site.visitor.get(f"/v1/certificates/{number}/purchase", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_purchaser_is_answered_yes_no_or_unknown_and_why(site: Site) -> None:
    number = str(site.certificate()["number"])
    today = NOON.date().isoformat()
    plain = asked(site, number, as_of=today)
    assert (plain["reply"], plain["labelled"], plain["tier"]) == ("yes", True, "disclosure")
    per = plain["per"]
    assert asked(site, number, as_of="2020-01-01")["reply"] == "no"
    ahead = asked(site, number, as_of=plain["valid_until"])
    assert ahead["reply"] == "unknown"
    assert asked(site, number, as_of=today, tier="neutral")["reply"] == "no"
    value = plain["kg_co2e"]
    assert asked(site, number, as_of=today, most_kg=value, per=per)["reply"] == "yes"
    assert asked(site, number, as_of=today, most_kg="0.000001", per=per)["reply"] == "no"
    assert asked(site, number, as_of=today, most_kg=value, per="1 kilogram")["reply"] == "unknown"
    for reply in some((plain, ahead)):
        assert reply["why"]
        assert len(reply["why"]) == len(reply["why_zh"])


def test_a_revoked_certificate_is_no_label_for_a_purchaser(site: Site) -> None:
    number = str(site.certificate()["number"])
    change = {"status": "revoked", "reason": "Test"}
    site.client.post(f"/v1/certificates/{number}/status", json=change)
    found = asked(site, number, as_of=NOON.date().isoformat())
    assert (found["reply"], found["labelled"]) == ("no", False)
    assert found["why"] == ["Its state is revoked."]
    assert found["why_zh"] == ["其状态为“已撤销”。"]


def test_reasons_for_a_purchaser_are_in_both_languages_and_the_noise_of_floats_is_no_excess(
    site: Site,
) -> None:
    number = str(site.certificate()["number"])
    today = NOON.date().isoformat()
    plain = asked(site, number, as_of=today)
    amount, _, unit = str(plain["per"]).partition(" ")
    assert unit == "piece"
    limit = Decimal(plain["kg_co2e"]) * (1 - Decimal("1e-15"))
    kept = asked(site, number, as_of=today, most_kg=str(limit), per=plain["per"])
    assert kept["reply"] == "yes"
    assert f"每 {amount} 件" in kept["why_zh"][-1]
    over = Decimal(plain["kg_co2e"]) * (1 - Decimal("1e-9"))
    assert asked(site, number, as_of=today, most_kg=str(over), per=plain["per"])["reply"] == "no"
    other = asked(site, number, as_of=today, tier="neutral")
    assert other["why_zh"] == ["等级为碳足迹披露，而非碳中和。"]
    nothing = asked(site, number, as_of=today, most_kg="1000")
    assert nothing["reply"] == "unknown"
    assert nothing["why"] == [
        f"What the limit is per was not said; its value is per {amount} piece."
    ]
