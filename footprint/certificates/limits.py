"""Where a certificate's label must not be shown to consumers, or only under a certification
scheme, by its decision and its term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from footprint.certificates.intake import Intake
from footprint.certificates.view import Issuance, ShowingLimit


@dataclass(frozen=True, slots=True)
class Showing:
    """One entry for each market, the earliest first: `prohibited` where the law prohibits the
    tier's words or the label, `conditional` where it asks something of the label of a verified
    certificate; now or from a known day within the term on."""

    prohibited: tuple[ShowingLimit, ...]
    conditional: tuple[ShowingLimit, ...]


def showing_of(decision: Intake, issuance: Issuance) -> Showing:
    """What the markets of a decision say of showing the label to consumers."""
    name = "own_label" if issuance.self_declared else "verified_label"
    label = tuple(decision.mappings(name)) if decision.has(name) else ()
    answers = (*decision.mappings("markets"), *label)
    prohibited = _first_of_each(answers, "prohibited", issuance.valid_until)
    closed = {limit.market for limit in prohibited}
    asked = _first_of_each(label, "conditional", issuance.valid_until)
    return Showing(prohibited, tuple(one for one in asked if one.market not in closed))


def _first_of_each(
    answers: tuple[Intake, ...], verdict: str, valid_until: date
) -> tuple[ShowingLimit, ...]:
    found: dict[str, ShowingLimit] = {}
    for one in sorted(_all(answers, verdict, valid_until), key=lambda limit: limit.since):
        found.setdefault(one.market, one)
    return tuple(found.values())


def _all(answers: tuple[Intake, ...], verdict: str, valid_until: date) -> Iterator[ShowingLimit]:
    for answer in answers:
        since = _since(answer, verdict, valid_until)
        # A member of a union is told with the union.
        if since is None or answer.has("because_of"):
            continue
        if answer.text("audience") == "consumer":
            yield ShowingLimit(
                market=answer.text("market"),
                since=since,
                says=answer.text("says"),
                says_zh=answer.text("says_zh", optional=True),
            )


def _since(answer: Intake, verdict: str, valid_until: date) -> str | None:
    """Empty: so already; a day: from then on; None: not within the term."""
    if answer.text("verdict") == verdict:
        return ""
    if answer.has("becomes") and answer.text("becomes") == verdict:
        day = answer.text("changes_on")
        return day if day <= valid_until.isoformat() else None
    return None
