"""Candidates for a kind of line as a person chooses among them: each with what it would add."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from footprint.bom.choices import BY_CLASS
from footprint.drafts.work import LineKind
from footprint.engine.item import ScreeningFigure
from footprint.engine.resolve import query_of
from footprint.engine.screening import chosen_screening
from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import DEFAULT_GWP_SET
from footprint.matching.candidates import Fit, Offer, candidates
from footprint.matching.grids import GRID, is_power
from footprint.matching.materials import materials
from footprint.matching.outcome import MARGIN, THRESHOLD
from footprint.matching.query import Query

#: In words how well a dataset's name fits; below `_POSSIBLE` it is but the nearest there is.
Closeness = Literal["fits", "possible", "distant"]
_POSSIBLE = 0.5
#: How many cards a line has at most.
MOST_CARDS = 5
#: Why nothing stands for a line: nothing resembles it; what is nearest needs the mass of one, or
#: its size; its unit cannot be converted; two datasets fit equally well; its words are too vague;
#: it is electricity, of which a grid has to be chosen, or of which no grid is known.
Reason = Literal["nothing", "mass", "size", "unit", "two", "vague", "grid", "no_grid"]
_LACKING: dict[Fit, Reason] = {"needs-mass": "mass", "needs-size": "size"}


@dataclass(frozen=True, slots=True)
class Card:
    """A dataset that may be meant. `kg_co2e` is what it adds to one declared unit for the kind of
    line it was looked for; None where its unit does not fit, and `fit` says what is lacking.
    `only_material`: what the part is made of is counted, but not its making."""

    dataset: str
    name_en: str
    name_zh: str
    location: str
    year: int
    unit: str
    closeness: Closeness
    rank: float
    fit: Fit
    kg_co2e: float | None
    only_material: bool

    @property
    def usable(self) -> bool:
        """Whether the line's unit can be turned into the dataset's."""
        return self.kg_co2e is not None


def cards_of(kind: LineKind, country: str, inventory: CompiledInventory) -> tuple[Card, ...]:
    """Up to `MOST_CARDS` candidates for a kind of line, those first that can be taken as it is."""
    query = _query(kind, country)
    return _cards(candidates(query, inventory, MOST_CARDS), kind)


def cards_for_words(
    text: str, kind: LineKind, country: str, inventory: CompiledInventory
) -> tuple[Card, ...]:
    """Candidates by other words than the line's own, with its unit and mass."""
    query = replace(
        _query(kind, country), name=text, note="", material="", specification="", category=""
    )
    return _cards(candidates(query, inventory, 2 * MOST_CARDS), kind)


def _query(kind: LineKind, country: str) -> Query:
    return query_of(replace(kind.line, dataset="", chosen_by=""), country)


def _cards(offers: Iterable[Offer], kind: LineKind) -> tuple[Card, ...]:
    cards = [_card(offer, kind) for offer in offers]
    return tuple(sorted(cards, key=lambda card: not card.usable))


def _card(offer: Offer, kind: LineKind) -> Card:
    candidate, entry = offer.candidate, offer.candidate.entry
    closeness: Closeness = "distant"
    if candidate.score >= THRESHOLD and not candidate.refused:
        closeness = "fits"
    elif candidate.score >= _POSSIBLE:
        closeness = "possible"
    return Card(
        entry.id,
        entry.name_en,
        entry.name_zh or entry.name_en,
        entry.location,
        entry.year,
        entry.unit,
        closeness,
        candidate.rank,
        offer.fit,
        None if offer.kg_co2e is None else offer.kg_co2e * kind.amount,
        candidate.by == "material" and entry.boundary != "gate-to-gate",
    )


def reason_of(cards: tuple[Card, ...]) -> Reason:
    """Why none of these was taken without a question."""
    if not cards:
        return "nothing"
    usable = [card for card in cards if card.usable]
    if not usable:
        return _LACKING.get(cards[0].fit, "unit")
    close = [card for card in usable if card.closeness == "fits"]
    if len(close) > 1 and close[0].rank - close[1].rank < MARGIN:
        return "two"
    return "vague"


def reason_for(kind: LineKind, cards: tuple[Card, ...]) -> Reason:
    """Why nothing was taken for a kind of line: electricity named by its use alone has a grid to be
    chosen, or none, whatever else resembles its words."""
    if not is_power(_query(kind, "")):
        return reason_of(cards)
    return "grid" if any(card.dataset.startswith(GRID) for card in cards) else "no_grid"


def classes(inventory: CompiledInventory) -> tuple[ScreeningFigure, ...]:
    """The classes of material that have a figure by mass, with its wide range."""
    found = (
        chosen_screening(f"{BY_CLASS}{name}", inventory, DEFAULT_GWP_SET)
        for name in materials().classes
    )
    return tuple(figure for figure in found if figure is not None)
