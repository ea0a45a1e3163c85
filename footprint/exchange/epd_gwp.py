"""The climate indicators of a declaration as parts of a footprint.

EN 15804+A1 has one indicator, which holds the uptake of biogenic CO2: it is the total including
uptake. +A2 splits it; its biogenic part mixes uptake, CO2 and methane, so that no part of it is
known to be methane: the total without it is the least that the total excluding uptake can be. The
indicator GWP-GHG, where it is given, leaves biogenic CO2 out and is that total: it is no less than
fossil and luluc, and what it says of biogenic CO2 is held against the carbon that is stated.
Ids: EN 15804 reference package of the ILCD+EPD format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from footprint.exchange.epd import TO_KG, Epd
from footprint.exchange.epd_modules import product_stage
from footprint.exchange.faults import CONTRADICTION, MISSING_FACT, SUM
from footprint.faults import Fault, InputRefused, Where
from footprint.supplier.numbers import rounding_of

A1_GWP = "77e416eb-a363-4258-a04e-171d843a6460"
A2_TOTAL = "6a37f984-a4b3-458a-a20a-64418c145fa2"
A2_FOSSIL = "5f635281-343e-44fb-83df-1971b155e6b6"
A2_BIOGENIC = "2356e1ab-0185-4db5-86e5-16de51c7485c"
A2_LULUC = "4331bbdb-978a-490d-8707-eeb047f01a55"
GWP_GHG = "fb774615-0575-45de-9a89-1ded92f19770"
GWP_INDICATORS = frozenset((A1_GWP, A2_TOTAL, A2_FOSSIL, A2_BIOGENIC, A2_LULUC, GWP_GHG))
#: kg CO2 per kg of carbon (molar masses 44 and 12).
_CO2_PER_C = Decimal(44) / Decimal(12)
#: Share of the mass up to which carbon of a product, and of its packaging, need not be stated.
_UNSTATED_CARBON = Decimal("0.05")
_MOST = Decimal("0.01")
#: Forms that hold floats: what is smaller than this share of the whole is no difference.
_FLOAT = Decimal("1e-14")


@dataclass(slots=True)
class EpdParts:
    """Parts in kg CO2e per what is declared, which parts are not told, and what is to be said."""

    parts: dict[str, Decimal]
    untold: tuple[str, ...]
    notes: list[str] = field(default_factory=list)


def epd_parts(epd: Epd, where: Where, accept: bool = False) -> EpdParts:
    """The parts of A1 to A3.

    Raises `InputRefused` (EXC-003, EXC-102, EXC-103) where they are not stated or contradict.
    """
    notes: list[str] = []

    def stage(indicator: str) -> Decimal | None:
        value, note = product_stage(epd.results, indicator, where, accept)
        notes.extend([note] if note else [])
        return value

    total = stage(A2_TOTAL)
    if total is not None:
        found = _split(total, {one: stage(one) for one in _SPLIT}, epd, where, accept)
    else:
        old = stage(A1_GWP)
        if old is None:
            message = "it states no global warming potential of A1 to A3 by an id that is known"
            raise MISSING_FACT.refuse(message, where, "EN 15804+A1 and +A2 are read.")
        found = _single(old, epd, where)
    found.notes[:0] = notes
    return found


_SPLIT = (A2_FOSSIL, A2_BIOGENIC, A2_LULUC, GWP_GHG)


def _split(
    total: Decimal, given: dict[str, Decimal | None], epd: Epd, where: Where, accept: bool
) -> EpdParts:
    fossil, stated, luluc, ghg = (given[one] for one in _SPLIT)
    if fossil is None:
        return _unsplit(total, ghg, where)
    change = luluc or Decimal(0)
    if fossil < 0 or change < 0:
        message = f"GWP-fossil is {fossil:f}, GWP-luluc {change:f} kg CO2e; neither can be below 0"
        raise CONTRADICTION.refuse(message, where)
    notes: list[str] = []
    if ghg is not None and ghg < fossil + change - _rounding(ghg, fossil, change):
        alone = fossil + change
        message = f"GWP-GHG is {ghg:f} kg CO2e; fossil and luluc alone make {alone:f}"
        notes += _taken(CONTRADICTION, message, "GWP-GHG is left aside", where, accept)
        ghg = None
    biogenic = stated or _unstated_biogenic(total, fossil + change, ghg)
    added = fossil + biogenic + change
    if abs(total - added) > _rounding(total, fossil, biogenic, change):
        message = f"GWP-total is {total:f} kg CO2e; fossil, biogenic and luluc make {added:f}"
        notes += _taken(SUM, message, "the total counts", where, accept)
    fossil += total - added
    whole = abs(total) + abs(fossil) + abs(biogenic)
    non_co2 = None if ghg is None else max(_quiet(ghg - fossil - change, whole), Decimal(0))
    carbon_dioxide = _quiet(biogenic - (non_co2 or Decimal(0)), whole)
    hidden = stated is not None and stated >= 0 and non_co2
    if hidden and (says := _unexplained(carbon_dioxide, whole, epd)):
        message = f"GWP-GHG is {ghg:f} and GWP-biogenic {stated:f} kg CO2e: {says}"
        notes += _taken(CONTRADICTION, message, "GWP-GHG counts", where, accept)
    parts = {
        "fossil": max(fossil, Decimal(0)),
        "land_use_change": change,
        "biogenic_non_co2": non_co2 or Decimal(0),
        "biogenic_uptake": min(carbon_dioxide, Decimal(0)),
        "biogenic_emission": max(carbon_dioxide, Decimal(0)),
    }
    known = {"land_use_change": luluc, "biogenic_non_co2": ghg, "biogenic_uptake": stated}
    untold = [name for name, value in known.items() if value is None]
    return EpdParts(parts, (*untold, "land_management", "aircraft"), notes)


def _unsplit(total: Decimal, ghg: Decimal | None, where: Where) -> EpdParts:
    """A total alone; or beside GWP-GHG, which tells how much biogenic CO2 is inside."""
    untold = ("biogenic_uptake", "biogenic_non_co2", "land_use_change")
    if (total if ghg is None else ghg) < 0:
        name, value = ("GWP-total", total) if ghg is None else ("GWP-GHG", ghg)
        message = f"{name} is {value:f} kg CO2e, and its parts are not stated"
        raise MISSING_FACT.refuse(message, where)
    if ghg is None:
        return EpdParts({"fossil": total}, untold)
    biogenic = total - ghg
    parts = {
        "fossil": ghg,
        "biogenic_uptake": min(biogenic, Decimal(0)),
        "biogenic_emission": max(biogenic, Decimal(0)),
    }
    return EpdParts(parts, untold[1:])


def _unstated_biogenic(total: Decimal, others: Decimal, ghg: Decimal | None) -> Decimal:
    """What GWP-biogenic is where it is not stated: the gases that GWP-GHG has beyond fossil and
    luluc, if the total has them too; else nothing."""
    if ghg is None or abs(total - ghg) > _rounding(total, ghg):
        return Decimal(0)
    return total - others


def _unexplained(carbon_dioxide: Decimal, whole: Decimal, epd: Epd) -> str:
    """Why no carbon explains the biogenic CO2 that two indicators leave; empty where some may.

    Up to 5 % of the mass need not be stated (EN 15804+A2); without a mass that stays open.
    """
    if carbon_dioxide >= -_MOST * whole:
        return ""
    mass = epd.mass or epd.amount * (TO_KG.get(epd.unit) or Decimal(0))
    least = None if not mass else mass * _UNSTATED_CARBON
    stated = [one for one in (epd.carbon, epd.packaging_carbon) if one is not None]
    if least is None and not stated:
        return ""
    carbon = sum(stated, Decimal(0)) + (least or Decimal(0)) * (2 - len(stated))
    if -carbon_dioxide <= carbon * _CO2_PER_C + _MOST * whole:
        return ""
    return (
        f"together they leave an uptake of {-carbon_dioxide:.6g} kg CO2, and the carbon that is "
        f"stated, or need not be, took up {carbon * _CO2_PER_C:.6g} at the most"
    )


def _taken(fault: Fault, message: str, counts: str, where: Where, accept: bool) -> list[str]:
    """The note of what was taken as stated. Raises `InputRefused` unless that is accepted."""
    if not accept:
        hint = f"Ask the supplier, or add a row # accept_stated_totals: {where.file}"
        raise InputRefused([fault.at(where, message, hint)])
    return [f"{message}; {counts}"]


def _rounding(total: Decimal, *parts: Decimal) -> Decimal:
    """How far a total may be off its parts, by the digits that both have."""
    numbers = (total, *parts)
    return min(rounding_of(*(f"{one:f}" for one in numbers)), _MOST * max(map(abs, numbers)))


def _quiet(value: Decimal, whole: Decimal) -> Decimal:
    """The value, or zero where it is what floats leave of a difference."""
    return value if abs(value) > _FLOAT * whole else Decimal(0)


def _single(value: Decimal, epd: Epd, where: Where) -> EpdParts:
    """+A1: uptake follows from the carbon that is stated; without one it is not known."""
    carbon = None
    if epd.carbon is not None or epd.packaging_carbon is not None:
        carbon = (epd.carbon or Decimal(0)) + (epd.packaging_carbon or Decimal(0))
    others = ("biogenic_non_co2", "land_use_change", "land_management", "aircraft")
    if carbon is None:
        if value < 0:
            message = (
                f"GWP is {value:f} kg CO2e with uptake inside, and no carbon content is stated"
            )
            hint = "Ask the supplier for the biogenic carbon content, or for a declaration of +A2."
            raise MISSING_FACT.refuse(message, where, hint)
        return EpdParts({"fossil": value}, ("biogenic_uptake", *others))
    uptake = carbon * _CO2_PER_C
    if value + uptake < 0:
        message = (
            f"GWP is {value:f} kg CO2e, and {carbon:f} kg of biogenic carbon took up only "
            f"{uptake:.6g} kg CO2"
        )
        raise CONTRADICTION.refuse(message, where)
    return EpdParts({"fossil": value + uptake, "biogenic_uptake": -uptake}, others)
