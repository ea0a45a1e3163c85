"""Read an uploaded certificate: a PDF, a bundle of credential and text, or a bare credential."""

from __future__ import annotations

from typing import Any

from fastapi import Request

from api.faults import WRONG_MEDIA
from api.routes.upload import Upload

#: Media types of certificates, and the name that tells `verify_file` the form.
_NAMES = {
    "application/pdf": "certificate.pdf",
    "application/json": "certificate.json",
    "application/vc+jwt": "certificate.jwt",
}

#: The request body for OpenAPI.
OPENAPI_FILE: dict[str, Any] = {
    "required": True,
    "description": "The certificate as its file; the media type says which form it has.",
    "content": {
        "application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}},
        "application/json": {
            # Any JSON is answered: what is no certificate has the verdict `invalid`.
            "schema": {
                "description": "An object with the members `credential` (the signed credential) "
                "and `certificate` (certificate.json)."
            }
        },
        "application/vc+jwt": {"schema": {"type": "string"}},
    },
}


async def certificate_file(request: Request) -> Upload:
    """The body, under a name with the ending of its form. Raises ServiceRefused API-302."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    name = _NAMES.get(media_type)
    if name is None:
        raise WRONG_MEDIA.refuse(
            f"A certificate cannot be sent as {media_type[:60] or 'a body without a type'}.",
            f"Send one of: {', '.join(_NAMES)}.",
        )
    return Upload(await request.body(), name)
