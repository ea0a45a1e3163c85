"""Totals that lack something: how much, in words, and what they settle.

A total that lacks something is lower than the true one. It shows that a limit is not kept or that
credits do not suffice, but not the opposite, unless what lacks is as little as is ever cut off.
"""

from __future__ import annotations

from footprint.rules.evidence import CUT_OFF_SHARE, Facts
from footprint.rules.predicates.finding import Finding, unknown
from footprint.rules.words import Bilingual, exact_text, percent_beside

#: What passes only because the total is low.
_ASK_FOR_A_LOW_TOTAL = frozenset(("below", "class_of", "offset_cover"))


def lacking_words(facts: Facts) -> Bilingual:
    """How much of the total stands on figures that lack something."""
    if facts.lacking_share is None:
        return Bilingual(
            "the total lacks something; the true one is higher",
            "总量有未计入部分；实际总量更高",
        )
    shown = percent_beside(facts.lacking_share, CUT_OFF_SHARE, strict=False)
    return Bilingual(
        f"{shown} of the total stands on figures that lack something, so the true one is higher",
        f"总量的 {shown} 所依据的数据有未计入部分，实际总量更高",
    )


def settled(predicate: str, found: Finding, facts: Facts) -> Finding:
    """What was found; unknown where it passes because the total is low and that lacks too much."""
    if found.verdict != "pass" or predicate not in _ASK_FOR_A_LOW_TOTAL or not facts.lacks_too_much:
        return found
    if facts.screening_result or facts.coverage_lines < 1:
        lacks = Bilingual(
            "parts of the product have no figure of their own", "产品的一部分没有自己的数据"
        )
    else:
        lacks = lacking_words(facts)
        if facts.lacking_share is not None:
            most = f"{exact_text(CUT_OFF_SHARE * 100)} %"
            lacks = Bilingual(f"{lacks.en}; at most {most} may", f"{lacks.zh}；最多允许 {most}")
    return unknown(
        f"{found.says.en} ({lacks.en})",
        f"{found.says.zh}（{lacks.zh}）",
        *found.missing,
        "footprint.completeness.lacks",
    )
