"""Pages of buyers' requests: who wants what by when, and the four questions with their answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, get_args
from urllib.parse import quote, urlencode

from fastapi import Path
from fastapi.responses import Response

from api.answering.cases import CaseChange, CaseOrder
from api.answering.evidence import NEEDED, OPTIONAL, EvidenceOrder
from api.answering.model import (
    QUESTIONS,
    CaseAnswer,
    CaseState,
)
from api.console.form_faults import NOTHING, in_fields, mendable
from api.console.forms import FormSent, Posted
from api.console.requests_view import (
    case_rows,
    days_left,
    names_of,
    note_lines,
    offer_row,
    pack_row,
    question_row,
)
from api.console.route import router
from api.console.shell import PersonVisit, Same, SignedIn
from api.faults import INVALID, ServiceRefused
from api.paging import cursor_at, place_after
from footprint.faults import InputRefused, Where
from label_templates.console_pages import console_words

pages = router()

CaseId = Annotated[str, Path(max_length=64)]
_PAGE = 25
_STATES: tuple[CaseState, ...] = get_args(CaseState)
_OUTCOMES = ("accepted", "sent-back", "declined")
#: What the fields of these forms are called: by a sentence of the page.
_FIELDS = {
    "buyer": "request_buyer",
    "product": "request_product",
    "due": "request_due",
    "note": "request_note",
    "file": "request_file",
    "title": "request_title_of",
    "valid_until": "request_valid",
}


@pages.get("/requests")
def show_requests(visit: SignedIn) -> Response:
    """Who wants what by when?"""
    return _list(visit)


def _list(
    visit: PersonVisit, refused: InputRefused | None = None, typed: Mapping[str, str] = NOTHING
) -> Response:
    """The list with its form; refused, with what was typed and what is wrong with it."""
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
        "found": case_rows(visit, rows[:_PAGE]),
        "states": [(one, counts.get(one, 0)) for one in _STATES],
        "state": state or "",
        "all": sum(counts.values()),
        "next": following,
        "address": visit.service.settings.base_url,
        "problems": in_fields(visit, refused, _FIELDS),
        "typed": typed,
    }
    same = Same("footprint requests list", "GET /v1/requests")
    return visit.show("requests.html.j2", values, status=422 if refused else 200, same=same)


@pages.post("/requests")
def take_request(visit: SignedIn, form: FormSent) -> Response:
    """Take in a request that was typed in or came as a file."""
    name, data = form.files.get("file", ("", b""))
    try:
        order = CaseOrder(
            buyer=form.text("buyer"),
            product=form.text("product"),
            due=day_of(form, "due"),
            note=form.text("note"),
            file=name,
            data=data,
        )
        made, _ = visit.service.desk.cases.add(visit.actor, order)
    except InputRefused as refused:
        return _list(visit, mendable(refused), form.texts)
    return visit.go(f"/requests/{made.id}")


@pages.get("/requests/{case_id}")
def show_request(visit: SignedIn, case_id: CaseId) -> Response:
    """What does he want, and what do we answer?"""
    return _one(visit, case_id)


def _one(
    visit: PersonVisit,
    case_id: str,
    refused: InputRefused | None = None,
    typed: Mapping[str, str] = NOTHING,
) -> Response:
    """A request with its forms; where evidence was refused, with what was typed of it."""
    desk, actor = visit.service.desk, visit.actor
    case = desk.cases.get(actor, case_id)
    shown = [kind for kind in QUESTIONS if case.is_open and case.questions[kind].state == "open"]
    if refused is not None and typed.get("kind") not in shown:
        raise refused
    offers = desk.offers.of_case(actor, case)
    pieces = desk.evidence.listed(actor)
    words = console_words(visit.language)
    still = [
        words.word("questions", name) for name in QUESTIONS if case.questions[name].state == "open"
    ]
    packs = desk.packs.of_case(case)
    names = names_of(visit, [case.worker, *(one.made_by for one in packs)])
    values = {
        "case": case,
        "worker": names.get(case.worker, case.worker),
        "note": note_lines(case, visit.language),
        "left": days_left(visit, case),
        "rows": [question_row(visit, case, name, offers, pieces) for name in QUESTIONS],
        "offers": [offer_row(one, words) for one in offers],
        "needed": NEEDED,
        "optional": OPTIONAL,
        "still": words["list_comma"].join(still),
        "packs": [pack_row(one, names) for one in packs],
        "problems": in_fields(visit, refused, _FIELDS),
        "typed": typed,
    }
    same = Same(f"footprint requests show {case.id}", f"GET /v1/requests/{case.id}")
    return visit.show("request.html.j2", values, status=422 if refused else 200, same=same)


@pages.post("/requests/{case_id}")
def work_on_request(visit: SignedIn, case_id: CaseId, form: FormSent) -> Response:
    """Who works on it and until when, or the answer to one question."""
    question = form.text("question")
    if not question:
        change = CaseChange(form.text("worker"), day_of(form, "due"))
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
    try:
        until = day_of(form, "valid_until")
        order = EvidenceOrder(kind, form.text("title"), facts, until, name, data)
        visit.service.desk.evidence.keep(visit.actor, order)
    except InputRefused as refused:
        return _one(visit, case_id, mendable(refused), form.texts)
    return visit.go(f"/requests/{case_id}#q-{kind}")


@pages.post("/requests/{case_id}/packs")
def make_pack(visit: SignedIn, case_id: CaseId, form: FormSent) -> Response:
    """Make the pack."""
    language = "zh" if form.text("language") == "zh" else "en"
    visit.service.desk.packs.make(visit.actor, case_id, language)  # type: ignore[arg-type]
    return visit.go(f"/requests/{case_id}#pack")


@pages.get("/requests/{case_id}/files/asked")
def download_questionnaire(visit: SignedIn, case_id: CaseId) -> Response:
    """The buyer's questionnaire, as it was sent in."""
    cases = visit.service.desk.cases
    case = cases.get(visit.actor, case_id)
    named = f"attachment; filename*=UTF-8''{quote(case.file or 'request', safe='')}"
    headers = visit.headers() | {"Content-Disposition": named}
    return Response(cases.file_of(case), media_type="application/octet-stream", headers=headers)


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


def day_of(form: Posted, field: str) -> date | None:
    """The day in a field of a form; None for an empty one. Raises ServiceRefused API-002."""
    text = form.text(field)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise no_day(field) from None


def no_day(field: str) -> ServiceRefused:
    """The refusal of a day that is none."""
    hint = "Write it such as 2026-12-31."
    return INVALID.refuse("This is no day.", hint, where=Where(column=field))


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
