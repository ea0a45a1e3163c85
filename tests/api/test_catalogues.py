"""Catalogues over HTTP: a table of any size becomes a job, its results are the command's bytes."""

from __future__ import annotations

import io
import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from databases import BOTH, database_address
from evidence import some
from pydantic import SecretStr
from served import Site, codes, job_processes, running, settings_for

from footprint.catalogue.question import CatalogueQuestion
from footprint.catalogue.run import run_catalogue

CSV = {"Content-Type": "text/csv"}
PARQUET = {"Content-Type": "application/vnd.apache.parquet"}
LIMIT = 600_000
TABLE = """\
product,name,quantity,unit,dataset
A,Steel,0.5,kg,steel-cold-rolled-cn
B,Steel,2,kg,no-such-dataset
C,Power,3,kWh,electricity-grid-cn
"""


@pytest.fixture(scope="module", params=BOTH)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("catalogues")
    with database_address(request.param, folder) as address:
        more: dict[str, Any] = {"max_body_bytes": 2_000, "catalogue_max_bytes": LIMIT}
        if request.param == "postgresql":
            more["database_url"] = SecretStr(address)
        with running(settings_for(folder, job_lease_seconds=2, **more)) as served:
            yield served


def many(products: int) -> bytes:
    """A Parquet table of many small row groups, each a part of the run."""
    rows = [
        {
            "product": f"P{at}",
            "name": f"Part {line}",
            "quantity": 0.1 * (at % 7 + line),
            "unit": "kg",
        }
        | {"dataset": "steel-cold-rolled-cn", "line": str(line)}
        for at in range(1, products + 1)
        for line in (1, 2)
    ]
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), sink, row_group_size=4)
    return sink.getvalue()


def folder_of(site: Site) -> Path:
    return site.service.settings.catalogues_folder


def events(client: httpx.Client, job: str) -> list[tuple[str, dict[str, Any]]]:
    """Every event of a job, stream after stream, until it has ended."""
    told: list[tuple[str, dict[str, Any]]] = []
    while not told or told[-1][0] in ("waiting", "running"):
        with client.stream("GET", f"/v1/jobs/{job}/events") as answer:
            assert answer.headers["content-type"].startswith("text/event-stream")
            text = "".join(answer.iter_text())
        blocks = [one.split("\n") for one in text.split("\n\n") if one.startswith("event: ")]
        told += [(head[7:], json.loads(data[6:])) for head, data in blocks]
    return told


def handed_in(client: httpx.Client, table: bytes, headers: dict[str, str]) -> str:
    answer = client.post("/v1/catalogues", content=table, headers=headers)
    assert answer.status_code == 202, answer.text
    assert answer.headers["Location"].endswith(answer.json()["id"])
    return str(answer.json()["id"])


def expected(site: Site, folder: Path, name: str, table: bytes) -> dict[str, bytes]:
    """What the command makes of the table."""
    (folder / name).write_bytes(table)
    question = CatalogueQuestion(
        folder / name, folder / "r.parquet", lambda: site.service.inventory
    )
    run_catalogue(question, 1, lambda *_: None)
    endings = {"results": "", "refused": ".refused", "manifest": ".manifest"}
    return {
        one: next(folder.glob(f"r{ending}.[pj]*")).read_bytes() for one, ending in endings.items()
    }


def downloaded(client: httpx.Client, job: str) -> dict[str, bytes]:
    names = ("results.parquet", "refused.parquet", "manifest.json")
    answers = {one.partition(".")[0]: client.get(f"/v1/catalogues/{job}/{one}") for one in names}
    assert {one.status_code for one in answers.values()} == {200}
    return {name: answer.content for name, answer in answers.items()}


def test_a_table_becomes_the_tables_that_the_command_makes(site: Site, tmp_path: Path) -> None:
    job = handed_in(site.client, TABLE.encode(), CSV)
    state, last = events(site.client, job)[-1]
    assert (state, last["kind"], last["progress"]) == ("done", "catalogue", {"done": 3, "total": 3})
    assert (last["result"]["products"], last["result"]["refused"]) == (2, 1)
    got = downloaded(site.client, job)
    assert got == expected(site, tmp_path, "products.csv", TABLE.encode())
    (refused,) = pq.read_table(io.BytesIO(got["refused"])).to_pylist()
    assert (refused["product"], refused["row"], refused["code"]) == ("B", 3, "ENG-001")
    assert site.client.get(last["result"]["refused_url"].partition(".com")[2]).status_code == 200
    assert site.service.check_audit_log().intact


