"""Buyers' requests: cases with four questions, evidence that answers them, and what was sent."""

from __future__ import annotations

import json
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from api.answering.cases import CaseChange, CaseOrder
from api.answering.digest import digest_text
from api.answering.evidence import EvidenceOrder
from api.answering.model import (
    Case,
    CaseAnswer,
    CaseState,
    CompanyEvidence,
    Pack,
)
from api.openapi import problems
from api.paging import PageAsked
from api.request_schemas import (
    DigestAnswer,
    EvidenceAnswer,
    EvidenceBody,
    EvidencePage,
    OutcomeBody,
    PackAnswer,
    PackBody,
    PackList,
    RequestAnswer,
    RequestBody,
    RequestChange,
    RequestPage,
    SentBody,
)
from api.wiring import ActorNeeded, ServiceNeeded

router = APIRouter(prefix="/v1", tags=["Requests"])

RequestId = Annotated[str, Path(description="Id of a request (UUID).", max_length=64)]
PackId = Annotated[str, Path(description="Id of a pack (UUID).", max_length=64)]
EvidenceId = Annotated[str, Path(description="Id of a piece of evidence (UUID).", max_length=64)]


@router.post(
    "/requests",
    status_code=201,
    summary="Take in a buyer's request",
    responses=problems(400, 401, 403, 413),
)
def add_request(service: ServiceNeeded, actor: ActorNeeded, body: RequestBody) -> RequestAnswer:
    """A request that was typed in, or a questionnaire: products, date and other questions are
    looked for in a table. Partners' events become requests by themselves."""
    order = CaseOrder(
        body.buyer,
        body.product,
        tuple(body.product_ids),
        body.due,
        body.note,
        body.file,
        body.content,
    )
    return _case(service.desk.cases.add(actor, order)[0])


@router.get("/requests", summary="List buyers' requests", responses=problems(401))
def list_requests(
    service: ServiceNeeded,
    actor: ActorNeeded,
    asked: PageAsked,
    state: Annotated[CaseState | None, Query(description="Only those in this state.")] = None,
) -> RequestPage:
    """What buyers asked you, newest first, with the number of requests in each state."""
    found = service.desk.cases.listed(actor, state, *asked.window)
    page, following = asked.page(found, lambda one: (one.came_at, one.id))
    counts = service.desk.cases.counts(actor)
    return RequestPage(requests=[_case(one) for one in page], counts=counts, next=following)


@router.get("/requests/digest", summary="What is due", responses=problems(401))
def read_digest(
    service: ServiceNeeded,
    actor: ActorNeeded,
    days: Annotated[int, Query(ge=0, le=365, description="Due within so many days.")] = 7,
) -> DigestAnswer:
    """Open requests that are due or overdue, as rows and as a text for a mail."""
    found = service.desk.cases.due(actor, days)
    today, base = service.clock().date(), service.settings.base_url
    names = service.log.names(actor)
    return DigestAnswer(
        requests=[_case(one) for one in found],
        text=digest_text(found, today, "en", base, names),
        text_zh=digest_text(found, today, "zh", base, names),
    )


@router.get("/requests/{request_id}", summary="Read a request", responses=problems(401, 404))
def read_request(
    service: ServiceNeeded, actor: ActorNeeded, request_id: RequestId
) -> RequestAnswer:
    """One of them, with its four questions and their answers."""
    return _case(service.desk.cases.get(actor, request_id))


@router.put(
    "/requests/{request_id}",
    summary="Work on a request",
    responses=problems(400, 401, 403, 404, 409, 413),
)
def change_request(
    service: ServiceNeeded, actor: ActorNeeded, request_id: RequestId, body: RequestChange
) -> RequestAnswer:
    """Who works on it, until when, and the answers: each names a footprint or pieces of evidence
    of yours, or says why there is none."""
    answers = {
        name: CaseAnswer(one.state, one.footprint, one.against, tuple(one.evidence), one.words)
        for name, one in body.answers.items()
    }
    change = CaseChange(body.worker, body.due, answers)
    return _case(service.desk.cases.change(actor, request_id, body.revision, change))


@router.post(
    "/requests/{request_id}/outcome",
    summary="Say how a request ended",
    responses=problems(400, 401, 403, 404, 409, 413),
)
def end_request(
    service: ServiceNeeded, actor: ActorNeeded, request_id: RequestId, body: OutcomeBody
) -> RequestAnswer:
    """The buyer accepted the answer or sent it back, or you give none."""
    return _case(service.desk.cases.close(actor, request_id, body.outcome, body.words))


@router.post(
    "/requests/{request_id}/packs",
    status_code=201,
    summary="Make the pack that answers a request",
    responses=problems(400, 401, 403, 404, 409, 413),
)
def make_pack(
    service: ServiceNeeded, actor: ActorNeeded, request_id: RequestId, body: PackBody
) -> PackAnswer:
    """One ZIP file: PACT document, report without your lines, certificates, evidence, spreadsheet,
    and a manifest with the hash of each. It never changes."""
    return _pack(service.desk.packs.make(actor, request_id, body.language))


