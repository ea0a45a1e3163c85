"""The forms of a certificate: label, PDF, credential. All of them are public."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Response

from api.openapi import problems
from api.routes.certificates import Number
from api.wiring import LanguageAsked, ServiceNeeded
from footprint.certificates.view import view_from_document
from label_templates.render import label_png, label_svg

router = APIRouter(prefix="/v1/certificates/{number}", tags=["Certificates"])

#: A label or page may be shown this old; the status behind the code is always fresh.
FIVE_MINUTES = "public, max-age=300"


def _binary(media_type: str, says: str) -> dict[int | str, dict[str, object]]:
    return {200: {"description": says, "content": {media_type: {}}}, **problems(404, 422)}


@router.get(
    "/label.svg",
    summary="The label as SVG",
    response_class=Response,
    responses=_binary("image/svg+xml", "The label as a vector image with live text."),
)
def read_label_svg(service: ServiceNeeded, number: Number, lang: LanguageAsked) -> Response:
    """The label of a certificate, to print or place on a page. Its code leads to the register."""
    certificate = service.register.certificate(number)
    svg = label_svg(view_from_document(certificate.view_content), lang)
    return Response(svg, media_type="image/svg+xml", headers=_headers(lang))


@router.get(
    "/label.png",
    summary="The label as PNG",
    response_class=Response,
    responses=_binary("image/png", "The label as pixels."),
)
def read_label_png(
    service: ServiceNeeded,
    number: Number,
    lang: LanguageAsked,
    width: Annotated[int, Query(ge=200, le=3000, description="Width in pixels.")] = 720,
) -> Response:
    """The label of a certificate as an image of the width asked for."""
    certificate = service.register.certificate(number)
    png = label_png(view_from_document(certificate.view_content), lang, width)
    return Response(png, media_type="image/png", headers=_headers(lang))


@router.get(
    "/certificate.pdf",
    summary="The certificate as PDF",
    response_class=Response,
    responses=_binary("application/pdf", "The PDF (PDF/A-3) with the credential attached."),
)
def read_pdf(service: ServiceNeeded, number: Number, lang: LanguageAsked) -> Response:
    """The PDF certificate, byte for byte as it was issued; its ETag is its SHA-256."""
    certificate = service.register.certificate(number)
    file = service.register.file(certificate, lang)
    headers = _headers(lang) | {
        "ETag": f'"{file.sha256}"',
        "Content-Disposition": f'inline; filename="{certificate.number}-{lang}.pdf"',
    }
    return Response(file.pdf, media_type="application/pdf", headers=headers)


@router.get(
    "/credential",
    summary="The signed credential",
    response_class=Response,
    responses=_binary("application/vc+jwt", "The credential as a compact JWS."),
)
def read_credential(service: ServiceNeeded, number: Number) -> Response:
    """The W3C Verifiable Credential of a certificate, signed with ES256. Its keys are at
    /.well-known/did.json; `footprint verify` checks it offline."""
    certificate = service.register.certificate(number)
    return Response(
        certificate.credential,
        media_type="application/vc+jwt",
        headers={"Cache-Control": FIVE_MINUTES},
    )


@router.get(
    "/certificate.json",
    summary="The certificate's content",
    response_class=Response,
    responses=_binary("application/json", "The page's content; the credential signs its digest."),
)
def read_content(service: ServiceNeeded, number: Number) -> Response:
    """What the certificate says, as canonical JSON (RFC 8785), whose SHA-256 is signed."""
    certificate = service.register.certificate(number)
    return Response(
        certificate.view, media_type="application/json", headers={"Cache-Control": FIVE_MINUTES}
    )


def _headers(language: str) -> dict[str, str]:
    return {
        "Cache-Control": FIVE_MINUTES,
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
