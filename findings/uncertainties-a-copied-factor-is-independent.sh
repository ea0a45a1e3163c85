#!/usr/bin/env bash
# uncertainties 3.2.3: through `asdict`, `deepcopy` or pickle one emission factor becomes several independent ones.
#
# Expected: the package "keeps track of correlations" (its documentation): 100 parts of 1 kg of one steel, 2.0 +- 0.4
# kg CO2 per kg, are 200 +- 40, and what two products of that steel differ by has no uncertainty.
# Happens: each variable is known by the object that it is. A copy is a new variable, and dataclasses.asdict copies
# deeply, as do a pool of processes and a cache of pickles. 100 parts whose records went through asdict one by one
# are 200 +- 4, and the difference of two equal products is 0 +- 0.57. Values and printed widths of the parts agree.
# Matters: the interval of a product becomes ten times too narrow where its parts share a factor, and a comparison
# of two designs is as uncertain as if each had its own steel. Keep the factor outside of what is copied.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check uncertainties==3.2.3
"$work/venv/bin/python" -W ignore - <<'PY'
import copy
import pickle
import sys
from dataclasses import asdict, dataclass
from importlib.metadata import version

from uncertainties import UFloat, ufloat

print("uncertainties", version("uncertainties"))


@dataclass
class Part:
    kg: float
    factor: UFloat


steel = ufloat(2.0, 0.4)
parts = [Part(1.0, steel) for _ in range(100)]
ways = {"as they are": parts, "each through asdict": [Part(**asdict(part)) for part in parts],
        "each through pickle": [pickle.loads(pickle.dumps(part)) for part in parts],
        "all in one deepcopy": copy.deepcopy(parts)}
seen = {}
for name, made in ways.items():
    total, apart = sum(part.kg * part.factor for part in made), made[0].factor - made[1].factor
    seen[name] = (round(total.s, 6), round(apart.s, 3))
    print(f"  {name}: {total.n:g} +- {total.s:g} kg CO2; two parts differ by {apart.n:g} +- {apart.s:.2f}")
whole, copied = (40.0, 0.0), (4.0, 0.566)
sys.exit(0 if list(seen.values()) == [whole, copied, copied, whole] else 1)
PY
