"""Single decisions of the service at their edges, without a server: each branch both ways."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from databases import empty_database
from limits.storage import MemoryStorage

from api.answering.campaign_model import GivenAnswer
from api.answering.link_answers import _document, _from_document
from api.console.audit_pages import sequence_of
from api.console.campaigns import answer_words
from api.console.certificates_view import _SOON, certificate_rows
from api.console.columns_view import _in_words
from api.console.improve_view import change_of, share_of, signed
from api.console.match_view import line_view
from api.faults import ServiceRefused
from api.paging import cursor_at
from api.partners.errors import PactRefused
from api.partners.model import Partner
from api.partners.outbox import GIVEN_UP_AFTER, came_to, next_attempt
from api.partners.rows import add_partner, partner_by_client, partner_by_secret
from api.rates import AddressRates, rates
from api.routes.pact import asked_place
from api.services.catalogues import FILES, Catalogues
from api.services.order_checks import MOST_MONTHS, months_of
from api.services.verdicts import Standing
from api.store.certificates import StoredCertificate, own_certificates
from api.store.database import Database
from bench.register import TODAY, fill, rows
from footprint.certificates.register import RegisterStatus
from footprint.certificates.report import VerificationReport
from footprint.drafts.work import LineKind
from footprint.faults import InputRefused, Problem
from footprint.rules import RuleBook
from footprint.values.line import Line
from label_templates.console_pages import console_words

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with empty_database("sqlite", tmp_path_factory.mktemp("decisions")) as found:
        fill(found, iter(rows(60, seed=3, width=20)))
        yield found


# Pages ------------------------------------------------------------------------------------------


def _kind(**said: Any) -> LineKind:
    line = Line(row=2, id="1", name="Screw", quantity=1, unit="piece", **said)
    return LineKind("k", line, (2,), 1.0, None, None, "open")


def test_a_line_shows_what_it_says_beside_its_name_once() -> None:
    said = {"material": "Screw", "specification": "M4", "note": "M4", "category": "steel"}
    assert line_view(_kind(**said), (), 0.0).detail == "M4 · steel"
    assert line_view(_kind(), (), 0.0).detail == ""


@pytest.mark.parametrize(
    ("kg", "says", "share"),
    [(2.0, "+2.00", "+20 %"), (-2.0, "−2.00", "−20 %"), (0.0, "±0", "±0 %")],
)
def test_a_difference_has_its_sign(kg: float, says: str, share: str) -> None:
    assert signed(kg) == says
    assert share_of(kg, 10.0) == share
    assert share_of(kg, 0.0) == ""


@pytest.mark.parametrize(
    ("text", "change", "says"),
    [
        ("grid:VN", "grid", {"to": "VN"}),
        ("lighter:3:25", "quantity", {"factor": 0.75}),
        ("supplier:3:1,5:Steel Ltd", "supplier", {"kg": 1.5, "company": "Steel Ltd"}),
        ("recycled:3:40:steel-r", "recycled_content", {"share": 0.4, "dataset": "steel-r"}),
    ],
)
def test_a_change_is_read_as_its_kind(text: str, change: str, says: dict[str, Any]) -> None:
    found = change_of(text)
    assert found.change == change
    assert {name: getattr(found, name) for name in says} == says


@pytest.mark.parametrize(
    "text", ["", "grid", "lighter:x:5", "lighter:3", "supplier:3:1", "other:3:40:x"]
)
def test_what_is_no_change_is_refused(text: str) -> None:
    with pytest.raises(InputRefused):
        change_of(text)


def _answer(**more: Any) -> GivenAnswer:
    made = GivenAnswer(
        supplier="", product=0, kind="pact", file="f", document="", kg=1.5, unit="piece",
        measured=None, complete=True, findings="[]", given_at=NOON,
    )  # fmt: skip
    return dataclasses.replace(made, **more)


@pytest.mark.parametrize(
    ("field", "choice", "says"),
    [
        ("base", "1", "for one product"),
        ("base", "12", "for 12 products"),
        ("sheet", "12", "12"),
        ("variant", "comma", "comma"),
        ("decimal", "comma", console_words("en").word("answers", "comma")),
        ("unit", "kg", console_words("en").word("line_units", "kg")),
    ],
)
def test_a_choice_is_shown_in_words_and_a_name_as_it_is(field: str, choice: str, says: str) -> None:
    assert _in_words(field, choice, "en") == (choice, says)


@pytest.mark.parametrize(
    ("offset", "place"),
    [
        ("12.3", (12, 3)),
        (f"{2**63 - 1}.{2**63 - 1}", (2**63 - 1, 2**63 - 1)),  # as long as an offset can be: 39
        (f"0{2**63 - 1}.{2**63 - 1}", None),
        (f"{2**63}.1", None),
        ("12", None),
        ("12.", None),
        ("１２.3", None),
    ],
)
def test_an_offset_is_one_that_was_given(offset: str, place: tuple[int, int] | None) -> None:
    if place is None:
        with pytest.raises(PactRefused):
            asked_place(offset)
    else:
        found = asked_place(offset)
        assert (found.group, found.number) == place


@pytest.mark.parametrize(
    ("kind", "state", "says"),
    [
        ("catalogue", "waiting", "The job is waiting"),
        ("catalogue", "done", "The job is without files"),
        ("footprint", "done", "The job is without files"),
    ],
)
def test_a_job_without_its_table_says_what_it_is(
    kind: str, state: str, says: str, tmp_path: Path
) -> None:
    jobs: Any = SimpleNamespace(
        get=lambda actor, job: SimpleNamespace(id=job, kind=kind, state=state)
    )
    with pytest.raises(ServiceRefused, match=says):
        Catalogues(jobs, tmp_path, bytes).file(cast(Any, None), "j1", next(iter(FILES)))
    (tmp_path / "j2").mkdir()
    (tmp_path / "j2" / next(iter(FILES.values()))).write_bytes(b"x")
    if (kind, state) == ("catalogue", "done"):
        found = Catalogues(jobs, tmp_path, bytes).file(cast(Any, None), "j2", next(iter(FILES)))
        assert found.read_bytes() == b"x"


def test_an_answer_in_a_line_says_what_is_known_of_it() -> None:
    words = console_words("en")
    assert answer_words(words, None) == answer_words(words, _answer(kg=None)) == ""
    whole = answer_words(words, _answer())
    assert "1.50" in whole
    measured = answer_words(words, _answer(measured=40.0))
    assert measured.startswith(whole)
    assert "40" in measured.removeprefix(whole)
    partial = answer_words(words, _answer(complete=False))
    assert partial == "PACT document, at least 1.50 kg CO2e per piece, not complete"
    of_mass = answer_words(words, _answer(complete=False, kind="certificate"))
    assert of_mass.endswith("not complete: the certificate says so itself")
    document = json.dumps({"completeness": {"word": "at least", "lacks": ["gaps", "screening"]}})
    here = _answer(complete=False, kind="calculated", document=document)
    why = "not complete: lines that are left out, estimates by material"
    assert answer_words(words, here).endswith(why)
    kept_before = answer_words(words, dataclasses.replace(here, document="{}"))
    assert kept_before.endswith("not complete")


@pytest.mark.parametrize(
    ("state", "left", "days", "soon"),
    [
        ("issued", _SOON + 1, _SOON + 1, False),
        ("issued", _SOON, _SOON, True),
        ("suspended", _SOON, _SOON, False),
        ("draft", 5, 5, False),
        ("expired", -1, 0, False),
        ("revoked", 5, 0, False),
    ],
)
def test_only_what_is_in_force_asks_to_be_renewed(
    state: Any, left: int, days: int, soon: bool
) -> None:
    said: dict[str, Any] = dict.fromkeys(
        (f.name for f in dataclasses.fields(StoredCertificate)), ""
    )
    said |= {"valid_until": TODAY + timedelta(days=left), "surveillance_due": None}
    said |= {"product": "Chair", "view": '{"product_name_zh": "椅子"}', "scheme": "of-before"}
    standing = Standing(
        StoredCertificate(**said),
        VerificationReport("valid", ()),
        RegisterStatus(state, NOON),
        (),
        "",
    )
    for language, name in (("en", "Chair"), ("zh", "椅子")):
        rules = cast("RuleBook", SimpleNamespace(schemes={}))
        (row,) = certificate_rows([standing], rules, TODAY, cast("Any", language))
        assert (row.days, row.soon, row.product, row.scheme) == (days, soon, name, "of-before")


# Requests ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ({"pcf": {}, "id": "1"}, True),
        ({"data": {"pcf": {}, "id": "1"}}, True),
        ({"data": []}, False),
        ({"data": {"id": "1"}}, False),
        ([{"pcf": {}}], False),
        ("pcf", False),
    ],
)
def test_a_document_of_the_protocol_has_a_footprint_in_it(content: Any, found: bool) -> None:
    document = _document(json.dumps(content).encode())
    assert document == ({"pcf": {}, "id": "1"} if found else None)
    assert _document(b"no JSON") is None


def test_a_suppliers_file_is_kept_with_its_number_and_its_document() -> None:
    parts = {"fossil": 1.0, "land_use": 0.25, "biogenic_uptake": -5.0, "aircraft": 0.5}
    read: Any = SimpleNamespace(
        parts=parts, unit="piece", primary_data_share=40.0, lacking_share=0.0
    )
    text = json.dumps({"data": {"pcf": {}, "id": "1"}}).encode()
    kept = _from_document(read, "pact", "f.json", text, [])
    assert (kept.kg, kept.unit, kept.measured, kept.complete) == (1.25, "piece", 40.0, True)
    assert json.loads(kept.document) == {"pcf": {}, "id": "1"}
    read.lacking_share = 0.01
    assert not _from_document(read, "pact", "f.json", text, []).complete
    useless = _from_document(None, "pact", "f.pdf", b"no JSON", [Problem("SUP-001", "No.")])
    assert (useless.kg, useless.unit, useless.measured, useless.complete) == (None, "", None, False)
    assert useless.document == ""
    assert "SUP-001" in useless.findings


@pytest.mark.parametrize(("scheme", "most"), [(12, 12), (None, MOST_MONTHS)])
def test_a_term_is_at_most_what_the_scheme_sets(scheme: int | None, most: int) -> None:
    assert months_of(scheme, most) == most
    assert months_of(scheme, 1) == 1
    for months in (0, most + 1):
        with pytest.raises(ServiceRefused, match="was asked for"):
            months_of(scheme, months)
    if scheme is None:
        with pytest.raises(ServiceRefused, match="state no term"):
            months_of(None, None)
    else:
        assert months_of(scheme, None) == scheme


@dataclasses.dataclass
class _Tried:
    attempts: int
    created_at: datetime


def test_an_event_is_sent_until_its_time_is_over() -> None:
    event = _Tried(0, NOON)
    assert next_attempt(event, NOON) == NOON + timedelta(seconds=5)
    assert next_attempt(_Tried(3, NOON), NOON) == NOON + timedelta(seconds=40)
    assert next_attempt(_Tried(99, NOON), NOON) == NOON + timedelta(hours=1)
    last = NOON + GIVEN_UP_AFTER - timedelta(seconds=5)
    assert next_attempt(event, last) == NOON + GIVEN_UP_AFTER
    assert next_attempt(event, last + timedelta(seconds=1)) is None
    assert came_to(event, None, NOON) == ("sent", NOON, "")
    assert came_to(event, "no", NOON) == ("waiting", NOON + timedelta(seconds=5), "no")
    assert came_to(event, "no", NOON + GIVEN_UP_AFTER)[0] == "given-up"


@pytest.mark.parametrize(
    ("path", "counted"), [("/v1/schemes", True), ("/healthz", False), ("/readyz", False)]
)
def test_requests_of_an_address_are_counted(path: str, counted: bool) -> None:
    reached: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        reached.append(scope["path"])

    async def send(_: Any) -> None:
        return

    layer = AddressRates(app, rates("1/minute", MemoryStorage()))
    scope = {
        "type": "http", "path": path, "client": ("1.2.3.4", 1), "headers": [], "method": "GET",
        "query_string": b"", "root_path": "", "scheme": "http", "server": ("x", 80),
    }  # fmt: skip
    for _ in range(2):
        asyncio.run(layer(scope, None, send))  # type: ignore[arg-type]  # nothing is received
    assert len(reached) == (1 if counted else 2)


def test_a_cursor_of_the_log_is_the_number_of_an_entry() -> None:
    assert sequence_of(None) is None
    for number in ("7", "9" * 12):
        assert sequence_of(cursor_at(NOON, number)) == int(number)
    for wrong in ("9" * 13, "x", "-1", ""):
        with pytest.raises(ServiceRefused, match="cursor"):
            sequence_of(cursor_at(NOON, wrong))


# The store --------------------------------------------------------------------------------------


def test_partners_are_found_by_their_client_and_secret(database: Database) -> None:
    partner = Partner("p1", "t", "Steel", "client", "", "", "", NOON)
    with database.writing() as uow:
        add_partner(uow, partner, "hash")
    with database.reading() as uow:
        assert partner_by_client(uow, "client") == partner
        assert partner_by_secret(uow, "client", "hash", NOON) == partner
        for wrong in ("client\0", "other", ""):
            assert partner_by_client(uow, wrong) is None
            assert partner_by_secret(uow, wrong, "hash", NOON) is None
        assert partner_by_secret(uow, "client", "other", NOON) is None


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("limit", [1, 7])
def test_pages_of_certificates_show_each_once(database: Database, ended: bool, limit: int) -> None:
    with database.reading() as uow:
        whole = own_certificates(uow, "t", 1_000, TODAY, ended=ended)
        after: tuple[date, str] | None = None
        found: list[str] = []
        while page := own_certificates(uow, "t", limit, TODAY, after, ended=ended):
            found += [one.number for one in page]
            assert len(found) <= len(whole)
            after = page[-1].valid_until, page[-1].number
    assert found == [one.number for one in whole]
    days = [one.valid_until for one in whole]
    assert days == sorted(days, reverse=ended)
    assert len(set(days)) < len(days)  # several end on one day
