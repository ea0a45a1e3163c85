"""Subjects beside the product, and the parts that their lines belong to, by the words people write.

An organisation's lines belong to scopes of the GHG Protocol Corporate Standard (1, 2, 3) or to one
of the fifteen categories of scope 3 (Corporate Value Chain Standard, 2011); an event's to kinds of
activity.
"""

from __future__ import annotations

from types import MappingProxyType

from footprint.late_pattern import late_pattern
from footprint.values.product import SubjectKind
from footprint.values.stages import fold_keyword

#: Categories of scope 3.
CATEGORIES = 15
SCOPES = ("scope-1", "scope-2", "scope-3")
_SUBJECT_WORDS: dict[SubjectKind, tuple[str, ...]] = {
    "product": ("product", "产品"),
    "organisation": ("organisation", "organization", "company", "组织", "企业", "公司"),
    "event": ("event", "活动", "大型活动", "会议"),
}
#: Kinds of activity of an event, in the order in which they are shown.
ACTIVITIES = MappingProxyType(
    {
        "travel": ("travel", "transport", "交通", "差旅", "出行"),
        "nights": ("nights", "accommodation", "hotel", "住宿", "酒店"),
        "meals": ("meals", "catering", "food", "餐饮", "用餐"),
        "energy": ("energy", "venue energy", "能源", "场馆用能", "用电"),
        "materials": ("materials", "material", "物料", "材料", "物资"),
        "waste": ("waste", "废弃物", "垃圾"),
        "other": ("other", "其他"),
    }
)
_SCOPE = late_pattern(r"(?:scope|范围|范畴)?\s*([123]|[一二三])(?:[.\-]\s*(\d{1,2}))?")
_DIGITS = {"一": "1", "二": "2", "三": "3"}


def subject_of(text: str) -> SubjectKind | None:
    """The subject that a word means, or None."""
    word = fold_keyword(text)
    return next((name for name, words in _SUBJECT_WORDS.items() if word in words), None)


def scope_of(text: str) -> str | None:
    """`scope-1`, `scope-2`, `scope-3` or `scope-3.N` (N from 1 to 15), or None."""
    match = _SCOPE.fullmatch(text.strip().casefold())
    if match is None:
        return None
    scope, category = _DIGITS.get(match[1], match[1]), match[2]
    if category is None:
        return f"scope-{scope}"
    if scope != "3" or not 1 <= int(category) <= CATEGORIES:
        return None
    return f"scope-3.{int(category)}"


def activity_of(text: str) -> str | None:
    """The kind of activity that a word means, or None."""
    word = fold_keyword(text)
    return next((name for name, words in ACTIVITIES.items() if word in words), None)


def scope_order(scope: str) -> tuple[int, int]:
    """The place of a scope or of a category of scope 3 among the others."""
    scope_number, _, category = scope.removeprefix("scope-").partition(".")
    return int(scope_number), int(category or 0)