def test_a_table_may_be_larger_than_other_bodies_up_to_a_limit_of_its_own(site: Site) -> None:
    def pieces(count: int) -> Iterator[bytes]:
        yield TABLE.encode()
        yield from (b"C,Power,3,kWh,electricity-grid-cn\n" for _ in range(count))

    before = set(folder_of(site).iterdir())
    announced = site.client.post("/v1/catalogues", content=b"x" * (LIMIT + 1), headers=CSV)
    told = site.client.post("/v1/catalogues", content=pieces(LIMIT // 30), headers=CSV)
    for answer in (announced, told):
        assert codes(answer)[0] == "API-301"
        assert "FOOTPRINT_CATALOGUE_MAX_BYTES" in answer.text
    assert set(folder_of(site).iterdir()) == before, "a part of a table stayed"
    within = site.client.post("/v1/catalogues", content=pieces(3_000), headers=CSV)
    assert events(site.client, within.json()["id"])[-1][1]["progress"]["total"] == 3_003


def test_what_is_no_catalogue_is_refused_with_its_codes(site: Site) -> None:
    wrong = site.client.post("/v1/catalogues", content=b"{}", headers={"Content-Type": "text/x"})
    assert codes(wrong)[0] == "API-302"
    for table, headers, code in some(
        [(b"product,name,unit\n", CSV, "CAT-001"), (b"PAR1", PARQUET, "CAT-004")]
    ):
        job = handed_in(site.client, table, headers)
        state, last = events(site.client, job)[-1]
        assert (state, last["problem"]["problems"][0]["code"]) == ("failed", code)
        assert codes(site.client.get(f"/v1/catalogues/{job}/results.parquet"))[0] == "API-604"


def test_another_programs_table_is_read_and_gaps_are_left_out_where_asked(site: Site) -> None:
    lines = "P1;钢板;steel-cold-rolled-cn;1,5;千克\nP1;未知物;;2;千克\nP2;未知物;;2,5;千克\n"
    table = f"产品;名称;数据集;数量;单位\n{lines}".encode("gb18030")
    headers = {"Content-Type": "text/csv"}
    jobs = []
    for query, counts in (("", (0, 2)), ("?allow_gaps=true", (2, 0))):
        headers["Idempotency-Key"] = f"gaps{query}"
        answer = site.client.post(f"/v1/catalogues{query}", content=table, headers=headers)
        jobs.append(answer.json()["id"])
        kind, told = events(site.client, jobs[-1])[-1]
        assert kind == "done"
        assert (told["result"]["products"], told["result"]["refused"]) == counts
    data = site.client.get(f"/v1/catalogues/{jobs[1]}/results.parquet").content
    rows = pq.read_table(io.BytesIO(data)).to_pylist()
    assert [(row["product"], row["completeness"]) for row in rows] == [
        ("P1", "at least"),
        ("P2", "at least"),
    ]
    assert [row["coverage_lines"] for row in rows] == [0.5, 0.0]
    answer = site.client.post("/v1/catalogues", content=table, headers=headers)
    assert answer.json()["code"] == "API-401"


def test_a_catalogue_is_its_tenants_alone(site: Site) -> None:
    job = handed_in(site.client, TABLE.encode(), CSV)
    events(site.client, job)
    stranger = site.other_tenant("uncatalogued")
    for name in some(["results.parquet", "refused.parquet", "manifest.json"]):
        assert codes(stranger.get(f"/v1/catalogues/{job}/{name}"))[0] == "API-208"
        assert site.visitor.get(f"/v1/catalogues/{job}/{name}").status_code == 401
    assert codes(stranger.get(f"/v1/jobs/{job}/events"))[0] == "API-208"
    assert codes(stranger.delete(f"/v1/catalogues/{job}"))[0] == "API-208"
    assert site.client.delete(f"/v1/catalogues/{job}").status_code == 204
    assert not (folder_of(site) / job).exists()
    assert codes(site.client.get(f"/v1/catalogues/{job}/manifest.json"))[0] == "API-604"


def test_the_same_key_gives_the_same_job_and_keeps_one_table(site: Site) -> None:
    headers = CSV | {"Idempotency-Key": "catalogue-1"}
    job = handed_in(site.client, TABLE.encode(), headers)
    events(site.client, job)
    before = set(folder_of(site).iterdir())
    assert handed_in(site.client, TABLE.encode(), headers) == job
    other = site.client.post("/v1/catalogues", content=TABLE.encode() * 2, headers=headers)
    assert codes(other)[0] == "API-401"
    assert set(folder_of(site).iterdir()) == before


def test_a_footprints_job_has_no_tables(site: Site) -> None:
    headers = CSV | {"Prefer": "respond-async"}
    bom = "# name: a\nname,quantity,unit,dataset\nSteel,1,kg,steel-cold-rolled-cn\n"
    job = site.client.post("/v1/footprints", content=bom.encode(), headers=headers).json()["id"]
    events(site.client, job)
    assert codes(site.client.get(f"/v1/catalogues/{job}/results.parquet"))[0] == "API-604"
    assert codes(site.client.delete(f"/v1/catalogues/{job}"))[0] == "API-604"


def test_a_killed_worker_goes_on_and_a_cancelled_one_leaves_nothing(
    site: Site, tmp_path: Path
) -> None:
    table = many(600)
    job = handed_in(site.client, table, PARQUET)
    parts = folder_of(site) / job / "results.parts"
    for _ in range(3_000):
        if len(list(parts.glob("*.results.arrow"))) > 3:
            break
        time.sleep(0.01)
    workers = job_processes()
    for one in workers:
        os.kill(one, signal.SIGKILL)
    done = len(list(parts.glob("*.results.arrow")))
    assert workers
    assert 3 < done < 300, "it was not killed in the middle"
    state, last = events(site.client, job)[-1]
    assert state == "done", last
    assert last["attempt"] > 1
    assert downloaded(site.client, job) == expected(site, tmp_path, "products.parquet", table)
    other = handed_in(site.client, table, PARQUET)
    assert codes(site.client.delete(f"/v1/catalogues/{other}"))[0] == "API-604"
    assert site.client.post(f"/v1/jobs/{other}/cancel").status_code == 200
    assert events(site.client, other)[-1][0] == "cancelled"
    time.sleep(1)  # the dispatcher ends its process
    events(site.client, handed_in(site.client, TABLE.encode(), CSV))
    assert not (folder_of(site) / other).exists()
