#!/usr/bin/env bash
# CoolProp 8.0.0: GWP100 is of one report of the IPCC for methane, of an older one for nitrous oxide.
#
# Expected: `GWP100`, "100-year global warming potential" in the table of parameters, is of one edition for all
# fluids, so that a sum of them is one too; which edition it is can be seen by looking at one gas.
# Happens: methane (25), R-134a (1,430), R-32 (675) and SF6 (22,800) are those of the fourth report (2007). Nitrous
# oxide is 290, 320 and 180 for 20, 100 and 500 years, the values of the IPCC report of 1994 on radiative forcing;
# the fourth has 298, the sixth 273. R-410A is what its parts by mass give, R-407C is not (1,800 for 1,774).
# Matters: leakage of refrigerants and process gases is calculated from it. ISO 14067 (6.5.1) asks for the values
# of the latest report: R-134a 1,530, R-32 771. The library has them in one place and names no source at all.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check CoolProp==8.0.0
"$work/venv/bin/python" -W ignore - <<'PY'
import sys

from CoolProp import CoolProp

print("CoolProp", CoolProp.get_global_param_string("version"))
print("GWP100:", CoolProp.get_parameter_information(CoolProp.get_parameter_index("GWP100"), "long"))


def gwp(fluid):
    return CoolProp.PropsSI("GWP100", fluid)


fourth = {"Methane": 25, "R134a": 1430, "R32": 675, "R125": 3500, "SulfurHexafluoride": 22800, "NitrousOxide": 298}
seen = {fluid: gwp(fluid) for fluid in fourth}
for fluid, value in seen.items():
    print(f"  {fluid}: {value:g}; fourth report {fourth[fluid]}")
parts = {"R410A": {"R32": 0.5, "R125": 0.5}, "R407C": {"R32": 0.23, "R125": 0.25, "R134a": 0.52}}
blends = {name: (gwp(name), sum(share * gwp(part) for part, share in shares.items()))
          for name, shares in parts.items()}
for name, (value, mixed) in blends.items():
    print(f"  {name}: {value:g}; its parts by mass {mixed:.0f}")
others = [fluid for fluid in fourth if seen[fluid] != fourth[fluid]]
sys.exit(0 if others == ["NitrousOxide"] and seen["NitrousOxide"] == 320 and blends["R407C"][0] == 1800 else 1)
PY
