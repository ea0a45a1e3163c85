"""What a certificate brings to a benchmark: one comparable number, read from its public text.

Nothing is read that the certificate does not show to everyone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Literal

from footprint import units
from footprint.certificates.view import WHOLE_SUBJECTS
from footprint.company_names import company_key
from footprint.late_pattern import late_pattern
from footprint.rules.synonyms import folded_word, rule_word

#: Declared units of one kind are joined in the first of these that fits; others stay as they are.
_REFERENCE_UNITS = ("cubic meter", "kilowatt hour")
_CODE = late_pattern(r"\s*(?P<list>[A-Za-z][A-Za-z0-9-]{1,19})\s*:\s*(?P<code>\S*\d.*?)\s*")

#: Why a certificate in force has no part in any benchmark.
Unfit = Literal["unreadable", "draft", "no_product", "no_company", "no_category"]
#: A list of classification and a code, or a name in words.
CategoryKind = Literal["code", "name"]


@dataclass(frozen=True, slots=True)
class BenchmarkCategory:
    """A category: `key` is equal for all spellings of it, `shown` is one of them."""

    kind: CategoryKind
    key: str
    shown: str


@dataclass(frozen=True, slots=True)
class BenchmarkEntry:
    """A certificate as it is compared: kg CO2e per one `unit`, exact.

    `product_ids`, `product` (folded), `company_ids` and `company` (without its legal form) tell
    which certificates are of one product and of one company. `gwp_sets` are all sets that the
    number rests on.
    """

    number: str
    issued_at: str
    product_ids: tuple[str, ...]
    product: str
    company_ids: tuple[str, ...]
    company: str
    categories: tuple[BenchmarkCategory, ...]
    kg_co2e: Fraction
    unit: str
    boundary: str
    gwp_sets: tuple[str, ...]
    self_declared: bool
    complete: bool


def benchmark_entry(view: Mapping[str, Any]) -> BenchmarkEntry | Unfit:
    """What a certificate's public document says, or why it is in no benchmark."""
    try:
        return _unfit(view) or _entry(view)
    except (KeyError, TypeError, ValueError, InvalidOperation, ZeroDivisionError):
        return "unreadable"


def named_category(text: str) -> BenchmarkCategory | None:
    """The category that a text names: `CPC:46410` and `cpc : 464.10` are one, and so are words that
    the rules know as one. None for a text without a letter or a digit."""
    code = _CODE.fullmatch(text)
    if code is not None:
        key = f"{folded_word(code['list'])}:{folded_word(code['code'])}"
        return BenchmarkCategory("code", key, f"{code['list'].upper()}:{code['code']}")
    if not folded_word(text):
        return None
    word = rule_word("categories", text)
    shown = text.strip() if word is None else word
    return BenchmarkCategory("name", folded_word(shown), shown)


def _unfit(view: Mapping[str, Any]) -> Unfit | None:
    if view.get("draft"):
        return "draft"
    if view["boundary"] in WHOLE_SUBJECTS:
        return "no_product"
    if not (view["company_ids"] or folded_word(view["company"] or view["company_zh"])):
        return "no_company"
    return None if _categories(view) else "no_category"


def _entry(view: Mapping[str, Any]) -> BenchmarkEntry:
    unit = _reference_unit(view["declared_unit"])
    of_it = _exact(view["declared_amount"]) * Fraction(
        units.exact_factor(view["declared_unit"], unit)
    )
    return BenchmarkEntry(
        number=view["number"],
        issued_at=view["issued_at"],
        product_ids=tuple(view["product_ids"]),
        product=folded_word(view["product_name"]),
        company_ids=tuple(view["company_ids"]),
        company=company_key(view["company"] or view["company_zh"]),
        categories=_categories(view),
        kg_co2e=_exact(view["total_kg_co2e"]) / of_it,
        unit=unit,
        boundary=view["boundary"],
        gwp_sets=tuple(sorted({view["gwp_set"], *view["gwp_sets_used"]})),
        self_declared=view["self_declared"],
        complete=_exact(view["coverage_mass"]) == 1 and _exact(view["coverage_lines"]) == 1,
    )


def _categories(view: Mapping[str, Any]) -> tuple[BenchmarkCategory, ...]:
    named = (view["product_category"], *view.get("product_classifications", ()))
    found = {one.key: one for one in map(named_category, named) if one is not None}
    return tuple(found.values())


def _reference_unit(declared: str) -> str:
    fits = (unit for unit in _REFERENCE_UNITS if units.convertible(declared, unit))
    return next(fits, declared)


def _exact(number: str) -> Fraction:
    return Fraction(Decimal(number))
