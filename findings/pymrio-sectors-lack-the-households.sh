#!/usr/bin/env bash
# pymrio 0.7.0: the footprints of the sectors add up to less than half of the footprints of the regions.
#
# Expected: D_cba is the "footprint per sector and country" and D_cba_reg the same "for each region" (docstrings of
# calc_accounts and calc_system): summed over its sectors, D_cba of a region is D_cba_reg.
# Happens: D_cba_reg and D_pba_reg contain what final demand emits itself (F_Y: fuel burnt in homes and cars), D_cba and
# D_pba do not. In the package's own test system it is 54 % of the regional CO2 account. With Y_agg, which restricts
# the account to one kind of demand, D_cba_reg still adds the F_Y of all kinds.
# Matters: shares of sectors are calculated as D_cba over D_cba_reg, and a sum of them is checked against national
# totals; which of both a spend-based factor came from is not seen in the number.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pymrio==0.7.0
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import pymrio

print("pymrio", version("pymrio"))
system = pymrio.load_test().calc_all()
emitted = system.emissions
row = ("emission_type1", "air")
sectors = emitted.D_cba.loc[row].groupby(level="region").sum()
regions = emitted.D_cba_reg.loc[row]
homes = emitted.F_Y.loc[row].groupby(level="region").sum()
print(f"kg, all regions: D_cba {sectors.sum():.4g}, D_cba_reg {regions.sum():.4g}, F_Y {homes.sum():.4g}")
one = "Final consumption expenditure by government"
demand = system.Y.xs(one, axis=1, level="category")
again = system.emissions.copy("again")
again.reset_full()
again.calc_system(x=system.x, Y=system.Y, Y_agg=demand, L=system.L)
gap = (again.D_cba_reg.loc[row] - again.D_cba.loc[row].groupby(level="region").sum()).sum()
own = emitted.F_Y.loc[row].xs(one, level="category").sum()
print(f"restricted to {one!r}: D_cba_reg is {gap:.4g} more than D_cba, F_Y of it {own:.4g}")
sys.exit(0 if abs(regions.sum() - sectors.sum() - homes.sum()) < 1 and regions.sum() > 2 * sectors.sum()
         and abs(gap - homes.sum()) < 1 and own == 0 else 1)
PY
