#!/usr/bin/env bash
# bw-functional 0.1.0: a database that is written with co-products gives each of them the whole burden.
#
# Expected: `process(allocate=True)`, the default, has the docstring "Whether to perform allocation during
# processing"; the database is registered with a default allocation. Of 20 kg CO2 the two products of a saw mill
# get 20 together, as in `multifunctional` 1.1.2, which allocates when it is written.
# Happens: `allocate` is not looked at. A product without an `allocation_factor` counts 1: boards and veneer have
# 20 kg CO2 each, 40 in all. After `allocate` of the process they have 20, but the price is now per product unless
# each property says `normalize`: 10 kg boards of 1 EUR/kg and 1 kg veneer of 10 EUR/kg are shared 1 to 10, and
# 10 to 10 in the other package from the same prices.
# Matters: importers write whole databases. Every co-product is counted in full, without a message, and the sum of
# the products of a mill is a multiple of what it emits.
set -euo pipefail
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
export HOME="$work" BRIGHTWAY2_DIR="$work/bw"; mkdir -p "$BRIGHTWAY2_DIR"
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check \
    bw-functional==0.1.0 multifunctional==1.1.2 bw2data==4.8 bw2calc==3.1.0 bw2io==0.9.17
"$work/venv/bin/python" -W ignore - 2>/dev/null <<'PY'
import sys
from importlib.metadata import version

import bw2calc
import bw2data

bw2data.projects.set_current("saw mill")
# Once imported, bw_functional 0.1.0 no longer lets bw2data 4.8 change the project (a TypeError).
import bw_functional  # noqa: E402
import multifunctional  # noqa: E402

gas = ("air", "co2")
bw2data.Database("air").write({gas: {"name": "CO2", "unit": "kilogram", "type": "emission"}})
method = bw2data.Method(("kg CO2",))
method.register()
method.write([(gas, 1.0)])
MADE = {"boards": (10.0, 1.0), "veneer": (1.0, 10.0)}
EMITTED = {"type": "biosphere", "input": gas, "amount": 20.0}


def burden(node, amount):
    lca = bw2calc.LCA({node: amount}, ("kg CO2",))
    lca.lci()
    lca.lcia()
    return round(float(lca.score), 2)


def newer(normalize):
    name = "normalized" if normalize else "plain"
    database = bw_functional.FunctionalSQLiteDatabase(name)
    database.register(default_allocation="price")
    made = [{"type": "production", "amount": amount, "input": (name, code)} for code, (amount, _) in MADE.items()]
    process = {"name": "mill", "type": "multifunctional", "allocation": "price", "exchanges": [*made, dict(EMITTED)]}
    products = {(name, code): {"name": code, "type": "product", "unit": "kilogram", "processor": (name, "mill"),
                               "properties": {"price": {"unit": "EUR", "amount": price} | normalize}}
                for code, (_, price) in MADE.items()}
    database.write({(name, "mill"): process} | products)
    shares = []
    for again in (False, True):
        if again:
            database.get("mill").allocate()
        database.process()
        shares.append({code: burden(database.get(code), amount) for code, (amount, _) in MADE.items()})
    return shares


def older():
    database = multifunctional.MultifunctionalDatabase("older")
    database.register(default_allocation="price")
    made = [{"functional": True, "type": "production", "amount": amount, "name": code, "unit": "kilogram",
             "desired_code": code, "properties": {"price": price}} for code, (amount, price) in MADE.items()]
    process = {"name": "mill", "type": "multifunctional", "exchanges": [*made, dict(EMITTED)]}
    database.write({("older", "mill"): process})
    return {code: burden(database.get(code), amount) for code, (amount, _) in MADE.items()}


for name in ("bw-functional", "multifunctional"):
    print(name, version(name))
written, allocated = newer({})
_, normalized = newer({"normalize": True})
both = older()
print("kg CO2 of 10 kg boards and of 1 kg veneer, 20 kg emitted in all")
for name, seen in (("written", written), ("allocated by hand", allocated),
                   ("the same with `normalize`", normalized), ("multifunctional, written", both)):
    print(f"  {name}: {seen}")
sys.exit(0 if sum(written.values()) == 40 and allocated == {"boards": 1.82, "veneer": 18.18}
         and normalized == both == {"boards": 10.0, "veneer": 10.0} else 1)
PY
