#!/usr/bin/env bash
# metrolopy 1.1.1: an acre is 9,290 m2, 2.3 times its size, while its acre-foot is right.
#
# Expected: an acre is 10 square chains of 66 feet, 43,560 square feet, 4,046.86 m2 (NIST Handbook 44, appendix C).
# It is a package for metrology, from a national institute of measurement.
# Happens: a rod is 25 feet instead of 16.5, and chain, furlong, acre and section are derived from it. The
# acre-foot is defined by its 43,560 cubic feet, so that an acre-foot divided by an acre is 0.43 feet.
# Matters: yields and land use of the United States are stated per acre. Emissions per hectare become 2.3 times
# too low, inside a calculation that was set up to carry uncertainties of per cents.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check metrolopy==1.1.1
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import metrolopy

print("metrolopy", version("metrolopy"))


def size(unit, into):
    return float(metrolopy.gummy(1, unit=unit).convert(into).x)


acre, chain, rod, foot = size("acre", "m**2"), size("chain", "ft"), size("rod", "ft"), size("ft", "m")
deep = size("acre-foot", "m**3")
print(f"1 acre = {acre:.2f} m2, by definition {43560 * foot**2:.2f}")
print(f"1 chain = {chain:g} ft, 1 rod = {rod:g} ft; by definition 66 and 16.5")
print(f"1 acre-foot = {deep:.2f} m3, by definition {43560 * foot**3:.2f}")
sys.exit(0 if abs(acre - 9290.304) < 1e-6 and abs(deep - 1233.48183754752) < 1e-6 else 1)
PY
