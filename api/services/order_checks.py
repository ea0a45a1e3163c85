"""What an order for a certificate has to hold: a verifier's name, a term, an earned tier."""

from __future__ import annotations

from datetime import date
from typing import Any

from api.faults import NO_TERM, NOT_EARNED, VERIFIER_UNNAMED, ServiceRefused
from footprint.rules.evidence import Evidence
from footprint.rules.later import refuse_later
from footprint.study import evidence_of
from footprint.values.decision import Decision

#: Longest term where a scheme's rules state none: PACT Methodology v3 lets a footprint be used for
#: at most three years.
MOST_MONTHS = 36


def evidence_on(text: str, today: date) -> Evidence:
    """The evidence of an order. Raises InputRefused (RUL codes) for what cannot be used, and for
    what is of a day after `today`."""
    evidence = evidence_of(text)
    refuse_later(evidence, today)
    return evidence


def verifier_of(evidence: Evidence) -> str:
    """Who verified, as the evidence says; empty when nobody but the maker did."""
    statement = evidence.verification
    if statement is None or statement.kind in (None, "self"):
        return ""
    if not statement.by and statement.statement:
        return ""  # the signed statement names its verifier
    if not statement.by:
        raise VERIFIER_UNNAMED.refuse(
            f"The evidence names a verification of kind {statement.kind}, but not by whom.",
            "Give `verification: {by: ...}` in the evidence.",
        )
    return statement.by


def months_of(scheme: int | None, asked: int | None) -> int:
    """The term in months: what the scheme sets, or less where asked; never a guess. Where the
    scheme sets none, three years are the most."""
    term = scheme if asked is None else asked
    if term is None:
        raise NO_TERM.refuse(
            "The scheme's rules state no term, and the request does not either.",
            "Give `months`, the number of months for which the certificate shall be valid.",
        )
    most = MOST_MONTHS if scheme is None else scheme
    if not 1 <= term <= most:
        raise NO_TERM.refuse(
            f"A term of {term} months was asked for; "
            + (
                f"the scheme's rules allow 1 to {scheme}."
                if scheme
                else f"the scheme's rules state none, and our limit is {MOST_MONTHS}."
            ),
            "Ask for an allowed number of months, or leave `months` out.",
        )
    return term


def not_earned(decision: Decision, document: dict[str, Any]) -> ServiceRefused:
    """The refusal of an order whose tier was not earned, with the whole decision."""
    missing = ", ".join(decision.missing)
    return NOT_EARNED.refuse(
        f"The verdict for {decision.scheme}, {decision.tier}, on {decision.as_of} is "
        f"{decision.verdict}: {decision.trace.says}",
        f"Not supplied: {missing}." if missing else "The member `decision` holds every reason.",
        details={"decision": document},
    )
