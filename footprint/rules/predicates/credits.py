"""Carbon credits: whether they cover the footprint, and whether they are of an accepted kind.

Tonnes are t CO2e; the footprint is kg CO2e per declared unit, so 1,000 kg stand for one tonne.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

from footprint.rules.arguments import Credits, OffsetCover
from footprint.rules.evidence import Credit
from footprint.rules.predicates.finding import (
    Context,
    Finding,
    add_months,
    failed,
    not_supplied,
    passed,
    same_text,
    unknown,
)
from footprint.rules.words import EXACT, exact_text


def offset_cover(asked: OffsetCover, context: Context) -> Finding:
    """Whether credits retired by the day of the decision reach ratio x footprint x units sold.

    Credits whose retirement or issuance is not stated count as possible, not as certain.
    """
    evidence = context.evidence
    if evidence.credits is None or evidence.units_sold is None:
        given = {"credits": evidence.credits, "units_sold": evidence.units_sold}
        return not_supplied(*(name for name, value in given.items() if value is None))
    overdue = _overdue(asked, evidence.credits, context)
    if overdue is not None:
        return overdue
    with localcontext(EXACT):
        needed = asked.ratio * context.facts.total_kg * evidence.units_sold / 1000
        counted = [(_counts(credit, asked, context), credit.tonnes) for credit in evidence.credits]
        certain = sum((tonnes for yes, tonnes in counted if yes), Decimal(0))
        possible = sum((tonnes for yes, tonnes in counted if yes is not False), Decimal(0))
    have, need = exact_text(certain), exact_text(needed)
    if certain >= needed:
        return passed(
            f"{have} t CO2e retired; {need} t CO2e needed",
            f"已注销 {have} t CO2e；需要 {need} t CO2e",
        )
    if possible >= needed:
        return unknown(
            f"{have} t CO2e certainly retired; {need} t CO2e needed",
            f"确认已注销 {have} t CO2e；需要 {need} t CO2e",
            *_unstated(asked, context),
        )
    return failed(
        f"{have} t CO2e retired; {need} t CO2e needed", f"已注销 {have} t CO2e；需要 {need} t CO2e"
    )


def shortfall(asked: OffsetCover, context: Context) -> Decimal | None:
    """t CO2e still to be retired for the cover to be certain; None where it cannot be said."""
    evidence = context.evidence
    if evidence.credits is None or evidence.units_sold is None:
        return None
    with localcontext(EXACT):
        needed = asked.ratio * context.facts.total_kg * evidence.units_sold / 1000
        certain = sum(
            (c.tonnes for c in evidence.credits if _counts(c, asked, context)), Decimal(0)
        )
        return max(needed - certain, Decimal(0))


def programmes(asked: Credits, context: Context) -> Finding:
    """Whether every block of credits is of an accepted programme and vintage."""
    blocks = context.evidence.credits
    if blocks is None:
        return not_supplied("credits")
    if not blocks:
        return failed("no credits", "没有碳信用")
    findings = [_accepted(asked, credit) for credit in blocks]
    for verdict in ("fail", "unknown"):
        for finding in findings:
            if finding.verdict == verdict:
                return finding
    return passed("all credits are of an accepted kind", "全部碳信用均属接受的种类")


def _counts(credit: Credit, asked: OffsetCover, context: Context) -> bool | None:
    """Whether a block counts: yes, no, or not known (None)."""
    day = credit.retired_on
    if day is not None and day > context.as_of:
        return False
    if asked.issuance == "ex-post" and credit.issuance == "ex-ante":
        return False
    end = context.facts.period_end
    if asked.retire_within_months is not None and day is not None and end is not None:
        if day > add_months(end, asked.retire_within_months):
            return False
    elif asked.retire_within_months is not None:
        return None
    if day is None or (asked.issuance == "ex-post" and credit.issuance is None):
        return None
    return True


def _overdue(asked: OffsetCover, blocks: tuple[Credit, ...], context: Context) -> Finding | None:
    """Where retirements must follow one another: fail if the last is too long ago."""
    if asked.every_months is None:
        return None
    days = [c.retired_on for c in blocks if c.retired_on and c.retired_on <= context.as_of]
    if any(add_months(day, asked.every_months) >= context.as_of for day in days):
        return None
    if any(c.retired_on is None for c in blocks):
        return not_supplied("credits.retired_on")
    return failed(
        f"no credits were retired in the last {asked.every_months} months",
        f"最近 {asked.every_months} 个月内没有注销碳信用",
    )


def _unstated(asked: OffsetCover, context: Context) -> list[str]:
    blocks = context.evidence.credits or ()
    missing = []
    if any(credit.retired_on is None for credit in blocks):
        missing.append("credits.retired_on")
    if asked.issuance is not None and any(credit.issuance is None for credit in blocks):
        missing.append("credits.issuance")
    if asked.retire_within_months is not None and context.facts.period_end is None:
        missing.append("footprint.product.period_end")
    return missing


def _accepted(asked: Credits, credit: Credit) -> Finding:
    name = credit.programme
    if name is not None and any(same_text(name, denied) for denied in asked.deny):
        return failed(f"credits of {name} are not accepted", f"不接受 {name} 的碳信用")
    late_enough = asked.vintage_after
    if late_enough is not None and credit.vintage is not None and credit.vintage <= late_enough:
        return failed(
            f"vintage {credit.vintage}; later than {late_enough} is needed",
            f"年份 {credit.vintage}；须晚于 {late_enough}",
        )
    if name is not None and not any(same_text(name, known) for known in asked.any):
        known = ", ".join(asked.any)
        if asked.closed:
            return failed(f"{name} is not among: {known}", f"{name} 不在接受之列：{known}")
        return unknown(
            f"whether {name} is accepted is not known; named: {known or '-'}",
            f"是否接受 {name} 尚不清楚；已列明：{known or '-'}",
        )
    missing = [] if name is not None else ["credits.programme"]
    if late_enough is not None and credit.vintage is None:
        missing.append("credits.vintage")
    return not_supplied(*missing) if missing else passed("accepted", "接受")
