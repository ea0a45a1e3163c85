"""The claim of a tier that was earned, from the conditions that carried its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_FLOOR, Decimal, localcontext

from footprint.rules.arguments import Below, OffsetCover
from footprint.rules.book import Parameter
from footprint.rules.evidence import Absent, Credit, Reference
from footprint.rules.predicates import PREDICATES
from footprint.rules.predicates.credits import counted_credits, needed_tonnes, units_covered
from footprint.rules.predicates.fairness import REFERENCE_WORDS
from footprint.rules.predicates.finding import Context
from footprint.rules.predicates.margin import margin_of, probability_for
from footprint.rules.words import EXACT, Bilingual, exact_text, per_zh
from footprint.values.claim import Claim, ClaimComparison, ClaimedCredits, Margin
from footprint.values.decision import Trace

_MARGIN_WORDS: Mapping[Margin, Bilingual] = {
    "supported": Bilingual("more than the stated uncertainty", "超出所述不确定度"),
    "within-uncertainty": Bilingual("within uncertainty", "处于不确定度范围内"),
    "not-stated": Bilingual("how sure is not stated", "未说明可信程度"),
}
_STEP = Decimal("0.0001")


def claim_of(trace: Trace, parameters: Mapping[str, Parameter], context: Context) -> Claim | None:
    """What the tier claims beside the footprint itself; None where it is not earned, or where it
    states the footprint and no more."""
    if trace.verdict != "pass":
        return None
    carrying = [parameters[name].at(context.as_of) for name in carrying_leaves(trace)]
    asked = [value.arguments for value in carrying if not isinstance(value, str)]
    comparisons = [_comparison(one, context) for one in asked if isinstance(one, Below)]
    covers = [one for one in asked if isinstance(one, OffsetCover)]
    if not comparisons and not covers:
        return None
    blocks = counted_credits(covers[0], context) if covers else ()
    facts, units = context.facts, units_covered(context)
    tonnes = sum((block.tonnes for block in blocks), Decimal(0))
    needed = needed_tonnes(covers[0], context, units) if covers and units is not None else None
    offset = _offset_says(blocks, tonnes, context) if covers else None
    sentences = [
        *([offset] if offset else []),
        *(Bilingual(one.says, one.says_zh) for one in comparisons),
    ]
    return Claim(
        comparisons=tuple(comparisons),
        credits=tuple(_credits(block) for block in blocks),
        tonnes=exact_text(tonnes) if covers else "",
        needed="" if needed is None else exact_text(needed),
        units=exact_text(units) if covers and units is not None else "",
        period_start=str(facts.period_start or "") if covers else "",
        period_end=str(facts.period_end or "") if covers else "",
        says=" ".join(f"{one.en}." for one in sentences),
        says_zh="".join(f"{one.zh}。" for one in sentences),
    )


def carrying_leaves(trace: Trace) -> Iterator[str]:
    """The parameters of the leaves that hold, in their order; of alternatives those that hold, of
    a condition its consequence only where it applies."""
    word, _, name = trace.rule.partition(": ")
    if trace.verdict != "pass" or word == "not":
        return
    if not trace.children:
        if name and word in PREDICATES:
            yield name
        return
    for child in trace.children[1:] if word == "when" else trace.children:
        yield from carrying_leaves(child)


def _comparison(asked: Below, context: Context) -> ClaimComparison:
    reference = context.evidence.references[asked.ref]
    if isinstance(reference, Absent):
        raise TypeError(f"{asked.ref} passed although it does not exist")
    with localcontext(EXACT):
        share = (reference.value_kg - context.facts.total_kg) / reference.value_kg
        lower_by = max(share, Decimal(0)).quantize(_STEP, rounding=ROUND_FLOOR)
        # On the limit but for the noise of floats.
        lower_by = max(lower_by, asked.by)
    margin = margin_of(asked, reference, context)
    given = probability_for(asked, context)
    decides = context.evidence.decided_by == "probability"
    says = _comparison_says(asked, reference, lower_by, margin)
    chance = Bilingual("", "")
    if given is not None:
        shown = f"{exact_text(given.probability * 100)} %"
        chance = Bilingual(
            f", with a probability of {shown} from paired draws",
            f"，配对抽样概率为 {shown}",
        )
    by = (
        Bilingual("; the paired probability decided", "；以配对概率为准")
        if decides
        else Bilingual("; the single values decided", "；以单一数值为准")
    )
    return ClaimComparison(
        reference=asked.ref,
        value=exact_text(reference.value_kg),
        per=context.facts.per,
        lower_by=exact_text(lower_by),
        at_least=exact_text(asked.by),
        strict=asked.strict,
        day=str(reference.date or ""),
        group=reference.function or "",
        source=reference.source or "",
        margin=margin,
        decided_by="probability" if decides else "letter",
        probability="" if given is None else exact_text(given.probability),
        draws=(given.draws or 0) if given else 0,
        says=f"{says.en}{chance.en}{by.en}",
        says_zh=f"{says.zh}{chance.zh}{by.zh}",
    )


def claim_phrases(claim: Claim | None) -> Mapping[str, Bilingual]:
    """What a permitted wording may say of the claim: `reduction` of a tier that compares, `offset`
    of one that offsets. A margin that the uncertainty does not support is said."""
    found: dict[str, Bilingual] = {}
    if claim is None:
        return found
    for one in claim.comparisons[:1]:
        words = REFERENCE_WORDS[one.reference]  # type: ignore[index]  # a text in the document
        percentage = f"{exact_text(Decimal(one.lower_by) * 100)} %"
        doubt = _MARGIN_WORDS[one.margin] if one.margin != "supported" else Bilingual("", "")
        doubt = Bilingual(doubt.en and f"; {doubt.en}", doubt.zh and f"；{doubt.zh}")
        found["reduction"] = Bilingual(
            f"{percentage} below {words.en} ({one.value} kg CO2e, {one.day}{doubt.en})",
            f"比{words.zh}低 {percentage}（{one.value} kg CO2e，{one.day}{doubt.zh}）",
        )
    if claim.tonnes:
        found["offset"] = Bilingual(
            f"{claim.tonnes} t CO2e offset by retired credits",
            f"以注销的碳信用抵消 {claim.tonnes} t CO2e",
        )
    return found


def _comparison_says(
    asked: Below, reference: Reference, lower_by: Decimal, margin: Margin
) -> Bilingual:
    words, how_sure = REFERENCE_WORDS[asked.ref], _MARGIN_WORDS[margin]
    value = exact_text(reference.value_kg)
    per = f"{exact_text(reference.per_amount)} {reference.per_unit}"
    percentage = f"{exact_text(lower_by * 100)} %"
    day, day_zh = (f", {reference.date}", f"，{reference.date}") if reference.date else ("", "")
    source = reference.source
    from_where, from_where_zh = (
        (f", source: {source}", f"，来源：{source}")
        if source
        else (
            ", source not stated",
            "，未说明来源",
        )
    )
    lead = Bilingual(f"{percentage} below {words.en}", f"比{words.zh}低 {percentage}")
    if not lower_by:
        lead = Bilingual(f"not above {words.en}", f"不高于{words.zh}")
    return Bilingual(
        f"{lead.en} ({value} kg CO2e per {per}{day}{from_where}); {how_sure.en}",
        f"{lead.zh}（每 {per_zh(per)} {value} kg CO2e{day_zh}{from_where_zh}）；{how_sure.zh}",
    )


def _offset_says(blocks: tuple[Credit, ...], tonnes: Decimal, context: Context) -> Bilingual:
    facts, units = context.facts, exact_text(units_covered(context) or Decimal(0))
    programmes = ", ".join(
        dict.fromkeys(block.programme or block.registry or "" for block in blocks)
    )
    start, end = facts.period_start or "", facts.period_end or ""
    amount = exact_text(tonnes)
    of_what = Bilingual(f"{units} times {facts.per}", f"{units} 个 {per_zh(facts.per)}")
    if facts.subject != "product":
        whole = {"event": "活动全部", "organisation": "组织全部"}[facts.subject]
        of_what = Bilingual(f"the whole {facts.subject}", whole)
    return Bilingual(
        f"{amount} t CO2e of credits ({programmes}) retired for {of_what.en} of "
        f"{start} to {end}; the footprint itself is not zero",
        f"为 {start} 至 {end} 的 {of_what.zh} 注销碳信用 {amount} t CO2e"
        f"（{programmes}）；足迹本身并不为零",
    )


def _credits(block: Credit) -> ClaimedCredits:
    return ClaimedCredits(
        tonnes=exact_text(block.tonnes),
        programme=block.programme or "",
        registry=block.registry or "",
        serial=block.serial or "",
        vintage=str(block.vintage or ""),
        retired_on=str(block.retired_on or ""),
    )
