"""Buyers' requests as cases: taken in, worked on, answered with evidence, sent, accepted or not."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from api.answering.model import (
    QUESTIONS,
    Case,
    CaseAnswer,
    CaseState,
    Origin,
    Question,
    answers_text,
)
from api.answering.questionnaire import Guess, read_questionnaire
from api.answering.rows import (
    add_case,
    case_counts,
    case_file,
    change_case,
    due_cases,
    find_case,
    find_evidence,
    list_cases,
)
from api.faults import CASE_STATE, REFUSED, STALE_CASE, UNKNOWN_REQUEST
from api.partners.inbox import Heard
from api.services.footprints import found_footprint
from api.services.lifecycle import checked_text
from api.services.people import need_role
from api.store.audit import append
from api.store.database import Database, UnitOfWork
from api.store.hooks import announce
from api.store.news import CAME, News
from api.store.tenants import Actor
from footprint.faults import InputRefused, Where

#: Cases of one digest.
MOST_DUE = 200


@dataclass(frozen=True, slots=True)
class CaseOrder:
    """A request that was typed in, or of which a file was uploaded."""

    buyer: str
    product: str = ""
    products: tuple[str, ...] = ()
    due: date | None = None
    note: str = ""
    file: str = ""
    data: bytes = b""


@dataclass(frozen=True, slots=True)
class CaseChange:
    """What is changed of a case; None leaves a thing as it is."""

    worker: str | None = None
    due: date | None = None
    answers: Mapping[Question, CaseAnswer] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of all tenants; each method names whose it is about."""

    database: Database
    clock: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def add(self, actor: Actor, order: CaseOrder) -> tuple[Case, Guess | None]:
        """A new case; of a file also what was found in it. A file that is no table is kept as it
        is. Raises ServiceRefused API-102 (no maker), InputRefused (CER-003, CER-004)."""
        need_role(actor, "maker")
        guess = None
        if order.data:
            try:
                guess = read_questionnaire(order.data, order.file)
            except InputRefused:
                guess = Guess()
        found = guess or Guess()
        notes = [order.note, *found.others]
        made = self._new(
            actor.tenant,
            "file" if order.data else "typed",
            buyer=checked_text(order.buyer, "buyer"),
            product=checked_text(order.product, "product") if order.product else "",
            product_ids=json.dumps(
                [checked_text(one, "product") for one in order.products or found.products]
            ),
            due=order.due or found.due,
            note="\n".join(checked_text(one, "note") for one in notes if one.strip()),
            file=order.file[:200],
        )
        with self.database.writing() as uow:
            add_case(uow, made, order.data)
            append(uow, actor, made.came_at, "request.came", made.id, {"origin": made.origin})
        return made, guess

    def heard(self, uow: UnitOfWork, heard: Heard) -> None:
        """A partner's event asks. What was answered by what is published already is done; what was
        rejected for now waits for somebody: once it is published, the partner is told."""
        data, partner = heard.event["data"], heard.partner
        asked = data.get("productId") or []
        named = asked if isinstance(asked, list) else [asked]
        products = [_short(one, 500) for one in named[:100]]
        comment = data.get("comment")
        made = self._new(
            partner.tenant,
            "event",
            partner=partner.id,
            event=_short(f"{heard.event['source']} {heard.event['id']}", 2_600),
            buyer=partner.name,
            product=products[0] if products else "",
            product_ids=json.dumps(products),
            note=_short(comment, 2_000) if isinstance(comment, str) else "",
            state="answered" if heard.fulfilled else "asked",
        )
        add_case(uow, made)
        key = f"{CAME} {made.id}"
        announce(uow, [News(made.tenant, CAME, made.id, made.came_at, key, {})])

    def _new(self, tenant: str, origin: Origin, **given: Any) -> Case:
        now = self.clock()
        usual: dict[str, Any] = {
            "partner": None,
            "event": "",
            "due": None,
            "file": "",
            "state": "asked",
        }
        return Case(
            id=str(UUID(bytes=self.entropy(16), version=4)),
            tenant=tenant,
            origin=origin,
            worker="",
            answers=answers_text({name: CaseAnswer() for name in QUESTIONS}),
            revision=1,
            came_at=now,
            changed_at=now,
            **usual | given,
        )

    def listed(
        self,
        actor: Actor,
        state: CaseState | None,
        limit: int,
        after: tuple[datetime, str] | None = None,
    ) -> list[Case]:
        """The actor's cases in a state (None: any), newest first, behind `after`."""
        with self.database.reading() as uow:
            return list_cases(uow, actor.tenant, state, limit, after)

    def counts(self, actor: Actor) -> dict[str, int]:
        """How many cases there are in each state."""
        with self.database.reading() as uow:
            return case_counts(uow, actor.tenant)

    def get(self, actor: Actor, case: str) -> Case:
        """The actor's case of this id. Raises ServiceRefused API-212."""
        with self.database.reading() as uow:
            return found_case(uow, actor, case)

    def file_of(self, case: Case) -> bytes:
        """The file that a case came as, as it was sent in. Raises ServiceRefused API-212."""
        with self.database.reading() as uow:
            found = case_file(uow, case.tenant, case.id)
        if not found:
            raise UNKNOWN_REQUEST.refuse(f"The request {case.id} came without a file.")
        return found

    def due(self, actor: Actor, days: int) -> list[Case]:
        """Open cases that are due within so many days, or overdue, the most urgent first."""
        until = self.clock().date() + timedelta(days=days)
        with self.database.reading() as uow:
            return due_cases(uow, actor.tenant, until, MOST_DUE)

    def change(self, actor: Actor, case: str, revision: int, changes: CaseChange) -> Case:
        """Who works on it, until when, and answers. A case that was answered stays as it was sent
        until the buyer sends it back.

        Raises ServiceRefused API-102 (no maker), API-212, API-003 for evidence that is not there or
        does not answer, API-406 when somebody was faster, API-516 for a case that is over.
        """
        need_role(actor, "maker")
        now = self.clock()
        with self.database.writing() as uow:
            found = found_case(uow, actor, case)
            if not found.is_open:
                raise _wrong_state(found, "changed")
            for question, answer in changes.answers.items():
                _check(uow, actor, question, answer, now.date())
            worker = found.worker if changes.worker is None else changes.worker
            made = replace(
                found,
                state="working",
                worker=checked_text(worker, "worker") if worker else actor.identity,
                due=changes.due or found.due,
                answers=answers_text({**found.questions, **changes.answers}),
                changed_at=now,
            )
            _store(uow, made, revision)
            append(uow, actor, now, "request.changed", made.id, {"answers": list(changes.answers)})
        return replace(made, revision=revision + 1)

    def close(
        self,
        actor: Actor,
        case: str,
        outcome: Literal["accepted", "sent-back", "declined"],
        words: str,
    ) -> Case:
        """What the buyer said to the answer, or that we give none; a refusal needs words.

        Raises ServiceRefused API-102 (no maker), API-212, API-516 for a state that does not allow
        it, API-003 without words.
        """
        need_role(actor, "maker")
        now = self.clock()
        if outcome != "accepted" and not words.strip():
            raise REFUSED.refuse("Say why.", where=Where(column="body.words"))
        with self.database.writing() as uow:
            found = found_case(uow, actor, case)
            if (found.state == "answered") == (outcome == "declined"):
                raise _wrong_state(found, outcome)
            if outcome == "declined" and not found.is_open:
                raise _wrong_state(found, outcome)
            said = (
                f"{now.date().isoformat()} {outcome}: {checked_text(words, 'words')}"
                if words
                else ""
            )
            note = "\n".join(one for one in (found.note, said) if one)
            made = replace(found, state=outcome, note=note, changed_at=now)
            _store(uow, made, found.revision)
            append(uow, actor, now, f"request.{outcome}", made.id, {})
        return replace(made, revision=found.revision + 1)


