"""The climate indicators of a declaration as parts of a footprint.

EN 15804+A1 has one indicator, which holds the uptake of biogenic CO2: it is the total including
uptake. +A2 splits it; its biogenic part mixes uptake, CO2 and methane, so that no part of it is
known to be methane: the total without it is the least that the total excluding uptake can be. The
indicator GWP-GHG, where it is given, leaves biogenic CO2 out and is that total.
Ids: EN 15804 reference package of the ILCD+EPD format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from footprint.exchange.epd import Epd
from footprint.exchange.epd_modules import product_stage
from footprint.exchange.faults import CONTRADICTION, MISSING_FACT, SUM
from footprint.faults import InputRefused, Where
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
        found = _split(total, {one: stage(one) for one in _SPLIT}, where, accept)
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
    total: Decimal, given: dict[str, Decimal | None], where: Where, accept: bool
) -> EpdParts:
    fossil, stated, luluc, ghg = (given[one] for one in _SPLIT)
    if fossil is None:
        if total < 0:
            message = f"GWP-total is {total:f} kg CO2e, and its parts are not stated"
            raise MISSING_FACT.refuse(message, where)
        parts = {"fossil": total}
        return EpdParts(parts, ("biogenic_uptake", "biogenic_non_co2", "land_use_change"))
    change, biogenic = luluc or Decimal(0), stated or Decimal(0)
    added = fossil + biogenic + change
    rounding = min(
        rounding_of(*(f"{one:f}" for one in (total, fossil, biogenic, change))),
        _MOST * max(abs(total), abs(fossil), abs(biogenic)),
    )
    notes = []
    if abs(total - added) > rounding:
        message = f"GWP-total is {total:f} kg CO2e; fossil, biogenic and luluc make {added:f}"
        if not accept:
            hint = f"Ask the supplier, or add a row # accept_stated_totals: {where.file}"
            raise InputRefused([SUM.at(where, message, hint)])
        notes.append(f"{message}; the total counts")
    if fossil < 0 or change < 0:
        message = f"GWP-fossil is {fossil:f}, GWP-luluc {change:f} kg CO2e; neither can be below 0"
        raise CONTRADICTION.refuse(message, where)
    fossil += total - added
    whole = abs(total) + abs(fossil) + abs(biogenic)
    non_co2 = None if ghg is None else max(_quiet(ghg - fossil - change, whole), Decimal(0))
    carbon_dioxide = _quiet(biogenic - (non_co2 or Decimal(0)), whole)
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
