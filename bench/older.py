"""What benchmarks need to run an older commit beside this one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path


def older_checkout(arguments: Sequence[str]) -> Path | None:
    """The folder after `--old`, with a `.venv` of its own; None where none is given."""
    if "--old" not in arguments:
        return None
    root = Path(arguments[arguments.index("--old") + 1]).resolve()
    if not (root / ".venv" / "bin" / "python").exists():
        raise SystemExit(f"{root} has no .venv: run make install there")
    return root


def compiled_python(settings: dict[str, str]) -> dict[str, str]:
    """The variables of a process that keeps its compiled modules, as an installation does: without
    them each start compiles every module again, which is half of what it takes."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | settings


def processor_time(process: int) -> float:
    """Seconds of processor time of a process and of those below it, to the nanosecond."""
    found, below = 0, set()
    for task in Path(f"/proc/{process}/task").iterdir():
        try:
            found += int((task / "schedstat").read_text().split()[0])
            below |= {int(child) for child in (task / "children").read_text().split()}
        except OSError:
            continue  # a thread that has just ended
    return found / 1e9 + sum(map(processor_time, below))


def ratio(took: dict[str, float], bar: float | None) -> str:
    """The old time, the new one as a share of it, and whether that is within its bar."""
    if "old" not in took:
        return ""
    share = took["new"] / took["old"]
    told = "" if bar is None else f"  bar {bar:.2f}: {'met' if share <= bar else 'MISSED'}"
    return f"{took['old']:9.2f} old{share:7.2f}{told}"
