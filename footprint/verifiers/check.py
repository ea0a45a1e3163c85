"""What speaks against relying on a verifier's statement: all of it, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from footprint.faults import Problem, Where
from footprint.rules.synonyms import accepts
from footprint.verifiers.entry import VerifierEntry, folded_name
from footprint.verifiers.faults import (
    CONFLICT,
    NOT_ACCREDITED,
    NOT_SUPPORTING,
    OTHER_FOOTPRINT,
    OUT_OF_SCOPE,
    WITHDRAWN,
    WRONG_DAY,
)
from footprint.verifiers.statement import StatementSubject, VerifierStatement

_WHERE = Where("statement")


@dataclass(frozen=True, slots=True)
class Reliance:
    """Who relies on a statement, for what: the footprint, the names and identifiers of its company,
    the day on which the statement was handed in, and the scheme, where it is known yet."""

    subject: StatementSubject
    companies: tuple[str, ...]
    received: date
    scheme: str = ""


def against_statement(
    statement: VerifierStatement, entry: VerifierEntry, relied: Reliance
) -> list[Problem]:
    """Everything that speaks against a genuine statement of the verifier that `entry` describes;
    empty when it can be relied on. Its accreditation has to be in force on its own day and on the
    day it was handed in: else it could be dated back."""
    return [
        *_about(statement, relied.subject),
        *_days(statement, entry, relied),
        *_scope(statement, entry, relied.scheme),
        *_conflicts(statement, entry, relied.companies),
    ]


def against_withdrawal(statement_on: date | None, key_on: date | None) -> list[Problem]:
    """What a withdrawal of the statement, or of the key that signed it, says against it."""
    found = []
    if statement_on is not None:
        found.append(WITHDRAWN.at(_WHERE, f"The statement was withdrawn on {statement_on}."))
    if key_on is not None:
        found.append(WITHDRAWN.at(_WHERE, f"The key that signed it was withdrawn on {key_on}."))
    return found


def _about(statement: VerifierStatement, subject: StatementSubject) -> Iterator[Problem]:
    there, here = statement.subject.model_dump(), subject.model_dump()
    differs = [name for name in here if here[name] != there[name]]
    if differs:
        yield OTHER_FOOTPRINT.at(
            _WHERE,
            f"The statement is not about this footprint: {', '.join(differs)} differ.",
            "Give the verifier the subject of the footprint that is to be certified.",
        )
    if statement.terms.opinion == "adverse":
        yield NOT_SUPPORTING.at(_WHERE, "The opinion of the statement is adverse.")


def _days(
    statement: VerifierStatement, entry: VerifierEntry, relied: Reliance
) -> Iterator[Problem]:
    day = statement.terms.date
    if day > relied.received:
        yield WRONG_DAY.at(
            _WHERE, f"The statement is dated {day}, after it was handed in on {relied.received}."
        )
    end = statement.subject.period_end
    if end and day.isoformat() < end:
        yield WRONG_DAY.at(_WHERE, f"The statement is dated {day}, before the data end on {end}.")
    for one in sorted({day, max(day, relied.received)}):
        if not entry.accredited_on(one):
            until = entry.accredited_until or "an open end"
            yield NOT_ACCREDITED.at(
                _WHERE,
                f"{entry.name} was not accredited on {one}: its accreditation "
                f"{entry.accreditation} runs from {entry.accredited_from} to {until}.",
                "Have the entry of the register renewed, or take another verifier.",
            )


def _scope(statement: VerifierStatement, entry: VerifierEntry, scheme: str) -> Iterator[Problem]:
    scope, terms = entry.scope, statement.terms
    asked: list[tuple[str, str, Iterable[str], bool]] = [
        ("standard", terms.standard, scope.standards, _covers(terms.standard, scope.standards)),
        ("subject", statement.subject.subject, scope.subjects,
         statement.subject.subject in scope.subjects),
        ("level", terms.level, scope.levels, terms.level in scope.levels),
        ("scheme", scheme, scope.schemes,
         not scheme or not scope.schemes or scheme in scope.schemes),
    ]  # fmt: skip
    for what, wanted, known, covered in asked:
        if not covered:
            yield OUT_OF_SCOPE.at(
                _WHERE,
                f"The scope of {entry.name} does not cover the {what} {wanted}; "
                f"it covers: {', '.join(known)}.",
            )
    if folded_name(terms.verifier) != folded_name(entry.name):
        yield OUT_OF_SCOPE.at(
            _WHERE,
            f"The statement names {terms.verifier}; the key that signed is of {entry.name}.",
        )


def _covers(standard: str, known: tuple[str, ...]) -> bool:
    """Whether a standard is one of the scope, in whichever way either is written."""
    wanted = {folded_name(one) for one in known}
    return folded_name(standard) in wanted or bool(accepts("standards", standard, known))


def _conflicts(
    statement: VerifierStatement, entry: VerifierEntry, companies: tuple[str, ...]
) -> Iterator[Problem]:
    for one in entry.conflicts_with(companies, statement.terms.date):
        yield CONFLICT.at(
            _WHERE,
            f"{entry.name} has a conflict of interest with {one.party}: {one.why}.",
            "Take a verifier without one.",
        )
