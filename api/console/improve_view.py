"""Changes to a product as an address says them, and what each of them does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from api.console.figures import rounded_percent, three
from api.faults import REFUSED
from api.language import Language
from api.services.variants import no_change
from footprint.analysis.changes import (
    Change,
    LineSelection,
    Quantity,
    Recycled,
    SupplierNumber,
    SwapGrid,
)
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.years import base_of
from footprint.matching.places import place_names
from label_templates.console_pages import console_words

#: Changes in one address, and rows that are offered.
MOST_CHANGES = 8
_ROWS = 30


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A change: what it says and of which row (`name`), what it adds to the total (kg CO2e), and
    this page without it."""

    says: str
    name: str
    effect: str
    without: str


@dataclass(frozen=True, slots=True)
class LineChoice:
    """A row of the list that can be changed."""

    row: int
    name: str
    kg: str


def change_of(text: str) -> Change:
    """The change that a part of an address says. Raises InputRefused (API-003) for what is none.

    `grid:VN`, `lighter:ROW:PERCENT`, `supplier:ROW:KG:COMPANY`, `recycled:ROW:PERCENT:DATASET`.
    """
    kind, *said = text.split(":", 3)
    if kind in _LIMITS:
        _check(kind, said)
    try:
        if kind == "grid":
            return SwapGrid(change="grid", to=said[0])
        where = LineSelection(row=int(said[0]))
        number = float(said[1].replace(",", "."))
        if kind == "lighter":
            return Quantity(change="quantity", where=where, factor=1.0 - number / 100.0)
        if kind == "supplier":
            return SupplierNumber(change="supplier", where=where, kg=number, company=said[2])
        if kind == "recycled":
            share = number / 100.0
            return Recycled(change="recycled_content", where=where, share=share, dataset=said[2])
    except (ValueError, IndexError):
        pass
    raise no_change()


def fields_of(text: str) -> dict[str, str]:
    """What was typed into the form of a change, as a part of an address says it."""
    kind, *said = text.split(":", 3)
    names = ("value",) if kind == "grid" else ("row", "value", *_MORE.get(kind, ()))
    return {"kind": kind, **dict(zip(names, said, strict=False))}


#: The last field of a change, by its kind.
_MORE = {"supplier": ("company",), "recycled": ("dataset",)}
#: Least and most of the number of a change, and whether the ends themselves can be.
_LIMITS = {
    "lighter": (0.0, 100.0, False),
    "recycled": (0.0, 100.0, True),
    "supplier": (0.0, 1e9, True),
}


def _check(kind: str, said: list[str]) -> None:
    """Raise InputRefused (API-003) for a number that such a change cannot have."""
    text = said[1].strip() if len(said) > 1 else ""
    least, most, ends = _LIMITS[kind]
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        raise REFUSED.refuse(f"{text[:40]!r} is not a number; nothing was changed.") from None
    if not (least <= number <= most if ends else least < number < most):
        raise REFUSED.refuse(
            f"{text[:40]} is not between {least:.0f} and {most:.0f}; nothing was changed."
        )


def lines_to_change(document: Mapping[str, Any]) -> tuple[LineChoice, ...]:
    """The rows of a footprint document that add most."""
    rows: dict[int, list[Any]] = {}
    for item in document["contributions"]:
        rows.setdefault(item["row"], []).append(item)
    found = [
        (row, items[0]["name"], sum(i["kg_co2e"] for i in items)) for row, items in rows.items()
    ]
    found.sort(key=lambda one: -one[2])
    return tuple(LineChoice(row, name, three(kg)) for row, name, kg in found[:_ROWS])


def change_views(
    texts: Sequence[str],
    effects: Sequence[float],
    lines: Sequence[LineChoice],
    inventory: CompiledInventory,
    language: Language,
) -> list[ChangeView]:
    """The changes with their effects, in their order."""
    names = {str(one.row): one.name for one in lines}
    return [
        ChangeView(
            _says(text, names, inventory, language),
            names.get(text.split(":")[1], "") if ":" in text else "",
            signed(effect),
            "?" + urlencode([("c", one) for n, one in enumerate(texts) if n != at]),
        )
        for at, (text, effect) in enumerate(zip(texts, effects, strict=True))
    ]


def _says(
    text: str, names: Mapping[str, str], inventory: CompiledInventory, language: Language
) -> str:
    words = console_words(language)
    kind, first, *said = text.split(":", 3)
    if kind == "grid":
        return words.say("change_grid", place=place_names(language).get(first, first))
    name = names.get(first, first)
    if kind == "supplier":
        return words.say("change_supplier", name=name, kg=said[0], company=said[1])
    if kind == "recycled":
        entry = inventory.datasets.get(said[1])
        called = said[1] if entry is None else words.pick(entry.name_en, entry.name_zh)
        return words.say("change_recycled", name=name, percent=said[0], dataset=called)
    return words.say("change_lighter", name=name, percent=said[0])


def signed(kg: float) -> str:
    """A difference with its sign."""
    return f"+{three(kg)}" if kg > 0 else f"−{three(-kg)}" if kg < 0 else "±0"


def share_of(kg: float, total: float) -> str:
    """How much of the total a difference is, with its sign; "" where there is no total."""
    if not total:
        return ""
    sign = "+" if kg > 0 else "−" if kg < 0 else "±"
    return f"{sign}{rounded_percent(abs(kg / total))} %"


_grids_of: dict[str, tuple[str, ...]] = {}


def grids(inventory: CompiledInventory) -> tuple[str, ...]:
    """Places whose mix of electricity is known, looked up once for each inventory."""
    if inventory.hash not in _grids_of:
        datasets = inventory.datasets
        found: dict[str, list[str]] = {}
        for name, head in inventory.document()["datasets"].items():
            grid = head["activity"] == "market" and head["unit"] == "kWh"
            if grid and base_of(datasets[name], datasets) is None:
                found.setdefault(head["location"], []).append(head["kind"])
        # Where there are several mixes a person has to say which: not by a place alone.
        sure = {
            place for place, kinds in found.items() if (kinds.count("market") or len(kinds)) == 1
        }
        _grids_of[inventory.hash] = tuple(sorted(sure))
    return _grids_of[inventory.hash]


def recycled(inventory: CompiledInventory, language: Language) -> list[tuple[str, str]]:
    """Datasets of recycled material as (id, name): their English names say so."""
    marks = ("recycled", "secondary ingot")
    found = [
        (entry.id, (entry.name_zh if language == "zh" else "") or entry.name_en)
        for entry in inventory.datasets.values()
        if any(mark in entry.name_en.casefold() for mark in marks)
    ]
    return sorted(found, key=lambda one: one[1])
