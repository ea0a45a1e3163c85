"""Two to four versions or variants side by side: totals, intervals, and lines that differ."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from api.console.figures import three
from api.console.improve_view import signed
from api.console.pictures import Whisker, whisker_drawing
from api.console.products_view import told_covered, unit_text
from api.console.total_view import covered_words
from api.language import Language
from api.services.variants import Compared
from api.store.products import StoredProduct, StoredVersion
from api.store.variants import StoredVariant
from footprint.values.stages import fold_keyword
from label_templates.console_pages import console_words
from label_templates.drawing.shapes import Drawing

#: What everything is converted to: nothing, a kilogram of product, or one of the unit.
Per = Literal["", "kg", "one"]
#: Lines that are shown, the largest differences first.
_LINES = 40
_LETTERS = "ABCD"


@dataclass(frozen=True, slots=True)
class OneView:
    """One of those compared: its letter, name (a `variant` has one of its own), and its total with
    its completeness."""

    letter: str
    id: str
    product: str
    name: str
    variant: bool
    kg: str
    unit: str
    least: bool
    covered: str
    low: str
    high: str
    frozen: str
    data: str
    boundary: str
    today: str


@dataclass(frozen=True, slots=True)
class LineDifference:
    """A line by name in the first and in each other one, kg CO2e ("" = not in it), and the largest
    difference."""

    name: str
    kgs: tuple[str, ...]
    difference: str
    kind: str


@dataclass(frozen=True, slots=True)
class ToCompare:
    """A version or variant that can be chosen, with its total and whether it is at least that."""

    id: str
    product: str
    name: str
    variant: bool
    kg: str
    least: bool


def to_compare(
    product: StoredProduct, one: StoredVersion | StoredVariant, language: Language
) -> ToCompare:
    """A version or variant in the list to choose from."""
    told, words = json.loads(one.summary), console_words(language)
    own = isinstance(one, StoredVariant)
    named = (
        one.name
        if isinstance(one, StoredVariant)
        else words.say("version_number", number=one.number)
    )
    called = words.pick(product.name, product.name_zh)
    return ToCompare(one.id, called, named, own, three(told["kg"]), told["word"] == "at least")


def factor_of(one: Compared, per: Per) -> float | None:
    """By what a total is multiplied to be per `per`; None where that is not known."""
    told = one.summary
    if per == "kg":
        mass = told.get("mass_kg")
        if told["unit"] == "kilogram":
            return 1.0 / float(told["amount"])
        return 1.0 / float(mass) if mass else None
    return 1.0 / float(told["amount"]) if per == "one" else 1.0


def conversions(found: Sequence[Compared]) -> tuple[Per, ...]:
    """What those of different declared units can be converted to."""
    offered: list[Per] = []
    if len({one.summary["unit"] for one in found}) == 1:
        offered.append("one")
    if all(factor_of(one, "kg") is not None for one in found):
        offered.append("kg")
    return tuple(offered)


def same_unit(found: Sequence[Compared]) -> bool:
    """Whether all are per the same declared unit."""
    return len({(one.summary["amount"], one.summary["unit"]) for one in found}) == 1


def one_view(at: int, one: Compared, per: Per, language: Language, today: str = "") -> OneView:
    """One of those compared, per what was asked for."""
    told, words = one.summary, console_words(language)
    by = factor_of(one, per) or 1.0
    name = one.name or words.say("version_number", number=one.number)
    covered = covered_words(told_covered(told), words)
    unit = unit_text(told["amount"], told["unit"], language)
    if per == "kg":
        unit = words.word("units", "kilogram")
    elif per == "one":
        unit = words.word("units", told["unit"])
    low, high = ("" if told[end] is None else three(told[end] * by) for end in ("low", "high"))
    return OneView(
        _LETTERS[at], one.id, words.pick(one.product.name, one.product.name_zh), name,
        bool(one.name), three(told["kg"] * by), unit,
        told["word"] == "at least", covered, low, high, one.created_at.date().isoformat(),
        told["inventory"].removeprefix("sha256:")[:12], told["boundary"], today,
    )  # fmt: skip


def bars(found: Sequence[Compared], per: Per, language: Language) -> tuple[Drawing, ...]:
    """A bar each with its interval, for a wide page and for a phone."""
    words = console_words(language)
    rows = []
    for at, one in enumerate(found):
        by, told = factor_of(one, per) or 1.0, one.summary
        low = told["kg"] if told["low"] is None else told["low"]
        high = told["kg"] if told["high"] is None else told["high"]
        version = one.name or words.say("version_number", number=one.number)
        product = words.pick(one.product.name, one.product.name_zh)
        named = f"{_LETTERS[at]} · {product}{words['comma']}{version}"
        least = f"{words.say('at_least')} " if told["word"] == "at least" else ""
        rows.append(
            Whisker(
                named, told["kg"] * by, low * by, high * by,
                f"{least}{three(told['kg'] * by)} kg",
            )
        )  # fmt: skip
    return tuple(whisker_drawing(rows, language, phone=phone) for phone in (False, True))


def line_differences(found: Sequence[Compared], per: Per) -> tuple[LineDifference, ...]:
    """Lines by name that differ from the first, the largest difference first."""
    sums = [_by_name(one.document, factor_of(one, per) or 1.0) for one in found]
    names: dict[str, str] = {}
    for one in sums:
        names.update({key: name for key, (name, _) in one.items() if key not in names})
    rows = []
    for key, name in names.items():
        kgs = [one[key][1] if key in one else None for one in sums]
        first = kgs[0] or 0.0
        others = [(kg or 0.0) - first for kg in kgs[1:]]
        largest = max(others, key=abs)
        if all(kg is not None for kg in kgs) and abs(largest) <= 1e-12 * max(abs(first), 1e-12):
            continue
        kind = (
            "changed" if None not in kgs else "only_first" if kgs[0] is not None else "only_other"
        )
        shown = tuple("" if kg is None else three(kg) for kg in kgs)
        rows.append((abs(largest), LineDifference(name, shown, signed(largest), kind)))
    rows.sort(key=lambda pair: -pair[0])
    return tuple(row for _, row in rows[:_LINES])


def _by_name(document: Mapping[str, Any], by: float) -> dict[str, tuple[str, float]]:
    found: dict[str, tuple[str, float]] = {}
    for item in document["contributions"]:
        key = fold_keyword(item["name"])
        name, kg = found.get(key, (item["name"], 0.0))
        found[key] = (name, kg + item["kg_co2e"] * by)
    return found
