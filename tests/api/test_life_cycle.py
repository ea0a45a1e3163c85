"""From draft to certificate through three people; surveillance, objections, history."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from served import Site, codes, running, settings_for
from still_clock import NOON

from api.services.access import let_in
from footprint.certificates.lifecycle import Role


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("four"), four_eyes=True)) as served:
        yield served


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with running(settings_for(tmp_path_factory.mktemp("alone"))) as served:
        yield served


def client(site: Site, person: str, *roles: Role, tenant: str = "default") -> httpx.Client:
    secret = os.urandom(16).hex()
    let_in(site.service.database, tenant, person, secret, NOON, os.urandom(16), person, roles)
    headers = {"Authorization": f"Bearer {secret}"}
    made = httpx.Client(base_url=site.client.base_url, headers=headers, trust_env=False, timeout=60)
    site.others.append(made)
    return made


@pytest.fixture(scope="module")
def people(site: Site) -> dict[str, httpx.Client]:
    return {
        "maker": client(site, "Mai", "maker"),
        "checker": client(site, "Chen", "checker"),
        "approver": client(site, "Ana", "approver"),
        "everything": client(site, "Eve", "maker", "checker", "approver"),
    }


def drafted(site: Site, who: httpx.Client, **changes: Any) -> str:
    answer = who.post("/v1/applications", json=site.order(**changes))
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"].endswith(answer.json()["id"])
    return str(answer.json()["id"])


def step(who: httpx.Client, application: str, name: str, **body: Any) -> httpx.Response:
    bodies = {"check": {"note": ""}, "return": {"note": "Mend it"}}
    return who.post(f"/v1/applications/{application}/{name}", json=body or bodies.get(name))


def checked(site: Site, people: dict[str, httpx.Client]) -> str:
    application = drafted(site, people["maker"])
    assert step(people["maker"], application, "submit").json()["state"] == "submitted"
    assert step(people["checker"], application, "check").json()["state"] == "checked"
    return application


def test_three_people_bring_a_draft_to_a_certificate(
    site: Site, people: dict[str, httpx.Client]
) -> None:
    application = checked(site, people)
    answer = step(people["approver"], application, "approve")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["application"]["state"] == "issued"
    assert [made["application"][role] for role in ("maker", "checker", "approver")] == [
        "Mai",
        "Chen",
        "Ana",
    ]
    public = site.visitor.get(f"/v1/certificates/{made['application']['number']}").json()
    # Three people have looked at it, and still no verifier has signed.
    assert public["certificate"]["self_declared"] is True
    assert public["certificate"]["stated_verifier"] == "Example Verification Ltd"
    assert public["verification"]["verdict"] == "valid"
    for name in ("Mai", "Chen", "Ana"):
        assert name not in str(public)


def test_one_person_cannot_issue_alone_here(site: Site) -> None:
    answer = site.client.post("/v1/certificates", json=site.order())
    assert (answer.status_code, codes(answer)[0]) == (403, "API-505")


@pytest.mark.parametrize(
    ("who", "name"), [("everything", "check"), ("checker", "approve"), ("everything", "approve")]
)
def test_nobody_takes_two_steps(
    site: Site, people: dict[str, httpx.Client], who: str, name: str
) -> None:
    maker = people["everything"] if who == "everything" else people["maker"]
    application = drafted(site, maker)
    step(maker, application, "submit")
    if name == "approve":
        both = client(site, "Chen", "checker", "approver")  # another token of the same person
        step(both if who == "checker" else people["checker"], application, "check")
        answer = step(both if who == "checker" else maker, application, name)
    else:
        answer = step(maker, application, name)
    assert (answer.status_code, codes(answer)[0]) == (403, "API-505")


@pytest.mark.parametrize(
    ("who", "name"),
    [
        ("checker", "submit"),
        ("maker", "check"),
        ("checker", "approve"),
        ("maker", "approve"),
        ("approver", "check"),
        ("approver", "withdraw"),
    ],
)
def test_a_token_does_only_what_its_roles_say(
    site: Site, people: dict[str, httpx.Client], who: str, name: str
) -> None:
    answer = step(people[who], drafted(site, people["maker"]), name)
    assert (answer.status_code, codes(answer)[0]) == (403, "API-102")


@pytest.mark.parametrize("name", ["check", "approve", "return"])
def test_steps_come_in_their_order(site: Site, people: dict[str, httpx.Client], name: str) -> None:
    who = "approver" if name == "approve" else "checker"
    answer = step(people[who], drafted(site, people["maker"]), name)
    assert (answer.status_code, codes(answer)[0]) == (409, "API-503")


def test_what_was_returned_is_mended_and_submitted_again(
    site: Site, people: dict[str, httpx.Client]
) -> None:
    application = checked(site, people)
    returned = step(people["checker"], application, "return", note="The period is wrong").json()
    assert (returned["state"], returned["note"]) == ("returned", "The period is wrong")
    assert step(people["maker"], application, "submit").json()["state"] == "submitted"


def test_what_was_withdrawn_or_issued_does_not_move_any_more(
    site: Site, people: dict[str, httpx.Client]
) -> None:
    withdrawn = drafted(site, people["maker"])
    step(people["maker"], withdrawn, "withdraw")
    issued = checked(site, people)
    step(people["approver"], issued, "approve")
    for application in (withdrawn, issued):
        for who, name in (("maker", "submit"), ("checker", "check"), ("approver", "approve")):
            answer = step(people[who], application, name)
            assert codes(answer)[0] == "API-503", name


def test_what_the_rules_do_not_grant_stays_checked(
    site: Site, people: dict[str, httpx.Client]
) -> None:
    application = drafted(site, people["maker"], evidence={})
    step(people["maker"], application, "submit")
    step(people["checker"], application, "check")
    answer = step(people["approver"], application, "approve")
    assert codes(answer)[0] == "API-501"
    assert people["maker"].get(f"/v1/applications/{application}").json()["state"] == "checked"


def test_applications_are_private_and_come_in_pages(
    site: Site, people: dict[str, httpx.Client]
) -> None:
    made = {drafted(site, people["maker"]) for _ in range(3)}
    other = client(site, "Olaf", "maker", tenant="other")
    assert codes(other.get(f"/v1/applications/{made.copy().pop()}"))[0] == "API-206"
    assert other.get("/v1/applications").json() == {"applications": [], "next": None}
    assert site.visitor.get("/v1/applications").status_code == 401
    found: list[str] = []
    cursor = None
    while True:
        query: dict[str, Any] = {"state": "draft", "limit": 2}
        query |= {"cursor": cursor} if cursor else {}
        page = people["checker"].get("/v1/applications", params=query).json()
        found += [one["id"] for one in page["applications"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert made <= set(found)
    assert len(found) == len(set(found))


def test_a_draft_sent_twice_with_one_key_is_one_draft(
    site: Site, people: dict[str, httpx.Client]
) -> None:
    order, headers = site.order(), {"Idempotency-Key": "draft-1"}
    answers = [
        people["maker"].post("/v1/applications", json=order, headers=headers) for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()


def test_a_status_change_needs_an_approver(site: Site, people: dict[str, httpx.Client]) -> None:
    number = step(people["approver"], checked(site, people), "approve").json()["application"][
        "number"
    ]
    change = {"status": "suspended", "reason": "Doubt"}
    refused = people["maker"].post(f"/v1/certificates/{number}/status", json=change)
    assert codes(refused)[0] == "API-102"
    allowed = people["approver"].post(f"/v1/certificates/{number}/status", json=change)
    assert allowed.json()["status"]["state"] == "suspended"


def test_the_history_tells_everything_that_happened(alone: Site) -> None:
    number = alone.certificate()["number"]
    for state, reason in (("suspended", "Doubt"), ("reinstated", "Settled"), ("revoked", "Recall")):
        change = {"status": state, "reason": reason}
        assert (
            alone.client.post(f"/v1/certificates/{number}/status", json=change).status_code == 200
        )
    history = alone.visitor.get(f"/v1/certificates/{number}").json()["history"]
    assert [(one["event"], one["reason"]) for one in history] == [
        ("issued", ""),
        ("suspended", "Doubt"),
        ("reinstated", "Settled"),
        ("revoked", "Recall"),
    ]


def test_a_change_of_status_sent_twice_with_one_key_is_made_once(alone: Site) -> None:
    number = alone.certificate()["number"]
    change, headers = {"status": "suspended", "reason": "Doubt"}, {"Idempotency-Key": "s-1"}
    address = f"/v1/certificates/{number}/status"
    answers = [alone.client.post(address, json=change, headers=headers) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    history = alone.visitor.get(f"/v1/certificates/{number}").json()["history"]
    assert [one["event"] for one in history] == ["issued", "suspended"]
    other = alone.client.post(address, json=change | {"reason": "Other"}, headers=headers)
    assert codes(other)[0] == "API-401"


def test_surveillance_is_due_every_year_and_the_interval_is_called_our_own(alone: Site) -> None:
    public = alone.certificate()
    number = public["number"]
    assert public["dates"]["renewal_due"] == "2029-11-19"
    assert public["dates"]["surveillance_due"] == "2027-11-20"
    assert "own rule" in public["dates"]["surveillance_rule"]
    alone.clock.now = NOON + timedelta(days=366)
    address = f"/v1/certificates/{number}"
    try:
        assert alone.visitor.get(address).json()["dates"]["surveillance_overdue"] is True
        note, key = {"note": "All as before"}, {"Idempotency-Key": "surveyed-1"}
        for _ in range(2):
            done = alone.client.post(f"{address}/surveillance", json=note, headers=key)
        assert done.json()["dates"] == public["dates"] | {"surveillance_due": "2028-11-21"}
        alone.clock.now = NOON + timedelta(days=1000)
        last = alone.client.post(f"{address}/surveillance", json={"note": "Last one"}).json()
        assert last["dates"]["surveillance_due"] is None
        assert [one["event"] for one in last["history"]] == ["issued", "surveyed", "surveyed"]
    finally:
        alone.clock.now = NOON


def test_a_withdrawn_certificate_is_not_looked_at_again(alone: Site) -> None:
    number = alone.certificate()["number"]
    address = f"/v1/certificates/{number}"
    alone.client.post(f"{address}/status", json={"status": "revoked", "reason": "Recall"})
    answer = alone.client.post(f"{address}/surveillance", json={"note": "x"})
    assert (answer.status_code, codes(answer)[0]) == (409, "API-503")


def test_an_objection_is_public_and_so_is_its_answer(alone: Site) -> None:
    number = alone.certificate()["number"]
    address = f"/v1/certificates/{number}/objections"
    rival = client(alone, "Rival", "maker", tenant="rival")
    order, headers = {"party": "Rival Ltd", "text": "The mass is wrong"}, {"Idempotency-Key": "o-1"}
    made = [rival.post(address, json=order, headers=headers) for _ in range(2)]
    assert made[0].status_code == 201
    assert made[0].json() == made[1].json()
    objection = made[0].json()["id"]
    reply = {"state": "rejected", "answer": "It was weighed again"}
    refused = rival.post(f"{address}/{objection}/answer", json=reply)
    assert codes(refused)[0] == "API-102"
    rival_approver = client(alone, "Rival", "approver", tenant="rival")
    refused = rival_approver.post(f"{address}/{objection}/answer", json=reply)
    assert codes(refused)[0] == "API-202"
    answered = alone.client.post(f"{address}/{objection}/answer", json=reply)
    assert answered.json()["state"] == "rejected"
    again = alone.client.post(f"{address}/{objection}/answer", json=reply)
    assert (again.status_code, codes(again)[0]) == (404, "API-207")
    (shown,) = alone.visitor.get(f"/v1/certificates/{number}").json()["objections"]
    assert (shown["party"], shown["state"], shown["answer"]) == (
        "Rival Ltd",
        "rejected",
        "It was weighed again",
    )


@pytest.mark.parametrize("member", ["party", "text"])
@pytest.mark.parametrize("value", ["", " ", "a\u202eb", "\x00", "x" * 2001])
def test_an_objection_that_people_cannot_read_is_refused(
    alone: Site, member: str, value: str
) -> None:
    number = alone.certificate()["number"]
    order = {"party": "Somebody", "text": "Something"} | {member: value}
    answer = alone.client.post(f"/v1/certificates/{number}/objections", json=order)
    assert answer.status_code == 422
    assert alone.visitor.get(f"/v1/certificates/{number}").json()["objections"] == []
