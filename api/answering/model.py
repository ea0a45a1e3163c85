"""A buyer's request, the four questions in it, and evidence that answers them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

#: The four asks of international buyers: the product's footprint, targets for reduction and
#: neutrality, measures taken, and the share of clean energy.
Question = Literal["footprint", "targets", "measures", "clean-energy"]
EvidenceKind = Literal["targets", "measures", "clean-energy"]
QUESTIONS: tuple[Question, ...] = ("footprint", "targets", "measures", "clean-energy")

Origin = Literal["event", "file", "typed"]
#: `asked` and `sent-back` wait for somebody; `answered` waits for the buyer; the last two are over.
CaseState = Literal["asked", "working", "sent-back", "answered", "accepted", "declined"]
OPEN_STATES: tuple[CaseState, ...] = ("asked", "working", "sent-back")
AnswerState = Literal["open", "answered", "declined"]


@dataclass(frozen=True, slots=True)
class CaseAnswer:
    """The answer to one question: by a footprint, by pieces of evidence, or why there is none.

    A footprint also answers `measures` (by an earlier one, `against`) and `clean-energy` (by the
    electricity of its lines).
    """

    state: AnswerState = "open"
    footprint: str = ""
    against: str = ""
    evidence: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A request of a buyer as it stands. `answers` is JSON."""

    id: str
    tenant: str
    origin: Origin
    partner: str | None
    event: str
    buyer: str
    product: str
    product_ids: str
    due: date | None
    note: str
    file: str
    state: CaseState
    worker: str
    answers: str
    revision: int
    came_at: datetime
    changed_at: datetime

    @property
    def products(self) -> tuple[str, ...]:
        """The ids of the products that are asked about."""
        return tuple(json.loads(self.product_ids))

    @property
    def questions(self) -> Mapping[Question, CaseAnswer]:
        """Each question with its answer."""
        kept = json.loads(self.answers)
        return {one: _answer(kept.get(one, {})) for one in QUESTIONS}

    @property
    def is_open(self) -> bool:
        """Whether we owe an answer."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True)
class CompanyEvidence:
    """What the company says of itself; a file shows it. `facts` is JSON. A list of 200 pieces
    leaves their files where they are."""

    id: str
    tenant: str
    kind: EvidenceKind
    title: str
    facts: str
    file: str
    hash: str
    valid_until: date | None
    made_at: datetime
    made_by: str


@dataclass(frozen=True, slots=True)
class KeptEvidence(CompanyEvidence):
    """A piece of evidence with its file."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Pack:
    """What is sent to a buyer, and what is in it."""

    id: str
    tenant: str
    case_id: str
    manifest: str
    hash: str
    made_at: datetime
    made_by: str
    sent_at: datetime | None = None
    sent_how: str = ""


@dataclass(frozen=True, slots=True)
class PackFile(Pack):
    """A pack with its ZIP file."""

    data: bytes = field(kw_only=True)


def answers_text(answers: Mapping[Question, CaseAnswer]) -> str:
    """Answers as they are kept."""
    return json.dumps({name: _document(one) for name, one in answers.items()}, ensure_ascii=False)


def _document(answer: CaseAnswer) -> dict[str, Any]:
    return {
        "state": answer.state,
        "footprint": answer.footprint,
        "against": answer.against,
        "evidence": list(answer.evidence),
        "words": answer.words,
    }


def _answer(kept: Mapping[str, Any]) -> CaseAnswer:
    values = dict(kept)
    values["evidence"] = tuple(values.get("evidence", ()))
    return CaseAnswer(**values)
