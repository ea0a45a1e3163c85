#!/usr/bin/env bash
# stats_arrays 4.0, Student's t: every value of that kind is drawn around the place of the first.
#
# Expected: each row of uncertain values has its own place and width (`loc`, `scale`). Two emissions, 10 and
# 500 kg, measured a few times each and therefore stated as Student's t, are drawn around 10 and around 500.
# Happens: one draw of all rows is around 10 for both. Place and width of the row that comes first hold for
# all; which row that is depends on the order of the table. The static result is 510, the draws are 20.
# Matters: it is the distribution for few measurements (primary data of a supplier), the only one of the set
# that does this, and nothing is said. With one such value alone all is well, so that a small test passes.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check stats_arrays==4.0 bw2calc==3.1.0 bw_processing==1.6
"$work/venv/bin/python" -W ignore - <<'PY'
import sys
from importlib.metadata import version

import bw2calc
import bw_processing as bwp
import numpy as np
from stats_arrays import MCRandomNumberGenerator, UncertaintyBase

for name in ("stats_arrays", "bw2calc"):
    print(name, version(name))
small = {"loc": 10.0, "scale": 0.1, "shape": 20.0, "uncertainty_type": 12}
large = {"loc": 500.0, "scale": 5.0, "shape": 20.0, "uncertainty_type": 12}


def means(*rows):
    draws = MCRandomNumberGenerator(UncertaintyBase.from_dicts(*rows), seed=1)
    return [round(float(mean)) for mean in np.mean([next(draws) for _ in range(500)], axis=0)]


seen = {"small alone": means(small), "large alone": means(large)}
seen |= {"small, large": means(small, large), "large, small": means(large, small)}
for name, found in seen.items():
    print(f"  means of 500 draws, {name}: {found}")

spread = np.zeros(2, dtype=bwp.UNCERTAINTY_DTYPE)
for field in ("minimum", "maximum"):
    spread[field] = np.nan
for row, stated in enumerate((small, large)):
    for field, value in stated.items():
        spread[field][row] = value
package = bwp.create_datapackage()


def add(matrix, pairs, values, **more):
    pairs = np.array(pairs, dtype=bwp.INDICES_DTYPE)
    package.add_persistent_vector(
        matrix=matrix, name=matrix, indices_array=pairs, data_array=np.array(values), **more)


add("technosphere_matrix", [(1, 1)], [1.0])
add("biosphere_matrix", [(11, 1), (12, 1)], [10.0, 500.0], distributions_array=spread)
add("characterization_matrix", [(11, 11), (12, 12)], [1.0, 1.0])
scores = {}
for drawn in (False, True):
    lca = bw2calc.LCA({1: 1.0}, data_objs=[package], use_distributions=drawn, seed_override=1)
    lca.lci()
    lca.lcia()
    scores[drawn] = round(float(lca.score))
print("score of 10 kg and 500 kg: static", scores[False], "and one draw", scores[True])
as_seen = [[10], [500], [10, 10], [500, 500]]
sys.exit(0 if list(seen.values()) == as_seen and scores == {False: 510, True: 20} else 1)
PY
