"""Buyers' requests as pages show them: rows of the list, questions, packs."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.answering.model import Case, CaseAnswer, CompanyEvidence, Pack, Question
from api.answering.offers import FootprintOffer
from api.console.figures import three
from api.console.shell import PersonVisit
from api.language import Language
from label_templates.console_pages import console_words

#: What the end of a case writes into its note.
_OUTCOME = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d) (?P<outcome>accepted|sent-back|declined): (?P<words>.*)"
)


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list, with the days that are left and who works on it."""

    case: Case
    left: int
    worker: str


def note_lines(case: Case, language: Language) -> list[str]:
    """The note of a case; what became of its answers stands in it by day and outcome, and is told
    in words."""
    words = console_words(language)
    found = []
    for line in case.note.splitlines():
        match = _OUTCOME.fullmatch(line)
        said = words.word("case_states", match["outcome"]) if match else ""
        found.append(f"{match['day']} {said}{words['colon']}{match['words']}" if match else line)
    return found


@dataclass(frozen=True, slots=True)
class OfferRow:
    """A footprint that may be chosen; `total` says of its number whether it is complete."""

    id: str
    name: str
    total: str
    day: str
    fits: bool


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece of evidence that may be chosen; `over` says that its time has ended."""

    id: str
    title: str
    says: str
    until: str
    over: bool


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question with its answer: what it is answered with, and what may be chosen."""

    question: Question
    answer: CaseAnswer
    called: Sequence[str]
    pieces: Sequence[PieceRow]
    suggested: str


@dataclass(frozen=True, slots=True)
class PackRow:
    """A pack as it is shown: exactly the files that the buyer gets."""

    id: str
    made: str
    by: str
    sent: str
    how: str
    files: Sequence[str]


def case_rows(visit: PersonVisit, cases: Sequence[Case]) -> list[CaseRow]:
    """The rows of a list; of a program that works on one, what its token is called."""
    names = names_of(visit, [one.worker for one in cases])
    return [CaseRow(one, days_left(visit, one), names.get(one.worker, one.worker)) for one in cases]


def names_of(visit: PersonVisit, actors: Sequence[str]) -> Mapping[str, str]:
    """What the tokens among the actors are called; nothing is looked up where there is none."""
    by_token = any(one.startswith("token:") for one in actors)
    return visit.service.log.names(visit.actor) if by_token else {}


def days_left(visit: PersonVisit, case: Case) -> int:
    """Days until it is due, below 0 when overdue; 0 without a day."""
    return 0 if case.due is None else (case.due - visit.service.clock().date()).days


def question_row(
    visit: PersonVisit,
    case: Case,
    question: Question,
    offers: Sequence[FootprintOffer],
    pieces: Sequence[CompanyEvidence],
) -> QuestionRow:
    """A question of the case with its answer, and what it may be answered with."""
    answer, words = case.questions[question], console_words(visit.language)
    today = visit.service.clock().date()
    known = {one.id: one.title for one in pieces}
    comma = words["comma"]
    named = {
        one.id: f"{words.pick(one.name, one.name_zh)}{comma}{_total(one, words)}" for one in offers
    }
    used = [named.get(one, one) for one in (answer.footprint, answer.against) if one]
    return QuestionRow(
        question=question,
        answer=answer,
        called=[*used, *(known.get(one, one) for one in answer.evidence)],
        pieces=[_piece(one, today, words) for one in pieces if one.kind == question],
        suggested=next((one.id for one in offers if one.fits), ""),
    )


def _piece(piece: CompanyEvidence, today: date, words: Any) -> PieceRow:
    facts: Mapping[str, str] = json.loads(piece.facts)
    said = [f"{words.word('evidence_facts', name)} {value}" for name, value in facts.items()]
    until = piece.valid_until
    return PieceRow(
        piece.id,
        piece.title,
        words["list_comma"].join(said),
        "" if until is None else until.isoformat(),
        until is not None and until < today,
    )


def offer_row(offer: FootprintOffer, words: Any) -> OfferRow:
    """A footprint that may be chosen, in the words of the page."""
    day, name = offer.made_at.date().isoformat(), words.pick(offer.name, offer.name_zh)
    return OfferRow(offer.id, name, _total(offer, words), day, offer.fits)


def _total(offer: FootprintOffer, words: Any) -> str:
    per = words.quantity(str(offer.amount), offer.unit)
    sentence = "request_least" if offer.least else "request_complete"
    return str(words.say(sentence, kg=three(offer.kg), per=per))


def pack_row(pack: Pack, names: Mapping[str, str]) -> PackRow:
    """A pack; `names` says who is behind the actor that made it."""
    return PackRow(
        pack.id,
        pack.made_at.date().isoformat(),
        names.get(pack.made_by, pack.made_by),
        "" if pack.sent_at is None else pack.sent_at.date().isoformat(),
        pack.sent_how,
        ["answer.json", *json.loads(pack.manifest)["files"]],
    )
