#!/usr/bin/env bash
# atomic6ghg 1.1.1: electricity with a contractual factor of 0 counts as the mean of the grid, as if none were stated.
#
# Expected: the market-based total (GHG Protocol, Scope 2 Guidance) takes the factor of the contract. Certificates for
# wind power have the factor 0, so that 1,000,000 kWh with them are 0 t; where no factor is stated the grid stands in.
# Happens: 0 is taken for "not stated", since the package asks whether the factor is true. 0 and None both give the
# 477 t of the region; 1e-9 gives 0. The steam of the same package is calculated alike. A negative amount, the reversal
# of a booking, counts 0, so that the two do not cancel.
# Matters: the two totals of scope 2 are there to show what contracts change. With green power they are equal, which
# reads as "no certificates", and the factor 0 is still printed beside the row.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check atomic6ghg==1.1.1
cd "$work"
"$work/venv/bin/python" - <<'PY'
import sys
from importlib.metadata import version

from atomic6ghg.formulas.electricity import Electricity


def row(kwh, factor):
    return {"sourceId": "1", "sourceDescription": "plant", "sourceArea": 1.0, "eGridSubregion": "rfcw",
            "electricityPurchased": kwh, "marketBasedEmissionFactorsCO2Emissions": factor,
            "marketBasedEmissionFactorsCH4Emissions": factor, "marketBasedEmissionFactorsN2OEmissions": factor}


def tonnes(*rows):
    out = Electricity({"totalElectricityPurchased": list(rows)}).to_dict()
    return tuple(round(out[f"CO2EquivalentEmissions{basis}BasedElectricityEmissions"], 3)
                 for basis in ("Market", "Location"))


print("atomic6ghg", version("atomic6ghg"), "- tonnes CO2e of 1,000,000 kWh, market and location based:")
zero, none, nearly = (tonnes(row(1e6, factor)) for factor in (0.0, None, 1e-9))
print("  factor 0:", zero, "; none:", none, "; 1e-9:", nearly)
booked = tonnes(row(1e6, None), row(-1e6, None))
print("  booked and taken back:", booked)
sys.exit(0 if zero == none and zero[0] > 400 and nearly[0] == 0 and booked == none else 1)
PY
