"""What the page of lines shows: each kind of line, what stands for it, and its cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from api.console.figures import amount_text, line_unit, mass_text, per_unit, rounded_percent, three
from footprint import units
from footprint.drafts.cards import Card, Reason, reason_for
from footprint.drafts.covered import product_mass_kg
from footprint.drafts.work import LineKind, State, Work
from footprint.engine.item import ScreeningFigure
from footprint.matching.materials import materials
from footprint.values.product import DECLARED_UNITS

#: More lines than this are paged.
PAGE = 100


@dataclass(frozen=True, slots=True)
class CardView:
    """A card: `kg` is what this choice gives, "" where the unit does not fit."""

    dataset: str
    name_en: str
    name_zh: str
    location: str
    year: int
    unit: str
    closeness: str
    fit: str
    kg: str
    only_material: bool
    chosen: bool


#: The fields of a line at which something may not be understood ("": the line itself).
SlipField = Literal[
    "", "mass", "class", "class-mass", "file", "kg", "company", "year", "supplier-mass"
]


@dataclass(frozen=True, slots=True)
class Slip:
    """What was not understood of a line: in words, at which field, and all that was typed."""

    says: str
    at: SlipField
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LineView:
    """A kind of line on the page. `share` is its share of the product's mass, `kg` what it adds,
    `mass` that of all of it and `unit_mass` that of one; "" where they are not known. `others` are
    the further rows that say the same. `supplier_units` is what a supplier's number may be per.
    `needs_mass`: what would fit lacks only the mass of one; `each`: of one what, "" for pieces."""

    key: str
    row: int
    others: int
    name: str
    detail: str
    amount: str
    unit: str
    mass: str
    unit_mass: str
    share: str
    state: State
    open: bool
    dataset: str
    name_en: str
    name_zh: str
    kg: str
    by: str
    reason: Reason | Literal["in_file"]
    needs_mass: bool
    each: str
    cards: tuple[CardView, ...]
    supplier_units: tuple[str, ...]
    found: tuple[CardView, ...] | None = None
    search: str = ""
    slip: Slip = Slip("", "", MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ClassView:
    """A class of material with the range of its figure, kg CO2e per kg; `wider_en` and `wider_zh`
    name the class whose data it takes, where its own are too few."""

    id: str
    name_en: str
    name_zh: str
    low: str
    value: str
    high: str
    wider_en: str
    wider_zh: str


def line_views(work: Work, cards: Mapping[str, tuple[Card, ...]]) -> tuple[LineView, ...]:
    """Every kind of line, heaviest first."""
    whole = product_mass_kg(work)
    return tuple(line_view(kind, cards.get(kind.key, ()), whole) for kind in work.kinds)


def line_view(
    kind: LineKind,
    cards: tuple[Card, ...],
    whole: float | None,
    found: tuple[Card, ...] | None = None,
    search: str = "",
) -> LineView:
    """A kind of line; `whole` is the mass of the product in kg, None where nobody can tell."""
    line = kind.line
    said = [line.material, line.specification, line.note, line.category]
    detail = " · ".join(dict.fromkeys(text for text in said if text and text != line.name))
    share = kind.mass_kg / whole if kind.mass_kg is not None and whole else None
    return LineView(
        kind.key,
        kind.rows[0],
        len(kind.rows) - 1,
        line.name,
        detail[:160],
        amount_text(kind.amount),
        line_unit(line.unit),
        mass_text(kind.mass_kg),
        mass_text(kind.unit_mass_kg),
        "" if share is None else rounded_percent(share),
        kind.state,
        kind.is_open,
        kind.dataset,
        kind.name_en,
        kind.name_zh,
        "" if kind.kg_co2e is None else three(kind.kg_co2e),
        kind.by,
        "in_file" if kind.named else reason_for(kind, cards),
        kind.unit_mass_kg is None and kind.has_mass,
        "" if units.common_unit(line.unit) == "piece" else line.unit,
        tuple(_card(card, kind) for card in cards),
        supplier_unit_choices(kind),
        None if found is None else tuple(_card(card, kind) for card in found),
        search,
    )


def supplier_unit_choices(kind: LineKind) -> tuple[str, ...]:
    """What a supplier's number for such a line may be per: its unit, or its mass."""
    own = [one for one in DECLARED_UNITS if units.convertible(kind.line.unit, one)]
    if kind.has_mass and "kilogram" not in own:
        own.append("kilogram")
    return tuple(own)


def _card(card: Card, kind: LineKind) -> CardView:
    return CardView(
        card.dataset,
        card.name_en,
        card.name_zh,
        card.location,
        card.year,
        per_unit(card.unit),
        card.closeness,
        card.fit,
        "" if card.kg_co2e is None else three(card.kg_co2e),
        card.only_material,
        card.dataset == kind.dataset,
    )


def class_views(figures: tuple[ScreeningFigure, ...]) -> tuple[ClassView, ...]:
    """The classes of material as a list to choose from."""
    return tuple(
        ClassView(
            one.id, one.name_en, one.name_zh, three(one.low), three(one.value), three(one.high),
            *_wider(one),
        )
        for one in figures
    )  # fmt: skip


def _wider(figure: ScreeningFigure) -> tuple[str, str]:
    spread = materials().classes[figure.spread_of]
    own = (figure.name_en, figure.name_zh)
    return ("", "") if own == (spread.name_en, spread.name_zh) else (spread.name_en, spread.name_zh)


def next_open(work: Work, after: str) -> str:
    """The key of the next open line behind one, else of the first open one, else ""."""
    keys = [kind.key for kind in work.kinds]
    start = keys.index(after) + 1 if after in keys else 0
    ordered = (*work.kinds[start:], *work.kinds[:start])
    waiting = [kind.key for kind in ordered if kind.state == "open" and kind.key != after]
    return waiting[0] if waiting else ""
