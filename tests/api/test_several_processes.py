"""`footprint serve --workers 2`, as processes: one server for whoever asks, on both databases."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from databases import BOTH, database_address
from evidence import some
from served import BOM, settings_for

from api.faults import ServiceRefused
from api.several import refuse_workers_here
from api.shared_counts import SharedCounts
from api.store.tables import jobs

WORKERS = 2
#: More than one process would allow alone, were failures counted by each.
LOCK = 6
NUMBERS = "numbers-of-a-test"
#: Three jobs at once would be two processes too many.
JOBS = 3


@dataclass
class Server:
    """A server as its user starts it; `link` is what it printed."""

    process: subprocess.Popen[str]
    address: str
    link: str
    folder: Path
    database: str

    @property
    def token(self) -> str:
        return (self.folder / "store" / "access-token").read_text().strip()

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """One request on a connection of its own: any of the processes may take it."""
        with httpx.Client(base_url=self.address, timeout=60, trust_env=False) as client:
            return client.request(method, path, **more)

    @property
    def children(self) -> list[int]:
        """The processes that answer."""
        return children_of(self.process.pid, "api.answering_process")


def children_of(parent: int, module: str) -> list[int]:
    listed = subprocess.run(
        ["ps", "-eww", "-o", "pid=", "-o", "ppid=", "-o", "args="],
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [line.split(None, 2) for line in listed.stdout.splitlines()]
    return [int(own) for own, above, args in rows if int(above) == parent and module in args]


@contextmanager
def serving(kind: str, folder: Path, **settings: str) -> Iterator[Server]:
    with database_address(kind, folder) as address:
        code = "from footprint.cli.main import main; main()"
        command = [sys.executable, "-W", "ignore", "-c", code, "serve", "--port", "0"]
        command += ["--workers", str(WORKERS), "--store", str(folder / "store")]
        (folder / "tmp").mkdir()
        given = {
            "FOOTPRINT_CACHE": str(settings_for(folder).cache),
            "FOOTPRINT_DATABASE_URL": address,
            "FOOTPRINT_METRICS_TOKEN": NUMBERS,
            "FOOTPRINT_LOG": "off",
            "TMPDIR": str(folder / "tmp"),
        }
        process = subprocess.Popen(
            command, env=os.environ | given | settings, stderr=subprocess.PIPE, text=True
        )
        assert process.stderr is not None
        link = ""
        for line in process.stderr:
            if line.startswith("Open: "):
                link = line.split()[1]
                break
        assert link, "the server did not start"
        with process.stderr, ThreadPoolExecutor(1) as reader:
            reader.submit(process.stderr.read)  # nobody may wait for room in the pipe
            base, _, _ = link.partition("/open/")
            try:
                yield Server(process, base, link.removeprefix(base), folder, address)
            finally:
                process.terminate()
                process.wait(60)


@pytest.fixture(scope="module", params=BOTH)
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("several")
    with serving(request.param, folder, FOOTPRINT_JOB_WORKERS="1") as started:
        yield started


def test_the_link_works_once_whoever_answers(server: Server) -> None:
    assert len(server.children) == WORKERS
    pages = {"Accept": "text/html", "Origin": server.address, "Sec-Fetch-Site": "same-origin"}
    for _ in range(6):  # looking at it does not use it up
        assert server.ask("GET", server.link, headers=pages).status_code == 200
    with ThreadPoolExecutor(6) as pool:
        tries = [pool.submit(server.ask, "POST", server.link, headers=pages) for _ in range(6)]
    found = sorted(one.result().status_code for one in tries)
    assert found == [303, 410, 410, 410, 410, 410]
    (signed_in,) = [one.result() for one in tries if one.result().status_code == 303]
    cookie = "; ".join(f"{name}={value}" for name, value in signed_in.cookies.items())
    for _ in range(6):
        answer = server.ask("GET", "/products", headers=pages | {"Cookie": cookie})
        assert answer.status_code == 200


def test_both_processes_answer_and_are_counted_together(server: Server) -> None:
    before = _counted(server)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: server.ask("GET", "/v1/schemes"), range(60)))
    assert _counted(server) == before + 60
    counted = {path.stem for path in (server.folder / "tmp").rglob("counter_*.db")}
    assert {f"counter_{one}" for one in server.children} <= counted


def _counted(server: Server) -> int:
    said = server.ask("GET", "/metrics", headers={"Authorization": f"Bearer {NUMBERS}"}).text
    lines = [one for one in said.splitlines() if one.startswith("footprint_http_requests_total")]
    return sum(int(float(one.split()[-1])) for one in lines if 'route="/v1/schemes"' in one)


def test_jobs_are_done_once(server: Server) -> None:
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "text/csv"}
    made = []
    for _ in range(JOBS):
        asked = headers | {"Prefer": "respond-async"}
        answer = server.ask("POST", "/v1/footprints", content=BOM, headers=asked)
        assert answer.status_code == 202, answer.text
        made.append(answer.json()["id"])
    at_once = 0
    deadline = time.monotonic() + 120
    while True:
        working = [children_of(one, "api.workers.worker") for one in server.children]
        assert not any(working), "a process that answers has jobs done"
        at_once = max(at_once, len(children_of(server.process.pid, "api.workers.worker")))
        states = [server.ask("GET", f"/v1/jobs/{one}", headers=headers).json() for one in made]
        if all(one["state"] == "done" for one in states):
            break
        assert time.monotonic() < deadline, states
        time.sleep(0.05)
    assert at_once == 1
    engine = sa.create_engine(server.database.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect() as connection:
        tries = connection.scalars(sa.select(jobs.c.attempt).where(jobs.c.id.in_(made))).all()
    engine.dispose()
    assert list(tries) == [1] * JOBS


def test_an_answer_on_a_connection_that_stays_open_leaves_at_once(server: Server) -> None:
    took = []
    with httpx.Client(base_url=server.address, trust_env=False) as client:
        for _ in range(40):
            start = time.perf_counter()
            assert client.get("/healthz").status_code == 200
            took.append(time.perf_counter() - start)
    assert statistics.median(took) < 0.03, took


@pytest.mark.parametrize("kind", BOTH)
def test_limits_hold_over_the_processes(kind: str, tmp_path: Path) -> None:
    limits = {"FOOTPRINT_RATE_PER_ADDRESS": "40/hour", "FOOTPRINT_LOCK_FAILURES": str(LOCK)}
    with serving(kind, tmp_path, **limits) as server, ThreadPoolExecutor(8) as pool:
        pages = {"Accept": "text/html", "Origin": server.address}
        tries = [{"token": f"fpt_{number}"} for number in range(10)]
        tried = [server.ask("POST", "/sign-in", data=one, headers=pages) for one in tries]
        assert [one.status_code for one in tried] == [422] * LOCK + [429] * (10 - LOCK)
        answers = list(pool.map(lambda _: server.ask("GET", "/v1/schemes"), range(50)))
        found = [one.status_code for one in answers]
        assert (found.count(200), found.count(429)) == (30, 20)
        waits = [int(one.headers["Retry-After"]) for one in answers if one.status_code == 429]
        assert all(3500 < one <= 3600 for one in some(waits))


def test_a_process_that_ends_is_replaced_and_sigterm_ends_all(tmp_path: Path) -> None:
    with serving("sqlite", tmp_path) as server:
        first, kept = server.children
        os.kill(first, signal.SIGKILL)
        _until(lambda: len(set(server.children) - {first}) == WORKERS)
        assert kept in server.children
        assert {server.ask("GET", "/healthz").status_code for _ in range(8)} == {200}
        children = server.children
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(30) == 0
        assert not [one for one in children if _lives(one)]
        assert not list((tmp_path / "tmp").iterdir())
        with pytest.raises(httpx.ConnectError):
            server.ask("GET", "/healthz")


def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    with serving("sqlite", tmp_path) as server:
        children = server.children
        server.process.kill()
        server.process.wait()
        _until(lambda: not [one for one in children if _lives(one)])


def _lives(process: int) -> bool:
    listed = subprocess.run(["ps", "-e", "-o", "pid="], capture_output=True, text=True, check=True)
    return str(process) in listed.stdout.split()


def _until(holds: Any) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_windows_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.several.sys.platform", "win32")
    refuse_workers_here(1)
    with pytest.raises(ServiceRefused) as refused:
        refuse_workers_here(2)
    assert refused.value.fault.code == "API-528"


def test_counts_of_processes_add_up(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from api.shared_counts import SharedCounts\n"
        "counts = SharedCounts(Path(sys.argv[1]))\n"
        "print([counts.incr('one', 60) for _ in range(2000)][-1])"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "counts")]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    last = [int(one.communicate()[0]) for one in started]
    assert max(last) == SharedCounts(tmp_path / "counts").get("one") == 4000


def test_windows_of_counts_end_and_counts_are_apart(tmp_path: Path) -> None:
    counts = SharedCounts(tmp_path / "counts")
    assert [counts.incr("a", 1), counts.incr("a", 1), counts.incr("b", 60)] == [1, 2, 1]
    assert counts.get_expiry("b") == pytest.approx(time.time() + 60, abs=2)
    time.sleep(1.1)
    assert (counts.get("a"), counts.get("b"), counts.incr("a", 1)) == (0, 1, 1)
    counts.clear("b")
    assert counts.get("b") == 0
    counts.reset()
    assert counts.get("a") == 0


def test_a_full_file_forgets_the_window_that_ends_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.shared_counts._SLOTS", 2)
    counts = SharedCounts(tmp_path / "counts")
    counts.incr("soon", 10)
    counts.incr("late", 1000)
    counts.incr("new", 100)
    assert {one: counts.get(one) for one in ("soon", "late", "new")} == {
        "soon": 0,
        "late": 1,
        "new": 1,
    }