def found_case(uow: UnitOfWork, actor: Actor, case: str) -> Case:
    """The actor's case of this id. Raises ServiceRefused API-212."""
    found = find_case(uow, actor.tenant, case[:64])
    if found is None:
        raise UNKNOWN_REQUEST.refuse(f"There is no request {case[:64]!r} among yours.")
    return found


def _store(uow: UnitOfWork, case: Case, revision: int) -> None:
    if not change_case(uow, case, revision):
        raise STALE_CASE.refuse(
            "The request was changed in another window. This shows it as it is now.",
            "Look at it again, then choose.",
        )


def _wrong_state(case: Case, step: str) -> Exception:
    return CASE_STATE.refuse(
        f"The request is {case.state}; it cannot be {step} now.",
        "An answer that the buyer sends back can be changed and sent again.",
    )


def _check(
    uow: UnitOfWork, actor: Actor, question: Question, answer: CaseAnswer, today: date
) -> None:
    """Raise ServiceRefused API-003 unless what is named is there and answers the question."""
    where = Where(column=f"body.answers.{question}")
    for footprint in filter(None, (answer.footprint, answer.against)):
        found_footprint(uow, actor, footprint)
    pieces = find_evidence(uow, actor.tenant, answer.evidence)
    for one in answer.evidence:
        piece = pieces.get(one)
        if piece is None or piece.kind != question:
            message = f"There is no evidence {one[:64]!r} on this question."
            raise REFUSED.refuse(message, where=where)
        if piece.valid_until is not None and piece.valid_until < today:
            message = f"The evidence {piece.title!r} ended on {piece.valid_until.isoformat()}."
            raise REFUSED.refuse(message, "Keep a newer one.", where=where)
    if answer.words:
        checked_text(answer.words, "words")
    if answer.state == "declined" and not answer.words.strip():
        raise REFUSED.refuse("An answer that is not given needs a reason.", where=where)
    if answer.state == "answered" and not _answers(question, answer):
        raise REFUSED.refuse(
            f"Nothing of what is kept here answers the question about {question}.",
            "Name a footprint or a piece of evidence: an answer is not only words.",
            where=where,
        )


def _answers(question: Question, answer: CaseAnswer) -> bool:
    if question == "footprint":
        return bool(answer.footprint)
    if question == "measures":
        return bool(answer.evidence or (answer.footprint and answer.against))
    if question == "clean-energy":
        return bool(answer.evidence or answer.footprint)
    return bool(answer.evidence)


def _short(text: str, most: int) -> str:
    """A stranger's text as it can be stored and shown."""
    kept = "".join(one if one.isprintable() else " " for one in text[:most])
    return kept.encode("utf-8", "replace").decode()
