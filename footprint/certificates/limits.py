"""Where a certificate's label must not be shown to consumers, by its decision and its term."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from footprint.certificates.intake import Intake
from footprint.certificates.view import Issuance, ShowingLimit


def limits_of(decision: Intake, issuance: Issuance) -> tuple[ShowingLimit, ...]:
    """The markets whose law prohibits the tier's words or, for a self-declaration, the label; now
    or from a known day within the term on. One for each market, the earliest first."""
    found: dict[str, ShowingLimit] = {}
    for one in sorted(_all(decision, issuance), key=lambda limit: limit.since):
        found.setdefault(one.market, one)
    return tuple(found.values())


def _all(decision: Intake, issuance: Issuance) -> Iterator[ShowingLimit]:
    answers = decision.mappings("markets")
    if issuance.self_declared and "own_label" in decision.names():
        answers += decision.mappings("own_label")
    for answer in answers:
        since = _since(answer, issuance.valid_until)
        # A member of a union is told with the union.
        if since is None or "because_of" in answer.names():
            continue
        if answer.text("audience") == "consumer":
            yield ShowingLimit(
                market=answer.text("market"),
                since=since,
                says=answer.text("says"),
                says_zh=answer.text("says_zh", optional=True),
            )


def _since(answer: Intake, valid_until: date) -> str | None:
    """Empty: prohibited already; a day: from then on; None: not within the term."""
    if answer.text("verdict") == "prohibited":
        return ""
    if "becomes" in answer.names() and answer.text("becomes") == "prohibited":
        day = answer.text("changes_on")
        return day if day <= valid_until.isoformat() else None
    return None
