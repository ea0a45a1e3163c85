"""Long lists of the console: each thing once, by the links of its pages, with the filter kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from databases import BOTH, database_address
from evidence import some
from pydantic import SecretStr
from served import Site, running, settings_for
from sqlalchemy import insert, select
from still_clock import NOON

from api.services.access import LOCAL
from api.store.audit import Event, append_all
from api.store.products import StoredProduct, StoredVersion, add_product, add_version
from api.store.tables import certificates

ROWS = 250
SUMMARY = (
    '{"kg": 1.5, "word": "complete", "share": 1.0, "by_mass": true, "counted": 2, "open": 0, '
    '"amount": 1.0, "unit": "piece", "low": null, "high": null}'
)


def fill(site: Site) -> None:
    """As many products, certificates and entries of the log as no page shows at once, many of the
    same moment and day."""
    footprint = site.footprint()
    number = site.certificate(footprint_id=footprint)["number"]
    with site.service.database.writing() as uow:
        row = uow.connection.execute(
            select(certificates).where(certificates.c.number == number)
        ).one()
        states = ("issued", "issued", "suspended", "revoked", "superseded")
        for at in range(ROWS):
            changed = NOON + timedelta(minutes=at // 10)
            name = f"Chair {at:03}" if at % 4 else f"Lamp 100 % {at:03}"
            product = StoredProduct(f"p{at:03}", "default", name, NOON, changed)
            add_product(uow, product)
            add_version(
                uow,
                StoredVersion(
                    f"v{at:03}", "default", product.id, 1, NOON, "Li", footprint, SUMMARY
                ),
            )
        made = [
            {
                **row._mapping,
                "number": f"FP-{at:08}",
                "status_index": 200_000 + at,
                "status": states[at % 5],
                "valid_until": NOON.date() + timedelta(days=at // 7 - 8),
            }
            for at in range(ROWS)
        ]
        uow.connection.execute(insert(certificates), made)
        append_all(
            uow,
            [
                Event(LOCAL, NOON, "token.made" if at % 2 else "person.invited", f"s{at % 3}", {})
                for at in range(ROWS)
            ],
        )


@pytest.fixture(scope="module", params=BOTH)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("lists")
    with (
        database_address(request.param, folder) as address,
        running(settings_for(folder, database_url=SecretStr(address))) as found,
    ):
        fill(found)
        yield found


@pytest.fixture(scope="module")
def client(site: Site) -> Iterator[httpx.Client]:
    with httpx.Client(
        base_url=site.visitor.base_url,
        headers={"Sec-Fetch-Site": "same-origin", "Accept-Language": "en"},
        trust_env=False,
        timeout=60,
    ) as made:
        answer = made.post(f"/open/{site.service.sessions.new_link()}")
        name, _, value = answer.headers["set-cookie"].partition(";")[0].partition("=")
        made.cookies.clear()
        made.cookies.set(name, value)
        yield made


def pages(client: httpx.Client, path: str) -> list[str]:
    """The texts of a list's pages, by their links."""
    found = []
    while path:
        answer = client.get(path)
        assert answer.status_code == 200, answer.text
        found.append(answer.text)
        link = re.search(r'<a class="button second" href="([^"]+)">Further ones', answer.text)
        path = link[1].replace("&amp;", "&") if link else ""
    return found


def test_every_product_stands_on_one_page_the_last_changed_first(client: httpx.Client) -> None:
    shown = pages(client, "/products")
    assert len(shown) == 10
    found = [one for text in shown for one in re.findall(r'href="/products/(p\d+)"', text)]
    wanted = sorted(range(ROWS), key=lambda at: (-(at // 10), at))
    assert found == [f"p{at:03}" for at in wanted]


def test_products_are_searched_by_name_and_the_words_stay_on_every_page(
    client: httpx.Client,
) -> None:
    shown = pages(client, "/products?q=100+%25")
    found = [one for text in shown for one in re.findall(r'href="/products/(p\d+)"', text)]
    assert sorted(found) == [f"p{at:03}" for at in range(0, ROWS, 4)]
    for text in some(shown):
        assert 'name="q" value="100 %"' in text
    none = client.get("/products?q=nothing-like-it").text
    assert "nothing-like-it" in none
    assert 'href="/products"' in none


def test_certificates_whose_term_runs_and_those_that_ended_are_two_whole_lists(
    client: httpx.Client, site: Site
) -> None:
    with site.service.database.reading() as uow:
        rows = uow.connection.execute(select(certificates)).all()
    today = NOON.date()
    running_ones = [
        one for one in rows if one.status in {"issued", "suspended"} and one.valid_until >= today
    ]
    ended = [one for one in rows if one not in running_ones]
    assert len(running_ones) > 100
    assert len(ended) > 50
    running_ones.sort(key=lambda one: (one.valid_until, one.number))
    ended.sort(key=lambda one: (-one.valid_until.toordinal(), one.number))
    lists = (("/certificates", running_ones), ("/certificates?show=ended", ended))
    for path, wanted in some(lists):
        shown = pages(client, path)
        assert len(shown) == -(-len(wanted) // 25)
        found = [
            one for text in shown for one in re.findall(r'href="/certificates/([^"?]+)" lang', text)
        ]
        assert found == [one.number for one in wanted]


def test_the_log_has_the_same_entries_as_json_with_the_same_filters(client: httpx.Client) -> None:
    for asked in some(("", "kind=token", "kind=person&about=s1", "about=none")):
        shown = pages(client, f"/audit?{asked}")
        found = [one for text in shown for one in re.findall(r'<li value="(\d+)"', text)]
        entries, narrowed = [], dict(one.split("=") for one in asked.split("&") if one)
        while True:
            page = client.get("/audit.json", params=narrowed).json()
            entries += [one["sequence"] for one in page["entries"]]
            if not page["next"]:
                break
            narrowed["cursor"] = page["next"]
        assert [int(one) for one in found] == entries
        assert (len(entries) > 0) == (asked != "about=none")
    one = client.get("/audit.json?kind=token&about=s1").json()["entries"][0]
    assert (one["action"], one["subject"]) == ("token.made", "s1")
    assert "audit.json?kind=token" in client.get("/audit?kind=token").text


def test_a_cursor_of_another_list_is_refused_with_a_way_on(client: httpx.Client) -> None:
    for path in some(("/products", "/certificates", "/audit")):
        answer = client.get(f"{path}?cursor=none")
        assert answer.status_code == 422, path
        assert 'href="/"' in answer.text
