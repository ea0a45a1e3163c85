"""Pages of buyers' requests: who wants what by when, and the four questions with their answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import Path
from fastapi.responses import Response

from api.answering.cases import CaseChange, CaseOrder
from api.answering.evidence import NEEDED, OPTIONAL, EvidenceOrder
from api.answering.model import (
    QUESTIONS,
    Case,
    CaseAnswer,
    CaseState,
    CompanyEvidence,
    Pack,
    Question,
)
from api.answering.offers import FootprintOffer, offers_for
from api.console.figures import three
from api.console.forms import FormSent, Posted
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import INVALID
from api.paging import cursor_at, place_after
from label_templates.console_pages import console_words

pages = router()

CaseId = Annotated[str, Path(max_length=64)]
_PAGE = 25
_STATES: tuple[CaseState, ...] = get_args(CaseState)
_OUTCOMES = ("accepted", "sent-back", "declined")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list, with the days that are left and who works on it."""

    case: Case
    left: int
    worker: str


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A footprint that may be chosen."""

    id: str
    name: str
    kg: str
    per: str
    day: str
    fits: bool


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece of evidence that may be chosen; `over` says that its time has ended."""

    id: str
    title: str
    says: str
    until: str
    over: bool


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with its answer: what it is answered with, and what may be chosen."""

    question: Question
    answer: CaseAnswer
    called: Sequence[str]
    pieces: Sequence[PieceRow]
    suggested: str


@dataclass(frozen=True, slots=True)
class PackRow:
    """A pack as it is shown: exactly the files that the buyer gets."""

    id: str
    made: str
    by: str
    sent: str
    how: str
    files: Sequence[str]


@pages.get("/requests")
def show_requests(visit: SignedIn) -> Response:
    """Who wants what by when?"""
    asked = visit.request.query_params
    given = asked.get("state", "")
    state = given if given in _STATES else None
    cases = visit.service.desk.cases
    rows = cases.listed(visit.actor, state, _PAGE + 1, place_after(asked.get("cursor")))
    counts = cases.counts(visit.actor)
    following = ""
    if len(rows) > _PAGE:
        last = rows[_PAGE - 1]
        more = {"state": state or "", "cursor": cursor_at(last.came_at, last.id)}
        following = "/requests?" + urlencode({k: v for k, v in more.items() if v})
    values = {
        "found": _case_rows(visit, rows[:_PAGE]),
        "states": [(one, counts.get(one, 0)) for one in _STATES],
        "state": state or "",
        "all": sum(counts.values()),
        "next": following,
        "address": visit.service.settings.base_url,
    }
    same = Same("footprint requests list", "GET /v1/requests")
    return visit.show("requests.html.j2", values, same=same)


def _case_rows(visit: PersonVisit, cases: Sequence[Case]) -> list[CaseRow]:
    """The rows of a list; of a program that works on one, what its token is called."""
    by_token = any(one.worker.startswith("token:") for one in cases)
    names = visit.service.log.names(visit.actor) if by_token else {}
    return [CaseRow(one, _left(visit, one), names.get(one.worker, one.worker)) for one in cases]


@pages.post("/requests")
def take_request(visit: SignedIn, form: FormSent) -> Response:
    """Take in a request that was typed in or came as a file."""
    name, data = form.files.get("file", ("", b""))
    order = CaseOrder(
        buyer=form.text("buyer"),
        product=form.text("product"),
        due=day_of(form.text("due")),
        note=form.text("note"),
        file=name,
        data=data,
    )
    made, _ = visit.service.desk.cases.add(visit.actor, order)
    return visit.go(f"/requests/{made.id}")


@pages.get("/requests/{case_id}")
def show_request(visit: SignedIn, case_id: CaseId) -> Response:
    """What does he want, and what do we answer?"""
    desk, actor = visit.service.desk, visit.actor
    case = desk.cases.get(actor, case_id)
    offers = offers_for(visit.service.database, actor, case)
    pieces = desk.evidence.listed(actor)
    words = console_words(visit.language)
    still = [
        words.word("questions", name) for name in QUESTIONS if case.questions[name].state == "open"
    ]
    values = {
        "case": case,
        "left": _left(visit, case),
        "rows": [_question(visit, case, name, offers, pieces) for name in QUESTIONS],
        "offers": [_offer(one, words) for one in offers],
        "needed": NEEDED,
        "optional": OPTIONAL,
        "still": words["list_comma"].join(still),
        "packs": [_pack(one) for one in desk.packs.of_case(case)],
    }
    same = Same(f"footprint requests show {case.id}", f"GET /v1/requests/{case.id}")
    return visit.show("request.html.j2", values, same=same)


@pages.post("/requests/{case_id}")
def work_on_request(visit: SignedIn, case_id: CaseId, form: FormSent) -> Response:
    """Who works on it and until when, or the answer to one question."""
    question = form.text("question")
    if not question:
        change = CaseChange(form.text("worker"), day_of(form.text("due")))
    elif question in QUESTIONS and form.text("do") in ("open", "answered", "declined"):
        change = CaseChange(answers={question: _answer(form)})
    else:
        raise INVALID.refuse("The form cannot be read.")
    visit.service.desk.cases.change(visit.actor, case_id, form.number("revision"), change)
    return visit.go(f"/requests/{case_id}" + (f"#q-{question}" if question else ""))


@pages.post("/requests/{case_id}/evidence")
def keep_piece(visit: SignedIn, case_id: CaseId, form: FormSent) -> Response:
    """Keep a new piece of evidence; it can be chosen for every request."""
    kind = form.text("kind")
    if kind not in NEEDED:
        raise INVALID.refuse("The form cannot be read.")
    name, data = form.files.get("file", ("", b""))
    facts = {
        field.removeprefix("fact-"): text
        for field, text in form.texts.items()
        if field.startswith("fact-")
    }
    until = day_of(form.text("valid_until"))
    order = EvidenceOrder(kind, form.text("title"), facts, until, name, data)
    visit.service.desk.evidence.keep(visit.actor, order)
    return visit.go(f"/requests/{case_id}#q-{kind}")


@pages.post("/requests/{case_id}/packs")
def make_pack(visit: SignedIn, case_id: CaseId, form: FormSent) -> Response:
    """Make the pack."""
    language = "zh" if form.text("language") == "zh" else "en"
    visit.service.desk.packs.make(visit.actor, case_id, language)  # type: ignore[arg-type]
    return visit.go(f"/requests/{case_id}#pack")


@pages.get("/requests/{case_id}/packs/{pack_id}")
def download_pack(visit: SignedIn, case_id: CaseId, pack_id: CaseId) -> Response:
    """The pack as a file."""
    found = visit.service.desk.packs.get(visit.actor, case_id, pack_id)
    headers = visit.headers() | {
        "Content-Disposition": f'attachment; filename="answer-{found.id[:8]}.zip"'
    }
    return Response(found.data, media_type="application/zip", headers=headers)


@pages.post("/requests/{case_id}/packs/{pack_id}")
def mark_pack(visit: SignedIn, case_id: CaseId, pack_id: CaseId, form: FormSent) -> Response:
    """It was sent."""
    visit.service.desk.packs.sent(visit.actor, case_id, pack_id, form.text("how"))
    return visit.go(f"/requests/{case_id}#pack")


@pages.post("/requests/{case_id}/outcome")
def end_request(visit: SignedIn, case_id: CaseId, form: FormSent) -> Response:
    """What became of it."""
    outcome = form.text("outcome")
    if outcome not in _OUTCOMES:
        raise INVALID.refuse("The form cannot be read.")
    visit.service.desk.cases.close(visit.actor, case_id, outcome, form.text("words"))  # type: ignore[arg-type]
    return visit.go(f"/requests/{case_id}")


def day_of(text: str) -> date | None:
    """The day in a field of a form; None for an empty one. Raises ServiceRefused API-002."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise INVALID.refuse("The form cannot be used: this is no day.") from None


