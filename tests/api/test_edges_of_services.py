"""Single decisions of the services at their edges: each with stand-ins for what it asks."""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api.faults import ServiceRefused
from api.hooks import carrier
from api.jobs.payload import footprint_payload, inputs_in
from api.partners.courier import Courier
from api.services import backups, batches, products, statements, tokens
from api.services.decisions import PurchaseWanted, labelled_on, purchase_reply
from api.services.drafts import Drafts
from api.services.keyring import newest
from api.services.variants import Variants
from api.several import refuse_workers_here
from api.shared_counts import SharedCounts
from api.store.keys import KnownKey
from api.store.rooms import Grant
from api.store.tenants import AccessToken, Actor
from api.strict import _resolved
from api.words import said_in_full
from api.workers import worker
from api.workers.dispatcher import Dispatcher
from footprint.faults import InputRefused, Problem, Where
from footprint.study import Inputs

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
DAY = date(2026, 11, 20)


class _Opened:
    """A database whose transactions hold nothing."""

    def reading(self) -> _Opened:
        return self

    writing = reading

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


# Certificates that a purchaser asks for ---------------------------------------------------------

TERM = (date(2026, 1, 1), date(2026, 12, 31))
VIEW = {
    "boundary": "cradle-to-gate", "declared_amount": "1", "declared_unit": "piece",
    "total_kg_co2e": "2", "coverage_lines": "1",
}  # fmt: skip


def _standing(state: str = "issued", **view: str) -> Any:
    certificate = SimpleNamespace(
        valid_from=TERM[0], valid_until=TERM[1], tier="reduction", view_content=VIEW | view
    )
    return SimpleNamespace(certificate=certificate, status=SimpleNamespace(state=state))


@pytest.mark.parametrize(
    ("state", "day", "reply"),
    [
        *(("issued", day, "yes") for day in (*TERM[:1], DAY)),
        ("issued", DAY + timedelta(days=1), "unknown"),
        ("issued", TERM[1], "unknown"),
        ("issued", TERM[0] - timedelta(days=1), "no"),
        ("issued", TERM[1] + timedelta(days=1), "no"),
        *((state, DAY, "no") for state in ("revoked", "suspended", "superseded", "draft")),
    ],
)
def test_a_certificate_is_in_force_on_a_day(state: str, day: date, reply: str) -> None:
    assert purchase_reply(_standing(state), PurchaseWanted(day), DAY).reply == reply
    inside = TERM[0] <= day <= TERM[1]
    assert labelled_on(_standing(state), day) == (inside and state == "issued")


@pytest.mark.parametrize(
    ("wanted", "view", "reply", "says"),
    [
        ({"tier": "reduction"}, {}, "yes", "Its tier is reduction."),
        ({"tier": "neutral"}, {}, "no", "Its tier is reduction, not neutral."),
        ({"most_kg": Decimal(2), "per": "1 piece"}, {}, "yes", "Its value is 2 kg CO2e"),
        ({"most_kg": Decimal("1.99"), "per": "1 piece"}, {}, "no", "above 1.99"),
        ({"most_kg": Decimal(2)}, {}, "unknown", "What the limit is per was not said"),
        ({"most_kg": Decimal(2), "per": "1 kg"}, {}, "unknown", "the limit is per 1 kg"),
        (
            {"most_kg": Decimal(2), "per": "1 piece"},
            {"coverage_lines": "0.99"},
            "unknown",
            "Its value leaves lines out.",
        ),
    ],
)
def test_a_certificate_is_as_it_is_wanted(
    wanted: dict[str, Any], view: dict[str, str], reply: str, says: str
) -> None:
    found = purchase_reply(_standing(**view), PurchaseWanted(DAY, **wanted), DAY)
    assert found.reply == reply
    assert any(says in why for why, _ in found.why)
    assert all((reply == "yes") == ("in force" in why) or says in why for why, _ in found.why)


# Keys, grants and tokens ------------------------------------------------------------------------


def test_the_newest_key_is_one_that_did_not_leak() -> None:
    first = KnownKey("first", "{}", NOON, None)
    second = KnownKey("second", "{}", NOON + SECOND, None)
    leaked = KnownKey("leaked", "{}", NOON + 2 * SECOND, NOON)
    assert newest([second, leaked, first]) == "second"
    assert newest([leaked]) == newest([]) == ""


