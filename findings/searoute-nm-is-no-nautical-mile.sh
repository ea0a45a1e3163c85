#!/usr/bin/env bash
# searoute 1.6.0: a distance in `nm` is 32 % more than in nautical miles, and one in yards 16 % too small.
#
# Expected: `nm`, taken without an error, is the nautical mile, as in every voyage report: 1,852 m (SI brochure,
# 8th edition, table 8). A yard is 0.9144 m, so that a kilometre is 1,093.6 yards.
# Happens: `nm` divides by 1,398.5 m; only `naut` gives nautical miles. `yd` multiplies metres by 0.9144 instead of
# dividing. The duration, which is derived from the length in the unit asked for, changes with the unit as well.
# Matters: fuel of a ship is stated per nautical mile. Factor times length is a third too high, within the
# range that detours explain, so that nobody looks. Ask for metres and convert.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check searoute==1.6.0
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

from searoute import searoute

print("searoute", version("searoute"))
seen, hours = {}, {}
for unit in ("m", "naut", "nm", "yd"):
    way = searoute([122.0, 31.0], [4.0, 52.0], units=unit)["properties"]
    seen[unit], hours[unit] = way["length"], way["duration_hours"]
    print(f"  {way['length']:.0f} {unit}, {way['duration_hours']:.0f} h at the same speed")
metres = seen["m"]
print(f"nautical miles by definition: {metres / 1852:.0f}; yards: {metres / 0.9144:.0f}")
right = abs(seen["naut"] * 1852 / metres - 1) < 1e-3
sys.exit(0 if right and 1.30 < seen["nm"] * 1852 / metres < 1.35 and 0.8 < seen["yd"] * 0.9144 / metres < 0.85
         and hours["nm"] > 1.3 * hours["m"] else 1)
PY
