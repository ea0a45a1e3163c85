#!/usr/bin/env bash
# stats_arrays 4.0: the Latin hypercube gives a lognormal credit as a burden, forgets bounds, and repeats strata.
#
# Expected: LatinHypercubeRNG and MCRandomNumberGenerator read the same table; the first only covers it more
# evenly, each of its strata once. "Bounded distributions are also fine", says its docstring.
# Happens: a negative lognormal is turned round twice, so that -2 kg (an avoided product) is +2 kg. Bounds of a
# normal value are computed and then written into a copy: 8 to 12 becomes 3 to 17. And a sample draws strata
# with replacement: of 100 samples of 100 strata about 37 strata never come.
# Matters: whoever changes the generator so that fewer runs give a steadier interval adds the credits to the
# footprint, lets an amount leave the bounds that its author set, and has no Latin hypercube. No message.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check stats_arrays==4.0 numpy==2.4.6 scipy==1.17.1
"$work/venv/bin/python" -W ignore - <<'PY'
import math
import sys
from importlib.metadata import version

import numpy as np
from stats_arrays import LatinHypercubeRNG, MCRandomNumberGenerator, UncertaintyBase

print("stats_arrays", version("stats_arrays"))
credit = {"loc": math.log(2.0), "scale": 0.1, "negative": True, "uncertainty_type": 2}
bounded = {"loc": 10.0, "scale": 3.0, "minimum": 8.0, "maximum": 12.0, "uncertainty_type": 3}
table = UncertaintyBase.from_dicts(credit, bounded)
plain = MCRandomNumberGenerator(table.copy(), seed=1)
latin = LatinHypercubeRNG(table.copy(), seed=1, samples=100)
for name, rows in (("Monte Carlo", plain), ("Latin hypercube", latin)):
    drawn = np.array([next(rows) for _ in range(100)])
    low, mean, high = drawn.min(axis=0), drawn.mean(axis=0), drawn.max(axis=0)
    print(f"{name}: credit of -2 {low[0]:.2f} to {high[0]:.2f}, "
          f"normal of 8 to 12 {low[1]:.2f} to {high[1]:.2f}, "
          f"{len(set(drawn[:, 0]))} values in 100 samples")
    if name == "Monte Carlo":
        held = mean[0] < 0 and low[1] >= 8.0 and high[1] <= 12.0
    else:
        turned = mean[0] > 0 and low[1] < 8.0 and high[1] > 12.0 and len(set(drawn[:, 0])) < 80
sys.exit(0 if held and turned else 1)
PY
