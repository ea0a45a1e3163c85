#!/usr/bin/env bash
# bw2data 4.8: a lognormal exchange of 5 kg that states no `loc` is drawn around 148 kg.
#
# Expected: an exchange states its amount and how wide it is (`scale`); `loc` is the place of the distribution
# and follows from the amount where it is left out, as it does for a normal one: ln 5 for a lognormal.
# Happens: what is left out is filled with the amount itself, for every distribution. The logarithm of the
# draws is around 5, so that they are around e^5 = 148. The static result is 5.
# Matters: a sheet or a script that has amounts and widths gives sound static results and intervals that are
# far off: 5 kg thirty times too high, 0.1 kg (e^0.1 = 1.1) eleven times. Where the unit is chosen so that
# the amount is near 1 or 2 it looks plausible. Nothing is checked, although both figures are at hand.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2data==4.8 bw2calc==3.1.0 stats_arrays==4.0
"$work/venv/bin/python" -W ignore - 2>/dev/null <<'PY'
import math
import statistics
import sys
from importlib.metadata import version

import bw2calc
import bw2data

bw2data.projects.set_current("widths")
gas = ("air", "co2")
bw2data.Database("air").write({gas: {"name": "CO2", "unit": "kilogram", "type": "emission"}})
method = bw2data.Method(("kg CO2",))
method.register()
method.write([(gas, 1.0)])


def scores(number, amount, **spread):
    """The static score and the median of 300 draws of a process that emits the amount."""
    key = (f"plant {number}", "heat")
    spread = {name.replace("_", " "): value for name, value in spread.items()}
    made = {"input": key, "amount": 1.0, "type": "production"}
    out = {"input": gas, "amount": amount, "type": "biosphere"} | spread
    bw2data.Database(key[0]).write({key: {"name": "heat", "unit": "megajoule", "exchanges": [made, out]}})
    found = []
    for drawn in (False, True):
        lca = bw2calc.LCA({bw2data.get_node(database=key[0], code=key[1]): 1.0}, ("kg CO2",),
                          use_distributions=drawn, seed_override=1)
        lca.lci()
        lca.lcia()
        found.append(lca.score if not drawn else statistics.median(
            [(next(lca), lca.score)[1] for _ in range(300)]))
    return tuple(round(float(value), 1) for value in found)


seen = {
    "normal, 5 kg, no loc": scores(1, 5.0, uncertainty_type=3, scale=0.1),
    "lognormal, 5 kg, loc ln 5": scores(2, 5.0, uncertainty_type=2, scale=0.1, loc=math.log(5.0)),
    "lognormal, 5 kg, no loc": scores(3, 5.0, uncertainty_type=2, scale=0.1),
    "lognormal, 0.1 kg, no loc": scores(4, 0.1, uncertainty_type=2, scale=0.1),
}
for name in ("bw2data", "bw2calc", "stats_arrays"):
    print(name, version(name))
for name, (static, drawn) in seen.items():
    print(f"  {name:<26} static {static}, median of the draws {drawn}")
close = [abs(drawn / wanted - 1) < 0.05 for (_static, drawn), wanted in
         zip(seen.values(), (5.0, 5.0, math.exp(5.0), math.exp(0.1)), strict=True)]
sys.exit(0 if all(close) and [static for static, _ in seen.values()] == [5.0, 5.0, 5.0, 0.1] else 1)
PY
