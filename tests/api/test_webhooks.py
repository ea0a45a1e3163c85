"""Webhooks: signed so that a library of others agrees, told in the transaction, sent until they
arrive, and once a day of reminders."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from databases import BOTH, database_address
from hook_receiver import HookReceiver
from pact_buyer import event
from pact_hosting import Hosting, hosting
from pact_hosting import until as soon
from pact_supplier import document
from served import EVIDENCE, command
from standardwebhooks import Webhook as OfLibrary
from still_clock import NOON

from api.hooks.carrier import HookCarrier
from api.hooks.reminders import Reminders
from api.hooks.signing import signed_headers
from api.partners import outbox
from api.partners.reach import Reach
from api.partners.receiving import Arrived, keep_arrived
from api.partners.registry import PartnerOrder
from api.services.access import LOCAL, let_in
from api.store.audit import append
from api.store.hook_tables import webhook_messages
from api.store.hooks import HookMessage
from api.store.news import NEWS_TYPES
from api.store.outbox import take_due
from api.store.supplier_pcfs import add_supplier_uses
from footprint.faults import InputRefused

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # noqa: S105 - of a published example


def until(found: Callable[[], object]) -> None:
    """Wait for what threads of the server do, on a machine that may be busy."""
    soon(found, 240)


@pytest.fixture(params=BOTH)
def host(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Hosting]:
    monkeypatch.setattr(outbox, "FIRST_PAUSE", timedelta(milliseconds=50))
    with database_address(request.param, tmp_path) as database, hosting(tmp_path, database) as made:
        yield made


@pytest.fixture
def receiver(host: Hosting) -> Iterator[HookReceiver]:
    with HookReceiver(host.certificates) as made:
        yield made


def add(host: Hosting, receiver: HookReceiver, *types: str) -> str:
    """A webhook that leads to the receiver, who knows its secret; its id."""
    body = {"url": receiver.address, "types": list(types)}
    answer = host.supplier.post("/v1/webhooks", json=body)
    assert answer.status_code == 201, answer.text
    receiver.secrets.append(answer.json()["secret"])
    return str(answer.json()["id"])


def messages(host: Hosting) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = host.supplier.get("/v1/webhooks/messages").json()["messages"]
    return found


def ask(host: Hosting, **facts: Any) -> str:
    """A buyer's request that was typed in; its id."""
    answer = host.supplier.post("/v1/requests", json={"buyer": "Example Motors"} | facts)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def test_the_signature_is_that_of_the_published_example() -> None:
    body = b'{"test": 2432232314}'
    headers = signed_headers("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body, [SECRET])
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_library_of_others_accepts_what_is_signed_and_nothing_that_was_changed() -> None:
    seconds, body = int(datetime.now(UTC).timestamp()), '{"type":"x","of":"É"}'.encode()
    other = "whsec_" + base64.b64encode(b"k" * 32).decode()
    headers = signed_headers("msg_1", seconds, body, [other, SECRET])
    for secret in (SECRET, other):
        assert OfLibrary(secret).verify(body, headers)
    changed = [
        (body + b" ", headers),
        (body, headers | {"webhook-id": "msg_2"}),
        (body, headers | {"webhook-timestamp": str(seconds + 1)}),
    ]
    for sent, with_headers in changed:
        with pytest.raises(Exception, match="No matching signature"):
            OfLibrary(SECRET).verify(sent, with_headers)


def test_a_certificate_a_request_and_a_test_are_told(host: Hosting, receiver: HookReceiver) -> None:
    hook = add(host, receiver)
    order: dict[str, Any] = {
        "footprint_id": host.footprint(),
        "scheme": "th-tgo",
        "tier": "disclosure",
    }
    order |= {"evidence": EVIDENCE, "draft": True}
    made = host.supplier.post("/v1/certificates", json=order)
    assert made.status_code == 201, made.text
    number, request = made.json()["number"], ask(host)
    assert host.supplier.post(f"/v1/webhooks/{hook}/test").status_code == 202
    until(lambda: len(receiver.got) == 3)
    (issued,) = receiver.told("certificate.issued")
    place = f"/v1/certificates/{number}"
    assert issued == {
        "type": "certificate.issued",
        "timestamp": "2026-11-20T12:00:00Z",
        "data": {"id": number, "path": place, "replaces": None},
    }
    assert host.supplier.get(place).status_code == 200
    (came,) = receiver.told("request.came")
    assert came["data"] == {"id": request, "path": f"/v1/requests/{request}"}
    (tested,) = receiver.told("webhook.test")
    assert tested["data"] == {"id": hook}
    until(lambda: {one["state"] for one in messages(host)} == {"sent"})


def test_a_partners_request_is_told_once(host: Hosting, receiver: HookReceiver) -> None:
    add(host, receiver, "request.came")
    with host.receiver() as theirs, host.buyer(theirs) as buyer:
        asked = event("RequestCreatedEvent.3", {"productId": ["urn:x:none"]})
        assert [buyer.send(asked).status_code for _ in range(2)] == [200, 200]
        until(lambda: receiver.got)
        (case,) = host.supplier.get("/v1/requests").json()["requests"]
    assert [one["data"]["id"] for one in receiver.told("request.came")] == [case["id"]]
    assert len(messages(host)) == 1


def test_only_what_was_asked_for_and_only_of_the_own_tenant(
    host: Hosting, receiver: HookReceiver
) -> None:
    add(host, receiver, "request.declined")
    secret = "x" * 32
    let_in(host.service.database, "other", "t", secret, NOON, b"1" * 16)
    other = {"Authorization": f"Bearer {secret}"}
    for headers in (other, {}):
        answer = host.supplier.post("/v1/requests", json={"buyer": "B"}, headers=headers)
        outcome = {"outcome": "declined", "words": "No."}
        path = f"/v1/requests/{answer.json()['id']}/outcome"
        assert host.supplier.post(path, json=outcome, headers=headers).status_code == 200
    until(lambda: receiver.got)
    assert [one["data"]["id"] for one in receiver.told("request.declined")] == [path.split("/")[3]]
    assert [one["type"] for one in messages(host)] == ["request.declined"]
    assert host.supplier.get("/v1/webhooks/messages", headers=other).json()["messages"] == []


def test_what_does_not_arrive_is_sent_again_with_the_same_id_and_bytes(
    host: Hosting, receiver: HookReceiver
) -> None:
    receiver.answers += [500, 302, 400]
    add(host, receiver)
    ask(host)
    until(lambda: len(receiver.got) == 4)
    assert len({(one.id, one.body) for one in receiver.got}) == 1
    until(lambda: messages(host)[0]["state"] == "sent")
    assert messages(host)[0]["attempts"] == 4
    assert receiver.elsewhere == 0, "a redirect was followed"


def test_a_server_that_is_gone_is_told_nothing_more(host: Hosting, receiver: HookReceiver) -> None:
    receiver.answers += [410]
    add(host, receiver)
    ask(host)
    listed = host.supplier.get
    until(lambda: listed("/v1/webhooks").json()["webhooks"][0]["closed_at"])
    assert "410" in listed("/v1/webhooks").json()["webhooks"][0]["said"]
    ask(host)
    assert [one["state"] for one in messages(host)] == ["given-up"]


def test_two_secrets_sign_for_a_day_after_a_rotation(host: Hosting, receiver: HookReceiver) -> None:
    hook = add(host, receiver)
    answer = host.supplier.post(f"/v1/webhooks/{hook}/secret")
    old, new = receiver.secrets[0], answer.json()["secret"]
    receiver.secrets.append(new)
    ask(host)
    until(lambda: len(receiver.got) == 1)
    host.clock.now += timedelta(hours=25)
    ask(host)
    until(lambda: len(receiver.got) == 2)
    assert [set(one.secrets) for one in receiver.got] == [{old, new}, {new}]
    text = json.dumps(host.supplier.get("/v1/webhooks").json())
    assert old not in text
    assert new not in text
    files = list((host.service.settings.store_dir / "keys").glob("webhook-*"))
    assert {oct(one.stat().st_mode & 0o777) for one in files} == {"0o600"}


def test_a_closed_one_is_told_nothing(host: Hosting, receiver: HookReceiver) -> None:
    hook = add(host, receiver)
    assert host.supplier.delete(f"/v1/webhooks/{hook}").status_code == 204
    ask(host)
    assert messages(host) == []
    for method, path in (("DELETE", ""), ("POST", "/test"), ("POST", "/secret")):
        answer = host.supplier.request(method, f"/v1/webhooks/{hook}{path}")
        assert (answer.status_code, answer.json()["code"]) == (404, "API-214")
    assert not list((host.service.settings.store_dir / "keys").glob("webhook-*"))


def test_what_is_undone_is_not_told(host: Hosting, receiver: HookReceiver) -> None:
    add(host, receiver)

    def undone() -> None:
        with host.service.database.writing() as uow:
            append(uow, LOCAL, NOON, "request.came", "some-case", {})
            raise RuntimeError("undone")

    with pytest.raises(RuntimeError, match="undone"):
        undone()
    assert messages(host) == []


def test_two_servers_send_each_message_once(host: Hosting, receiver: HookReceiver) -> None:
    hook = add(host, receiver)
    database, webhooks = host.service.database, host.service.webhooks
    reach = Reach(frozenset({"localhost"}), str(host.certificates.certificate))
    none = Reminders(database, host.clock, (1,))
    carriers = [HookCarrier(database, reach, webhooks.secrets_of, none) for _ in range(2)]
    for _ in range(30):
        webhooks.test(LOCAL, hook)
    with ThreadPoolExecutor(4) as pool, ThreadPoolExecutor(2) as both:
        list(both.map(lambda one: [one.send_due(pool) for _ in range(12)], carriers))
    until(lambda: {one["state"] for one in messages(host)} == {"sent"})
    ids = [one.id for one in receiver.got]
    assert len(ids) == len(set(ids)) == 30


def test_what_a_dead_server_held_is_taken_over(host: Hosting, receiver: HookReceiver) -> None:
    hook = add(host, receiver)
    now = datetime.now(UTC)
    with host.service.database.writing() as uow:
        append(uow, LOCAL, NOON, "request.came", "some-case", {})
        held = now + timedelta(seconds=1.5)
        late = now + timedelta(seconds=60)
        taken = take_due(uow, webhook_messages, HookMessage, late, held, 8)
    assert [one.webhook for one in taken] == [hook]
    until(lambda: receiver.got)
    assert datetime.now(UTC) >= held
    assert receiver.told("request.came")


def test_a_private_address_is_refused_unless_a_setting_names_it(
    host: Hosting, receiver: HookReceiver
) -> None:
    secrets_of = host.service.webhooks.secrets_of
    none = Reminders(host.service.database, host.clock, (1,))
    careful = HookCarrier(host.service.database, Reach(), secrets_of, none)
    hook = add(host, receiver)
    (webhook,) = [one for one in host.service.webhooks.listed(LOCAL) if one.id == hook]
    now = datetime.now(UTC)
    message = HookMessage("m", webhook.tenant, hook, "t", "{}", "waiting", 0, now, now)
    status, fault = careful._try(webhook, message)
    assert status == 0
    assert "private address" in fault
    assert receiver.got == []


def test_reminders_are_told_once_for_each_day_that_the_setting_names(
    host: Hosting, receiver: HookReceiver
) -> None:
    add(host, receiver, "request.due")
    day = host.clock.now.date()
    late = ask(host, due=(day + timedelta(days=8)).isoformat())
    ask(host, due=(day + timedelta(days=60)).isoformat())
    answered = ask(host, due=day.isoformat())
    no = {"outcome": "declined", "words": "No."}
    assert host.supplier.post(f"/v1/requests/{answered}/outcome", json=no).status_code == 200
    reminders = Reminders(host.service.database, host.clock, (7, 1))
    told = []
    for days in range(12):
        host.clock.now = NOON + timedelta(days=days)
        for _ in range(2):
            reminders.look()
        told.append(len(messages(host)))
    #       8, 7 days left   ...           1, 0, over, over
    assert told == [0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3]
    until(lambda: len(receiver.told("request.due")) == 3)
    facts = sorted(
        (one["data"]["days_left"], one["data"]["id"]) for one in receiver.told("request.due")
    )
    assert facts == [(-1, late), (1, late), (7, late)]


def test_a_recall_is_proposed_when_a_footprint_that_ours_rest_on_is_replaced(
    host: Hosting, receiver: HookReceiver
) -> None:
    add(host, receiver, "recall.proposed")
    partner, _ = host.service.exchange.registry.add(
        LOCAL, PartnerOrder("Steel Works", kind="supplier")
    )
    used, unused, newer = (str(uuid4()) for _ in range(3))
    first = [document(used, "urn:x:1"), document(unused, "urn:x:2")]
    second = [document(newer, "urn:x:1", precedingPfIds=[used, unused])]
    footprint = host.footprint()
    with host.service.database.writing() as uow:
        keep_arrived(uow, Arrived(partner, "", first, NOON))
        add_supplier_uses(uow, LOCAL.tenant, footprint, [(used, f"{used}.json")])
        for _ in range(2):
            keep_arrived(uow, Arrived(partner, "", second, NOON))
    until(lambda: receiver.got)
    (told,) = receiver.told("recall.proposed")
    place = f"/v1/supplier-footprints/{used}"
    expected = {"id": used, "path": place, "replaced_by": newer, "footprints": 1}
    assert told["data"] == expected
    assert host.supplier.get(place).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "http://erp.example.com/hook",
        "https://user@erp.example.com/hook",
        "https://erp.example.com/hook#part",
        "https://erp.example.com:port/hook",
        "ftp://erp.example.com",
    ],
)
def test_addresses_that_are_no_plain_https_are_refused(tmp_path: Path, url: str) -> None:
    with hosting(tmp_path) as host, pytest.raises(InputRefused, match="no plain https"):
        host.service.webhooks.add(LOCAL, url)


