"""Known ways to add a PACT footprint up wrongly, to say which of them fits a total that is off.

The sum: PACT Technical Specifications v3.0.3 (WBCSD, 2025-11-18), pcfExcludingBiogenicUptake. The
specification's own examples 1, 2 and 4 add the fossil emissions of land management on top and leave
biogenic gases other than CO2 out; suppliers copy them.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import combinations

#: What the total excluding biogenic uptake is the sum of.
TERMS = (
    "fossilGhgEmissions",
    "landUseChangeGhgEmissions",
    "landManagementBiogenicCO2Emissions",
    "landManagementBiogenicCO2Removals",
    "technologicalCO2Removals",
    "ccsTechnologicalCO2Capture",
    "biogenicNonCO2Emissions",
)
#: Of which, or beside: no term of the sum, but added by some.
ON_TOP = {
    "landManagementFossilGhgEmissions": "(it is a part of fossilGhgEmissions)",
    "aircraftGhgEmissions": "(it is a part of other properties)",
    "packagingGhgEmissions": "(it is a part of other properties)",
    "outboundLogisticsGhgEmissions": "(it stands beside the total)",
    "biogenicCO2Uptake": "(it belongs to pcfIncludingBiogenicUptake only)",
}
#: So many mistakes at once are looked for; with more of them something fits any number.
_MOST = 3


def sum_of(values: Mapping[str, Decimal]) -> Decimal:
    """The total excluding biogenic uptake that the properties make; absent ones count nothing."""
    return sum((values.get(name, Decimal(0)) for name in TERMS), Decimal(0))


def misreading(values: Mapping[str, Decimal], total: Decimal, rounding: Decimal) -> str:
    """In words, the known misreading under which the properties make `total`; empty if none does.

    Mistakes that make it to the last digit come before fewer ones that make it within `rounding`
    (kg CO2e); what fits as well follows after "or".
    """
    shifts = {
        f"{name} was added on top {why}": values.get(name, Decimal(0))
        for name, why in ON_TOP.items()
    }
    shifts |= {f"{name} was left out": -values.get(name, Decimal(0)) for name in TERMS[1:]}
    shifts = {says: shift for says, shift in shifts.items() if shift}
    missing = total - sum_of(values)
    for near in (Decimal(0), rounding):
        for count in range(1, _MOST + 1):
            found = [
                " and ".join(says for says, _ in chosen)
                for chosen in combinations(shifts.items(), count)
                if abs(missing - sum(shift for _, shift in chosen)) <= near
            ]
            if found:
                return ", or ".join(found)
    return ""
