"""A seeded sample of `python -m bench soak http`: a few hundred requests to each database."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from databases import BOTH

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.soak_http import sample


@pytest.mark.parametrize("kind", BOTH)
def test_no_request_fails_or_is_misunderstood(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    requests, failures = sample(kind, seed=11)
    assert failures == 0, capsys.readouterr().out
    assert requests >= 200
