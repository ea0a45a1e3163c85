"""What is held about a person is handed out, kept for a set time, and forgotten without a break."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from databases import BOTH, database_address
from evidence import some
from served import EVIDENCE, Site, codes, running, settings_for
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from still_clock import NOON

from api.services.access import LOCAL, let_in
from api.services.door import Knock
from api.store.audit import ERASED
from api.store.personal import SIGNED
from api.store.tables import audit_log, metadata

NAME = "Li Weiß-O'Neill"


@pytest.fixture(scope="module", params=BOTH)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("personal")
    with database_address(request.param, folder) as address:
        more = {"database_url": address} if request.param == "postgresql" else {}
        with running(settings_for(folder, **more)) as served:
            yield served


def somebody(site: Site, name: str, *roles: Any) -> httpx.Client:
    """Invited, signed in by the link, with a token: a person as he is usually made."""
    member, secret = site.service.staff.invite(LOCAL, name, roles)
    site.service.sessions.open(secret)
    site.service.door.came_in(Knock("link", "192.0.2.7"), member.actor)
    token = os.urandom(16).hex()
    let_in(site.service.database, "default", name, token, NOON, os.urandom(16), name, roles)
    headers = {"Authorization": f"Bearer {token}"}
    client = httpx.Client(
        base_url=site.client.base_url, headers=headers, timeout=60, trust_env=False
    )
    site.others.append(client)
    return client


def issued(site: Site, maker: httpx.Client, *others: httpx.Client) -> str:
    """The number of a certificate that three people made."""
    order = {"footprint_id": site.footprint(maker), "scheme": "th-tgo", "tier": "disclosure"}
    made = maker.post("/v1/applications", json=order | {"evidence": EVIDENCE})
    assert made.status_code == 201, made.text
    place = f"/v1/applications/{made.json()['id']}"
    checker, approver = others
    for client, step, body in (
        (maker, "submit", {}),
        (checker, "check", {"note": "Seen"}),
        (approver, "approve", {}),
    ):
        done = client.post(f"{place}/{step}", json=body)
        assert done.status_code in (200, 201), done.text
    return str(done.json()["application"]["number"])


def stored(site: Site, name: str) -> list[str]:
    """Every table in which a name stands in any column."""
    quoted = json.dumps(name, ensure_ascii=False)
    with site.service.database.reading() as uow:
        return [
            table.name
            for table in metadata.sorted_tables
            if any(
                name in str(value) or quoted in str(value)
                for row in uow.connection.execute(select(table))
                for value in row
                if not isinstance(value, bytes)
            )
        ]


@pytest.fixture(scope="module")
def case(site: Site) -> dict[str, Any]:
    """A maker who did much, and the certificate that he made with two others."""
    maker = somebody(site, NAME, "maker")
    checker, approver = somebody(site, "Chen", "checker"), somebody(site, "Mai", "approver")
    number = issued(site, maker, checker, approver)
    match = {"name": "Plate", "unit": "kg", "dataset": "steel-cold-rolled-cn"}
    assert maker.put("/v1/matches", json=match).status_code == 200
    evidence = {"kind": "measures", "title": "Kiln", "facts": {"what": "Kiln", "since": "2025"}}
    assert maker.post("/v1/evidence", json=evidence).status_code == 201
    head = site.visitor.get("/v1/log/head").text
    public = site.visitor.get("/v1/log?limit=500").json()
    return {"maker": maker, "number": number, "head": head, "log": public}


def test_a_person_gets_all_that_is_held_and_no_secret(site: Site, case: dict[str, Any]) -> None:
    own = case["maker"].get(f"/v1/people/{NAME}/data")
    assert own.status_code == 200, own.text
    held = own.json()
    assert held == site.client.get(f"/v1/people/{NAME}/data").json(), "the owner sees the same"
    assert held["name"] == NAME
    assert [one["roles"] for one in held["person"]] == ["maker"]
    assert [one["address"] for one in held["sign_ins"]] == ["192.0.2.7"]
    signed = {(one["table"], *one["as"]) for one in held["signed"]}
    assert signed >= {
        ("staff", "name"),
        ("access_tokens", "person", "name"),
        ("applications", "maker"),
        ("certificates", "maker"),
        ("matches", "chosen_by"),
        ("company_evidence", "made_by"),
    }
    assert "person.invited" in {one["action"] for one in held["log"]}
    assert "secret" not in own.text
    member = held["person"][0]["id"]
    assert site.client.get(f"/v1/people/{member}/data").json() == held


def test_nobody_else_gets_it_or_learns_who_there_is(site: Site, case: dict[str, Any]) -> None:
    del case
    chen = somebody(site, "Curious", "checker")
    told = [chen.get(f"/v1/people/{one}/data") for one in (NAME, "Nobody At All")]
    assert [codes(one)[0] for one in told] == ["API-102", "API-102"]
    assert told[0].json() == told[1].json()
    assert site.client.get("/v1/people/Nobody At All/data").status_code == 404
    assert codes(chen.delete(f"/v1/people/{NAME}"))[0] == "API-102"


def test_whoever_is_forgotten_leaves_an_alias_and_nothing_breaks(
    site: Site, case: dict[str, Any]
) -> None:
    pdf = site.visitor.get(f"/v1/certificates/{case['number']}/certificate.pdf").content
    before = site.visitor.get(f"/v1/certificates/{case['number']}").json()
    assert set(stored(site, NAME)) >= {
        *("access_tokens", "applications", "audit_log", "certificates", "company_evidence"),
        *("matches", "sign_ins", "staff"),
    }
    done = site.client.delete(f"/v1/people/{NAME}")
    assert done.status_code == 200, done.text
    alias = done.json()["alias"]
    assert stored(site, NAME) == []
    assert case["maker"].get("/v1/footprints").status_code == 401
    assert site.service.check_audit_log().intact
    assert site.service.log.check(case["head"]).intact, "heads of before hold"
    known = case["log"]["entries"]
    assert site.visitor.get("/v1/log?limit=500").json()["entries"][: len(known)] == known
    assert site.visitor.get(f"/v1/certificates/{case['number']}").json() == before
    kind = {"Content-Type": "application/pdf"}
    checked = site.visitor.post("/v1/verify", content=pdf, headers=kind)
    assert checked.json()["verdict"] == "valid"
    held = site.client.get(f"/v1/people/{alias}/data").json()
    assert ("certificates", "maker") in {(one["table"], *one["as"]) for one in held["signed"]}
    assert site.client.get(f"/v1/people/{NAME}/data").status_code == 404


def test_every_column_of_a_name_is_known() -> None:
    """A new table with a column that people sign in must be thought of here."""
    telling = ("by", "maker", "checker", "approver", "person", "worker")
    told = {f"{one.table.name}.{name}" for one in SIGNED for name in one.names}
    # Of verifiers and other parties, who are no people of the tenant, or deleted as a whole.
    told |= {"findings.by", "room_samples.drawn_by", "room_openings.opened_by"}
    told |= {"sign_ins.person", "certificates.superseded_by", "supplier_pcfs.replaced_by"}
    found = {
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if column.name in telling or column.name.endswith("_by")
    }
    assert found - told == set()


def test_what_the_log_says_since_is_proved_too(site: Site) -> None:
    """An entry in which a name was replaced cannot be written once more unseen."""
    member, _ = site.service.staff.invite(LOCAL, "Gone", ["maker"])
    site.service.personal.forget(LOCAL, member.id)
    assert site.service.check_audit_log().intact
    with site.service.database.reading() as uow:
        query = select(audit_log.c.sequence, audit_log.c.facts)
        row = uow.connection.execute(
            query.where(audit_log.c.subject == member.id, audit_log.c.action == "person.invited")
        ).one()
    assert row.facts.startswith(ERASED)
    other = ERASED + '"by":"somebody else"}'
    changed = update(audit_log).where(audit_log.c.sequence == row.sequence)
    with site.service.database.writing() as uow:
        uow.connection.execute(changed.values(facts=other))
    assert site.service.check_audit_log().broken_at == row.sequence
    with site.service.database.writing() as uow:
        uow.connection.execute(changed.values(facts=row.facts))
    assert site.service.check_audit_log().intact


def test_an_entry_that_nobody_told_of_breaks_the_chain(site: Site) -> None:
    with site.service.database.reading() as uow:
        query = select(audit_log.c.sequence, audit_log.c.facts)
        whole = query.where(~audit_log.c.facts.startswith(ERASED, autoescape=True))
        row = uow.connection.execute(whole.order_by(audit_log.c.sequence).limit(1)).one()
    changed = update(audit_log).where(audit_log.c.sequence == row.sequence)
    with site.service.database.writing() as uow:
        uow.connection.execute(changed.values(facts=ERASED + '"x":1}'))
    assert site.service.check_audit_log().broken_at == row.sequence
    with pytest.raises(DBAPIError, match="append-only"), site.service.database.writing() as uow:
        uow.connection.execute(changed.values(facts=row.facts))  # back to what has no mark
    with site.service.database.writing() as uow:  # what an owner of the database could do
        _without_guard(uow, lambda: uow.connection.execute(changed.values(facts=row.facts)))
    assert site.service.check_audit_log().intact


def _without_guard(uow: Any, change: Any) -> None:
    if uow.connection.dialect.name == "postgresql":
        uow.connection.execute(text("ALTER TABLE audit_log DISABLE TRIGGER audit_log_no_update"))
        change()
        uow.connection.execute(text("ALTER TABLE audit_log ENABLE TRIGGER audit_log_no_update"))
        return
    query = text("SELECT sql FROM sqlite_master WHERE name = 'audit_log_no_update'")
    guard = uow.connection.scalar(query)
    uow.connection.exec_driver_sql("DROP TRIGGER audit_log_no_update")
    change()
    uow.connection.exec_driver_sql(guard)


@pytest.mark.parametrize("name", ["hash", "digest", "action", "subject", "actor", "previous"])
def test_nothing_but_the_facts_of_an_entry_can_be_replaced(site: Site, name: str) -> None:
    values = {name: "x", "facts": ERASED + '"x":1}'}
    with pytest.raises(DBAPIError, match="append-only"), site.service.database.writing() as uow:
        uow.connection.execute(update(audit_log).where(audit_log.c.sequence == 1).values(values))


def test_nobody_forgets_himself_and_another_owner_does(site: Site) -> None:
    owner = somebody(site, "Olga", "owner")
    assert codes(owner.delete("/v1/people/Olga"))[0] == "API-102"
    assert site.client.delete("/v1/people/Olga").status_code == 200
    assert owner.get("/v1/sign-ins").status_code == 401


def test_another_tenant_of_the_same_name_is_left_alone(site: Site) -> None:
    secret = os.urandom(16).hex()
    database = site.service.database
    let_in(database, "other", "t", secret, NOON, os.urandom(16), "Twin", ("maker",))
    somebody(site, "Twin", "maker")
    assert site.client.delete("/v1/people/Twin").status_code == 200
    header = {"Authorization": f"Bearer {secret}"}
    assert site.visitor.get("/v1/footprints", headers=header).status_code == 200
    assert stored(site, "Twin") == ["access_tokens"]


def test_what_is_too_old_is_forgotten_and_nothing_else(site: Site) -> None:
    service, settings = site.service, site.service.settings
    start = site.clock.now
    service.personal.tidy()
    service.staff.invite(LOCAL, "Never Came", ["maker"])
    came, secret = service.staff.invite(LOCAL, "Did Come", ["maker"])
    service.sessions.open(secret)
    service.door.came_in(Knock("link", "192.0.2.9"), came.actor)
    try:
        site.clock.now = start + timedelta(days=settings.keep_invitations_days)
        assert service.personal.tidy() == (0, 0)
        site.clock.now += timedelta(seconds=1)
        sign_ins, people = service.personal.tidy()
        assert (sign_ins, people >= 1) == (0, True)
        assert stored(site, "Never Came") == []
        assert stored(site, "Did Come")
        site.clock.now = start + timedelta(days=settings.keep_sign_ins_days, seconds=1)
        assert service.personal.tidy()[0] >= 1
        assert not [one for one in service.door.listed(LOCAL, 100) if one.person == "Did Come"]
    finally:
        site.clock.now = start
    assert service.check_audit_log().intact
    for one in some(service.staff.listed(LOCAL)):
        assert one.name != "Never Came"
