"""The page behind the code on a label: is this certificate genuine, and is it in force?"""

from __future__ import annotations

import base64
import hashlib
from html import escape

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from api.headers import STRICT_CSP
from api.language import Language
from api.openapi import problems
from api.routes.certificates import Number
from api.wiring import FormLanguageAsked, ServiceNeeded
from footprint.certificates.view import view_from_document
from footprint.faults import InputRefused
from label_templates.render import certificate_page, page_style_source

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
        certificate = service.register.certificate(number)
    except InputRefused as refused:
        language: Language = "zh" if lang.startswith("zh") else "en"
        headers |= {"Content-Language": language}
        page = _unknown_page(number, language, refused)
        return HTMLResponse(page, 404, headers | {"Content-Security-Policy": _csp(_STYLE_SOURCE)})
    page = certificate_page(
        view_from_document(certificate.view_content),
        lang,
        service.register.status(certificate),
        service.register.verify(certificate),
    )
    return HTMLResponse(page, 200, headers | {"Content-Security-Policy": _csp(page_style_source())})


def _csp(style_source: str) -> str:
    return f"{STRICT_CSP}; img-src 'self' data:; style-src {style_source}"


_STYLE = "body{font:1rem/1.5 sans-serif;max-width:40rem;margin:3rem auto;padding:0 1rem}"
_STYLE_SOURCE = f"'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
_WORDS = {
    "en": (
        "No such certificate",
        "This register has no certificate with the number",
        "Compare the number with the one that is printed. If they agree, the label is not genuine, "
        "or it was not issued here.",
        "中文",
        "zh",
    ),
    "zh": (
        "没有此证书",
        "本登记簿中没有此编号的证书：",
        "请与印刷的编号核对。若两者一致，则该标签不真实，或并非由本机构颁发。",
        "English",
        "en",
    ),
}


def _unknown_page(number: str, language: Language, refused: InputRefused) -> str:
    title, sentence, advice, other_name, other = _WORDS[language]
    code = escape(refused.problems[0].code)
    return (
        f'<!doctype html><html lang="{language}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{title}</title><style>{_STYLE}</style>"
        f"<h1>{title}</h1><p>{sentence} <b>{escape(number)}</b></p><p>{advice}</p>"
        f'<p><small>{code}</small> <a href="?lang={other}" lang="{other}">{other_name}</a></p>'
        "</html>"
    )
