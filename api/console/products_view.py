"""Products as pages show them: each version with its number, and how complete that is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.console.figures import rounded_percent, three
from api.console.total_view import covered_bar, covered_words, data_lack
from api.language import Language
from api.store.products import StoredProduct, StoredVersion
from api.store.variants import StoredVariant
from footprint.drafts.covered import Covered
from footprint.engine.screening import screening_name_zh
from footprint.inventory.compiled import CompiledInventory
from label_templates.console_pages import console_words
from label_templates.drawing.shapes import Drawing

#: Own rows that are shown of a version.
_ROWS = 10


@dataclass(frozen=True, slots=True)
class VersionView:
    """A version in a list: `least` is whether its total is only the least that it can be; `low` and
    `high` are of its 95 % interval. `apart`: data cover less than is counted."""

    number: int
    day: str
    by: str
    kg: str
    unit: str
    least: bool
    covered: str
    open: int
    low: str
    high: str
    bar: Drawing
    apart: bool


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product in a list, with its newest version."""

    id: str
    name: str
    newest: VersionView


@dataclass(frozen=True, slots=True)
class KeptRow:
    """One of the user's own rows in a version: kg CO2e and share."""

    name: str
    kg: str
    share: str
    name_en: str
    name_zh: str


def version_view(version: StoredVersion | StoredVariant, language: Language) -> VersionView:
    """A version, or a variant, which has no number (0), from its summary alone: nothing is
    calculated or read for a list."""
    told: Mapping[str, Any] = json.loads(version.summary)
    words = console_words(language)
    unit = unit_text(told["amount"], told["unit"], language)
    kg, least = three(told["kg"]), told["word"] == "at least"
    left, covered = told["open"], covered_words(told_covered(told), words)
    sentence = "total_least" if least else "total_complete"
    says = words.say(sentence, kg=kg, unit=unit, covered=covered, left=left)
    return VersionView(
        version.number if isinstance(version, StoredVersion) else 0,
        version.created_at.date().isoformat(),
        version.by,
        kg,
        unit,
        least,
        covered,
        left,
        "" if told["low"] is None else three(told["low"]),
        "" if told["high"] is None else three(told["high"]),
        covered_bar(told["share"], words.say("bar_title"), says),
        data_lack(told_covered(told)),
    )


def told_covered(told: Mapping[str, Any]) -> Covered:
    """How much a summary says is counted; those of before data were told apart say it of all."""
    data = told.get("by_data", told["share"])
    return Covered(told["share"], data, told["by_mass"], told["counted"], told["open"])


def unit_text(amount: float, unit: str, language: Language) -> str:
    """What a result is per, in words: `piece`, or `0.5 kilograms`."""
    words = console_words(language)
    return words.word("units", unit) if amount == 1 else words.quantity(f"{amount:g}", unit)


def product_rows(
    found: Sequence[tuple[StoredProduct, StoredVersion]], language: Language
) -> list[ProductRow]:
    """Products in a list."""
    words = console_words(language)
    return [
        ProductRow(
            product.id, words.pick(product.name, product.name_zh), version_view(version, language)
        )
        for product, version in found
    ]


def kept_rows(
    document: Mapping[str, Any], inventory: CompiledInventory, language: Language
) -> tuple[KeptRow, ...]:
    """The largest of the user's own rows in a footprint document, and the others together."""
    total = document["totals"]["excluding_biogenic_uptake_kg_co2e"]
    rows: dict[tuple[int, str], list[Any]] = {}
    for item in document["contributions"]:
        rows.setdefault((item["row"], item["line"]), []).append(item)
    sums = [(items[0], sum(one["kg_co2e"] for one in items)) for items in rows.values()]
    sums.sort(key=lambda pair: -pair[1])
    shown = []
    for first, kg in sums[:_ROWS]:
        entry = inventory.datasets.get(first["dataset"])
        chinese = screening_name_zh(first["dataset"]) if entry is None else entry.name_zh
        row = (first["name"], three(kg), _share(kg, total), first["dataset_name"], chinese)
        shown.append(KeptRow(*row))
    rest = sums[_ROWS:]
    if rest:
        kg = sum(one for _, one in rest)
        name = console_words(language).say("other_rows", count=len(rest))
        shown.append(KeptRow(name, three(kg), _share(kg, total), "", ""))
    return tuple(shown)


def _share(kg: float, total: float) -> str:
    return rounded_percent(kg / total) if total > 0 and kg >= 0 else ""
