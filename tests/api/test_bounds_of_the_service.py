"""What happens at a bound itself: on the last day, at the end of a term, at the largest size."""

from __future__ import annotations

import dataclasses
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, cast

import pytest

from api import own_counts
from api.answering import digest, evidence, pack
from api.answering.campaign_model import CampaignSupplier
from api.answering.campaigns import CampaignOrder, Campaigns
from api.answering.evidence import EvidenceOrder, EvidenceStore
from api.answering.supplier_list import _columns
from api.answers import _dates
from api.faults import ServiceRefused
from api.hooks.reminders import Reminders
from api.partners import errors, fetcher, reach, receiving, tokens
from api.partners.errors import TOKEN_PATH
from api.partners.fetcher import Fetcher
from api.partners.reach import Unreachable
from api.partners.registry import PartnerRegistry
from api.routes import certificates as certificate_routes
from api.routes.register import read_log
from api.services import plans, recalls, service
from api.services.recalls import Recalls
from api.services.requests import creation
from api.services.seals import SealRing
from api.services.service import Service
from api.store import register_seal
from api.store.news import News
from api.store.tenants import AccessToken, Actor
from footprint.faults import InputRefused
from label_templates.console_pages import console_words

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = NOON.date()
SECOND, ONE_DAY = timedelta(seconds=1), timedelta(days=1)
MAKER = Actor("t", "n", "P", ("maker",))


class _Opened:
    """A database whose transactions hold nothing."""

    def reading(self) -> _Opened:
        return self

    writing = reading

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


# Suppliers and buyers ---------------------------------------------------------------------------


def test_an_answer_on_the_last_day_is_not_late() -> None:
    fields = dict.fromkeys((one.name for one in dataclasses.fields(CampaignSupplier)), "")
    made = CampaignSupplier(**cast("Any", fields | {"state": "sent", "answered_at": None}))
    assert [made.is_overdue(DAY, day) for day in (DAY, DAY + ONE_DAY)] == [False, True]
    assert not made.was_late(DAY)
    answered = dataclasses.replace(made, answered_at=NOON)
    assert [answered.was_late(day) for day in (DAY, DAY - ONE_DAY)] == [False, True]


def test_a_campaign_may_end_on_the_day_on_which_it_begins() -> None:
    campaigns: Any = SimpleNamespace(clock=lambda: NOON)

    def refusal(due: date) -> str:
        with pytest.raises(InputRefused) as refused:  # a list of nothing is refused after the date
            Campaigns.start(campaigns, MAKER, CampaignOrder("n", "b", due, "list.csv", b""))
        return refused.value.problems[0].message

    assert "over already" in refusal(DAY - ONE_DAY)
    assert "over already" not in refusal(DAY)


@pytest.mark.parametrize(("left", "says"), [(0, "digest_left"), (-1, "digest_overdue")])
def test_a_request_of_today_is_not_overdue(left: int, says: str) -> None:
    case: Any = SimpleNamespace(
        id="c", due=DAY + left * ONE_DAY, worker="Li", buyer="B", product="", questions={}
    )
    told = digest.digest_text([case], DAY, language="en", base_url="https://x.example", names={})
    words = console_words("en")
    assert words.say(says, days=abs(left)) in told


def test_a_piece_of_evidence_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "MAX_FILE", 4)
    store: Any = SimpleNamespace(clock=lambda: NOON, entropy=bytes)
    facts = {"what": "A heat pump", "since": "2024-05-01"}
    for data, column in ((b"1234", "title"), (b"12345", "file")):
        order = EvidenceOrder("measures", "", facts, file="a.pdf", data=data)
        with pytest.raises(ServiceRefused) as refused:  # that it has no title comes second
            EvidenceStore.keep(store, MAKER, order)
        assert column in str(refused.value.problems[0].where.column)
    assert evidence._number("1e15", "kwh") == Decimal("1e15")
    for wrong in ("1.1e15", "-1", "x", "inf"):
        with pytest.raises(ServiceRefused):
            evidence._number(wrong, "kwh")


