"""Starting the service: what it says, and what it must not say."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from served import settings_for
from still_clock import StillClock

from api.app import create_app
from api.opening import open_service
from api.settings import Settings
from footprint.faults import InputRefused


def _started(settings: Settings) -> list[str]:
    """What is said while the application starts and stops."""
    said: list[str] = []
    app = create_app(settings, clock=StillClock(), progress=said.append)

    async def start() -> None:
        async with app.router.lifespan_context(app):
            pass

    asyncio.run(start())
    return said


def test_the_start_says_where_the_token_is_and_not_what_it_is(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    said = "\n".join(_started(settings))
    path = settings.store_dir / "access-token"
    assert str(path) in said
    assert path.read_text().strip() not in said


def test_the_start_says_that_the_audit_log_was_changed(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    _started(settings)
    engine = sa.create_engine(settings.database)
    with engine.begin() as connection:
        row = "(1, '2026-11-20', 'default', 'x', 'x', 'x', '{}', 'x', 'x', '')"
        connection.execute(sa.text(f"INSERT INTO audit_log VALUES {row}"))  # noqa: S608
    engine.dispose()
    assert any("breaks at entry 1" in line for line in _started(settings))


def test_an_address_that_cannot_be_an_issuers_stops_the_start(tmp_path: Path) -> None:
    settings = settings_for(tmp_path).model_copy(update={"base_url": "http://labels.example.com"})
    with pytest.raises(InputRefused, match="CER-008"):
        open_service(settings)
    assert not settings.store_dir.exists()


def test_the_service_runs_as_a_process_of_its_own(tmp_path: Path) -> None:
    settings = settings_for(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    program = (
        "import api.serve as serve, api.settings as s, api.transport as t; "
        f"serve.serve_until_interrupted(s.Settings(), '127.0.0.1', {port}, t.Transport())"
    )
    environment = os.environ | {
        "FOOTPRINT_STORE_DIR": str(settings.store_dir),
        "FOOTPRINT_CACHE": str(settings.cache),
    }
    log = tmp_path / "log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-c", program], stdout=output, stderr=output, env=environment
        )
    try:
        answer = _answer(process, f"http://127.0.0.1:{port}/healthz")
    finally:
        process.terminate()
        process.wait(10)
    assert answer.json()["status"] == "ok"
    assert "Server" not in answer.headers
    said = log.read_text()
    secret = (settings.store_dir / "access-token").read_text().strip()
    assert str(settings.store_dir / "access-token") in said
    assert secret not in said


def _answer(process: subprocess.Popen[bytes], address: str) -> httpx.Response:
    for _ in range(600):
        assert process.poll() is None, "the process ended"
        try:
            return httpx.get(address, trust_env=False)
        except httpx.ConnectError:
            time.sleep(0.05)
    raise AssertionError("the process did not answer within 30 s")
