"""An order that rests on guesses: it names them, and is placed by whoever says that he knows."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import httpx
import pytest
from console_kit import console
from served import BOM, EVIDENCE, Site
from test_console_mistakes import TIER, drafted, revision_of, signed_in

from api.services.access import LOCAL

FACTS = "".join(line for line in BOM.splitlines(keepends=True) if line.startswith("#"))
SURE = "name,quantity,unit,weight (g)\nSteel plate,1,pcs,480\n"
#: Its words fit paper in part, and are a guess.
GUESS = "Paper label roll,1,pcs,20\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with console(tmp_path_factory.mktemp("guesses")) as made:
        yield made.site


@pytest.fixture(scope="module")
def clerk(site: Site) -> Iterator[httpx.Client]:
    with signed_in(site) as client:
        yield client


def product(site: Site, clerk: httpx.Client, more: str = GUESS) -> str:
    """The path of a kept product, one of whose lines is a guess, that earned a disclosure."""
    draft = drafted(clerk, (FACTS + SURE + more).encode())
    revision = revision_of(clerk.get(f"{draft}/result"))
    kept = clerk.post(f"{draft}/keep", data={"revision": revision, "product": ""})
    path = str(kept.headers["location"]).partition("?")[0]
    site.service.products.say(LOCAL, path.rsplit("/", 1)[1], lambda _: EVIDENCE)
    return path


@pytest.mark.parametrize(
    ("language", "says", "refusal"),
    [
        ("en", "rest on guesses of ours that nobody confirmed", "tick that you go on"),
        ("zh", "依据的是我们的猜测，尚未确认", "勾选表示仍按其办理"),
    ],
)
def test_an_order_on_guesses_names_them_and_needs_a_tick(
    site: Site, clerk: httpx.Client, language: str, says: str, refusal: str
) -> None:
    path = product(site, clerk)
    order = f"{path}/order?{TIER}&lang={language}"
    page = clerk.get(order).text
    note = page.partition('id="guesses"')[2].partition("</div>")[0]
    assert says in note
    assert "Paper label roll" in note
    (box,) = re.findall(r'<input type="checkbox" id="know"[^>]*>', page)
    assert "required" in box
    assert "checked" not in box
    for know in ({}, {"know": "another version"}):
        sent = clerk.post(order, data={"key": "k", "months": "7", **know})
        assert sent.status_code == 422
        assert re.search(r'id="errors" autofocus><h2>[^<]+</h2><p><a href="#know">', sent.text)
        assert refusal in sent.text
        assert 'value="7"' in sent.text
        assert 'aria-describedby="know-error"' in sent.text
    wrong = {"key": "k", "months": "none", "know": _known(page)}
    kept = clerk.post(order, data=wrong).text
    assert 'href="#know"' not in kept
    assert re.search(r'<input type="checkbox" id="know"[^>]* checked', kept)
    placed = clerk.post(order, data={"key": f"k-{language}", "replace": "1", "know": _known(page)})
    assert placed.status_code == 303
    number = placed.headers["location"].rpartition("/")[2]
    assert number.startswith("FP-")
    logged = site.service.log.own(LOCAL, 5, about=number)
    issued = next(one for one in logged if one.action == "certificate.issued")
    assert json.loads(issued.facts)["guesses_known"] == [10]


def _known(page: str) -> str:
    (value,) = re.findall(r'name="know" value="([^"]+)"', page)
    return str(value)


def test_from_the_order_one_goes_to_the_guess_and_confirms_it(
    site: Site, clerk: httpx.Client
) -> None:
    path = product(site, clerk)
    page = clerk.get(f"{path}/order?{TIER}&lang=en").text
    (version,) = re.findall(r'name="version" value="(\d+)"><button[^>]*value="guesses"', page)
    there = clerk.post(f"{path}/draft", data={"version": version, "to": "guesses"})
    where = there.headers["location"]
    line = where.partition("#line-")[2]
    shown = clerk.get(where.partition("#")[0])
    opened = re.search(rf'<details[^>]*id="line-{line}"[^>]*\bopen\b', shown.text)
    assert opened
    part = shown.text[opened.start() :].partition("</details>")[0]
    assert "Paper label roll" in part
    (dataset,) = re.findall(r'name="dataset" value="([\w-]+)" checked', part)[:1]
    said = {"revision": revision_of(shown), "line": line, "do": "take", "dataset": dataset}
    draft = where.partition("/match")[0]
    assert clerk.post(f"{draft}/match", data=said).status_code == 303
    revision = revision_of(clerk.get(f"{draft}/result"))
    clerk.post(f"{draft}/keep", data={"revision": revision, "product": path.rsplit("/", 1)[1]})
    after = clerk.get(f"{path}/order?{TIER}&lang=en").text
    assert 'id="guesses"' not in after
    assert 'name="know"' not in after


def test_an_order_without_guesses_asks_nothing(site: Site, clerk: httpx.Client) -> None:
    page = clerk.get(f"{product(site, clerk, '')}/order?{TIER}").text
    assert 'name="key"' in page
    assert 'name="know"' not in page
