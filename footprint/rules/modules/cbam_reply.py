"""What the border adjustment of the EU answers to a question, as a document."""

from __future__ import annotations

from datetime import date
from typing import Any

from footprint.rules import faults
from footprint.rules.modules.cbam import (
    SECTOR_ZH,
    Embedded,
    GoodsScope,
    Precursor,
    applies_on,
    goods_scope_of,
    marked_up,
    specific_embedded_emissions,
    threshold_reached,
)
from footprint.rules.modules.cbam_law import CbamLaw, Goods, load_cbam_law
from footprint.rules.modules.questions import CbamQuestion
from footprint.rules.modules.reply_parts import reply_head, told_answer, told_figure
from footprint.rules.words import exact_text


def cbam_reply(question: CbamQuestion, day: date, law: CbamLaw | None = None) -> dict[str, Any]:
    """Scope, threshold and embedded emissions of goods; never a product carbon footprint. Raises
    InputRefused (RUL-031)."""
    law = law or load_cbam_law()
    scope = goods_scope_of(law, question.cn, question.origin or "")
    reply: dict[str, Any] = {
        **reply_head(law, day),
        "applies": told_answer(applies_on(law, day), day),
        "scope": told_answer(scope.answer, day),
        "sector": scope.sector,
        "sector_zh": None if scope.sector is None else SECTOR_ZH[scope.sector],
        "not_a_footprint": "Embedded emissions are those of the plant and of listed precursors; "
        "they are no product carbon footprint and are never added to one.",
        "not_a_footprint_zh": "隐含排放是工厂及所列前体的排放，不是产品碳足迹，也绝不与之相加。",
    }
    goods = scope.goods
    if scope.sector is None or goods is None:
        return reply
    reply["unit"] = goods.unit
    reply["gases"] = list(goods.gases)
    reply["indirect_counts"] = not goods.direct_only
    reply["threshold"] = told_answer(
        threshold_reached(law, scope.sector, question.tonnes_in_year), day
    )
    actual = _actual(law, question, scope, goods)
    if actual is not None:
        reply["actual"] = _embedded(actual)
    if question.default is not None:
        value, told = marked_up(law, question.default.value, scope.sector, question.default.year)
        reply["default"] = {
            "value": exact_text(question.default.value),
            "year": question.default.year,
            "source": question.default.source,
            "with_mark_up": told_figure(value),
            "mark_up": told_answer(told, day),
        }
    return reply


def _actual(
    law: CbamLaw, question: CbamQuestion, scope: GoodsScope, goods: Goods
) -> Embedded | None:
    if question.activity_level is None and question.direct_t is None:
        return None
    if question.activity_level is None or question.direct_t is None:
        raise faults.CBAM_INPUT.refuse("Actual values need activity_level and direct_t together.")
    if scope.answer.reply != "yes":
        raise faults.CBAM_INPUT.refuse(
            f"Whether the goods count is not settled: {scope.answer.says}."
        )
    inputs = [
        Precursor(one.cn, one.amount, Embedded(one.direct, one.indirect, "t"))
        for one in question.precursors
    ]
    return specific_embedded_emissions(
        law, goods, question.activity_level, question.direct_t, question.indirect_t, inputs
    )


def _embedded(value: Embedded) -> dict[str, Any]:
    return {
        "direct_t_co2e": told_figure(value.direct),
        "indirect_t_co2e": None if value.indirect is None else told_figure(value.indirect),
        "per": value.unit,
    }
