"""References that cannot be compared with are refused, before any rule looks at them."""

from __future__ import annotations

from collections.abc import Iterator

from footprint.faults import InputRefused, Problem, Where
from footprint.rules import faults
from footprint.rules.evidence import Absent, Evidence, Facts, Reference
from footprint.rules.words import exact_text


def refuse_unusable_references(facts: Facts, evidence: Evidence) -> None:
    """Raises InputRefused with every reference that is per another unit than the footprint
    (RUL-013), under another GWP set (RUL-014), or the worst year of its history (RUL-015)."""
    problems = [
        problem
        for name, reference in evidence.references.items()
        if not isinstance(reference, Absent)
        for problem in _problems(reference, facts, Where("evidence", column=f"references.{name}"))
    ]
    if problems:
        raise InputRefused(problems)


def _problems(reference: Reference, facts: Facts, where: Where) -> Iterator[Problem]:
    if (reference.per_amount, reference.per_unit) != (facts.unit_amount, facts.unit):
        per = f"{exact_text(reference.per_amount)} {reference.per_unit}"
        yield faults.REFERENCE_UNIT.at(
            where,
            f"The reference is per {per}, the footprint per {facts.per}.",
            f"Give the reference per {facts.per}.",
        )
    if reference.gwp_set is not None and reference.gwp_set != facts.gwp_set:
        yield faults.REFERENCE_GWP.at(
            where,
            f"The reference uses {reference.gwp_set}, the footprint {facts.gwp_set}.",
            "Give both under the same GWP set.",
        )
    if _is_worst_year(reference):
        yield faults.REFERENCE_WORST_YEAR.at(
            where,
            "The reference is the worst of several years: any other year is a reduction from it.",
            "Give the year that the scheme names, the year before, or the mean of the years.",
        )


def _is_worst_year(reference: Reference) -> bool:
    """Chosen as the worst year, or a peak in its own history that is not where it begins: a base
    year that is highest because emissions fell ever since is fair."""
    if reference.chosen == "worst-year":
        return True
    year = reference.date.year if reference.date else None
    if year is None or len(reference.history) < 2 or reference.chosen == "mean-of-years":
        return False
    return reference.value_kg >= max(reference.history.values()) and year != min(reference.history)
