#!/usr/bin/env bash
# forallpeople 3.0.0: float() of 999 kg is 999, of 1,000 kg it is 1, and of half a kilogram 500.
#
# Expected: what a quantity is as a number depends on its unit. The unit is kg for all three, so that float() is 999, 1000
# and 0.5, as `.value` is and as comparisons with numbers take it (2500 * kg > 100 is true).
# Happens: float() and int() give the number before the prefix that is chosen for display: 1000 kg is 1 (Mg), 0.5 kg is
# 500 (g), 1.5 km is 1.5 and 0.9 m 900. numpy makes [999, 1] of 999 and 1,000 kg. `prefix("unity")` makes it grams.
# Matters: masses of a structure go to a table, to JSON or to numpy through float(). The heavy parts count a thousandth,
# the light ones a thousand times; the script is right until one part passes 1,000 kg. Take `.value`.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check forallpeople==3.0.0 numpy==2.3.3
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import forallpeople as si
import numpy as np

si.environment("default")
masses = [0.5, 999, 1000, 2500]
floats = [float(mass * si.kg) for mass in masses]
values = [(mass * si.kg).value for mass in masses]
print("forallpeople", version("forallpeople"), "- kg", masses, "float", floats, "value", values)
array = np.array([999 * si.kg, 1000 * si.kg], dtype=float).tolist()
lengths = [float(length * si.m) for length in (0.9, 12, 1500)]
compared = 2500 * si.kg > 100
unity = float((2500 * si.kg).prefix("unity"))
print("  as array:", array, "; 0.9, 12 and 1,500 m:", lengths, "; above 100:", compared, "; without prefix:", unity)
sys.exit(0 if floats == [500, 999, 1, 2.5] and values == masses and array == [999, 1] and lengths == [900, 12, 1.5]
         and compared and unity == 2_500_000 else 1)
PY
