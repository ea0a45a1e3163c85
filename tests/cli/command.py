"""Run the command in a process of its own; tests/packaging runs it as it is installed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import forked

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"


@dataclass(frozen=True)
class Result:
    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """What stands on stdout: one JSON document and nothing else."""
        return json.loads(self.out)


def footprint(*arguments: str | Path, cache: Path, cwd: Path = ROOT) -> Result:
    """Run `footprint ARGUMENTS` with a cache folder of the tests."""
    variables = {
        **os.environ,
        "FOOTPRINT_CACHE": str(cache),
        "FOOTPRINT_BASE_URL": "https://labels.example.com",
    }
    done = forked.footprint([str(one) for one in arguments], variables, cwd)
    return Result(done.returncode, done.stdout, done.stderr)
