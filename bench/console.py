"""The console's times as ratios to the health route, measured alternately in one run.

Forms and lists at most 3, the page of 40 lines 12, a result with its pictures 15; and how long a
choice takes to its new number. Ratios, because machines differ.
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

import httpx

_TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(_TESTS / one) for one in ("api", "browser")]
from console_kit import Console, console  # noqa: E402
from test_console_pages import forty_lines  # noqa: E402

ROUNDS = 20
#: At most so many times the health route.
BUDGETS = {"facts": 3.0, "columns": 3.0, "match": 12.0, "result": 15.0}


def signed_in(served: Console) -> httpx.Client:
    """A client with the cookie of a session."""
    made = httpx.Client(
        base_url=served.address,
        headers={"Sec-Fetch-Site": "same-origin", "Accept-Encoding": "gzip"},
        trust_env=False,
        timeout=60,
    )
    answer = made.post(served.link().removeprefix(served.address))
    name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
    made.cookies.clear()
    made.cookies.set(name, value)
    return made


def main() -> None:
    """Print each page's ratio beside its budget, and the median time of a choice."""
    with tempfile.TemporaryDirectory() as folder, console(Path(folder)) as served:
        client = signed_in(served)
        file = forty_lines(Path(folder)).read_bytes()
        answer = client.post("/drafts", files={"file": ("forty.xlsx", file)})
        draft = answer.headers["location"].rpartition("/")[0]
        for name, most in BUDGETS.items():
            ratio = _ratio(client, f"{draft}/{name}")
            print(f"{name}: {ratio:.1f} times the health route (budget {most:g})")
        times = _choices(client, draft)
        print(f"a choice: {statistics.median(times) * 1000:.0f} ms median of {len(times)}")
        client.close()


def _ratio(client: httpx.Client, path: str) -> float:
    """The median time of a page over that of the health route, asked in turn."""
    client.get(path)
    pages: list[float] = []
    health: list[float] = []
    for _ in range(ROUNDS):
        for address, times in ((path, pages), ("/healthz", health)):
            begun = time.perf_counter()
            client.get(address).raise_for_status()
            times.append(time.perf_counter() - begun)
    return float(statistics.median(pages) / statistics.median(health))


def _choices(client: httpx.Client, draft: str) -> list[float]:
    """How long it takes from a choice to the parts of the page that it changes."""
    text = client.get(f"{draft}/match").text
    lines = list(dict.fromkeys(re.findall(r'name="line" value="(\w+)"', text)))
    revision = int(re.findall(r'name="revision" value="(\d+)"', text)[0])
    times: list[float] = []
    for at, line in enumerate(lines[:ROUNDS]):
        fields = {"revision": str(revision + at), "line": line, "do": "not-part"}
        begun = time.perf_counter()
        answer = client.post(f"{draft}/match", data=fields, headers={"X-Fragment": "1"})
        times.append(time.perf_counter() - begun)
        answer.raise_for_status()
    return times


if __name__ == "__main__":
    main()
