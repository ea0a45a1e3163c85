"""Issue certificates, change their status, and show their public document."""

from __future__ import annotations

import json
from typing import Annotated, Any

import yaml
from fastapi import APIRouter, Body, Path, Request, Response

from api.answers import certificate_address, certificate_answer, certificate_tag, objection_answer
from api.bom_examples import CERTIFICATE_EXAMPLES
from api.caching import not_modified
from api.faults import INVALID
from api.guess_answers import OrderedCertificate, guesses_answer
from api.life_schemas import ObjectionOrder, ObjectionPage, ObjectionReply, SurveillanceNote
from api.openapi import problems
from api.paging import PageAsked
from api.schemas import (
    EXAMPLE_NUMBER,
    CertificateAnswer,
    CertificateOrder,
    ObjectionAnswer,
    StatusChange,
)
from api.services.issuer import Order
from api.wiring import ActorNeeded, IdempotencyKey, ServiceNeeded
from footprint.faults import Where
from footprint.plain_yaml import MAX_CHARACTERS

router = APIRouter(prefix="/v1/certificates", tags=["Certificates"])

#: The compiled one is in every wheel of PyYAML; both write the same.
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

Number = Annotated[
    str,
    Path(
        description="Number of a certificate, as printed. Case, spaces and hyphens do not matter.",
        max_length=64,
        examples=[EXAMPLE_NUMBER],
    ),
]


def order_of(wanted: CertificateOrder) -> Order:
    """The order in the words of the services."""
    return Order(
        wanted.footprint_id,
        wanted.scheme,
        wanted.tier,
        yaml_of(wanted.evidence),
        wanted.months,
        wanted.replaces,
        wanted.draft,
        wanted.replace,
    )


