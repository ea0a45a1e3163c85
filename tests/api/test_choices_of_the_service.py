"""Choices of the service, each both ways: whose it is, which one is meant, what is told of it."""

from __future__ import annotations

import asyncio
import json
import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from pydantic import SecretStr

from api import openapi, request_log
from api.faults import ServiceRefused
from api.hooks import carrier
from api.partners import receiving
from api.partners import rows as partner_rows
from api.partners.host import Host
from api.partners.loop import Loop
from api.partners.model import CREATED
from api.partners.published import EVERYONE
from api.routes import disclosures, jobs, running, webhooks
from api.routes.pact import pact_answers
from api.serve import with_port
from api.services import people, personal, readiness, rooms, tokens, withdrawn
from api.services import webhooks as webhook_service
from api.services.catalogues import CATALOGUE, Catalogues
from api.services.issuer import Issuer
from api.services.webhooks import Webhooks
from api.settings import Settings
from api.store import hooks, keys
from api.store.hooks import Webhook
from api.store.news import TEST, News
from api.store.tenants import AccessToken, Actor

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
NOBODY: Any = None


class _Opened:
    """A database whose transactions hold nothing."""

    def reading(self) -> _Opened:
        return self

    writing = snapshot = reading

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


# Partners ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "now", "replaced"),
    [("Active", "Deprecated", 1), ("Deprecated", "Deprecated", 0), ("Active", "Active", 0)],
)
def test_a_footprint_is_given_up_once(
    before: str, now: str, replaced: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []
    monkeypatch.setattr(receiving, "replace_pcf", lambda *said: told.append(said))
    monkeypatch.setattr(receiving, "_propose_recall", lambda *_: None)
    arrived: Any = SimpleNamespace(partner=SimpleNamespace(id="p"), at=NOON)
    earlier: Any = SimpleNamespace(
        id="i", tenant="t", partner="p", status=before, document='{"pcf": 1}'
    )
    receiving._again(NOBODY, arrived, earlier, {"pcf": 1, "status": now}, now)
    assert len(told) == replaced


@pytest.mark.parametrize(
    ("state", "kind", "failed"),
    [
        ("given-up", CREATED, True),
        ("given-up", "other", False),
        ("sent", CREATED, False),
    ],
)
def test_an_ask_fails_with_its_own_event(
    state: Any, kind: str, failed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[Any] = []
    monkeypatch.setattr(partner_rows, "end_try", lambda *_: None)
    monkeypatch.setattr(partner_rows, "end_ask", lambda *said: ended.append(said))
    event: Any = SimpleNamespace(id="e", type=kind)
    partner_rows.end_attempt(NOBODY, event, state, NOON, "no")
    assert bool(ended) == failed


def test_a_footprint_is_told_to_its_readers_who_listen(monkeypatch: pytest.MonkeyPatch) -> None:
    def partner(name: str, **more: Any) -> Any:
        said = {"closed_at": None, "events_url": "https://x.example", "buys": True}
        return SimpleNamespace(id=name, **(said | more))

    known = [partner("a"), partner("b"), partner("closed", closed_at=NOON),
             partner("deaf", events_url=""), partner("sells", buys=False)]  # fmt: skip
    monkeypatch.setattr("api.partners.host.list_partners", lambda *_: known)
    actor: Any = SimpleNamespace(tenant="t")

    def told(*readers: str) -> list[str]:
        return [one.id for one in Host._told(NOBODY, NOBODY, actor, readers)]

    assert told(EVERYONE) == ["a", "b"]
    assert told("b", "closed", "deaf", "sells") == ["b"]
    assert told() == []


def test_a_loop_says_the_same_trouble_once(capsys: pytest.CaptureFixture[str]) -> None:
    loop: Any = SimpleNamespace(_said="")
    for message in ("a", "a", "b", "a"):
        Loop._say_once(loop, message)
    assert capsys.readouterr().err.split() == ["a", "b", "a"]


# Webhooks ---------------------------------------------------------------------------------------


def test_a_webhook_that_is_gone_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[Any] = []
    states: list[str] = []
    monkeypatch.setattr(carrier, "end_message", lambda _, message, state, *__: states.append(state))
    monkeypatch.setattr(carrier, "close_webhook", lambda *said: closed.append(said))
    monkeypatch.setattr(carrier, "came_to", lambda *_: ("waiting", NOON, "no"))
    message: Any = SimpleNamespace(webhook="w")
    for status in (carrier._GONE, 500, 200):
        carrier._note(NOBODY, message, status, "no", NOON)
    assert (states, len(closed)) == (["given-up", "waiting", "waiting"], 1)


def _hook(**more: Any) -> Webhook:
    said: dict[str, Any] = {
        "id": "w", "tenant": "t", "url": "https://x.example", "types": "[]", "generation": 2,
        "created_at": NOON,
    }  # fmt: skip
    return Webhook(**(said | more))


def test_an_answer_says_when_a_webhook_was_closed() -> None:
    assert webhooks._webhook(_hook()).closed_at is None
    assert webhooks._webhook(_hook(closed_at=NOON)).closed_at == NOON.isoformat()


def test_a_webhook_hears_what_it_wants_of_its_own_tenant(monkeypatch: pytest.MonkeyPatch) -> None:
    some = _hook(types='["certificate.revoked"]')
    assert [some.wants(one) for one in ("certificate.revoked", "recall.proposed", TEST)] == [
        True, False, True,
    ]  # fmt: skip
    assert _hook().wants("recall.proposed")
    known = [_hook(id="mine"), _hook(id="theirs", tenant="x"), _hook(id="told"), some]
    written: list[Any] = []
    connection = SimpleNamespace(execute=lambda _, rows: written.extend(rows))
    monkeypatch.setattr(hooks, "open_webhooks", lambda *_: known)
    monkeypatch.setattr(
        hooks, "_message",
        lambda hook, one: hooks.HookMessage(**{
            name: {"id": f"{hook.id} {one.key}", "webhook": hook.id}.get(name, "")
            for name in hooks.HookMessage.__dataclass_fields__
        }),
    )  # fmt: skip
    monkeypatch.setattr(hooks, "_known", lambda *_: {"told k"})
    news = News("t", "recall.proposed", "s", NOON, "k", {})
    hooks.announce(cast("Any", SimpleNamespace(connection=connection)), [news])
    assert [row["webhook"] for row in written] == ["mine"]


def test_a_secret_that_was_replaced_signs_until_its_end(tmp_path: Path) -> None:
    service: Any = SimpleNamespace(clock=lambda: NOON, folder=tmp_path)
    service._file = lambda webhook, one: Webhooks._file(service, webhook, one)
    for generation in (1, 2):
        (tmp_path / f"webhook-w-{generation}").write_text(f"secret {generation}")
    both = ["secret 2", "secret 1"]
    for until, found in ((None, both[:1]), (NOON, both[:1]), (NOON + SECOND, both)):
        assert Webhooks.secrets_of(service, _hook(old_until=until)) == found


def test_an_open_webhook_of_ones_own_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    actor: Any = SimpleNamespace(tenant="t")
    for found in (None, _hook(closed_at=NOON)):
        monkeypatch.setattr(webhook_service, "find_webhook", lambda *_, found=found: found)
        with pytest.raises(ServiceRefused, match="no open webhook"):
            webhook_service._found(NOBODY, actor, "w")
    monkeypatch.setattr(webhook_service, "find_webhook", lambda *_: _hook())
    assert webhook_service._found(NOBODY, actor, "w") == _hook()
    webhook_service._refuse_address("https://erp.example.com/hook")
    with pytest.raises(ServiceRefused, match="no plain https"):
        webhook_service._refuse_address("http://erp.example.com/hook")


def test_fifty_webhooks_of_ones_own_may_be_open(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Any] = []
    monkeypatch.setattr(webhook_service, "need_role", lambda *_: None)
    monkeypatch.setattr(webhook_service, "list_webhooks", lambda *_: kept)
    monkeypatch.setattr(webhook_service, "add_webhook", lambda _, made: kept.append(made))
    monkeypatch.setattr(webhook_service, "append", lambda *_: None)
    service: Any = SimpleNamespace(
        database=_Opened(), clock=lambda: NOON, entropy=bytes, _keep_secret=lambda _: "secret"
    )
    actor: Any = SimpleNamespace(tenant="t")

    def add() -> None:
        webhook_service.Webhooks.add(service, actor, "https://erp.example.com/hook", ())

    for _ in range(50):
        add()
    with pytest.raises(ServiceRefused, match="50 webhooks"):
        add()
    kept[7] = replace(kept[7], closed_at=NOON)
    add()
    assert len(kept) == 51


# Tokens and people ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "may"),
    [
        (AccessToken("i", "t", "n", "h", NOON, person="P"), True),
        (AccessToken("i", "x", "n", "h", NOON, person="P"), False),
        (None, False),
    ],
)
def test_a_token_of_ones_own_is_renewed_and_ended(
    found: Any, may: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(tokens, "find_token", lambda *_: found)
    monkeypatch.setattr(tokens, "append", lambda *said: done.append(str(said[3])))
    monkeypatch.setattr(tokens, "rotate_token", lambda *_: None)
    monkeypatch.setattr(tokens, "revoke_token", lambda *_: True)
    service = tokens.Tokens(cast("Any", _Opened()), lambda: NOON, bytes)
    actor = Actor("t", "n", "P", ("maker",))
    if may:
        assert service.rotate(actor, "i")[0] == found
        service.revoke(actor, "i")
        assert done == ["token.rotated", "token.revoked"]
        return
    for step in (service.rotate, service.revoke):
        with pytest.raises(ServiceRefused, match="no such token"):
            step(actor, "i")
    assert done == []


def test_other_eyes_are_those_of_nobody_who_acted() -> None:
    actor = Actor("t", "n", "Mai", ())
    people.need_other_eyes(actor, {"maker": "Li", "checker": ""})
    with pytest.raises(ServiceRefused, match="Mai was the checker already"):
        people.need_other_eyes(actor, {"maker": "Li", "checker": "Mai"})


def test_a_person_sees_his_own_data_and_an_owner_everybodys(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token = AccessToken("i", "t", "n", "h", NOON)
    members = [SimpleNamespace(name="P"), SimpleNamespace(name="Q")]
    monkeypatch.setattr(personal, "members_of", lambda *_: members)
    monkeypatch.setattr(personal, "asdict", lambda one: dict(vars_of(one)))
    monkeypatch.setattr(personal, "tokens_of", lambda *_: [token])
    monkeypatch.setattr(personal, "find_member", lambda *_: None)
    monkeypatch.setattr(personal, "signs_somewhere", lambda _, __, name: name in {"P", "Q"})
    for name in ("person_sign_ins", "signed_rows", "entries_naming"):
        monkeypatch.setattr(personal, name, lambda *_: ())
    service: Any = SimpleNamespace(database=_Opened())
    service._name = lambda *said: personal.PersonalData._name(service, *said)
    own = personal.PersonalData.export
    found = own(service, Actor("t", "n", "P", ()), "P")
    assert [one["name"] for one in found["person"]] == ["P"]
    (shown,) = found["tokens"]
    assert set(shown) == set(vars_of(token)) - {"secret_hash"}
    with pytest.raises(ServiceRefused) as refused:
        own(service, Actor("t", "n", "P", ()), "Q")
    assert refused.value.fault.status == 403
    assert own(service, Actor("t", "n", "P", ("owner",)), "Q")["name"] == "Q"
    with pytest.raises(ServiceRefused, match="no such person"):
        own(service, Actor("t", "n", "P", ("owner",)), "R")


def vars_of(one: Any) -> dict[str, Any]:
    names = getattr(one, "__dataclass_fields__", None) or vars(one)
    return {name: getattr(one, name) for name in names}


# Keys and rooms ---------------------------------------------------------------------------------


def test_leaks_are_read_from_the_log() -> None:
    def entry(action: str, **facts: Any) -> Any:
        return SimpleNamespace(action=action, subject="k", at=NOON, facts=json.dumps(facts))

    told = [
        entry("key.leaked"), entry("seal.leaked"), entry("key.made"),
        entry("key.rotated", **{"from": "old", "leaked": True}),
        entry("seal.rotated", **{"from": "older", "leaked": True}),
        entry("key.rotated", **{"from": "sound", "leaked": False}),
    ]  # fmt: skip
    found = [name for name, _ in keys._logged_leaks(told)]
    assert found == ["k", "k", "old", "older"]


@pytest.mark.parametrize(
    ("state", "findings", "refused"),
    [
        ("submitted", (), ""),
        ("submitted", (("minor", "open"), ("major", "closed")), ""),
        ("submitted", (("major", "answered"),), "not closed"),
        ("checked", (), "cannot change any more"),
    ],
)
def test_a_verifier_concludes_where_no_major_finding_is_open(
    state: str, findings: Any, refused: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [SimpleNamespace(severity=severity, state=one) for severity, one in findings]
    monkeypatch.setattr(rooms, "findings_of", lambda *_: found)
    known: Any = SimpleNamespace(id="a", state=state)
    if not refused:
        rooms.Rooms._may_conclude(NOBODY, NOBODY, known)
    else:
        with pytest.raises(ServiceRefused, match=refused):
            rooms.Rooms._may_conclude(NOBODY, NOBODY, known)
    assert "self" not in rooms._KINDS
    assert "third-party" in rooms._KINDS


@pytest.mark.parametrize(
    ("private", "setting", "ordered", "draft"),
    [
        (True, "refuse", False, None),
        (True, "refuse", True, True),
        (True, "draft", False, True),
        (True, "allow", False, False),
        (False, "refuse", False, False),
        (False, "refuse", True, True),
    ],
)
def test_under_a_private_address_only_drafts_are_made(
    private: bool, setting: str, ordered: bool, draft: bool | None
) -> None:
    address = "http://127.0.0.1:8000" if private else "https://labels.example.com"
    issuer: Any = SimpleNamespace(base_url=address, private_address=setting)
    issuer.drafts_only = cast("Any", Issuer.drafts_only).fget(issuer)
    order: Any = SimpleNamespace(draft=ordered)
    if draft is None:
        with pytest.raises(ServiceRefused, match="cannot reach"):
            Issuer._is_draft(issuer, order)
    else:
        assert Issuer._is_draft(issuer, order) == draft


@pytest.mark.parametrize(("free", "ready"), [(99, False), (100, True), (101, True)])
def test_a_service_is_ready_with_the_space_that_it_needs(
    free: int, ready: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free * 1024**2))
    settings = SimpleNamespace(store_dir=Path(), ready_disk_mb=100)
    found, says = readiness._disk(cast("Any", SimpleNamespace(settings=settings)))
    assert found == ready
    assert says.startswith("At least" if ready else "Less than")


# Answers of routes ------------------------------------------------------------------------------


@pytest.mark.parametrize(("bought", "refused"), [(None, False), (2.0, False), (2.1, True)])
def test_no_more_is_bought_than_sold(
    bought: float | None, refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disclosures, "disclosure", lambda products, *_: {"n": len(products)})
    monkeypatch.setattr(disclosures, "SoldProduct", lambda *said: said)
    got = SimpleNamespace(get=lambda *_: SimpleNamespace(content={}))
    product = SimpleNamespace(footprint_id="f", sold=2.0, bought=bought)
    asked: Any = SimpleNamespace(products=[product], company="c", buyer="b")
    service: Any = SimpleNamespace(footprints=got)
    if not refused:
        assert disclosures._export(service, NOBODY, asked) == {"n": 1}
    else:
        with pytest.raises(ServiceRefused, match="More was bought"):
            disclosures._export(service, NOBODY, asked)


def test_a_stream_tells_what_changed_until_the_job_has_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    states = iter(["waiting", "running", "running", "done", "done"])

    def job() -> Any:
        return SimpleNamespace(id="j", state=next(states))

    monkeypatch.setattr(jobs, "PAUSE", 0)
    monkeypatch.setattr(
        jobs, "job_answer",
        lambda _, one, __: SimpleNamespace(model_dump_json=lambda: f'"{one.state}"'),
    )  # fmt: skip
    service: Any = SimpleNamespace(jobs=SimpleNamespace(get=lambda *_: job()))

    async def told() -> list[str]:
        return [one async for one in jobs._events(service, NOBODY, job(), "en")]

    events = [one.partition("\n")[0] for one in asyncio.run(told())[1:]]
    assert events == ["event: waiting", "event: running", "event: done"]


@pytest.mark.parametrize(
    ("secret", "sent", "status"),
    [
        (None, "Bearer s", 404),
        ("s", None, 401),
        ("s", "Bearer x", 401),
        ("s", "Basic s", 401),
        ("s", "bearer s", 200),
    ],
)
def test_numbers_are_given_to_their_own_token(
    secret: str | None, sent: str | None, status: int
) -> None:
    metrics = SimpleNamespace(text=lambda: b"numbers")
    request: Any = SimpleNamespace(app=SimpleNamespace(state=SimpleNamespace(metrics=metrics)))
    token = None if secret is None else SecretStr(secret)
    service: Any = SimpleNamespace(settings=SimpleNamespace(metrics_token=token))
    if status == 200:
        assert running.read_metrics(request, service, sent).body == b"numbers"
    else:
        with pytest.raises(ServiceRefused) as refused:
            running.read_metrics(request, service, sent)
        assert refused.value.fault.status == status


def test_the_description_names_codes_and_when_to_try_again() -> None:
    assert "API-101" in openapi._codes(401)
    assert "API-101" not in openapi._codes(403)
    found = openapi.protocol_errors({400: "a", 429: "b", 503: "c"}, cast("Any", object))
    assert [status for status in found if "headers" in found[status]] == [429, 503]


def test_the_form_of_the_log_is_that_of_the_setting(capsys: pytest.CaptureFixture[str]) -> None:
    assert request_log.request_logger("off") is None
    forms: tuple[Any, Any] = ("plain", "json")
    lines = []
    for form in forms:
        request_log.request_logger(form).info("asked")
        lines.append(capsys.readouterr().err)
    assert lines[0].startswith("at=")
    assert json.loads(lines[1])["event"] == "asked"


# Settings ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "secure", "address"),
    [
        (None, False, "http://127.0.0.1:9000"),
        (None, True, "https://127.0.0.1:9000"),
        ("http://127.0.0.1:9000", False, "http://127.0.0.1:9000"),
        ("http://127.0.0.1:8000", False, ""),
        ("http://127.0.0.1", False, ""),
        ("https://127.0.0.1:8000", False, "https://127.0.0.1:8000"),  # of a proxy in front
        ("https://labels.example.com", True, "https://labels.example.com"),
    ],
)
def test_an_address_agrees_with_the_port_that_is_served(
    given: str | None, secure: bool, address: str, tmp_path: Path
) -> None:
    said: dict[str, Any] = {} if given is None else {"base_url": given}
    settings = Settings(store_dir=tmp_path, **said)
    if address:
        assert with_port(settings, 9000, secure=secure).base_url == address
    else:
        with pytest.raises(ServiceRefused, match="9000 is to be served"):
            with_port(settings, 9000, secure=secure)
    for port, own in ((80, "http://127.0.0.1"), (443, "https://127.0.0.1")):
        plain = Settings(store_dir=tmp_path, base_url=own)
        assert with_port(plain, port, secure=port == 443).base_url == own


def test_the_password_of_a_seal_is_that_of_the_file_or_the_setting(tmp_path: Path) -> None:
    file = tmp_path / "word"
    file.write_text("of the file\nmore")
    assert Settings(store_dir=tmp_path).seal_secret() == ""
    by_word = Settings(store_dir=tmp_path, seal_password=SecretStr("given"))
    assert by_word.seal_secret() == "given"
    by_file = by_word.model_copy(update={"seal_password_file": file})
    assert by_file.seal_secret() == "of the file"


# Catalogues -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "state", "removed"),
    [
        (CATALOGUE, "done", True), (CATALOGUE, "failed", True), (CATALOGUE, "running", False),
        ("footprint", "done", False),
    ],
)  # fmt: skip
def test_files_of_a_catalogue_are_removed_when_it_has_ended(
    kind: str, state: str, removed: bool, tmp_path: Path
) -> None:
    (tmp_path / "j").mkdir()
    made = SimpleNamespace(id="j", kind=kind, state=state)
    catalogues = Catalogues(
        cast("Any", SimpleNamespace(get=lambda *_: made)), tmp_path, bytes
    )  # fmt: skip
    if removed:
        catalogues.remove(NOBODY, "j")
    else:
        with pytest.raises(ServiceRefused, match="nothing to remove"):
            catalogues.remove(NOBODY, "j")
    assert (tmp_path / "j").exists() != removed


def test_what_cancelled_and_failed_jobs_left_is_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    states = {"a": "cancelled", "b": "failed", "c": "done", "d": "running"}
    for name in states:
        (tmp_path / name).mkdir()
    monkeypatch.setattr("api.services.catalogues.states_of", lambda *_: states)
    jobs_known: Any = SimpleNamespace(database=_Opened())
    Catalogues(jobs_known, tmp_path, bytes)._sweep()
    assert sorted(one.name for one in tmp_path.iterdir()) == ["c", "d"]


# Status lists -----------------------------------------------------------------------------------


def test_the_log_tells_which_certificates_are_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where somebody wrote another status into a row: what was logged counts."""
    changes = [SimpleNamespace(subject=name) for name in ("A", "B", "C", "lost")]
    states: dict[str, Any] = {"A": "revoked", "B": "suspended", "C": "revoked", "lost": "revoked"}
    monkeypatch.setattr(withdrawn, "log_head", lambda _: (4, "h"))
    monkeypatch.setattr(withdrawn, "acted_after", lambda *_: changes)
    monkeypatch.setattr(withdrawn, "status_after", lambda change: states[change.subject])
    monkeypatch.setattr(withdrawn, "entries_of", lambda *_: {})
    monkeypatch.setattr(withdrawn, "places_of", lambda *_: {"A": (1, 7), "B": (1, 8), "C": (2, 9)})
    held: Any = withdrawn.Withdrawn()
    assert list(held.indices(NOBODY, 1, ("revoked",))) == [7]
    assert list(held.indices(NOBODY, 1, ("revoked", "suspended"))) == [7, 8]
    assert list(held.indices(NOBODY, 2, ("revoked",))) == [9]


def test_the_place_of_a_withdrawn_certificate_is_the_one_that_was_logged_at_its_issue(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def entry(subject: str, action: str, **facts: Any) -> Any:
        return SimpleNamespace(subject=subject, action=action, facts=json.dumps(facts))

    issued, revoked = "certificate.issued", "certificate.revoked"
    told = {
        "A": [entry("A", issued, place=[1, 5]), entry("A", revoked, place=[1, 6])],
        "B": [entry("B", issued), entry("B", revoked)],  # of before: the row alone tells it
    }
    monkeypatch.setattr(withdrawn, "log_head", lambda _: (4, "h"))
    monkeypatch.setattr(
        withdrawn,
        "acted_after",
        lambda *_: [SimpleNamespace(subject="A"), SimpleNamespace(subject="B")],
    )
    monkeypatch.setattr(withdrawn, "status_after", lambda _: "revoked")
    monkeypatch.setattr(withdrawn, "entries_of", lambda *_: told)
    monkeypatch.setattr(withdrawn, "places_of", lambda *_: {"A": (1, 7), "B": (1, 8)})
    held: Any = withdrawn.Withdrawn()
    assert list(held.indices(NOBODY, 1, ("revoked",))) == [5, 8]


def test_each_error_of_the_protocol_says_its_own_thing() -> None:
    found = {status: str(one["description"]) for status, one in pact_answers(404).items()}
    words = {400: "understood", 401: "token", 403: "scope", 404: "footprint", 429: "Retry-After",
             500: "failed", 503: "database"}  # fmt: skip
    assert set(found) == set(words)
    for status, word in words.items():
        assert word in found[status]