@pytest.mark.parametrize(
    ("until", "revoked", "opens"),
    [(NOON + SECOND, None, True), (NOON, None, False), (NOON + SECOND, NOON, False)],
)
def test_a_grant_opens_until_its_end(until: datetime, revoked: Any, opens: bool) -> None:
    assert Grant("i", "h", "t", "a", "v", NOON, "m", until, revoked).opens(NOON) == opens


@pytest.mark.parametrize(("roles", "person"), [(("owner",), None), (("maker",), "P")])
def test_an_owner_sees_the_tokens_of_everybody(
    roles: Any, person: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tokens, "tokens_of", lambda _, tenant, own: [(tenant, own)])
    service = tokens.Tokens(cast("Any", _Opened()), lambda: NOON, bytes)
    assert service.listed(Actor("t", "n", "P", roles)) == cast("Any", [("t", person)])


@pytest.mark.parametrize(
    ("actor", "may"),
    [
        (Actor("t", "token:other", "P", ()), True),
        (Actor("t", "token:i", "Q", ()), True),
        (Actor("t", "token:other", "Q", ()), False),
        (Actor("t", "token:other", "Q", ("owner",)), True),
    ],
)
def test_a_token_is_changed_by_its_person_by_itself_or_by_an_owner(actor: Actor, may: bool) -> None:
    token = AccessToken("i", "t", "n", "h", NOON, person="P")
    assert tokens._may(actor, token) == may


# Footprints, products and drafts ----------------------------------------------------------------


def test_the_files_of_a_job_are_those_that_were_sent() -> None:
    bare = Inputs("a.csv", b"id")
    full = Inputs(
        *("b.csv", b"\xff", b"product"), site_file=b"", matches_file=b"m", mapping_file=b"n",
        documents={"s.json": b"{}"}, electricity="market", allow_gaps=True, screening=True,
    )  # fmt: skip
    for inputs in (bare, full):
        assert inputs_in(footprint_payload(inputs)) == inputs


def test_a_footprint_belongs_to_the_product_whose_version_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    version = SimpleNamespace(product="p")
    monkeypatch.setattr(products, "_kept", lambda uow, actor, product: product)
    monkeypatch.setattr(products, "version_with", lambda *asked: version if "f" in asked else None)
    service: Any = SimpleNamespace(database=_Opened())
    actor: Any = SimpleNamespace(tenant="t")
    assert cast("Any", products.Products.with_footprint(service, actor, "f")) == "p"
    assert products.Products.with_footprint(service, actor, "other") is None


def test_a_version_is_made_again_with_other_data_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products, "inputs_of", lambda *_: SimpleNamespace(read=lambda: None))
    monkeypatch.setattr(products, "calculated", lambda *_: "made again")
    service: Any = SimpleNamespace(inventory=SimpleNamespace(hash="today"))
    for made_with, found in (("today", None), ("before", "made again")):
        footprint = SimpleNamespace(content={"provenance": {"inventory": made_with}})
        known: Any = SimpleNamespace(footprint=footprint, source=None)
        assert products.Products.today(service, known) == cast("Any", found)


def test_how_sure_a_difference_is_is_asked_of_the_data_in_use() -> None:
    service: Any = SimpleNamespace(inventory=SimpleNamespace(hash="today"))
    one: Any = SimpleNamespace(summary={"inventory": "before"})
    nobody: Any = None
    with pytest.raises(InputRefused, match="made with earlier data"):
        Variants._now(service, nobody, one)


def test_candidates_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    kept: dict[str, Any] = {}

    def candidates(kind: Any, *_: Any) -> tuple[str]:
        looked.append(kind.key)
        return ("card",)

    def text(found: dict[str, Any]) -> str:
        kept.update(found)
        return ""

    monkeypatch.setattr("api.services.drafts.cards_of", candidates)
    monkeypatch.setattr("api.services.drafts.cards_from", lambda _: dict(kept))
    monkeypatch.setattr("api.services.drafts.cards_text", text)
    monkeypatch.setattr("api.services.drafts.change_draft", lambda *_: True)
    monkeypatch.setattr("api.services.drafts.replace", lambda stored, **_: stored)
    service: Any = SimpleNamespace(inventory=SimpleNamespace(hash="h"), database=_Opened())
    opened: Any = SimpleNamespace(stored=SimpleNamespace(cards=""), revision=1)
    product = SimpleNamespace(country="CN")
    kinds = [SimpleNamespace(key=key, unit_mass_kg=None, amount=1.0) for key in ("a", "b")]
    work: Any = SimpleNamespace(bom=SimpleNamespace(product=product), kinds=kinds)
    for _ in range(2):
        assert Drafts.cards(service, opened, work) == cast("Any", {"a": ("card",), "b": ("card",)})
    assert looked == ["a", "b"]


