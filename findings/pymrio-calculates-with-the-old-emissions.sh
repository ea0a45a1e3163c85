#!/usr/bin/env bash
# pymrio 0.7.0: emissions are doubled, calc_all is called, and the footprint is what it was.
#
# Expected: calc_all calculates. Where a table was replaced, what depends on it is calculated anew or refused. The
# docstring of Extension.calc_system has as a note: "Only attributes which are not None are recalculated".
# Happens: it is the other way round: what is not None is kept. After the first calc_all a new F, Z or Y changes
# nothing, whatever it is, until reset_full was called. The new table is shown beside accounts that are not its own,
# and a table that is replaced before the first calc_all is used.
# Matters: scenarios change a table and calculate again, in a loop. All of them have the result of the first run, so
# that the answer is that a cleaner grid, half of the demand or other emissions make no difference.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check pymrio==0.7.0
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import pymrio

print("pymrio", version("pymrio"))


def footprint(system):
    """What is emitted in all regions for the demand of the first one."""
    return float(system.calc_all().emissions.D_cba["reg1"].sum().sum())


first = footprint(pymrio.load_test())
changed = {}
for what in ("emissions", "demand"):
    for reset in (False, True):
        system = pymrio.load_test()
        footprint(system)
        if what == "emissions":
            system.emissions.F = system.emissions.F * 2
        else:
            system.Y.loc[:, "reg1"] = system.Y["reg1"].to_numpy() * 0.5
        if reset:
            system.reset_full()
            system.emissions.reset_full()
        changed[what, reset] = footprint(system) / first
before = pymrio.load_test()
before.emissions.F = before.emissions.F * 2
print(f"emissions doubled before the first calculation: {footprint(before) / first:.2f} times the footprint")
for (what, reset), ratio in changed.items():
    print(f"  {what} changed, {'reset' if reset else 'no reset'}: {ratio:.2f} times the first footprint")
sys.exit(0 if changed["emissions", False] == changed["demand", False] == 1 and changed["emissions", True] > 1.5
         and changed["demand", True] < 0.9 else 1)
PY
