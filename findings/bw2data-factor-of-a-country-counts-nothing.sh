#!/usr/bin/env bash
# bw2data 4.8 and bw2calc 3.1.0: a characterisation factor with a country counts nothing, and one that is listed
# twice counts twice.
#
# Expected: a factor may carry a location as its third part. A method that has one factor for a flow, for CN,
# applies it to a process in CN, or says that nothing fits. And a list in which a flow stands twice is refused,
# or the later one holds, as a dictionary would have it.
# Happens: an ordinary LCA takes the rows of the global location alone. A method whose factors all have countries
# gives a score of 0.0 without a message. A flow that stands twice, as when two tables of factors are joined, has
# the sum of both as its factor.
# Matters: the first is a silent zero (regional calculation needs bw2regional), the second a doubled impact. Both
# come from how a table of factors was put together and cannot be seen in the score.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2data==4.8 bw2calc==3.1.0
"$work/venv/bin/python" -W ignore - 2>/dev/null <<'PY'
import sys
from importlib.metadata import version

import bw2calc
import bw2data

bw2data.projects.set_current("factors")
gas = ("air", "co2")
bw2data.Database("air").write({gas: {"name": "CO2", "unit": "kilogram", "type": "emission"}})
made = {"input": ("plant", "heat"), "amount": 1.0, "type": "production"}
out = {"input": gas, "amount": 2.0, "type": "biosphere"}
plant = {"name": "heat", "unit": "megajoule", "location": "CN", "exchanges": [made, out]}
bw2data.Database("plant").write({("plant", "heat"): plant})


def score(name, factors):
    method = bw2data.Method((name,))
    method.register()
    method.write(factors)
    lca = bw2calc.LCA({("plant", "heat"): 1.0}, method.name)
    lca.lci()
    lca.lcia()
    return float(lca.score)


seen = {
    "one factor, 1.0, no country": score("plain", [(gas, 1.0)]),
    "one factor, 1.0, for CN": score("country", [(gas, 1.0, "CN")]),
    "1.0 without, 3.0 for CN": score("both", [(gas, 1.0), (gas, 3.0, "CN")]),
    "1.0 twice": score("twice", [(gas, 1.0), (gas, 1.0)]),
    "1.0 without, 1.0 for GLO": score("joined", [(gas, 1.0), (gas, 1.0, "GLO")]),
}
for name in ("bw2data", "bw2calc"):
    print(name, version(name))
print("2 kg are emitted in CN")
for name, found in seen.items():
    print(f"  {name:<28} score {found}")
sys.exit(0 if list(seen.values()) == [2.0, 0.0, 2.0, 4.0, 4.0] else 1)
PY