@pytest.mark.parametrize(
    ("file", "ending"), [("a.plist", "plist"), ("a.sqlite", "bin"), ("a.pdf", "pdf")]
)
def test_a_file_in_a_pack_keeps_a_short_ending(file: str, ending: str) -> None:
    files: dict[str, bytes] = {}
    piece = SimpleNamespace(
        id="123456789", kind="measures", title="t", facts="{}", valid_until=None, file=file,
        data=b"x", hash="h",
    )  # fmt: skip
    pack._piece(cast("Any", piece), files)
    assert list(files) == [f"evidence/measures-12345678.{ending}"]


def test_a_heading_of_suppliers_is_short() -> None:
    for length, found in ((59, {"supplier": 0}), (60, {})):
        heading = "supplier name".ljust(length, "-")
        assert set(_columns([heading])) == ({*_columns(["supplier name"])} if found else set())


# Dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due", "over"), [(None, False), (DAY, False), (DAY - ONE_DAY, True), (DAY + ONE_DAY, False)]
)
def test_surveillance_is_overdue_after_its_day(due: date | None, over: bool) -> None:
    serving: Any = SimpleNamespace(
        settings=SimpleNamespace(surveillance_months=12),
        register=SimpleNamespace(clock=lambda: NOON),
    )
    certificate: Any = SimpleNamespace(valid_until=DAY, surveillance_due=due)
    found = _dates(serving, certificate)
    assert (found.surveillance_due, found.surveillance_overdue) == (due, over)


@pytest.mark.parametrize(
    ("status", "until", "due"),
    [
        ("issued", DAY, "visit"),
        ("suspended", DAY, "visit"),
        ("issued", DAY - ONE_DAY, "ended"),
        ("revoked", DAY, "ended"),
    ],
)
def test_a_holder_is_visited_until_the_last_day(status: str, until: date, due: str) -> None:
    kept: Any = SimpleNamespace(status=status, valid_until=until)
    assert plans._visit(kept, None, DAY).due == due
    assert plans._visit(kept, NOON, DAY).due == "visited"


def test_a_visit_counts_from_the_moment_of_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    moments = [NOON - SECOND, NOON, NOON + SECOND]
    told = [SimpleNamespace(action=plans._SURVEYED, at=at) for at in moments]
    kept = SimpleNamespace(status="issued", valid_until=DAY)
    monkeypatch.setattr(plans, "find_certificates", lambda *_: {"1": kept, "2": kept})
    monkeypatch.setattr(plans, "entries_of", lambda *_: {"1": told, "2": told[:1]})
    plan: Any = SimpleNamespace(sample=[SimpleNamespace(drawn=("1", "2"))], drawn_at=NOON)
    serving: Any = SimpleNamespace(clock=lambda: NOON)
    progress = plans.SurveillancePlans._progress(serving, cast("Any", None), plan)
    assert [(one.due, one.visited_at) for one in progress.visits] == [
        ("visited", NOON), ("visit", None),
    ]  # fmt: skip


@pytest.mark.parametrize(("now", "ended"), [(NOON, False), (NOON + SECOND, True)])
def test_a_seal_counts_to_its_last_moment(now: datetime, ended: bool) -> None:
    seal = SimpleNamespace(certificate=SimpleNamespace(not_valid_after_utc=NOON))
    ring: Any = SimpleNamespace(publish=lambda: seal, clock=lambda: now)
    active = cast("Any", SealRing.active).fget
    if not ended:
        assert active(ring) is seal
    else:
        with pytest.raises(InputRefused, match="ended on 2026-11-20"):
            active(ring)


@pytest.mark.parametrize(
    ("until", "revoked", "stands"),
    [
        *((None, None, True), (NOON + SECOND, None, True), (NOON, None, False)),
        *((None, NOON, False), (NOON + SECOND, NOON, False)),
    ],
)
def test_a_token_stands_until_its_end(until: Any, revoked: Any, stands: bool) -> None:
    token = AccessToken("i", "t", "n", "h", NOON, revoked, expires_at=until)
    assert token.stands(NOON) == stands


