"""Carbon credits: whether they cover the footprint, and whether they are of an accepted kind.

Tonnes are t CO2e; the footprint is kg CO2e per declared unit, so 1,000 kg stand for one tonne.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, localcontext

from footprint.rules.arguments import Credits, OffsetCover
from footprint.rules.evidence import Credit, Document
from footprint.rules.limits import as_good_as, at_most
from footprint.rules.predicates.finding import (
    Context,
    Finding,
    add_months,
    failed,
    not_above_zero,
    not_supplied,
    not_understood,
    passed,
    unknown,
)
from footprint.rules.predicates.retirement import JudgedBlock, judged_block
from footprint.rules.synonyms import accepts, same_word
from footprint.rules.words import EXACT, exact_text


def offset_cover(asked: OffsetCover, context: Context) -> Finding:
    """Whether credits retired by the day of the decision reach ratio x footprint x units sold.

    A block whose retirement is not stated in full counts as possible, not as certain.
    """
    evidence, units = context.evidence, units_covered(context)
    if evidence.credits is None or units is None:
        given = {"credits": evidence.credits, "units_sold": units}
        return not_supplied(*(name for name, value in given.items() if value is None))
    if context.facts.total_kg <= 0:
        return not_above_zero(context)
    judged = [judged_block(credit, asked, context) for credit in evidence.credits]
    overdue = _overdue(asked, judged, context)
    if overdue is not None:
        return overdue
    certain = _tonnes(block for block in judged if block.counts)
    possible = _tonnes(block for block in judged if block.counts is not False)
    needed = needed_tonnes(asked, context, units)
    if as_good_as(needed, certain):
        needed = certain
    have, need = exact_text(certain), exact_text(needed)
    remarks = [block.remark for block in judged if block.remark is not None]
    why = _joined("; not counted: ", ", ", [each.en for each in remarks])
    why_zh = _joined("；未计入：", "、", [each.zh for each in remarks])
    if certain >= needed:
        return passed(
            f"{have} t CO2e retired; {need} t CO2e needed",
            f"已注销 {have} t CO2e；需要 {need} t CO2e",
        )
    if at_most(needed, possible):
        return unknown(
            f"{have} t CO2e certainly retired; {need} t CO2e needed{why}",
            f"确认已注销 {have} t CO2e；需要 {need} t CO2e{why_zh}",
            *dict.fromkeys(name for block in judged for name in block.missing),
        )
    return failed(
        f"{have} t CO2e retired; {need} t CO2e needed{why}",
        f"已注销 {have} t CO2e；需要 {need} t CO2e{why_zh}",
    )


def counted_credits(asked: OffsetCover, context: Context) -> tuple[Credit, ...]:
    """The blocks that certainly count."""
    judged = (judged_block(credit, asked, context) for credit in context.evidence.credits or ())
    return tuple(block.credit for block in judged if block.counts)


def shortfall(asked: OffsetCover, context: Context) -> Decimal | None:
    """t CO2e still to be retired for the cover to be certain; None where it cannot be said."""
    evidence, units = context.evidence, units_covered(context)
    if evidence.credits is None or units is None or context.facts.total_kg <= 0:
        return None
    needed = needed_tonnes(asked, context, units)
    judged = (judged_block(credit, asked, context) for credit in evidence.credits)
    certain = _tonnes(block for block in judged if block.counts)
    return Decimal(0) if at_most(needed, certain) else needed - certain


def programmes(asked: Credits, context: Context) -> Finding:
    """Whether every block of credits is of an accepted programme and vintage."""
    blocks = context.evidence.credits
    if blocks is None:
        return not_supplied("credits")
    if not blocks:
        return failed("no credits", "没有碳信用")
    findings = [_accepted(asked, credit, context) for credit in blocks]
    for verdict in ("fail", "unknown"):
        for finding in findings:
            if finding.verdict == verdict:
                return finding
    return passed("all credits are of an accepted kind", "全部碳信用均属接受的种类")


def units_covered(context: Context) -> Decimal | None:
    """How many declared units the credits have to cover: those sold in the period, as the evidence
    says; an organisation and an event are covered whole, whatever it says."""
    whole = context.facts.subject != "product"
    return Decimal(1) if whole else context.evidence.units_sold


def needed_tonnes(asked: OffsetCover, context: Context, units_sold: Decimal) -> Decimal:
    """t CO2e that have to be retired for the footprints of `units_sold` declared units."""
    with localcontext(EXACT):
        return asked.ratio * context.facts.total_kg * units_sold / 1000


def _tonnes(blocks: Iterable[JudgedBlock]) -> Decimal:
    with localcontext(EXACT):
        return sum((block.credit.tonnes for block in blocks), Decimal(0))


def _joined(lead: str, between: str, texts: list[str]) -> str:
    return f"{lead}{between.join(dict.fromkeys(texts))}" if texts else ""


def _overdue(asked: OffsetCover, judged: list[JudgedBlock], context: Context) -> Finding | None:
    """Where retirements must follow one another: fail if the last is too long ago."""
    if asked.every_months is None:
        return None
    recent = [
        block
        for block in judged
        if block.counts is not False
        and (
            block.credit.retired_on is None
            or add_months(block.credit.retired_on, asked.every_months) >= context.as_of
        )
    ]
    if any(block.counts for block in recent):
        return None
    if recent:
        return not_supplied(*dict.fromkeys(name for block in recent for name in block.missing))
    return failed(
        f"no credits were retired in the last {asked.every_months} months",
        f"最近 {asked.every_months} 个月内没有注销碳信用",
    )


def _accepted(asked: Credits, credit: Credit, context: Context) -> Finding:
    name = credit.programme
    if name is not None and any(same_word("programmes", name, denied) for denied in asked.deny):
        return failed(f"credits of {name} are not accepted", f"不接受 {name} 的碳信用")
    late_enough = asked.vintage_after
    if late_enough is not None and credit.vintage is not None and credit.vintage <= late_enough:
        return failed(
            f"vintage {credit.vintage}; later than {late_enough} is needed",
            f"年份 {credit.vintage}；须晚于 {late_enough}",
        )
    understood = None if name is None else accepts("programmes", name, asked.any)
    if name is not None and not understood:
        known = ", ".join(asked.any)
        if asked.closed and understood is None:
            return not_understood(name, known)
        if asked.closed:
            return failed(f"{name} is not among: {known}", f"{name} 不在接受之列：{known}")
        if asked.table is not None:
            return _in_table(asked.table, name, context)
        return unknown(
            f"whether {name} is accepted is not known; named: {known or '-'}",
            f"是否接受 {name} 尚不清楚；已列明：{known or '-'}",
        )
    missing = [] if name is not None else ["credits.programme"]
    if late_enough is not None and credit.vintage is None:
        missing.append("credits.vintage")
    return not_supplied(*missing) if missing else passed("accepted", "接受")


def _in_table(table: str, name: str, context: Context) -> Finding:
    """Whether the evidence says that the operator's own table, not read here, lists a programme."""
    paper = context.evidence.plans.get(table)
    if isinstance(paper, Document) and paper.date is not None and paper.date <= context.as_of:
        return passed(
            f"{name} is in the operator's table, as the evidence states",
            f"据所附材料，{name} 列于运营方的计划表",
        )
    return unknown(
        f"the operator's table of approved programmes was not read here; if it lists {name}, say "
        f"so with its date under plans.{table}",
        f"此处未读到运营方的认可计划表；若其中列有 {name}，请在 plans.{table} 中注明日期",
        f"plans.{table}",
    )
