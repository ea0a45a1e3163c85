"""What verifiers need of the issuer: keys and status lists; and all kinds of errors."""

from __future__ import annotations

from base64 import b64decode
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse

from api.caching import entity_tag, not_modified
from api.faults import ALL_FAULTS
from api.openapi import problems
from api.routes.documents import FIVE_MINUTES
from api.schemas import ProblemKind
from api.wiring import ServiceNeeded
from footprint.certificates.keys import did_document
from footprint.certificates.seal_keys import chain_pem

router = APIRouter()

DID_JSON, JWK_SET = "application/did+json", "application/jwk-set+json"


def _document(media_type: str, says: str) -> dict[int | str, dict[str, Any]]:
    content = {media_type: {"schema": {"type": "object"}}}
    return {200: {"description": says, "content": content}, **problems()}


@router.get(
    "/.well-known/did.json",
    tags=["Issuer"],
    summary="The issuer's DID document",
    response_class=Response,
    responses=_document(DID_JSON, "The DID document."),
)
@router.get("/did.json", include_in_schema=False)  # where did:web looks below a path
def read_did(service: ServiceNeeded) -> Response:
    """The did:web document: every key that ever signed, each as a JsonWebKey for assertions, and
    every seal, with its X.509 certificate, for PDFs only."""
    return _public(did_document(service.issuer_did, service.published_keys), DID_JSON)


@router.get(
    "/.well-known/jwks.json",
    tags=["Issuer"],
    summary="The issuer's keys",
    response_class=Response,
    responses=_document(JWK_SET, "The JWK set."),
)
def read_jwks(service: ServiceNeeded) -> Response:
    """The public keys as a JWK set (RFC 7517), old ones included: EC keys sign credentials, RSA
    keys with a certificate (`x5c`) seal PDFs. `footprint verify` reads it."""
    return _public(service.published_keys, JWK_SET)


@router.get(
    "/v1/issuer/seal.pem",
    tags=["Issuer"],
    summary="The issuer's seal certificates",
    response_class=Response,
    responses={
        200: {
            "description": "X.509 certificates as PEM, the oldest first.",
            "content": {"application/x-pem-file": {}},
        },
        **problems(),
    },
)
def read_seals(service: ServiceNeeded) -> Response:
    """The certificates that seal PDFs, to import into a PDF reader, which then shows the seal as
    trusted. Compare their fingerprints with the issuer by another way first."""
    chains = [tuple(b64decode(one) for one in jwk["x5c"]) for jwk in service.seals.jwks]
    pem = "".join(chain_pem(chain) for chain in chains)
    return Response(
        pem, media_type="application/x-pem-file", headers={"Cache-Control": FIVE_MINUTES}
    )


@router.get(
    "/v1/status/{name}",
    tags=["Issuer"],
    summary="A status list",
    response_class=Response,
    responses={
        200: {
            "description": "The signed list as a compact JWS.",
            "content": {"application/vc+jwt": {}},
        },
        304: {"description": "You have the newest form."},
        **problems(404, 422),
    },
)
def read_status_list(
    service: ServiceNeeded,
    request: Request,
    name: Annotated[
        str, Path(description="Name of the list.", max_length=64, examples=["revocation-1"])
    ],
) -> Response:
    """A W3C Bitstring Status List: one bit for each certificate, 1 for revoked (or superseded),
    suspended, or superseded (`refresh`). It may be kept for a day and cached for five minutes."""
    found = service.lists.named(name)
    headers = {"Cache-Control": FIVE_MINUTES, "ETag": entity_tag(found.tag)}
    unchanged = not_modified(request, headers["ETag"], headers)
    return unchanged or Response(found.token, media_type="application/vc+jwt", headers=headers)


@router.get("/v1/problems", tags=["Service"], summary="All kinds of errors", responses=problems())
def list_problems() -> list[ProblemKind]:
    """The kinds of errors that the service answers with, by code."""
    return [
        ProblemKind(
            code=fault.code, status=fault.status, title=fault.title, title_zh=fault.title_zh
        )
        for fault in ALL_FAULTS
    ]


def _public(document: dict[str, Any], media_type: str) -> Response:
    return JSONResponse(document, media_type=media_type, headers={"Cache-Control": FIVE_MINUTES})
