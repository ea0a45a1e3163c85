"""A hundred clients issuing, suspending, reinstating and revoking at once, on both databases."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from databases import BOTH, database_address
from pydantic import SecretStr
from served import Site, running, settings_for

from api.store.audit import entries_about
from api.store.tables import audit_log, certificates

CLIENTS = 100


@pytest.fixture(params=BOTH)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    with database_address(request.param, tmp_path) as address:
        settings = settings_for(tmp_path, database_url=SecretStr(address))
        with running(settings) as served:
            yield served


def test_a_hundred_clients_lose_no_update_and_issue_nothing_twice(site: Site) -> None:
    orders = [site.order() for _ in range(20)]
    shared = [str(site.certificate()["number"]) for _ in range(3)]
    states = ("suspended", "reinstated", "revoked")

    def client(seed: int) -> list[tuple[str, str, int]]:
        """Issue under a key that five clients share, then change what all of them fight over."""
        pick = random.Random(seed)  # noqa: S311 - no secret
        done = []
        with httpx.Client(
            base_url=site.client.base_url, headers=site.client.headers, timeout=300, trust_env=False
        ) as web:
            key = {"Idempotency-Key": f"order-{seed % 20}"}
            answer = web.post("/v1/certificates", json=orders[seed % 20], headers=key)
            done.append(("issue", answer.json().get("number", ""), answer.status_code))
            for _ in range(2):
                number = pick.choice(shared)
                state = pick.choices(states, weights=(10, 10, 1))[0]
                change = {"status": state, "reason": f"Client {seed}"}
                answer = web.post(f"/v1/certificates/{number}/status", json=change)
                done.append((state, number, answer.status_code))
        return done

    with ThreadPoolExecutor(CLIENTS) as pool:
        outcomes = [one for done in pool.map(client, range(CLIENTS)) for one in done]

    issued = {number for what, number, status in outcomes if what == "issue"}
    assert {status for what, _, status in outcomes if what == "issue"} == {201}
    assert len(issued) == 20  # one for each key
    changes = [one for one in outcomes if one[0] != "issue"]
    assert {status for _, _, status in changes} <= {200, 409}
    _check_register(site, issued | set(shared))
    _check_histories(site, shared, changes)


def _check_register(site: Site, expected: set[str]) -> None:
    report = site.service.check_audit_log()
    assert report.intact
    with site.service.database.reading() as uow:
        rows = uow.connection.execute(
            sa.select(
                certificates.c.number, certificates.c.status_list, certificates.c.status_index
            )
        ).all()
        logged = uow.connection.scalars(
            sa.select(audit_log.c.subject).where(audit_log.c.action == "certificate.issued")
        ).all()
    assert {row.number for row in rows} == expected
    assert sorted(logged) == sorted(expected)  # each once
    assert len({(row.status_list, row.status_index) for row in rows}) == len(rows)


def _check_histories(site: Site, numbers: list[str], changes: list[tuple[str, str, int]]) -> None:
    """Every change that was answered with success is in the log, each follows on the one before,
    and the last one is the state."""
    told = Counter((number, state) for state, number, status in changes if status == 200)
    with site.service.database.reading() as uow:
        for number in numbers:
            entries = [e.action for e in entries_about(uow, number) if "drawn" not in e.action]
            words = [action.removeprefix("certificate.") for action in entries]
            state = words[0]
            assert state == "issued"
            for word in words[1:]:
                allowed = {"issued": {"suspended", "revoked"}, "revoked": set()}
                allowed["suspended"] = {"reinstated", "revoked"}
                assert word in allowed["issued" if state == "reinstated" else state]
                state = word
            kept = site.service.register.certificate(number).status
            assert kept == ("issued" if state == "reinstated" else state)
            for word, count in Counter(words[1:]).items():
                assert told[number, word] == count
