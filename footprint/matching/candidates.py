"""Candidates for a line: each with score, reason, how its unit fits, and what it would give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from footprint.inventory.compiled import CompiledInventory
from footprint.inventory.model import DEFAULT_GWP_SET, EXCLUDING_BIOGENIC
from footprint.matching.fit import UnitFits, any_unit, mass_of, remembered_convertible, units_per
from footprint.matching.match import Fits, matcher_of
from footprint.matching.outcome import Candidate
from footprint.matching.part_models import match_query
from footprint.matching.query import Query

#: How a dataset's unit fits a line: the same measure; by the mass of one unit, or by what its words
#: tell (the area of a carton); not, for want of a mass or of a size; or not at all.
Fit = Literal["unit", "mass", "words", "needs-mass", "needs-size", "none"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A candidate, how its unit fits, and what one unit of the line then is: `amount` units of the
    dataset and `kg_co2e` (without biogenic CO2); None where the unit does not fit."""

    candidate: Candidate
    fit: Fit
    amount: float | None
    kg_co2e: float | None

    def as_json(self) -> dict[str, Any]:
        """The offer as every surface prints it."""
        entry = self.candidate.entry
        return {
            "dataset": entry.id,
            "score": self.candidate.score,
            "unit": entry.unit,
            "location": entry.location,
            "name_en": entry.name_en,
            "name_zh": entry.name_zh,
            "by": self.candidate.by,
            "reason": self.candidate.reason,
            "refused": self.candidate.refused,
            "fit": self.fit,
            "kg_co2e_per_line_unit": self.kg_co2e,
        }


def candidates(
    query: Query, inventory: CompiledInventory, limit: int = 5, gwp_set: str = DEFAULT_GWP_SET
) -> tuple[Offer, ...]:
    """Up to `limit` datasets that may be meant, best first: those whose unit fits the line's, then
    those for which only a mass or another unit is lacking. Without a unit all are alike."""
    fits: Fits = UnitFits(query.unit, query.mass_kg is not None) if query.unit else any_unit
    found = list(match_query(query, inventory, fits, limit).candidates)
    if len(found) < limit and query.unit:
        others = matcher_of(inventory).match(query, lambda entry: not fits(entry), limit).candidates
        found += others[: limit - len(found)]
    return offers_of(found, query, inventory, gwp_set)


def offers_of(
    found: Iterable[Candidate],
    query: Query,
    inventory: CompiledInventory,
    gwp_set: str = DEFAULT_GWP_SET,
) -> tuple[Offer, ...]:
    """Candidates with how their units fit a line, and what they would give."""
    table = inventory.table(gwp_set)
    rows = list(EXCLUDING_BIOGENIC)
    return tuple(_offer(one, query, float(table[rows, one.entry.column].sum())) for one in found)


def _offer(candidate: Candidate, query: Query, intensity: float) -> Offer:
    """`intensity` in kg CO2e per unit of the dataset."""
    entry = candidate.entry
    by_unit = units_per(query.unit, query.mass_kg, entry) if query.unit else None
    amount = by_unit if candidate.amount is None else candidate.amount
    if amount is not None:
        fit: Fit = "mass" if query.unit and by_unit is not None else "words"
        if query.unit and remembered_convertible(query.unit, entry.unit):
            fit = "unit"
        return Offer(candidate, fit, amount, amount * intensity)
    if not query.unit:
        return Offer(candidate, "none", None, None)
    if candidate.needs:
        lacking: Fit = "needs-mass" if remembered_convertible(entry.unit, "kg") else "needs-size"
        return Offer(candidate, lacking, None, None)
    by_mass = mass_of(query.unit, query.mass_kg, entry) is None and remembered_convertible(
        entry.unit, "kg"
    )
    return Offer(candidate, "needs-mass" if by_mass else "none", None, None)
