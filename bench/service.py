"""The service: processor time of single requests, beside an older checkout with `--old PATH`.

`python -m bench service --old PATH`: PATH is a checkout of an older commit with a `.venv` of its
own (`git worktree add --detach PATH COMMIT`, then `make install` there). Both serve at once, each
from its own code, and are asked in turn; what a request costs is the processor time of the server
and of what it started, the least of several rounds: other work on the machine counts little.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from bench.older import compiled_python, older_checkout, processor_time, ratio

ROOT = Path(__file__).parents[1]
ROUNDS, EACH = 6, 5
LINES = 40
#: What the old ones know too.
DATASETS = ("steel-cold-rolled-cn", "electricity-grid-cn")
EVIDENCE = {
    "sales_channel": "b2b",
    "methods": ["TGO CFP guideline"],
    "pcr": "Metal fittings",
    "verification": {
        "by": "Example Verification Ltd",
        "kind": "registered-verifier",
        "date": "2026-10-30",
        "level": "limited",
    },
}


@dataclass
class Served:
    """A service that answers: of which checkout, and by which process."""

    name: str
    process: subprocess.Popen[bytes]
    client: httpx.Client
    made: list[str] = field(default_factory=list)
    count: int = 0

    def table(self) -> bytes:
        """A bill of materials of 40 lines that this service has not seen."""
        self.count += 1
        facts = "\n".join(
            f"# {fact}"
            for fact in (
                f"name: Wall bracket {self.count}", "company: Example Metal Ltd", "country: CN",
                "declared_unit: 1 piece", "mass: 0.5 kg",
                "reference_period: 2025-01-01/2025-12-31",
            )
        )  # fmt: skip
        rows = "".join(
            f"{at},Part {at},{0.01 * (at + self.count % 7)},{unit},{dataset},{stage}\n"
            for at in range(1, LINES + 1)
            for unit, dataset, stage in [
                ("kg", DATASETS[0], "material") if at % 2 else ("kWh", DATASETS[1], "production")
            ]
        )
        return f"{facts}\nid,name,quantity,unit,dataset,stage\n{rows}".encode()

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        answer = self.client.request(method, path, **more)
        assert answer.is_success, f"{self.name}: {method} {path}: {answer.text[:1000]}"
        return answer

    def footprint(self) -> str:
        """POST /v1/footprints of a new product; its id."""
        headers = {"Content-Type": "text/csv"}
        answer = self.ask("POST", "/v1/footprints", content=self.table(), headers=headers)
        return str(answer.json()["id"])

    def certificate(self, footprint: str) -> str:
        """POST /v1/certificates, then the first GET of both PDFs; its number."""
        order = {
            "footprint_id": footprint,
            "scheme": "th-tgo",
            "tier": "disclosure",
            "evidence": EVIDENCE,
        }
        number = str(self.ask("POST", "/v1/certificates", json=order).json()["number"])
        for language in ("en", "zh"):
            self.pdf(number, language)
        return number

    def pdf(self, number: str, language: str = "en") -> bytes:
        path = f"/v1/certificates/{number}/certificate.pdf"
        return self.ask("GET", path, params={"lang": language}).content

    def verified(self, pdf: bytes) -> None:
        """POST /v1/verify of a PDF; it must be genuine."""
        headers = {"Content-Type": "application/pdf"}
        found = self.ask("POST", "/v1/verify", content=pdf, headers=headers).json()
        assert found["verdict"] in {"valid", "genuine"}, json.dumps(found)[:500]


@contextmanager
def serving(name: str, root: Path, folder: Path) -> Iterator[Served]:
    """The service of a checkout, on a store of its own, until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "FOOTPRINT_CACHE": str(root / ".cache" / "footprint"),
        "FOOTPRINT_BASE_URL": "https://labels.example.com",
    }
    if (root / "api" / "rates.py").exists():
        settings |= dict.fromkeys(
            ("FOOTPRINT_RATE_PER_ADDRESS", "FOOTPRINT_RATE_PER_TOKEN"), "1000000/second"
        )
    command = [str(root / ".venv" / "bin" / "footprint"), "serve", "--port", str(port)]
    store = folder / name
    with (folder / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            [*command, "--store", str(store)],
            env=compiled_python(settings),
            stdout=log,
            stderr=log,
            cwd=folder,
        )
    try:
        yield Served(name, process, _client(store, f"http://127.0.0.1:{port}", process))
    finally:
        process.terminate()
        process.wait(30)


def _client(store: Path, address: str, process: subprocess.Popen[bytes]) -> httpx.Client:
    for _ in range(600):
        assert process.poll() is None, "the server ended; see its log"
        try:
            httpx.get(f"{address}/healthz").raise_for_status()
            token = (store / "access-token").read_text().strip()
        except (httpx.HTTPError, OSError):
            time.sleep(0.1)
            continue
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
        return httpx.Client(base_url=address, headers=headers, timeout=60)
    raise TimeoutError("the server did not start")


def requests() -> dict[str, tuple[float | None, Callable[[Served], Any]]]:
    """What is measured: the bar as a share of the old, and what is asked, in this order."""

    def made(one: Served) -> None:
        one.made.append(one.footprint())

    def issued(one: Served) -> None:
        one.made.append(one.certificate(one.made.pop(0)))

    return {
        f"POST /v1/footprints, {LINES} lines": (0.25, made),
        "POST /v1/certificates and both PDFs": (0.5, issued),
        "GET /verify/{number}": (1 / 3, lambda one: one.ask("GET", f"/verify/{one.made[-1]}")),
        "POST /v1/verify of a PDF": (0.5, lambda one: one.verified(one.pdf(one.made[-1]))),
        "GET the PDF again": (None, lambda one: one.pdf(one.made[-1])),
    }


def milliseconds(one: Served, action: Callable[[Served], Any]) -> float:
    """Processor time of the server for one of several requests."""
    before = processor_time(one.process.pid)
    for _ in range(EACH):
        action(one)
    return (processor_time(one.process.pid) - before) / EACH * 1e3


def main(arguments: list[str] | None = None) -> None:
    """Print each request, and its ratio to the older checkout's where one is given."""
    older = older_checkout(sys.argv[1:] if arguments is None else arguments)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        roots = {"new": ROOT} | ({"old": older} if older else {})
        every = [
            stack.enter_context(serving(name, root, Path(folder))) for name, root in roots.items()
        ]
        print(f"  processor time of one request, ms, the least of {ROUNDS} rounds of {EACH}")
        for name, (bar, action) in requests().items():
            took: dict[str, float] = {}
            for at in range(ROUNDS + 1):
                for one in every:
                    spent = milliseconds(one, action)
                    if at:  # the first round warms up
                        took[one.name] = min(took.get(one.name, spent), spent)
            print(f"    {name:<40}{took['new']:9.2f}" + ratio(took, bar), flush=True)


if __name__ == "__main__":
    main()