def test_a_partners_token_counts_until_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    registry: Any = SimpleNamespace(database=_Opened(), clock=lambda: NOON)
    for until, counts in ((NOON, False), (NOON + SECOND, True)):
        monkeypatch.setattr(
            "api.partners.registry.partner_of_token", lambda *_, until=until: ("p", until)
        )
        assert PartnerRegistry.holder(registry, "token") == cast("Any", ("p", counts))
    monkeypatch.setattr("api.partners.registry.partner_of_token", lambda *_: None)
    assert PartnerRegistry.holder(registry, "token") is None


def test_their_token_is_renewed_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    renewed: list[float] = []
    held = tokens.TheirTokens(cast("Any", None), lambda _: "secret")

    def renew(self: Any, known: Any, partner: Any) -> None:
        renewed.append(now[0])
        known.token, known.token_until = f"at {now[0]}", now[0] + 10.0

    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(tokens.TheirTokens, "_renew", renew)
    partner: Any = SimpleNamespace(id="p", auth_url="u", their_client_id="c")
    for at in (100.0, 109.9, 110.0):
        now[0] = at
        held.token(partner)
    assert renewed == [100.0, 110.0]
    held.forget(partner)
    assert held.token(partner) == "at 110.0"
    assert len(renewed) == 3


def test_the_place_of_their_tokens_is_asked_again_at_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[float] = []
    now = [100.0]

    def endpoint(self: Any, partner: Any) -> str:
        asked.append(now[0])
        return "https://x.example/token"

    def gives(*_: Any) -> Any:
        return SimpleNamespace(status=200, body=b'{"access_token": "t", "expires_in": 0}')

    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(tokens.TheirTokens, "_token_endpoint", endpoint)
    held = tokens.TheirTokens(cast("Any", SimpleNamespace(post=gives)), lambda _: "secret")
    partner: Any = SimpleNamespace(id="p", auth_url="u", their_client_id="c")
    for at in (100.0, 100.0 + tokens.ENDPOINT_LIFE - 0.1, 100.0 + tokens.ENDPOINT_LIFE):
        now[0] = at
        assert held.token(partner) == "t"
    assert asked == [100.0, 100.0 + tokens.ENDPOINT_LIFE]


# Sizes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "error"), [(499, "invalid_request"), (500, "server_error"), (400, "invalid_request")]
)
def test_a_token_is_refused_by_whose_fault_it_is(status: int, error: str) -> None:
    refused: Any = SimpleNamespace(
        fault=SimpleNamespace(status=status), problems=[SimpleNamespace(message="No.")], headers={}
    )
    request: Any = SimpleNamespace(url=SimpleNamespace(path=TOKEN_PATH))
    assert error.encode() in errors.pact_response(request, refused).body


@pytest.mark.parametrize(("documents", "pages"), [(3, 2), (4, 1)])
def test_pages_of_a_partner_are_asked_for_until_there_are_enough(
    documents: int, pages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetcher, "MOST_DOCUMENTS", 3)
    monkeypatch.setattr(fetcher, "_checked", lambda one: one)
    monkeypatch.setattr(fetcher, "_same_host", lambda _, url: url)
    monkeypatch.setattr(fetcher, "answered_object", lambda body, _: {"data": body})
    asked: list[str] = []

    def get(partner: Any, url: str) -> Any:
        asked.append(url)
        following = "" if len(asked) > 1 else "https://x.example/2"
        return SimpleNamespace(status=200, body=["d"] * documents, following=following)

    ask: Any = SimpleNamespace(wanted="{}", way="filter")
    partner: Any = SimpleNamespace(events_url="https://x.example")
    found = list(Fetcher._documents(cast("Any", SimpleNamespace(_get=get)), ask, partner))
    assert (len(asked), len(found)) == (pages, pages * documents)


def test_an_answer_is_read_up_to_its_largest_size_and_longest_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(*pieces: bytes, seconds: float = 0.0) -> bytes:
        moments = iter((0.0, *[seconds] * len(pieces)))
        monkeypatch.setattr(time, "monotonic", lambda: next(moments))
        response: Any = SimpleNamespace(iter_bytes=lambda: iter(pieces))
        return reach._read(response, "x.example")

    monkeypatch.setattr(reach, "MAX_ANSWER", 4)
    assert read(b"12", b"34", seconds=reach.WHOLE_ANSWER) == b"1234"
    with pytest.raises(Unreachable, match="more than 4 bytes"):
        read(b"12", b"345")
    with pytest.raises(Unreachable, match="to answer"):
        read(b"12", seconds=reach.WHOLE_ANSWER + 0.1)


