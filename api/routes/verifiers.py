"""The register of verifiers, and the statements that they sign on footprints."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.faults import UNKNOWN_STATEMENT
from api.openapi import problems
from api.paging import PageAsked
from api.routes.certificates import Number
from api.store.verifiers import HeldStatement
from api.verifier_schemas import (
    StatementAnswer,
    StatementBody,
    StatementPage,
    SubjectAnswer,
    VerifierAnswer,
    VerifierBody,
    VerifierKeyBody,
    VerifierPage,
    WithdrawalBody,
)
from api.wiring import ActorNeeded, LanguageAsked, ServiceNeeded
from api.words import translated_problem
from footprint.faults import Problem
from footprint.verifiers.entry import VerifierEntry, entry_from_values
from footprint.verifiers.published import PublishedVerifier

router = APIRouter(prefix="/v1", tags=["Verifiers"])

VerifierId = Annotated[str, Path(description="Id of a verifier (UUID).", max_length=64)]
StatementId = Annotated[str, Path(description="Id of a statement (UUID).", max_length=64)]
KeyId = Annotated[str, Path(description="Thumbprint of a key (RFC 7638).", max_length=64)]


@router.get("/verifiers", summary="List verifiers", responses=problems(422))
def list_registered(service: ServiceNeeded, asked: PageAsked) -> VerifierPage:
    """Who may verify here, newest first: accreditation, scope, conflicts, keys. Open to all."""
    found = service.verifiers.listed(*asked.window)
    page, following = asked.page(found, lambda one: (one[1], one[0].id))
    return VerifierPage(verifiers=[_verifier(one) for one, _ in page], next=following)


@router.post(
    "/verifiers",
    status_code=201,
    summary="Register a verifier",
    responses=problems(400, 401, 403, 413, 422),
)
def register_verifier(
    service: ServiceNeeded, actor: ActorNeeded, body: VerifierBody
) -> VerifierAnswer:
    """Register a verifier whose accreditation you have looked up. Needs the role owner, in the
    installation's own tenant; it stands in the log. Add its public key next."""
    return _verifier(service.verifiers.add(actor, _entry(body)))


@router.get("/verifiers/{verifier_id}", summary="Read a verifier", responses=problems(404))
def read_verifier(service: ServiceNeeded, verifier_id: VerifierId) -> VerifierAnswer:
    """A verifier with its keys: what checks statements offline. Open to all."""
    return _verifier(service.verifiers.get(verifier_id))


@router.put(
    "/verifiers/{verifier_id}",
    summary="Change a verifier",
    responses=problems(400, 401, 403, 404, 413, 422),
)
def change_verifier_facts(
    service: ServiceNeeded, actor: ActorNeeded, verifier_id: VerifierId, body: VerifierBody
) -> VerifierAnswer:
    """Put other facts in the place of all that is known: a scope, an end, a conflict. It counts
    for all that is issued from now on. Needs the role owner."""
    return _verifier(service.verifiers.change(actor, verifier_id, _entry(body)))


@router.post(
    "/verifiers/{verifier_id}/keys",
    status_code=201,
    summary="Add a verifier's key",
    responses=problems(400, 401, 403, 404, 409, 413, 422),
)
def add_key_of_verifier(
    service: ServiceNeeded, actor: ActorNeeded, verifier_id: VerifierId, body: VerifierKeyBody
) -> VerifierAnswer:
    """Add a public key that the verifier gave you. Needs the role owner."""
    jwk = body.jwk.model_dump_json(exclude_none=True)
    return _verifier(service.verifiers.add_key(actor, verifier_id, jwk))


@router.delete(
    "/verifiers/{verifier_id}/keys/{key_id}",
    summary="Withdraw a verifier's key",
    responses=problems(401, 403, 404),
)
def withdraw_key_of_verifier(
    service: ServiceNeeded, actor: ActorNeeded, verifier_id: VerifierId, key_id: KeyId
) -> VerifierAnswer:
    """Let nothing count any more that a key has signed. Needs the role owner."""
    return _verifier(service.verifiers.withdraw_key(actor, verifier_id, key_id))


