"""A supplier's own number for a line: his file, or the number as he told it."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.console.facts_view import mass_in
from api.console.forms import FormSent, Posted
from api.console.match import after_choice, behind, refused_line
from api.console.route import router
from api.console.shell import PersonVisit, SignedIn
from api.faults import STALE_DRAFT, ServiceRefused
from api.services.drafts import OpenDraft
from api.services.supplier_numbers import choose_supplier
from api.words import translated_problem
from footprint.faults import InputRefused
from footprint.supplier.typed import TypedNumber, typed_document
from footprint.values.product import DECLARED_UNITS, DeclaredUnitName
from label_templates.console_pages import console_words

pages = router()

DraftId = Annotated[str, Path(max_length=64)]
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,12})?")
_YEAR = re.compile(r"20\d\d")


class _NotUnderstood(Exception):
    """What was typed is not understood; `word` names the sentence that says so."""

    def __init__(self, word: str) -> None:
        self.word = word
        super().__init__(word)


@pages.post("/drafts/{draft_id}/supplier")
def take_supplier(visit: SignedIn, draft_id: DraftId, form: FormSent) -> Response:
    """Let a supplier's own number stand for a kind of line."""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    key = form.text("line")[:64]
    if form.number("revision") != opened.revision:
        return behind(visit, opened, key)
    mass = form.text("mass")
    try:
        kilograms = mass_in(mass) if mass else None
        if mass and kilograms is None:
            raise _NotUnderstood("mass_wrong")
        data = _document(visit, opened, key, form)
        chosen = choose_supplier(visit.service.drafts, visit.actor, opened, key, data, kilograms)
    except _NotUnderstood as wrong:
        return refused_line(visit, opened, key, console_words(visit.language).say(wrong.word))
    except ServiceRefused as refused:
        if refused.fault is STALE_DRAFT:
            return behind(visit, visit.service.drafts.get(visit.actor, draft_id), key)
        return refused_line(visit, opened, key, _said(visit, refused))
    except InputRefused as refused:
        return refused_line(visit, opened, key, _said(visit, refused))
    return after_choice(visit, chosen, key)


def _said(visit: PersonVisit, refused: InputRefused) -> str:
    problem = translated_problem(refused.problems[0], visit.language)
    space = console_words(visit.language)["space"]
    return f"{problem.message}{space}{problem.hint}".strip()


def _document(visit: PersonVisit, opened: OpenDraft, key: str, form: Posted) -> bytes:
    """The file that was sent, else the number that was typed, as a document."""
    _, data = form.files.get("file", ("", b""))
    if data:
        return data
    kg, year, unit = form.text("kg"), form.text("year"), _unit(form.text("unit"))
    if not _NUMBER.fullmatch(kg):
        raise _NotUnderstood("supplier_kg_wrong")
    if unit is None or not form.text("company"):
        raise _NotUnderstood("supplier_who")
    if year and not _YEAR.fullmatch(year):
        raise _NotUnderstood("supplier_year_wrong")
    line = visit.service.drafts.line_of(opened, key)
    day = visit.service.clock().date().isoformat()
    number = TypedNumber(
        form.text("company")[:200], line.name, unit, kg.replace(",", "."),
        int(year) if year else None, f"Typed by {visit.actor.identity} on {day}",
    )  # fmt: skip
    return typed_document(number)


def _unit(text: str) -> DeclaredUnitName | None:
    return next((one for one in DECLARED_UNITS if one == text), None)
