"""Jobs: many lines are answered with 202, done once by a process of its own, and never lost."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from databases import BOTH, database_address, empty_database
from pydantic import SecretStr
from served import BOM, Site, codes, job_processes, running, settings_for
from still_clock import NOON

from api.jobs.model import MAX_LOST
from api.jobs.queue import MAX_OPEN, Jobs
from api.jobs.rows import Held, end_job, give_back, lose, renew, set_progress, take_job
from api.services.access import let_in
from api.store.database import Database
from api.store.tables import audit_log, footprints
from api.store.tables import jobs as jobs_table
from api.store.tenants import Actor

CSV = {"Content-Type": "text/csv"}
LEASE = timedelta(seconds=10)
ALICE = Actor("alice", "token:1", "Alice", ("maker",))


def many_lines(count: int) -> bytes:
    rows = (f"{n},Part {n},0.{n % 9 + 1},kg,steel-cold-rolled-cn,material" for n in range(3, count))
    return (BOM + "\n".join(rows) + "\n").encode()


@pytest.fixture(scope="module", params=BOTH)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("jobs")
    with database_address(request.param, folder) as address:
        more: dict[str, Any] = {"job_lines": 100}
        if request.param == "postgresql":
            more["database_url"] = SecretStr(address)
        with running(settings_for(folder, **more)) as served:
            yield served


def ended(client: httpx.Client, job: str, **headers: str) -> dict[str, Any]:
    """The job when it has ended."""
    for _ in range(600):
        answer = client.get(f"/v1/jobs/{job}", headers=headers)
        assert answer.status_code == 200, answer.text
        document: dict[str, Any] = answer.json()
        if document["state"] not in ("waiting", "running"):
            return document
        assert answer.headers["Retry-After"] == "1"
        time.sleep(0.1)
    raise AssertionError(f"the job did not end: {document}")


def test_many_lines_are_a_job_with_the_same_footprint(site: Site) -> None:
    data = many_lines(300)
    answer = site.client.post("/v1/footprints", content=data, headers=CSV)
    assert answer.status_code == 202, answer.text
    job = answer.json()
    assert answer.headers["Location"] == job["url"]
    done = ended(site.client, job["id"])
    assert (done["state"], done["problem"], done["attempt"]) == ("done", None, 1)
    assert done["progress"]["done"] == done["progress"]["total"]
    found = site.client.get(f"/v1/footprints/{done['result']['footprint_id']}").json()
    same = site.client.post("/v1/footprints", content=data, headers=CSV)
    other = ended(site.client, same.json()["id"])["result"]["footprint_id"]
    assert other != found["id"]
    document = site.client.get(f"/v1/footprints/{other}").json()
    assert document["document_hash"] == found["document_hash"]
    assert len(found["footprint"]["contributions"]) == 299


def test_few_lines_are_a_job_when_that_is_preferred(site: Site) -> None:
    headers = CSV | {"Prefer": "respond-async"}
    answer = site.client.post("/v1/footprints", content=BOM.encode(), headers=headers)
    assert answer.status_code == 202
    assert answer.headers["Preference-Applied"] == "respond-async"
    job = ended(site.client, answer.json()["id"])
    plain = site.client.post("/v1/footprints", content=BOM.encode(), headers=CSV).json()
    made = site.client.get(f"/v1/footprints/{job['result']['footprint_id']}").json()
    assert made["document_hash"] == plain["document_hash"]


def test_the_same_key_gives_the_same_job(site: Site) -> None:
    headers = CSV | {"Idempotency-Key": "job-1"}
    data = many_lines(200)
    first = site.client.post("/v1/footprints", content=data, headers=headers).json()["id"]
    ended(site.client, first)
    again = site.client.post("/v1/footprints", content=data, headers=headers)
    assert (again.status_code, again.json()["id"]) == (202, first)
    other = site.client.post("/v1/footprints", content=many_lines(201), headers=headers)
    assert codes(other)[0] == "API-401"


def test_a_refused_file_is_a_failed_job_with_every_problem_in_the_language_asked_for(
    site: Site,
) -> None:
    data = many_lines(200).replace(b"0.55,kg", b"half,kg")
    job = site.client.post("/v1/footprints", content=data, headers=CSV).json()["id"]
    failed = ended(site.client, job)
    assert failed["state"] == "failed"
    assert failed["problem"]["code"] == "API-003"
    assert [one["code"] for one in failed["problem"]["problems"]] == ["BOM-006"]
    chinese = ended(site.client, job, **{"Accept-Language": "zh"})
    assert chinese["problem"]["title"] == "输入被拒绝"
    assert chinese["problem"]["detail"].startswith("'half' 不是数字")


def test_a_job_is_known_to_its_tenant_only(site: Site) -> None:
    answer = site.client.post("/v1/footprints", content=many_lines(150), headers=CSV)
    job = answer.json()["id"]
    stranger = site.other_tenant("jobless")
    assert codes(stranger.get(f"/v1/jobs/{job}"))[0] == "API-208"
    assert codes(stranger.post(f"/v1/jobs/{job}/cancel"))[0] == "API-208"
    assert stranger.get("/v1/jobs").json()["jobs"] == []
    assert site.visitor.get(f"/v1/jobs/{job}").status_code == 401
    ended(site.client, job)


def test_jobs_are_listed_newest_first_page_by_page(site: Site) -> None:
    headers = CSV | {"Prefer": "respond-async"}
    for _ in range(3):
        site.client.post("/v1/footprints", content=BOM.encode(), headers=headers)
    found: list[str] = []
    address: str | None = "/v1/jobs?limit=2"
    while address:
        page = site.client.get(address).json()
        found += [job["id"] for job in page["jobs"]]
        address = f"/v1/jobs?limit=2&cursor={page['next']}" if page["next"] else None
    everything = [job["id"] for job in site.client.get("/v1/jobs?limit=500").json()["jobs"]]
    assert found == everything
    assert len(set(found)) == len(found) >= 3


def test_a_job_that_ended_cannot_be_cancelled(site: Site) -> None:
    answer = site.client.post("/v1/footprints", content=many_lines(150), headers=CSV)
    job = answer.json()["id"]
    ended(site.client, job)
    assert codes(site.client.post(f"/v1/jobs/{job}/cancel"))[0] == "API-602"


def _rest(site: Site) -> None:
    """Wait for the jobs of the tests before, and their processes, to end."""
    for one in site.client.get("/v1/jobs?limit=500").json()["jobs"]:
        ended(site.client, one["id"])
    while job_processes():
        time.sleep(0.05)


def test_a_cancelled_job_stores_nothing(site: Site) -> None:
    _rest(site)
    before = _count(site, footprints)
    answer = site.client.post("/v1/footprints", content=many_lines(20_000), headers=CSV)
    job = answer.json()["id"]
    cancelled = site.client.post(f"/v1/jobs/{job}/cancel")
    assert cancelled.json()["state"] == "cancelled"
    time.sleep(1)
    assert site.client.get(f"/v1/jobs/{job}").json()["state"] == "cancelled"
    assert _count(site, footprints) == before


def test_a_killed_worker_is_replaced_and_the_job_done_once(site: Site) -> None:
    _rest(site)
    before = _count(site, footprints)
    answer = site.client.post("/v1/footprints", content=many_lines(3_000), headers=CSV)
    job = answer.json()["id"]
    while not job_processes():
        time.sleep(0.05)
    os.kill(job_processes()[0], signal.SIGKILL)
    done = ended(site.client, job)
    assert (done["state"], done["attempt"]) == ("done", 2)
    assert _count(site, footprints) == before + 1


def _count(site: Site, table: sa.Table) -> int:
    with site.service.database.reading() as uow:
        return int(uow.connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0)


def test_the_log_has_one_entry_for_each_footprint(site: Site) -> None:
    with site.service.database.reading() as uow:
        logged = uow.connection.scalars(
            sa.select(audit_log.c.subject).where(audit_log.c.action == "footprint.calculated")
        ).all()
        stored = uow.connection.scalars(sa.select(footprints.c.id)).all()
    assert sorted(logged) == sorted(stored)


def test_a_payload_is_kept_no_longer_than_its_job(site: Site) -> None:
    job = site.client.post("/v1/footprints", content=many_lines(150), headers=CSV).json()["id"]
    ended(site.client, job)
    with site.service.database.reading() as uow:
        kept = sa.select(jobs_table.c.payload).where(jobs_table.c.id == job)
        assert set(uow.connection.scalars(kept)) == {""}


# What follows is about rows alone, without processes.


@pytest.fixture(params=BOTH)
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    with empty_database(request.param, tmp_path) as opened:
        let_in(opened, "alice", "test", "secret", NOON, bytes(16))
        yield opened


@pytest.fixture
def queue(database: Database) -> Jobs:
    return Jobs(database, lambda: datetime.now(UTC), os.urandom)


def take(database: Database, now: datetime) -> Held | None:
    with database.writing() as uow:
        return take_job(uow, now, LEASE)


def test_a_job_is_held_by_one_worker_until_its_lease_is_over(
    database: Database, queue: Jobs
) -> None:
    job = queue.submit(ALICE, "footprint", {})
    first = take(database, NOON)
    assert first == Held(job.id, 1)
    assert take(database, NOON + LEASE / 2) is None
    with database.writing() as uow:
        assert renew(uow, first, NOON + 2 * LEASE)
    assert take(database, NOON + 1.5 * LEASE) is None
    assert take(database, NOON + 3 * LEASE) == Held(job.id, 2)


def test_whoever_lost_a_job_can_neither_end_nor_renew_it(database: Database, queue: Jobs) -> None:
    queue.submit(ALICE, "footprint", {})
    first = take(database, NOON)
    second = take(database, NOON + 2 * LEASE)
    assert first is not None
    assert second is not None
    with database.writing() as uow:
        assert not renew(uow, first, NOON)
        assert not set_progress(uow, first, 1, 2, NOON)
        assert not end_job(uow, first, "done", NOON)
        assert end_job(uow, second, "done", NOON, result="{}")
        assert not end_job(uow, second, "done", NOON)


def test_a_job_whose_worker_is_lost_again_and_again_fails(database: Database, queue: Jobs) -> None:
    job = queue.submit(ALICE, "footprint", {})
    for attempt in range(1, MAX_LOST + 1):
        held = take(database, NOON)
        assert held == Held(job.id, attempt)
        with database.writing() as uow:
            lose(uow, held)
    assert take(database, NOON) is None
    failed = queue.get(ALICE, job.id)
    assert (failed.state, failed.refusal["fault"]) == ("failed", "API-603")


def test_a_server_that_stops_gives_its_job_back_without_blame(
    database: Database, queue: Jobs
) -> None:
    job = queue.submit(ALICE, "footprint", {})
    for _ in range(2 * MAX_LOST):
        held = take(database, NOON)
        assert held is not None
        with database.writing() as uow:
            give_back(uow, held)
    assert (queue.get(ALICE, job.id).state, queue.get(ALICE, job.id).lost) == ("waiting", 0)


def test_the_oldest_job_is_taken_first(database: Database) -> None:
    times = iter([NOON + timedelta(seconds=second) for second in (3, 1, 2)])
    queue = Jobs(database, lambda: next(times), os.urandom)
    made = [queue.submit(ALICE, "footprint", {}).id for _ in range(3)]
    taken = [held.id for _ in made if (held := take(database, NOON))]
    assert taken == [made[1], made[2], made[0]]


def test_a_tenant_has_so_many_open_jobs_and_no_more(database: Database, queue: Jobs) -> None:
    for _ in range(MAX_OPEN):
        queue.submit(ALICE, "footprint", {})
    with pytest.raises(Exception, match="API-601"):
        queue.submit(ALICE, "footprint", {})
