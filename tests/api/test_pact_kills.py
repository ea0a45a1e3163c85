"""Killed at any moment, a host answers each request once: a short run of `pact_kills.py`."""

from __future__ import annotations

from pathlib import Path

import pytest
from databases import BOTH, database_address
from pact_kills import run

KILLS, REQUESTS = 3, 60


@pytest.mark.parametrize("kind", BOTH)
def test_each_request_ends_with_one_answer(kind: str, tmp_path: Path) -> None:
    with database_address(kind, tmp_path) as address:
        database = address if kind == "postgresql" else None
        outcome = run(tmp_path, KILLS, REQUESTS, database, seed=1)
    assert outcome["kills"] == KILLS
    assert outcome["answers"] == REQUESTS
    assert outcome["deliveries"] >= REQUESTS