def _left(visit: PersonVisit, case: Case) -> int:
    return 0 if case.due is None else (case.due - visit.service.clock().date()).days


def _answer(form: Posted) -> CaseAnswer:
    state = form.text("do")
    if state == "open":
        return CaseAnswer()
    if state == "declined":
        return CaseAnswer(state="declined", words=form.text("words"))
    chosen = [text for name, text in form.texts.items() if name.startswith("evidence-")]
    against = form.text("against")
    # A suggested footprint is no evidence of a measure without the one it is held against.
    footprint = form.text("footprint") if form.text("question") != "measures" or against else ""
    if form.text("question") == "clean-energy" and chosen:
        footprint = ""
    return CaseAnswer("answered", footprint, against, tuple(chosen), form.text("words"))


def _question(
    visit: PersonVisit,
    case: Case,
    question: Question,
    offers: Sequence[FootprintOffer],
    pieces: Sequence[CompanyEvidence],
) -> QuestionRow:
    answer, words = case.questions[question], console_words(visit.language)
    today = visit.service.clock().date()
    known = {one.id: one.title for one in pieces}
    named = {one.id: f"{words.pick(one.name, one.name_zh)}, {three(one.kg)} kg" for one in offers}
    used = [named.get(one, one) for one in (answer.footprint, answer.against) if one]
    return QuestionRow(
        question=question,
        answer=answer,
        called=[*used, *(known.get(one, one) for one in answer.evidence)],
        pieces=[_piece(one, today, words) for one in pieces if one.kind == question],
        suggested=next((one.id for one in offers if one.fits), ""),
    )


def _piece(piece: CompanyEvidence, today: date, words: Any) -> PieceRow:
    facts: Mapping[str, str] = json.loads(piece.facts)
    said = [f"{words.word('evidence_facts', name)} {value}" for name, value in facts.items()]
    until = piece.valid_until
    return PieceRow(
        piece.id,
        piece.title,
        words["list_comma"].join(said),
        "" if until is None else until.isoformat(),
        until is not None and until < today,
    )


def _offer(offer: FootprintOffer, words: Any) -> OfferRow:
    day, name = offer.made_at.date().isoformat(), words.pick(offer.name, offer.name_zh)
    per = f"{offer.amount} {words.word('units', offer.unit)}"
    return OfferRow(offer.id, name, three(offer.kg), per, day, offer.fits)


def _pack(pack: Pack) -> PackRow:
    return PackRow(
        pack.id,
        pack.made_at.date().isoformat(),
        pack.made_by,
        "" if pack.sent_at is None else pack.sent_at.date().isoformat(),
        pack.sent_how,
        ["answer.json", *json.loads(pack.manifest)["files"]],
    )
