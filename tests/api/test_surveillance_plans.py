"""Plans of surveillance: drawn by a seed, kept, and done by the visits that are recorded since."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from databases import BOTH, database_address
from pydantic import SecretStr
from served import EVIDENCE, Site, codes, command, own_bom, running, settings_for
from still_clock import NOON, StillClock

from api.opening import opened
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.service import Service
from api.store.tenants import Actor
from footprint.certificates.sampling import SAMPLING_RULE, SamplingUnit, drawn_sample
from footprint.study import Inputs

PLANS = "/v1/surveillance/plans"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with running(settings_for(tmp_path)) as site:
        yield site


def drawn(site: Site, seed: str = "2026-Q4", **headers: str) -> dict[str, Any]:
    answer = site.client.post(PLANS, json={"seed": seed}, headers=headers)
    assert answer.status_code == 201, answer.text
    document: dict[str, Any] = answer.json()
    assert answer.headers["Location"].endswith(f"{PLANS}/{document['id']}")
    return document


def change(site: Site, number: str, status: str) -> None:
    body = {"status": status, "reason": "Test"}
    site.client.post(f"/v1/certificates/{number}/status", json=body).raise_for_status()


def test_a_plan_draws_from_what_is_in_force_and_can_be_drawn_again_by_anybody(site: Site) -> None:
    numbers = [site.certificate()["number"] for _ in range(12)]
    site.certificate(draft=True)
    for status in ("suspended", "revoked"):
        change(site, site.certificate()["number"], status)
    site.clock.now = NOON + timedelta(days=1)
    ended = site.certificate(months=1)["number"]
    site.clock.now = NOON + timedelta(days=60)
    plan = drawn(site)
    assert plan["strata"] == [{"scheme": "th-tgo", "tier": "disclosure", "size": 12, "drawn": 3}]
    units = [SamplingUnit(one, "th-tgo", "disclosure") for one in reversed(numbers)]
    (expected,) = drawn_sample(units, "2026-Q4")
    assert [one["number"] for one in plan["visits"]] == list(expected.drawn)
    assert ended not in expected.drawn
    assert (plan["rule"], plan["seed"], plan["to_visit"]) == (SAMPLING_RULE, "2026-Q4", 3)
    assert "IAF MD 1" in plan["rule_says"]
    again = drawn(site)
    assert again["id"] != plan["id"]
    assert again["visits"] == plan["visits"]
    others = {tuple(one["number"] for one in drawn(site, f"{n}")["visits"]) for n in range(5)}
    assert len(others) > 1


def test_what_was_visited_or_ended_since_counts(site: Site) -> None:
    numbers = [site.certificate()["number"] for _ in range(26)]
    note = {"note": "Visited before"}
    for number in numbers:
        address = f"/v1/certificates/{number}/surveillance"
        site.client.post(address, json=note).raise_for_status()
    site.clock.now = NOON + timedelta(hours=1)
    plan = drawn(site)
    first, second, third, fourth = (one["number"] for one in plan["visits"])
    assert {one["due"] for one in plan["visits"]} == {"visit"}
    site.clock.now = NOON + timedelta(hours=2)
    for _ in range(2):
        site.client.post(f"/v1/certificates/{first}/surveillance", json=note).raise_for_status()
        site.clock.now += timedelta(hours=1)
    change(site, second, "revoked")
    change(site, third, "suspended")
    found = site.client.get(f"{PLANS}/{plan['id']}").json()
    told = {one["number"]: (one["due"], one["visited_at"]) for one in found["visits"]}
    assert told == {
        first: ("visited", "2026-11-20T14:00:00Z"),
        second: ("ended", None),
        third: ("visit", None),
        fourth: ("visit", None),
    }
    assert (found["to_visit"], found["drawn"]) == (2, 4)
    assert found["strata"] == plan["strata"], "a plan is a record"


def test_plans_are_kept_listed_logged_and_ones_own(site: Site) -> None:
    site.certificate()
    key = {"Idempotency-Key": "plan"}
    first = drawn(site, "1", **key)
    assert drawn(site, "1", **key)["id"] == first["id"]
    assert codes(site.client.post(PLANS, json={"seed": "2"}, headers=key))[0] == "API-401"
    site.clock.now = NOON + timedelta(minutes=1)
    second = drawn(site, "2")
    page = site.client.get(f"{PLANS}?limit=1").json()
    assert [one["id"] for one in page["plans"]] == [second["id"]]
    rest = site.client.get(f"{PLANS}?cursor={page['next']}").json()["plans"]
    assert [(one["id"], one["seed"], one["drawn"]) for one in rest] == [(first["id"], "1", 1)]
    with site.service.database.reading() as uow:
        query = "SELECT subject FROM audit_log WHERE action = 'surveillance.planned'"
        told = uow.connection.exec_driver_sql(query + " ORDER BY sequence").scalars().all()
    assert told == [first["id"], second["id"]]
    log = site.visitor.get("/v1/log?limit=500").text
    assert "surveillance.planned" in log
    assert first["id"] not in log
    stranger = site.other_tenant()
    assert codes(stranger.get(f"{PLANS}/{first['id']}"))[0] == "API-232"
    assert stranger.get(PLANS).json()["plans"] == []
    empty = stranger.post(PLANS, json={"seed": "1"}).json()
    assert (empty["strata"], empty["visits"]) == ([], [])


@pytest.mark.parametrize("seed", ["", " ", "a ", " a", "x" * 65, "种子", "a\nb", 7, None])
def test_a_seed_is_one_that_anybody_can_type(site: Site, seed: Any) -> None:
    answer = site.client.post(PLANS, json={"seed": seed})
    assert (answer.status_code, codes(answer)[0]) == (422, "API-002")


@pytest.fixture(params=BOTH)
def service(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Service]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with opened(settings, StillClock()) as service:
            yield service


def test_both_databases_draw_the_same_kind_of_sample(service: Service) -> None:
    def issued(**more: Any) -> str:
        footprint = service.footprints.calculate(LOCAL, Inputs("bracket.csv", own_bom()))
        evidence = yaml.safe_dump(EVIDENCE)
        order = Order(footprint.id, "th-tgo", "disclosure", evidence, **more)
        return service.certificates.issue(LOCAL, order).number

    real = [issued() for _ in range(3)]
    issued(draft=True)
    found = service.plans.draw(LOCAL, "seed")
    (stratum,) = found.sample
    assert (stratum.size, set(stratum.drawn) <= set(real), len(stratum.drawn)) == (3, True, 2)
    maker = Actor("default", "local", "Mai", ("maker", "approver"))
    with pytest.raises(Exception, match="API-102"):
        service.plans.draw(maker, "seed")


def test_the_commands_draw_list_and_show(site: Site) -> None:
    number = site.certificate()["number"]
    store = ("--store", site.service.settings.store_dir, "--format", "json")
    made = command("surveillance", "plan", "--seed", "2026-Q4", *store)
    assert made.returncode == 0, made.stderr
    plan = site.service.plans.newest(LOCAL)
    assert plan is not None
    assert [one.certificate.number for one in plan.visits] == [number]
    listed = command("surveillance", "list", *store)
    shown = command("surveillance", "show", plan.plan.id, *store[:2])
    assert plan.plan.id in listed.stdout
    assert number in shown.stdout
    assert "1 of 1 are still to be visited." in shown.stderr + shown.stdout
    for wrong in (("plan", "--seed", " "), ("show", "nothing", *store)):
        told = command("surveillance", *wrong)
        assert told.returncode in (1, 2)
        assert "Traceback" not in told.stderr


def test_the_desk_shows_whom_to_visit(site: Site) -> None:
    number = site.certificate()["number"]
    secret = site.client.headers["Authorization"].removeprefix("Bearer ")
    own = {"Sec-Fetch-Site": "same-origin"}
    page = site.visitor.post("/sign-in", data={"token": secret}, headers=own)
    assert page.status_code == 303, page.text
    cookie = {"Cookie": page.headers["Set-Cookie"].partition(";")[0]} | own
    for language, none, title in (
        ("en", "No sample was drawn yet.", "To be visited"),
        ("zh", "尚未抽样。", "待走访"),
    ):
        text = site.visitor.get(f"/desk?lang={language}", headers=cookie).text
        assert none in text
        assert title in text
    sent = site.visitor.post("/desk/plans", data={"seed": "Q4", "once": "a"}, headers=cookie)
    assert sent.status_code == 303, sent.text
    site.visitor.post("/desk/plans", data={"seed": "Q4", "once": "a"}, headers=cookie)
    text = site.visitor.get("/desk?lang=en", headers=cookie).text
    assert "by the seed “Q4”. Certificates: 1, still to be visited: 1." in text
    assert f"/desk/certificates/{number}" in text
    assert len(site.service.plans.listed(LOCAL, 9)) == 1
    wrong = site.visitor.post("/desk/plans", data={"seed": " "}, headers=cookie)
    assert wrong.status_code == 422
    assert "A seed has 1 to 64" in wrong.text
