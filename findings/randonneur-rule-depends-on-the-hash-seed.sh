#!/usr/bin/env bash
# randonneur 0.7.2: which of two fitting rules is applied changes from one start of Python to the next.
#
# Expected: two replacements fit an exchange, "steel" in any unit and "steel" in tonnes (with a factor of 1,000
# to kg). The more exact one is applied, or the first of the list, or the pair is refused; always the same.
# Happens: the rules are grouped by their sets of fields, and the groups are tried in the order of a Python set
# of texts. That order depends on the hash seed, which is another one at each start. 2 t of steel become
# 2,000 kg in about half of the runs and stay 2 in the others.
# Matters: the package moves inventories between databases and versions of them (bw2io, ecoinvent), where rules
# with and without a unit or a place stand side by side. A footprint cannot be recomputed, and a test of it
# passes or fails by chance. PYTHONHASHSEED has to be set for the process.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check randonneur==0.7.2
cat > "$work/steel.py" <<'PY'
from randonneur import migrate_edges

rules = {"replace": [
    {"source": {"name": "steel"}, "target": {"name": "steel, world"}},
    {"source": {"name": "steel", "unit": "tonne"}, "target": {"name": "steel", "unit": "kg"},
     "conversion_factor": 1000.0},
]}
node = {"edges": [{"name": "steel", "unit": "tonne", "amount": 2.0}]}
((edge,),) = (found["edges"] for found in migrate_edges([node], rules))
print(edge["amount"], edge["unit"], "of", edge["name"])
PY
"$work/venv/bin/python" -c 'from importlib.metadata import version; print("randonneur", version("randonneur"))'
for seed in 0 1 2 3 4 5 6 7 8 9 10 11; do
  PYTHONHASHSEED=$seed "$work/venv/bin/python" -W ignore "$work/steel.py" 2>/dev/null
done | sort | uniq -c | tee "$work/seen"
[ "$(wc -l < "$work/seen")" -eq 2 ] || { echo "one outcome, whatever the hash seed"; exit 1; }