def test_a_partners_document_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    document = {"id": "x"}
    arrived: Any = SimpleNamespace(partner=SimpleNamespace(tenant="t", id="p"))
    earlier = SimpleNamespace(id="x", partner="another")
    monkeypatch.setattr(receiving, "find_pcf", lambda *_: earlier)
    size = len('{"id": "x"}')
    for most, says in ((size, "from another supplier"), (size - 1, "is longer than")):
        monkeypatch.setattr(receiving, "MAX_BYTES", most)
        assert says in receiving._keep(cast("Any", None), arrived, "x", document)


def test_evidence_of_an_order_has_a_largest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    size = len('{"renewal": true}')
    monkeypatch.setattr(certificate_routes, "MAX_CHARACTERS", size)
    assert certificate_routes.yaml_of({"renewal": True}).strip() == "renewal: true"
    monkeypatch.setattr(certificate_routes, "MAX_CHARACTERS", size - 1)
    with pytest.raises(ServiceRefused, match="more than"):
        certificate_routes.yaml_of({"renewal": True})


@pytest.mark.parametrize(("number", "following"), [(1, None), (2, None), (3, 2)])
def test_a_page_of_the_log_names_the_next_where_there_is_one(
    number: int, following: int | None
) -> None:
    entry = {"sequence": 0, "at": NOON.isoformat(), "action": "a", "subject": "s", "actor": "x",
             "facts": {}, "previous": "", "hash": "h", "digest": "d", "public": {}}  # fmt: skip
    entries = [entry | {"sequence": at + 1} for at in range(number)]
    log = SimpleNamespace(entries=lambda after, limit: entries[:limit])
    assert _page_of(log) == following


