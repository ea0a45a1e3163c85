"""What each method rule finds in a result: an outcome, and the value it rests on."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from typing import Literal

from footprint.validity import three_years_after
from footprint.values.product import DECLARED_UNITS
from footprint.values.result import Contribution, Footprint, Split

Outcome = Literal["pass", "fail", "warn", "not-applicable"]
#: The outcome, and what was found: numbers, ids and units, which need no translation.
Finding = tuple[Outcome, str]
#: What was looked for is not there.
ABSENT = "-"

#: Mass of CO2 per mass of carbon (molar masses 44 and 12), as PACT v3 3.3.2.4 uses it.
CO2_PER_C = 44 / 12
#: Uptake and stated carbon content are rounded independently; further apart they contradict.
CARBON_TOLERANCE = 0.01
SUM_TOLERANCE = 1e-9
#: The parts of the split that lines add up to, and the place of each in `Contribution.parts`.
_PLACES = {field.name: at for at, field in enumerate(fields(Split))}
_PARTS = {
    name: _PLACES[name]
    for name in ("fossil", "biogenic_uptake", "biogenic_emission", "land_use_change")
}
_UPTAKE = _PLACES["biogenic_uptake"]


def _r01(fp: Footprint) -> Finding:
    return ("pass" if fp.boundary == "cradle-to-gate" else "fail"), fp.boundary


def _r03(fp: Footprint) -> Finding:
    if fp.boundary != "cradle-to-gate" or "distribution" not in fp.stages:
        return "not-applicable", ""
    return "pass", f"{fp.split.outbound_logistics:.6g} kg CO2e"


def _r04(fp: Footprint) -> Finding:
    if not fp.split.aircraft:
        return "not-applicable", ""
    return "pass", f"{fp.split.aircraft:.6g} kg CO2e"


def _r06(fp: Footprint) -> Finding:
    used = ", ".join(fp.gwp_sets_used)
    if fp.gwp_set != "AR6":
        return "fail", used
    return ("pass" if len(fp.gwp_sets_used) == 1 else "warn"), used


def _r08(fp: Footprint) -> Finding:
    unit = fp.declared_unit
    if unit.unit not in DECLARED_UNITS or unit.amount <= 0:
        return "fail", str(unit)
    if unit.unit == "piece":
        mass = fp.product.mass_kg
        return ("pass", f"{unit}, {mass:g} kg") if mass else ("fail", ABSENT)
    return ("pass" if unit.amount == 1 else "warn"), str(unit)


def _r10(fp: Footprint) -> Finding:
    end = fp.product.period_end
    return ("fail", ABSENT) if end is None else ("pass", f"<= {three_years_after(end)}")


def _r12(fp: Footprint) -> Finding:
    return ("pass", fp.product.country) if fp.product.country else ("warn", ABSENT)


def _exempted(limit: float) -> Callable[[Footprint], Finding]:
    def finding(fp: Footprint) -> Finding:
        percent = fp.product.exempted_emissions_percent
        if percent is None:
            return "not-applicable", ""
        return ("pass" if percent <= limit else "warn"), f"{percent:g} %"

    return finding


def _r15(fp: Footprint) -> Finding:
    percent = fp.product.exempted_emissions_percent
    return ("warn", ABSENT) if percent is None else ("pass", f"{percent:g} %")


def _r18(fp: Footprint) -> Finding:
    if not fp.product.exempted_emissions_percent:
        return "not-applicable", ""
    reason = fp.product.exempted_emissions_description
    return ("pass", reason) if reason else ("fail", ABSENT)


def _r22(fp: Footprint) -> Finding:
    if fp.recycled_content is None:
        return "not-applicable", ""
    return "warn", f"{fp.recycled_content.share:.1%} kg/kg"


def _r23(fp: Footprint) -> Finding:
    if "packaging" not in fp.stages:
        return "pass", "false"
    return "pass", f"true: {fp.split.packaging:.6g} kg CO2e"


def _contract(fp: Footprint) -> Finding:
    if fp.electricity is None:
        return "not-applicable", ""
    both = fp.electricity
    return "warn", (
        f"{both.basis}-based; location {both.location_based_kg_co2e:.6g}, "
        f"market {both.market_based_kg_co2e:.6g} kg CO2e"
    )


def _r25(fp: Footprint) -> Finding:
    excluding = math.fsum(item.kg_co2e for item in _inside(fp))
    close = math.isclose(
        excluding, fp.total, rel_tol=SUM_TOLERANCE, abs_tol=SUM_TOLERANCE * _scale(fp)
    )
    including = fp.split.including_biogenic_uptake
    return ("pass" if close else "fail"), f"{fp.total:.6g} / {including:.6g} kg CO2e"


def _r26(fp: Footprint) -> Finding:
    uptake = fp.split.biogenic_uptake
    content = fp.product.biogenic_carbon_content
    if uptake > 0:
        return "fail", f"{uptake:.6g} kg CO2e"
    if content is None:
        return ("not-applicable", "") if uptake == 0 else ("warn", ABSENT)
    bound = -content * CO2_PER_C
    close = math.isclose(uptake, bound, rel_tol=CARBON_TOLERANCE, abs_tol=1e-12)
    return ("pass" if close else "warn"), f"{uptake:.6g}, {bound:.6g} kg CO2e"


def _r30(fp: Footprint) -> Finding:
    # Left out where it is not known; land management is asked for from 2027-12-31 on (R31).
    unknown = [name for name in fp.undetermined if name not in {"land_management", "aircraft"}]
    return ("warn" if unknown else "pass"), ", ".join(unknown)


def _r31(fp: Footprint) -> Finding:
    end = fp.product.period_end
    if end is None or end < date(2027, 12, 31):
        return "not-applicable", ""
    return "warn", "landManagementFossilGhgEmissions"


def _r33(_: Footprint) -> Finding:
    return "pass", "false"


def _r37(fp: Footprint) -> Finding:
    share = fp.quality.primary_data_share
    return ("pass" if 0 <= share <= 100 + SUM_TOLERANCE else "fail"), f"{share:.4g} %"


def _r38(fp: Footprint) -> Finding:
    documents = fp.provenance.documents
    if not documents:
        return "not-applicable", ""
    silent = [one.file for one in documents if one.primary_data_share is None]
    return "pass", ", ".join(silent)


def _r39(fp: Footprint) -> Finding:
    ratings = (fp.quality.technological, fp.quality.geographical, fp.quality.temporal)
    sound = all(1 - SUM_TOLERANCE <= rating <= 5 + SUM_TOLERANCE for rating in ratings)
    return ("pass" if sound else "fail"), " / ".join(f"{rating:.3g}" for rating in ratings)


def _r40(_: Footprint) -> Finding:
    return "pass", "docs/decisions/0004-data-quality-ratings.md"


def _r41(fp: Footprint) -> Finding:
    if not fp.data_sources:
        return "not-applicable", ""
    named = all(source.id and source.citation for source in fp.data_sources)
    return ("pass" if named else "fail"), str(len(fp.data_sources))


def _r42(fp: Footprint) -> Finding:
    secondary = any(item.matched_by not in {"substance", "supplier"} for item in fp.contributions)
    if secondary:
        return "not-applicable", ""
    return ("fail" if fp.data_sources else "pass"), ""


def _r46(fp: Footprint) -> Finding:
    stages = math.fsum(value for _, value in fp.stages.items())
    whole = fp.total + fp.split.outbound_logistics
    tolerance = SUM_TOLERANCE * _scale(fp)
    inside = _inside(fp)
    parts = all(
        abs(math.fsum(item.parts[at] for item in inside) - getattr(fp.split, part)) <= tolerance
        for part, at in _PARTS.items()
    )
    return ("pass" if parts and abs(stages - whole) <= tolerance else "fail"), ""


def _inside(fp: Footprint) -> list[Contribution]:
    gate = fp.boundary == "cradle-to-gate"
    return [item for item in fp.contributions if not (gate and item.stage == "distribution")]


def _scale(fp: Footprint) -> float:
    """The size of what is added: parts of opposite signs may cancel to almost nothing."""
    return math.fsum(abs(item.kg_co2e) + abs(item.parts[_UPTAKE]) for item in fp.contributions)


def _unit(fp: Footprint) -> Finding:
    return ("pass" if fp.boundary == "cradle-to-gate" else "warn"), str(fp.declared_unit)


def _cut_off(fp: Footprint) -> Finding:
    product = fp.product
    if product.exempted_emissions_percent is None:
        return "warn", ABSENT
    stated = not product.exempted_emissions_percent or product.exempted_emissions_description
    return ("pass" if stated else "warn"), f"{product.exempted_emissions_percent:g} %"


def _always(detail: str = "") -> Callable[[Footprint], Finding]:
    return lambda _: ("pass", detail)


FINDINGS: dict[str, Callable[[Footprint], Finding]] = {
    "PACT-R01": _r01,
    "PACT-R03": _r03,
    "PACT-R04": _r04,
    "PACT-R06": _r06,
    "PACT-R08": _r08,
    "PACT-R10": _r10,
    "PACT-R12": _r12,
    "PACT-R15": _r15,
    "PACT-R16": _exempted(5.0),
    "PACT-R17": _exempted(3.0),
    "PACT-R18": _r18,
    "PACT-R22": _r22,
    "PACT-R23": _r23,
    "PACT-R24": _contract,
    "PACT-R25": _r25,
    "PACT-R26": _r26,
    "PACT-R30": _r30,
    "PACT-R31": _r31,
    "PACT-R33": _r33,
    "PACT-R37": _r37,
    "PACT-R38": _r38,
    "PACT-R39": _r39,
    "PACT-R40": _r40,
    "PACT-R41": _r41,
    "PACT-R42": _r42,
    "PACT-R46": _r46,
    "ISO14067-unit": _unit,
    "ISO14067-cut-off": _cut_off,
    "ISO14067-lines": _always(),
    "ISO14067-offsets": _always(),
    "ISO14067-electricity": _contract,
    "ISO14067-gwp": _always("100"),
}
