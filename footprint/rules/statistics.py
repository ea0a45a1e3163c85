"""How probable a reduction is: told beside the scheme's letter, never instead of it.

A scheme compares two numbers. Both are uncertain, so "2.1 % lower" may be chance. Where the
evidence holds the probability that the reduction is at least what the scheme asks for, from
paired draws (the same draw of every background figure for both products), it is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from footprint.rules.arguments import Below
from footprint.rules.book import Parameter
from footprint.rules.expression import Leaf
from footprint.rules.predicates.fairness import REFERENCE_WORDS
from footprint.rules.predicates.finding import Context
from footprint.rules.words import exact_text
from footprint.values.decision import Statistic


def reduction_statistics(
    leaves: tuple[Leaf, ...], parameters: Mapping[str, Parameter], context: Context
) -> tuple[Statistic, ...]:
    """One entry per comparison of the tier for which the evidence states a probability of just
    this reduction against just this reference. The verdict looks at it only where the evidence
    chooses so (`margin.py`)."""
    return tuple(_found(leaves, parameters, context))


def _found(
    leaves: tuple[Leaf, ...], parameters: Mapping[str, Parameter], context: Context
) -> Iterator[Statistic]:
    for leaf in leaves:
        value = parameters[leaf.parameter].at(context.as_of)
        asked = None if isinstance(value, str) else value.arguments
        if not isinstance(asked, Below):
            continue
        for given in context.evidence.probability_of_reduction:
            if (given.reference, given.at_least) != (asked.ref, asked.by):
                continue
            words = REFERENCE_WORDS[asked.ref]
            least = f"{exact_text(asked.by * 100)} %"
            chance = f"{exact_text(given.probability * 100)} %"
            draws = f", {given.draws} paired draws" if given.draws else ""
            draws_zh = f"，{given.draws} 次配对抽样" if given.draws else ""
            yield Statistic(
                rule=f"{leaf.predicate}: {leaf.parameter}",
                reference=asked.ref,
                at_least=exact_text(asked.by),
                probability=exact_text(given.probability),
                says=f"The reduction against {words.en} is at least {least} with a probability "
                f"of {chance}{draws}",
                says_zh=f"相对{words.zh}至少降低 {least} 的概率为 {chance}{draws_zh}",
                draws=given.draws,
            )
