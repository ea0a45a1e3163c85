"""What stands behind a verification that evidence names: a signed statement that checks, or words.

Only where there is such a statement does a certificate say "verified by"; else it says that the
supplier states it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from api.faults import STATEMENT_REFUSED, UNKNOWN_STATEMENT
from api.services.verifiers import verifier_in
from api.store.database import UnitOfWork
from api.store.footprints import StoredFootprint
from api.store.verifiers import HeldStatement, statements_numbered
from footprint.faults import InputRefused, Problem
from footprint.rules.evidence import Verification
from footprint.rules.statement import with_statement
from footprint.study import evidence_of, facts_of
from footprint.verifiers.check import Reliance, against_statement, against_withdrawal
from footprint.verifiers.entry import folded_name
from footprint.verifiers.published import PublishedVerifier
from footprint.verifiers.statement import StatementSubject, open_statement, statement_subject


@dataclass(frozen=True, slots=True)
class SignedStatement:
    """A verifier's statement that checks: by whom, under which number, and the hash of its text."""

    verifier: str
    number: str
    hash: str


def backed_evidence(
    uow: UnitOfWork, footprint: StoredFootprint, scheme: str, evidence: str
) -> tuple[str, SignedStatement | None]:
    """The evidence with what the named statement says written into it, and that statement; the
    evidence as it is and None where it names none.

    Raises ServiceRefused API-227 (there is no such statement on the footprint) and API-524 (it
    cannot be relied on, or says something else than the evidence); InputRefused (RUL codes).
    """
    named = evidence_of(evidence).verification
    if named is None or not named.statement:
        return evidence, None
    held, verifier = _named(uow, footprint, named)
    found = statement_problems(held, verifier, footprint, scheme)
    if found:
        raise STATEMENT_REFUSED.refuse_all(found)
    entry, terms = verifier.entry, open_statement(held.token, verifier.by_id).terms
    for what, given, signed in (
        ("kind", named.kind, entry.kind),
        ("date", named.date, terms.date),
        ("level", named.level, terms.level),
    ):
        if given is not None and given != signed:
            raise STATEMENT_REFUSED.refuse(
                f"The evidence gives {given} as the {what} of the verification, the signed "
                f"statement {signed}.",
                "Leave it out: it is taken from the statement.",
            )
    text = with_statement(evidence, entry.name, entry.kind, terms.level, terms.date, terms.number)
    return text, SignedStatement(entry.name, terms.number, held.hash)


def tried_evidence(
    uow: UnitOfWork, footprint: StoredFootprint, scheme: str, evidence: str
) -> tuple[str, SignedStatement | None]:
    """As `backed_evidence`, for a look that refuses nothing: a statement that does not check is
    none."""
    try:
        return backed_evidence(uow, footprint, scheme, evidence)
    except InputRefused:
        return evidence, None


def names_statement(evidence: str) -> bool:
    """Whether evidence names a verifier's signed statement. Raises InputRefused (RUL codes)."""
    named = evidence_of(evidence).verification
    return named is not None and bool(named.statement)


def statement_problems(
    held: HeldStatement, verifier: PublishedVerifier, footprint: StoredFootprint, scheme: str
) -> list[Problem]:
    """What speaks against a held statement now: its verifier's entry may have changed, a key or
    the statement may have been withdrawn. Raises InputRefused (VFR-002)."""
    statement = open_statement(held.token, verifier.by_id)
    withdrawn = held.withdrawn_at
    relied = Reliance(
        subject_on(footprint),
        facts_of(footprint.content, footprint.document_hash).companies,
        held.received_at.astimezone(UTC).date(),
        scheme,
    )
    return [
        *against_withdrawal(
            None if withdrawn is None else withdrawn.astimezone(UTC).date(),
            verifier.withdrawn_on(statement.key),
        ),
        *against_statement(statement, verifier.entry, relied),
    ]


def subject_on(footprint: StoredFootprint) -> StatementSubject:
    """What a verifier signs about a stored footprint. Raises InputRefused (VFR-002)."""
    content = footprint.content
    facts = facts_of(content, footprint.document_hash)
    return statement_subject(content, facts, footprint.public_hash, footprint.commitment)


def _named(
    uow: UnitOfWork, footprint: StoredFootprint, named: Verification
) -> tuple[HeldStatement, PublishedVerifier]:
    found = []
    for held in statements_numbered(uow, footprint.id, named.statement or ""):
        verifier = verifier_in(uow, held.verifier)
        if verifier is not None and (
            named.by is None or folded_name(named.by) == folded_name(verifier.entry.name)
        ):
            found.append((held, verifier))
    if len(found) != 1:
        raise UNKNOWN_STATEMENT.refuse(
            f"There are {len(found)} signed statements {named.statement!r} on this footprint.",
            "Hand the verifier's file in with POST /v1/statements or `footprint statements add`; "
            "where two verifiers gave one number, name one with `by`.",
        )
    return found[0]