def test_a_statement_holds_for_a_footprint_that_says_the_very_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: Any
    made, same, other = (SimpleNamespace(tenant="t", document_hash=h) for h in ("1", "1", "2"))
    verification = SimpleNamespace(statement="S")
    said: dict[str, Any] = {"": None, "none": SimpleNamespace(statement=""), "S": verification}
    monkeypatch.setattr(
        statements, "evidence_of", lambda text: SimpleNamespace(verification=said[text])
    )
    held = [SimpleNamespace(footprint="o"), SimpleNamespace(footprint="s")]
    monkeypatch.setattr(statements, "statements_of_number", lambda *_: held)
    monkeypatch.setattr(statements, "find_footprints", lambda *_: {"o": other, "s": same})
    service: Any = SimpleNamespace(database=_Opened())
    for text, found in (("", made), ("none", made), ("S", same)):
        assert statements.Statements.same_footprint(service, made, text) is cast("Any", found)


# Processes and counts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("workers", "platform", "refused"),
    [(1, "win32", False), (2, "win32", True), (2, "linux", False)],
)
def test_several_processes_share_a_port_but_on_windows(
    workers: int, platform: str, refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    if not refused:
        refuse_workers_here(workers)
    else:
        with pytest.raises(ServiceRefused, match="Windows does not allow"):
            refuse_workers_here(workers)


def test_trouble_is_told_once_until_it_is_another(capsys: pytest.CaptureFixture[str]) -> None:
    dispatcher: Any = SimpleNamespace(_said="")
    for message in ("a", "a", "b", "a"):
        Dispatcher._say_once(dispatcher, message)
    assert capsys.readouterr().err.split() == ["a", "b", "a"]


def test_progress_is_written_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[int] = []

    def write(uow: Any, held: Any, done: int, *_: Any) -> bool:
        written.append(done)
        return done < 9

    monkeypatch.setattr(worker, "set_progress", write)
    jobs = SimpleNamespace(clock=lambda: NOON)
    service: Any = SimpleNamespace(database=_Opened(), jobs=jobs)
    progress = worker._Progress(service, cast("Any", None), last=0.0)
    for now, done in ((worker.PAUSE - 0.01, 1), (worker.PAUSE, 2), (worker.PAUSE + 0.4, 3)):
        monkeypatch.setattr(time, "monotonic", lambda now=now: now)
        progress.report(done, 10)
    assert written == [2]
    monkeypatch.setattr(time, "monotonic", lambda: 99.0)
    with pytest.raises(worker._LostError):
        progress.report(9, 10)


@pytest.mark.parametrize(
    ("status", "arrived"), [(199, False), (200, True), (299, True), (300, False)]
)
def test_a_message_arrived_where_the_answer_says_so(
    status: int, arrived: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrier, "signed_headers", lambda *_: {})
    reach = SimpleNamespace(post=lambda *_: SimpleNamespace(status=status))
    sender: Any = SimpleNamespace(reach=reach, secrets_of=lambda _: ())
    webhook: Any = SimpleNamespace(url="https://x.example", closed_at=None)
    message: Any = SimpleNamespace(id="i", content="{}")
    found, fault = carrier.HookCarrier._try(sender, webhook, message)
    assert (found, fault == "") == (status, arrived)
    closed: Any = SimpleNamespace(url="", closed_at=NOON)
    for gone in (None, closed):
        assert carrier.HookCarrier._try(sender, gone, message)[1] == "The webhook was closed."


@pytest.mark.parametrize(
    ("status", "arrived", "forgot"),
    [(199, False, 0), (200, True, 0), (299, True, 0), (300, False, 0), (401, False, 1)],
)
def test_an_event_arrived_where_the_answer_says_so(status: int, arrived: bool, forgot: int) -> None:
    forgotten: list[Any] = []
    reach = SimpleNamespace(post=lambda *_: SimpleNamespace(status=status))
    tokens_held = SimpleNamespace(token=lambda _: "t", forget=forgotten.append)
    sender: Any = SimpleNamespace(reach=reach, tokens=tokens_held)
    partner: Any = SimpleNamespace(events_url="https://x.example", closed_at=None)
    event: Any = SimpleNamespace(type="x", content="{}")
    assert (Courier._try(sender, partner, event) is None) == arrived
    assert len(forgotten) == forgot
    closed: Any = SimpleNamespace(events_url="", closed_at=NOON)
    for gone in (None, closed):
        assert Courier._try(sender, gone, event) == "the partner was closed"


def test_a_window_of_a_count_is_over_at_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts, now = SharedCounts(tmp_path / "counts"), [100.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    assert [counts.incr("a", 10), counts.incr("a", 10), counts.incr("b", 10)] == [1, 2, 1]
    assert (counts.get("a"), counts.get_expiry("a"), counts.get("c")) == (2, 110.0, 0)
    now[0] = 109.9
    assert counts.get("a") == 2
    now[0] = 110.0
    assert (counts.get("a"), counts.get_expiry("a")) == (0, 110.0)
    assert counts.incr("a", 10) == 1


def test_a_workshop_is_opened_with_the_rules_that_the_service_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batches, "load_rules", lambda: SimpleNamespace(hash="of now"))
    monkeypatch.setattr(batches, "Issuer", lambda rules: rules.hash)
    monkeypatch.setattr(batches, "load_jwk", lambda text: text)
    monkeypatch.setattr(batches, "_OPEN", [])
    with pytest.raises(RuntimeError, match="the rule files changed"):
        batches._open_workshop("{}", "of before", "key")
    batches._open_workshop("{}", "of now", "key")
    assert cast("Any", batches._OPEN) == [("of now", "key")]


@pytest.mark.parametrize(
    ("address", "secret"),
    [("postgresql://me:word@h/d", "word"), ("postgresql+psycopg://me@h/d", None)],
)
def test_a_tool_of_postgresql_gets_the_password_where_nobody_reads_it(
    address: str, secret: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setattr("api.services.backups.shutil.which", lambda name: f"/bin/{name}")
    run: list[Any] = []

    def tool(words: list[str], env: dict[str, str], **_: Any) -> Any:
        run.append((words, env.get("PGPASSWORD")))
        return SimpleNamespace(returncode=1, stderr="at postgresql://me:word@h\nno such table")

    monkeypatch.setattr("api.services.backups.subprocess.run", tool)
    with pytest.raises(InputRefused, match="pg_dump failed: no such table"):
        backups._run(address, "pg_dump", "--x")
    ((words, given),) = run
    assert words == ["/bin/pg_dump", "--dbname=postgresql://me@h/d", "--x"]
    assert given == secret


def test_the_shape_of_a_body_is_that_which_has_members() -> None:
    own: dict[str, Any]
    listed: dict[str, Any]
    document: dict[str, Any] = {"components": {"schemas": {"Named": {"properties": {"a": {}}}}}}
    named, own, listed = {"$ref": "#/x/Named"}, {"properties": {"b": {}}}, {"items": {}}
    none = {"type": "null"}
    for schema, shape in (
        (named, {"properties": {"a": {}}}),
        ({"anyOf": [none, named]}, {"properties": {"a": {}}}),
        ({"anyOf": [none, own]}, own),
        (own, own),
        ({"anyOf": [none, listed]}, listed),
        (none, none),
    ):
        assert _resolved(document, cast("Any", schema)) == shape


# Words and questions ----------------------------------------------------------------------------


def test_what_is_wrong_and_what_to_do_are_two_sentences() -> None:
    def problem(message: str, hint: str) -> Problem:
        return Problem("X-001", message, Where("f"), hint)

    assert said_in_full(problem("It is wrong", "Mend it."), "en") == "It is wrong. Mend it."
    assert said_in_full(problem("Is it?", "Mend it."), "en") == "Is it? Mend it."
    assert said_in_full(problem("It is wrong", ""), "en") == "It is wrong"
    told = said_in_full(problem("It is wrong", "Mend it."), "zh")
    assert "。Mend it." in told
