"""Verifiers' signed statements: handed in by whose footprint it is, checked, kept, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from api.faults import STATEMENT_HELD, STATEMENT_REFUSED, UNKNOWN_STATEMENT, UNKNOWN_VERIFIER
from api.services.access import DEFAULT_TENANT
from api.services.backing import SignedStatement, statement_problems, subject_on, tried_evidence
from api.services.footprints import found_footprint
from api.services.lifecycle import checked_text
from api.services.people import need_role
from api.services.verdicts import view_of
from api.services.verifiers import verifier_in, verifier_signing
from api.store.audit import append
from api.store.certificates import StoredCertificate
from api.store.database import Database
from api.store.footprints import StoredFootprint, find_footprints
from api.store.tenants import Actor
from api.store.verifiers import (
    HeldStatement,
    add_held_statement,
    list_held_statements,
    statement_hashed,
    statements_of_number,
    withdraw_held_statement,
)
from footprint.certificates.jose import named_key
from footprint.faults import Problem
from footprint.study import evidence_of
from footprint.verifiers.published import PublishedVerifier
from footprint.verifiers.statement import StatementSubject, open_statement


@dataclass(frozen=True, slots=True)
class Statements:
    """Statements on the footprints of all tenants; each method names whose it is about."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def subject(self, actor: Actor, footprint: str) -> StatementSubject:
        """What a verifier signs about a footprint of the actor's. Raises ServiceRefused API-201,
        InputRefused (VFR-002) for one of before there were hashes of the public part."""
        with self.database.reading() as uow:
            return subject_on(found_footprint(uow, actor, footprint))

    def receive(self, actor: Actor, footprint: str, token: str) -> HeldStatement:
        """Keep a statement on a footprint of the actor's, if it can be relied on. The same file
        twice is one statement.

        Raises ServiceRefused API-102 (role maker), API-201, API-226 (nobody's key here), API-524
        with everything that speaks against it, API-526 (the verifier used the number before);
        InputRefused (VFR-002).
        """
        need_role(actor, "maker")
        now, text = self.clock(), token.strip()
        with self.database.reading() as uow:
            found = found_footprint(uow, actor, footprint)
            verifier = verifier_signing(uow, named_key(text))
        if verifier is None:
            raise UNKNOWN_VERIFIER.refuse(
                "The key that signed the statement is no verifier's in this register.",
                "Have the owner of the installation register the verifier and its public key.",
            )
        signed = open_statement(text, verifier.by_id)
        made = HeldStatement(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            tenant=actor.tenant,
            footprint=found.id,
            verifier=verifier.id,
            number=signed.terms.number,
            hash=signed.hash,
            token=text,
            received_at=now,
        )
        against = statement_problems(made, verifier, found, "")
        if against:
            raise STATEMENT_REFUSED.refuse_all(against)
        try:
            with self.database.writing() as uow:
                add_held_statement(uow, made)
                facts = {"footprint": found.id, "verifier": verifier.id, "hash": made.hash}
                append(uow, actor, now, "statement.received", made.id, facts)
        except IntegrityError:
            return self._held_before(made)
        return made

    def listed(
        self, actor: Actor, limit: int, after: tuple[datetime, str] | None = None
    ) -> list[tuple[HeldStatement, PublishedVerifier, list[Problem]]]:
        """The actor's statements, newest first, each with its verifier and what speaks against it
        today, whichever the scheme."""
        with self.database.reading() as uow:
            held = list_held_statements(uow, actor.tenant, limit, after)
            about = find_footprints(uow, actor.tenant, [one.footprint for one in held])
            known = {one.verifier: verifier_in(uow, one.verifier) for one in held}
        rows = []
        for one in held:
            verifier = known[one.verifier]
            if verifier is not None:
                problems = statement_problems(one, verifier, about[one.footprint], "")
                rows.append((one, verifier, problems))
        return rows

    def withdraw(self, actor: Actor, statement: str, why: str) -> None:
        """Let a statement not count any more, on its verifier's word. Certificates that name it say
        what they said; whoever keeps them decides about them. Raises ServiceRefused API-102 (no
        owner of the installation), API-227, API-002."""
        need_role(actor, "owner")
        now, clean = self.clock(), checked_text(why, "reason")
        with self.database.writing() as uow:
            mine = actor.tenant == DEFAULT_TENANT
            if not mine or not withdraw_held_statement(uow, statement[:64], now, clean):
                raise UNKNOWN_STATEMENT.refuse(
                    f"There is no statement {statement[:64]!r} that counts.",
                    "GET /v1/statements lists those on your footprints.",
                )
            append(uow, actor, now, "statement.withdrawn", statement[:64], {"reason": clean})

    def behind(self, certificate: StoredCertificate) -> tuple[str, PublishedVerifier] | None:
        """The signed statement that a certificate names, and its verifier as it is published now;
        None where it names none."""
        digest = view_of(certificate).get("statement_hash")
        if not digest:
            return None
        with self.database.reading() as uow:
            held = statement_hashed(uow, str(digest))
            verifier = None if held is None else verifier_in(uow, held.verifier)
        if held is None or verifier is None:
            raise LookupError(f"the statement behind {certificate.number} is not in the register")
        return held.token, verifier

    def tried(
        self, footprint: StoredFootprint, scheme: str, evidence: str
    ) -> tuple[str, SignedStatement | None]:
        """The evidence with a statement behind it where one checks; it refuses nothing."""
        with self.database.reading() as uow:
            return tried_evidence(uow, footprint, scheme, evidence)

    def same_footprint(self, made: StoredFootprint, evidence: str) -> StoredFootprint:
        """The footprint that the statement named in the evidence is about, where it says the very
        same as the one that was just made; else that one."""
        named = evidence_of(evidence).verification
        if named is None or not named.statement:
            return made
        with self.database.reading() as uow:
            held = statements_of_number(uow, made.tenant, named.statement)
            known = find_footprints(uow, made.tenant, [one.footprint for one in held])
        same = [one for one in known.values() if one.document_hash == made.document_hash]
        return same[0] if same else made

    def _held_before(self, made: HeldStatement) -> HeldStatement:
        with self.database.reading() as uow:
            held = statement_hashed(uow, made.hash)
        if held is not None and (held.tenant, held.footprint) == (made.tenant, made.footprint):
            return held
        raise STATEMENT_HELD.refuse(
            f"The verifier has signed another statement under the number {made.number}.",
            "Ask the verifier for a statement with a number of its own.",
        )
