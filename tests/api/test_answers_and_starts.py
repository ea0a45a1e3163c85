"""What suppliers have done and what an answer says, and what a service says of itself as it starts:
each case both ways, without a server."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from openpyxl import load_workbook

from api import starting
from api.answering import link_answers, offers
from api.answering.campaign_model import CASCADE, CampaignSupplier
from api.answering.model import QUESTIONS
from api.answering.offers import Offers
from api.answering.sheet import answer_sheet
from api.faults import ServiceRefused
from api.services import answer_pack

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
NOTHING: Any = None


def _of(name: str, **said: Any) -> Any:
    """A property of a supplier of a campaign who has these values."""
    return getattr(CampaignSupplier, name).fget(SimpleNamespace(**said))


@pytest.mark.parametrize(
    ("steps", "taken", "following"),
    [
        ([], (), "inventory"),
        (["plan", "inventory"], ("inventory", "plan"), "target"),
        (["target"], ("target",), "inventory"),
        (
            list(reversed(CASCADE)),
            ("inventory", "target", "plan", "projects"),
            None,
        ),
        (["something of before"], (), "inventory"),
    ],
)
def test_the_next_step_is_the_first_that_was_not_taken(
    steps: list[str], taken: tuple[str, ...], following: str | None
) -> None:
    assert _of("taken", steps=json.dumps(steps)) == taken
    assert _of("next_step", taken=taken) == following


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Answer"), ("zh", "答复"), ("de", "Answer")]
)
def test_a_sheet_of_answers_is_in_the_language_that_was_asked_for(
    language: str, title: str
) -> None:
    case: Any = SimpleNamespace(buyer="Cars", product="Chair")
    given = {"kg": 2, "sent": True, "none": None, "parts": [{"name": "Leg"}, "Seat"], "empty": ""}
    facts: Any = {name: {} for name in QUESTIONS} | {"footprint": given}
    book = load_workbook(io.BytesIO(answer_sheet(case, facts, language)))
    assert book.sheetnames == [title]
    rows = [row[1:] for row in book[title].iter_rows(min_row=4, values_only=True)]
    assert rows == [("kg", 2), ("sent", "True"), ("parts.1.name", "Leg"), ("parts", "Seat")]


@pytest.mark.parametrize(("state", "opens"), [("working", True), ("answered", False), (None, True)])
def test_an_answer_is_open_as_its_locked_row_says(
    state: str | None, opens: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of two who send at once, the second one finds it answered."""
    supplier: Any = SimpleNamespace(id="s", state="working")
    found = link_answers.LinkView(NOTHING, supplier, {})
    locked = None if state is None else SimpleNamespace(id="s", state=state)
    monkeypatch.setattr(link_answers, "_found", lambda *_: found)
    monkeypatch.setattr(link_answers, "lock_supplier", lambda *_: locked)
    if opens:
        taken = link_answers.LinkAnswers._open(NOTHING, NOTHING, "secret")
        assert taken.supplier is (locked or supplier)
    else:
        with pytest.raises(ServiceRefused, match="answered already"):
            link_answers.LinkAnswers._open(NOTHING, NOTHING, "secret")


def test_a_footprint_that_is_offered_says_whether_it_is_the_least_and_fits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def kept(name: str, word: str, *ids: str) -> Any:
        return SimpleNamespace(
            id=name, created_at=NOON, document_hash=name,
            content={
                "product": {"name": name, "product_ids": list(ids)},
                "declared_unit": {"amount": 1.0, "unit": "piece"},
                "totals": {"excluding_biogenic_uptake_kg_co2e": 2.0},
                "completeness": {"word": word},
            },
        )  # fmt: skip

    found = [kept("Table", "complete"), kept("CHAIR", "at least"), kept("Seat", "about", "urn:x:1")]
    read: list[list[str]] = []

    def whole(_uow: object, _tenant: str, wanted: list[str]) -> dict[str, Any]:
        read.append(wanted)
        return {one.id: one for one in found if one.id in wanted}

    monkeypatch.setattr(offers, "list_footprints", lambda *_: found)
    monkeypatch.setattr(offers, "find_footprints", whole)
    case: Any = SimpleNamespace(products=("urn:x:1",), product=" chair")
    actor: Any = SimpleNamespace(tenant="t")
    database: Any = _Nothing()
    offered = Offers(database)
    for _ in range(2):  # a document is read once, however often a request is looked at
        told = [(one.id, one.least, one.fits) for one in offered.of_case(actor, case)]
        assert told == [("CHAIR", True, True), ("Seat", False, True), ("Table", False, False)]
    assert read == [["Table", "CHAIR", "Seat"]]


@pytest.mark.parametrize("state", ["issued", "suspended", "revoked", "expired", "draft"])
def test_an_answer_pack_has_the_certificates_that_are_in_force(
    state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_pack, "recalculated", lambda *_: (NOTHING, NOTHING))
    monkeypatch.setattr(answer_pack, "report_on", lambda *_, **__: b"report")
    monkeypatch.setattr(answer_pack, "pact_problems", lambda *_: ["no PACT file"])
    kept = [SimpleNamespace(number="N1")]
    monkeypatch.setattr(answer_pack, "certificates_of_footprint", lambda *_: kept)
    monkeypatch.setattr(answer_pack, "_letter", lambda *_, certified: [f"certified: {certified}"])
    monkeypatch.setattr(answer_pack, "_zipped", lambda files, _: files)
    standing = SimpleNamespace(certificate=kept[0], status=SimpleNamespace(state=state))
    register = SimpleNamespace(
        standings=lambda numbers: [standing for _ in numbers],
        file=lambda one, language: SimpleNamespace(pdf=f"{one.number} {language}".encode()),
    )
    service: Any = SimpleNamespace(inventory=None, database=_Nothing(), register=register)
    footprint = SimpleNamespace(id="f", created_at=NOON)
    actor, found = SimpleNamespace(tenant="t"), SimpleNamespace(footprint=footprint)
    files: Any = answer_pack.answer_pack(service, cast("Any", actor), cast("Any", found))
    certified = {name: data for name, data in files.items() if name.startswith("certificate-")}
    named = {f"certificate-N1-{one}.pdf": f"N1 {one}".encode() for one in ("en", "zh")}
    assert certified == (named if state == "issued" else {})
    assert files["read-me-en.txt"] == f"certified: {state == 'issued'}\r\n".encode()


def test_whoever_starts_a_service_reads_who_has_a_token(monkeypatch: pytest.MonkeyPatch) -> None:
    def token(person: str, roles: str, revoked: datetime | None = None) -> Any:
        return SimpleNamespace(person=person, roles=roles, revoked_at=revoked)

    found: list[Any] = []
    monkeypatch.setattr(starting, "all_tokens", lambda _uow: found)
    service: Any = SimpleNamespace(database=_Nothing())
    assert starting._people(service) == "nobody has an access token"
    found += [token("Mai", "maker"), token("Chen", "owner", NOON), token("Mai", "checker,maker")]
    assert starting._people(service) == "Mai (checker, maker)"
    found += [token("", "maker"), token("Ana", "approver"), token("", "maker", NOON)]
    says = "Ana (approver); Mai (checker, maker); 1 access tokens that name nobody"
    assert starting._people(service) == says


class _Nothing:
    """A database in which nothing is asked."""

    def reading(self) -> _Nothing:
        return self

    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None
