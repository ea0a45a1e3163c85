"""The door: failures are counted and lock, nobody learns who has an account, all is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest
from databases import BOTH, database_address
from served import Site, codes, running, settings_for
from sqlalchemy import delete
from still_clock import NOON

from api.console.door import cookie_name
from api.services.access import LOCAL
from api.store.audit import log_head, newest_entries
from api.store.door_tables import door_counts, sign_ins

LIMIT, MINUTES = 4, 15
FORM = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(scope="module", params=BOTH)
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("door")
    with database_address(request.param, folder) as address:
        more = {"database_url": address} if request.param == "postgresql" else {}
        settings = settings_for(folder, lock_failures=LIMIT, lock_minutes=MINUTES, **more)
        with running(settings) as site:
            yield site


@pytest.fixture
def site(served: Site) -> Site:
    """The installation, with a door that nobody came to yet."""
    served.clock.now = NOON
    with served.service.database.writing() as uow:
        for table in (door_counts, sign_ins):
            uow.connection.execute(delete(table))
    return served


def pasted(site: Site, token: str) -> httpx.Response:
    """The answer to a token pasted into the page."""
    return site.visitor.post("/sign-in", data={"token": token}, headers=FORM)


def granted(site: Site, client: str, secret: str) -> httpx.Response:
    """The answer of the token endpoint."""
    form = {"grant_type": "client_credentials"}
    return site.visitor.post("/auth/token", data=form, auth=(client, secret))


def own_token(site: Site) -> str:
    return (site.service.settings.store_dir / "access-token").read_text().strip()


def partner(site: Site) -> tuple[str, str]:
    made = site.client.post("/v1/partners", json={"name": "Example Motors"}).json()
    return made["client_id"], made["client_secret"]


def later(site: Site, **more: float) -> None:
    site.clock.now += timedelta(**more)


def entries(site: Site) -> int:
    with site.service.database.reading() as uow:
        return log_head(uow)[0]


def actions(site: Site, since: int) -> list[tuple[str, str, str]]:
    """What the log says of the door behind an entry, newest first."""
    with site.service.database.reading() as uow:
        found = newest_entries(uow, 100, kind="door")
    return [(one.action, one.tenant, one.actor) for one in found if one.sequence > since]


def test_an_address_waits_after_failures_even_with_the_right_token(site: Site) -> None:
    assert [pasted(site, f"fpt_{n}").status_code for n in range(LIMIT)] == [422] * LIMIT
    refused = pasted(site, own_token(site))
    assert refused.status_code == 429
    assert refused.headers["Retry-After"] == str(MINUTES * 60)
    assert "set-cookie" not in refused.headers
    assert site.client.get("/v1/footprints").status_code == 200, "who has a token works on"
    client, secret = partner(site)
    assert granted(site, client, secret).status_code == 200, "machines are not locked by people"
    later(site, minutes=MINUTES, seconds=-1)
    assert pasted(site, own_token(site)).status_code == 429
    later(site, seconds=1)
    entered = pasted(site, own_token(site))
    assert (entered.status_code, entered.headers["location"]) == (303, "/")
    assert pasted(site, "fpt_x").status_code == 422, "it is counted from the beginning"


def test_failures_that_lie_apart_do_not_lock(site: Site) -> None:
    statuses = []
    for _ in range(3 * LIMIT):
        statuses.append(pasted(site, "fpt_wrong").status_code)
        later(site, minutes=MINUTES, seconds=1)
    assert statuses == [422] * (3 * LIMIT)


def test_used_links_count_and_looking_at_one_does_not(site: Site) -> None:
    link = site.service.sessions.new_link()
    pages = {"Accept": "text/html", **FORM}
    for _ in range(3 * LIMIT):
        assert site.visitor.get("/open/unknown", headers=pages).status_code == 410
    for _ in range(LIMIT):
        assert site.visitor.post("/open/unknown", headers=pages).status_code == 410
    refused = site.visitor.post(f"/open/{link}", headers=pages | {"Accept-Language": "zh"})
    assert refused.status_code == 429
    assert "登录失败次数过多" in refused.text
    later(site, minutes=MINUTES - 1)
    link = site.service.sessions.new_link()
    later(site, minutes=1)
    assert site.visitor.post(f"/open/{link}", headers=pages).status_code == 303


def test_a_client_is_locked_in_the_form_of_the_protocol_and_no_other_is(site: Site) -> None:
    client, secret = partner(site)
    other = partner(site)
    for _ in range(LIMIT - 1):
        assert granted(site, client, "wrong").status_code == 401
    assert granted(site, *other).status_code == 200
    assert granted(site, client, "wrong").status_code == 401
    refused = granted(site, client, secret)
    assert refused.status_code == 429
    assert refused.json()["error"] == "invalid_request"
    assert refused.headers["Retry-After"] == str(MINUTES * 60)
    owner = [one for one in site.service.door.locks(LOCAL) if one.kind == "client"]
    assert [one.what for one in owner] == [client]


def test_a_client_that_comes_in_is_counted_from_the_beginning(site: Site) -> None:
    client, secret = partner(site)
    for _ in range(LIMIT - 1):
        granted(site, client, "wrong")
    assert granted(site, client, secret).status_code == 200
    counted = site.service.database
    with counted.reading() as uow:
        left = uow.connection.exec_driver_sql("SELECT kind, failures FROM door_counts").all()
    assert [tuple(row) for row in left] == [("client-address", LIMIT - 1)]


def test_nobody_learns_which_clients_there_are(site: Site) -> None:
    client, _ = partner(site)
    told: list[list[Any]] = []
    for name in (client, "fpc_nobody-has-this"):
        answers = [granted(site, name, "wrong") for _ in range(LIMIT + 2)]
        told.append(
            [(one.status_code, one.json(), one.headers.get("retry-after")) for one in answers]
        )
        later(site, hours=1)
    assert told[0] == told[1]
    assert {status for status, _, _ in told[0]} == {401, 429}


def test_what_is_no_client_is_not_kept(site: Site) -> None:
    """A secret may be typed into the wrong field."""
    for _ in range(LIMIT):
        granted(site, "my-secret\0-by-mistake", "x")
    kept = [*site.service.door.listed(LOCAL, 100), *site.service.door.locks(LOCAL)]
    assert len(kept) > LIMIT
    assert "by-mistake" not in repr(kept)


def test_sign_ins_are_listed_for_owners_page_by_page_and_for_no_other_tenant(site: Site) -> None:
    client, secret = partner(site)
    granted(site, client, secret)
    later(site, seconds=1)
    pasted(site, own_token(site))
    later(site, seconds=1)
    pasted(site, "fpt_wrong")
    first = site.client.get("/v1/sign-ins?limit=2").json()
    rest = site.client.get(f"/v1/sign-ins?cursor={first['next']}").json()
    rows = first["sign_ins"] + rest["sign_ins"]
    assert [(one["way"], one["outcome"]) for one in rows] == [
        ("token", "refused"),
        ("token", "in"),
        ("client", "in"),
    ]
    assert rows[1]["actor"].startswith("token:")
    assert rows[2]["actor"] == client
    assert {one["address"] for one in rows} == {"127.0.0.1"}
    assert rows[2]["at"] == NOON.isoformat()
    stranger = site.other_tenant()
    assert codes(stranger.get("/v1/sign-ins"))[0] == "API-102"


def test_an_owner_unlocks_and_it_stands_in_the_log(site: Site) -> None:
    before = entries(site)
    for _ in range(LIMIT + 3):
        pasted(site, "fpt_wrong")
    (lock,) = site.client.get("/v1/locks").json()["locks"]
    assert (lock["kind"], lock["what"], lock["failures"]) == ("address", "127.0.0.1", LIMIT)
    assert codes(site.client.delete(f"/v1/locks/{lock['id'][:-1]}x"))[0] == "API-224"
    assert site.client.delete(f"/v1/locks/{lock['id']}").status_code == 204
    assert site.client.delete(f"/v1/locks/{lock['id']}").status_code == 404
    assert pasted(site, own_token(site)).status_code == 303
    unlocked, locked = actions(site, before)
    assert unlocked[0] == "door.unlocked"
    assert locked == ("door.locked", "default", "door")
    assert site.service.check_audit_log().intact


def test_many_at_once_are_all_counted_and_locked_once(site: Site) -> None:
    before = entries(site)

    def wrong(number: int) -> int:
        with httpx.Client(base_url=site.client.base_url, trust_env=False, timeout=60) as client:
            form = {"grant_type": "client_credentials"}
            auth = (f"fpc_{number % 3}", "wrong")
            return client.post("/auth/token", data=form, auth=auth).status_code

    with ThreadPoolExecutor(12) as pool:
        statuses = list(pool.map(wrong, range(48)))
    assert set(statuses) <= {401, 429}
    assert 429 in statuses
    locked = [one for one, _, _ in actions(site, before)]
    assert locked.count("door.locked") == len(site.service.door.locks(LOCAL)) > 0
    assert granted(site, "fpc_0", "wrong").status_code == 429


def test_the_page_shows_locks_and_opens_them_in_both_languages(site: Site) -> None:
    session = site.service.sessions.open(site.service.sessions.new_link(LOCAL))
    for _ in range(LIMIT):
        pasted(site, "fpt_<wrong>")
    cookies = {cookie_name(site.service): session}
    shown = httpx.get(
        f"{site.client.base_url}/sign-ins", cookies=cookies, trust_env=False, timeout=60
    )
    assert shown.status_code == 200, shown.text
    assert "Locked now" in shown.text
    assert "127.0.0.1" in shown.text
    chinese = httpx.get(
        f"{site.client.base_url}/sign-ins?lang=zh", cookies=cookies, trust_env=False, timeout=60
    )
    assert "当前锁定" in chinese.text
    (lock,) = site.service.door.locks(LOCAL)
    done = httpx.post(
        f"{site.client.base_url}/locks/{lock.id}",
        cookies=cookies,
        headers=FORM,
        trust_env=False,
        timeout=60,
    )
    assert (done.status_code, done.headers["location"]) == (303, "/sign-ins")
    assert site.service.door.locks(LOCAL) == []
