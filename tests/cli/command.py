"""Run the installed command as a user does: a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

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
    done = subprocess.run(
        [Path(sys.executable).parent / "footprint", *map(str, arguments)],
        env={
            **os.environ,
            "FOOTPRINT_CACHE": str(cache),
            "FOOTPRINT_BASE_URL": "https://labels.example.com",
        },
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)
