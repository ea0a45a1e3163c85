"""The French environmental cost of clothing: whom it concerns, what it asks, how it is shown.

The score weighs some sixteen impacts and is no carbon label. It is not computed here: only its
climate term can be set beside a product carbon footprint, and that is a comparison, not a score.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Annotated

from pydantic import Field

from footprint.rules import faults
from footprint.rules.fields import BilingualText, Months, PlainDate, Positive, Words
from footprint.rules.modules.law import AnswerOfLaw, Law, Sourced, answer, load_law
from footprint.rules.synonyms import folded_word
from footprint.rules.words import EXACT, Bilingual, exact_text, significant

#: One point is a millionth of a European's yearly impact.
POINTS_PER_EUROPEAN_YEAR = Decimal(1_000_000)


class ScopeEntry(Sourced):
    """Words for clothing, kinds of products left out, and the largest share of mass that may stay
    unmodelled."""

    clothing: Annotated[tuple[Words, ...], Field(min_length=1)]
    excluded: dict[Words, BilingualText]
    max_unmodelled_mass: Annotated[Positive, Field(lt=1)]


class ScoreRules(Sourced):
    """The day from which the rules hold for whoever shows a score."""

    since: PlainDate


class Duty(Sourced):
    """Something that whoever shows a score must do."""

    says: BilingualText


class Update(Sourced):
    """Months within which a score follows a change of the method."""

    months: Months


class Weight(Sourced):
    """The share of climate change in the weighted sum."""

    share: Annotated[Positive, Field(lt=1)]


class TextileLaw(Law):
    """The whole data file."""

    application: ScoreRules
    scope: ScopeEntry
    duties: Annotated[tuple[Duty, ...], Field(min_length=1)]
    update: Update
    climate_weight: Weight


@dataclass(frozen=True, slots=True)
class ClimateComparison:
    """A footprint beside the climate term of a score. `points` are those of climate alone."""

    footprint_kg: Decimal
    score_kg: Decimal
    ratio: Decimal
    points: Decimal
    says: str
    says_zh: str


def load_textile_law() -> TextileLaw:
    """The law as it ships."""
    return load_law("textile.yaml", TextileLaw)


def in_scope(law: TextileLaw, kind: str, unmodelled_mass: Decimal | None) -> AnswerOfLaw:
    """Whether a product may carry the score: `kind` is a word for clothing or for one of the
    excluded kinds, `unmodelled_mass` the share of its mass (0 to 1) that the method has no model
    for."""
    fact, folded = law.scope, folded_word(kind)
    for name, words in fact.excluded.items():
        if folded in {folded_word(one) for one in (name, words.en, words.zh)}:
            return answer(fact, "no", f"left out: {words.en}", f"不适用：{words.zh}")
    if folded not in {folded_word(one) for one in fact.clothing}:
        known = ", ".join(("clothing", *fact.excluded))
        known_zh = "、".join(("服装", *(one.zh for one in fact.excluded.values())))
        return answer(
            fact,
            "unknown",
            f"nothing is known of '{kind.strip()}'; known are {known}",
            f"“{kind.strip()}”情况不明；已知：{known_zh}",
        )
    if unmodelled_mass is None:
        says = "the share of mass without a model is needed"
        return answer(fact, "unknown", says, "须提供未建模质量占比")
    most = exact_text(fact.max_unmodelled_mass * 100)
    if unmodelled_mass > fact.max_unmodelled_mass:
        return answer(
            fact,
            "no",
            f"more than {most} % of the mass has no model",
            f"超过 {most} % 的质量无模型",
        )
    return answer(fact, "yes", "in scope", "在范围内")


def duties_on(law: TextileLaw, day: date) -> tuple[AnswerOfLaw, ...]:
    """What whoever shows a score must do on a day. The score itself is voluntary."""
    since = law.application.since
    if day < since:
        return (
            answer(
                law.application, "not_yet", f"applies from {since}", f"自 {since} 起适用", since
            ),
        )
    return tuple(answer(duty, "yes", duty.says.en, duty.says.zh, since) for duty in law.duties)


def displayed(points: Decimal, mass_g: Decimal) -> Bilingual:
    """How a score is shown: in points, and in points per 100 g.

    Raises InputRefused (RUL-032) unless points are at least zero and the mass is above zero.
    """
    if points < 0 or mass_g <= 0:
        raise faults.TEXTILE_INPUT.refuse("Points are at least zero, and the mass is above zero.")
    with localcontext(EXACT):
        per_100_g = points * 100 / mass_g
    return Bilingual(
        f"{significant(points)} impact points, {significant(per_100_g)} per 100 g",
        f"{significant(points)} 影响点，每 100 g {significant(per_100_g)} 点",
    )


def compare_climate(
    law: TextileLaw, footprint_kg: Decimal, score_kg: Decimal, normalisation_kg: Decimal
) -> ClimateComparison:
    """A footprint (kg CO2e per piece) beside the climate impact that the score was made from.

    `normalisation_kg` is the yearly climate impact of a European, kg CO2e, as the method's own
    tables give it. The climate term is weight x impact / normalisation; no other term, no
    complement and no durability factor enters. Raises InputRefused (RUL-032) unless all are above
    zero.
    """
    if min(footprint_kg, score_kg, normalisation_kg) <= 0:
        raise faults.TEXTILE_INPUT.refuse("All three values are above zero.")
    with localcontext(EXACT):
        ratio = footprint_kg / score_kg
        share = law.climate_weight.share * score_kg / normalisation_kg
        points = share * POINTS_PER_EUROPEAN_YEAR
    shown = significant(ratio)
    return ClimateComparison(
        footprint_kg,
        score_kg,
        ratio,
        points,
        f"The footprint is {shown} times the climate impact in the score; the score holds other "
        "impacts too and is no carbon label",
        f"碳足迹为评分中气候影响的 {shown} 倍；评分另含其他影响，并非碳标签",
    )
