"""The page behind the code on a label: is this certificate genuine, and is it in force?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response

from api.faults import INVALID, OBJECTIONS_FULL, TOO_FAST, ServiceRefused
from api.headers import STRICT_CSP
from api.openapi import problems
from api.routes.certificates import Number
from api.routes.objections import raised_by_reader
from api.services.objections import ReaderSays
from api.services.register import readable
from api.services.service import Service
from api.services.verdicts import Standing
from api.wiring import FormLanguageAsked, ServiceNeeded
from footprint.certificates.lifecycle import ObjectionGround
from footprint.faults import InputRefused, Where
from label_templates.render import (
    Language,
    ObjectionForm,
    ObjectionSaid,
    broken_page,
    page_style_source,
    page_with_form,
    unknown_page,
)

#: Most characters of an objection and of a name: as many as the API takes.
_MOST_TEXT, _MOST_NAME = 2000, 200
#: Most characters that are shown again, to be shortened.
_MOST_SHOWN = 5000
_TOO_MANY = (TOO_FAST, OBJECTIONS_FULL)

router = APIRouter(tags=["Certificates"])


@router.get(
    "/verify/{number}",
    summary="The public page of a certificate",
    response_class=HTMLResponse,
    responses={
        200: {"description": "The page."},
        404: {"description": "A page that says that there is no such certificate here."},
        **problems(422),
    },
)
def show_certificate(service: ServiceNeeded, number: Number, lang: FormLanguageAsked) -> Response:
    """What people see who scan the code of a label: the certificate, its status now, and how to
    check it without trusting this page. HTML without scripts."""
    try:
        found = service.register.standing(number)
    except InputRefused as refused:
        return _unknown(number, lang, refused)
    return _page(
        service, found, lang, ObjectionForm(service.objections.tally(found.certificate.number))
    )


@router.post("/verify/{number}", include_in_schema=False)
def object_on_page(
    service: ServiceNeeded,
    number: Number,
    lang: FormLanguageAsked,
    request: Request,
    text: Annotated[str, Form()] = "",
    ground: Annotated[str, Form()] = "",
    name: Annotated[str, Form()] = "",
    contact: Annotated[str, Form()] = "",
) -> Response:
    """The form of the page: what came of it is said on the same page. Sent once more, it is the
    same objection."""
    try:
        found = service.register.standing(number)
    except InputRefused as refused:
        return _unknown(number, lang, refused)
    typed = {"text": text[:_MOST_SHOWN], "name": name[:200], "contact": contact[:200]}
    judged: ObjectionGround = "falsification" if ground == "falsification" else "other"
    said: ObjectionSaid = "object_done"
    status, headers = 200, {}
    try:
        if len(text) > _MOST_TEXT or len(name) > _MOST_NAME or len(contact) > _MOST_NAME:
            raise INVALID.refuse("The text is too long.", where=Where(column="text"))
        raised_by_reader(service, request, number, ReaderSays(text, judged, name, contact))
        typed = {}
    except ServiceRefused as refused:
        status, headers = refused.fault.status, refused.headers
        said = "object_too_many" if refused.fault in _TOO_MANY else "object_unusable"
    except InputRefused:
        status, said = 422, "object_unusable"
    tally = service.objections.tally(found.certificate.number)
    form = ObjectionForm(tally, said, **typed, ground=judged)
    return _page(service, found, lang, form, status, headers)


def _page(
    service: Service,
    found: Standing,
    lang: Language,
    form: ObjectionForm,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    number = found.certificate.number
    kept = service.register.pages.kept(found, lang)
    try:
        page = kept or service.register.pages.draw(readable(found), found, lang)
    except ServiceRefused:
        page = broken_page(number, lang, found.report)
    else:
        page = page_with_form(page, number, lang, form)
    # The form leads to this server and to no other one.
    policy = _csp().replace("form-action 'none'", "form-action 'self'")
    more = {"Content-Security-Policy": policy, **(headers or {})}
    return HTMLResponse(page, status, _headers(lang) | more)


def _unknown(number: str, lang: Language, refused: InputRefused) -> Response:
    page = unknown_page(number, lang, refused.problems[0].code)
    return HTMLResponse(page, 404, _headers(lang) | {"Content-Security-Policy": _csp()})


def _headers(lang: Language) -> dict[str, str]:
    return {
        "Content-Language": lang,
        "Vary": "Accept-Language",
        "Cache-Control": "no-cache",
    }


def _csp() -> str:
    return f"{STRICT_CSP}; img-src 'self' data:; style-src {page_style_source()}"
