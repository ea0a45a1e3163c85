"""A small sample of the soak: what a file lacks or has too much of is never passed over."""

from __future__ import annotations

import pytest

from bench.soak_importers import run


@pytest.mark.parametrize("seed", [3, 4])
def test_a_fuzzed_file_is_equal_refused_or_noticed(
    seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    failures = run(100, seed)
    assert failures == 0, capsys.readouterr().out