@router.get("/requests/{request_id}/packs", summary="List the packs", responses=problems(401, 404))
def list_packs(service: ServiceNeeded, actor: ActorNeeded, request_id: RequestId) -> PackList:
    """The packs of a request, oldest first, and which was sent when."""
    return PackList(packs=[_pack(one) for one in service.desk.packs.of(actor, request_id)])


@router.get(
    "/requests/{request_id}/file",
    summary="Download the file that a request came as",
    response_class=Response,
    responses={200: {"description": "The file."}, **problems(401, 404)},
)
def read_request_file(
    service: ServiceNeeded, actor: ActorNeeded, request_id: RequestId
) -> Response:
    """The buyer's questionnaire as he sent it; its name may be anything, so it is only for
    saving."""
    cases = service.desk.cases
    found = cases.file_of(cases.get(actor, request_id))
    headers = {"Content-Disposition": 'attachment; filename="request"'}
    return Response(found, media_type="application/octet-stream", headers=headers)


@router.get(
    "/requests/{request_id}/packs/{pack_id}",
    summary="Download a pack",
    response_class=Response,
    responses={
        200: {
            "description": "The ZIP file.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        },
        **problems(401, 404),
    },
)
def read_pack(
    service: ServiceNeeded, actor: ActorNeeded, request_id: RequestId, pack_id: PackId
) -> Response:
    """The ZIP file of a pack, byte for byte as it was made."""
    found = service.desk.packs.get(actor, request_id, pack_id)
    headers = {"Content-Disposition": f'attachment; filename="answer-{found.id[:8]}.zip"'}
    headers["Cache-Control"] = "private, no-cache"
    return Response(found.data, media_type="application/zip", headers=headers)


@router.post(
    "/requests/{request_id}/packs/{pack_id}/sent",
    summary="Say that a pack was sent",
    responses=problems(400, 401, 403, 404, 409, 413),
)
def send_pack(
    service: ServiceNeeded,
    actor: ActorNeeded,
    request_id: RequestId,
    pack_id: PackId,
    body: SentBody,
) -> RequestAnswer:
    """From now on the request waits for the buyer. Nothing is mailed by this service."""
    return _case(service.desk.packs.sent(actor, request_id, pack_id, body.how))


@router.post(
    "/evidence",
    status_code=201,
    summary="Keep evidence of the company",
    responses=problems(400, 401, 403, 413),
)
def keep_evidence(service: ServiceNeeded, actor: ActorNeeded, body: EvidenceBody) -> EvidenceAnswer:
    """Targets, measures or clean energy, with the file that shows it: kept once, used often."""
    order = EvidenceOrder(
        body.kind, body.title, body.facts, body.valid_until, body.file, body.content
    )
    return _evidence(service.desk.evidence.keep(actor, order))


@router.get("/evidence", summary="List evidence", responses=problems(401))
def list_evidence(service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked) -> EvidencePage:
    """Evidence of your company, newest first, without the files."""
    found = service.desk.evidence.listed(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one.made_at, one.id))
    return EvidencePage(evidence=[_evidence(one) for one in page], next=following)


@router.get(
    "/evidence/{evidence_id}/file",
    summary="Download the file of a piece of evidence",
    response_class=Response,
    responses={200: {"description": "The file."}, **problems(401, 404)},
)
def read_evidence_file(
    service: ServiceNeeded, actor: ActorNeeded, evidence_id: EvidenceId
) -> Response:
    """The file as it was kept; its name may be anything, so it is only for saving."""
    found = service.desk.evidence.get(actor, evidence_id)
    headers = {"Content-Disposition": 'attachment; filename="evidence"'}
    return Response(found.data, media_type="application/octet-stream", headers=headers)


def _case(case: Case) -> RequestAnswer:
    return RequestAnswer(
        id=case.id,
        origin=case.origin,
        partner=case.partner,
        buyer=case.buyer,
        product=case.product,
        product_ids=list(case.products),
        due=case.due,
        note=case.note,
        file=case.file,
        state=case.state,
        worker=case.worker,
        answers=json.loads(case.answers),
        revision=case.revision,
        came_at=case.came_at.isoformat(),
    )


def _pack(pack: Pack) -> PackAnswer:
    return PackAnswer(
        id=pack.id,
        hash=pack.hash,
        manifest=json.loads(pack.manifest),
        made_at=pack.made_at.isoformat(),
        made_by=pack.made_by,
        sent_at=None if pack.sent_at is None else pack.sent_at.isoformat(),
        sent_how=pack.sent_how,
    )


def _evidence(piece: CompanyEvidence) -> EvidenceAnswer:
    return EvidenceAnswer(
        id=piece.id,
        kind=piece.kind,
        title=piece.title,
        facts=json.loads(piece.facts),
        valid_until=piece.valid_until,
        file=piece.file,
        hash=piece.hash,
        made_at=piece.made_at.isoformat(),
    )
