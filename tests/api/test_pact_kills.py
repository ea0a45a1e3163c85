"""Killed at any moment, a host answers each request once: a short run of `pact_kills.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from databases import BOTH, database_address

KIT = Path(__file__).parent / "pact_kills.py"
KILLS, REQUESTS = 3, 60


@pytest.mark.parametrize("kind", BOTH)
def test_each_request_ends_with_one_answer(kind: str, tmp_path: Path) -> None:
    with database_address(kind, tmp_path) as address:
        command = [sys.executable, "-W", "ignore", KIT, "--kills", KILLS, "--requests", REQUESTS]
        command += ["--folder", tmp_path]
        if kind == "postgresql":
            command += ["--database", address]
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr[-3000:]
    outcome = json.loads(done.stdout)
    assert outcome["kills"] == KILLS
    assert outcome["answers"] == REQUESTS
    assert outcome["deliveries"] >= REQUESTS
