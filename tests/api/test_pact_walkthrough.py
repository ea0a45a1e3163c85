"""What docs/pact.md shows is run as it stands: curl in a shell, and the program."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pact_hosting import BRACKET, Hosting, bom, hosting

PAGE = (Path(__file__).parents[2] / "docs" / "pact.md").read_text("utf-8")
SHELL = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
PROGRAM = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosting]:
    with hosting(tmp_path_factory.mktemp("walk")) as served:
        yield served


def shell(host: Hosting, block: str, **names: str) -> list[dict[str, object]]:
    """The JSON documents that a block of the page prints."""
    if shutil.which("curl") is None:
        pytest.skip("no curl on this machine")
    given = {
        "URL": host.base,
        "AUTH": f"Authorization: {host.supplier.headers['Authorization']}",
        "CURL_CA_BUNDLE": str(host.certificates.certificate),
    }
    done = subprocess.run(
        ["bash", "-eu", "-c", block],
        env={**os.environ, **given, **names},
        capture_output=True,
        text=True,
        check=True,
    )
    found, decoder, rest = [], json.JSONDecoder(), done.stdout.strip()
    while rest:
        one, end = decoder.raw_decode(rest)
        found.append(one)
        rest = rest[end:].strip()
    return found


def test_the_curl_walk_through(host: Hosting) -> None:
    partner, publish, fetch, *_ = SHELL
    (made,) = shell(host, partner)
    footprint = host.footprint(bom())
    (published,) = shell(host, publish, FOOTPRINT=footprint)
    assert published["id"] == footprint
    names = {"CLIENT_ID": str(made["client_id"]), "CLIENT_SECRET": str(made["client_secret"])}
    token = host.supplier.post(
        "/auth/token",
        data={"grant_type": "client_credentials"},
        auth=(names["CLIENT_ID"], names["CLIENT_SECRET"]),
    ).json()["access_token"]
    answered, listed, one = shell(host, fetch, FOOTPRINT=footprint, TOKEN=token, **names)
    assert answered["token_type"] == "bearer"  # noqa: S105 - a kind, no secret
    assert listed["data"] == [one["data"]]


def test_suppliers_are_asked_as_the_page_says(host: Hosting) -> None:
    (block,) = (one for one in SHELL if "supplier-requests" in one)
    first, rest = block.split("curl -s -X PUT", 1)
    (supplier,) = shell(host, first)
    connected, asked = shell(host, f"curl -s -X PUT{rest}", SUPPLIER=str(supplier["id"]))
    assert connected["events_url"] == "https://pact.steel.example"
    assert (asked["partner"], asked["state"]) == (supplier["id"], "waiting")


def test_the_program(host: Hosting, monkeypatch: pytest.MonkeyPatch) -> None:
    for steel in ("0.51", "0.52"):
        host.publish(bom(BRACKET, steel=steel))
    partner = host.partner()
    monkeypatch.setenv("SSL_CERT_FILE", str(host.certificates.certificate))
    names = {
        "URL": host.base,
        "CLIENT_ID": partner["client_id"],
        "CLIENT_SECRET": partner["client_secret"],
    }
    printed = io.StringIO()
    (program,) = PROGRAM
    with contextlib.redirect_stdout(printed):
        exec(program, names)  # noqa: S102 - our own page
    assert re.findall(r"^Wall bracket [0-9.]+ kg CO2e$", printed.getvalue(), re.MULTILINE)
