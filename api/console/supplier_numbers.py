"""A supplier's own number for a line: his file, or the number as he told it."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Path
from fastapi.responses import Response

from api.console.choosing import Unclear, weight_in
from api.console.forms import FormSent, Posted
from api.console.match import after_choice, behind, refused_line
from api.console.match_view import Slip, SlipField
from api.console.route import router
from api.console.shell import PersonVisit, SignedIn
from api.faults import STALE_DRAFT, ServiceRefused
from api.services.drafts import OpenDraft
from api.services.supplier_numbers import choose_supplier
from api.words import said_in_full
from footprint.faults import InputRefused
from footprint.supplier.typed import TypedNumber, typed_document
from footprint.values.product import DECLARED_UNITS, DeclaredUnitName

pages = router()

DraftId = Annotated[str, Path(max_length=64)]
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,12})?")
_LONG = re.compile(r"\d+(?:[.,]\d+)?")
_NEGATIVE = re.compile(r"[-−－]\s*\d+(?:[.,]\d+)?")
_YEAR = re.compile(r"20\d\d")


@pages.post("/drafts/{draft_id}/supplier")
def take_supplier(visit: SignedIn, draft_id: DraftId, form: FormSent) -> Response:
    """Let a supplier's own number stand for a kind of line."""
    opened = visit.service.drafts.get(visit.actor, draft_id)
    key = form.text("line")[:64]
    if form.number("revision") != opened.revision:
        return behind(visit, opened, key)
    at: SlipField = "file" if _file(form)[1] else "kg"
    try:
        kilograms = weight_in(form, "supplier-mass")
        data, called = _document(visit, opened, key, form)
        chosen = choose_supplier(
            visit.service.drafts, visit.actor, opened, key, data, kilograms, called
        )
    except Unclear as wrong:
        return refused_line(visit, opened, key, wrong.slip(visit.language, form))
    except ServiceRefused as refused:
        if refused.fault is STALE_DRAFT:
            return behind(visit, visit.service.drafts.get(visit.actor, draft_id), key)
        return refused_line(visit, opened, key, Slip(_said(visit, refused), at, form.texts))
    except InputRefused as refused:
        return refused_line(visit, opened, key, Slip(_said(visit, refused), at, form.texts))
    return after_choice(visit, chosen, key)


def _said(visit: PersonVisit, refused: InputRefused) -> str:
    return said_in_full(refused.problems[0], visit.language)


def _file(form: Posted) -> tuple[str, bytes]:
    return form.files.get("file", ("", b""))


def _document(visit: PersonVisit, opened: OpenDraft, key: str, form: Posted) -> tuple[bytes, str]:
    """The file that was sent, else the number that was typed, as a document; and what people call
    it: the name of the file, or of the supplier. Raises Unclear."""
    name, data = _file(form)
    if data:
        return data, name
    kg, year, unit = form.text("kg"), form.text("year"), _unit(form.text("unit"))
    company = form.text("company")[:200]
    if not _NUMBER.fullmatch(kg):
        raise Unclear(_wrong_number(kg), "kg", kg)
    if unit is None:
        raise Unclear("supplier_kg_wrong", "kg")
    if not company:
        raise Unclear("supplier_who", "company")
    if year and not _YEAR.fullmatch(year):
        raise Unclear("supplier_year_wrong", "year")
    if year and int(year) > visit.service.clock().year:
        raise Unclear("year_ahead", "year", year)
    line = visit.service.drafts.line_of(opened, key)
    day = visit.service.clock().date().isoformat()
    number = TypedNumber(
        company, line.name, unit, kg.replace(",", "."),
        int(year) if year else None, f"Typed by {visit.actor.identity} on {day}",
    )  # fmt: skip
    return typed_document(number), company


def _wrong_number(kg: str) -> str:
    """The word for what is wrong with a number that cannot be used."""
    if not kg:
        return "supplier_kg_wrong"
    if _NEGATIVE.fullmatch(kg):
        return "supplier_kg_negative"
    return "supplier_kg_long" if _LONG.fullmatch(kg) else "supplier_kg_letters"


def _unit(text: str) -> DeclaredUnitName | None:
    return next((one for one in DECLARED_UNITS if one == text), None)
