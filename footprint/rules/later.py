"""Evidence of days that have not come: a slip of the hand, or a promise in place of a proof."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from footprint.faults import InputRefused, Where
from footprint.rules import faults
from footprint.rules.evidence import Document, Evidence, Reference


def refuse_later(evidence: Evidence, today: date, file: str = "evidence") -> None:
    """Raise InputRefused (RUL-012) with every day of the evidence that lies after `today`.

    What a value of reference stands for may be the year that is running; the end of a term that is
    held may lie as far ahead as it likes.
    """
    found = [
        faults.EVIDENCE_VALUE.at(
            Where(file, column=place),
            f"The value of '{place}' cannot be used.",
            f"{day.isoformat()} has not come yet.",
        )
        for place, day, last in _days(evidence, today)
        if day is not None and day > last
    ]
    if found:
        raise InputRefused(found)


def _days(evidence: Evidence, today: date) -> Iterator[tuple[str, date | None, date]]:
    """Each day with the place where it stands, and the last one that it may be."""
    if evidence.verification is not None:
        yield "verification.date", evidence.verification.date, today
    for group in ("plans", "publications"):
        for name, one in getattr(evidence, group).items():
            if isinstance(one, Document):
                yield f"{group}.{name}.date", one.date, today
    for name, reference in evidence.references.items():
        if isinstance(reference, Reference):
            yield f"references.{name}.date", reference.date, date(today.year, 12, 31)
    for at, credit in enumerate(evidence.credits or ()):
        yield f"credits.{at}.retired_on", credit.retired_on, today
