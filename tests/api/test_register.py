"""The public register: search, pages, entity tags, the log and its signed head."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from evidence import some
from served import Site, codes, running, settings_for
from still_clock import NOON

from footprint.certificates.register_log import check_log, open_head
from footprint.certificates.verify import verify_credential
from footprint.faults import InputRefused


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("register"))) as served:
        yield served


@pytest.fixture(scope="module")
def numbers(site: Site) -> dict[str, str]:
    """A certificate in every state."""
    found = {state: str(site.certificate()["number"]) for state in ("issued", "suspended")}
    found |= {state: str(site.certificate()["number"]) for state in ("revoked", "superseded")}
    for state in ("suspended", "revoked"):
        change = {"status": state, "reason": f"Is {state}"}
        answer = site.client.post(f"/v1/certificates/{found[state]}/status", json=change)
        assert answer.status_code == 200, answer.text
    order = site.order(replaces=found["superseded"])
    answer = site.client.post("/v1/certificates", json=order)
    assert answer.status_code == 201, answer.text
    return found | {"successor": answer.json()["number"]}


def listed(site: Site, **query: Any) -> list[str]:
    answer = site.visitor.get("/v1/register", params=query)
    assert answer.status_code == 200, answer.text
    return [entry["number"] for entry in answer.json()["certificates"]]


def test_withdrawn_certificates_stay_in_the_register(site: Site, numbers: dict[str, str]) -> None:
    assert set(numbers.values()) <= set(listed(site, limit=100))


@pytest.mark.parametrize("state", ["suspended", "revoked", "superseded"])
def test_it_is_searched_by_status(site: Site, numbers: dict[str, str], state: str) -> None:
    assert listed(site, status=state) == [numbers[state]]


def test_what_has_expired_is_found_as_expired_only(site: Site, numbers: dict[str, str]) -> None:
    site.clock.now = NOON.replace(year=2031)
    try:
        assert set(listed(site, status="expired")) == {numbers["issued"], numbers["successor"]}
        assert listed(site, status="issued") == []
    finally:
        site.clock.now = NOON
    assert listed(site, status="expired") == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"product": "wall BRACK"}, True),
        ({"product": "墙面"}, True),
        ({"company": "example metal"}, True),
        ({"product": "kettle"}, False),
        ({"product": "%"}, False),
        ({"product": "_"}, False),
        ({"scheme": "th-tgo", "tier": "disclosure"}, True),
        ({"scheme": "kr-keiti"}, False),
        ({"tier": "neutral"}, False),
    ],
)
def test_it_is_searched_by_what_a_certificate_shows(
    site: Site, numbers: dict[str, str], query: dict[str, str], found: bool
) -> None:
    assert bool(listed(site, **query)) is found


def test_it_is_searched_by_number_however_it_is_typed(site: Site, numbers: dict[str, str]) -> None:
    typed = numbers["revoked"].lower().replace("-", " ")
    assert listed(site, number=typed) == [numbers["revoked"]]
    refused = site.visitor.get("/v1/register", params={"number": "nonsense"})
    assert codes(refused) == ["API-003", "CER-006"]


def test_pages_join_without_gap_or_repetition(site: Site, numbers: dict[str, str]) -> None:
    everything = listed(site, limit=100)
    found: list[str] = []
    address: str | None = "/v1/register?limit=2"
    while address is not None:
        answer = site.visitor.get(address)
        page = answer.json()
        assert len(page["certificates"]) <= 2
        found += [entry["number"] for entry in page["certificates"]]
        links = httpx.Response(200, headers=answer.headers).links
        assert ("next" in links) == (page["next"] is not None)
        address = f"/v1/register?limit=2&cursor={page['next']}" if page["next"] else None
    assert found == everything
    assert len(found) == len(set(found))


@pytest.mark.parametrize("cursor", ["x", "e30", "WzFd", "!!", "WyJhIiwiYiJd"])
def test_a_cursor_that_was_not_given_out_is_refused(site: Site, cursor: str) -> None:
    answer = site.visitor.get("/v1/register", params={"cursor": cursor})
    assert (answer.status_code, codes(answer)[0]) == (422, "API-508")


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 501}, {"status": "x"}, {"tier": "x"}])
def test_a_query_that_makes_no_sense_is_refused(site: Site, query: dict[str, Any]) -> None:
    answer = site.visitor.get("/v1/register", params=query)
    assert codes(answer)[0] == "API-002"


def test_a_superseded_certificate_names_its_successor_and_the_other_way_round(
    site: Site, numbers: dict[str, str]
) -> None:
    old = site.visitor.get(f"/v1/certificates/{numbers['superseded']}").json()
    new = site.visitor.get(f"/v1/certificates/{numbers['successor']}").json()
    assert old["status"]["state"] == "superseded"
    assert old["status"]["superseded_by"] == numbers["successor"]
    assert new["replaces"] == numbers["superseded"]
    assert old["verification"]["verdict"] == "superseded"
    page = site.visitor.get(f"/verify/{numbers['superseded']}").text
    assert numbers["successor"] in page


def test_a_verifier_offline_learns_that_it_was_superseded(
    site: Site, numbers: dict[str, str]
) -> None:
    old = site.visitor.get(f"/v1/certificates/{numbers['superseded']}").json()
    lists = {
        name: site.visitor.get(f"/v1/status/{name}-1").text
        for name in ("revocation", "suspension", "refresh")
    }
    keys = site.visitor.get("/.well-known/did.json").json()

    def verdict(*names: str) -> str:
        given = [lists[name] for name in names]
        return verify_credential(old["credential"], keys, NOON, status_lists=given).verdict

    assert verdict("revocation", "suspension", "refresh") == "superseded"
    assert verdict("revocation", "suspension") == "revoked"


def test_a_certificate_that_is_withdrawn_cannot_be_replaced(
    site: Site, numbers: dict[str, str]
) -> None:
    for state in ("revoked", "superseded"):
        answer = site.client.post("/v1/certificates", json=site.order(replaces=numbers[state]))
        assert (answer.status_code, codes(answer)[0]) == (409, "API-503")
    stranger = site.other_tenant("stranger")
    order = site.order(replaces=numbers["issued"], footprint_id=site.footprint(stranger))
    assert codes(stranger.post("/v1/certificates", json=order))[0] == "API-202"


FORMS = [
    "",
    "/label.svg",
    "/label.png",
    "/label.pdf",
    "/certificate.pdf",
    "/credential",
    "/certificate.json",
]


@pytest.mark.parametrize("form", FORMS)
def test_what_a_client_has_already_is_not_sent_again(
    site: Site, numbers: dict[str, str], form: str
) -> None:
    address = f"/v1/certificates/{numbers['issued']}{form}"
    first = site.visitor.get(address)
    again = site.visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    other = site.visitor.get(address, headers={"If-None-Match": '"something else"'})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert (other.status_code, len(other.content)) == (200, len(first.content))


@pytest.mark.parametrize("address", ["/v1/register", "/v1/status/revocation-1"])
def test_lists_have_entity_tags_too(site: Site, numbers: dict[str, str], address: str) -> None:
    first = site.visitor.get(address)
    again = site.visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_change_of_status_changes_the_tags_of_document_and_list(site: Site) -> None:
    number = site.certificate()["number"]
    addresses = (f"/v1/certificates/{number}", "/v1/status/suspension-1")
    before = [site.visitor.get(address).headers["ETag"] for address in addresses]
    change = {"status": "suspended", "reason": "Surveillance"}
    site.client.post(f"/v1/certificates/{number}/status", json=change)
    for address, tag in some(zip(addresses, before, strict=True)):
        answer = site.visitor.get(address, headers={"If-None-Match": tag})
        assert answer.status_code == 200
        assert answer.headers["ETag"] != tag


def test_a_status_list_may_be_cached_for_minutes_and_says_so(site: Site) -> None:
    first = site.visitor.get("/v1/status/revocation-1")
    assert first.headers["Cache-Control"] == "public, max-age=300"
    assert site.visitor.get("/v1/status/revocation-1").text == first.text


def whole_log(site: Site, limit: int = 3) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = []
    after: int | None = 0
    while after is not None:
        page = site.visitor.get("/v1/log", params={"after": after, "limit": limit}).json()
        entries += page["entries"]
        after = page["next"]
    return entries


def test_anyone_can_follow_the_log_to_its_signed_head(site: Site, numbers: dict[str, str]) -> None:
    keys = site.visitor.get("/.well-known/did.json").json()
    token = site.visitor.get("/v1/log/head").text
    head = open_head(token, keys)
    entries = whole_log(site)
    assert check_log(entries, head) == head.entries == len(entries)
    told = {(entry["action"], entry["subject"]) for entry in entries}
    assert ("certificate.revoked", numbers["revoked"]) in told
    assert ("certificate.superseded", numbers["superseded"]) in told


def test_the_log_shows_nothing_private(site: Site, numbers: dict[str, str]) -> None:
    text = str(whole_log(site))
    footprint = site.footprint()
    assert footprint not in str(whole_log(site))
    assert "default" not in text
    assert "token:" not in text
    assert {
        entry["subject"] for entry in whole_log(site) if entry["action"].startswith("footprint.")
    } == {""}


LOG_FORGERIES: dict[str, Any] = {
    "a number": lambda e: e[2].update(subject="FP-1111-1111-1"),
    "an action": lambda e: e[2].update(action="certificate.issued!"),
    "a time": lambda e: e[2].update(at="2020-01-01T00:00:00+00:00"),
    "a digest": lambda e: e[2].update(digest="sha256:" + "0" * 64),
    "a digest taken out": lambda e: e[2].update(digest=""),
    "a hash": lambda e: e[2].update(hash="sha256:" + "0" * 64),
    "an entry taken out": lambda e: e.pop(2),
    "an entry twice": lambda e: e.insert(2, e[2]),
    "two swapped": lambda e: e.insert(2, e.pop(3)),
    "the end cut off": lambda e: e.pop(),
    "everything": lambda e: e.clear(),
    "a number of text": lambda e: e[2].update(sequence="3"),
    "a time of nonsense": lambda e: e[2].update(at="noon"),
}


@pytest.mark.parametrize("name", LOG_FORGERIES)
def test_a_changed_log_does_not_lead_to_the_head(
    site: Site, numbers: dict[str, str], name: str
) -> None:
    keys = site.visitor.get("/.well-known/did.json").json()
    head = open_head(site.visitor.get("/v1/log/head").text, keys)
    entries = whole_log(site, 100)
    LOG_FORGERIES[name](entries)
    if name == "a digest taken out":  # such entries are of the first schema: only linked
        entries[2]["hash"] = "sha256:" + "0" * 64
    with pytest.raises(InputRefused, match="CER-012"):
        check_log(entries, head)


def test_a_certificate_cannot_pass_for_the_head_of_the_log_nor_the_other_way_round(
    site: Site, numbers: dict[str, str]
) -> None:
    keys = site.visitor.get("/.well-known/did.json").json()
    credential = site.visitor.get(f"/v1/certificates/{numbers['issued']}/credential").text
    with pytest.raises(InputRefused, match="CER-012"):
        open_head(credential, keys)
    head = site.visitor.get("/v1/log/head").text
    assert verify_credential(head, keys, NOON).codes[0] == "VER-003"


def test_a_head_of_a_stranger_is_refused(site: Site, tmp_path_factory: Any) -> None:
    with running(settings_for(tmp_path_factory.mktemp("stranger"))) as stranger:
        token = stranger.visitor.get("/v1/log/head").text
    with pytest.raises(InputRefused, match="CER-012"):
        open_head(token, site.visitor.get("/.well-known/did.json").json())
