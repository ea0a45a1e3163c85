"""The forms of a certificate: label, PDF, credential. All of them are public."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.caching import entity_tag, not_modified
from api.faults import REFUSED
from api.openapi import problems
from api.routes.certificates import Number
from api.services.passports import Passports
from api.services.register import readable
from api.services.service import Service
from api.wiring import FormLanguageAsked, ServiceNeeded
from footprint.certificates.credential import Profile
from footprint.certificates.register import State
from footprint.certificates.view import CertificateView
from footprint.faults import Where
from label_templates.render import Language, Size, label_pdf, label_png, label_svg, renderer_id

SizeAsked = Annotated[
    Size,
    Query(description="full; compact, for small packages; mini, a strip. docs/labels.md"),
]

router = APIRouter(prefix="/v1/certificates/{number}", tags=["Certificates"])

#: A label or page may be shown this old; the status behind the code is always fresh.
FIVE_MINUTES = "public, max-age=300"
#: Each signature is another, so that a copy is never confirmed by comparing.
_SIGNED_NOW = {"Cache-Control": FIVE_MINUTES}


def _binary(media_type: str, says: str) -> dict[int | str, dict[str, object]]:
    return {
        200: {"description": says, "content": {media_type: {}}},
        304: {"description": "You have the newest form."},
        **problems(404, 409, 422),
    }


@router.get(
    "/label.svg",
    summary="The label as SVG",
    response_class=Response,
    responses=_binary("image/svg+xml", "The label as a vector image with live text."),
)
def read_label_svg(
    service: ServiceNeeded,
    request: Request,
    number: Number,
    lang: FormLanguageAsked,
    size: SizeAsked = "full",
) -> Response:
    """The label of a certificate, to print or place on a page. Its code leads to the register.

    A certificate that the register does not list as valid is marked so across its label.
    """

    def draw(view: CertificateView, state: State) -> str:
        return label_svg(view, lang, size=size, state=state)

    return _drawn(service, request, number, lang, f"svg {size}", "image/svg+xml", draw)


@router.get(
    "/label.png",
    summary="The label as PNG",
    response_class=Response,
    responses=_binary("image/png", "The label as pixels."),
)
def read_label_png(
    service: ServiceNeeded,
    request: Request,
    number: Number,
    lang: FormLanguageAsked,
    size: SizeAsked = "full",
    width: Annotated[int, Query(ge=200, le=3000, description="Width in pixels.")] = 720,
) -> Response:
    """The label of a certificate as an image of the width asked for, marked as the SVG is."""

    def draw(view: CertificateView, state: State) -> bytes:
        return label_png(view, lang, width, size=size, state=state)

    return _drawn(service, request, number, lang, f"png {size} {width}", "image/png", draw)


@router.get(
    "/label.pdf",
    summary="The label as PDF, for print",
    response_class=Response,
    responses=_binary("application/pdf", "One page of the size of the label."),
)
def read_label_pdf(
    service: ServiceNeeded,
    request: Request,
    number: Number,
    lang: FormLanguageAsked,
    size: SizeAsked = "full",
    width: Annotated[
        float | None,
        Query(
            gt=0, le=1000, description="Width in mm. Left out, the least at which the label reads."
        ),
    ] = None,
) -> Response:
    """The label of a certificate with its exact size in print, marked as the SVG is."""

    def draw(view: CertificateView, state: State) -> bytes:
        try:
            return label_pdf(view, lang, width or 0.0, size=size, state=state)
        except ValueError as error:
            hint = "Leave `width` out for the least width."
            raise REFUSED.refuse(str(error), hint, where=Where(column="query.width")) from None

    form = f"pdf {size} {width or 0:g}"
    return _drawn(service, request, number, lang, form, "application/pdf", draw)


@router.get(
    "/certificate.pdf",
    summary="The certificate as PDF",
    response_class=Response,
    responses={
        **_binary("application/pdf", "The PDF (PDF/A-3) with the credential attached."),
        **problems(404, 409, 422),
    },
)
def read_pdf(
    service: ServiceNeeded,
    request: Request,
    number: Number,
    lang: FormLanguageAsked,
    as_issued: Annotated[
        bool,
        Query(description="The file as first made, whatever became of the certificate since."),
    ] = False,
) -> Response:
    """The PDF certificate, byte for byte as it was first made; its ETag is its SHA-256. One that is
    not in force says so on every page, and one that fails its own checks is not handed out."""
    found = service.register.standing(number)
    certificate = found.certificate
    if as_issued:
        file = service.register.file(certificate, lang)
    else:
        file = service.register.marked_file(found, lang)
    headers = _headers(lang) | {
        "ETag": f'"{file.sha256}"',
        "Content-Disposition": f'inline; filename="{certificate.number}-{lang}.pdf"',
    }
    unchanged = not_modified(request, headers["ETag"], headers)
    return unchanged or Response(file.pdf, media_type="application/pdf", headers=headers)


@router.get(
    "/credential",
    summary="The signed credential",
    response_class=Response,
    responses=_binary("application/vc+jwt", "The credential as a compact JWS."),
)
def read_credential(
    service: ServiceNeeded,
    request: Request,
    number: Number,
    profile: Annotated[
        Profile,
        Query(
            description="w3c: as signed at issue. untp-0.7: the Digital Conformity Credential of "
            "UNTP 0.7.0 to the letter (one status list, its index a number), signed now."
        ),
    ] = "w3c",
) -> Response:
    """The W3C Verifiable Credential of a certificate, signed with ES256. Its keys are at
    /.well-known/did.json; `footprint verify` checks it offline. Of a certificate that fails its own
    checks it is not handed out."""
    token = _passports(service).credential(number, profile)
    if profile == "w3c":
        return _kept(request, token, "application/vc+jwt")
    return Response(token, media_type="application/vc+jwt", headers=_SIGNED_NOW)


@router.get(
    "/passport",
    summary="The signed product passport",
    response_class=Response,
    responses=_binary("application/vc+jwt", "The Digital Product Passport as a compact JWS."),
)
def read_passport(service: ServiceNeeded, number: Number) -> Response:
    """The Digital Product Passport (UNTP 0.7.0) of the certified product: kg CO2e per one unit,
    signed now with ES256 and bound to the certificate by its digest and its status. A certificate
    without a country of production has none (EXC-003)."""
    token = _passports(service).passport(number)
    return Response(token, media_type="application/vc+jwt", headers=_SIGNED_NOW)


@router.get(
    "/certificate.json",
    summary="The certificate's content",
    response_class=Response,
    responses=_binary("application/json", "The page's content; the credential signs its digest."),
)
def read_content(service: ServiceNeeded, request: Request, number: Number) -> Response:
    """What the certificate says, as canonical JSON (RFC 8785), whose SHA-256 is signed. Of one that
    fails its own checks it is not handed out."""
    certificate = service.register.sound(number)
    return _kept(request, certificate.view, "application/json")


def _passports(service: Service) -> Passports:
    return Passports(service.register, service.keyring)


def _kept(request: Request, text: str, media_type: str) -> Response:
    """A document that never changes."""
    headers = {"Cache-Control": FIVE_MINUTES, "ETag": entity_tag(text)}
    unchanged = not_modified(request, headers["ETag"], headers)
    return unchanged or Response(text, media_type=media_type, headers=headers)


def _drawn(
    service: Service,
    request: Request,
    number: str,
    language: Language,
    form: str,
    media_type: str,
    draw: Callable[[CertificateView, State], str | bytes],
) -> Response:
    """A drawing of a certificate in the state of now. Everything that decides it is in its ETag, so
    that it need not be drawn to be compared; `form` tells it from other drawings."""
    found = service.register.standing(number)
    certificate, state = found.certificate, found.status.state
    tag = entity_tag(certificate.view, state, renderer_id(), form, language)
    headers = _headers(language) | {"ETag": tag}
    unchanged = not_modified(request, tag, headers)
    if unchanged is not None:
        return unchanged
    drawing = draw(readable(found), state)
    return Response(drawing, media_type=media_type, headers=headers)


def _headers(language: str) -> dict[str, str]:
    return {
        "Cache-Control": "no-cache",  # it shows the state of now
        "Content-Language": language,
        "Vary": "Accept-Language",
    }
