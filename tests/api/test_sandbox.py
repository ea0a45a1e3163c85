"""`footprint serve --sandbox` as an integrator meets it: the real process, the printed commands."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from served import settings_for

PAGE = (Path(__file__).parents[2] / "docs" / "integrating.md").read_text("utf-8")
PROGRAM = "from footprint.cli.main import main; main()"


@dataclass
class Sandbox:
    """A running sandbox: what it printed, its address, its folder, and the user's own store."""

    process: subprocess.Popen[str]
    printed: list[str]
    own: Path

    @property
    def commands(self) -> list[str]:
        return [one for one in self.printed if not one.startswith("#")]

    @property
    def url(self) -> str:
        return str(re.findall(r"http://127\.0\.0\.1:\d+", self.commands[0])[0])

    @property
    def token_file(self) -> Path:
        return Path(re.findall(r"cat (\S+)\)", "\n".join(self.printed))[-1])


def shell(script: str, **names: str) -> list[str]:
    """The lines that a script prints."""
    if shutil.which("curl") is None:
        pytest.skip("no curl on this machine")
    done = subprocess.run(
        ["bash", "-eu", "-c", script],
        env={**os.environ, **names},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder = tmp_path_factory.mktemp("sandbox")
    own = folder / "store of the user"
    environment = os.environ | {
        "FOOTPRINT_CACHE": str(settings_for(Path()).cache),
        "FOOTPRINT_STORE_DIR": str(own),
        "FOOTPRINT_KEYS_DIR": str(own / "keys"),
        "FOOTPRINT_DATABASE_URL": f"sqlite:///{own}/of-the-user.sqlite3",
        "FOOTPRINT_BASE_URL": "https://labels.example.com",
        "TMPDIR": str(folder),
    }
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, "serve", "--sandbox", "--port", "0"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, env=environment, text=True
        )
    assert process.stdout is not None
    printed: list[str] = []
    while not printed or "gone at the end" not in printed[-1]:
        line = process.stdout.readline()
        assert line, (folder / "log").read_text()
        printed.append(line.rstrip("\n"))
    try:
        yield Sandbox(process, printed, own)
    finally:
        process.kill()
        process.communicate()


def test_the_five_commands_do_what_they_say(sandbox: Sandbox) -> None:
    assert len(sandbox.commands) == 5
    listed, one, event, verified = shell("\n".join(sandbox.commands))
    found = json.loads(listed)["data"]
    assert len(found) == 3
    assert json.loads(one)["data"] in found
    assert event == "200"
    assert json.loads(verified)["verdict"] == "draft"


def test_what_the_page_shows_of_the_own_side(sandbox: Sandbox) -> None:
    auth = f"Authorization: Bearer {sandbox.token_file.read_text().strip()}"
    (block,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    shell(sandbox.commands[0] + "\n" + sandbox.commands[3])
    every = [one for one in re.split(r"(?m)^(?=curl)", block) if one]
    footprints, requests, events, webhook = (
        json.loads("".join(shell(one, URL=sandbox.url, AUTH=auth))) for one in every
    )
    assert len(footprints["footprints"]) == 3
    assert {one["origin"] for one in requests["requests"]} == {"typed", "event"}
    assert any(one["type"].endswith("RequestFulfilledEvent.3") for one in events["events"])
    assert webhook["secret"].startswith("whsec_")


def test_its_certificates_say_that_they_are_no_certificates(sandbox: Sandbox) -> None:
    (number,) = re.findall(r"FP-[0-9A-Z-]+", sandbox.commands[4])
    with httpx.Client(base_url=sandbox.url, trust_env=False, timeout=60) as client:
        found = client.get(f"/v1/certificates/{number}").json()
        label = client.get(f"/v1/certificates/{number}/label.svg").text
    assert found["status"]["state"] == "draft"
    assert "DRAFT" in label.upper()


def test_a_store_of_the_users_own_is_refused_beside_it() -> None:
    command = [sys.executable, "-W", "ignore", "-c", PROGRAM, "serve", "--sandbox", "--store", "x"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "store of its own" in done.stderr
    assert not Path("x").exists()


def test_at_the_end_all_is_gone_and_nothing_of_the_users_was_touched(sandbox: Sandbox) -> None:
    folder = sandbox.token_file.parent
    assert folder.is_dir()
    sandbox.process.send_signal(signal.SIGTERM)
    sandbox.process.wait(60)
    assert not folder.exists()
    assert not sandbox.own.exists()
