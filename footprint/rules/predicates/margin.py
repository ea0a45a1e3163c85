"""Whether a difference between two footprints is more than their uncertainty.

A scheme compares two single values. The evidence may state how probable the reduction is, from
paired draws of both products, or the interval of the footprint. This project's own rule: a margin
is supported from a probability of 0.95 on, or where the whole interval keeps the limit.
"""

from __future__ import annotations

from decimal import localcontext

from footprint.rules.arguments import Below
from footprint.rules.draws import LEAST_PROBABILITY
from footprint.rules.evidence import ReductionProbability, Reference
from footprint.rules.limits import at_most
from footprint.rules.predicates.finding import Context, Finding, failed, not_supplied, passed
from footprint.rules.words import EXACT, exact_text
from footprint.values.claim import Margin


def probability_for(asked: Below, context: Context) -> ReductionProbability | None:
    """The probability of just this reduction against just this reference, where it is stated."""
    for given in context.evidence.probability_of_reduction:
        if (given.reference, given.at_least) == (asked.ref, asked.by):
            return given
    return None


def margin_of(asked: Below, reference: Reference, context: Context) -> Margin:
    """How the difference stands to what is stated of its uncertainty; the probability before the
    interval, because it knows what both products share."""
    given = probability_for(asked, context)
    least = context.evidence.least_probability or LEAST_PROBABILITY
    if given is not None and given.probability < least:
        return "within-uncertainty"
    if given is not None and given.draws is not None:
        return "supported"
    interval = context.evidence.interval
    if interval is None:
        return "not-stated"
    # An interval that holds the footprint too seldom, or not at all, supports nothing.
    holds = interval.low_kg <= context.facts.total_kg <= interval.high_kg
    if not holds or interval.share < least:
        return "within-uncertainty"
    with localcontext(EXACT):
        limit = reference.value_kg * (1 - asked.by)
    return "supported" if at_most(interval.high_kg, limit) else "within-uncertainty"


def by_probability(asked: Below, context: Context) -> Finding | None:
    """Where the evidence chooses that the probability decides: whether it is high enough. It is
    asked for beside the scheme's own comparison, so it can only make a verdict stricter."""
    if context.evidence.decided_by != "probability":
        return None
    given = probability_for(asked, context)
    if given is None:
        return not_supplied("probability_of_reduction")
    if given.draws is None:  # a share of nobody knows how many draws decides nothing
        return not_supplied("probability_of_reduction.draws")
    least = context.evidence.least_probability or LEAST_PROBABILITY
    shown, need = (f"{exact_text(share * 100)} %" for share in (given.probability, least))
    if given.probability >= least:
        return passed(f"probable with {shown}; {need} decides", f"概率为 {shown}；以 {need} 为准")
    return failed(f"probable with {shown}; {need} is needed", f"概率为 {shown}；须达到 {need}")
