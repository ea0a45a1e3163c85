#!/usr/bin/env bash
# mcerp 1.1.1: a Weibull life with a scale of 15 years and a shape of 2.5 lasts 1.6 years on average.
#
# Expected: `Weibull(lamda, k)` has "the scale parameter" and "the shape parameter": the mean is scale times
# gamma(1 + 1/shape), 13.3 years, and doubling the scale doubles it. Gamma, Erlang and the others do so.
# Happens: both numbers are passed by place to scipy's exponweib, an exponentiated Weibull, which takes them as two
# shapes; the scale stays 1. The mean is 1.59, and 1.72 for a scale of 30. LogN(mu, sigma) takes mu as the median
# in plain units, so that LogN(0, 0.2), a factor around 1, is NaN without an error.
# Matters: lives of batteries, tyres and lamps are fitted as Weibull. A burden that is divided by the life of the
# product is eight times what it is, and depends on the unit of time: in months (180) the mean is 2.0.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check mcerp==1.1.1
"$work/venv/bin/python" -W ignore - <<'PY'
import math
import sys
from importlib.metadata import version

import mcerp

mcerp.npts = 20000
print("mcerp", version("mcerp"))
seen = {scale: float(mcerp.Weibull(scale, 2.5).mean) for scale in (15, 30, 180)}
for scale, mean in seen.items():
    print(f"scale {scale}, shape 2.5: mean {mean:.2f}; by definition {scale * math.gamma(1 + 1 / 2.5):.2f}")
gamma, around_one, five = mcerp.Gamma(3, 2).mean, mcerp.LogN(0, 0.2).mean, mcerp.LogN(5, 0.2).mean
print(f"Gamma(3, 2): mean {gamma:.2f}; LogN(0, 0.2): {around_one}; LogN(5, 0.2): {five:.2f}")
weibull = abs(seen[15] - 1.59) < 0.05 and abs(seen[30] - 1.72) < 0.05 and abs(seen[180] - 2.01) < 0.05
sys.exit(0 if weibull and abs(gamma - 6) < 0.1 and math.isnan(around_one) and abs(five - 5.1) < 0.05 else 1)
PY