def test_commands_make_list_try_rotate_and_close(tmp_path: Path) -> None:
    here: list[str | Path] = ["--store", tmp_path / "store"]
    made = command(
        "webhooks", "add", "https://erp.example.com/hook", "--type", "request.due", *here
    )
    assert made.returncode == 0, made.stderr
    assert len(base64.b64decode(made.stdout.strip().removeprefix("whsec_"))) == 32
    rows = json.loads(command("webhooks", "list", "--format", "json", *here).stdout)["webhooks"]
    assert [(one["types"], one["closed"]) for one in rows] == [("request.due", False)]
    again = command("webhooks", "rotate", rows[0]["id"], *here)
    assert again.stdout.startswith("whsec_")
    assert again.stdout != made.stdout
    tested = command("webhooks", "test", rows[0]["id"], *here).stdout.strip()
    listed = command("webhooks", "messages", "--format", "json", *here).stdout
    (message,) = json.loads(listed)["messages"]
    assert (message["id"], message["type"], message["state"]) == (tested, "webhook.test", "waiting")
    assert command("webhooks", "close", rows[0]["id"], *here).returncode == 0
    listed = command("webhooks", "messages", "--format", "json", *here).stdout
    assert [one["state"] for one in json.loads(listed)["messages"]] == ["given-up"]
    wrong = command("webhooks", "add", "https://erp.example.com", "--type", "x.y", *here)
    assert wrong.returncode == 1
    assert all(one in wrong.stderr for one in NEWS_TYPES)
