"""The smallest change that would mend what fails: emit less, retire credits, measure a row.

Amounts are found by trying the rules themselves, in steps: a change of the amount told passes,
and one step less does not. A step is 0.1 % of the footprint or of a row, and 0.1 t CO2e.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal, localcontext

from footprint.rules.arguments import Credits, OffsetCover
from footprint.rules.evaluate import evaluate_leaf
from footprint.rules.evidence import Credit
from footprint.rules.expression import Leaf
from footprint.rules.leaves import Check, Parameters, asked_of_leaf, mends_only
from footprint.rules.measuring import measurements
from footprint.rules.predicates.credits import shortfall
from footprint.rules.predicates.finding import Context
from footprint.rules.registries import registries
from footprint.rules.words import EXACT, Bilingual, exact_text, measured_for, significant
from footprint.values.decision import Change, Verdict

#: Steps into which a footprint or a row is divided, so a step is 0.1 %.
STEPS = 1000
#: t CO2e.
TONNE_STEP = Decimal("0.1")


def smallest_changes(
    leaves: tuple[Leaf, ...], parameters: Parameters, context: Context, tier: Check
) -> tuple[Change, ...]:
    """The smallest changes for a tier that does not pass, as far as they can be computed.

    `tier` judges the whole tier. A cut that makes the whole tier pass is told first and alone;
    where no cut does, each failing comparison is told by itself.
    """
    found = (
        *_reductions(leaves, parameters, context, tier),
        *_retirements(leaves, parameters, context, tier),
        *measurements(leaves, parameters, context, tier),
    )
    return tuple(dict.fromkeys(found))


def with_total(context: Context, total_kg: Decimal) -> Context:
    """The same question for a footprint of another total, kg CO2e per declared unit."""
    return replace(context, facts=replace(context.facts, total_kg=total_kg))


def with_credit(context: Context, credit: Credit) -> Context:
    """The same question with one more block of credits."""
    blocks = (*(context.evidence.credits or ()), credit)
    return replace(context, evidence=replace(context.evidence, credits=blocks))


def _leaf_check(leaf: Leaf, parameters: Parameters) -> Check:
    """Whether a leaf would pass were the total complete: what lacks is told by itself, and a cut or
    credits are needed whatever comes on top."""

    def check(context: Context) -> Verdict:
        facts = context.facts
        if facts.lacks_too_much:
            whole = replace(
                facts, at_least=False, screening_result=False, coverage_lines=Decimal(1)
            )
            context = replace(context, facts=whole)
        trace = evaluate_leaf(leaf.predicate, parameters[leaf.parameter], context)
        return "pass" if trace is None else trace.verdict

    return check


def _reductions(
    leaves: tuple[Leaf, ...], parameters: Parameters, context: Context, tier: Check
) -> Iterator[Change]:
    whole = tuple(_cuts(Leaf("tier", ""), tier, context, None))
    if whole:
        yield from whole
        return
    for leaf in leaves:
        if leaf.predicate not in ("below", "class_of"):
            continue
        check = _leaf_check(leaf, parameters)
        if check(context) != "pass":
            yield from _cuts(leaf, check, context, parameters[leaf.parameter].description)


def _cuts(leaf: Leaf, check: Check, context: Context, mends: Bilingual | None) -> Iterator[Change]:
    """The least cut of the whole footprint, and of its largest row where that alone is enough.

    `mends` is the rule that passes then; None where it is the whole tier.
    """
    facts = context.facts
    rule = f"{leaf.predicate}: {leaf.parameter}" if mends else leaf.predicate
    only = mends_only(mends)
    steps = _least_steps(check, context, facts.total_kg)
    if steps is None:
        return
    share, shown = _share(steps)
    kg = significant(facts.total_kg * share)
    measured = measured_for(facts.subject, facts.per)
    yield Change(
        rule=rule,
        kind="reduce",
        amount=exact_text(share),
        says=f"Emit {shown} less ({kg} kg CO2e {measured.en}){only.en}",
        says_zh=f"排放降低 {shown}（{measured.zh} {kg} kg CO2e）{only.zh}",
        alone=mends is None,
    )
    row = max(facts.rows, key=lambda each: each.kg, default=None)
    steps = None if row is None else _least_steps(check, context, row.kg)
    if row is None or steps is None:
        return
    share, shown = _share(steps)
    yield Change(
        rule=rule,
        kind="reduce",
        amount=exact_text(share),
        says=f"Emit {shown} less on row {row.row} ({row.name}){only.en}",
        says_zh=f"第 {row.row} 行（{row.name}）排放降低 {shown}{only.zh}",
        rows=(row.row,),
        alone=mends is None,
    )


def _least_steps(check: Check, context: Context, kg: Decimal) -> int | None:
    """The fewest steps of `kg` to leave out for the check to pass; None where it never does while
    the footprint stays above zero."""

    def passes(steps: int) -> bool:
        with localcontext(EXACT):
            total = context.facts.total_kg - kg * steps / STEPS
        return check(with_total(context, total)) == "pass"

    if kg <= 0:
        return None
    with localcontext(EXACT):
        left_over = (context.facts.total_kg * STEPS / kg).to_integral_value(ROUND_CEILING) - 1
    most = min(STEPS, int(left_over))
    if most < 1 or not passes(most):
        return None
    failing, passing = 0, most
    while passing - failing > 1:
        middle = (failing + passing) // 2
        if passes(middle):
            passing = middle
        else:
            failing = middle
    return passing


def _share(steps: int) -> tuple[Decimal, str]:
    share = Decimal(steps) / STEPS
    return share, f"{exact_text(share * 100)} %"


def _retirements(
    leaves: tuple[Leaf, ...], parameters: Parameters, context: Context, tier: Check
) -> Iterator[Change]:
    programme = next(
        (
            asked.any[0]
            for leaf in leaves
            if isinstance(asked := asked_of_leaf(leaf, parameters, context), Credits) and asked.any
        ),
        None,
    )
    for leaf in leaves:
        asked = asked_of_leaf(leaf, parameters, context)
        if not isinstance(asked, OffsetCover):
            continue
        lacking = shortfall(asked, context)
        if not lacking:
            continue
        tonnes = (lacking / TONNE_STEP).to_integral_value(ROUND_CEILING) * TONNE_STEP
        mended = with_credit(context, _retired_today(tonnes, programme, context))
        if _leaf_check(leaf, parameters)(mended) != "pass":
            continue
        shown = exact_text(tonnes)
        alone = tier(mended) == "pass"
        only = mends_only(None if alone else parameters[leaf.parameter].description)
        yield Change(
            rule=f"{leaf.predicate}: {leaf.parameter}",
            kind="retire",
            amount=shown,
            says=f"Retire {shown} t CO2e more{only.en}",
            says_zh=f"再注销 {shown} t CO2e{only.zh}",
            alone=alone,
        )


def _retired_today(tonnes: Decimal, programme: str | None, context: Context) -> Credit:
    """A block against which nothing speaks, to try what more credits would change."""
    return Credit(
        tonnes=tonnes,
        programme=programme,
        vintage=context.as_of.year,
        issuance="ex-post",
        retired_on=context.as_of,
        serial=f"to be retired 1-{tonnes.to_integral_value(ROUND_CEILING)}",
        registry=next(iter(registries().values())).name,  # any: which one is to be chosen
        beneficiary=next(iter(context.facts.companies), None),
    )
