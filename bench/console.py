"""The console's times as ratios to the health route, and the sizes of its pages.

    python -m bench.console [NAME ...]

Forms and lists at most 3 times the health route, the page of 40 lines 12, a result with its
pictures 15, asked in turn in one run: ratios, because machines differ. Both by the clock and by
the processor time of server and client together: on a machine that others use too, only the
latter is of the page. A page at most 40 kB of HTML, compressed. And how long a choice takes to
its new number.
"""

from __future__ import annotations

import gzip
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import httpx

_TESTS = Path(__file__).parents[1] / "tests"
sys.path[:0] = [str(_TESTS / one) for one in ("api", "browser")]
from buyers_kit import buyers_pages  # noqa: E402
from console_kit import Console, console, issuing  # noqa: E402
from test_console_pages import forty_lines  # noqa: E402

ROUNDS = 20
#: At most so many times the health route: forms and lists, the page of lines, results.
_FORM, _LINES, _RESULT = 3.0, 12.0, 15.0
BUDGETS = {
    "match": _LINES,
    "result": _RESULT,
    "draft tiers": _RESULT,
    "tiers": _RESULT,
    "improve": _RESULT,
    "compare": _RESULT,
    # The whole footprint is calculated again.
    "room-again": _RESULT,
}
#: Compressed HTML of a page, in bytes.
PAGE_BYTES = 40_000


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


def main(names: Iterable[str]) -> None:
    """Print each page's ratio and size beside its budgets, and the median time of a choice."""
    with tempfile.TemporaryDirectory() as folder, console(Path(folder)) as served:
        client = signed_in(served)
        file = forty_lines(Path(folder)).read_bytes()
        answer = client.post("/drafts", files={"file": ("forty.xlsx", file)})
        draft = answer.headers["location"].rpartition("/")[0]
        known = addresses(client, served, draft)
        for name in [one for one in names if one in known] or known:
            _told(client, name, known[name])
        begun = time.process_time()
        times = _choices(client, draft)
        each = (time.process_time() - begun) / len(times)
        print(
            f"a choice: {statistics.median(times) * 1000:.0f} ms median of {len(times)}, "
            f"{each * 1000:.0f} ms of the processor each"
        )
        client.close()


def addresses(client: httpx.Client, served: Console, draft: str) -> dict[str, str]:
    """Every page with something on it, by name."""
    made = {one: f"{draft}/{one}" for one in ("columns", "facts", "match", "result")}
    made |= {one: f"/{one}" for one in ("products", "certificates", "compare", "verify")}
    made |= {one: f"/{one}" for one in ("register", "schemes", "guide")}
    made |= {"front": "/", "data": "/data?q=steel", "draft tiers": f"{draft}/tiers"}
    made |= {"new": "/products/new", "sign-in": "/sign-in"}
    made |= {"scheme": "/schemes/th-tgo", "dataset": "/data/abs-resin-rna"}
    text = client.get(f"{draft}/result").text
    revision = re.findall(r'name="revision" value="(\d+)"', text)[0]
    answer = client.post(f"{draft}/keep", data={"revision": revision})
    product = made["product"] = answer.headers["location"]
    made["tiers"] = f"{product}/tiers"
    made["evidence"] = f"{product}/evidence?scheme=iso-14068-1&tier=neutral"
    made["order"] = f"{product}/order?scheme=iso-14067&tier=disclosure"
    text = client.get(f"{product}/improve").text
    row = re.findall(r'id="r-lighter".*?<option[^>]*value="([^"]+)"', text, re.DOTALL)[0]
    made["improve"] = f"{product}/improve?c=lighter:{row}:10"
    answer = client.post(made["improve"], data={"name": "-10 %", "do": "keep"})
    made["compare"] = answer.headers["location"]
    number = served.site.certificate()["number"]
    made |= {"own certificate": f"/certificates/{number}", "certificate page": f"/verify/{number}"}
    return made | issuing(served) | buyers_pages(served)


def _told(client: httpx.Client, name: str, path: str) -> None:
    by_clock, by_processor, size = _ratios(client, path)
    most = BUDGETS.get(name, _FORM)
    over = " OVER" if min(by_clock, by_processor) > most or size > PAGE_BYTES else ""
    print(
        f"{name}: {by_clock:.1f} times the health route, {by_processor:.1f} by processor time "
        f"(budget {most:g}), {size} bytes{over}"
    )


def _ratios(client: httpx.Client, path: str) -> tuple[float, float, int]:
    """The median times of a page over those of the health route, by the clock and of the
    processor, asked in turn; and its size."""
    client.get(path)
    taken: dict[str, list[tuple[float, float]]] = {path: [], "/healthz": []}
    size = 0
    for _ in range(ROUNDS):
        for address, times in taken.items():
            clock, processor = time.perf_counter(), time.process_time()
            answer = client.get(address)
            times.append((time.perf_counter() - clock, time.process_time() - processor))
            answer.raise_for_status()
            if address == path:
                size = len(gzip.compress(answer.content, 6, mtime=0))
    (page_clock, page_cpu), (health_clock, health_cpu) = (
        (statistics.median(one) for one in zip(*times, strict=True)) for times in taken.values()
    )
    return page_clock / health_clock, page_cpu / health_cpu, size


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
    main(sys.argv[1:])
