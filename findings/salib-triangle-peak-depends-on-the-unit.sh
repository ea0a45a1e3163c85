#!/usr/bin/env bash
# SALib 1.6.0, a triangle: a mass in kg is refused, the same in tonnes is accepted with another peak.
#
# Expected: bounds [0.1, 0.9, 0.2] with the distribution "triang" are smallest, largest and most likely value, all in
# one unit, as those of its neighbour "truncnorm" (lower, upper, mean, deviation) and of a triangle in stats_arrays,
# chaospy and EcoSpold. Or else the third value is refused wherever it is an amount.
# Happens: the peak is a share of the width (documented in a docstring of SALib.util, not in the one of a
# distribution). 100 to 900 kg with a peak of 200 kg is refused; 0.1 to 0.9 t with a peak of 0.2 t is accepted, and
# the peak is at 0.1 + 0.2 * 0.8 = 0.26 t.
# Matters: shares, yields and efficiencies all lie between 0 and 1, as do masses in tonnes. The samples stay in
# their bounds; mean and sensitivity are off by what depends on the unit of the inventory.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check SALib==1.6.0
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

from SALib.sample import latin

print("SALib", version("SALib"))


def mean(low, high, peak):
    problem = {"num_vars": 1, "names": ["mass"], "bounds": [[low, high, peak]], "dists": ["triang"]}
    return float(latin.sample(problem, 20000, seed=1).mean())


try:
    mean(100.0, 900.0, 200.0)
except ValueError as refused:
    print("100 to 900 kg, peak 200 kg:", " ".join(str(refused).split()))
else:
    sys.exit("the mass in kg is accepted now")
seen = mean(0.1, 0.9, 0.2)
wanted, other = (0.1 + 0.9 + 0.2) / 3, (0.1 + 0.9 + 0.1 + 0.2 * 0.8) / 3
print(f"0.1 to 0.9 t, peak 0.2 t: mean {seen:.4f} t; with that peak {wanted:.4f}, with a peak of 0.26 t {other:.4f}")
sys.exit(0 if abs(seen - other) < 0.001 < abs(seen - wanted) else 1)
PY
