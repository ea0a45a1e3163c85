"""Run one of Brightway's processes: a JSON request on its stdin, a JSON answer on its stdout."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from footprint.brightway import faults


def run_engine_module(module: str, request: dict[str, Any]) -> dict[str, Any]:
    """The answer of `python -m footprint.brightway.MODULE`. Raises `InputRefused` (BRW-004)."""
    command = [sys.executable, "-W", "ignore", "-m", f"footprint.brightway.{module}"]
    done = subprocess.run(  # noqa: S603
        command, input=json.dumps(request), capture_output=True, text=True, check=False
    )
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines or not lines[-1].startswith("{"):
        raise faults.FAILED.refuse(f"{module} ended with an error:\n{done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(lines[-1])
    return answer