@router.get("/statements", summary="List statements", responses=problems(401, 422))
def list_statements(
    service: ServiceNeeded, actor: ActorNeeded, asked: PageAsked, language: LanguageAsked
) -> StatementPage:
    """Statements on your footprints, newest first, each with what speaks against it today."""
    found = service.statements.listed(actor, *asked.window)
    page, following = asked.page(found, lambda one: (one[0].received_at, one[0].id))
    rows = [
        _statement(held, verifier, [translated_problem(each, language) for each in against])
        for held, verifier, against in page
    ]
    return StatementPage(statements=rows, next=following)


@router.get(
    "/statements/subjects/{footprint_id}",
    summary="What a verifier signs",
    responses=problems(401, 404, 422),
)
def read_subject(
    service: ServiceNeeded,
    actor: ActorNeeded,
    footprint_id: Annotated[str, Path(description="Id of a footprint (UUID).", max_length=64)],
) -> SubjectAnswer:
    """What a verifier signs about a footprint of yours: its hashes and its value. Give it to
    `footprint statements sign`."""
    return SubjectAnswer(**service.statements.subject(actor, footprint_id).model_dump())


@router.post(
    "/statements",
    status_code=201,
    summary="Hand in a statement",
    responses=problems(400, 401, 403, 404, 409, 413, 422),
)
def hand_in_statement(
    service: ServiceNeeded, actor: ActorNeeded, body: StatementBody
) -> StatementAnswer:
    """Hand in what a verifier signed on a footprint of yours. It is kept only if it is genuine and
    nothing speaks against it: accreditation, scope, conflicts, days. Evidence then names it with
    `verification: {statement: NUMBER}`. The same text twice is one statement."""
    held = service.statements.receive(actor, body.footprint_id, body.statement)
    return _statement(held, service.verifiers.get(held.verifier), [])


@router.post(
    "/statements/{statement_id}/withdrawal",
    status_code=204,
    summary="Withdraw a statement",
    response_class=Response,
    responses=problems(400, 401, 403, 404, 413, 422),
)
def withdraw_statement(
    service: ServiceNeeded, actor: ActorNeeded, statement_id: StatementId, body: WithdrawalBody
) -> Response:
    """Let a statement not count any more, on its verifier's word, for good. Needs the role owner.
    Certificates that name it keep saying what they said: decide about them."""
    service.statements.withdraw(actor, statement_id, body.reason)
    return Response(status_code=204)


@router.get(
    "/certificates/{number}/statement",
    summary="The statement behind a certificate",
    response_class=Response,
    responses={
        200: {"content": {"application/jwt": {}}, "description": "The signed text."},
        **problems(404, 422),
    },
)
def certificate_statement(service: ServiceNeeded, number: Number) -> Response:
    """What the verifier signed, byte for byte. Its verifier's keys are at /v1/verifiers/ID, which
    the header Link names."""
    behind = service.statements.behind(service.register.certificate(number))
    if behind is None:
        raise UNKNOWN_STATEMENT.refuse(
            "No signed statement stands behind this certificate.",
            "It is a self-declaration, or was issued before verifiers signed.",
        )
    token, verifier = behind
    link = f'<{service.settings.base_url}/v1/verifiers/{verifier.id}>; rel="author"'
    return Response(token, media_type="application/jwt", headers={"Link": link})


def _entry(body: VerifierBody) -> VerifierEntry:
    return entry_from_values(body.model_dump(mode="json", exclude_none=True), "body")


def _verifier(found: PublishedVerifier) -> VerifierAnswer:
    return VerifierAnswer.model_validate(found.document())


def _statement(
    held: HeldStatement, verifier: PublishedVerifier, against: list[Problem]
) -> StatementAnswer:
    return StatementAnswer(
        id=held.id,
        number=held.number,
        verifier=verifier.id,
        verifier_name=verifier.entry.name,
        footprint_id=held.footprint,
        hash=held.hash,
        received_at=held.received_at,
        withdrawn_at=held.withdrawn_at,
        withdrawn_why=held.withdrawn_why,
        against=[one.message for one in against],
    )