@router.post(
    "",
    status_code=201,
    summary="Issue a certificate",
    responses={
        201: {"description": "The certificate. The header Location says where it is."},
        **problems(400, 401, 403, 404, 409, 413, 422),
    },
)
def issue_certificate(
    service: ServiceNeeded,
    actor: ActorNeeded,
    order: Annotated[CertificateOrder, Body(openapi_examples=CERTIFICATE_EXAMPLES)],
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> OrderedCertificate:
    """Decide on a footprint under a scheme's rules as of today, and certify it when it passes.

    The certificate is signed, gets a number and a place in the status lists, and is public from
    then on. It says "verified by" only where the evidence names a verifier's signed statement (POST
    /v1/statements), else that it is self-declared. Where four eyes are asked for, start with POST
    /v1/applications instead. When the verdict is fail or unknown, the answer is
    API-501 with the whole decision: every reason, what is missing, and what would change it. Where
    a certificate of the same product, scheme and tier for an overlapping period is in force, the
    answer is API-531 with its number (`certificate`), unless the order says `replace`. `guesses`
    says how much rests on matches that nobody confirmed; the public document does not.
    """
    made = service.certificates.issue(actor, order_of(order), idempotency_key)
    response.headers["Location"] = certificate_address(service, made.number)
    answer = dict(certificate_answer(service, made))
    guesses = guesses_answer(service, actor, made.footprint)
    return OrderedCertificate(**answer, guesses=guesses)


@router.post(
    "/{number}/status",
    summary="Suspend, reinstate or revoke a certificate",
    responses=problems(400, 401, 403, 404, 409, 413, 422),
)
def change_status(
    service: ServiceNeeded,
    actor: ActorNeeded,
    number: Number,
    change: StatusChange,
    idempotency_key: IdempotencyKey = None,
) -> CertificateAnswer:
    """Change the status of one of your certificates. The status lists and the public page follow
    at once; the reason is public. A revocation is final."""
    changed = service.lifecycle.change_status(
        actor, number, change.status, change.reason, idempotency_key
    )
    return certificate_answer(service, changed)


@router.post(
    "/{number}/surveillance",
    summary="Record a surveillance",
    responses=problems(400, 401, 403, 404, 409, 413, 422),
)
def record_surveillance(
    service: ServiceNeeded,
    actor: ActorNeeded,
    number: Number,
    done: SurveillanceNote,
    idempotency_key: IdempotencyKey = None,
) -> CertificateAnswer:
    """Record that the holder of one of your certificates was looked at again today. The note is
    public; the next date is set, or none when the renewal comes first."""
    changed = service.lifecycle.record_surveillance(actor, number, done.note, idempotency_key)
    return certificate_answer(service, changed)


@router.post(
    "/{number}/objections",
    status_code=201,
    summary="Object to a certificate",
    responses={201: {"description": "The objection."}, **problems(400, 401, 404, 409, 413, 422)},
)
def raise_objection(
    service: ServiceNeeded,
    actor: ActorNeeded,
    number: Number,
    order: ObjectionOrder,
    idempotency_key: IdempotencyKey = None,
) -> ObjectionAnswer:
    """Say in public what you hold against a certificate, whoever's it is. It stays on the public
    document, with what comes of it; it changes no status by itself. Without a token: POST
    /v1/certificates/{number}/public-objections."""
    made = service.objections.raise_against(
        actor, number, order.party, order.text, idempotency_key, order.ground
    )
    return objection_answer(made)


@router.get(
    "/{number}/objections",
    summary="List the objections to a certificate",
    responses=problems(404),
)
def list_objections(
    service: ServiceNeeded,
    number: Number,
    asked: PageAsked,
) -> ObjectionPage:
    """All objections to a certificate with what came of them, oldest first, one page at a time."""
    known = service.register.certificate(number)
    found = service.objections.to(known.number, *asked.window)
    page, following = asked.page(found, lambda one: (one.at, one.id))
    return ObjectionPage(objections=[objection_answer(one) for one in page], next=following)


@router.post(
    "/{number}/objections/{objection_id}/answer",
    summary="Answer an objection",
    responses=problems(400, 401, 403, 404, 409, 413, 422),
)
def answer_objection(
    service: ServiceNeeded,
    actor: ActorNeeded,
    number: Number,
    objection_id: Annotated[str, Path(description="Id of the objection.", max_length=64)],
    reply: ObjectionReply,
) -> ObjectionAnswer:
    """Answer an open objection to one of your certificates, in public and for good. One that is
    upheld as a falsification suspends the certificate at once."""
    answered = service.objections.answer(
        actor, number, objection_id, reply.state, reply.answer, reply.ground
    )
    return objection_answer(answered)


@router.get(
    "/{number}",
    summary="Read a certificate",
    response_model=CertificateAnswer,
    responses={304: {"description": "You have the newest form."}, **problems(404, 422)},
)
def read_certificate(
    service: ServiceNeeded, number: Number, request: Request, response: Response
) -> CertificateAnswer | Response:
    """The public document of a certificate: what it says, its status now, and the credential."""
    answer = certificate_answer(service, service.register.certificate(number))
    headers = {"Cache-Control": "no-cache", "ETag": certificate_tag(answer)}
    unchanged = not_modified(request, headers["ETag"], headers)
    if unchanged is not None:
        return unchanged
    response.headers.update(headers)
    return answer


def yaml_of(evidence: dict[str, Any] | str) -> str:
    """The evidence as the text of an evidence file, which is what the rules read and we keep."""
    if isinstance(evidence, str):
        return evidence
    if not evidence:
        return ""
    where = Where(column="body.evidence")
    try:
        length = len(json.dumps(evidence))  # a hundred times as fast as YAML
        if length <= MAX_CHARACTERS:
            return str(yaml.dump(evidence, Dumper=_DUMPER, allow_unicode=True))
    except RecursionError:
        raise INVALID.refuse("The evidence is nested too deeply.", where=where) from None
    hint = "Leave out what supports no criterion."
    message = f"The evidence has more than {MAX_CHARACTERS} characters."
    raise INVALID.refuse(message, hint, where=where)
