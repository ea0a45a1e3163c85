#!/usr/bin/env bash
# bw2analyzer 0.11.8 with bw2data 4.8: impacts grouped by tags leave out what the foreground emits itself.
#
# Expected: `traverse_tagged_databases` groups "impacts by tag label" of a foreground; the groups add up to the score.
# A plant emits 7 kg CO2 itself and buys 3 kg of steel of 2.3 kg CO2: 13.9 kg in all.
# Happens: factors are looked up by the key of a flow (database, code), and bw2data 4 keeps them under numbers. Each
# emission of the foreground is listed with its amount and an impact of 0.0; inputs from other databases are
# calculated as they should. The groups add up to 6.9 kg; a foreground without other databases gives 0.0.
# `multi_traverse_tagged_databases` does the same. No message.
# Matters: the tags are there to show which stage of life or which site causes how much. Burnt fuel, process and
# use emissions, what the firm itself can change, is not in the picture, and the rest of it looks sound.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work/home" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$HOME" "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check bw2analyzer==0.11.8 bw2data==4.8 bw2calc==3.1.0
status=0
"$work/venv/bin/python" -W ignore - > "$work/seen" 2>/dev/null <<'PY' || status=$?
import sys
from importlib.metadata import version

import bw2calc
import bw2data
from bw2analyzer import tagged

bw2data.projects.set_current("tags")
air, steel, plant = ("nature", "co2"), ("market", "steel"), ("own", "plant")
bw2data.Database("nature").write({air: {"name": "Carbon dioxide", "unit": "kilogram", "type": "emission"}})
bw2data.Database("market").write({steel: {"name": "steel", "unit": "kilogram", "exchanges": [
    {"input": steel, "amount": 1, "type": "production"},
    {"input": air, "amount": 2.3, "type": "biosphere"}]}})
bw2data.Database("own").write({plant: {"name": "plant", "unit": "unit", "tag": "plant", "exchanges": [
    {"input": plant, "amount": 1, "type": "production"},
    {"input": steel, "amount": 3, "type": "technosphere", "tag": "steel"},
    {"input": air, "amount": 7, "type": "biosphere", "tag": "own emissions"}]}})
method = bw2data.Method(("kg CO2",))
method.register(unit="kg")
method.write([(air, 1.0)])
demand = {bw2data.get_node(database="own", code="plant"): 1.0}
lca = bw2calc.LCA(demand, ("kg CO2",))
lca.lci()
lca.lcia()
groups, (graph,) = tagged.traverse_tagged_databases(demand, ("kg CO2",))
several, _ = tagged.multi_traverse_tagged_databases(demand, [("kg CO2",)])
(emission,) = graph["biosphere"]
print("SEEN", {name: version(name) for name in ("bw2analyzer", "bw2data", "bw2calc")})
print(f"SEEN score: {lca.score:.4f}")
print("SEEN by tags:", {tag: round(impact, 4) for tag, impact in groups.items()})
print(f"SEEN own emission: {emission['amount']} kg, impact {emission['impact']}")
total, both = sum(groups.values()), sum(impact for impacts in several.values() for impact in impacts)
near = abs(lca.score - 13.9) < 1e-4 and abs(total - 6.9) < 1e-4 and abs(both - 6.9) < 1e-4
sys.exit(0 if near and emission["amount"] == 7 and emission["impact"] == 0 else 1)
PY
sed -n 's/^SEEN //p' "$work/seen"
exit "$status"
