"""Pages for strangers: the register, and the check of a file that somebody holds."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from fastapi.responses import RedirectResponse, Response

from api.answers import listed_answers
from api.console.forms import FormSent
from api.console.route import router
from api.console.shell import AnyVisit, Same, Visit
from api.life_schemas import RegisterEntry
from api.paging import cursor_at, place_after
from api.store.register_search import Search, SearchState
from footprint.analysis.export import safe_text
from footprint.certificates import faults
from footprint.certificates.number import parse_certificate_number, right_number
from footprint.certificates.report import VerificationReport
from footprint.certificates.view import view_from_document
from footprint.faults import InputRefused
from label_templates.content.phrases import certified_amount, listed_amount, per, per_declared
from label_templates.words import Language, words

pages = router()

#: Certificates on a page.
_PAGE = 25
_STATES: tuple[SearchState, ...] = get_args(SearchState)
#: Failed checks by which a file is of another issuer, or no certificate at all.
_FOREIGN = frozenset((faults.UNKNOWN_KEY.code, faults.ISSUER.code))
_NONE = frozenset((faults.FILE_UNREADABLE.code, faults.TOKEN_UNREADABLE.code))


@pages.get("/verify")
def ask_file(visit: AnyVisit) -> Response:
    """Is this certificate genuine? A number leads to its page."""
    number = visit.request.query_params.get("number", "").strip()[:200]
    values = dict.fromkeys(("sentence", "mistyped", "file", "amount", "per"), "") | {
        "number": number
    }
    shown: dict[str, object] = {"certified": None, "report": None}
    if number:
        try:
            return RedirectResponse(
                f"/verify/{parse_certificate_number(_last(number))}?lang={visit.reader}", 303
            )
        except InputRefused:
            values["mistyped"] = right_number(_last(number)) or "-"
    same = Same("footprint verify FILE --keys did.json", "POST /v1/verify", "/.well-known/did.json")
    return visit.show("verify.html.j2", values | shown, same=same)


@pages.post("/verify")
def check_file(visit: AnyVisit, form: FormSent) -> Response:
    """Check a file. It is read, answered, and kept nowhere."""
    name, data = form.files.get("file", ("", b""))
    report = visit.service.register.verify_file(data, name or "nothing")
    document = report.view_document
    certified = None if document is None else view_from_document(document)
    said = words(visit.reader)
    values = {
        "certified": certified,
        "amount": "" if certified is None else certified_amount(certified, said),
        "per": "" if certified is None else per(certified, said),
        "report": report,
        "sentence": sentence_for(report),
        "number": report.number,
        "mistyped": "",
        "file": name,
    }
    same = Same("footprint verify FILE --keys did.json", "POST /v1/verify", "/.well-known/did.json")
    return visit.show("verify.html.j2", values, same=same)


def sentence_for(report: VerificationReport) -> str:
    """Which sentence says what was found: a verdict, or why there is none."""
    codes = set(report.codes)
    if report.verdict != "invalid":
        return report.verdict
    if codes & _NONE:
        return "no_certificate"
    if codes & _FOREIGN:
        return "foreign"
    return "changed"


@dataclass(frozen=True, slots=True)
class Facet:
    """A link that narrows the list: what it is called, how many there are, whether it is chosen."""

    code: str
    count: int
    href: str
    chosen: bool


@pages.get("/register")
def show_register(visit: AnyVisit) -> Response:
    """Which certificates are there? In force first; the others are counted and one click away."""
    asked = visit.request.query_params
    typed = asked.get("q", "").strip()[:100]
    exact = _number(typed)
    if exact:
        wanted = Search(number=exact)
    else:
        state = asked.get("state", "issued")
        known = state if state in _STATES else None
        wanted = Search(
            product=typed,
            scheme=asked.get("scheme", "")[:64],
            tier=asked.get("tier", "")[:32],
            state=known,
        )
    found, following = _found(visit, wanted, asked.get("cursor"))
    counts = visit.service.register.counts(wanted)
    values = {
        "typed": typed,
        "found": found,
        "figures": {one.number: _figure(one, visit.reader) for one in found},
        "schemes": visit.service.rules.schemes,
        "next": _link(visit, cursor=following) if following else "",
        "states": [
            Facet(
                one, counts.get(one, 0), _link(visit, state=one, cursor=None), wanted.state == one
            )
            for one in _STATES
        ],
        "all": _link(visit, state="all", cursor=None),
        "everything": wanted.state is None,
        "others": sum(counts.get(one, 0) for one in _STATES if one != wanted.state),
        "mistyped": right_number(typed) if not exact else "",
    }
    narrowed = urlencode(asked.multi_items())
    file = f"/register.json?{narrowed}" if narrowed else "/register.json"
    return visit.show("register.html.j2", values, same=Same("", "GET /v1/register", file))


@pages.get("/register.json")
@pages.get("/register.csv")
def register_rows(visit: AnyVisit) -> Response:
    """The rows of the page as JSON or CSV."""
    asked = visit.request.query_params
    typed, state = asked.get("q", "").strip()[:100], asked.get("state", "issued")
    exact = _number(typed)
    known = state if state in _STATES else None
    wanted = Search(number=exact) if exact else Search(
        product=typed, scheme=asked.get("scheme", "")[:64], tier=asked.get("tier", "")[:32],
        state=known,
    )  # fmt: skip
    found, _ = _found(visit, wanted, asked.get("cursor"))
    rows = [one.model_dump(mode="json") for one in found]
    if visit.request.url.path.endswith(".csv"):
        return Response(_table(rows), media_type="text/csv; charset=utf-8")
    return Response(json.dumps(rows, ensure_ascii=False), media_type="application/json")


def _figure(one: RegisterEntry, reader: Language) -> tuple[str, str]:
    """What is certified, and per what; at least, where it is not all counted."""
    said = words(reader)
    if one.state == "invalid":
        return "", ""  # what a changed row says is not shown as certified
    amount = listed_amount(one.shown_amount, one.shown_unit, said, partial=one.partial)
    return amount, per_declared(one.boundary, one.declared_amount, one.declared_unit, said)


def _table(rows: list[dict[str, object]]) -> bytes:
    """Rows as CSV, of which no spreadsheet runs a cell."""
    text = io.StringIO(newline="")
    names = list(rows[0]) if rows else ["number"]
    cells = [[_cell(one[name]) for name in names] for one in rows]
    csv.writer(text).writerows([names, *([safe_text(cell) for cell in row] for row in cells)])
    return text.getvalue().encode("utf-8-sig")


def _cell(value: object) -> str:
    """A value as a table has it: lists in one cell, true and false as JSON says them."""
    if isinstance(value, list):
        return "; ".join(map(_cell, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _number(typed: str) -> str:
    """The number in canonical form, if one was typed in full."""
    try:
        return parse_certificate_number(_last(typed))
    except InputRefused:
        return ""


def _last(typed: str) -> str:
    """The number at the end of an address of a certificate's page, as a QR code gives it; else what
    was typed."""
    _, found, end = typed.partition("/verify/")
    return end.partition("?")[0].partition("#")[0].strip("/") if found else typed


def _found(visit: Visit, wanted: Search, cursor: str | None) -> tuple[list[RegisterEntry], str]:
    after = place_after(cursor)
    rows = visit.service.register.search(wanted, _PAGE + 1, after)
    shown = rows[:_PAGE]
    more = len(rows) > _PAGE
    following = cursor_at(shown[-1].issued_at, shown[-1].number) if more else ""
    return listed_answers(visit.service, shown), following


def _link(visit: Visit, **changes: str | None) -> str:
    """This page with other filters: the address is the state."""
    asked = dict(visit.request.query_params.multi_items()) | changes
    return "/register?" + urlencode({key: value for key, value in asked.items() if value})
