"""The seeded bugs of bench/mutations.py still fit the code they are to be put into."""

from __future__ import annotations

from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]


def test_each_seeded_bug_fits_one_place_of_the_code() -> None:
    groups = yaml.safe_load((ROOT / "bench" / "mutants.yaml").read_text("utf-8"))
    places = {
        f"{group['file']}: {bug['bug']}": (ROOT / group["file"])
        .read_text("utf-8")
        .count(bug["find"])
        for group in groups
        for bug in group["bugs"]
    }
    assert len(places) >= 100
    assert {name for name, count in places.items() if count != 1} == set()
