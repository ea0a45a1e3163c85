"""Benchmarks as JSON, with a sentence in English and in Chinese for each group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from footprint.analysis.benchmark import (
    LEAST_COMPANIES,
    LEAST_PRODUCTS,
    BenchmarkRank,
    benchmark_figures,
    benchmark_rank,
    most_of_one_company,
)
from footprint.analysis.benchmark_entries import Unfit
from footprint.analysis.benchmark_groups import BenchmarkGroup
from footprint.canonical_fast import fast_hash
from footprint.rules.words import UNIT_ZH, Bilingual

#: Digits of a figure that no division ends.
_DIGITS = Context(prec=15)
QUANTILES = "Hyndman and Fan (1996), type 7, doi:10.2307/2684934"
NOTE = Bilingual(
    "Counts of this register on this day: no sample of the market, and no words for advertising. "
    "Functions were not compared: products of one category may do different things. Laws and "
    "guides limit comparisons shown to consumers; `footprint decide` judges claims by market.",
    "仅为本登记册当日的统计，并非市场抽样，也不是广告用语。未比较功能：同一类别的产品用途可能不同。"
    "法律与指南限制向消费者展示比较；各市场的声明由 `footprint decide` 判断。",
)
UNFIT_WORDS: Mapping[Unfit, Bilingual] = MappingProxyType(
    {
        "unreadable": Bilingual("its text cannot be read", "证书内容无法读取"),
        "draft": Bilingual("it is a draft", "为草稿"),
        "no_product": Bilingual("it is of no product", "对象不是产品"),
        "no_company": Bilingual("it names no company", "未写明企业"),
        "no_category": Bilingual("it names no category", "未写明类别"),
    }
)


def benchmarks_document(
    groups: Sequence[BenchmarkGroup],
    left_out: Mapping[Unfit, int],
    day: date,
    limit: int,
    certificate: str = "",
    *,
    numbered: bool = False,
) -> dict[str, Any]:
    """Of at most `limit` groups what may be told; with the number of a `certificate` that is in all
    of them, where it stands in each; `numbered`, with the certificates that each rests on."""
    return {
        "type": "benchmarks",
        "day": day.isoformat(),
        "quantiles": QUANTILES,
        "least": {"products": LEAST_PRODUCTS, "companies": LEAST_COMPANIES},
        "groups": [_told(group, certificate, numbered) for group in groups[:limit]],
        "more": max(len(groups) - limit, 0),
        "left_out": [
            {"count": left_out[why], "says": words.en, "says_zh": words.zh}
            for why, words in UNFIT_WORDS.items()
            if left_out.get(why)
        ],
        "note": NOTE.en,
        "note_zh": NOTE.zh,
    }


def _told(group: BenchmarkGroup, certificate: str, numbered: bool) -> dict[str, Any]:
    figures = benchmark_figures(group)
    rank = benchmark_rank(group, certificate) if certificate else None
    says = _sentence(group, figures is not None, rank)
    numbers = sorted(one.number for one in group.newest)
    return {
        "category": group.category.shown,
        "kind": group.category.kind,
        "unit": group.unit,
        "boundary": group.boundary,
        "gwp_sets": list(group.gwp_sets),
        "certificates": len(group.entries),
        "products": len(group.newest),
        "companies": len(set(group.companies)),
        "most_products_of_one_company": most_of_one_company(group),
        "self_declared": sum(one.self_declared for one in group.newest),
        "incomplete": sum(not one.complete for one in group.newest),
        "state": "too_few" if figures is None else "told",
        "kg_co2e": None if figures is None else {
            "minimum": figure_text(figures.minimum),
            "lower_quartile": figure_text(figures.lower_quartile),
            "median": figure_text(figures.median),
            "upper_quartile": figure_text(figures.upper_quartile),
            "maximum": figure_text(figures.maximum),
        },
        "rank": None if rank is None else _rank(rank),
        "rests_on": numbers if numbered else None,
        "rests_on_hash": fast_hash(numbers),
        "says": says.en,
        "says_zh": says.zh,
    }  # fmt: skip


def figure_text(value: Fraction) -> str:
    """A figure as text: exact where it ends within 15 digits, else rounded to them."""
    found = _DIGITS.divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{found.normalize(_DIGITS):f}"


def _rank(rank: BenchmarkRank) -> dict[str, Any]:
    return {
        "others": rank.others,
        "higher": rank.higher,
        "same": rank.same,
        "lower": rank.lower,
        "lower_than_percent": _percent(rank),
    }


def _percent(rank: BenchmarkRank) -> str:
    """Rounded down, so that it never says more than is so."""
    share = rank.lower_than_percent
    exact = Decimal(share.numerator) / Decimal(share.denominator)
    return f"{exact.quantize(Decimal('0.1'), rounding=ROUND_DOWN):f}"


def _sentence(group: BenchmarkGroup, told: bool, rank: BenchmarkRank | None) -> Bilingual:
    products, companies = len(group.newest), len(set(group.companies))
    if not told:
        return Bilingual(
            f"too few: products: {products}, companies: {companies}; figures need "
            f"{LEAST_PRODUCTS} products of {LEAST_COMPANIES} companies",
            f"数量过少：产品 {products} 个，企业 {companies} 家；"
            f"至少需 {LEAST_COMPANIES} 家企业的 {LEAST_PRODUCTS} 个产品才给出数值",
        )
    if rank is None:
        return Bilingual(
            f"kg CO2e per {group.unit}, of {products} products of {companies} companies",
            f"每{UNIT_ZH[group.unit]}的 kg CO2e，含 {companies} 家企业的 {products} 个产品",
        )
    share = _percent(rank)
    return Bilingual(
        f"of {products} products, its number is lower than that of {rank.higher} of the "
        f"{rank.others} others ({share} %); the same: {rank.same}; lower numbers: {rank.lower}",
        f"{products} 个产品中，其数值低于其余 {rank.others} 个中的 {rank.higher} 个（{share}%）；"
        f"相同 {rank.same} 个；更低 {rank.lower} 个",
    )