def _page_of(log: Any) -> Any:
    """The `next` of a page of two entries, whatever an entry has in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("api.routes.register.LogEntry", lambda **entry: entry)
        patch.setattr("api.routes.register.LogPage", lambda entries, next: next)
        return read_log(cast("Any", SimpleNamespace(log=log)), 0, 2)


@pytest.mark.parametrize(("lines", "as_job"), [(9, False), (10, True), (11, True)])
def test_a_long_list_becomes_a_job(
    lines: int, as_job: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "lines_about", lambda _: lines)
    monkeypatch.setattr(service, "footprint_payload", lambda _: {})
    serving: Any = SimpleNamespace(
        footprints=SimpleNamespace(request=lambda *_: None, calculate=lambda *_: "calculated"),
        jobs=SimpleNamespace(submit=lambda *_: "job"),
        settings=SimpleNamespace(job_lines=10),
    )
    inputs: Any = SimpleNamespace(data=b"")
    made: Any = Service.footprint_or_job(serving, MAKER, inputs, None)
    assert made == ("job" if as_job else "calculated")


def test_certificates_of_a_recall_are_read_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def certificate(number: int) -> Any:
        return SimpleNamespace(number=str(number), footprint="f", inventory="old", rules="r")

    every = [certificate(at) for at in range(1, 6)]

    def page(uow: Any, tenant: str, *, after: str, limit: int) -> list[Any]:
        return [one for one in every if one.number > after][:limit]

    monkeypatch.setattr(recalls, "certificates_on", page)
    monkeypatch.setattr(recalls, "found_footprint", lambda *_: None)
    monkeypatch.setattr(recalls, "find_source", lambda *_: "source")
    monkeypatch.setattr(recalls, "facts_changed", lambda *_: ())
    monkeypatch.setattr(
        recalls, "certified", lambda *_: SimpleNamespace(inputs=SimpleNamespace(gwp_set="AR6"))
    )
    monkeypatch.setattr(recalls, "impact_of", lambda *_, **__: None)
    serving: Any = SimpleNamespace(database=_Opened(), rules=SimpleNamespace(hash="r"))
    old, new = SimpleNamespace(hash="old"), SimpleNamespace(hash="new")
    for size in (2, 5, 9):
        monkeypatch.setattr(recalls, "_PAGE", size)
        found = Recalls._impacts(serving, MAKER, cast("Any", old), cast("Any", new), {"AR6": ()})
        assert [one.number for one, _ in found] == ["1", "2", "3", "4", "5"]
    # One on other data, that the rules of now were asked about, has nothing to be recalled.
    every[1].inventory, every[3].inventory, every[3].rules = "other", "other", "before"
    found = Recalls._impacts(serving, MAKER, cast("Any", old), cast("Any", new), {"AR6": ()})
    assert [one.number for one, _ in found] == ["1", "3", "4", "5"]


@pytest.mark.parametrize("table", ["register_waiting", "register_changes"])
def test_blocks_are_made_where_there_are_enough(
    table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    enough = {
        "register_waiting": register_seal.ENOUGH_WAITING,
        "register_changes": register_seal.ENOUGH_CHANGED,
    }[table]
    reached: list[int] = []

    class _Database(_Opened):
        read_only = False

    def settled(count: int) -> bool:
        def alone(uow: Any) -> bool:
            reached.append(count)
            return False

        meant = getattr(register_seal, table)
        monkeypatch.setattr(register_seal, "_count", lambda _, of: count if of is meant else 0)
        monkeypatch.setattr(register_seal, "_alone", alone)
        register_seal.settle_register(cast("Any", _Database()))
        return count in reached

    assert [settled(count) for count in (enough - 1, enough, enough + 1)] == [False, True, True]


# Counts and news --------------------------------------------------------------------------------


def test_an_own_window_of_a_count_is_over_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    counts, now = own_counts.OwnCounts(), [100.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    assert [counts.incr("a", 10), counts.incr("a", 10), counts.incr("b", 10)] == [1, 2, 1]
    assert (counts.get("a"), counts.get_expiry("a"), counts.get("c")) == (2, 110.0, 0)
    now[0] = 109.9
    assert (counts.get("a"), counts.incr("a", 10)) == (2, 3)
    now[0] = 110.0
    assert (counts.get("a"), counts.get_expiry("a")) == (0, 110.0)
    assert counts.incr("a", 10) == 1


def test_windows_that_are_over_are_forgotten_and_no_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts, now = own_counts.OwnCounts(), [100.0]
    monkeypatch.setattr(time, "time", lambda: now[0])
    counts.incr("short", 1)
    counts.incr("long", 100)
    now[0] = 102.0
    counts._forget(now[0])
    assert (counts.get("long"), list(counts._open)) == (1, ["long"])


@pytest.mark.parametrize(
    ("left", "mark"), [(-1, "overdue"), (0, "3"), (3, "3"), (4, "7"), (7, "7"), (8, "")]
)
def test_a_reminder_is_of_the_nearest_day_that_has_come(left: int, mark: str) -> None:
    reminders: Any = SimpleNamespace(days=(7, 3))
    found = list(Reminders._news(reminders, "t", [("c", DAY + left * ONE_DAY)], NOON))
    assert [one.key.rpartition(" ")[2] for one in found] == ([mark] if mark else [])
    assert [one.facts["days_left"] for one in found] == ([left] if mark else [])


def test_news_say_where_the_thing_is_read_and_what_is_public() -> None:
    facts = {"reason": "r", "secret": "s"}
    known = News("t", "certificate.revoked", "FP", NOON, "k", facts)
    assert known.data == {"id": "FP", "path": "/v1/certificates/FP", "reason": "r"}
    other = News("t", "odd.thing", "x", NOON, "k", {})
    assert other.data == {"id": "x"}


@pytest.mark.parametrize("key", ["", "x" * 256, "naïve", "a\tb"])
def test_a_key_of_a_request_is_short_and_can_be_printed(key: str) -> None:
    assert creation("t", None, []) is None
    for good in ("k", "x" * 255):
        made = creation("t", good, ["content"])
        assert made is not None
        assert (made.tenant, made.key) == ("t", good)
    with pytest.raises(ServiceRefused, match="1 to 255 printable"):
        creation("t", key, [])
