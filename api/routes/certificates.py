"""Issue certificates, change their status, and show their public document."""

from __future__ import annotations

from typing import Annotated, Any

import yaml
from fastapi import APIRouter, Path, Response

from api.faults import INVALID
from api.openapi import problems
from api.schemas import (
    CertificateAnswer,
    CertificateOrder,
    FileAnswer,
    StatusAnswer,
    StatusChange,
)
from api.services.issuer import Order
from api.services.service import Service
from api.store.certificates import StoredCertificate
from api.wiring import ActorNeeded, IdempotencyKey, ServiceNeeded
from footprint.certificates.report import report_document
from footprint.faults import Where
from label_templates.render import LANGUAGES

router = APIRouter(prefix="/v1/certificates", tags=["Certificates"])

Number = Annotated[
    str,
    Path(
        description="Number of a certificate, as printed. Case, spaces and hyphens do not matter.",
        max_length=64,
        examples=["FP-7K3M-Q2ZD-4"],
    ),
]


@router.post(
    "",
    status_code=201,
    summary="Issue a certificate",
    responses={
        201: {"description": "The certificate. The header Location says where it is."},
        **problems(400, 401, 404, 413, 422),
    },
)
def issue_certificate(
    service: ServiceNeeded,
    actor: ActorNeeded,
    order: CertificateOrder,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> CertificateAnswer:
    """Decide on a footprint under a scheme's rules as of today, and certify it when it passes.

    The certificate is signed, gets a number and a place in the status lists, and is public from
    then on. When the verdict is fail or unknown, the answer is API-501 with the whole decision:
    every reason, what is missing, and what would change it.
    """
    wanted = Order(
        order.footprint_id, order.scheme, order.tier, _yaml(order.evidence), order.months
    )
    made = service.certificates.issue(actor, wanted, idempotency_key)
    response.headers["Location"] = _address(service, made)
    return _answer(service, made)


@router.post(
    "/{number}/status",
    summary="Suspend, reinstate or revoke a certificate",
    responses=problems(400, 401, 404, 409, 413, 422),
)
def change_status(
    service: ServiceNeeded, actor: ActorNeeded, number: Number, change: StatusChange
) -> CertificateAnswer:
    """Change the status of one of your certificates. The status lists and the public page follow
    at once; the reason is public. A revocation is final."""
    changed = service.certificates.change_status(actor, number, change.status, change.reason)
    return _answer(service, changed)


@router.get("/{number}", summary="Read a certificate", responses=problems(404, 422))
def read_certificate(service: ServiceNeeded, number: Number) -> CertificateAnswer:
    """The public document of a certificate: what it says, its status now, and the credential."""
    return _answer(service, service.register.certificate(number))


def _yaml(evidence: dict[str, Any] | str) -> str:
    """The evidence as the text of an evidence file, which is what the rules read and we keep."""
    if isinstance(evidence, str):
        return evidence
    try:
        return yaml.safe_dump(evidence, allow_unicode=True) if evidence else ""
    except RecursionError:
        raise INVALID.refuse(
            "The evidence is nested too deeply.", where=Where(column="body.evidence")
        ) from None


def _address(service: Service, certificate: StoredCertificate) -> str:
    return f"{service.settings.base_url}/v1/certificates/{certificate.number}"


def _answer(service: Service, certificate: StoredCertificate) -> CertificateAnswer:
    status = service.register.status(certificate)
    address = _address(service, certificate)
    verification = report_document(service.register.verify(certificate))
    del verification["certificate"]  # it is in the answer already
    return CertificateAnswer(
        number=certificate.number,
        status=StatusAnswer(
            state=status.state, asked_at=status.asked_at, since=status.since, reason=status.reason
        ),
        valid_from=certificate.valid_from,
        valid_until=certificate.valid_until,
        certificate=certificate.view_content,
        credential=certificate.credential,
        verification=verification,
        page=f"{service.settings.base_url}/verify/{certificate.number}",
        labels={language: f"{address}/label.svg?lang={language}" for language in LANGUAGES},
        files={
            language: FileAnswer(url=f"{address}/certificate.pdf?lang={language}", sha256=sha256)
            for language, sha256 in service.register.file_hashes(certificate).items()
        },
    )
