"""Which rows of a footprint to measure so that enough of it is primary data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from footprint.rules.arguments import PrimaryData
from footprint.rules.evidence import FootprintRow
from footprint.rules.expression import Leaf
from footprint.rules.leaves import Check, Parameters, asked_of_leaf, mends_only
from footprint.rules.predicates.finding import Context
from footprint.values.decision import Change


def measurements(
    leaves: tuple[Leaf, ...], parameters: Parameters, context: Context, tier: Check
) -> Iterator[Change]:
    """The fewest rows to measure, for each rule that asks for more primary data."""
    facts = context.facts
    for leaf in leaves:
        asked = asked_of_leaf(leaf, parameters, context)
        if not isinstance(asked, PrimaryData) or facts.primary_share is None:
            continue
        rows = fewest_rows(facts.rows, facts.primary_share, asked.at_least)
        if not rows:
            continue
        mended = replace(context, facts=replace(facts, primary_share=Decimal(1)))
        numbers, numbers_zh = ", ".join(map(str, rows)), "、".join(map(str, rows))
        alone = tier(mended) == "pass"
        only = mends_only(None if alone else parameters[leaf.parameter].description)
        yield Change(
            rule=f"{leaf.predicate}: {leaf.parameter}",
            kind="primary-data",
            amount=str(len(rows)),
            says=f"Give primary data for row{'s' if len(rows) > 1 else ''} {numbers}{only.en}",
            says_zh=f"为第 {numbers_zh} 行提供初级数据{only.zh}",
            rows=rows,
            alone=alone,
        )


def fewest_rows(
    rows: tuple[FootprintRow, ...], primary_share: Decimal, at_least: Decimal
) -> tuple[int, ...]:
    """The fewest rows that, if measured, lift the primary data share (0 to 1, of the absolute
    contributions: PACT v3, 4.2.2) to `at_least`, in file order; empty where none are needed."""
    whole = sum((abs(row.kg) for row in rows), Decimal(0))
    chosen: list[int] = []
    share = primary_share
    for row in sorted(rows, key=_unmeasured, reverse=True):
        if share >= at_least or not whole:
            break
        if _unmeasured(row):
            chosen.append(row.row)
            share += _unmeasured(row) / whole
    return tuple(sorted(chosen)) if share >= at_least else ()


def _unmeasured(row: FootprintRow) -> Decimal:
    """What of a row's kg CO2e, in absolute terms, does not rest on primary data yet."""
    return abs(row.kg) * (1 - row.primary)
