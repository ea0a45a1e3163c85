"""Killed at any moment, the register has nothing half: a short run of `bench/kills.py`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from databases import BOTH, database_address

KIT = Path(__file__).parent / "kill_kit.py"
KILLS = 10


@pytest.mark.parametrize("kind", BOTH)
def test_ten_kills_leave_a_whole_register(kind: str, tmp_path: Path) -> None:
    with database_address(kind, tmp_path) as address:
        command = [sys.executable, "-W", "ignore", KIT, "--kills", KILLS, "--folder", tmp_path]
        if kind == "postgresql":
            command += ["--database", address]
        done = subprocess.run(
            [str(part) for part in command], capture_output=True, text=True, check=False
        )
    assert done.returncode == 0, done.stderr[-3000:]
    outcome = json.loads(done.stdout)
    assert outcome["kills"] == KILLS
    assert outcome["certificates"] >= outcome["acknowledged"] > 0
