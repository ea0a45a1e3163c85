"""The page behind the code on a label: is this certificate genuine, and is it in force?"""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from api.faults import ServiceRefused
from api.headers import STRICT_CSP
from api.openapi import problems
from api.routes.certificates import Number
from api.services.register import readable
from api.wiring import FormLanguageAsked, ServiceNeeded
from footprint.faults import InputRefused
from label_templates.render import broken_page, page_style_source, unknown_page

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
    headers = {
        "Content-Language": lang,
        "Vary": "Accept-Language",
        "Cache-Control": "no-cache",
    }
    try:
        found = service.register.standing(number)
    except InputRefused as refused:
        page = unknown_page(number, lang, refused.problems[0].code)
        return HTMLResponse(page, 404, headers | {"Content-Security-Policy": _csp()})
    kept = service.register.pages.kept(found, lang)
    try:
        page = kept or service.register.pages.draw(readable(found), found, lang)
    except ServiceRefused:
        page = broken_page(found.certificate.number, lang, found.report)
    return HTMLResponse(page, 200, headers | {"Content-Security-Policy": _csp()})


def _csp() -> str:
    return f"{STRICT_CSP}; img-src 'self' data:; style-src {page_style_source()}"
