"""One block of credits: whether it counts for the footprint, does not, or is not known to.

A credit counts once, for the one in whose name it was retired. So a block has to say which credits
it is of (registry and serial), of which year, and for whom and when they were retired.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from footprint.rules.arguments import OffsetCover
from footprint.rules.evidence import Credit, Document
from footprint.rules.names import is_one_of
from footprint.rules.predicates.finding import Context, add_months
from footprint.rules.registries import registry_of
from footprint.rules.serials import parsed_serial
from footprint.rules.words import Bilingual, exact_text


@dataclass(frozen=True, slots=True)
class JudgedBlock:
    """A block, whether it is `refused` for what it says, the `remark` on why it is not counted,
    and what is `missing` to count it."""

    credit: Credit
    refused: bool
    remark: Bilingual | None
    missing: tuple[str, ...]

    @property
    def counts(self) -> bool | None:
        """Yes, no, or not known (None)."""
        if self.refused:
            return False
        return None if self.missing else True


def judged_block(credit: Credit, asked: OffsetCover, context: Context) -> JudgedBlock:
    """Whether a block of credits counts for a footprint, as a scheme asks for it.

    Retirement before the footprint's period counts: the sources name a last day and no first one.
    Only a retirement before the year in which the emissions were avoided (`vintage`) cannot be.
    """
    refusal = next(_refusals(credit, asked, context), None)
    missing = tuple(_missing(credit, asked, context))
    return JudgedBlock(credit, refusal is not None, refusal or _unread(credit), missing)


def _refusals(credit: Credit, asked: OffsetCover, context: Context) -> Iterator[Bilingual]:
    tonnes = f"{exact_text(credit.tonnes)} t"
    day, end, companies = credit.retired_on, context.facts.period_end, context.facts.companies
    if day is not None and day > context.as_of:
        yield Bilingual(
            f"{tonnes} retired on {day}, in the future", f"{tonnes} 注销日 {day} 晚于判定日"
        )
    if day is not None:
        yield from _far_from_declaration(day, tonnes, asked, context)
    if asked.issuance == "ex-post" and credit.issuance == "ex-ante":
        yield Bilingual(f"{tonnes} issued before the fact", f"{tonnes} 为事前签发")
    if day is not None and credit.vintage is not None and credit.vintage > day.year:
        yield Bilingual(
            f"{tonnes} of vintage {credit.vintage} retired in {day.year}, before that year",
            f"{tonnes} 年份 {credit.vintage}，却于 {day.year} 年注销",
        )
    other = credit.beneficiary
    if other is not None and companies and not is_one_of(other, companies):
        yield Bilingual(
            f"{tonnes} retired for {other}, and not for {companies[0]}",
            f"{tonnes} 系为 {other} 注销，而非 {companies[0]}",
        )
    months = asked.retire_within_months
    if months is not None and day is not None and end is not None and day > add_months(end, months):
        yield Bilingual(
            f"{tonnes} retired on {day}, more than {months} months after {end}",
            f"{tonnes} 注销日 {day} 晚于 {end} 之后 {months} 个月",
        )


def _far_from_declaration(
    day: date, tonnes: str, asked: OffsetCover, context: Context
) -> Iterator[Bilingual]:
    """Why a day of retirement is too far from the day on which neutrality was declared."""
    months, declared = asked.around_months, _declared_on(asked, context)
    if months is None or declared is None:
        return
    if add_months(day, months) < declared:
        yield Bilingual(
            f"{tonnes} retired on {day}, more than {months} months before {declared}",
            f"{tonnes} 注销日 {day} 早于 {declared} 逾 {months} 个月",
        )
    if add_months(declared, months) < day:
        yield Bilingual(
            f"{tonnes} retired on {day}, more than {months} months after {declared}",
            f"{tonnes} 注销日 {day} 晚于 {declared} 逾 {months} 个月",
        )


def _declared_on(asked: OffsetCover, context: Context) -> date | None:
    """The day on which neutrality was declared, where a scheme asks for it and the evidence has
    it."""
    paper = context.evidence.plans.get(asked.declared or "")
    return paper.date if isinstance(paper, Document) else None


def _unread(credit: Credit) -> Bilingual | None:
    if credit.registry is not None and registry_of(credit.registry) is None:
        return Bilingual(
            f"the registry '{credit.registry}' is not among those that are known",
            f"登记处“{credit.registry}”不在已知名单之中",
        )
    if credit.serial is None or parsed_serial(credit.serial, credit.registry or "") is not None:
        return None
    return Bilingual(
        f"the serial '{credit.serial}' does not end in the first and the last number of the block, "
        "or is another registry's",
        f"序列号“{credit.serial}”末尾未写明该批次的首号与末号，或属于其他登记处",
    )


def _missing(credit: Credit, asked: OffsetCover, context: Context) -> Iterator[str]:
    """What is not known of a block. A serial that does not say first and last is like none."""
    for name in ("retired_on", "vintage", "beneficiary"):
        if getattr(credit, name) is None:
            yield f"credits.{name}"
    if credit.registry is None or registry_of(credit.registry) is None:
        yield "credits.registry"
    if credit.serial is None or parsed_serial(credit.serial, credit.registry or "") is None:
        yield "credits.serial"
    if asked.issuance is not None and credit.issuance is None:
        yield "credits.issuance"
    if asked.declared is not None and _declared_on(asked, context) is None:
        yield f"plans.{asked.declared}"
    if not context.facts.companies:
        yield "footprint.product.company"
    if asked.retire_within_months is not None and context.facts.period_end is None:
        yield "footprint.product.period_end"
