"""Sentences in two languages, and numbers as they are shown in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Context, Decimal, localcontext
from functools import lru_cache
from types import MappingProxyType

#: Wide enough for every product of two inputs of at most 30 digits: nothing is rounded.
EXACT = Context(prec=120)


@dataclass(frozen=True, slots=True)
class Bilingual:
    """The same words in English and in simplified Chinese."""

    en: str
    zh: str


TIER_WORDS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "disclosure": Bilingual("disclosure", "碳足迹披露"),
        "reduction": Bilingual("reduction", "减碳"),
        "low-carbon": Bilingual("low-carbon", "低碳"),
        "neutral": Bilingual("neutral", "碳中和"),
    }
)
SUBJECT_WORDS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "product": Bilingual("a product", "产品"),
        "organisation": Bilingual("an organisation", "组织"),
        "event": Bilingual("an event", "活动"),
    }
)
ASPECT_WORDS: Mapping[str, Bilingual] = MappingProxyType(
    {
        "function": Bilingual("function", "功能"),
        "boundary": Bilingual("boundary", "边界"),
        "method": Bilingual("method", "方法"),
        "pcr": Bilingual("product category rule", "产品种类规则"),
        "region": Bilingual("region", "地区"),
        "product_code": Bilingual("product code", "产品编码"),
    }
)
#: Chinese names of the declared units.
UNIT_ZH: Mapping[str, str] = MappingProxyType(
    {
        "liter": "升",
        "kilogram": "千克",
        "cubic meter": "立方米",
        "kilowatt hour": "千瓦时",
        "megajoule": "兆焦",
        "ton kilometer": "吨公里",
        "square meter": "平方米",
        "piece": "件",
        "hour": "小时",
        "megabit second": "兆比特秒",
    }
)


def per_zh(per: str) -> str:
    """What a value is per, in Chinese: `1 piece` becomes 1 件."""
    amount, _, unit = per.partition(" ")
    return f"{amount} {UNIT_ZH.get(unit, unit)}"


def measured_per(subject: str, per: str) -> Bilingual:
    """What a value is per, alone: `1 piece` of a product, or the whole of the subject."""
    if subject == "product":
        return Bilingual(per, per_zh(per))
    return Bilingual(f"whole {subject}", f"{SUBJECT_WORDS[subject].zh}全部")


@lru_cache(maxsize=64)
def measured_for(subject: str, per: str) -> Bilingual:
    """What a footprint is of: `1 piece` of a product, the whole of an event or an organisation."""
    if subject == "product":
        return Bilingual(f"per {per}", f"每 {per_zh(per)}")
    return Bilingual(f"for the whole {subject}", f"{SUBJECT_WORDS[subject].zh}全部")


def least(number: str, *, at_least: bool) -> Bilingual:
    """A total in words that may be printed: of one that lacks something they say so too."""
    return (
        Bilingual(f"at least {number}", f"至少 {number}") if at_least else Bilingual(number, number)
    )


def exact_text(value: Decimal) -> str:
    """All digits of `value`, without exponent and without trailing zeros."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=64)  # every law's answer tells the same total
def significant(value: Decimal, digits: int = 3) -> str:
    """`value` to so many significant digits, for showing only; never compared."""
    if value == 0:
        return "0"
    with localcontext(Context(prec=digits)):
        return exact_text(+value)


def percent_beside(share: Decimal, bound: Decimal, *, strict: bool) -> str:
    """A share as a percentage that reads on the side of `bound` (a share) where it stands.

    Rounded down to two decimals, or to as many more as it takes: 1.99996 % below a limit of 2 %
    is never shown as 2.00 %, and a share of 0.00001 % is never shown as none.
    """
    with localcontext(EXACT):
        exact = share * 100
        limit = bound * 100
        for decimals in (2, 4, 8, 16, 32):
            shown = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_FLOOR)
            same_side = _meets(shown, limit, strict=strict) == _meets(exact, limit, strict=strict)
            if same_side and bool(shown) == bool(exact):
                return f"{shown:f} %" if decimals == 2 else f"{exact_text(shown)} %"
        return f"{exact_text(exact)} %"


def _meets(value: Decimal, limit: Decimal, *, strict: bool) -> bool:
    return value > limit if strict else value >= limit
