"""Requests that schemathesis makes up, against a server of each database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
DATABASES = ("sqlite", "postgresql")
#: Every check but one: a bill of materials of random words fits the schema and names no dataset.
#: What a valid request may be answered is a check of ours (`bench/soak_hooks.py`).
EXCLUDED = "positive_data_acceptance"

#: Without it a body whose schema cannot be resolved is passed over, and the run counts as passed.
_CONFIGURATION = """\
[warnings]
fail-on = ["unresolvable_reference", "unsupported_regex"]
"""


def run(count: int, seed: int, kinds: tuple[str, ...] = DATABASES) -> int:
    """Send at least `count` requests to a server on each of the databases, stateless and stateful;
    the number of failures. Each is printed with the command that repeats it."""
    failures = 0
    for kind in kinds:
        with served(kind) as (address, secret, answered):
            found = 0
            part = seed
            while len(answered) < count:  # the number of cases is not exact, so it is made up for
                missing = count - len(answered)
                found += _schemathesis(address, secret, missing, part)
                part += 1
            print(f"  {kind:<10} {len(answered)} requests, {found} failures, {_table(answered)}")
            failures += found
    return failures


def sample(kind: str, seed: int) -> tuple[int, int]:
    """A short run on one database, without the cases that are derived one by one from the document:
    how many requests were sent, and how many failed."""
    with served(kind) as (address, secret, answered):
        failures = _schemathesis(address, secret, 0, seed, phases="examples,fuzzing,stateful")
        return len(answered), failures


def _table(answered: list[int]) -> str:
    counts = {status: answered.count(status) for status in sorted(set(answered))}
    return ", ".join(f"{status}: {number}" for status, number in counts.items())


@contextmanager
def served(kind: str) -> Iterator[tuple[str, str, list[int]]]:
    """A server on a new database: its address, a token, the statuses it answered so far."""
    sys.path.insert(0, str(ROOT / "tests" / "api"))
    os.environ.setdefault("FOOTPRINT_CACHE", str(ROOT / ".cache" / "footprint"))
    from databases import database_address
    from pydantic import SecretStr
    from served import running, settings_for

    with tempfile.TemporaryDirectory() as folder, database_address(kind, Path(folder)) as address:
        more: dict[str, Any] = {}
        if kind == "postgresql":
            more["database_url"] = SecretStr(address)
        answered: list[int] = []
        with running(settings_for(Path(folder), **more), answered.append) as site:
            site.certificate()  # so that something is there to be read
            secret = str(site.client.headers["Authorization"])
            answered.clear()
            yield str(site.client.base_url).rstrip("/"), secret, answered


def _schemathesis(
    address: str,
    secret: str,
    count: int,
    seed: int,
    phases: str = "examples,coverage,fuzzing,stateful",
) -> int:
    """One run of schemathesis; the number of failures it reports."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        (Path(folder) / "schemathesis.toml").write_text(_CONFIGURATION)
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/openapi.json"),
            *("--header", f"Authorization: {secret}", "--seed", str(seed), "--no-color"),
            *("--max-examples", str(max(2, count // 600)), "--exclude-checks", EXCLUDED),
            *("--report", "json", "--report-json-path", str(report), "--no-shrink"),
            *("--generation-database", "none", "--suppress-health-check", "all"),
            *(
                "--phases",
                phases,
                "--continue-on-failure",
                "--request-timeout",
                "60",
            ),
        ]
        environment = os.environ | {
            "SCHEMATHESIS_HOOKS": "bench.soak_hooks",
            "PYTHONPATH": str(ROOT),
            "PYTHONWARNINGS": "ignore",
        }
        done = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode not in (0, 1) or not report.exists():
            raise RuntimeError(f"schemathesis did not run:\n{done.stdout}\n{done.stderr}"[-3000:])
        failed = _failures(json.loads(report.read_text()))
    if failed or done.returncode:
        print(done.stdout[-20_000:])
    return max(failed, done.returncode)


def _failures(report: dict[str, Any]) -> int:
    return len(report.get("failures", []))
