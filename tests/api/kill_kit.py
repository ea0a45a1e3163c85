"""Kill an installation at any moment, again and again, and look at what it left behind.

`python tests/api/kill_kit.py --kills 10 --folder F [--database postgresql://...] [--seed 1]`

A child issues, suspends, draws and rotates without pause; it is killed with SIGKILL. It says what
was acknowledged to it, through a pipe, after each answer. After every kill the store must hold all
of that, whole, and nothing half.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml

sys.path.insert(0, str(Path(__file__).parent))

from pydantic import SecretStr
from served import EVIDENCE, own_bom, settings_for

from api.opening import opened
from api.services.access import LOCAL
from api.services.issuer import Order
from api.services.service import Service
from api.settings import Settings
from api.store.tables import audit_log, certificate_files, certificates, idempotency_keys
from footprint.canonical import bytes_hash
from footprint.certificates.keys import did_document
from footprint.certificates.seal_check import check_seal
from footprint.certificates.seal_jwk import published_seals
from footprint.certificates.verify import verify_credential
from footprint.study import Inputs

#: What each action of the log makes of a certificate.
STATES = {
    "certificate.issued": "issued",
    "certificate.suspended": "suspended",
    "certificate.reinstated": "issued",
    "certificate.superseded": "superseded",
}


def work(settings: Settings, seed: int, say: int) -> None:
    """Everything that writes, in random order, without end; each answer is told to `say`."""
    pick = random.Random(seed)  # noqa: S311 - no secret
    with opened(settings) as service:
        os.write(say, b"ready\n")
        mine: list[str] = []
        while True:
            action = pick.random()
            if action < 0.35 or not mine:
                key = f"{seed}-{len(mine)}-{pick.random()}"
                mine.append(service.certificates.issue(LOCAL, _own(service, pick), key).number)
                told = mine[-1:]
            elif action < 0.55:
                told = list(
                    service.batches.issue(LOCAL, [_own(service, pick) for _ in range(5)]).numbers
                )
            elif action < 0.9:
                told = _change(service, pick.choice(mine), pick)
            else:
                (service.seals if action > 0.98 else service.keyring).rotate(LOCAL)
                told = []
            os.write(say, (json.dumps(told) + "\n").encode())


def _own(service: Service, pick: random.Random) -> Order:
    footprint = service.footprints.calculate(
        LOCAL, Inputs("bracket.csv", own_bom(f"{pick.random()}"))
    )
    return Order(footprint.id, "th-tgo", "disclosure", yaml.safe_dump(EVIDENCE))


def _change(service: Service, number: str, pick: random.Random) -> list[str]:
    found = service.register.certificate(number)
    if found.status == "superseded":
        return []
    if pick.random() < 0.3:
        replacing = replace(_own(service, pick), replaces=number)
        return [service.certificates.issue(LOCAL, replacing).number]
    wanted = "suspended" if found.status == "issued" else "reinstated"
    service.lifecycle.change_status(LOCAL, number, wanted, "Test")  # type: ignore[arg-type]
    return []


def killed_once(settings: Settings, seed: int, pause: float, answers: int) -> list[str]:
    """Start a worker and kill it `pause` seconds after so many answers; what was acknowledged.

    The first answer says that it is ready, the second holds a certificate; with none the pause
    begins as it opens the store. Counting answers, not time alone, a slow machine sees them too.
    """
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(receive)
        try:
            work(settings, seed, send)
        finally:
            os._exit(1)  # it must not return into the parent's code
    os.close(send)
    data = b""
    deadline = None if answers else time.monotonic() + pause
    while True:
        ready, _, _ = select.select([receive], [], [], 0.005)
        if ready:
            piece = os.read(receive, 65536)
            if not piece:
                raise RuntimeError("the worker ended by itself")
            data += piece
        if deadline is None and data.count(b"\n") >= answers:
            deadline = time.monotonic() + pause
        if deadline is not None and time.monotonic() >= deadline:
            break
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while piece := os.read(receive, 65536):
        data += piece
    os.close(receive)
    lines = data.split(b"\n")[1:-1]  # the last one may be cut
    return [number for line in lines for number in json.loads(line)]


def check(service: Service, acknowledged: list[str], verified: set[str]) -> int:
    """Look at a store after a kill; raises AssertionError with what is wrong.

    Credentials in `verified` were checked before. Returns how many certificates there are.
    """
    report = service.check_audit_log()
    assert report.intact, f"the chain breaks at {report.broken_at}"
    with service.database.reading() as uow:
        rows = uow.connection.execute(sa.select(certificates)).all()
        log = uow.connection.execute(sa.select(audit_log).order_by(audit_log.c.sequence)).all()
        files = uow.connection.execute(sa.select(certificate_files)).all()
        keys = uow.connection.scalars(sa.select(idempotency_keys.c.resource)).all()
    stored = {row.number: row for row in rows}
    issued = Counter(row.subject for row in log if row.action == "certificate.issued")
    assert set(issued) == set(stored), "half-issued certificates"
    assert set(issued.values()) <= {1}, "a number was used twice"
    assert len({(row.status_list, row.status_index) for row in rows}) == len(rows)
    lost = set(acknowledged) - set(stored)
    assert not lost, f"acknowledged and lost: {lost}"
    _check_states(stored, log)
    _check_files(log, files)
    _check_seals(service, files)
    certificates_named = {key for key in keys if key.startswith("FP-")}
    assert {key.partition("/")[0] for key in certificates_named} <= set(stored)
    trusted = did_document(service.issuer_did, service.keyring.jwks)
    for number, row in stored.items():
        if number not in verified:
            outcome = verify_credential(
                row.credential,
                trusted,
                service.register.clock(),
                view_document=json.loads(row.view),
            )
            assert outcome.verdict == "genuine", (number, outcome.codes)
            verified.add(number)
    return len(stored)


def _check_states(stored: dict[str, Any], log: Sequence[Any]) -> None:
    told = {row.subject: STATES[row.action] for row in log if row.action in STATES}
    assert {number: row.status for number, row in stored.items()} == told, "a change is half made"
    for row in stored.values():
        if row.superseded_by is not None:
            assert stored[row.superseded_by].replaces == row.number, "half a replacement"


def _check_files(log: Sequence[Any], files: Sequence[Any]) -> None:
    told = {}
    for row in log:
        if row.action == "certificate.drawn":
            facts = json.loads(row.facts)
            told[row.subject, facts["language"]] = facts["sha256"]
    assert {(file.number, file.language): file.sha256 for file in files} == told
    assert all(bytes_hash(file.pdf) == file.sha256 for file in files[-20:])


def _check_seals(service: Service, files: Sequence[Any]) -> None:
    """The newest file bears a whole seal that is published."""
    seals = published_seals(service.published_keys)
    for file in files[-1:]:
        assert check_seal(file.pdf, seals, None).check.outcome == "passed", "a broken seal"


def run(settings: Settings, kills: int, seed: int) -> dict[str, Any]:
    """Kill `kills` times; what there is in the end. Raises AssertionError at the first damage."""
    pick = random.Random(seed)  # noqa: S311 - no secret
    acknowledged: list[str] = []
    verified: set[str] = set()
    found = 0
    for kill in range(kills):
        answers = (0, 2, 1, 1)[kill % 4]  # the very first one while the store is made
        told = killed_once(settings, seed * 1000 + kill, pick.uniform(0.0, 0.6), answers)
        assert len(set(told)) == len(told), "a number was answered twice"
        assert not set(told) & set(acknowledged), "a number was used again"
        acknowledged += told
        with opened(settings) as service:
            found = check(service, acknowledged, verified)
    return {
        "kills": kills,
        "acknowledged": len(acknowledged),
        "certificates": found,
        "entries": _entries(settings),
    }


def _entries(settings: Settings) -> int:
    with opened(settings) as service:
        return service.check_audit_log().entries


def main() -> None:
    """Run from the command line and print the outcome as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--database", default="")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    more = {"database_url": SecretStr(given.database)} if given.database else {}
    outcome = run(settings_for(given.folder, **more), given.kills, given.seed)
    sys.stdout.write(json.dumps(outcome) + "\n")


if __name__ == "__main__":
    main()
