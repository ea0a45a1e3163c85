#!/usr/bin/env bash
# stats_arrays 4.0, beta-PERT: the documented `shape` is ignored, and the documented mean is the mode.
#
# Expected, from the docstring of BetaPERTUncertainty: `loc` is "the mean value" and `shape` "the optional
# shape parameter" lambda (4 by default).
# Happens: `loc` is used as the most likely value, and lambda is read from `scale`. A `shape` is accepted,
# validated by nobody and has no effect.
# Matters: every uncertainty of Brightway (bw2data, bw_processing, Excel importer, Activity Browser) is kept
# in these fields. Whoever fills them in as documented gets another distribution: for 1 / 2 / 7 the
# mean is 2.67 and not 2, and the chosen weight of the mode is silently 4.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check stats_arrays==4.0 numpy scipy
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version
import numpy as np
from stats_arrays import BetaPERTUncertainty as Pert, UncertaintyBase
print("stats_arrays", version("stats_arrays"))

def drawn(**more):
    row = {"uncertainty_type": Pert.id, "minimum": 1.0, "loc": 2.0, "maximum": 7.0} | more
    params = UncertaintyBase.from_dicts(row)
    levels = np.linspace(0.0005, 0.9995, 1000).reshape((1, -1))
    values = Pert.ppf(params, levels)
    return round(float(values.mean()), 3), round(float(values.std()), 3)

plain, shape, scale = drawn(), drawn(shape=40.0), drawn(scale=40.0)
print("(mean, deviation) of 1 / loc 2 / 7:", plain)
print("with shape=40:", shape)
print("with scale=40:", scale)
print("mean if loc were the mean: 2.0; if it is the mode: (1 + 4*2 + 7) / 6 =", round(16 / 6, 3))
if abs(plain[0] - 2.0) < 0.05 or shape != plain or scale == plain:
    sys.exit("the fields mean what the docstring says now")
PY
