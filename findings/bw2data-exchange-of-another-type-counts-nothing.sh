#!/usr/bin/env bash
# bw2data 4.8: an exchange whose type is `input`, `emission` or `resource` is stored, and counts nothing.
#
# Expected: a database is written with exchanges of types that a calculation knows (production, technosphere,
# biosphere, substitution), or the write is refused, or at least a warning names the exchange.
# Happens: any text is a type. The exchange is in the database, is shown and exported, and is in no matrix. Only a
# text within two letters of a known one is taken for a slip and warned of (`Technosphere`; `emission` is not).
# Matters: `emission` is the type of the flow itself in the same package, so that it is the natural slip, and 5
# of 6 kg CO2 are not in the score. Tables from other tools bring `input` and `resource`. The exchanges that are
# listed beside the score add up to more than it.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2data==4.8 bw2calc==3.1.0
status=0
"$work/venv/bin/python" - > "$work/seen" 2>/dev/null <<'PY' || status=$?
import sys
import warnings
from importlib.metadata import version

import bw2calc
import bw2data

bw2data.projects.set_current("types")
gas, coal = ("air", "co2"), ("mine", "coal")
made = {"amount": 1.0, "type": "production"}
bw2data.Database("air").write({gas: {"name": "CO2", "unit": "kilogram", "type": "emission"}})
bw2data.Database("mine").write({coal: {"name": "coal", "unit": "kilogram", "location": "CN", "exchanges": [
    made | {"input": coal}, {"input": gas, "amount": 1.0, "type": "biosphere"}]}})
method = bw2data.Method(("kg CO2",))
method.register()
method.write([(gas, 1.0)])
seen = {}
for number, (source, kind) in enumerate([(gas, "biosphere"), (gas, "emission"), (coal, "technosphere"),
                                         (coal, "Technosphere"), (coal, "input"), (coal, "resource")]):
    key = (f"plant {number}", "heat")
    used = {"input": source, "amount": 5.0, "type": kind}
    basis = {"input": gas, "amount": 1.0, "type": "biosphere"}
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        bw2data.Database(key[0]).write({key: {
            "name": "heat", "unit": "megajoule", "location": "CN",
            "exchanges": [made | {"input": key}, basis, used]}})
    plant = bw2data.get_node(database=key[0], code=key[1])
    lca = bw2calc.LCA({plant: 1.0}, ("kg CO2",))
    lca.lci()
    lca.lcia()
    warned = any(kind in str(warning.message) for warning in said)
    seen[kind] = (len(plant.exchanges()), float(lca.score), warned)
print("SEEN bw2data", version("bw2data"), "and bw2calc", version("bw2calc"))
for kind, (kept, score, warned) in seen.items():
    print(f"SEEN 1 kg and 5 of type {kind:<12} exchanges kept {kept}, score {score}, {'warned' if warned else 'no word'}")
as_seen = {"biosphere": (3, 6.0, False), "emission": (3, 1.0, False), "technosphere": (3, 6.0, False),
           "Technosphere": (3, 1.0, True), "input": (3, 1.0, False), "resource": (3, 1.0, False)}
sys.exit(0 if seen == as_seen else 1)
PY
sed -n 's/^SEEN //p' "$work/seen"
exit "$status"
